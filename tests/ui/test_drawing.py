"""A chart on a page: what is closed is not sent, and what is open is its table."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.drawings import VOLUME


def only_a_chart() -> None:
    from onlineready.report.charts import applications_by_year
    from onlineready.report.figures import Figure
    from onlineready.ui.state.drawing import show_chart
    from tests.drawings import VOLUME

    chart = applications_by_year(VOLUME, {})
    show_chart(Figure("申請は*8*件", "年度別(件)", chart, VOLUME, "{:,.1f}", "volume"))


def sent(node: Any) -> int:
    """Return of how many messages a part of the page is made, itself included."""
    return 1 + sum(sent(child) for child in getattr(node, "children", {}).values())


def test_a_closed_chart_is_three_messages_and_an_open_one_has_its_table() -> None:
    page = AppTest.from_function(only_a_chart, default_timeout=60).run()
    assert not page.exception
    assert sent(page.main) - 1 == 3
    assert not page.table
    assert page.markdown[0].value == "## 申請は\\*8\\*件\n\n:small[年度別(件)]"

    page.session_state["table_volume"] = True
    page.run()
    assert list(page.table[0].value.index) == list(VOLUME.index)
    assert page.get("download_button")[0].proto.label == "CSVで保存"


def test_the_browser_gets_a_form_and_its_tables_by_name() -> None:
    page = AppTest.from_function(only_a_chart, default_timeout=60).run()
    chart = page.get("vega_lite_chart")[0].proto
    assert {dataset.name for dataset in chart.datasets} == {"numbers", "totals", "names"}
    assert "2026" not in chart.spec
    assert chart.alt == "年度別(件)"
