"""What is due and what is ahead as tables: to show, to save, and as the events of a calendar."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Deadline, Evidence, Procedure
from onlineready.filing.apportionment import nearest
from onlineready.filing.settlement import Item, to_be_filed
from onlineready.filing.windows import keys
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.readiness.deadlines import DueDay
from onlineready.report import wording
from onlineready.report.outlook import days_left, deadline, pressing
from onlineready.report.tabular import Column, in_words
from onlineready.report.wording import TENTHS

MOST_EVENTS = 2_000
"""Filing windows that a calendar takes in."""

REMIND_DAYS = 30
"""A calendar reminds of a deadline so many days before it."""

DESCRIPTIONS = {
    Deadline.USER_ID: mark(
        "会社で一度、利用者のだれか一人が定期報告をして更新します。最初に切れる利用者IDの1か月前までに出し、"
        "2か月前にメールで知らされます。実際の期限はシステムで確かめます。"
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

VARIANCE = (
    Column("planned", mark("計画(件)"), TENTHS),
    Column("filed", mark("実績(件)")),
    Column("difference", mark("差(件)"), "{:+z,.1f}"),
)

MEASURED = (
    Column("minutes", mark("今の値(分/件)"), TENTHS),
    Column("measured", mark("実測(分/件)"), TENTHS),
    Column("difference", mark("差(分/件)"), "{:+z,.1f}"),
    Column("filed", mark("測った数(件)")),
)


ON_EXPIRY = mark(
    "在留期限の当日は、オンラインでは申請できません。申請中の印は在留カードに付かないため、"
    "受付のメールを本人に持ってもらいます(公開資料の報告)。"
)
"""What an application online asks for near its end (docs/domain.md, section 3, R)."""


class Event(NamedTuple):
    """Something that is ahead: a deadline, or the window of applications to be filed.

    Attributes:
        key: names it in every calendar (ASCII).
        opens_on: the first day on which it can be done; None where none is known.
        due_on: the last.
        what: what it is.
        description: what more is said of it.
        remind_days: how many days before the last a calendar reminds of it; 0 for none.
        site: where applications are to be filed.
        applications: their expected number.
        month: in which the plan files them.
    """

    key: str
    opens_on: date | None
    due_on: date
    what: str
    description: str
    remind_days: int = 0
    site: str = ""
    applications: float | None = None
    month: str = ""

    @property
    def summary(self) -> str:
        """What a calendar calls it."""
        if self.applications is None:
            return self.what
        return _("{what} {number}({site})").format(
            what=self.what, number=wording.applications(self.applications), site=self.site
        )


def deadline_table(days: Sequence[DueDay]) -> pd.DataFrame:
    """Return deadlines as a table to show: a row each."""
    return pd.DataFrame(
        {
            _("残り"): [pressing(day.days_left) for day in days],
            _("内容"): [wording.plain(deadline(day)) + _opens(day.opens_on) for day in days],
        },
        index=pd.Index([wording.day(day.due_on) for day in days], name=_("期限")),
    )


def _opens(day: date | None) -> str:
    return _("({day}から)").format(day=wording.day(day)) if day else ""


def filing_table(agenda: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return what is to be filed soon (`windows.agenda`) as a table to show."""
    now = pd.Period(as_of, freq="M")
    rows: list[Any] = list(agenda.itertuples())
    return pd.DataFrame(
        {
            _("状態"): [_state(row, now) for row in rows],
            _("事業所"): _sites(agenda),
            _("手続"): [_(LABELS[Procedure(row.procedure)]) for row in rows],
            _("件数"): [_number(row) for row in rows],
            _("計画の申請月"): [wording.month(row.month) for row in rows],
        },
        index=pd.Index([_until(row, now) for row in rows], name=_("期限の月")),
    )


def _sites(windows: pd.DataFrame) -> list[str]:
    return [_("全事業所") if pd.isna(site) else wording.plain(site) for site in windows["site"]]


def _until(row: Any, now: pd.Period) -> str:
    month = wording.month(row.closes)
    if row.closes == now:
        return _("{month}(今月)").format(month=month)
    return _("{month}({left})").format(month=month, left=days_left(row.days_left))


def _state(row: Any, now: pd.Period) -> str:
    """Tell in a sign and words what there is to be done, in bold where it is to be done now."""
    if row.settled:
        return _("✓ 提出済み")
    if row.closes == now:
        state = _(":red[**⚠ 期限超過のおそれ、すぐ確かめる**]")
    elif row.month < now:
        state = _("**▲ 計画より遅れ、早く出す**")
    elif row.month == now:
        state = _("**● 今月出す**")
    elif row.opens <= now:
        state = _("○ もう出せる")
    else:
        state = _("{month}から出せる").format(month=wording.month(row.opens))
    if not row.filed:
        return state
    return _("{state}(全事業所で{number}提出済み)").format(
        state=state, number=wording.filed(row.filed)
    )


def _number(row: Any) -> str:
    """Write what is left, or what was filed, with the plan where that is another number."""
    if not row.settled:
        return wording.about_applications(row.count, row.applications)
    filed, planned = wording.filed(row.filed), nearest(row.planned)
    if row.filed == to_be_filed(row.planned):
        return filed
    return _("{filed}(計画{planned})").format(
        filed=filed, planned=wording.about_applications(planned, row.planned)
    )


def expected_table(agenda: pd.DataFrame) -> pd.DataFrame:
    """Return the unrounded numbers of an agenda (`windows.agenda`): planned, and what is left."""
    named = _("{month} {site}・{what}")
    rows = zip(agenda["closes"], _sites(agenda), agenda["procedure"], strict=True)
    names = [
        named.format(month=wording.month(month), site=site, what=_(LABELS[Procedure(procedure)]))
        for month, site, procedure in rows
    ]
    numbers = agenda[["planned", "applications"]].set_axis([_("計画(件)"), _("残り(件)")], axis=1)
    return numbers.set_axis(pd.Index(names, name=_("期限の月と申請")))


def item_name(item: Item, closes: pd.Period) -> str:
    """Name what is settled together in short: the month in which its windows end, the procedure."""
    return _("{month}月 {procedure}").format(
        month=closes.month, procedure=_(LABELS[item.procedure])
    )


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
    rows: Iterator[Any] = iter(windows.itertuples())
    filings = [
        Event(
            key,
            row.opens.start_time.date(),
            row.due_on.date(),
            _("{what}の申請").format(what=_(LABELS[Procedure(row.procedure)])),
            _description(row),
            site=row.site,
            applications=row.applications,
            month=str(row.month),
        )
        for key, row in zip(keys(windows), rows, strict=True)
    ]
    return sorted([*kept, *filings], key=lambda event: event.due_on)


def _description(row: Any) -> str:
    return _(
        "計画の申請月 {month}。{closes}が{ends}の月です。件数は計画からの期待値。"
        "一人ひとりの期限は在留カードで確かめてください。{online}"
    ).format(
        month=wording.month(row.month),
        closes=wording.month(row.closes),
        ends=_(ENDS[Procedure(row.procedure)]),
        online="" if row.procedure == Procedure.COE else _(ON_EXPIRY),
    )


def agenda(events: Iterable[Event]) -> pd.DataFrame:
    """Return events as a table to save: days as days, numbers unrounded."""
    headings = {
        "due_on": _("期限"),
        "opens_on": _("できる日"),
        "what": _("内容"),
        "site": _("事業所"),
        "applications": _("件数(件・期待値)"),
        "month": _("計画の申請月"),
    }
    table = pd.DataFrame(events, columns=Event._fields)[list(headings)]
    table = table.astype({"due_on": "datetime64[s]", "opens_on": "datetime64[s]"})
    return table.rename(columns=headings).set_index(headings["due_on"])


def variance_table(found: pd.DataFrame) -> pd.DataFrame:
    """Return plan against actual (`variance.variances`) as a table to show."""
    months = [wording.month(month) for month in found.index]
    return in_words(found, VARIANCE).set_axis(pd.Index(months, name=_("月")))


def measured_table(measured: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return minutes measured (`variance.measured_minutes`) as a table to show.

    A task is as sure as the task table says, until the scenario uses what was measured.
    """
    known = tasks.set_index("id").loc[measured["id"]]
    taken = measured["difference"].eq(0).to_numpy()
    sure = known["confidence"].mask(taken, str(Evidence.MEASURED))
    table = in_words(measured, MEASURED)
    table[_("今の値の確からしさ")] = [_(LABELS[Evidence(letter)]) for letter in sure]
    return table.set_axis(pd.Index(known["label_ja"], name=_("作業")))
