"""The sheet with three of the spreadsheet's own charts."""

from collections.abc import Sequence
from typing import Any

from onlineready.domain.vocabulary import LABELS, Case, Procedure
from onlineready.export.fonts import FAMILY
from onlineready.export.xlsx.layout import CHARTS_SHEET, Model
from onlineready.export.xlsx.series import CASES, YEAR_FORM
from onlineready.export.xlsx.spreadsheet import Book, Form, Sheet
from onlineready.language import translate as _
from onlineready.report import findings
from onlineready.report.palette import COUNTER, ONLINE, ONLINE_SHADES, TEXT

_CHART_FONT = {"name": FAMILY, "size": 9, "color": TEXT}

_AMOUNTS = {
    "num_format": Form.WHOLE,
    "num_font": _CHART_FONT,
    "major_gridlines": {"visible": True, "line": {"color": "#E3E6EF"}},
    "line": {"none": True},
}
"""The axis of numbers and yen."""

_CHART_ROWS = 21
"""Rows of the sheet that a chart takes."""


def charts_sheet(book: Book, model: Model) -> None:
    """Draw volume, cost and cumulative saving."""
    sheet = Sheet(book, _(CHARTS_SHEET), [12] * 12)
    sheet.title(_("チャート"), _("前提を変えると、グラフも変わります。"))
    shades = zip(Procedure, reversed(ONLINE_SHADES), strict=True)
    volume = [(f"applications_{one}", _(LABELS[one]), shade) for one, shade in shades]
    colours = {Case.COUNTER: COUNTER, Case.ONLINE: ONLINE}
    cost = [(f"{case}_cost_yen", _(CASES[case]), colour) for case, colour in colours.items()]
    saving = _("差引きの効果の累計(円)、月別")
    charts = {
        _("年度別の申請件数(件)、手続の種類別"): _bars(book, model, volume, stacked=True),
        findings.costs_measured(): _bars(book, model, cost),
        saving: _saving_chart(book, model, saving),
    }
    for place, (title, chart) in enumerate(charts.items()):
        chart.set_title({"name": title, "name_font": {**_CHART_FONT, "size": 11, "bold": True}})
        chart.set_y_axis(_AMOUNTS)
        chart.set_size({"width": 980, "height": 400})
        chart.set_chartarea({"border": {"none": True}})
        sheet.sheet.insert_chart(3 + _CHART_ROWS * place, 0, chart, {"description": title})
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 1)


def _bars(
    book: Book, model: Model, bars: Sequence[tuple[str, str, str]], *, stacked: bool = False
) -> Any:
    """Return rows of the fiscal years, each a key, a name and a colour, as bars of a chart."""
    kind = {"subtype": "stacked"} if stacked else {}
    chart = book.workbook.add_chart({"type": "column", **kind})
    years = model.year_cells
    first, last = years.left, years.last_column - 1
    for key, name, colour in bars:
        row = model.year_row(key)
        chart.add_series(
            {
                "name": name,
                "categories": [years.sheet, years.first - 1, first, years.first - 1, last],
                "values": [years.sheet, row, first, row, last],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    axis = {"num_font": _CHART_FONT, "label_position": "low", "num_format": _(YEAR_FORM)}
    chart.set_x_axis(axis)
    chart.set_legend({"position": "bottom", "font": _CHART_FONT})
    return chart


def _saving_chart(book: Book, model: Model, title: str) -> Any:
    chart, months = book.workbook.add_chart({"type": "line"}), model.month_cells
    chart.add_series(
        {
            "name": title,
            "categories": f"={months.down('month')}",
            "values": f"={months.down('cumulative_yen')}",
            "line": {"color": ONLINE, "width": 2.25},
        }
    )
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": Form.MONTH,
            "major_unit": 12,
            "major_unit_type": "months",
            "label_position": "low",
            "num_font": _CHART_FONT,
        }
    )
    chart.set_legend({"none": True})
    return chart
