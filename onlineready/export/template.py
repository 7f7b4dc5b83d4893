"""Empty plans to fill in: an Excel workbook with instructions and choices, and CSV."""

import io
from collections.abc import Mapping

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from onlineready.domain.tables import PLANS
from onlineready.domain.vocabulary import FIELDS, LABELS, PlanKind, Route
from onlineready.language import mark
from onlineready.language import translate as _

_FACTORY = {"site": "本社工場", "field": "飲食料品製造業"}
_BRANCH = {"site": "仙台工場", "field": "飲食料品製造業"}

EXAMPLES: Mapping[PlanKind, tuple[Mapping[str, str | int], ...]] = {
    PlanKind.ROSTER: (
        dict(_FACTORY, route="在籍", headcount=12, start="2025-04", expiry="2027-04", period=12),
        dict(_FACTORY, route="海外", headcount=3, start="2027-06", first_period=12, period=12),
        dict(_BRANCH, route="国内", headcount=2, start="2027-10", used_months=24, period=36),
        dict(_BRANCH, route="国内", headcount=1, start="2028-04", used_months=0, period=12),
    ),
    PlanKind.TARGETS: (
        {"site": "本社工場", "fiscal_year": 2026, "headcount": 12},
        {"site": "本社工場", "fiscal_year": 2027, "headcount": 15},
        {"site": "仙台工場", "fiscal_year": 2027, "headcount": 4},
    ),
}
"""Rows of each kind of plan that show how it is filled in; the roster's last is a change inside."""

_ROWS = 1_000
"""Rows for which the workbook offers choices and checks what is typed."""

_RULES = (
    mark(
        "「計画」のシートに、同じ状況の人を1行にまとめて人数だけを書きます。例の行は消してください。"
    ),
    mark("氏名・在留カード番号・生年月日などの個人情報は、どのシートにも書かないでください。"),
    mark("年月は 2027-04、2027年4月、令和9年4月 のどれでも読めます。"),
    mark("人数は整数です(全角、1,200、12名 も読めます)。"),
)
INSIDE = {
    PlanKind.ROSTER: mark(
        "社内での変更(技能実習・育成就労などから特定技能1号へ)は、区分を国内、開始月を変更の月、"
        "通算済月数を0とした行にします。"
    ),
    PlanKind.TARGETS: mark(
        "社内での変更(技能実習・育成就労などから特定技能1号へ)は、目標の人数では採用として数えます。"
        "分けて数えるには、名簿を使ってください。"
    ),
    PlanKind.OUTLINE: mark(
        "社内での変更(技能実習・育成就労などから特定技能1号へ)は、年間採用に含めて書きます。"
        "分けて数えるには、名簿を使ってください。"
    ),
}
"""How a change of status inside the company is written (docs/domain.md, section 9)."""

_FILL = PatternFill("solid", start_color="FFDCE4FF")


def to_template_csv(kind: PlanKind, encoding: str) -> bytes:
    """Return a plan of example rows as CSV, its headers in Japanese."""
    return _table(kind).to_csv(index=False, lineterminator="\r\n").encode(encoding)


def to_template_xlsx(kind: PlanKind) -> bytes:
    """Return a workbook with the plan to fill in, its choices and checks, and how to fill it in."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("計画")
    table = _table(kind)
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([None if value == "" else value for value in row])
    sheet.freeze_panes = "A2"
    for place, key in enumerate(_keys(kind), start=1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place)
        head.font, head.fill = Font(bold=True), _FILL
        sheet.column_dimensions[letter].width = 16
        if rule := _rule(key, kind):
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS + 1}")
    _explain(book, kind)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _keys(kind: PlanKind) -> list[str]:
    # Targets are filled in by fiscal year.
    return [key for key in PLANS[kind].columns if key != "month"]


def _table(kind: PlanKind) -> pd.DataFrame:
    columns = PLANS[kind].columns
    rows = [[example.get(key, "") for key in _keys(kind)] for example in EXAMPLES[kind]]
    return pd.DataFrame(rows, columns=[_(columns[key].title) for key in _keys(kind)])


def _rule(key: str, kind: PlanKind) -> DataValidation | None:
    """Return what Excel lets be typed into a column; what it cannot say, the reading checks."""
    expected = _(PLANS[kind].columns[key].description)
    match key:
        case "route":
            words = [_(LABELS[route]) for route in Route]
            rule = DataValidation("list", formula1='"{}"'.format(",".join(words)))
        case "field":
            # A list within the rule may have 255 characters: the fields stand on a sheet.
            area = f"$A$1:$A${len(FIELDS)}"
            rule = DataValidation("list", formula1=f"'{_('分野の一覧')}'!{area}")
        case "headcount" | "used_months" | "first_period" | "period" | "fiscal_year":
            (check,) = PLANS[kind].columns[key].checks
            low, high = check.statistics["min_value"], check.statistics["max_value"]
            rule = DataValidation("whole", str(low), str(high), operator="between")
        case _:
            return None
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = _(PLANS[kind].columns[key].title)
    rule.error = _("{expected}を入れてください。").format(expected=expected)
    return rule


def _explain(book: openpyxl.Workbook, kind: PlanKind) -> None:
    sheet = book.create_sheet(_("記入のしかた"))
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 80
    for number, rule in enumerate((*_RULES, INSIDE[kind]), start=1):
        sheet.append([number, _(rule)])
    sheet.append([])
    sheet.append([_("列"), _("入れるもの")])
    for key in _keys(kind):
        column = PLANS[kind].columns[key]
        sheet.append([_(column.title), _(column.description or "")])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    if kind is PlanKind.ROSTER:
        choices = book.create_sheet(_("分野の一覧"))
        for field in FIELDS:
            choices.append([field])
