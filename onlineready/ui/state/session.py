"""One workbook per session: what this reader brought and set. Nothing outlives the session."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

from onlineready import clock, language
from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.vocabulary import Estimate, PlanKind
from onlineready.language import translate as _
from onlineready.model import alternatives
from onlineready.model.cases import Cases, evaluated
from onlineready.readiness import forecast as readiness
from onlineready.ui.state import shell
from onlineready.workbook import MAX_SCENARIOS, Workbook, from_token, to_link

MAX_EDITED_ROWS = 1_000
"""Rows up to which a plan is edited on the page, and kept to be brought back."""

MOST_PLAN_STEPS = 30

Row = TypeVar("Row")
Made = TypeVar("Made")


def workbook() -> Workbook:
    """Return this session's workbook: the one of the link on the first run, else the sample."""
    if "workbook" not in st.session_state:
        st.session_state["workbook"] = _opened() or sample()
    kept: Workbook = st.session_state["workbook"]
    return kept


def sample() -> Workbook:
    """Return the workbook of a first visit: the sample plan and the default assumptions."""
    return _sample(clock.today())


@lru_cache(maxsize=10)
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
    st.session_state.pop("removed_scenario", None)
    _name_plan(plan_name)


def made_once(name: str, of: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` makes, kept in this session while what it is made `of` is the same.

    A frame is the same where it is the same object: none is ever changed, but replaced. What is
    made of the sample, in the language of the session, is kept for all who have not changed it.
    """
    place = _made_of_sample() if workbook() is sample() else st.session_state
    of = (language.current(), *of)
    kept: tuple[tuple[object, ...], Made] | None = place.get(name)
    if kept is None or not _same(kept[0], of):
        kept = place[name] = (of, make())
    return kept[1]


@st.cache_resource
def _made_of_sample() -> dict[str, Any]:
    return {}


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (not isinstance(a, pd.DataFrame) and a == b)
        for a, b in zip(one, other, strict=True)
    )


def link(*, site_names: bool = False) -> str | None:
    """Return the token of this session's workbook, made once for each workbook.

    None where the workbook does not fit into an address.
    """
    name = "link_with_names" if site_names else "link"
    return made_once(name, (workbook(),), lambda: to_link(workbook(), site_names=site_names))


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
    as_of = workbook().as_of
    return made_once(
        f"forecast_{estimate}",
        (workbook().readiness, as_of),
        lambda: readiness.forecast(steps(), as_of, estimate),
    )


def scenario() -> Scenario:
    """Return the base scenario; where going live is left open, it follows the forecast."""
    return base().going_live(forecast().go_live)


def cases() -> Cases:
    """Return the business cases of the base scenario, until it or the plan changes."""
    plan, own = workbook().plan, scenario()
    return made_once("cases", (plan, own), lambda: evaluated(plan, own, shell.tables()))


def change(key: str, value: Any) -> None:
    """Set one key of the base scenario; what does not fit is told, and the old value stays."""
    change_many(**{key: value})


def change_many(**values: Any) -> None:
    """Set keys of the base scenario that fit only together."""
    _put_scenario(0, values)


def rename(number: int, name: str) -> None:
    """Give the scenario in a place another name; one that is no name is told and not taken."""
    _put_scenario(number, {"name": name.strip()})


def add_scenario(new: Scenario) -> None:
    """Put one more scenario beside the others, under a name of its own, where there is room."""
    scenarios = workbook().scenarios
    if len(scenarios) >= MAX_SCENARIOS:
        tell(
            _("シナリオは基準を含めて{most}個までです。一つ削除してから加えてください。").format(
                most=MAX_SCENARIOS
            )
        )
        return
    put_scenarios(alternatives.added(scenarios, new))


def remove_scenario(number: int) -> None:
    """Take a scenario that is not the base out of the workbook; it can be brought back."""
    scenarios = workbook().scenarios
    st.session_state["removed_scenario"] = scenarios[number]
    put_scenarios(alternatives.without(scenarios, number))


def removed_scenario() -> Scenario | None:
    """Return the scenario that was taken out last, as long as it is not back."""
    removed: Scenario | None = st.session_state.get("removed_scenario")
    return removed


def restore_scenario() -> None:
    """Bring the scenario back that was taken out last."""
    removed, before = removed_scenario(), len(workbook().scenarios)
    if removed is not None:
        add_scenario(removed)
    if len(workbook().scenarios) > before:
        del st.session_state["removed_scenario"]


def put_scenarios(scenarios: tuple[Scenario, ...]) -> None:
    """Make these the scenarios of the workbook, the first of them the base."""
    keep(replace(workbook(), scenarios=scenarios))


def varied(of: Scenario, **values: Any) -> Scenario:
    """Return a scenario with some of its keys set, as they stand in a file.

    Raises:
        ProblemsError: a value does not fit.
    """
    raw = {**of.model_dump(mode="json"), **values}
    return resolve(raw, shell.tables().tasks, workbook().as_of)


def _put_scenario(number: int, values: dict[str, Any]) -> None:
    scenarios = workbook().scenarios
    try:
        scenario = varied(scenarios[number], **values)
    except ProblemsError as error:
        tell(*map(_sentence, error.problems))
        return
    changed = alternatives.replaced(scenarios, number, scenario)
    if changed[number].name != scenario.name:
        tell(
            _("「{name}」という名前のシナリオがほかにあるため、「{other}」にしました。").format(
                name=scenario.name, other=changed[number].name
            )
        )
    put_scenarios(changed)


def changed_keys() -> list[str]:
    """Return the keys of the base scenario that differ from the defaults."""
    now, first = base(), defaults()
    return made_once(
        "changed_keys",
        (now, first),
        lambda: [key for key in Scenario.model_fields if getattr(now, key) != getattr(first, key)],
    )


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
