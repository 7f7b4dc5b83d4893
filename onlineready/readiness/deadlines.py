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

REPORT_FROM, REPORT_UNTIL = (4, 1), (5, 31)
"""Month and day between which the yearly report is filed (docs/domain.md, section 4, C)."""

NOTIFICATION_DAYS = 14
"""Days after a change of contract or support plan in which it is notified (art. 19-18, C)."""

SOON_DAYS = 90
"""Days from the day of the workbook in which a deadline is said to be near."""


class _Row(NamedTuple):
    kind: Deadline
    due_on: date
    opens_on: date | None = None
    step: Step | None = None

    @property
    def key(self) -> str:
        """Name the row by what it is: equal in every calendar, also where its day has moved."""
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
) -> pd.DataFrame:
    """Return what has to be done by when to keep filing online: one row each, sorted by day.

    Columns: `kind` (a `Deadline`); `officer`, the place in the answers (missing for the
    organization); `label`, what the checklist calls that which it is about (missing for what is in
    no checklist); `opens_on`, the first day on which it can be done (missing where none is known);
    `due_on`; `days_left` from `as_of`, negative where it has gone by; `key`, which names the row in
    every calendar.

    - The user ID expires `id_validity_months` after the declaration was approved, the agent's
      certificate 36 months after its approval; its renewal opens 2 months before.
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
    rows = [
        *_expiries(found, id_validity_months),
        *_reports(as_of, until),
        *_planned(found),
        _Row(Deadline.FEE_CHECK, last_checked(fees) + STALE_AFTER),
    ]
    frame = pd.DataFrame(
        {
            "kind": [str(row.kind) for row in rows],
            "officer": [row.step.officer if row.step else None for row in rows],
            "label": [row.step.entry.label_ja if row.step else None for row in rows],
            "opens_on": [row.opens_on for row in rows],
            "due_on": [row.due_on for row in rows],
            "key": [row.key for row in rows],
        }
    ).astype({"officer": "Int64", "opens_on": "datetime64[s]", "due_on": "datetime64[s]"})
    frame["days_left"] = (frame["due_on"] - pd.Timestamp(as_of)).dt.days
    # Those of one day stay in the order above.
    return frame.sort_values("due_on", kind="stable", ignore_index=True)


def _expiries(found: Iterable[Step], id_validity_months: int) -> Iterator[_Row]:
    for step in found:
        if step.status is not Status.DONE or step.answer.done_on is None:
            continue
        if step.entry.id == DECLARATION_REVIEW:
            due_on = _later(step.answer.done_on, id_validity_months)
            yield _Row(Deadline.USER_ID, due_on, step=step)
        elif step.entry.id == AGENT_APPROVAL:
            due_on = _later(step.answer.done_on, CERTIFICATE_MONTHS)
            yield _Row(Deadline.CERTIFICATE, due_on, _later(due_on, -RENEWAL_MONTHS), step)


def _reports(as_of: date, until: date) -> Iterator[_Row]:
    next_one = as_of.year if as_of <= date(as_of.year, *REPORT_UNTIL) else as_of.year + 1
    for year in range(next_one, max(next_one, until.year) + 1):
        due_on, opens_on = date(year, *REPORT_UNTIL), date(year, *REPORT_FROM)
        if year == next_one or due_on <= until:
            yield _Row(Deadline.YEARLY_REPORT, due_on, opens_on)


def _planned(found: Sequence[Step]) -> Iterator[_Row]:
    last = last_stage(found)
    for step in found:
        planned = step.answer.planned
        if step.entry.stage == last and planned and step.status not in SETTLED:
            yield _Row(Deadline.PLANNED, planned, step=step)


def undated(found: Iterable[Step]) -> tuple[Step, ...]:
    """Return the approvals whose day is not known: their expiry cannot be told."""
    return tuple(
        step
        for step in found
        if step.entry.id in (AGENT_APPROVAL, DECLARATION_REVIEW)
        and step.status is Status.DONE
        and step.answer.done_on is None
    )


def soon(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are overdue or near: due within `SOON_DAYS`."""
    return found[found["days_left"].le(SOON_DAYS)]


def urgent(found: pd.DataFrame) -> pd.DataFrame:
    """Return what is overdue or near and stops filing: not the check of the fee table."""
    return soon(found[found["kind"].ne(Deadline.FEE_CHECK)])


def _later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, the last where there is none."""
    later: date = (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
    return later
