"""What keeps online filing possible: which day follows from which answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.vocabulary import Agent, Deadline, Status
from onlineready.readiness.checklist import Answer, Answers, answered
from onlineready.readiness.deadlines import DueDay, deadlines, soon, undated
from onlineready.readiness.forecast import steps
from tests.chance import examples
from tests.checklists import CHECKLIST, answers, as_agent
from tests.day import TODAY
from tests.plans import TABLES

LAST_DAY = date(2031, 3, 31)


def listed(
    given_answers: Answers, as_of: date = TODAY, id_validity: int = 36
) -> tuple[DueDay, ...]:
    found = steps(CHECKLIST, given_answers)
    return deadlines(found, TABLES.fees, id_validity, as_of, LAST_DAY)


def rows(found: Iterable[DueDay], kind: Deadline) -> list[tuple[Any, ...]]:
    return [
        (
            day.step.officer if day.step else None,
            str(day.opens_on) if day.opens_on else None,
            str(day.due_on),
            day.days_left,
        )
        for day in found
        if day.kind is kind
    ]


def done(officer: int, item: str, day: date | None, given_answers: Answers) -> Answers:
    return answered(given_answers, officer, item, Answer(status=Status.DONE, done_on=day))


def test_user_ids_are_renewed_once_by_a_month_before_the_first_expires() -> None:
    approved = done(1, "declaration_review", date(2026, 2, 28), Answers())
    once = [(None, "2028-12-28", "2029-01-28", (date(2029, 1, 28) - TODAY).days)]
    assert rows(listed(approved), Deadline.USER_ID) == once
    both = done(0, "declaration_review", date(2026, 9, 1), approved)
    assert rows(listed(both), Deadline.USER_ID) == once
    assert rows(listed(both, id_validity=12), Deadline.USER_ID)[0][:3] == (
        *(None, "2026-12-28", "2027-01-28"),
    )
    assert [day.key for day in listed(both) if day.kind is Deadline.USER_ID] == ["user-id-expiry"]


def test_an_approval_without_its_day_renews_nothing() -> None:
    assert rows(listed(done(0, "declaration_review", None, Answers())), Deadline.USER_ID) == []


def test_the_certificate_expires_after_three_years_and_renews_from_two_months_before() -> None:
    held = done(0, "agent_approval", date(2024, 2, 29), Answers())
    assert rows(listed(held), Deadline.CERTIFICATE) == [(0, "2026-12-28", "2027-02-28", 96)]
    conditions = as_agent(held, 0, Agent.CONDITIONS)
    assert rows(listed(conditions), Deadline.CERTIFICATE) == []


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 11, 24), ("2027-04-01", "2027-05-31", 188)),
        (date(2027, 4, 10), ("2027-04-01", "2027-05-31", 51)),
        (date(2027, 5, 31), ("2027-04-01", "2027-05-31", 0)),
        (date(2027, 6, 1), ("2028-04-01", "2028-05-31", 365)),
        (date(2040, 1, 1), ("2040-04-01", "2040-05-31", 151)),
    ],
)
def test_the_yearly_report_is_filed_from_april_to_may(
    as_of: date, expected: tuple[str, str, int]
) -> None:
    assert rows(listed(Answers(), as_of), Deadline.YEARLY_REPORT)[0] == (None, *expected)


def test_the_reports_of_later_years_follow_up_to_the_last_day() -> None:
    years = [row[2] for row in rows(listed(Answers()), Deadline.YEARLY_REPORT)]
    assert years == ["2027-05-31", "2028-05-31", "2029-05-31", "2030-05-31"]


def test_the_fee_table_is_checked_again_after_180_days() -> None:
    assert rows(listed(Answers()), Deadline.FEE_CHECK) == [(None, None, "2027-05-23", 180)]


def test_open_items_of_the_last_stage_are_due_on_their_planned_day() -> None:
    late = Answer(planned=date(2026, 10, 1))
    planned = answered(Answers(), 0, "handover", late)
    planned = answered(planned, None, "notification_routine", late)
    planned = answered(planned, 0, "agent_seminar", late)
    found = listed(planned)
    assert rows(found, Deadline.PLANNED) == [
        (0, None, "2026-10-01", -54),
        (None, None, "2026-10-01", -54),
    ]
    assert [day.days_left for day in found[:2]] == [-54, -54]
    assert [day.kind for day in soon(found)] == [Deadline.PLANNED, Deadline.PLANNED]


def test_an_approval_without_its_day_is_told() -> None:
    certified = as_agent(Answers(), 1, Agent.CERTIFICATE)
    assert [step.key for step in undated(steps(CHECKLIST, certified))] == [(1, "agent_approval")]
    dated = done(1, "agent_approval", TODAY, certified)
    assert undated(steps(CHECKLIST, dated)) == ()


@examples(20)
@given(answers=answers(), as_of=st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_all_is_sorted_named_once_and_counted_from_the_day(answers: Answers, as_of: date) -> None:
    found = listed(answers, as_of)
    assert sorted(found, key=lambda day: day.due_on) == list(found)
    keys = {day.key for day in found}
    assert len(keys) == len(found)
    assert all(key.isascii() for key in keys)
    for day in found:
        assert day.days_left == (day.due_on - as_of).days
        assert day.opens_on is None or day.opens_on <= day.due_on
    assert {day.key for day in listed(answers, as_of.replace(day=1))} >= keys
