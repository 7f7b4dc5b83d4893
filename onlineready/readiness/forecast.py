"""Checklist and answers: what applies, what can be started, and when online filing can begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import Agent, Condition, Estimate, Per, Reply, Status, Way
from onlineready.readiness.checklist import (
    AGENT_QUESTION,
    AGENT_SEMINAR,
    DECLARATION_REVIEW,
    Answer,
    Answers,
    Checklist,
    Entry,
    Question,
    agent_answers,
    agent_of,
    answer_of,
    answered,
    reply_of,
)

SETTLED = (Status.DONE, Status.NA)

Key = tuple[int | None, str]
"""The place of an officer in the answers, None for the organization, and the id of an entry."""


class Gate(NamedTuple):
    """The questions that keep user registration shut: those answered no, those not answered yet."""

    no: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether every question is answered yes."""
        return not self.no and not self.unknown


class Step(NamedTuple):
    """A question or an item as it stands for the organization or for one officer.

    Attributes:
        officer: the officer's place in the answers; None for the organization.
        entry: the question or the item.
        answer: what is stored of it.
        status: what is stored, or BLOCKED while something that it rests on is open.
        needs: the steps that it waits for, those that do not apply left out; a step of the
            organization waits for the first of the officers whose same item is among them.
        blocked_by: ids of the nearest open steps that it rests on, also where it is settled itself.
    """

    officer: int | None
    entry: Entry
    answer: Answer
    status: Status
    needs: tuple[Key, ...]
    blocked_by: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Whose step it is, and which."""
        return self.officer, self.entry.id


@dataclass(frozen=True)
class Forecast:
    """When online filing can begin, under one estimate of the lead times.

    Attributes:
        days: when each step begins and ends; None and None where it is settled without a date.
        officer: who can file first.
        approved_on: the day on which that officer is approved.
        go_live: the month of the first online filing: that of the day after, no earlier than that
            of the day from which the forecast counts.
        critical_path: the open steps of which each delays that month by its own delay, in order;
            empty once the officer is approved.
    """

    days: dict[Key, tuple[date, date] | tuple[None, None]]
    officer: int
    approved_on: date
    go_live: pd.Period
    critical_path: tuple[Step, ...]


def gate(checklist: Checklist, answers: Answers) -> Gate:
    """Return which questions keep the gate shut."""
    replies = {one.id: reply_of(answers, one.id) for one in checklist.questions}
    return Gate(
        no=tuple(name for name, reply in replies.items() if reply is Reply.NO),
        unknown=tuple(name for name, reply in replies.items() if reply is Reply.UNKNOWN),
    )


def steps(checklist: Checklist, answers: Answers) -> tuple[Step, ...]:
    """Return all that applies, in the order of the checklist: an item of each officer in turn.

    An item whose condition does not hold falls away. What is done stands, and what a reader calls
    not applicable is passed over; but an open step waits for everything that it rests on, through
    what is settled too, so that reopening a step blocks again all that is still open after it.
    """
    found: dict[Key, Step] = {}
    officers = range(len(answers.officers))
    met = {officer: _conditions(answers, officer) for officer in (None, *officers)}
    for entry in checklist.entries:
        for officer in officers if entry.who is Per.OFFICER else (None,):
            if entry.applies_when not in met[officer]:
                continue
            whose = (None, *officers) if officer is None else (None, officer)
            keys = ((one, name) for name in entry.depends_on for one in whose)
            needs = tuple(key for key in keys if key in found)
            blocked_by = _still_open(needs, found)
            answer = _answer(entry, answers, officer)
            status: Status = answer.status
            if blocked_by and status not in SETTLED:
                status = Status.BLOCKED
            found[officer, entry.id] = Step(officer, entry, answer, status, needs, blocked_by)
    return tuple(found.values())


def _answer(entry: Entry, answers: Answers, officer: int | None) -> Answer:
    """Return what is stored of an entry; a question is done once it is answered yes."""
    if isinstance(entry, Question):
        yes = reply_of(answers, entry.id) is Reply.YES
        return Answer(status=Status.DONE if yes else Status.TODO)
    return answer_of(answers, officer, entry.id)


def _conditions(answers: Answers, officer: int | None) -> set[Condition]:
    """Return the conditions that hold for the organization or for an officer."""
    met = {Condition.ALWAYS, Condition(f"way_{answers.way}")}
    if answers.way is not Way.ONLINE:
        met.add(Condition.WAY_PAPER)
    if officer is not None:
        met.add(Condition(f"agent_{agent_of(answers.officers[officer])}"))
    return met


def _still_open(needs: Iterable[Key], found: Mapping[Key, Step]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for item, same in _by_item(needs):
        before = [found[need] for need in same]
        waited_for = [one.blocked_by if one.status in SETTLED else (item,) for one in before]
        if all(waited_for):
            names |= dict.fromkeys(name for names_of_one in waited_for for name in names_of_one)
    return tuple(names)


def _by_item(needs: Iterable[Key]) -> list[tuple[str, list[Key]]]:
    """Return what is waited for by item: of several officers' same item the first one counts."""
    return [(item, list(same)) for item, same in groupby(needs, key=lambda need: need[1])]


def progress(found: Iterable[Step]) -> tuple[int, int]:
    """Return how many steps are done, and how many in all; what is optional is not counted."""
    counted = [step.status for step in found if not step.entry.optional]
    statuses = [status for status in counted if status is not Status.NA]
    return statuses.count(Status.DONE), len(statuses)


def last_stage(found: Iterable[Step]) -> int:
    """Return the stage that begins once the declaration is approved."""
    return max(step.entry.stage for step in found)


def present_stage(found: Iterable[Step]) -> int | None:
    """Return the first stage in which there is something to do; None where nothing is left.

    What is optional keeps no stage present.
    """
    return min((step.entry.stage for step in next_steps(found, ())), default=None)


def blocked_again(before: Iterable[Step], after: Iterable[Step]) -> tuple[Step, ...]:
    """Return what a change keeps from being started that could be before."""
    free = {step.key for step in before if step.status is not Status.BLOCKED}
    return tuple(step for step in after if step.status is Status.BLOCKED and step.key in free)


def settled(checklist: Checklist, answers: Answers, day: date) -> Answers:
    """Return the answers of an organization that files online since a day.

    Every question is answered yes, and what was still open on the way is done on that day. What is
    optional stays as it is, and so does the last stage: it begins only then.
    """
    yes = {question.id: Reply.YES for question in checklist.questions}
    answers = answers.model_copy(update={"gate": answers.gate | yes})
    # What an officer can show decides on what applies: settling it may bring further items.
    while way := _open_way(steps(checklist, answers)):
        for step in way:
            done = step.answer.model_copy(update={"status": Status.DONE, "done_on": day})
            answers = answered(answers, step.officer, step.entry.id, done)
    return answers


def unsettled(checklist: Checklist, answers: Answers, day: date) -> Answers:
    """Return the answers with every question open again, and what was done on a day to be done."""
    unknown = {question.id: Reply.UNKNOWN for question in checklist.questions}
    answers = answers.model_copy(update={"gate": answers.gate | unknown})
    for step in steps(checklist, answers):
        if step.answer.done_on == day:
            answers = answered(answers, step.officer, step.entry.id, Answer())
    return answers


def _open_way(found: Sequence[Step]) -> list[Step]:
    """Return the open items without which nothing is filed online."""
    last = last_stage(found)
    return [
        step
        for step in found
        if step.status not in SETTLED and step.entry.stage < last and not step.entry.optional
    ]


def staff(answers: Answers) -> dict[str, int]:
    """Return what the answers say of a scenario's `officers` and `uncertified_officers`.

    Uncertified is who can show neither the certificate nor that the conditions are met.
    """
    uncertified = sum(agent_of(officer) is Agent.NEITHER for officer in answers.officers)
    return {"officers": len(answers.officers), "uncertified_officers": uncertified}


def concerns_staff(before: Answers, after: Answers) -> bool:
    """Whether a change of the answers concerns who files, so that a scenario has to follow it."""
    return [*map(agent_answers, before.officers)] != [*map(agent_answers, after.officers)]


class _Slot(NamedTuple):
    """When a step lies; all that it rests on is settled by `ready`, because of the open `path`."""

    start: date
    finish: date
    ready: date
    path: tuple[Step, ...]


def forecast(found: Iterable[Step], as_of: date, estimate: Estimate = Estimate.BASE) -> Forecast:
    """Return when the first officer can file online: the longest path of the open steps.

    Open steps begin as soon as everything that they rest on is settled, no earlier than `as_of`,
    and take their lead days, whatever has been done of them. A planned day takes the place of that
    estimate, unless it has gone by or the step cannot begin by then. A question that is not
    answered yes takes its lead days. Done steps lie on the day they were done; without a day, they
    were done by `as_of`.

    Args:
        found: the steps, from `steps`.
        as_of: the day from which the forecast counts.
        estimate: which lead times count.
    """
    found = tuple(found)
    slots: dict[Key, _Slot] = {}
    for step in found:
        before = [
            min((slots[need] for need in same), key=lambda slot: slot.ready)
            for _item, same in _by_item(step.needs)
        ]
        slots[step.key] = _slot(step, before, as_of, step.entry.lead_days.by(estimate))
    reviews = {
        step.officer: step
        for step in found
        if step.officer is not None and step.entry.id == DECLARATION_REVIEW
    }
    officer = min(reviews, key=lambda place: slots[reviews[place].key].finish)
    review = reviews[officer]
    approved_on = slots[review.key].finish
    path = () if review.status is Status.DONE else slots[review.key].path
    return Forecast(
        days={step.key: _days(step, slots[step.key]) for step in found},
        officer=officer,
        approved_on=approved_on,
        go_live=pd.Period(max(approved_on + timedelta(days=1), as_of), freq="M"),
        critical_path=path,
    )


def _slot(step: Step, before: Iterable[_Slot], as_of: date, lead_days: int) -> _Slot:
    origin = _Slot(as_of, as_of, as_of, ())
    last = max([origin, *before], key=lambda slot: (slot.ready, len(slot.path)))
    start, planned = last.ready, step.answer.planned
    if step.status is Status.DONE:
        day = step.answer.done_on or as_of
        return _Slot(day, day, max(day, start), last.path if day <= start else ())
    if step.status is Status.NA:
        return _Slot(start, start, start, last.path)
    if planned and planned > start:
        return _Slot(start, planned, planned, (step,))
    finish = start if planned == start else start + timedelta(days=lead_days)
    return _Slot(start, finish, finish, (*last.path, step))


def _days(step: Step, slot: _Slot) -> tuple[date, date] | tuple[None, None]:
    undated = step.status is Status.DONE and step.answer.done_on is None
    return (None, None) if undated or step.status is Status.NA else (slot.start, slot.finish)


def next_steps(found: Iterable[Step], critical_path: Iterable[Step]) -> tuple[Step, ...]:
    """Return what can be started or is under way: the critical path first, then by stage.

    Within a stage what the organization does comes first, then officer by officer.

    What is optional is left out: nothing waits for it.
    """
    critical = {step.key for step in critical_path}
    under_way = [step for step in found if step.status in (Status.TODO, Status.DOING)]
    ready = [step for step in under_way if not step.entry.optional]

    def urgency(step: Step) -> tuple[bool, int, int]:
        whose = -1 if step.officer is None else step.officer
        return step.key not in critical, step.entry.stage, whose

    return tuple(sorted(ready, key=urgency))


def next_actions(
    found: Sequence[Step], critical_path: Sequence[Step]
) -> tuple[tuple[Step, ...], ...]:
    """Return what to do next, each entry once with the steps of all who can begin it now.

    The question of the agent is left out while a seminar is open: that answers it. The last stage
    comes only after the approval.
    """
    last = last_stage(found)
    seminars = [step.status for step in found if step.entry.id == AGENT_SEMINAR]
    left_out = AGENT_QUESTION if any(one not in SETTLED for one in seminars) else None
    actions: dict[str, list[Step]] = {}
    for step in next_steps(found, critical_path):
        if step.entry.id != left_out and (step.entry.stage < last or not critical_path):
            actions.setdefault(step.entry.id, []).append(step)
    return tuple(map(tuple, actions.values()))
