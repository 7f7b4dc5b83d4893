"""A figure on a page: its finding, its chart, and its numbers."""

import streamlit as st

from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.report import findings, tabular, wording
from onlineready.report.figures import Figure
from onlineready.ui.state.saving import show_save


def show_chart(figure: Figure) -> None:
    """Show a chart below its finding, with a sentence for screen readers, table and download."""
    st.markdown(f"#### {wording.plain(figure.finding)}")
    st.caption(figure.measure)
    st.altair_chart(figure.chart, alt=findings.alternative(figure.finding, figure.measure))
    name, table = figure.name, figure.table
    with st.expander(_("表で見る"), key=f"table_{name}"):
        st.table(tabular.written(table, figure.form))
        show_save(_("CSVで保存"), lambda: to_csv(table), f"{name}.csv", f"csv_{name}")
