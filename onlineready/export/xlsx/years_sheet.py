"""The sheet of the fiscal years, with NPV, payback and break-even."""

import pandas as pd

from onlineready.domain.vocabulary import Procedure
from onlineready.export.xlsx.layout import (
    NAMES,
    WORTH,
    YEAR_HEAD,
    YEARS_SHEET,
    Model,
    months_area,
    worth_row,
    year_row,
)
from onlineready.export.xlsx.series import MONTH_COLUMNS, Line, year_form, year_lines
from onlineready.export.xlsx.spreadsheet import (
    NUMBER,
    WHOLE,
    YEN,
    Book,
    Sheet,
    cell,
    filled,
    fixed,
    letter,
    said,
)
from onlineready.language import translate as _


def years_sheet(book: Book, model: Model) -> None:
    """Write the fiscal years, and what the case is worth."""
    years = [int(str(year)) for year in model.months["fiscal_year"].unique()]
    sheet = Sheet(book, _(YEARS_SHEET), [46, 9] + [13] * (len(years) + 1))
    sheet.title(
        _("年度別の費用と節約"), _("すべて数式です。「費用比較」の月を年度ごとに合計します。")
    )
    last = 2 + len(years)
    for column, text in ((0, _("項目")), (1, _("単位")), (last, _("期間の合計"))):
        sheet.head(YEAR_HEAD, column, text)
    for column, year in enumerate(years, start=2):
        sheet.value(YEAR_HEAD, column, year, year_form())
    series = _by_year(model)
    for n, line in enumerate(year_lines()):
        row = YEAR_HEAD + 1 + n
        if not line.key:
            sheet.group(row, 0, last, line.title)
            continue
        sheet.text(row, 0, line.title)
        sheet.text(row, 1, line.group)
        bold = line.key.endswith("_cost_yen") or line.key in ("applications", "net_saving_yen")
        values = series[line.key].tolist()
        for column, value in enumerate(values, start=2):
            formula = _of_year(model, line, column)
            sheet.formula(row, column, formula, value, line.number, bold=bold)
        if line.key == "cumulative_yen":
            sheet.formula(row, last, f"={cell(row, last - 1)}", values[-1], line.number)
        else:
            summed = f"=SUM({cell(row, 2)}:{cell(row, last - 1)})"
            sheet.formula(row, last, summed, sum(values), line.number, bold=True)
    _write_worth(sheet, model)
    sheet.on_one_page()
    sheet.sheet.freeze_panes(YEAR_HEAD + 1, 2)


def _by_year(model: Model) -> pd.DataFrame:
    """Return the rows of the sheet of fiscal years, by key, one number for each year."""
    years = model.months.groupby("fiscal_year").sum()
    wage = model.scenario.wage_yen_per_hour
    rows = years.assign(
        applications=sum(years[f"applications_{p}"] for p in Procedure),
        online_applications=sum(years[f"online_{p}"] for p in Procedure),
        counter_staff_yen=years["counter_hours"] * wage,
        all_online_outlay_yen=years["online_outlay_yen"] + years["setup_upkeep_outlay_yen"],
        all_online_hours=years["online_hours"] + years["setup_upkeep_hours"],
        cumulative_yen=years["net_saving_yen"].cumsum(),
    )
    rows["online_staff_yen"] = rows["all_online_hours"] * wage
    costs = {
        "counter_cost_yen": ["counter_fee_yen", "counter_outlay_yen", "counter_staff_yen"],
        "online_cost_yen": ["online_fee_yen", "all_online_outlay_yen", "online_staff_yen"],
    }
    return rows.assign(**{key: rows[parts].sum(axis="columns") for key, parts in costs.items()})


def _of_year(model: Model, line: Line, column: int) -> str:
    """Return the formula of a row in one fiscal year."""
    year = f"{letter(column)}${YEAR_HEAD + 1}"

    def summed(key: str) -> str:
        area, years = months_area(model, key), months_area(model, "fiscal_year")
        return f"SUMIFS({area},{years},{year})"

    if line.key == "cumulative_yen":
        own = cell(year_row("net_saving_yen"), column)
        before = cell(year_row("cumulative_yen"), column - 1)
        return f"={own}" if column == 2 else f"={before}+{own}"
    if not line.formula:
        return f"={summed(line.key)}"
    cells = {key: _(name) for key, name in NAMES.items()}
    cells |= {f"of_{key}": summed(key) for key in MONTH_COLUMNS}
    cells |= {other.key: cell(year_row(other.key), column) for other in year_lines() if other.key}
    return filled(line.formula, cells)


def worth_of(model: Model) -> dict[str, float | str]:
    """Return the figures of the business case by key; words where there is no such number."""
    result = model.result
    worth, found = result.worth, result.break_even
    even = worth.break_even_applications_per_year
    return {
        "npv": worth.npv_yen,
        "payback": _never() if worth.payback_months is None else worth.payback_months,
        "fixed": found.fixed_yen,
        "unit": found.benefit_yen / found.applications if found.applications > 0 else _none(),
        "years": found.years,
        "break_even": _none() if even is None else even,
    }


def _never() -> str:
    return _("期間中は回収できず")


def _none() -> str:
    return _("なし")


def _write_worth(sheet: Sheet, model: Model) -> None:
    """Write NPV, payback and break-even volume below the fiscal years."""
    area = {key: months_area(model, key) for key in MONTH_COLUMNS}
    names = {key: _(name) for key, name in NAMES.items()}
    cells = {**names, **{f"all_{key}": place for key, place in area.items()}}
    cells |= {key: fixed(worth_row(key), 2) for key in WORTH}
    weight = "{all_live}*{all_factor}"
    lasting = "({all_setup_upkeep_outlay_yen}+{wage_yen_per_hour}*{all_hours_spent})"
    filed = "+".join(f"{{all_applications_{p}}}" for p in Procedure)
    volume = f"SUMPRODUCT({weight}*({filed}))"
    benefit = f"(SUMPRODUCT({weight}*{{all_net_saving_yen}})+{{fixed}})"
    cells |= {"said_never": said(_never()), "said_none": said(_none())}
    lines = {
        "npv": (_("正味現在価値(NPV)"), _("円"), YEN, "SUM({all_present_yen})"),
        "payback": (
            _("回収まで(オンライン開始から)"),
            _("か月"),
            WHOLE,
            "IFERROR(MATCH(1,{all_paid},0)-MAX({online_from},0),{said_never})",
        ),
        "fixed": (_("準備・維持の現在価値"), _("円"), YEN, f"SUMPRODUCT({weight}*{lasting})"),
        "unit": (
            _("申請1件あたりの効果(現在価値)"),
            _("円/件"),
            YEN,
            f"IF({volume}<=0,{{said_none}},{benefit}/{volume})",
        ),
        "years": (_("オンラインの期間(割引後)"), _("年"), "#,##0.00", f"SUMPRODUCT({weight})/12"),
        "break_even": (
            _("損益分岐の申請件数"),
            _("件/年"),
            NUMBER,
            "IF(ISNUMBER({unit}),IF({unit}>0.000001,{fixed}/({unit}*{years}),{said_none}),"
            "{said_none})",
        ),
    }
    sheet.group(worth_row("npv") - 1, 0, 2, _("現在価値・回収・損益分岐"))
    values = worth_of(model)
    for key, (title, unit, number, formula) in lines.items():
        row = worth_row(key)
        sheet.text(row, 0, title)
        sheet.text(row, 1, unit)
        sheet.formula(row, 2, filled(formula, cells), values[key], number)
