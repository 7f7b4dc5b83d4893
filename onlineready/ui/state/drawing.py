"""A figure on a page: its finding, its chart, and its numbers."""

from typing import Literal

import streamlit as st

from onlineready.export.arrow import to_arrow
from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.report import findings, tabular, wording
from onlineready.report.chart_parts import Chart
from onlineready.report.figures import Figure
from onlineready.ui.state.saving import show_save


def show_chart(figure: Figure, level: str = "####") -> None:
    """Show a chart below its finding and measure; its table and download while they are open.

    To a screen reader it is its measure: the finding is the heading above it. With the figures of a
    finding in its name, the browser would make the chart anew at every change.

    `level` is that of the heading, in Markdown.
    """
    finding, measure = wording.plain(figure.finding), wording.plain(figure.measure)
    st.markdown(f"{level} {finding}\n\n:small[{measure}]")
    _draw(figure.chart, figure.measure)
    name, table = figure.name, figure.table
    numbers = st.expander(_("表で見る"), key=f"table_{name}", on_change="rerun")
    if numbers.open:
        with numbers:
            st.table(tabular.written(table, figure.form))
            show_save(_("CSVで保存"), lambda: to_csv(table), f"{name}.csv", f"csv_{name}")


def show_picture(figure: Figure) -> None:
    """Show a chart alone, with a sentence for screen readers."""
    _draw(figure.chart, findings.alternative(figure.finding, figure.measure))


def _draw(chart: Chart, alt: str) -> None:
    """Draw a chart under a name for screen readers."""
    form, data = chart
    tables = {name: to_arrow(table) for name, table in data.items()}
    # Its place is kept before it is drawn; of rows a step apart only the browser knows the height.
    height: int | Literal["content"] = (
        form["height"] if isinstance(form["height"], int) else "content"
    )
    st.vega_lite_chart(spec={**form, "datasets": tables}, width="stretch", height=height, alt=alt)
