"""One workbook per session: what this reader brought and set. Nothing outlives the session."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

from onlineready import clock, readiness
from onlineready.language import translate as _
from onlineready.problem import Problem, ProblemsError
from onlineready.scenario import Scenario, resolve
from onlineready.ui import shell
from onlineready.vocabulary import Estimate, PlanKind
from onlineready.workbook import Workbook, from_token, to_link

MAX_EDITED_ROWS = 1_000
"""Rows up to which a plan is edited on the page, and kept to be brought back."""

MOST_PLAN_STEPS = 30

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
    return Workbook(
        as_of=today, scenarios=(shell.defaults(today),), plan=shell.sample_plan(PlanKind.ROSTER)
    )


def keep(changed: Workbook) -> None:
    """Make `changed` this session's workbook."""
    st.session_state["workbook"] = changed


def open_workbook(opened: Workbook, plan_name: str) -> None:
    """Make a workbook from elsewhere this session's; `plan_name` tells where its plan came from."""
    keep(opened)
    st.session_state["earlier_plans"] = []
    _name_plan(plan_name)


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


class PlanStep(NamedTuple):
    """A plan as it stands, or stood before a change.

    Attributes:
        plan: what is evaluated.
        name: what it is called.
        told: what is worth telling of how it was read.
        typed: the cells of the editor where not all of them can be read, else None.
    """

    plan: pd.DataFrame
    name: str
    told: tuple[str, ...]
    typed: pd.DataFrame | None


def plan_step() -> PlanStep:
    """Return the plan as it stands."""
    plan = workbook().plan
    name = st.session_state.get("plan_name", _("見本の計画(食品メーカー)"))
    of, typed = st.session_state.get("typed_plan", (None, None))
    told = st.session_state.get("plan_told", ())
    return PlanStep(plan, name, told, typed if of is plan else None)


def plan_name() -> str:
    """Return what the plan shown is called."""
    return plan_step().name


def use_plan(
    plan: pd.DataFrame,
    name: str,
    told: tuple[str, ...] = (),
    typed: pd.DataFrame | None = None,
) -> None:
    """Put a plan into the workbook; the one before can be brought back."""
    earlier = earlier_plans()
    if len(workbook().plan) <= MAX_EDITED_ROWS:
        st.session_state["earlier_plans"] = [*earlier, plan_step()][-MOST_PLAN_STEPS:]
    _put_plan(PlanStep(plan.reset_index(drop=True), name, told, typed))


def earlier_plans() -> list[PlanStep]:
    """Return the plans before the last changes, the oldest first."""
    kept: list[PlanStep] = st.session_state.get("earlier_plans", [])
    return kept


def undo_plan() -> None:
    """Bring back the plan before the last change."""
    *earlier, last = earlier_plans()
    st.session_state["earlier_plans"] = earlier
    _put_plan(last)


def show_sample(kind: PlanKind) -> None:
    """Put the sample of a kind of plan into the workbook."""
    names = {
        PlanKind.ROSTER: _("見本の計画(食品メーカー)"),
        PlanKind.TARGETS: _("目標の人数の見本(食品メーカー)"),
    }
    use_plan(shell.sample_plan(kind), names[kind])


def _put_plan(step: PlanStep) -> None:
    if step.plan is not workbook().plan:
        keep(replace(workbook(), plan=step.plan))
    _name_plan(step.name, step.told)
    st.session_state["typed_plan"] = (step.plan, step.typed)


def _name_plan(name: str, told: tuple[str, ...] = ()) -> None:
    st.session_state["plan_name"], st.session_state["plan_told"] = name, told


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
    _name_plan(_("リンクの計画"))
    return opened


def _sentence(problem: Problem) -> str:
    return f"{problem.column}: {problem.message}" if problem.column else problem.message
