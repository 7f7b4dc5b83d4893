"""What keeps online filing possible, by date: expiries, reports and checks."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import Deadline, Status
from onlineready.model.fees import STALE_AFTER, last_checked
from onlineready.readiness.checklist import AGENT_APPROVAL, DECLARATION_REVIEW
from onlineready.readiness.forecast import SETTLED, Step

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

COLUMNS = ["kind", "officer", "item", "opens_on", "due_on", "days_left", "key"]


class _Row(NamedTuple):
    kind: Deadline
    due_on: date
    opens_on: date | None = None
    officer: int | None = None
    item: str | None = None

    @property
    def key(self) -> str:
        """Name the row by what it is: equal in every calendar, also where its day has moved."""
        year = f"{self.due_on.year}" if self.kind is Deadline.YEARLY_REPORT else ""
        whose = "" if self.officer is None else f"{self.officer + 1}"
        parts = (self.kind.replace("_", "-"), year, (self.item or "").replace("_", "-"), whose)
        return "-".join(filter(None, parts))


def deadlines(
    found: Iterable[Step], fees: pd.DataFrame, id_validity_months: int, as_of: date, until: date
) -> pd.DataFrame:
    """Return what has to be done by when to keep filing online: one row each, sorted by day.

    Columns: `kind` (a `Deadline`); `officer`, the place in the answers (missing for the
    organization); `item`, the id of an item of the checklist with a planned day; `opens_on`, the
    first day on which it can be done (missing where none is known); `due_on`; `days_left` from
    `as_of`, negative where it has gone by; `key`, which names the row in every calendar.

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
    found = tuple(found)
    rows = [
        *_expiries(found, id_validity_months),
        *_reports(as_of, until),
        *_planned(found),
        _Row(Deadline.FEE_CHECK, last_checked(fees) + STALE_AFTER),
    ]
    # In the order of their days, those of one day in the order above.
    rows.sort(key=lambda row: row.due_on)
    frame = pd.DataFrame(
        [
            (
                str(row.kind),
                row.officer,
                row.item,
                row.opens_on,
                row.due_on,
                (row.due_on - as_of).days,
                row.key,
            )
            for row in rows
        ],
        columns=COLUMNS,
    )
    days = {"opens_on": "datetime64[s]", "due_on": "datetime64[s]"}
    return frame.astype({"officer": "Int64", **days})


def _expiries(found: Iterable[Step], id_validity_months: int) -> Iterator[_Row]:
    for step in found:
        if step.status is not Status.DONE or step.answer.done_on is None:
            continue
        if step.entry.id == DECLARATION_REVIEW:
            due_on = _later(step.answer.done_on, id_validity_months)
            yield _Row(Deadline.USER_ID, due_on, officer=step.officer)
        elif step.entry.id == AGENT_APPROVAL:
            due_on = _later(step.answer.done_on, CERTIFICATE_MONTHS)
            opens_on = _later(due_on, -RENEWAL_MONTHS)
            yield _Row(Deadline.CERTIFICATE, due_on, opens_on, officer=step.officer)


def _reports(as_of: date, until: date) -> Iterator[_Row]:
    next_one = as_of.year if as_of <= date(as_of.year, *REPORT_UNTIL) else as_of.year + 1
    for year in range(next_one, max(next_one, until.year) + 1):
        due_on, opens_on = date(year, *REPORT_UNTIL), date(year, *REPORT_FROM)
        if year == next_one or due_on <= until:
            yield _Row(Deadline.YEARLY_REPORT, due_on, opens_on)


def _planned(found: Iterable[Step]) -> Iterator[_Row]:
    found = tuple(found)
    last = max((step.entry.stage for step in found), default=0)
    for step in found:
        planned = step.answer.planned
        if step.entry.stage == last and planned and step.status not in SETTLED:
            yield _Row(Deadline.PLANNED, planned, officer=step.officer, item=step.entry.id)


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


def _later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, the last where there is none."""
    later: date = (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
    return later
