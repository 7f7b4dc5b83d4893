"""The sheet with three of the spreadsheet's own charts."""

from typing import Any

from onlineready.domain.vocabulary import LABELS, Case, Procedure
from onlineready.export.xlsx.layout import (
    CHARTS_SHEET,
    FIRST_MONTH,
    MONTHS_SHEET,
    YEAR_HEAD,
    YEARS_SHEET,
    Model,
    year_row,
)
from onlineready.export.xlsx.series import CASES, MONTH_COLUMNS, year_form
from onlineready.export.xlsx.spreadsheet import FONT, MONTH, Book, Sheet
from onlineready.language import translate as _
from onlineready.report.palette import COUNTER, ONLINE, ONLINE_SHADES, TEXT

_CHART_FONT = {"name": FONT, "size": 9, "color": TEXT}

_CHART_ROWS = 21
"""Rows of the sheet that a chart takes."""


def charts_sheet(book: Book, model: Model) -> None:
    """Draw volume, cost and cumulative saving."""
    sheet = Sheet(book, _(CHARTS_SHEET), [12] * 12)
    sheet.title(_("チャート"), _("前提を変えると、グラフも変わります。"))
    charts = (_volume_chart(book, model), _cost_chart(book, model), _saving_chart(book, model))
    for place, (title, chart) in enumerate(charts):
        chart.set_title({"name": title, "name_font": {**_CHART_FONT, "size": 11, "bold": True}})
        chart.set_size({"width": 980, "height": 400})
        chart.set_chartarea({"border": {"none": True}})
        sheet.sheet.insert_chart(3 + _CHART_ROWS * place, 0, chart, {"description": title})
    sheet.sheet.set_portrait()
    sheet.on_one_page()


def _volume_chart(book: Book, model: Model) -> tuple[str, Any]:
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for procedure, colour in zip(Procedure, reversed(ONLINE_SHADES), strict=True):
        key = f"applications_{procedure}"
        chart.add_series(_bars(model, key, _(LABELS[procedure]), colour))
    _finish_bars(chart)
    return _("年度別の申請件数(件)、手続の種類別"), chart


def _cost_chart(book: Book, model: Model) -> tuple[str, Any]:
    chart = book.workbook.add_chart({"type": "column"})
    for case, colour in ((Case.COUNTER, COUNTER), (Case.ONLINE, ONLINE)):
        chart.add_series(_bars(model, f"{case}_cost_yen", _(CASES[case]), colour))
    _finish_bars(chart)
    return _("年度別の費用(円)。時間は時間単価で換算、準備・維持を含む"), chart


def _bars(model: Model, key: str, name: str, colour: str) -> dict[str, Any]:
    """Return a row of the fiscal years as the bars of a chart."""
    sheet, last, row = _(YEARS_SHEET), 1 + model.months["fiscal_year"].nunique(), year_row(key)
    return {
        "name": name,
        "categories": [sheet, YEAR_HEAD, 2, YEAR_HEAD, last],
        "values": [sheet, row, 2, row, last],
        "fill": {"color": colour},
        "gap": 60,
    }


def _finish_bars(chart: Any) -> None:
    axis = {"num_font": _CHART_FONT, "label_position": "low", "num_format": year_form()}
    chart.set_x_axis(axis)
    chart.set_y_axis(_amounts())
    chart.set_legend({"position": "bottom", "font": _CHART_FONT})


def _saving_chart(book: Book, model: Model) -> tuple[str, Any]:
    chart = book.workbook.add_chart({"type": "line"})
    sheet, column = _(MONTHS_SHEET), MONTH_COLUMNS["cumulative_yen"]
    title = _("差引きの効果の累計(円)、月別")
    chart.add_series(
        {
            "name": title,
            "categories": [sheet, FIRST_MONTH, 0, model.last_month, 0],
            "values": [sheet, FIRST_MONTH, column, model.last_month, column],
            "line": {"color": ONLINE, "width": 2.25},
        }
    )
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": MONTH,
            "major_unit": 12,
            "major_unit_type": "months",
            "label_position": "low",
            "num_font": _CHART_FONT,
        }
    )
    chart.set_y_axis(_amounts())
    chart.set_legend({"none": True})
    return title, chart


def _amounts() -> dict[str, Any]:
    return {
        "num_format": "#,##0",
        "num_font": _CHART_FONT,
        "major_gridlines": {"visible": True, "line": {"color": "#E3E6EF"}},
        "line": {"none": True},
    }
