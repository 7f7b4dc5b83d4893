"""What holds for every set of answers, and the shipped forecast day by day."""

import tomllib
from datetime import date, timedelta
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onlineready.domain.vocabulary import Agent, Estimate, Per, Reply, Status, Way
from onlineready.load.word_lists import DATA
from onlineready.readiness.checklist import (
    AGENT_APPROVAL,
    AGENT_QUESTION,
    AGENT_SEMINAR,
    Answer,
    Answers,
    Checklist,
    Item,
    LeadDays,
    Officer,
    agent_of,
    answered,
)
from onlineready.readiness.forecast import (
    SETTLED,
    Forecast,
    Key,
    Step,
    blocked_again,
    concerns_staff,
    forecast,
    gate,
    last_stage,
    next_actions,
    next_steps,
    present_stage,
    progress,
    settled,
    staff,
    steps,
    unsettled,
)
from tests.chance import examples
from tests.checklists import CHECKLIST, DONE, QUESTIONS, answers, as_agent, one_officer
from tests.day import TODAY

RAW = tomllib.loads((DATA / "readiness.toml").read_text("utf-8"))

law = examples(12)


def forecast_of(given_answers: Answers, estimate: Estimate = Estimate.BASE) -> Forecast:
    return forecast(steps(CHECKLIST, given_answers), TODAY, estimate)


def by_key(found: tuple[Step, ...]) -> dict[Key, Step]:
    return {step.key: step for step in found}


def ids(found: tuple[Step, ...]) -> list[str]:
    return [step.entry.id for step in found]


def all_yes(given_answers: Answers) -> Answers:
    for question in QUESTIONS:
        given_answers = answered(given_answers, None, question, Reply.YES)
    return given_answers


def with_lead_days(entry: str, days: int) -> Checklist:
    """Return the shipped checklist with one entry's days changed, under every estimate."""
    changed = {"lead_days": LeadDays(low=days, base=days, high=days)}
    return CHECKLIST.model_copy(
        update={
            kind: tuple(
                one.model_copy(update=changed) if one.id == entry else one
                for one in getattr(CHECKLIST, kind)
            )
            for kind in ("questions", "items")
        }
    )


# What can be started


@law
@given(answers=answers())
def test_nothing_is_open_before_what_it_depends_on(answers: Answers) -> None:
    found = by_key(steps(CHECKLIST, answers))

    def unsettled(step: Step) -> set[str]:
        """Return what a step rests on and is open; of several officers' same item any will do."""
        here: dict[str, list[set[str]]] = {}
        for key in step.needs:
            before = found[key]
            own = set() if before.status in SETTLED else {before.entry.id}
            here.setdefault(before.entry.id, []).append(own | unsettled(before))
        return {name for ways in here.values() if all(ways) for way in ways for name in way}

    for step in found.values():
        still_open = unsettled(step)
        if step.status in (Status.TODO, Status.DOING):
            assert not still_open
        if step.status is Status.BLOCKED:
            assert step.blocked_by
        assert set(step.blocked_by) <= still_open


@law
@given(answers=answers())
def test_who_files_online_already_has_settled_the_way_there(answers: Answers) -> None:
    day = TODAY - timedelta(days=400)
    there = settled(CHECKLIST, answers, day)
    assert gate(CHECKLIST, there).is_open
    assert not forecast_of(there).critical_path
    before, found = by_key(steps(CHECKLIST, answers)), by_key(steps(CHECKLIST, there))
    last = last_stage(found.values())
    for key, step in found.items():
        assert step.entry.optional or step.entry.stage == last or step.status in SETTLED
        open_before = key not in before or before[key].status not in SETTLED
        if step.entry.stage == last or step.entry.optional:
            assert step.answer == before[key].answer if key in before else True
        elif isinstance(step.entry, Item):
            assert step.answer.done_on == day if open_before else step.answer == before[key].answer
    back = unsettled(CHECKLIST, there, day)
    shown = any(agent_of(officer) is not Agent.NEITHER for officer in back.officers)
    told = {AGENT_QUESTION} if shown else set()
    assert set(gate(CHECKLIST, back).unknown) == set(QUESTIONS) - told
    for key, step in by_key(steps(CHECKLIST, back)).items():
        if isinstance(step.entry, Item) and key in before:
            kept = before[key].status in SETTLED
            assert step.answer == before[key].answer if kept else step.status not in SETTLED


@law
@given(answers=answers())
def test_what_is_stored_as_settled_stays_settled(answers: Answers) -> None:
    for step in steps(CHECKLIST, answers):
        assert (step.status in SETTLED) == (step.answer.status in SETTLED)


@law
@given(answers=answers())
def test_the_way_decides_on_the_papers(answers: Answers) -> None:
    papers: dict[int, list[int]] = {}
    for step in steps(CHECKLIST, answers):
        if isinstance(step.entry, Item) and step.entry.paper and step.officer is not None:
            papers.setdefault(step.officer, []).append(step.entry.paper)
    online = [1, 3, 4, 5, 6]
    expected = online if answers.way is Way.ONLINE else [1, 2, 3, 4, 5, 6]
    assert list(papers.values()) == [expected] * len(answers.officers)


def test_every_entry_is_reachable() -> None:
    found = {
        step.entry.id
        for way, agent in product(Way, Agent)
        for step in steps(CHECKLIST, as_agent(one_officer(way=way), 0, agent))
    }
    assert found == {entry.id for entry in CHECKLIST.entries}


def test_the_gate_is_open_when_all_is_yes() -> None:
    answers = Answers()
    assert gate(CHECKLIST, answers) == ((), tuple(QUESTIONS))
    answers = all_yes(answers)
    assert gate(CHECKLIST, answers).is_open
    answers = answered(answers, None, "notifications", Reply.NO)
    assert gate(CHECKLIST, answers) == (("notifications",), ())
    assert not gate(CHECKLIST, answers).is_open
    blocked = by_key(steps(CHECKLIST, answers))[0, "register_user"]
    assert (blocked.status, blocked.blocked_by) == (Status.BLOCKED, ("notifications",))


def test_an_answer_of_the_organization_never_opens_the_gate() -> None:
    answers = Answers(organization=dict.fromkeys(QUESTIONS, DONE))
    assert all(step.status is Status.TODO for step in steps(CHECKLIST, answers)[: len(QUESTIONS)])


def test_reopening_a_step_blocks_again_what_is_open_after_it() -> None:
    answers = as_agent(all_yes(one_officer()), 0, Agent.CERTIFICATE)
    papers = [item.id for item in CHECKLIST.items if item.paper]
    for item in ("register_user", "receive_user_id", *papers):
        answers = answered(answers, 0, item, DONE)

    def reopened(officer: int | None, item: str, to: Answer | Reply) -> list[str]:
        before, after = answers, answered(answers, officer, item, to)
        return ids(blocked_again(steps(CHECKLIST, before), steps(CHECKLIST, after)))

    assert reopened(0, "register_user", Answer()) == ["declare_online"]
    assert reopened(None, "hello_work", Reply.UNKNOWN) == ["declare_online"]
    assert reopened(0, "handover", Answer()) == []
    answers = answered(answers, 0, "declare_online", DONE)
    assert reopened(0, "paper_pledge", Answer()) == ["declaration_review"]


@law
@given(answers=answers())
def test_the_present_stage_is_the_first_with_something_to_do(answers: Answers) -> None:
    found = steps(CHECKLIST, answers)
    ready = {step.entry.stage for step in next_steps(found, ())}
    present = present_stage(found)
    assert present in ready if ready else present is None
    assert not any(stage < present for stage in ready if present is not None)
    assert blocked_again(found, found) == ()


def test_more_officers_block_nothing_again() -> None:
    more = Answers(officers=(*Answers().officers, Officer(label="担当者C")))
    assert blocked_again(steps(CHECKLIST, Answers()), steps(CHECKLIST, more)) == ()


def test_one_officer_is_enough_for_what_the_organization_does_next() -> None:
    def report(answers: Answers) -> Step:
        return by_key(steps(CHECKLIST, answers))[None, "periodic_report"]

    answers = as_agent(all_yes(Answers()), 1, Agent.CONDITIONS)
    for item in CHECKLIST.items:
        if item.who is Per.OFFICER and item.stage in (2, 3):
            assert report(answers).status is Status.BLOCKED
            answers = answered(answers, 1, item.id, DONE)
    assert report(answers).status is Status.TODO
    assert report(answers).blocked_by == ()
    first, last = forecast_of(answers).days[None, "periodic_report"]
    assert first == last == TODAY


def test_progress_counts_what_applies() -> None:
    answers = as_agent(all_yes(one_officer()), 0, Agent.CONDITIONS)
    found = steps(CHECKLIST, answers)
    counted = [
        progress(step for step in found if step.entry.stage == stage.id)
        for stage in CHECKLIST.stages
    ]
    assert counted == [(1, 1), (3, 3), (0, 2), (0, 7), (0, 3)]


@law
@given(answers=answers(), data=st.data())
def test_what_is_optional_moves_nothing(answers: Answers, data: st.DataObject) -> None:
    optional = [step for step in steps(CHECKLIST, answers) if step.entry.optional]
    step = data.draw(st.sampled_from(optional))
    planned = data.draw(st.one_of(st.none(), st.dates(TODAY, date(2030, 1, 1))))
    given = (Answer(), Answer(status=Status.DOING), DONE, Answer(status=Status.NA))
    changed = data.draw(st.sampled_from(given)).model_copy(update={"planned": planned})
    after = answered(answers, step.officer, step.entry.id, changed)
    before = forecast_of(answers)
    found = forecast_of(after)
    assert (found.approved_on, found.go_live) == (before.approved_on, before.go_live)
    # The approval as agent answers the question of the agent, which takes no day.
    assume(step.entry.id != AGENT_APPROVAL)
    assert found.critical_path == before.critical_path
    assert gate(CHECKLIST, after) == gate(CHECKLIST, answers)
    now, stood = steps(CHECKLIST, after), steps(CHECKLIST, answers)
    assert progress(now) == progress(stood)
    assert [one.key for one in next_steps(now, ())] == [one.key for one in next_steps(stood, ())]


def test_staff_for_the_scenario() -> None:
    answers = as_agent(as_agent(Answers(), 0, Agent.CERTIFICATE), 1, Agent.CONDITIONS)
    assert staff(answers) == {"officers": 2, "uncertified_officers": 0}
    assert staff(Answers()) == {"officers": 2, "uncertified_officers": 2}


def test_only_what_an_officer_can_show_and_their_number_concern_the_staff() -> None:
    answers = Answers()
    seminar = answered(answers, 1, "agent_seminar", Answer(planned=TODAY))
    assert concerns_staff(answers, seminar)
    assert concerns_staff(answers, answers.model_copy(update={"officers": answers.officers[:1]}))
    assert not concerns_staff(answers, answered(answers, 1, "paper_pledge", DONE))
    assert not concerns_staff(answers, answers.model_copy(update={"way": Way.POST}))


# When online filing can begin


@law
@given(answers=answers(), data=st.data())
def test_completing_a_step_never_moves_the_forecast_later(
    answers: Answers, data: st.DataObject
) -> None:
    before = forecast_of(answers)
    step = data.draw(st.sampled_from(steps(CHECKLIST, answers)))
    done_on = data.draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY)))
    done = Answer(status=Status.DONE, done_on=done_on)
    assume(step.answer.status is not Status.DONE)
    yes = step.entry.id in QUESTIONS
    after = forecast_of(answered(answers, step.officer, step.entry.id, Reply.YES if yes else done))
    assert after.approved_on <= before.approved_on
    assert after.go_live <= before.go_live


def longest_path(raw: dict[str, Any], answers: Answers, officer: Officer) -> int:
    """Return the days until an officer's approval, every path from it backwards walked to its end.

    Written from the file alone; knows neither steps nor statuses of the program.
    """
    entries = {entry["id"]: entry for kind in ("questions", "items") for entry in raw[kind]}
    stored = {**answers.organization, **officer.items}

    def status(name: str) -> str:
        if "question_ja" in entries[name]:
            return "done" if answers.gate.get(name) == "yes" else "todo"
        return str(stored[name].status) if name in stored else "todo"

    def applies(entry: dict[str, Any]) -> bool:
        condition = entry.get("applies_when", "always")
        return condition in ("always", f"way_{answers.way}") or (
            condition == "way_paper" and answers.way != "online"
        )

    def length(name: str) -> int:
        entry = entries[name]
        days = entry.get("lead_days", {"base": 0})["base"]
        before = [length(one) for one in entry.get("depends_on", []) if applies(entries[one])]
        return max(before, default=0) + (0 if status(name) in ("done", "na") else days)

    return 0 if status("declaration_review") == "done" else length("declaration_review")


@law
@given(answers=answers(dates=False), data=st.data())
def test_the_forecast_is_the_longest_path_of_the_first_officer(
    answers: Answers, data: st.DataObject
) -> None:
    raw = {**RAW}
    checklist = CHECKLIST
    for kind in ("questions", "items"):
        entries = []
        models = []
        for entry, model in zip(RAW[kind], getattr(CHECKLIST, kind), strict=True):
            days = data.draw(st.integers(0, 40))
            entries.append({**entry, "lead_days": {"base": days}})
            lead_days = LeadDays(low=0, base=days, high=40)
            models.append(model.model_copy(update={"lead_days": lead_days}))
        raw[kind] = entries
        checklist = checklist.model_copy(update={kind: tuple(models)})
    found = forecast(steps(checklist, answers), TODAY)
    expected = [longest_path(raw, answers, officer) for officer in answers.officers]
    assert (found.approved_on - TODAY).days == min(expected)
    assert found.officer == expected.index(min(expected))


def test_the_longest_path_changes_with_the_longer_branch() -> None:
    # 21 days to the seminar's certificate beside 7 + 1 of notifications and registration and 7 of
    # papers, then 21 of review; with the certificate in hand the other branch is the longer. Nobody
    # waits for the approval as agent.
    answers = one_officer()
    found = forecast_of(answers)
    assert (found.approved_on - TODAY).days == 21 + 21
    assert (found.approved_on, str(found.go_live)) == (date(2027, 1, 5), "2027-01")
    assert found.days[0, "agent_approval"] == (
        *(TODAY + timedelta(days=21), TODAY + timedelta(days=21 + 30)),
    )
    assert ids(found.critical_path) == [
        "agent_seminar",
        "paper_certificate",
        "declare_online",
        "declaration_review",
    ]
    answers = as_agent(answers, 0, Agent.CERTIFICATE)
    found = forecast_of(answers)
    assert (found.approved_on - TODAY).days == 7 + 1 + 21
    assert ids(found.critical_path)[:3] == ["notifications", "register_user", "receive_user_id"]
    found = forecast_of(all_yes(answers))
    assert (found.approved_on - TODAY).days == 7 + 21
    assert ids(found.critical_path)[0] == "paper_check_sheet"
    post = forecast_of(all_yes(answers).model_copy(update={"way": Way.POST}))
    assert (post.approved_on - TODAY).days == 7 + 3 + 21


def test_an_empty_checklist_takes_the_full_path_under_each_estimate() -> None:
    days = {
        estimate: (forecast_of(Answers(), estimate).approved_on - TODAY).days
        for estimate in Estimate
    }
    assert days == {Estimate.LOW: 7 + 7, Estimate.BASE: 21 + 21, Estimate.HIGH: 60 + 60}


@law
@given(answers=answers())
def test_longer_lead_times_never_bring_the_forecast_forward(answers: Answers) -> None:
    low, base, high = (forecast_of(answers, estimate).approved_on for estimate in Estimate)
    assert low <= base <= high


@law
@given(answers=answers(most_officers=1), more=st.integers(1, 60))
def test_a_delay_on_the_critical_path_delays_the_forecast(answers: Answers, more: int) -> None:
    before = forecast_of(answers)
    for step in before.critical_path:
        if step.answer.planned is None:
            longer = with_lead_days(step.entry.id, step.entry.lead_days.base + more)
            after = forecast(steps(longer, answers), TODAY)
            assert after.approved_on >= before.approved_on + timedelta(days=more)


@law
@given(answers=answers())
def test_the_schedule_keeps_the_order_of_the_steps(answers: Answers) -> None:
    found = steps(CHECKLIST, answers)
    days = forecast(found, TODAY).days
    assert list(days) == [step.key for step in found]
    for step in found:
        first, last = days[step.key]
        if step.status in SETTLED:
            assert last == (step.answer.done_on if step.status is Status.DONE else None)
            continue
        assert first is not None
        assert last is not None
        assert TODAY <= first <= last
        same: dict[str, list[date]] = {}
        for need in step.needs:
            same.setdefault(need[1], []).append(days[need][1] or TODAY)
        assert all(min(before) <= first for before in same.values())


@law
@given(answers=answers())
def test_the_first_month_online_follows_the_approval(answers: Answers) -> None:
    found = forecast_of(answers)
    following = pd.Period(found.approved_on + timedelta(days=1), freq="M")
    assert found.go_live == max(following, pd.Period(TODAY, freq="M"))
    alone = [
        forecast_of(answers.model_copy(update={"officers": (officer,)})).approved_on
        for officer in answers.officers
    ]
    assert found.approved_on == min(alone) == alone[found.officer]


@law
@given(answers=answers(dates=False))
def test_what_to_do_next_begins_with_the_critical_path(answers: Answers) -> None:
    found = steps(CHECKLIST, answers)
    path = forecast(found, TODAY).critical_path
    following = next_steps(found, path)
    assert {step.key for step in following} == {
        step.key
        for step in found
        if step.status in (Status.TODO, Status.DOING) and not step.entry.optional
    }
    if path:
        assert following[0] == path[0]


def test_the_last_stage_is_no_next_item_before_the_approval() -> None:
    answers = all_yes(one_officer())
    for item in CHECKLIST.items:
        if item.stage < max(stage.id for stage in CHECKLIST.stages):
            who = None if item.who is Per.ORGANIZATION else 0
            answers = answered(answers, who, item.id, DONE)
    found = steps(CHECKLIST, answers)
    assert forecast(found, TODAY).critical_path == ()
    names = {action[0].entry.id for action in next_actions(found, ())}
    assert {"periodic_report", "handover"} <= names
    assert next_actions(found, found[:1]) == ()


@law
@given(answers=answers())
def test_an_action_is_named_once_for_all_who_can_begin_it(answers: Answers) -> None:
    found = steps(CHECKLIST, answers)
    path = forecast(found, TODAY).critical_path
    actions = next_actions(found, path)
    assert len({action[0].entry for action in actions}) == len(actions)
    assert all(len({step.entry for step in action}) == 1 for action in actions)
    last = last_stage(found)
    open_seminar = any(
        step.entry.id == AGENT_SEMINAR and step.status not in SETTLED for step in found
    )
    left_out = AGENT_QUESTION if open_seminar else None
    assert {step.key for action in actions for step in action} == {
        step.key
        for step in next_steps(found, path)
        if step.entry.id != left_out and (step.entry.stage < last or not path)
    }
    # Nobody is told that nothing is left before it is so.
    assert actions or not path


def test_who_can_show_something_answers_the_question_of_the_agent() -> None:
    def agent(answers: Answers) -> Status:
        return by_key(steps(CHECKLIST, answers))[None, AGENT_QUESTION].status

    refused = answered(Answers(), None, AGENT_QUESTION, Reply.NO)
    assert gate(CHECKLIST, refused).no == (AGENT_QUESTION,)
    for one in (Agent.CERTIFICATE, Agent.CONDITIONS):
        shown = as_agent(refused, 1, one)
        assert AGENT_QUESTION not in (*gate(CHECKLIST, shown).no, *gate(CHECKLIST, shown).unknown)
        assert agent(shown) is Status.DONE
    assert agent(as_agent(refused, 1, Agent.NEITHER)) is Status.TODO
    assert agent(answered(Answers(), None, AGENT_QUESTION, Reply.YES)) is Status.DONE


def test_a_planned_day_replaces_the_estimate_unless_it_cannot_be_kept() -> None:
    def approved(planned: date | None, item: str) -> date:
        answer = Answer(status=Status.DOING, planned=planned)
        return forecast_of(answered(one_officer(), 0, item, answer)).approved_on

    estimate = approved(None, "agent_seminar")
    # Five days from today the seminar is no longer what decides: registering and papers are.
    assert approved(TODAY + timedelta(days=5), "agent_seminar") == estimate - timedelta(days=13)
    assert approved(TODAY + timedelta(days=12), "agent_seminar") == estimate - timedelta(days=9)
    assert approved(TODAY + timedelta(days=40), "agent_seminar") == estimate + timedelta(days=19)
    assert approved(TODAY - timedelta(days=1), "agent_seminar") == estimate
    assert approved(TODAY + timedelta(days=90), "agent_approval") == estimate
    assert approved(TODAY + timedelta(days=20), "paper_certificate") == estimate


def test_what_only_waits_for_an_answer_is_on_the_critical_path() -> None:
    answers = as_agent(all_yes(one_officer()), 0, Agent.CERTIFICATE)
    for item in CHECKLIST.items:
        if item.paper:
            answers = answered(answers, 0, item.id, DONE)
    answers = answered(answers, None, "hello_work", Reply.NO)
    found = forecast(steps(with_lead_days("hello_work", 0), answers), TODAY)
    assert ids(found.critical_path)[:3] == ["hello_work", "register_user", "receive_user_id"]


def test_the_critical_path_begins_with_the_day_that_decides() -> None:
    planned = Answer(planned=TODAY + timedelta(days=90))
    found = forecast_of(answered(one_officer(), 0, "paper_certificate", planned))
    assert ids(found.critical_path)[0] == "paper_certificate"
    registered = Answer(status=Status.DONE, done_on=TODAY + timedelta(days=30))
    answers = as_agent(one_officer(), 0, Agent.CERTIFICATE)
    found = forecast_of(answered(answers, 0, "register_user", registered))
    assert ids(found.critical_path)[0] == "receive_user_id"


def test_an_actual_day_replaces_the_estimate() -> None:
    late = Answer(status=Status.DONE, done_on=TODAY + timedelta(days=25))
    found = forecast_of(answered(one_officer(), 0, "agent_seminar", late))
    assert (found.approved_on - TODAY).days == 25 + 21
    assert ids(found.critical_path)[0] == "paper_certificate"


def test_the_day_after_the_approval_decides_on_the_month() -> None:
    approved = Answer(status=Status.DONE, done_on=date(2026, 11, 30))
    found = forecast_of(answered(Answers(), 1, "declaration_review", approved))
    assert (found.officer, found.approved_on) == (1, date(2026, 11, 30))
    assert str(found.go_live) == "2026-12"
    assert found.critical_path == ()
    long_ago = Answer(status=Status.DONE, done_on=date(2025, 1, 10))
    found = forecast_of(answered(Answers(), 1, "declaration_review", long_ago))
    assert (found.approved_on, str(found.go_live)) == (date(2025, 1, 10), "2026-11")


@pytest.mark.parametrize(
    ("way", "paper"), [(Way.ONLINE, False), (Way.POST, True), (Way.COUNTER, True)]
)
def test_from_an_empty_checklist_to_approved(way: Way, paper: bool) -> None:
    answers = Answers(way=way)
    done: list[str] = []
    while following := next_steps(found := steps(CHECKLIST, answers), ()):
        step = following[0]
        reply = step.entry.id in QUESTIONS
        answers = answered(answers, step.officer, step.entry.id, Reply.YES if reply else DONE)
        done.append(step.entry.id)
    assert all(step.status is Status.DONE for step in found if not step.entry.optional)
    assert ("paper_declaration_form" in done) is paper
    assert forecast_of(answers).approved_on == TODAY
