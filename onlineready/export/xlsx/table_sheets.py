"""The sheets that hold one table each: the plan, the applications, the fees."""

from collections import ChainMap

import pandas as pd

from onlineready.domain.tables import FEES, PLANS, plan_kind
from onlineready.domain.vocabulary import LABELS, Route
from onlineready.export.xlsx.layout import FEES_SHEET, FILINGS_SHEET, MOST_SITES, PLAN_SHEET, Model
from onlineready.export.xlsx.series import fee_lines, filing_lines
from onlineready.export.xlsx.spreadsheet import A3, Book, Check, Form, Line, Sheet
from onlineready.language import translate as _

MOST_PLAN_ROWS = 5_000
"""Rows of a plan that are written out: it is there to be read."""

_SOURCE_WIDTH = 100


def plan_sheet(book: Book, plan: pd.DataFrame) -> None:
    """Write the plan behind the number of applications, or its first rows."""
    columns = PLANS[plan_kind(plan)].columns
    shown = plan.dropna(axis="columns", how="all")
    sheet = Sheet(book, _(PLAN_SHEET), [24] + [16] * len(shown.columns))
    notes = [_("申請件数のもとになった計画です。ここを変えても件数は変わりません。")]
    if len(plan) > MOST_PLAN_ROWS:
        cut = _("全{all:,}行のうち、はじめの{first:,}行です。")
        notes.append(cut.format(all=len(plan), first=MOST_PLAN_ROWS))
    top = sheet.title(_("人員の計画"), *notes)
    units = dict.fromkeys(("used_months", "first_period", "period"), _("か月"))
    units["headcount"] = _("人")
    units["hires_per_year"] = _("人/年")
    lines = []
    for key in map(str, shown):
        month = isinstance(shown[key].dtype, pd.PeriodDtype)
        form = Form.MONTH if month else Form.PLAIN
        lines.append(Line(key, _(columns[key].title), form, unit=units.get(key, "")))
    if "route" in shown:
        shown = shown.assign(route=[_(LABELS[Route(route)]) for route in shown["route"]])
    sheet.table(top + 1, lines, shown.head(MOST_PLAN_ROWS))


def applications_sheet(book: Book, model: Model) -> None:
    """Write the number of applications, and look up the fee of each."""
    sheet = Sheet(book, _(FILINGS_SHEET), (11, 9, 24, 12, 11, 11, 12, 13, 15, 13, 15, 15))
    note = _("件数は計画からアプリが計算した期待値(値)です。右側の手数料は数式です。")
    if not model.by_site:
        note = _(
            "事業所が{most}か所を超えるか行が多いため、全事業所を合計した件数です(値)。"
            "右側の手数料は数式です。"
        ).format(most=MOST_SITES)
    sheet.title(_("月・事業所・手続・許可された月数ごとの申請件数と手数料"), note)
    block = model.filing_cells

    def known(n: int) -> ChainMap[str, str]:
        return ChainMap(block.own(n), model.cells)

    sheet.table(block.first, filing_lines(), model.filings, known, height=54)
    sheet.sheet.autofilter(block.first - 1, 0, block.last, block.last_column)


def fees_sheet(book: Book, model: Model) -> None:
    """Write the fees of the procedures that the model knows, in which fees are looked up."""
    widths = (12, 12, 12, 12, 12, 12, 13, 13, 13, 11, _SOURCE_WIDTH, 44, 12)
    sheet = Sheet(book, _(FEES_SHEET), widths)
    sheet.title(
        _("手数料(1件あたり)"),
        _("受付した月と許可された月数で決まります。金額のセルは変えられます(円、整数)。"),
    )
    block, fees = model.fee_cells, model.fees
    sheet.legend(block.first - 2)
    special = ["fee_yen", "payment_charge_yen", "source", "check_at"]
    plain = fees.drop(columns=special)
    sheet.table(block.first, fee_lines(), plain, block.own, height=42, kept=2)
    for row, values in enumerate(fees[special].to_dict("records"), start=block.first):
        for key in ("fee_yen", "payment_charge_yen"):
            sheet.input(row, block.column(key), values[key], Form.YEN, _check(key))
        sheet.paragraph(row, block.column("source"), values["source"], _SOURCE_WIDTH)
        sheet.link(row, block.column("check_at"), values["check_at"])
    sheet.sheet.set_paper(A3)


def _check(key: str) -> Check:
    """Return what may be typed in as yen: what the table of fees may hold."""
    (rule,) = FEES.columns[key].checks
    low, high = rule.statistics["min_value"], rule.statistics["max_value"]
    words = _("{low:,}〜{high:,}の整数(円)を入れてください。").format(low=low, high=high)
    return Check("integer", (low, high), words)
