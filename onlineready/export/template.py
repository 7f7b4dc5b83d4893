"""The plan to fill in: an Excel workbook for every kind of plan, which explains itself."""

import io
from collections.abc import Mapping

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from onlineready.domain.tables import PLANS
from onlineready.domain.vocabulary import FIELDS, LABELS, PlanKind, Route
from onlineready.language import mark
from onlineready.language import translate as _

_FACTORY = {"site": "本社工場", "field": "飲食料品製造業"}
_BRANCH = {"site": "仙台工場", "field": "飲食料品製造業"}

EXAMPLES: Mapping[PlanKind, tuple[Mapping[str, str | int], ...]] = {
    PlanKind.OUTLINE: (
        {"site": "本社工場", "headcount": 12, "hires_per_year": 3},
        {"site": "仙台工場", "headcount": 4},
    ),
    PlanKind.TARGETS: (
        {"site": "本社工場", "fiscal_year": 2026, "headcount": 12},
        {"site": "本社工場", "fiscal_year": 2027, "headcount": 15},
        {"site": "仙台工場", "fiscal_year": 2027, "headcount": 4},
    ),
    PlanKind.ROSTER: (
        dict(_FACTORY, route="在籍", headcount=12, start="2025-04", expiry="2027-04", period=12),
        dict(_FACTORY, route="海外", headcount=3, start="2027-06", first_period=12, period=12),
        dict(_BRANCH, route="国内", headcount=2, start="2027-10", used_months=24, period=36),
        dict(_BRANCH, route="国内", headcount=1, start="2028-04", used_months=0, period=12),
    ),
}
"""Rows of each kind of plan that show how it is filled in, the quickest kind first.

The roster's last is a change inside the company.
"""

_ROWS = 1_000
"""Rows for which the workbook offers choices and checks what is typed."""

_RULES = (
    mark("書き方は三つあります。どれか一つのシートだけに、見出しの下から書きます。"),
    mark("氏名・在留カード番号・生年月日などの個人情報は、どのシートにも書かないでください。"),
    mark("年月は 2027-04、2027年4月、令和9年4月 のどれでも読めます。"),
    mark("人数は整数です(全角、1,200、12名 も読めます)。"),
)
WHEN = {
    PlanKind.OUTLINE: mark(
        "今の人数と、1年に採用する人数だけを、事業所ごとに1行で書きます。まず試すときに。"
    ),
    PlanKind.TARGETS: mark(
        "年度ごとに何人にするかを書きます。採用の人数は、目標に足りない分として計算します。"
    ),
    PlanKind.ROSTER: mark(
        "在留期限や入社の時期が分かるときに。同じ状況の人を1行にまとめて、人数だけを書きます。"
    ),
}
"""When each kind of plan is the one to fill in, and how."""

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

_FIELDS_SHEET = mark("分野の一覧")
_FILL = PatternFill("solid", start_color="FFDCE4FF")


def to_template_xlsx() -> bytes:
    """Return a workbook with a sheet for each kind of plan, its choices and checks, and a guide.

    The sheets are empty below their headings, so that the one that is filled in is the one that is
    read (`files.source_of`). The examples stand in the guide, where they are no rows of a plan.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for kind in EXAMPLES:
        _add_plan(book.create_sheet(_(LABELS[kind])), kind)
    _explain(book.create_sheet(_("説明")))
    choices = book.create_sheet(_(_FIELDS_SHEET))
    for field in FIELDS:
        choices.append([field])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _keys(kind: PlanKind) -> list[str]:
    # Targets are filled in by fiscal year.
    return [key for key in PLANS[kind].columns if key != "month"]


def _titles(kind: PlanKind) -> list[str]:
    return [_(PLANS[kind].columns[key].title) for key in _keys(kind)]


def _add_plan(sheet: Worksheet, kind: PlanKind) -> None:
    """Write the headings of a plan, and what may be typed below them."""
    sheet.append(_titles(kind))
    sheet.freeze_panes = "A2"
    for place, key in enumerate(_keys(kind), start=1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place)
        head.font, head.fill = Font(bold=True), _FILL
        sheet.column_dimensions[letter].width = 16
        if rule := _rule(key, kind):
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS + 1}")


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
            rule = DataValidation("list", formula1=f"'{_(_FIELDS_SHEET)}'!{area}")
        case "site" | "start" | "expiry":
            return None
        case _:
            column = PLANS[kind].columns[key]
            (check,) = column.checks
            low, high = check.statistics["min_value"], check.statistics["max_value"]
            whole = str(column.dtype) == "Int64"
            rule = DataValidation(
                "whole" if whole else "decimal", str(low), str(high), operator="between"
            )
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = _(PLANS[kind].columns[key].title)
    rule.error = _("{expected}を入れてください。").format(expected=expected)
    return rule


def _explain(sheet: Worksheet) -> None:
    """Write how the workbook is filled in: a line for each column, the examples beside it."""
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 60
    for letter in "CDEF":
        sheet.column_dimensions[letter].width = 16
    for number, rule in enumerate(_RULES, start=1):
        sheet.append([number, _(rule)])
    for kind, examples in EXAMPLES.items():
        sheet.append([])
        sheet.append([_(LABELS[kind]), _(WHEN[kind])])
        sheet.append(["", _(INSIDE[kind])])
        names = [_("例の{number}行目").format(number=row + 1) for row in range(len(examples))]
        sheet.append([_("列"), _("入れるもの"), *names])
        for cell in sheet[sheet.max_row]:
            cell.font, cell.fill = Font(bold=True), _FILL
        for key, title in zip(_keys(kind), _titles(kind), strict=True):
            expected = _(PLANS[kind].columns[key].description)
            sheet.append([title, expected, *(example.get(key) for example in examples)])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
