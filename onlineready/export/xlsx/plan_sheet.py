"""The sheet with the plan behind the number of applications."""

import pandas as pd

from onlineready.domain.tables import PLAN, TARGETS, plan_kind
from onlineready.domain.vocabulary import LABELS, PlanKind, Route
from onlineready.export.xlsx.layout import PLAN_SHEET, Model
from onlineready.export.xlsx.spreadsheet import Book, Form, Line, Sheet
from onlineready.language import translate as _

MOST_PLAN_ROWS = 5_000
"""Rows of a plan that are written out: it is there to be read."""


def plan_sheet(book: Book, model: Model) -> None:
    """Write the plan, or its first rows."""
    columns = (PLAN if plan_kind(model.plan) is PlanKind.ROSTER else TARGETS).columns
    shown = [key for key in columns if key in model.plan and model.plan[key].notna().any()]
    sheet = Sheet(book, _(PLAN_SHEET), [24] + [16] * len(shown))
    notes = [_("申請件数のもとになった計画です。ここを変えても件数は変わりません。")]
    if len(model.plan) > MOST_PLAN_ROWS:
        cut = _("全{all:,}行のうち、はじめの{first:,}行です。")
        notes.append(cut.format(all=len(model.plan), first=MOST_PLAN_ROWS))
    top = sheet.title(_("人員の計画"), *notes)
    units = {"headcount": _("人")} | dict.fromkeys(
        ("used_months", "first_period", "period"), _("か月")
    )
    lines = []
    for key in shown:
        name = _(columns[key].title)
        title = f"{name}({units[key]})" if key in units else name
        month = isinstance(model.plan[key].dtype, pd.PeriodDtype)
        lines.append(Line(key, title, Form.MONTH if month else Form.PLAIN))
    plan = model.plan.head(MOST_PLAN_ROWS)
    if "route" in plan:
        plan = plan.assign(route=[_(LABELS[Route(route)]) for route in plan["route"]])
    sheet.heads(top, [line.title for line in lines])
    sheet.table(top + 1, lines, plan)
    sheet.sheet.freeze_panes(top + 1, 0)
    sheet.sheet.repeat_rows(top)
