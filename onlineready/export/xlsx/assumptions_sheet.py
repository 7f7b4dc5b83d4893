"""The first sheet: where the figures come from, the answer, and what can be changed."""

from typing import Any, get_args

import pandas as pd

from onlineready.domain.scenario import FEE_MONTHS, GO_LIVE_MONTHS, Scenario, expected
from onlineready.export.xlsx.layout import ASSUMPTIONS_SHEET, EDITABLE, NAMES, Model
from onlineready.export.xlsx.series import worth_lines
from onlineready.export.xlsx.spreadsheet import Book, Check, Form, Line, Sheet, bounded
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report.assumed import WITHOUT_RANGE
from onlineready.report.stamp import Stamp
from onlineready.report.tabular import FIGURES

_MEANT = {
    **{key: row.meaning for key, row in FIGURES.items()},
    "break_even": mark("正味現在価値が0円になる、1年あたりの申請件数"),
    "check_yen": mark("0円なら一致しています"),
}
"""What the figures of the business case mean."""

_MONTHS = WITHOUT_RANGE | {"fee_basis": mark("手数料を試算する月")}
"""The assumptions that are months; the others are called as in the table of assumptions."""

_MEANINGS = {
    "go_live": mark("この月からオンラインで申請します。"),
    "online_share": mark("残りは窓口で申請します。"),
    "company_fee_share": mark("手数料と決済手数料のうち会社が払う割合。"),
    "fee_basis": mark(
        "空欄なら受付した月の手数料。月を入れると、全期間をその月の手数料表で計算します。"
    ),
    "wage_yen_per_hour": mark("事業主負担を含む人件費。"),
    "realised_time_share": mark("残りの削減時間は、効果に数えません。"),
    "discount_rate": mark("正味現在価値に使います。"),
    "combined_trip_share": mark("残りの受取は、受取だけのために出向きます。"),
    "id_validity_months": mark("定期報告の間隔になります。"),
    "first_period_months": mark("計画に書かれていない行"),
    "period_months": mark("計画に書かれていない行"),
    "overseas_share": mark("目標の人数の計画だけ"),
}
"""What is said of assumptions beside their name and bounds."""


def assumptions_sheet(book: Book, model: Model, assumptions: pd.DataFrame, stamp: Stamp) -> None:
    """Write where the figures come from, the answer, and the assumptions.

    `assumptions` are their names and units, as `tables.ASSUMPTIONS` by `key`.
    """
    sheet = Sheet(book, _(ASSUMPTIONS_SHEET), (40, 20, 12, 84))
    row = sheet.title(
        _("在留申請のオンライン化 費用と効果の計算書"),
        _("入力のセルを変えると、手数料・作業・来庁から年度別とチャートまで計算し直されます。"),
        _(
            "申請件数は値です。採用や離職、在留期間を変えたときは、アプリで計算し直して保存してください。"
        ),
    )
    for label, value in stamp.lines():
        sheet.text(row, 0, label)
        (sheet.link if value == stamp.link else sheet.text)(row, 1, value)
        row += 1
    row = _write_answer(sheet, model, row + 1)
    row = _write_editable(sheet, model, assumptions, row + 1)
    _write_fixed(sheet, model, assumptions, row + 1)
    sheet.sheet.fit_to_pages(1, 1)


def _write_words(sheet: Sheet, row: int, line: Line) -> None:
    """Write all that is said of a figure: its name, unit and meaning."""
    sheet.text(row, 0, line.title)
    sheet.text(row, 2, line.unit, line.note)


def _write_answer(sheet: Sheet, model: Model, row: int) -> int:
    """Write the figures of the business case; return the next free row."""
    sheet.heading(row, _("結果(負担増は−、赤)"))
    values: dict[str, Any] = {**model.result.figures, **model.worth, "check_yen": 0}
    for number, line in enumerate(lines := _answer_lines(), start=row + 1):
        _write_words(sheet, number, line)
        sheet.cell(number, 1, line, values[line.key], model.cells, bold=True)
    if not model.result.starts:
        sheet.heading(row + len(lines) + 1, _("オンラインの開始が期間より後です。"))
    return row + len(lines) + 2


def _answer_lines() -> list[Line]:
    """Return the figures of the business case, each with what it means."""
    net, cash = "{years_total_net_saving_yen}", "{years_total_cash_saving_yen}"
    hours = "{years_total_hours_saved}-{years_total_hours_spent}"
    check = f"ROUND({net}-{{months_total_net_saving_yen}},2)"
    title = {key: _(row.heading) for key, row in FIGURES.items()}
    worth = {line.key: line._replace(formula=f"{{{line.key}}}") for line in worth_lines()}
    lines = [
        Line("net_saving_yen", title["net_saving_yen"], Form.YEN, _a_year(net), _("円/年")),
        Line("cash_saving_yen", title["cash_saving_yen"], Form.YEN, _a_year(cash), _("円/年")),
        Line("hours", title["hours"], Form.NUMBER, _a_year(hours), _("時間/年")),
        Line("total_yen", title["total_yen"], Form.YEN, net, _("円")),
        *(worth[key] for key in ("npv_yen", "payback_months", "break_even")),
        Line("check_yen", _("検算(年度別の合計−月別の合計)"), Form.YEN, check, _("円")),
    ]
    return [
        line._replace(note=_("{meaning}。").format(meaning=_(_MEANT[line.key]))) for line in lines
    ]


def _a_year(total: str) -> str:
    """Return the formula of a total over the horizon per year online."""
    lasting = "MAX({months}-MAX({online_from},0),0)"
    return f"IF({lasting}=0,0,({total})/{lasting}*12)"


def _write_editable(sheet: Sheet, model: Model, assumptions: pd.DataFrame, row: int) -> int:
    """Write the assumptions that can be changed; return the next free row."""
    sheet.heading(row, _("変えられる前提"))
    sheet.legend(row + 1)
    sheet.heads(row + 2, (_("前提"), _("値"), _("単位"), _("意味と、入力できる値")))
    elsewhere = _("事業所や申請の行が多いため、この値はアプリで変えてください。")
    for number, key in enumerate(EDITABLE, start=row + 3):
        line = _line(key, assumptions)
        check = _check(key) if model.by_site or key not in ("online_share", "batch_size") else None
        note = line.note + check.words if check else elsewhere
        _write(sheet, model, number, line._replace(note=note), check)
    return row + 3 + len(EDITABLE)


def _write_fixed(sheet: Sheet, model: Model, assumptions: pd.DataFrame, row: int) -> None:
    """Write the assumptions behind the number of applications, which cannot be changed here."""
    sheet.heading(row, _("申請件数の計算に使った前提(ここでは変えられません)"))
    sheet.heads(row + 1, (_("前提"), _("値"), _("単位"), _("意味")))
    begin = f"DATE({model.scenario.start_month.year},{model.scenario.start_month.month},1)"
    since = f"(YEAR({{go_live}})-YEAR({begin}))*12+MONTH({{go_live}})-MONTH({begin})"
    from_begin = _("計算の開始月からオンラインの開始月まで。開始月のセルから計算します。")
    others = [key for key in assumptions.index if key not in ("years", *NAMES)]
    lines = [
        _line("start_month", assumptions),
        Line("months", _("計算の期間"), Form.WHOLE, unit=_("か月")),
        _line("fiscal_year_start_month", assumptions),
        Line("online_from", _("開始月までの月数"), Form.PLAIN, since, _("か月"), note=from_begin),
        *(_line(key, assumptions) for key in others),
    ]
    for number, line in enumerate(lines, start=row + 2):
        _write(sheet, model, number, line)


def _write(sheet: Sheet, model: Model, row: int, line: Line, check: Check | None = None) -> None:
    """Write an assumption under its name: an input where there is a check of what is typed in."""
    value = getattr(model.scenario, line.key)
    if check:
        sheet.input(row, 1, None if value == "dated" else value, line.number, check)
    else:
        sheet.cell(row, 1, line, value, model.cells)
    _write_words(sheet, row, line)
    if line.key in NAMES:
        sheet.name_cell(row, 1, _(NAMES[line.key]))


def _line(key: str, assumptions: pd.DataFrame) -> Line:
    """Return what an assumption is called and how it is shown, a share in per cent."""
    note = _(_MEANINGS[key]) if key in _MEANINGS else ""
    if key in _MONTHS:
        return Line(key, _(_MONTHS[key]), Form.MONTH, unit=_("年月"), note=note)
    label, unit = str(assumptions.at[key, "label_ja"]), str(assumptions.at[key, "unit"])
    form = Form.YEN if "円" in unit else Form.SHARE if "割合" in unit else Form.WHOLE
    return Line(key, label, form, unit=unit.replace("割合", "%"), note=note)


def _check(key: str) -> Check:
    """Return what may be typed in for an assumption: the bounds of the scenario."""
    match key:
        case "go_live" | "fee_basis":
            months = GO_LIVE_MONTHS if key == "go_live" else FEE_MONTHS
            words = _("{first}〜{last}の月の1日の日付を入れてください(例 2027/2/1)。")
            days = pd.Timestamp(months.first).date(), pd.Period(months.last, "M").end_time.date()
            return Check("date", days, words.format(first=months.first, last=months.last))
        case "id_validity_months":
            words = _("{expected}を入れてください。").format(expected=expected(key))
            return Check("list", get_args(Scenario.model_fields[key].annotation), words)
        case "uncertified_officers":
            words = _("0から担当する職員の人数までの整数を入れてください。")
            return Check("integer", (0, f"={_(NAMES['officers'])}"), words)
        case _:
            return bounded(key)
