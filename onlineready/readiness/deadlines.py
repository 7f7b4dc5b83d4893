"""What keeps online filing possible, by date: expiries, reports and checks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import Deadline, Status
from onlineready.model.fees import STALE_AFTER, last_checked
from onlineready.readiness.checklist import AGENT_APPROVAL, DECLARATION_REVIEW
from onlineready.readiness.forecast import SETTLED, Step, last_stage

CERTIFICATE_MONTHS = 36
"""How long an agent's certificate is valid (docs/domain.md, section 4, C)."""

RENEWAL_MONTHS = 2
"""The renewal of an agent's certificate opens so many months before it expires (C)."""

MAIL_MONTHS, FILED_MONTHS = 2, 1
"""Months before user IDs expire: a mail asks for the periodic report, it is filed at the latest."""

REPORT_FROM, REPORT_UNTIL = (4, 1), (5, 31)
"""Month and day between which the yearly report is filed (docs/domain.md, section 4, C)."""

NOTIFICATION_DAYS = 14
"""Days after a change of contract or support plan in which it is notified (art. 19-18, C)."""

SOON_DAYS = 90
"""Days from the day of the workbook in which a deadline is said to be near."""


class DueDay(NamedTuple):
    """A day by which something has to be done to keep filing online.

    Attributes:
        kind: what is due.
        due_on: the day.
        opens_on: the first day on which it can be done; None where none is known.
        step: the step of the checklist from which it follows; None for what follows from none.
        days_left: from the day from which is counted; negative where it has gone by.
    """

    kind: Deadline
    due_on: date
    opens_on: date | None = None
    step: Step | None = None
    days_left: int = 0

    @property
    def key(self) -> str:
        """Name the day by what it is: equal in every calendar, also where it has moved."""
        parts: list[object] = [self.kind]
        if self.kind is Deadline.YEARLY_REPORT:
            parts.append(self.due_on.year)
        if self.step and self.kind is Deadline.PLANNED:
            parts.append(self.step.entry.id)
        if self.step and self.step.officer is not None:
            parts.append(self.step.officer + 1)
        return "-".join(map(str, parts)).replace("_", "-")


def deadlines(
    found: Sequence[Step], fees: pd.DataFrame, id_validity_months: int, as_of: date, until: date
) -> tuple[DueDay, ...]:
    """Return what has to be done by when to keep filing online, in the order of the days.

    - User IDs are renewed by a periodic report, once for the organization by any one of its users.
      It is filed by 1 month before expiry; a mail comes 2 months before, on `opens_on`
      (docs/domain.md, section 3, C). An ID expires `id_validity_months` after its declaration was
      approved. Which of several expiries the report goes by is not told anywhere: the first is
      the safe reading.
    - An agent's certificate expires 36 months after its approval; renewal opens 2 months before.
    - The yearly report is filed from April to May: the one under way or next, and the later ones.
    - The last stage of the checklist: open items that have a planned day.
    - The fee table is to be checked again 180 days after it was.

    Args:
        found: the steps of the checklist.
        fees: the fee table.
        id_validity_months: months for which a user ID is valid.
        as_of: the day from which is counted.
        until: the last day whose yearly report is told.
    """
    days = [
        *_renewals(found, id_validity_months),
        *_certificates(found),
        *_reports(as_of, until),
        *_planned(found),
        DueDay(Deadline.FEE_CHECK, last_checked(fees) + STALE_AFTER),
    ]
    # What is due on one day stays in the order above.
    days.sort(key=lambda day: day.due_on)
    return tuple(day._replace(days_left=(day.due_on - as_of).days) for day in days)


def _renewals(found: Iterable[Step], id_validity_months: int) -> Iterator[DueDay]:
    approvals = [approved_on for _step, approved_on in _done_on(found, DECLARATION_REVIEW)]
    if approvals:
        expiry = _later(min(approvals), id_validity_months)
        due_on, opens_on = (_later(expiry, -months) for months in (FILED_MONTHS, MAIL_MONTHS))
        yield DueDay(Deadline.USER_ID, due_on, opens_on)


def _certificates(found: Iterable[Step]) -> Iterator[DueDay]:
    for step, approved_on in _done_on(found, AGENT_APPROVAL):
        due_on = _later(approved_on, CERTIFICATE_MONTHS)
        yield DueDay(Deadline.CERTIFICATE, due_on, _later(due_on, -RENEWAL_MONTHS), step)


def _done_on(found: Iterable[Step], item: str) -> Iterator[tuple[Step, date]]:
    for step in found:
        if step.entry.id == item and step.status is Status.DONE and step.answer.done_on:
            yield step, step.answer.done_on


def _reports(as_of: date, until: date) -> Iterator[DueDay]:
    next_one = as_of.year if as_of <= date(as_of.year, *REPORT_UNTIL) else as_of.year + 1
    for year in range(next_one, max(next_one, until.year) + 1):
        due_on, opens_on = date(year, *REPORT_UNTIL), date(year, *REPORT_FROM)
        if year == next_one or due_on <= until:
            yield DueDay(Deadline.YEARLY_REPORT, due_on, opens_on)


def _planned(found: Sequence[Step]) -> Iterator[DueDay]:
    last = last_stage(found)
    for step in found:
        planned = step.answer.planned
        if step.entry.stage == last and planned and step.status not in SETTLED:
            yield DueDay(Deadline.PLANNED, planned, step=step)


def undated(found: Iterable[Step]) -> tuple[Step, ...]:
    """Return the approvals whose day is not known: their expiry cannot be told."""
    return tuple(
        step
        for step in found
        if step.entry.id in (AGENT_APPROVAL, DECLARATION_REVIEW)
        and step.status is Status.DONE
        and step.answer.done_on is None
    )


def soon(days: Iterable[DueDay]) -> tuple[DueDay, ...]:
    """Return what is overdue or near: due within `SOON_DAYS`."""
    return tuple(day for day in days if day.days_left <= SOON_DAYS)


def urgent(days: Iterable[DueDay]) -> tuple[DueDay, ...]:
    """Return what is overdue or near and stops filing: not the check of the fee table."""
    return tuple(day for day in soon(days) if day.kind is not Deadline.FEE_CHECK)


def _later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, the last where there is none."""
    later: date = (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
    return later
