"""The filing calendar on the page: what is due first, how much it is, and the files of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import LABELS, Channel, Deadline, Procedure
from onlineready.export.csv import to_csv
from onlineready.export.ics import to_ics
from onlineready.export.sheet import to_sheet
from onlineready.filing.windows import (
    DEPENDS_ON,
    DUE_DAYS,
    LEAST_SHOWN,
    all_sites,
    by_month_and_site,
    due,
    due_within,
    filing_windows,
    keys,
    months_shown,
    still_open,
)
from onlineready.language import translate as _
from onlineready.model.fees import STALE_AFTER
from onlineready.model.result import Result
from onlineready.model.workload import PEAK_RATIO, hours_by_channel, peak_level, total_hours
from onlineready.readiness.checklist import Checklist, officer_label
from onlineready.readiness.deadlines import NOTIFICATION_DAYS, deadlines, soon, undated
from onlineready.readiness.forecast import Step, gate
from onlineready.report import charts, wording
from onlineready.ui.costs import answer
from onlineready.ui.state import session, shell

MONTHS_AHEAD = 12
AHEAD = 0
"""In place of a fiscal year: the months from today on."""
MOST_ROWS = 20
MOST_SITES = 12
MOST_EVENTS = 2_000
REMIND_DAYS = 30
DARK_SHARE = 0.55
"""Cells of the heat map from this share of the largest number on are written in white."""


def windows() -> pd.DataFrame:
    """Return the filing windows of the session's plan, worked out again only where they change."""
    plan, scenario = session.workbook().plan, session.scenario()
    asked = tuple(getattr(scenario, key) for key in DEPENDS_ON)
    return session.made_once(
        "filing_windows", (plan, asked), lambda: filing_windows(plan, scenario)
    )


def days() -> pd.DataFrame:
    """Return what keeps online filing possible, by the session's answers."""
    scenario = session.scenario()
    return deadlines(
        session.steps(),
        shell.tables().fees,
        scenario.id_validity_months,
        session.workbook().as_of,
        _last_day(scenario),
    )


def next_due() -> None:
    """Name on another page the next thing that is due, as a link to this one."""
    near = _urgent(days())
    if not near.empty:
        text = _plain_sentence(near.iloc[0])
    else:
        listed = _listed(still_open(windows(), session.workbook().as_of))
        listed = listed[listed["due_on"].gt(pd.Timestamp(session.workbook().as_of))]
        if listed.empty:
            return
        first = listed.iloc[0]
        text = _("{month}に期限の来る申請 {number}から").format(
            month=wording.month(first["closes"]),
            number=wording.applications(
                listed.loc[listed["closes"].eq(first["closes"]), "applications"].sum()
            ),
        )
    token = session.link() if session.workbook() != session.sample() else None
    st.page_link(
        "pages/4_calendar.py",
        label=_("次の期限: {text}").format(text=text),
        query_params={shell.LINK_PARAMETER: token} if token else None,
    )


def answer_line() -> None:
    """Say first what is overdue or near, then what has to be filed soon."""
    as_of = session.workbook().as_of
    number = due(windows(), as_of)
    near = _urgent(days())
    if near.empty:
        sentence = _("90日以内に期限が来る申請は**{number}**です").format(
            number=wording.applications(number.total)
        )
    else:
        more = _("(ほかに{count}件)").format(count=len(near) - 1) if len(near) > 1 else ""
        sentence = _sentence(near.iloc[0]) + more
    st.header(sentence, anchor="answer")
    if not near.empty:
        st.markdown(
            _("申請は、90日以内に**{number}**の在留期限か就労開始が来ます(うち今月{now})。").format(
                number=wording.applications(number.total), now=wording.applications(number.now)
            )
        )
    st.caption(
        _(
            "基準日 {as_of}。申請の件数は計画からの期待値(小数になります)。期限は月単位の計画による"
            "ため、その月の1日とします。一人ひとりの期限は在留カードで確かめてください。"
        ).format(as_of=as_of)
    )


def figures() -> None:
    """Show how much is due: what keeps filing possible, and applications by 30, 60, 90 days."""
    near = soon(days())
    number = due(windows(), session.workbook().as_of)
    over = int(near["days_left"].lt(0).sum())
    keeping, *columns = st.columns(1 + len(DUE_DAYS))
    count = _("{count}件").format(count=len(near))
    keeping.metric(
        _("続けるための期限 90日以内"),
        count + (_("(期限切れ{count})").format(count=over) if over else ""),
        help=_("利用者ID、取次者証明書、定期届出、予定日、手数料表の確認。期限切れを含みます。"),
        border=True,
    )
    since = 1
    for column, last, value in zip(columns, DUE_DAYS, number.within, strict=True):
        column.metric(
            _("申請の期限 {first}〜{last}日後").format(first=since, last=last),
            wording.applications(value),
            help=_("在留期限か就労開始の月の1日が、この日数のうちに来る申請(期待値)。"),
            border=True,
        )
        since = last + 1


def kept_alive() -> None:
    """List what keeps online filing possible by day, overdue first; tell what cannot be dated."""
    st.subheader(_("オンライン申請を続けるための期限"), anchor=False)
    if gate(shell.checklist(), session.workbook().readiness).no:
        st.warning(
            _(
                "事前の確認に「いいえ」があります。不足している届出を先に済ませてください"
                "(準備チェックリストの段階1)。"
            ),
            icon="⚠️",
        )
    found = days()
    # The next report is enough on the page; the calendar file has those of later years.
    again = found["kind"].eq(Deadline.YEARLY_REPORT) & found.duplicated("kind")
    shown = found[~again]
    st.table(_deadline_table(shown.head(MOST_ROWS), shell.checklist()))
    if len(shown) > MOST_ROWS:
        st.caption(_("ほか{count}件は、Excel・CSVに。").format(count=len(shown) - MOST_ROWS))
    _missing_days(undated(session.steps()))
    st.caption(
        _(
            "**いつでも**: 雇用契約・支援計画の変更は、変更から{days}日以内に届出(入管法19条の18)。"
            "変更のあった日から数えるため、この表には入りません。"
        ).format(days=NOTIFICATION_DAYS)
    )
    with st.expander(_("期限の数え方と出典")):
        st.markdown(
            _(
                "- 利用者ID: 承認日から{id_months}か月(公開資料1件の報告。2026年1月より前の承認は"
                "1年。「詳細な前提」で12か月に変えられます)。\n"
                "- 取次者証明書: 承認日から3年、更新は期限の2か月前から(公式)。\n"
                "- 定期届出: 3月までの1年分を4月1日から5月31日まで(公式)。\n"
                "- 手数料表の確認: 前に確かめた日から{fee_days}日(このアプリの決まり)。\n\n"
                "承認日は、準備チェックリストの完了日です。更新したら、新しい承認日に直してください。"
                "実際の期限は、証明書とシステムの画面が正です。"
            ).format(id_months=session.scenario().id_validity_months, fee_days=STALE_AFTER.days)
        )


def _missing_days(found: Sequence[Step]) -> None:
    if not found:
        return
    names = [
        _("{who}の{item}").format(who=_whose(step.officer), item=step.entry.label_ja)
        for step in found[:5]
    ]
    more = _("、ほか{count}件").format(count=len(found) - 5) if len(found) > 5 else ""
    st.info(
        _(
            "完了日がないため、期限を計算できません: {names}。"
            "準備チェックリストの「予定日と完了日を入れる」に承認日を入れてください。"
        ).format(names=wording.plain("、".join(names) + more)),
        icon="ℹ️",
    )


def filings_due() -> None:
    """List the applications that come due within 90 days, those of this month first."""
    st.subheader(_("90日以内に期限が来る申請"), anchor=False)
    as_of = session.workbook().as_of
    found = _listed(due_within(windows(), as_of))
    if len(found) > MOST_ROWS:
        found = _listed(all_sites(due_within(windows(), as_of)))
    if found.empty:
        st.markdown(_("90日以内に在留期限か就労開始が来る申請は、計画にありません。"))
    else:
        st.table(_filing_table(found.head(MOST_ROWS), as_of))
    st.caption(
        _(
            "申請月を過ぎたものは、出し終えたか確かめてください。更新は、在留期間が6か月以上なら期限の"
            "3か月前から出せます(公開資料2件の報告)。在籍者の今の在留期間は更新の周期と同じとしています。"
        )
    )


def period(result: Result) -> pd.PeriodIndex:
    """Choose the months of the two charts: twelve from today on, or a fiscal year."""
    years = [int(year) for year in result.months["fiscal_year"].unique()]
    chosen = st.selectbox(
        _("表示する期間"),
        options=[AHEAD, *years],
        format_func=lambda year: (
            _("基準日の月から{months}か月").format(months=MONTHS_AHEAD)
            if year == AHEAD
            else wording.fiscal_year(year)
        ),
        key="calendar_period",
        width=300,
    )
    if chosen == AHEAD:
        first = pd.Period(session.workbook().as_of, freq="M")
        return months_shown(result.scenario, first, MONTHS_AHEAD)
    return pd.PeriodIndex(result.months.index[result.months["fiscal_year"].eq(chosen)])


def filings_chart(months: pd.PeriodIndex) -> None:
    """Show how many applications each site files in each month."""
    table, others = by_month_and_site(windows(), months, MOST_SITES)
    names = [
        _("ほか{count}事業所").format(count=others) if pd.isna(site) else str(site)
        for site in table.index
    ]
    table = table.set_axis(names)
    total = table.sum()
    busiest = months[int(total.to_numpy().argmax())]
    finding = _("{months}か月に出す申請は{total}、山は{busiest}の{most}").format(
        months=len(months),
        total=wording.applications(float(total.sum())),
        busiest=wording.month(busiest),
        most=wording.applications(float(total.max())),
    )
    labels = _month_labels(months)
    long = table.set_axis(labels, axis="columns").rename_axis("site").reset_index()
    long = long.melt("site", var_name="month", value_name="applications")
    most = float(long["applications"].max())
    long = long.assign(
        number=[f"{n:,.1f}" if n >= LEAST_SHOWN else "" for n in long["applications"]],
        dark=long["applications"].gt(DARK_SHARE * most),
    )
    answer.show_chart(
        finding,
        _("申請する月(計画の申請月)と事業所別の件数(期待値・件)。空欄は0件"),
        charts.applications_by_month_and_site(long, names),
        _by_month(table.T, months),
        "{:,.1f}",
        "filings_by_month",
    )


def hours_chart(result: Result, months: pd.PeriodIndex) -> None:
    """Show the staff hours of each month by channel, and in which months staff may be short."""
    hours = hours_by_channel(result, months)
    total = total_hours(hours)
    found = [
        (month, float(amount))
        for month, amount, peak in zip(months, total["hours"], total["peak"], strict=True)
        if peak
    ]
    if found:
        told = _("山は{months}").format(
            months="、".join(
                _("{month}({hours})").format(
                    month=wording.month(month), hours=wording.hours(amount)
                )
                for month, amount in found[:3]
            )
            + (_("など{count}か月").format(count=len(found)) if len(found) > 3 else "")
        )
    else:
        told = _("目立つ山はありません")
    names = {str(channel): _(LABELS[channel]) for channel in Channel}
    labels = dict(zip(months, _month_labels(months), strict=True))
    long = hours.rename_axis("at").reset_index()
    long = long.melt("at", var_name="channel", value_name="hours")
    order = {channel: place for place, channel in enumerate(names)}
    long = long.assign(
        month=long["at"].map(labels),
        order=long["channel"].map(order),
        channel=long["channel"].map(names),
    ).drop(columns="at")
    marked = pd.DataFrame(
        {
            "month": [labels[month] for month, _amount in found],
            "hours": [amount for _month, amount in found],
            "label": [_("山 {hours:,.1f}").format(hours=amount) for _month, amount in found],
        }
    ).astype({"month": "str", "hours": float, "label": "str"})
    line = pd.DataFrame(
        {
            "hours": [peak_level(hours)],
            "label": [_("月平均の{ratio}倍").format(ratio=PEAK_RATIO)],
        }
    )
    answer.show_chart(
        _("担当者の時間は{months}か月で{total}、{told}").format(
            months=len(months), total=wording.hours(float(total["hours"].sum())), told=told
        ),
        _(
            "月別の時間(時間)。開始まで窓口、準備と維持はオンライン。"
            "表示中の月平均の{ratio}倍を超える月が「山」"
        ).format(ratio=PEAK_RATIO),
        charts.hours_by_month(long, marked, line, list(names.values())),
        _by_month(hours.rename(columns=names), months),
        "{:,.1f}",
        "hours_by_month",
    )


def exports() -> None:
    """Offer all that is still ahead as a calendar file, as an Excel book and as CSV."""
    workbook, checklist = session.workbook(), shell.checklist()
    ahead, found = still_open(windows(), workbook.as_of), days()
    listed = _listed(ahead)
    st.subheader(_("カレンダーに入れる"), anchor=False)
    st.caption(
        _(
            "申請の期間、証明書と利用者IDの期限、定期届出の予定(人の名前は入りません)。作り直したファイルを"
            "取り込むと、予定は増えずに更新されます。計画から消えた申請は、カレンダーに残ります。"
        )
    )
    if len(listed) > MOST_EVENTS:
        st.caption(
            _("申請の行が多いため、期限の近い{most:,}行だけが入ります。").format(most=MOST_EVENTS)
        )
    listed = listed.head(MOST_EVENTS)

    def events() -> bytes:
        made = pd.concat([_deadline_events(found, checklist), _filing_events(listed)])
        return to_ics(made, workbook.as_of, _("申請カレンダー"))

    def table() -> pd.DataFrame:
        return _agenda(found, listed, checklist)

    name = f"filing-calendar-{workbook.as_of}"
    ics, xlsx, csv = st.columns(3)
    for column, label, data, ending, mime in (
        (ics, _("カレンダー(ICS)で保存"), events, "ics", "text/calendar"),
        (xlsx, _("Excelで保存"), lambda: to_sheet(table(), _("申請カレンダー")), "xlsx", None),
        (csv, _("CSVで保存"), lambda: to_csv(table()), "csv", "text/csv"),
    ):
        column.download_button(
            label,
            data=data,
            file_name=f"{name}.{ending}",
            mime=mime,
            key=f"calendar_{ending}",
            on_click="ignore",
            width="stretch",
        )


# Words


def _urgent(found: pd.DataFrame) -> pd.DataFrame:
    """Return what is overdue or near and stops filing: not the check of the fee table."""
    near = soon(found)
    return near[near["kind"].ne(Deadline.FEE_CHECK)]


def _sentence(row: pd.Series) -> str:
    """Say of one deadline how near it is, the number of days in bold."""
    left = int(row["days_left"])
    words = {
        Deadline.USER_ID: _("{who}の利用者IDは、あと**{days}日**({day})で切れます"),
        Deadline.CERTIFICATE: _("{who}の取次者証明書は、あと**{days}日**({day})で切れます"),
        Deadline.YEARLY_REPORT: _("定期届出の提出期限まで、あと**{days}日**({day})です"),
        Deadline.PLANNED: _("「{item}」の予定日まで、あと**{days}日**({day})です"),
    }
    if left < 0:
        words = {
            Deadline.USER_ID: _("{who}の利用者IDは、**{days}日前**({day})に切れています"),
            Deadline.CERTIFICATE: _("{who}の取次者証明書は、**{days}日前**({day})に切れています"),
            Deadline.YEARLY_REPORT: _("定期届出の提出期限を、**{days}日**過ぎています({day})"),
            Deadline.PLANNED: _("「{item}」の予定日を、**{days}日**過ぎています({day})"),
        }
    return words[Deadline(row["kind"])].format(
        who=_whose(row["officer"]),
        item=_item_name(row, shell.checklist()),
        days=abs(left),
        day=wording.day(row["due_on"]),
    )


def _plain_sentence(row: pd.Series) -> str:
    return _sentence(row).replace("**", "")


def _whose(officer: Any) -> str:
    """Name an officer by the letter, never by the label, which a reader may have changed."""
    return _("会社") if officer is None or pd.isna(officer) else officer_label(int(officer))


def _item_name(row: pd.Series, checklist: Checklist) -> str:
    labels = {entry.id: entry.label_ja for entry in checklist.entries}
    return labels.get(row["item"], "") if isinstance(row["item"], str) else ""


def _what(row: pd.Series, checklist: Checklist) -> str:
    """Name a deadline: whose, and what."""
    kind = Deadline(row["kind"])
    if kind is Deadline.PLANNED:
        return _("{who}: {item}(予定日)").format(
            who=_whose(row["officer"]), item=_item_name(row, checklist)
        )
    if kind in (Deadline.USER_ID, Deadline.CERTIFICATE):
        return _("{who}: {what}").format(who=_whose(row["officer"]), what=_(LABELS[kind]))
    return _(LABELS[kind])


def _state(days_left: int) -> str:
    """Tell how near a day is in one word."""
    if days_left < 0:
        return _("期限切れ")
    nearest = next((last for last in DUE_DAYS if days_left <= last), None)
    return _("先の予定") if nearest is None else _("{days}日以内").format(days=nearest)


def _left(days_left: int) -> str:
    return _("過ぎて{days}").format(days=-days_left) if days_left < 0 else f"{days_left:,}"


def _deadline_table(found: pd.DataFrame, checklist: Checklist) -> pd.DataFrame:
    """Return deadlines as a table to show; what needs action now is in bold."""
    records = [row for _place, row in found.iterrows()]
    states = [
        f"**{state}**" if row["days_left"] <= DUE_DAYS[-1] else state
        for row, state in ((row, _state(int(row["days_left"]))) for row in records)
    ]
    return pd.DataFrame(
        {
            _("状態"): states,
            _("期限"): [wording.day(row["due_on"]) for row in records],
            _("残り(日)"): [_left(int(row["days_left"])) for row in records],
            _("内容"): [
                wording.plain(_what(row, checklist)) + _opens(row["opens_on"]) for row in records
            ],
        }
    ).set_index(_("状態"))


def _opens(day: Any) -> str:
    """Say from when something can be done, where that is known."""
    return "" if pd.isna(day) else _("({day}から)").format(day=wording.day(day))


def _filing_table(found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return filing windows as a table to show."""
    this_month = pd.Period(as_of, freq="M")
    return pd.DataFrame(
        {
            _("期限の月"): [
                _("**{month}(今月)**").format(month=wording.month(month))
                if month == this_month
                else wording.month(month)
                for month in found["closes"]
            ],
            _("残り(日)"): [_("今月") if n <= 0 else f"{n:,}" for n in found["days_left"]],
            _("申請"): [
                _("{site}・{what}").format(
                    site=_("全事業所") if pd.isna(site) else wording.plain(site),
                    what=_procedure(procedure),
                )
                for site, procedure in zip(found["site"], found["procedure"], strict=True)
            ],
            _("件数(件)"): [f"{n:,.1f}" for n in found["applications"]],
            _("出せる時期"): [
                _("{month}から").format(month=wording.month(month))
                if month > this_month
                else _("今から")
                for month in found["opens"]
            ],
            _("計画の申請月"): [
                _("{month}(過ぎています)").format(month=wording.month(month))
                if month < this_month
                else wording.month(month)
                for month in found["month"]
            ],
        }
    ).set_index(_("期限の月"))


def _agenda(found: pd.DataFrame, listed: pd.DataFrame, checklist: Checklist) -> pd.DataFrame:
    """Return all that is ahead as a table to save: days as days, numbers unrounded."""
    records = [row for _place, row in found.iterrows()]
    kept = pd.DataFrame(
        {
            _("期限"): found["due_on"].to_numpy(),
            _("できる日"): found["opens_on"].to_numpy(),
            _("内容"): [_what(row, checklist) for row in records],
        }
    )
    filings = pd.DataFrame(
        {
            _("期限"): listed["due_on"].to_numpy(),
            _("できる日"): _first_days(listed["opens"]).to_numpy(),
            _("内容"): [
                _("{what}の申請").format(what=_procedure(one)) for one in listed["procedure"]
            ],
            _("事業所"): listed["site"].to_numpy(),
            _("件数(件・期待値)"): listed["applications"].to_numpy(),
            _("計画の申請月"): [str(month) for month in listed["month"]],
        }
    )
    table = pd.concat([kept, filings], ignore_index=True).sort_values(_("期限"), kind="stable")
    words = [_("事業所"), _("計画の申請月")]
    table[words] = table[words].fillna("")
    return table.set_index(_("期限"))


def _deadline_events(found: pd.DataFrame, checklist: Checklist) -> pd.DataFrame:
    records = [row for _place, row in found.iterrows()]
    return pd.DataFrame(
        {
            "key": found["key"],
            "first_day": found["opens_on"].fillna(found["due_on"]),
            "last_day": found["due_on"],
            "summary": [_what(row, checklist) for row in records],
            "description": [_describe(Deadline(row["kind"])) for row in records],
            "remind_days": REMIND_DAYS,
        }
    )


def _describe(kind: Deadline) -> str:
    words = {
        Deadline.USER_ID: _(
            "切れる前に定期報告をして更新します。実際の期限はシステムで確かめます。"
        ),
        Deadline.CERTIFICATE: _(
            "更新は期限の2か月前から申請できます。実際の期限は証明書で確かめます。"
        ),
        Deadline.YEARLY_REPORT: _("3月までの1年分を、4月1日から5月31日までに届け出ます。"),
        Deadline.PLANNED: _("準備チェックリストに入れた予定日です。"),
        Deadline.FEE_CHECK: _("手数料表を出入国在留管理庁の公式ページと照らし合わせます。"),
    }
    return words[kind]


def _filing_events(listed: pd.DataFrame) -> pd.DataFrame:
    rows = zip(
        *(listed[key] for key in ("procedure", "site", "applications", "month", "closes")),
        strict=True,
    )
    words = []
    for procedure, site, number, month, closes in rows:
        summary = _("{what}の申請 {number}({site})").format(
            what=_procedure(procedure), number=wording.applications(number), site=site
        )
        ends = _("就労開始") if procedure == Procedure.COE else _("在留期限か就労開始")
        ends = _("在留期限") if procedure == Procedure.EXTENSION else ends
        description = _(
            "計画の申請月 {month}。{closes}が{ends}の月です。件数は計画からの期待値。"
            "一人ひとりの期限は在留カードで確かめてください。"
        ).format(month=wording.month(month), closes=wording.month(closes), ends=ends)
        words.append((summary, description))
    return pd.DataFrame(
        {
            "key": keys(listed),
            "first_day": _first_days(listed["opens"]),
            "last_day": listed["due_on"],
            "summary": [summary for summary, _description in words],
            "description": [description for _summary, description in words],
            "remind_days": 0,
        }
    )


def _procedure(procedure: str) -> str:
    return _(LABELS[Procedure(procedure)])


def _first_days(months: pd.Series) -> pd.Series:
    return pd.Series(pd.PeriodIndex(months, freq="M").to_timestamp(), index=months.index)


def _listed(found: pd.DataFrame) -> pd.DataFrame:
    """Leave out expected numbers so small that they would be written 0.0."""
    return found[found["applications"].ge(LEAST_SHOWN)].reset_index(drop=True)


def _last_day(scenario: Scenario) -> date:
    last: date = scenario.month(scenario.months - 1).to_timestamp(how="end").date()
    return last


def _month_labels(months: pd.PeriodIndex) -> list[str]:
    """Name months on an axis by their number, the year below where it begins."""
    return [
        f"{month.month}\n{month.year}" if place == 0 or month.month == 1 else f"{month.month}"
        for place, month in enumerate(months)
    ]


def _by_month(table: pd.DataFrame, months: pd.PeriodIndex) -> pd.DataFrame:
    """Name the rows of a table of months."""
    return table.set_axis([wording.month(month) for month in months]).rename_axis(_("月"))
