"""What is due and what is ahead as tables: to show, to save, and as the events of a calendar."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Deadline, Evidence, Procedure
from onlineready.filing.windows import DUE_DAYS, keys
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.readiness.deadlines import DueDay
from onlineready.report import wording
from onlineready.report.findings import deadline

MOST_EVENTS = 2_000
"""Filing windows that a calendar takes in."""

REMIND_DAYS = 30
"""A calendar reminds of a deadline so many days before it."""

DESCRIPTIONS = {
    Deadline.USER_ID: mark(
        "切れる前に定期報告をして更新します。実際の期限はシステムで確かめます。"
    ),
    Deadline.CERTIFICATE: mark(
        "更新は期限の2か月前から申請できます。実際の期限は証明書で確かめます。"
    ),
    Deadline.YEARLY_REPORT: mark("3月までの1年分を、4月1日から5月31日までに届け出ます。"),
    Deadline.PLANNED: mark("準備チェックリストに入れた予定日です。"),
    Deadline.FEE_CHECK: mark("手数料表を出入国在留管理庁の公式ページと照らし合わせます。"),
}
"""What an event of a deadline says besides its name."""

ENDS = {
    Procedure.COE: mark("就労開始"),
    Procedure.CHANGE: mark("在留期限か就労開始"),
    Procedure.EXTENSION: mark("在留期限"),
}
"""What happens in the month in which the window of a procedure ends."""


class Event(NamedTuple):
    """Something that is ahead: a deadline, or the window of applications to be filed.

    Attributes:
        key: names it in every calendar (ASCII).
        opens_on: the first day on which it can be done; None where none is known.
        due_on: the last.
        summary: what it is.
        description: what more is said of it.
        remind_days: how many days before the last a calendar reminds of it; 0 for none.
        site: where applications are to be filed.
        applications: their expected number.
        month: in which the plan files them.
    """

    key: str
    opens_on: date | None
    due_on: date
    summary: str
    description: str
    remind_days: int = 0
    site: str = ""
    applications: float | None = None
    month: str = ""


def deadline_table(days: Iterable[DueDay]) -> pd.DataFrame:
    """Return deadlines as a table to show: a row each."""
    rows = [
        (
            _state(day.days_left),
            wording.day(day.due_on),
            _("過ぎて{days}").format(days=-day.days_left)
            if day.days_left < 0
            else f"{day.days_left:,}",
            wording.plain(deadline(day))
            + (_("({day}から)").format(day=wording.day(day.opens_on)) if day.opens_on else ""),
        )
        for day in days
    ]
    columns = [_("状態"), _("期限"), _("残り(日)"), _("内容")]
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def _state(days_left: int) -> str:
    """Tell how near a day is in one word, in bold where something is to be done now."""
    if days_left < 0:
        return _("**期限切れ**")
    nearest = next((last for last in DUE_DAYS if days_left <= last), None)
    return _("先の予定") if nearest is None else _("**{days}日以内**").format(days=nearest)


def filing_table(due: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return what is to be filed soon (`filing.windows.due_within`) as a table to show."""
    now = pd.Period(as_of, freq="M")
    rows = [
        (
            _("**{month}(今月)**").format(month=wording.month(row.closes))
            if row.closes == now
            else wording.month(row.closes),
            _("今月") if row.days_left <= 0 else f"{row.days_left:,}",
            _("{site}・{what}").format(
                site=_("全事業所") if pd.isna(row.site) else wording.plain(row.site),
                what=_(LABELS[Procedure(row.procedure)]),
            ),
            f"{row.applications:,.1f}",
            _("{month}から").format(month=wording.month(row.opens))
            if row.opens > now
            else _("今から"),
            _("{month}(過ぎています)").format(month=wording.month(row.month))
            if row.month < now
            else wording.month(row.month),
        )
        for row in _rows(due)
    ]
    columns = [_("期限の月"), _("残り(日)"), _("申請"), _("件数(件)"), _("出せる時期")]
    columns.append(_("計画の申請月"))
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def events(days: Iterable[DueDay], windows: pd.DataFrame) -> list[Event]:
    """Return what is ahead in the order of its days.

    Args:
        days: as `deadlines.deadlines` returns them.
        windows: as `windows.filing_windows` returns them; the first `MOST_EVENTS` are taken.
    """
    kept = [
        Event(
            day.key, day.opens_on, day.due_on, deadline(day), _(DESCRIPTIONS[day.kind]), REMIND_DAYS
        )
        for day in days
    ]
    windows = windows.head(MOST_EVENTS)
    filings = [
        Event(
            key,
            row.opens.start_time.date(),
            row.due_on.date(),
            _("{what}の申請 {number}({site})").format(
                what=_(LABELS[Procedure(row.procedure)]),
                number=wording.applications(row.applications),
                site=row.site,
            ),
            _description(row),
            site=row.site,
            applications=row.applications,
            month=str(row.month),
        )
        for key, row in zip(keys(windows), _rows(windows), strict=True)
    ]
    return sorted([*kept, *filings], key=lambda event: event.due_on)


def _description(row: Any) -> str:
    return _(
        "計画の申請月 {month}。{closes}が{ends}の月です。件数は計画からの期待値。"
        "一人ひとりの期限は在留カードで確かめてください。"
    ).format(
        month=wording.month(row.month),
        closes=wording.month(row.closes),
        ends=_(ENDS[Procedure(row.procedure)]),
    )


def agenda(events: Iterable[Event]) -> pd.DataFrame:
    """Return events as a table to save: days as days, numbers unrounded."""
    headings = {
        "due_on": _("期限"),
        "opens_on": _("できる日"),
        "summary": _("内容"),
        "site": _("事業所"),
        "applications": _("件数(件・期待値)"),
        "month": _("計画の申請月"),
    }
    table = pd.DataFrame(events, columns=Event._fields)[list(headings)]
    table = table.astype({"due_on": "datetime64[s]", "opens_on": "datetime64[s]"})
    return table.rename(columns=headings).set_index(headings["due_on"])


def variance_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return plan against actual (`filing.variance.variances`) as a table to show."""
    rows = [
        (
            wording.month(row.Index),
            f"{row.planned:,.1f}",
            f"{row.filed:,.0f}",
            f"{row.difference:+,.1f}",
        )
        for row in _rows(found)
    ]
    columns = [_("月"), _("計画(件)"), _("実績(件)"), _("差(件)")]
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def measured_table(measured: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return minutes measured (`filing.variance.measured_minutes`) as a table to show.

    A task is as sure as the task table says, until the scenario uses what was measured.
    """
    known = tasks.set_index("id")
    rows = [
        (
            known.at[row.id, "label_ja"],
            f"{row.minutes:,.1f}",
            f"{row.measured:,.1f}",
            f"{row.difference:+,.1f}",
            f"{row.filed:,.0f}",
            _(
                LABELS[
                    Evidence(str(known.at[row.id, "confidence"]))
                    if row.difference
                    else Evidence.MEASURED
                ]
            ),
        )
        for row in _rows(measured)
    ]
    columns = [_("作業"), _("今の値(分/件)"), _("実測(分/件)"), _("差(分/件)"), _("測った数(件)")]
    columns.append(_("今の値の確からしさ"))
    return pd.DataFrame(rows, columns=columns).set_index(columns[0])


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, the columns as attributes."""
    yield from table.itertuples()
