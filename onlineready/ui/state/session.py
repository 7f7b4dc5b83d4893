"""One history per session: what this reader brought and set. Nothing of it outlives the session."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from onlineready import clock, language
from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.vocabulary import Estimate, PlanKind
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model import alternatives
from onlineready.model.cases import Cases, evaluated
from onlineready.model.outline import Said, said_plan, summed_up
from onlineready.readiness import forecast as readiness
from onlineready.readiness.checklist import Answers
from onlineready.ui.state import addresses, shared
from onlineready.ui.state.history import MOST_EARLIER, History, State
from onlineready.workbook import MAX_SCENARIOS, Workbook, from_token, sites_lettered, to_link

SAMPLE_NAMES = {
    PlanKind.OUTLINE: mark("サンプル(食品メーカー)"),
    PlanKind.ROSTER: mark("見本の計画(食品メーカー)"),
    PlanKind.TARGETS: mark("目標の人数の見本(食品メーカー)"),
}
"""What the samples are called."""

OWN_NAME = mark("自社の人数")
"""What a plan is called that is said in numbers on the page, until it is given a name."""

LONGEST_PLAN_NAME = 60

Made = TypeVar("Made")
Rates = Mapping[str, Mapping[str, float]]


# What is held, and how it changes


def history() -> History:
    """Return this session's history; it begins with what the link holds, else with the sample."""
    held: History | None = st.session_state.get("history")
    if held is None:
        first = State(sample(), _(SAMPLE_NAMES[PlanKind.OUTLINE]))
        held = st.session_state["history"] = History(_opened() or first)
    return held


def state() -> State:
    """Return the state that stands."""
    return history().now


def workbook() -> Workbook:
    """Return this session's workbook."""
    return state().workbook


def sample() -> Workbook:
    """Return the workbook of a first visit: the sample plan and the default assumptions."""
    return _first_visit(clock.today())[0]


@lru_cache(maxsize=2)
def _first_visit(today: date) -> tuple[Workbook, dict[str, Any]]:
    """Return the workbook of a first visit on a day, and the place of what is made of it."""
    scenario = resolve({}, shared.tables().tasks, today)
    return Workbook(today, (scenario,), shared.sample_plan(PlanKind.OUTLINE)), {}


def is_sample() -> bool:
    """Tell whether the plan is still the one of the first visit, and no number is the reader's."""
    return state().plan_name == _(SAMPLE_NAMES[PlanKind.OUTLINE])


def keep(changed: Workbook) -> None:
    """Make `changed` this session's workbook; the one before can be brought back."""
    _hold(history().changed(replace(state(), workbook=changed)))


def show_cells(typed: pd.DataFrame) -> None:
    """Let a table be filled in; the plan stays until all of it can be read."""
    _hold(history().changed(replace(state(), typed=typed)))


def use_plan(
    plan: pd.DataFrame,
    name: str,
    told: tuple[str, ...] = (),
    typed: pd.DataFrame | None = None,
) -> None:
    """Put a plan, rows numbered from 0, into the workbook, with what `State` tells of it."""
    named = state().named and name == state().plan_name
    _hold(history().changed(State(replace(workbook(), plan=plan), name, told, typed, named)))


def say(said: Said) -> None:
    """Make the plan the one that a few numbers say; the sites that stay keep their names.

    It is no longer that of a file or a link, whatever its name told.
    """
    name = state().plan_name if state().named else _(OWN_NAME)
    use_plan(said_plan(said, base(), state().sites), name)


def sum_up() -> None:
    """Put in place of the plan its head count and its sites alone."""
    say(summed_up(workbook().plan, base()))


def rename_plan(name: str) -> None:
    """Call the plan by another name; an empty one is passed over."""
    if name := " ".join(name.split())[:LONGEST_PLAN_NAME]:
        _hold(history().changed(replace(state(), plan_name=name, named=True)))


def use_sample(kind: PlanKind) -> None:
    """Put the sample of a kind of plan into the workbook."""
    use_plan(shared.sample_plan(kind), _(SAMPLE_NAMES[kind]))


def open_workbook(opened: Workbook, plan_name: str) -> None:
    """Begin anew with a workbook from elsewhere; `plan_name` tells where its plan came from."""
    _hold(History(State(opened, plan_name)))


def undo() -> None:
    """Bring back what stood before the last change, whatever it was."""
    _hold(history().undone())


def show_undo(place: str) -> None:
    """Offer to take the last change back, in the words of what it changed.

    Args:
        place: where on the page it stands; the button's key is `undo_` and this.
    """
    held = history()
    label = _("{what}を元に戻す(あと{count}回)") if held.earlier else _("元に戻す")
    st.button(
        label.format(what=held.last_change(), count=len(held.earlier)),
        key=f"undo_{place}",
        disabled=not held.earlier,
        on_click=undo,
        help=_("最後の変更を取り消します({most}回まで)。").format(most=MOST_EARLIER),
    )


def _hold(changed: History) -> None:
    if changed.now.workbook.plan is not workbook().plan:
        st.session_state.pop("made", None)
    st.session_state["history"] = changed


def _opened() -> State | None:
    """Open the workbook of the link, if there is one; a bad link is told and not opened."""
    token = st.query_params.get(addresses.LINK_PARAMETER)
    if not token:
        return None
    try:
        opened = from_token(token, shared.tables())
    except ProblemsError as error:
        problems = "、".join(map(_sentence, error.problems[:3]))
        tell(
            _("リンクを開けませんでした。見本を表示しています。{problems}").format(
                problems=problems
            )
        )
        return None
    lettered = sites_lettered(opened)
    return State(opened, _("リンクの計画(事業所名は記号)") if lettered else _("リンクの計画"))


# What is made of it


def made_once(name: str, of: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` makes, kept while what it is made `of` is the same.

    Of each name the last one is kept, and none of a plan that no longer stands: a session never
    holds more than what its pages show of one workbook. A frame is the same where it is the same
    object: none is ever changed, but replaced. What is made of the sample is the same for every
    first visitor of a day, who all share it.
    """
    first, kept = _first_visit(clock.today())
    if workbook() is not first:
        kept = st.session_state.setdefault("made", {})
    of = (language.current(), *of)
    found: tuple[tuple[object, ...], Made] | None = kept.get(name)
    if found is None or not _same(found[0], of):
        found = kept[name] = (of, make())
    return found[1]


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


def parameters() -> dict[str, str] | None:
    """Return the parameters of an address that opens this session's workbook, none for the sample.

    None where the workbook does not fit into an address.
    """
    if workbook() == sample():
        return {}
    token = link()
    return None if token is None else {addresses.LINK_PARAMETER: token}


def steps() -> tuple[readiness.Step, ...]:
    """Return the steps of the checklist as this session's answers have them."""
    answers = workbook().readiness
    return made_once("steps", (answers,), lambda: readiness.steps(shared.checklist(), answers))


def forecast(estimate: Estimate = Estimate.BASE) -> readiness.Forecast:
    """Return when online filing can begin by this session's answers."""
    as_of = workbook().as_of
    return made_once(
        f"forecast_{estimate}",
        (workbook().readiness, as_of),
        lambda: readiness.forecast(steps(), as_of, estimate),
    )


def cases() -> Cases:
    """Return the business cases of the base scenario, until it or the plan changes."""
    plan, own = workbook().plan, scenario()
    return made_once("cases", (plan, own), lambda: evaluated(plan, own, shared.tables()))


# Scenarios


def base() -> Scenario:
    """Return the first scenario, the one that page 1 shows."""
    return workbook().scenarios[0]


def scenario() -> Scenario:
    """Return the base scenario; where going live is left open, it follows the forecast."""
    return base().going_live(forecast().go_live)


def defaults() -> Scenario:
    """Return the scenario of a reader who has changed nothing."""
    as_of, tasks = workbook().as_of, shared.tables().tasks
    return made_once("defaults", (as_of,), lambda: resolve({}, tasks, as_of))


def changed_keys() -> list[str]:
    """Return the keys of the base scenario that differ from the defaults."""
    now, first = base(), defaults()
    return [key for key in Scenario.model_fields if getattr(now, key) != getattr(first, key)]


def change(*, own: bool = False, **values: Any) -> None:
    """Set keys of the base scenario; what does not fit is told, and the old values stay.

    Args:
        own: whether they belong to a reader's own numbers: it is no sample any more.
        values: the keys, as they stand in a file.
    """
    name = _(OWN_NAME) if own and is_sample() else state().plan_name
    changed = _with_keys(workbook(), 0, values)
    _hold(history().changed(replace(state(), workbook=changed, plan_name=name)))


def change_rates(rates: Rates, *, own: bool = False) -> None:
    """Set minutes or yen of tasks, as in `{"counter_print": {"yen": 20}}`, as `change` does."""
    tasks = base().model_dump(mode="json")["tasks"]
    change(own=own, tasks={task: now | rates.get(task, {}) for task, now in tasks.items()})


def reset(*keys: str) -> None:
    """Give keys of the base scenario their defaults again; all of them where none is named."""
    first = defaults().model_dump(mode="json")
    change(**{key: first[key] for key in keys or first})


def keep_answers(answers: Answers) -> None:
    """Put answers into the workbook, and the staff that they tell of into the base scenario."""
    concerned = readiness.concerns_staff(workbook().readiness, answers)
    staff = readiness.staff(answers) if concerned else {}
    _answer(answers, staff)


def file_online_since(month: pd.Period) -> None:
    """Let online filing have begun in a month, and the checklist be settled by then."""
    day = month.to_timestamp().date()
    answers = readiness.settled(shared.checklist(), workbook().readiness, day)
    _answer(answers, {"go_live": str(month), **readiness.staff(answers)})


def file_online_no_more() -> None:
    """Take `file_online_since` back: going live follows the checklist, and that is open again."""
    if since := base().go_live:
        day = since.to_timestamp().date()
        answers = readiness.unsettled(shared.checklist(), workbook().readiness, day)
        _answer(answers, {"go_live": None})


def _answer(answers: Answers, values: Mapping[str, Any]) -> None:
    """Set answers, and keys of the base scenario that follow from them, in one change."""
    keep(_with_keys(replace(workbook(), readiness=answers), 0, dict(values)))


def files_online() -> bool:
    """Tell whether online filing has begun by this session's answers: all is settled since."""
    since, today = base().go_live, pd.Period(workbook().as_of, freq="M")
    return since is not None and since < today and not forecast().critical_path


def rename(number: int, name: str) -> None:
    """Give the scenario in a place another name; one that is no name is told and not taken."""
    keep(_with_keys(workbook(), number, {"name": name.strip()}))


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


def put_scenarios(scenarios: tuple[Scenario, ...]) -> None:
    """Make these the scenarios of the workbook, the first of them the base."""
    keep(replace(workbook(), scenarios=scenarios))


def varied(of: Scenario, **values: Any) -> Scenario:
    """Return a scenario with some of its keys set, as they stand in a file.

    Raises:
        ProblemsError: a value does not fit.
    """
    raw = {**of.model_dump(mode="json"), **values}
    return resolve(raw, shared.tables().tasks, workbook().as_of)


def _with_keys(changed: Workbook, number: int, values: dict[str, Any]) -> Workbook:
    """Return a workbook with keys of one scenario set; what does not fit is told and left out."""
    try:
        scenario = varied(changed.scenarios[number], **values)
    except ProblemsError as error:
        tell(*map(_sentence, error.problems))
        return changed
    scenarios = alternatives.replaced(changed.scenarios, number, scenario)
    if scenarios[number].name != scenario.name:
        tell(
            _("「{name}」という名前のシナリオがほかにあるため、「{other}」にしました。").format(
                name=scenario.name, other=scenarios[number].name
            )
        )
    return replace(changed, scenarios=scenarios)


# What is shown and told


def view(name: str, value: object, store: Callable[..., None], *args: Any) -> dict[str, Any]:
    """Return what lets a widget show a value of the state, and hand on what is chosen in it.

    Args:
        name: key of the widget.
        value: what it shows.
        store: called with `args` and with what is chosen.
        args: what is chosen about.
    """
    st.session_state[name] = value
    return {"key": name, "on_change": lambda: store(*args, st.session_state[name])}


def tell(*messages: str) -> None:
    """Keep messages until the page next shows them."""
    st.session_state.setdefault("messages", []).extend(messages)


def messages() -> list[str]:
    """Return the messages kept, once."""
    kept: list[str] = st.session_state.pop("messages", [])
    return kept


def _sentence(problem: Problem) -> str:
    return f"{_called(problem.column)}: {problem.message}" if problem.column else problem.message


def _called(key: str) -> str:
    """Return what an input calls a key of a scenario, also of one in a link; another key itself."""
    first, *_more = place = key.split(".")
    try:
        return shared.assumed().name(*(place[2:] if first == "scenarios" else place))
    except (KeyError, ValueError):
        return key
