"""The sheet with the plan behind the number of applications."""

from typing import Any

import pandas as pd

from onlineready.domain.tables import PLAN, TARGETS, plan_kind
from onlineready.domain.vocabulary import LABELS, PlanKind, Route
from onlineready.export.xlsx.layout import PLAN_SHEET, Model
from onlineready.export.xlsx.spreadsheet import MONTH, Book, Sheet
from onlineready.language import translate as _

MOST_PLAN_ROWS = 5_000
"""Rows of a plan that are written out: it is there to be read."""


def plan_sheet(book: Book, model: Model) -> None:
    """Write the plan, or its first rows."""
    roster = plan_kind(model.plan) is PlanKind.ROSTER
    columns = (PLAN if roster else TARGETS).columns
    shown = [key for key in columns if key in model.plan and model.plan[key].notna().any()]
    sheet = Sheet(book, _(PLAN_SHEET), [24] + [16] * len(shown))
    notes = [_("申請件数のもとになった計画です。ここを変えても件数は変わりません。")]
    if len(model.plan) > MOST_PLAN_ROWS:
        notes.append(
            _("全{all:,}行のうち、はじめの{first:,}行です。").format(
                all=len(model.plan), first=MOST_PLAN_ROWS
            )
        )
    top = sheet.title(_("人員の計画"), *notes)
    units = {
        "headcount": _("人"),
        "used_months": _("か月"),
        "first_period": _("か月"),
        "period": _("か月"),
    }
    for column, key in enumerate(shown):
        name = _(columns[key].title)
        sheet.head(top, column, f"{name}({units[key]})" if key in units else name)
        for row, value in enumerate(model.plan[key].head(MOST_PLAN_ROWS), start=top + 1):
            _write_planned(sheet, row, column, value)
    sheet.sheet.freeze_panes(top + 1, 0)
    sheet.sheet.repeat_rows(top)


def _write_planned(sheet: Sheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.text(row, column, _(LABELS[Route(value)]) if value in set(Route) else value)
    elif isinstance(value, pd.Period):
        sheet.value(row, column, value, MONTH)
    else:
        sheet.value(row, column, None if pd.isna(value) else int(value), "0")
