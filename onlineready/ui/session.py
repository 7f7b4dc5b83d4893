"""One workbook per session: what this reader brought and set. Nothing outlives the session."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from onlineready import clock, readiness
from onlineready.language import translate as _
from onlineready.problem import Problem, ProblemsError
from onlineready.scenario import Scenario, resolve
from onlineready.ui import shell
from onlineready.vocabulary import Estimate
from onlineready.workbook import Workbook, from_token, to_link

Row = TypeVar("Row")


def workbook() -> Workbook:
    """Return this session's workbook: the one of the link on the first run, else the sample."""
    if "workbook" not in st.session_state:
        st.session_state["workbook"] = _opened() or sample()
    kept: Workbook = st.session_state["workbook"]
    return kept


def sample() -> Workbook:
    """Return the workbook of a first visit: the sample plan and the default assumptions."""
    return _sample(clock.today())


@st.cache_resource(max_entries=10)
def _sample(today: date) -> Workbook:
    return Workbook(as_of=today, scenarios=(shell.defaults(today),), plan=shell.sample_plan())


def keep(changed: Workbook, plan_name: str | None = None) -> None:
    """Make `changed` this session's workbook; `plan_name` tells where a new plan came from."""
    st.session_state["workbook"] = changed
    if plan_name is not None:
        st.session_state["plan_name"] = plan_name


def link(*, site_names: bool = False) -> str | None:
    """Return the token of this session's workbook, made once for each workbook.

    None where the workbook does not fit into an address.
    """
    made: tuple[Workbook, dict[bool, str | None]] | None = st.session_state.get("links")
    if made is None or made[0] is not workbook():
        made = st.session_state["links"] = (workbook(), {})
    if site_names not in made[1]:
        made[1][site_names] = to_link(workbook(), site_names=site_names)
    return made[1][site_names]


def plan_name() -> str:
    """Return what the plan shown is called."""
    name: str = st.session_state.setdefault("plan_name", _("見本の計画(食品メーカー)"))
    return name


def base() -> Scenario:
    """Return the first scenario, the one that page 1 shows."""
    return workbook().scenarios[0]


def defaults() -> Scenario:
    """Return the scenario of a reader who has changed nothing."""
    return shell.defaults(workbook().as_of)


def steps() -> tuple[readiness.Step, ...]:
    """Return the steps of the checklist as this session's answers have them."""
    return readiness.steps(shell.checklist(), workbook().readiness)


def forecast(estimate: Estimate = Estimate.BASE) -> readiness.Forecast:
    """Return when online filing can begin by this session's answers."""
    return readiness.forecast(steps(), workbook().as_of, estimate)


def scenario() -> Scenario:
    """Return the base scenario; where going live is left open, it follows the forecast."""
    return base().going_live(forecast().go_live)


def change(key: str, value: Any) -> None:
    """Set one key of the base scenario; what does not fit is told, and the old value stays."""
    change_many(**{key: value})


def change_many(**values: Any) -> None:
    """Set keys of the base scenario that fit only together."""
    raw = {**base().model_dump(mode="json"), **values}
    try:
        scenario = resolve(raw, shell.tables().tasks, workbook().as_of)
    except ProblemsError as error:
        tell(*map(_sentence, error.problems))
        return
    keep(replace(workbook(), scenarios=(scenario, *workbook().scenarios[1:])))


def changed_keys() -> list[str]:
    """Return the keys of the base scenario that differ from the defaults."""
    now, first = base(), defaults()
    return [key for key in Scenario.model_fields if getattr(now, key) != getattr(first, key)]


def reset(*keys: str) -> None:
    """Give keys of the base scenario their defaults again; all of them where none is named."""
    first = defaults().model_dump(mode="json")
    change_many(**{key: first[key] for key in keys or first})


def editor(name: str, table: pd.DataFrame) -> str:
    """Name an editor by what it shows, so that it begins anew when the workbook has changed."""
    return f"{name}_{pd.util.hash_pandas_object(table.astype(str)).sum()}"


def edits(editor: str, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Yield what was changed in an editor: what its row stands for, and the changed cells.

    Rows that the editor does not have are passed over: a browser can send anything.
    """
    for number, cells in st.session_state[editor]["edited_rows"].items():
        if 0 <= int(number) < len(rows):
            yield rows[int(number)], cells


def tell(*messages: str) -> None:
    """Keep messages until the page next shows them."""
    st.session_state.setdefault("messages", []).extend(messages)


def messages() -> list[str]:
    """Return the messages kept, once."""
    kept: list[str] = st.session_state.pop("messages", [])
    return kept


def use_plan(plan: pd.DataFrame, name: str) -> None:
    """Put a plan into the workbook."""
    keep(replace(workbook(), plan=plan.reset_index(drop=True)), name)


def _opened() -> Workbook | None:
    """Open the workbook of the link, if there is one; a bad link is told and not opened."""
    token = st.query_params.get(shell.LINK_PARAMETER)
    if not token:
        return None
    try:
        opened = from_token(token, shell.tables())
    except ProblemsError as error:
        problems = "、".join(map(_sentence, error.problems[:3]))
        tell(
            _("リンクを開けませんでした。見本を表示しています。{problems}").format(
                problems=problems
            )
        )
        return None
    st.session_state["plan_name"] = _("リンクの計画")
    return opened


def _sentence(problem: Problem) -> str:
    return f"{problem.column}: {problem.message}" if problem.column else problem.message
