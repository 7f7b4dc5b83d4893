"""What a session holds: one stack of states, bounded, and what is made of the one that stands."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from onlineready import clock
from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Channel, Procedure, Reply
from onlineready.filing.actuals import Actual
from onlineready.model.outline import Said, said_plan
from onlineready.readiness.checklist import Answers
from onlineready.ui.state import history, session
from onlineready.ui.state.history import MOST_EARLIER, History, State
from onlineready.workbook import Workbook, to_file
from tests import pages
from tests.day import TODAY
from tests.pages import figures, figures_of, in_session, press, upload, workbook_of
from tests.plans import SAMPLE_PLAN, TABLES

SAMPLE = State(workbook_of(SAMPLE_PLAN), "見本")


def with_plan(rows: int) -> State:
    """Return a state with another plan, of so many rows."""
    sample = SAMPLE.workbook.plan
    plan = sample.iloc[[number % len(sample) for number in range(rows)]].reset_index(drop=True)
    return replace(SAMPLE, workbook=replace(SAMPLE.workbook, plan=plan))


def with_keys(state: State, **keys: Any) -> State:
    """Return a state with keys of its base scenario set."""
    base, *others = state.workbook.scenarios
    raw = {**base.model_dump(mode="json"), **keys}
    scenarios = (resolve(raw, TABLES.tasks, TODAY), *others)
    return replace(state, workbook=replace(state.workbook, scenarios=scenarios))


def with_parts(**parts: Any) -> State:
    return replace(SAMPLE, workbook=replace(SAMPLE.workbook, **parts))


BASE = SAMPLE.workbook.scenarios[0]
ACTUAL = Actual(
    month=pd.Period("2026-10", "M"),
    procedure=Procedure.EXTENSION,
    channel=Channel.ONLINE,
    filed=3,
)
BOLD = BASE.model_copy(update={"name": "積極", "batch_size": 5})

CHANGES: dict[str, tuple[State, State]] = {
    "計画": (SAMPLE, with_plan(3)),
    "前提": (SAMPLE, with_keys(SAMPLE, years=8, batch_size=3)),
    "回答": (SAMPLE, with_parts(readiness=Answers(gate={"agent": Reply.YES}))),
    "実績": (SAMPLE, with_parts(actuals=(ACTUAL,))),
    "基準日": (SAMPLE, with_parts(as_of=datetime.date(2026, 12, 1))),
    "シナリオ": (SAMPLE, with_parts(scenarios=(BASE, BOLD))),
    "削除した「積極」": (with_parts(scenarios=(BASE, BOLD)), SAMPLE),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_taken_back_exactly_and_told(what: str) -> None:
    before, after = CHANGES[what]
    held = History(before).changed(after)
    assert held.now is after
    assert held.last_change() == what
    assert held.undone().now is before
    assert held.undone().last_change() == ""


def test_where_nothing_changed_there_is_nothing_to_take_back() -> None:
    held = History(SAMPLE)
    assert held.undone() is held
    assert not held.changed(with_keys(SAMPLE)).earlier


def test_a_slider_that_is_drawn_along_leaves_one_state() -> None:
    held = History(SAMPLE)
    for share in range(1, 41):
        held = held.changed(with_keys(held.now, company_fee_share=share / 100))
    assert [state is SAMPLE for state in held.earlier] == [True]
    held = held.changed(with_keys(held.now, years=8))
    held = held.changed(with_keys(held.now, company_fee_share=0.9))
    assert len(held.earlier) == 3
    back = held.undone().undone()
    assert back.now.workbook.scenarios[0].company_fee_share == 0.4
    assert not back.changed(SAMPLE).earlier


def said(**numbers: Any) -> State:
    """Return a state whose plan is 28 workers at 2 sites, or what the numbers make of them."""
    plan = said_plan(Said(28, 2)._replace(**numbers), SAMPLE.workbook.scenarios[0])
    return with_parts(plan=plan)


def test_a_number_that_is_typed_again_leaves_one_state() -> None:
    first = said()
    held = History(first)
    for headcount in (29, 30, 31):
        held = held.changed(said(headcount=headcount))
    assert [state is first for state in held.earlier] == [True]
    held = held.changed(said(headcount=31, hires_per_year=3.0))
    held = held.changed(said(headcount=31, hires_per_year=4.0))
    assert len(held.earlier) == 2
    assert held.undone().now.said == Said(31, 2)
    assert not held.undone().changed(said()).earlier


def test_a_name_alone_is_a_change_too() -> None:
    held = History(SAMPLE).changed(replace(SAMPLE, plan_name="別の名前"))
    assert held.last_change() == "計画の名前"
    assert held.undone().now is SAMPLE


def test_the_stack_is_bounded_in_number() -> None:
    held, states = History(SAMPLE), []
    for rows in range(1, MOST_EARLIER + 11):
        states.append(held.now)
        held = held.changed(with_plan(rows))
    assert list(map(id, held.earlier)) == list(map(id, states[-MOST_EARLIER:]))


def test_the_stack_is_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    large = [with_plan(20_000 + number) for number in range(6)]
    monkeypatch.setattr(history, "MOST_EARLIER_BYTES", int(3.5 * large[0].frame_bytes))
    held = History(SAMPLE)
    for state in large:
        held = held.changed(state)
    assert list(map(id, held.earlier)) == list(map(id, large[2:5]))
    # What states share counts once, and not while it stands.
    for years in (1, 2, 3, 4):
        held = held.changed(with_keys(held.now, years=years))
        held = held.changed(with_keys(held.now, batch_size=years + 2))
    assert len(held.earlier) == 3 + 8
    # A plan too large for the stack is not kept, nor what stood before it.
    held = held.changed(with_plan(100_000)).changed(SAMPLE)
    assert held.earlier == ()


def test_rates_of_many_sites_count(monkeypatch: pytest.MonkeyPatch) -> None:
    sites = {f"事業所{n}": {"counter_travel_submit": {"minutes": n}} for n in range(100)}
    monkeypatch.setattr(history, "MOST_EARLIER_BYTES", 250 * history.RATE_BYTES)
    held = History(with_keys(SAMPLE, sites=sites))
    for key, value in (("years", 2), ("batch_size", 3), ("officers", 4), ("wage_yen_per_hour", 1)):
        held = held.changed(with_keys(held.now, **{key: value}))
    assert len(held.earlier) == 2


def test_one_button_takes_back_plan_scenarios_and_assumptions_in_turn() -> None:
    page = pages.opened()
    stood: list[Workbook] = []
    changes: list[Callable[[], object]] = [
        lambda: pages.set_other(page, "company_fee_share", 30),
        lambda: upload(page, "区分,人数,在留期限\n在籍,3,2027-04\n".encode()),
        lambda: page.segmented_control(key="topic").set_value("シナリオを比べる").run(),
        lambda: press(page, "add_bold"),
        lambda: press(page, "base_scenario_1"),
        lambda: press(page, "delete_scenario_1"),
        lambda: press(pages.plan_panel(page), "sample"),
    ]
    for change in changes:
        before = in_session(page)
        change()
        if in_session(page) != before:
            stood.append(before)
    assert len(stood) == len(changes) - 1
    for place, before in zip(
        ("numbers", "scenarios", "numbers", "numbers", "scenarios", "numbers"),
        reversed(stood),
        strict=True,
    ):
        press(page, f"undo_{place}")
        assert not page.exception
        assert in_session(page) == before
        assert figures(page) == figures_of(before)
    assert not page.session_state["history"].earlier
    assert in_session(page) == workbook_of()


def test_what_is_told_of_the_plan_comes_back_with_it() -> None:
    page = pages.opened()
    upload(page, "区分,人数,在留期限\n在籍,3,2027-04\n".encode("cp932"), "一.csv")
    upload(page, "区分,人数,在留期限\n在籍,4,2027-04\n".encode(), "二.csv")
    press(page, "undo_numbers")
    assert any("一.csv" in pages.read(text.value) for text in page.markdown)
    assert any("Shift_JIS" in pages.read(text.value) for text in page.success)
    press(page, "undo_numbers")
    assert any("サンプル" in text.value for text in page.markdown)


def test_opening_another_workbook_begins_anew() -> None:
    page = pages.opened()
    pages.set_other(page, "company_fee_share", 30)
    pages.save_and_open(page, to_file(workbook_of(years=3)))
    assert not page.session_state["history"].earlier


def test_what_was_made_of_a_plan_goes_with_it() -> None:
    page = pages.opened()
    pages.set_other(page, "company_fee_share", 30)
    made = page.session_state["made"]
    assert {"cases", "waterfall", "link"} <= made.keys()
    upload(page, "区分,人数,在留期限\n在籍,3,2027-04\n".encode())
    assert page.session_state["made"] is not made
    plans = [
        part
        for of, _made in page.session_state["made"].values()
        for part in of
        if isinstance(part, pd.DataFrame) and "headcount" in part
    ]
    assert plans
    assert all(plan is in_session(page).plan for plan in plans)


def test_what_is_made_of_the_sample_does_not_outlive_its_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages.opened()
    _workbook, today = session._first_visit(TODAY)
    assert "cases" in today
    later = TODAY + datetime.timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: later)
    page = pages.opened()
    assert in_session(page).as_of == later
    assert session._first_visit(later)[1] is not today
    assert session._first_visit.cache_info().currsize <= 2
