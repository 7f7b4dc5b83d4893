"""The pages without a browser: how the tests open them, work them and read them."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Estimate
from onlineready.model.result import Result, evaluate
from onlineready.readiness.forecast import forecast, steps
from onlineready.report import findings, tabular
from onlineready.ui.costs import assumptions, topics
from onlineready.ui.state.history import History, State
from onlineready.workbook import Workbook
from tests.briefings import FORECAST
from tests.checklists import CHECKLIST
from tests.day import TODAY
from tests.plans import SAMPLE_OUTLINE, SAMPLE_PLAN, TABLES, business_case
from tests.server import ROOT

APP = ROOT / "app.py"

READINESS = "pages/1_readiness.py"

SOURCES = "pages/2_sources.py"


def page_at(path: str = "app.py", **parameters: str) -> AppTest:
    """Return a page in a session of its own, with parameters behind the address, not yet run."""
    page = AppTest.from_file(APP, default_timeout=120)
    page.query_params.update(parameters)
    return page if path == "app.py" else page.switch_page(path)


def opened(path: str = "app.py", **parameters: str) -> AppTest:
    """Return a page in a session of its own as a reader first sees it."""
    return page_at(path, **parameters).run()


def workbook_of(plan: pd.DataFrame | None = None, **raw: Any) -> Workbook:
    """Return a workbook of today: that of a first visit where nothing is named."""
    rows = SAMPLE_OUTLINE if plan is None else plan
    scenario = resolve(raw, TABLES.tasks, TODAY)
    return Workbook(as_of=TODAY, scenarios=(scenario,), plan=rows.reset_index(drop=True))


def with_roster(path: str = "app.py", **raw: Any) -> AppTest:
    """Return a page whose session holds the sample roster."""
    page = page_at(path)
    hold(page, workbook_of(SAMPLE_PLAN, **raw))
    return page.run()


def own_plan(site: str, headcount: int) -> bytes:
    return (
        "事業所,区分,人数,開始月,在留期限\n"
        f"{site}第一,在籍,{headcount},2025-04,2027-04\n{site}第二,海外,{headcount},2027-06,\n"
    ).encode()


def in_session(page: AppTest) -> Workbook:
    history: History = page.session_state["history"]
    return history.now.workbook


def hold(page: AppTest, workbook: Workbook) -> None:
    """Let the session hold a workbook, as if it had been opened."""
    page.session_state["history"] = History(State(workbook, "開いた計画"))


def figures_of(workbook: Workbook) -> dict[str, str]:
    """Return what the page has to show, computed without it."""
    found = forecast(steps(CHECKLIST, workbook.readiness), workbook.as_of, Estimate.BASE)
    scenario = workbook.scenarios[0].going_live(found.go_live)
    return expected_figures(evaluate(workbook.plan, scenario, TABLES))


def widget(page: AppTest, key: str) -> Any:
    kinds = (page.slider, page.number_input, page.selectbox, page.text_input, page.button_group)
    return next(one for kind in kinds for one in kind if one.key == key)


def look_at(page: AppTest, *place: str) -> AppTest:
    """Open the list of assumptions at one of them."""
    page.session_state[assumptions.CHOSEN] = place
    return page.segmented_control(key="topic").set_value(topics.LIST).run()


def assume(page: AppTest, key: str, value: Any) -> AppTest:
    """Set an assumption in the list, as its widget has it."""
    widget(look_at(page, key), f"listed_{key}").set_value(value)
    return page.run()


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def press_labelled(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def post(page: AppTest, name: str, value: str | list[str]) -> AppTest:
    """Send what a browser would send for a widget, whether the page offers it or not."""
    states = page._tree.get_widget_states()
    state = next((one for one in states.widgets if one.id == name), None) or states.widgets.add()
    state.id = name
    if isinstance(value, str):
        state.string_value = value
    else:
        state.string_array_value.data[:] = value
    return page._run(states)


def editor(page: AppTest, name: str) -> Any:
    return next(one for one in page.data_editor if str(one.key).startswith(f"{name}_"))


def edit(page: AppTest, name: str, cells: Mapping[int | str, Mapping[str, Any]]) -> AppTest:
    """Change cells of an editor, by row and column."""
    changes = {"edited_rows": cells, "added_rows": [], "deleted_rows": []}
    return post(page, editor(page, name).proto.id, json.dumps(changes))


def set_other(page: AppTest, key: str, value: Any) -> AppTest:
    """Set an assumption of the panel beside the line of inputs."""
    widget(panel(page, "ほかの前提"), f"input_{key}").set_value(value)
    return page.run()


def sites_shown(page: AppTest) -> AppTest:
    """Choose the topic with the editor of sites."""
    return page.segmented_control(key="topic").set_value("事業所別・手続別").run()


def unfolded(page: AppTest, key: str) -> AppTest:
    """Open what is made only while it is open: a popover or an expander."""
    page.session_state[key] = True
    return page.run()


def save_and_open(page: AppTest, content: bytes, name: str = "saved.json") -> AppTest:
    unfolded(page, "share")
    page.file_uploader(key="saved").set_value((name, content, "application/json"))
    return page.run()


def read(text: object) -> str:
    """Return Markdown without the marks that keep its signs from meaning anything."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", str(text))


def told(page: AppTest) -> str:
    return read("\n".join(warning.value for warning in page.warning))


def problems_told(page: AppTest) -> pd.DataFrame:
    table = next(one.value for one in page.table if "内容と直し方" in one.value)
    return table.map(read)


def sent(page: AppTest) -> bytes:
    """Return all that the browser is sent."""
    messages = (getattr(node, "proto", None) for node in page._tree)
    return b"".join(one.SerializeToString() for one in messages if one is not None)


def shown(page: AppTest, text: str) -> bool:
    """Tell whether a text without signs of Markdown is anywhere in what the browser is sent."""
    return text.encode() in sent(page)


def computed(plan: pd.DataFrame = SAMPLE_OUTLINE, **changes: object) -> Result:
    """Return the business case of a plan as at a first visit, some of its assumptions changed."""
    return business_case(plan, {"go_live": FORECAST, **changes})


def metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value) for metric in page.metric}


def panel(dashboard: AppTest, name: str) -> AppTest:
    """Open a panel below the line of inputs."""
    if dashboard.pills(key="panel").value == name:
        return dashboard
    return dashboard.pills(key="panel").set_value(name).run()


def plan_panel(dashboard: AppTest) -> AppTest:
    """Open the panel in which a plan is brought, and mended as a table."""
    return panel(dashboard, "詳しい計画を読み込む")


def upload(dashboard: AppTest, content: bytes, name: str = "plan.csv") -> AppTest:
    plan_panel(dashboard).file_uploader(key="upload").set_value((name, content, "text/csv"))
    return dashboard.run()


START = "オンライン開始"
"""The one figure below the answer that is no result."""


def figures(dashboard: AppTest) -> dict[str, str]:
    """Return the answer and the figures below it as they stand, with what is told to the yen."""
    (answer,) = dashboard.title
    told = [("答え", answer.value, answer.proto.help)]
    kept = [one for one in dashboard.metric if one.label != START]
    told += [(one.label, one.value, one.proto.help) for one in kept]
    return {label: f"{value} {exact}" for label, value, exact in told}


def expected_figures(result: Result) -> dict[str, str]:
    exact, answer = findings.explained(result), findings.answer(result)
    told = {"答え": f"{answer.title} {answer.detail}。"}
    for key in ("cash_saving_yen", "hours", "payback_months"):
        row = tabular.FIGURES[key]
        told[row.heading] = f"{row.about(result.figures[key])} {exact[key]}"
    return told
