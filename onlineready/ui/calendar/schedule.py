"""The filing calendar on the page: what is due first, how much it is, and the files of it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import Deadline
from onlineready.export.csv import to_csv
from onlineready.export.ics import to_ics
from onlineready.export.sheet import to_sheet
from onlineready.filing import windows
from onlineready.language import translate as _
from onlineready.model.fees import STALE_AFTER
from onlineready.model.result import Result
from onlineready.readiness.deadlines import (
    NOTIFICATION_DAYS,
    DueDay,
    deadlines,
    soon,
    undated,
    urgent,
)
from onlineready.readiness.forecast import gate
from onlineready.report import filing_tables, outlook, wording
from onlineready.report.calendar_figures import filings_by_month, hours_by_month
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart
from onlineready.ui.state.saving import show_save

MONTHS_AHEAD = 12
AHEAD = 0
"""In place of a fiscal year: the months from today on."""
MOST_ROWS = 20


def _plan_windows() -> pd.DataFrame:
    """Return the filing windows of the session's plan, made anew where other things are filed."""
    plan, scenario = session.workbook().plan, session.scenario()
    return session.made_once(
        "filing_windows", (plan, scenario.unpriced), lambda: windows.filing_windows(plan, scenario)
    )


def _days() -> tuple[DueDay, ...]:
    """Return what keeps online filing possible, by the session's answers."""
    steps, as_of, scenario = session.steps(), session.workbook().as_of, session.scenario()
    until = scenario.month(scenario.months - 1).to_timestamp(how="end").date()
    return session.made_once(
        "deadlines",
        (steps, as_of, scenario.id_validity_months, until),
        lambda: deadlines(steps, shared.tables().fees, scenario.id_validity_months, as_of, until),
    )


def _next_due() -> str:
    """Return what is due next, by the session's plan and answers."""
    of = _days(), _plan_windows(), session.workbook().as_of
    return session.made_once("next_due", of, lambda: outlook.next_due(*of))


def show_next_due() -> None:
    """Name on another page the next thing that is due, as a link to this one."""
    if text := _next_due():
        st.page_link(
            "pages/4_calendar.py",
            label=_("次の期限: {text}").format(text=text),
            query_params=session.parameters(),
        )


def show_answer() -> None:
    """Say how much has to be filed soon, and what is due next; that first where it presses."""
    as_of = session.workbook().as_of
    number = windows.due(_plan_windows(), as_of)
    first, then = outlook.due_soon(number), _next_due()
    if urgent(_days()) or not number.total:
        first, then = then or _("これから期限の来る申請はありません"), first
    st.header(first, anchor="answer")
    st.markdown(then)
    st.caption(
        _(
            "基準日 {as_of}。申請の件数は計画からの期待値(小数になります)。期限は月単位の計画による"
            "ため、その月の1日とします。一人ひとりの期限は在留カードで確かめてください。"
        ).format(as_of=as_of)
    )


def show_figures() -> None:
    """Show how much is due: what keeps filing possible, and applications by 30, 60, 90 days."""
    near = soon(_days())
    number = windows.due(_plan_windows(), session.workbook().as_of)
    over = sum(day.days_left < 0 for day in near)
    keeping, *columns = st.columns(1 + len(windows.DUE_DAYS))
    count = _("{count}件").format(count=len(near))
    keeping.metric(
        _("続けるための期限 90日以内"),
        count + (_("(期限切れ{count})").format(count=over) if over else ""),
        help=_("定期報告、取次者証明書、定期届出、予定日、手数料表の確認。期限切れを含みます。"),
        border=True,
    )
    since = 1
    for column, last, value in zip(columns, windows.DUE_DAYS, number.within, strict=True):
        column.metric(
            _("申請の期限 {first}〜{last}日後").format(first=since, last=last),
            wording.applications(value),
            help=_("在留期限か就労開始の月の1日が、この日数のうちに来る申請(期待値)。"),
            border=True,
        )
        since = last + 1


def show_deadlines() -> None:
    """List what keeps online filing possible by day, overdue first; tell what cannot be dated."""
    st.subheader(_("オンライン申請を続けるための期限"), anchor=False)
    answers = gate(shared.checklist(), session.workbook().readiness)
    if answers.no:
        st.warning(outlook.pre_checks(answers, shared.checklist()), icon="⚠️")
    found = _days()
    # The next report is enough on the page; the calendar file has those of later years.
    reports = [day for day in found if day.kind is Deadline.YEARLY_REPORT]
    shown = [day for day in found if day not in reports[1:]]
    st.table(filing_tables.deadline_table(shown[:MOST_ROWS]))
    if len(shown) > MOST_ROWS:
        st.caption(_("ほか{count}件は、Excel・CSVに。").format(count=len(shown) - MOST_ROWS))
    if unknown := undated(session.steps()):
        st.info(wording.plain(outlook.undated(unknown)), icon="ℹ️")
    st.caption(
        _(
            "**いつでも**: 雇用契約・支援計画の変更は、変更から{days}日以内に届出(入管法19条の18)。"
            "変更のあった日から数えるため、この表には入りません。"
        ).format(days=NOTIFICATION_DAYS)
    )
    with st.expander(_("期限の数え方と出典")):
        st.markdown(
            _(
                "- 定期報告: 利用者IDの期限は承認日から{id_months}か月(公開資料1件の報告。"
                "2026年1月より前の承認は1年。「前提の一覧」で12か月に変えられます)。最も早い承認日で"
                "数え、その1か月前までに、会社で一度、利用者のだれか一人が出します(公式、2026年1月より前)。"
                "パスワードは利用者ごとに1年で切れ、30日前と7日前にメールが届きます(この表の期限とは別)。\n"
                "- 取次者証明書: 承認日から3年、更新は期限の2か月前から(公式)。\n"
                "- 定期届出: 3月までの1年分を4月1日から5月31日まで(公式)。\n"
                "- 手数料表の確認: 前に確かめた日から{fee_days}日(このアプリの決まり)。\n\n"
                "承認日は、準備チェックリストの完了日です。更新したら、全員の日を新しい承認日に直してください。"
                "実際の期限は、証明書とシステムの画面が正です。"
            ).format(id_months=session.scenario().id_validity_months, fee_days=STALE_AFTER.days)
        )


def show_filings() -> None:
    """List the applications that come due within 90 days, those of this month first."""
    st.subheader(_("90日以内に期限が来る申請"), anchor=False)
    as_of = session.workbook().as_of
    within = windows.due_within(_plan_windows(), as_of)
    found = windows.listed(within)
    if len(found) > MOST_ROWS:
        found = windows.listed(windows.all_sites(within))
    if found.empty:
        st.markdown(_("90日以内に在留期限か就労開始が来る申請は、計画にありません。"))
    else:
        st.table(filing_tables.filing_table(found.head(MOST_ROWS), as_of))
    st.caption(
        _(
            "申請月を過ぎたものは、出し終えたか確かめてください。更新は、在留期間が6か月以上なら期限の"
            "3か月前から出せます(公開資料2件の報告)。在籍者の今の在留期間は更新の周期と同じとしています。"
        )
    )
    st.caption(_(filing_tables.ON_EXPIRY))


def show_months(result: Result) -> None:
    """Show the applications and the staff hours of the months that are chosen."""
    months = _show_period(result)
    volume, hours = st.columns(2, gap="large")
    with volume:
        show_chart(filings_by_month(_plan_windows(), months), level=4)
    with hours:
        show_chart(hours_by_month(result, months), level=4)


def _show_period(result: Result) -> pd.PeriodIndex:
    """Let months be chosen, twelve from today on or a fiscal year, and return them."""
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
        return windows.months_shown(result.scenario, first, MONTHS_AHEAD)
    return pd.PeriodIndex(result.months.index[result.months["fiscal_year"].eq(chosen)])


def show_exports() -> None:
    """Offer all that is still ahead as a calendar file, as an Excel book and as CSV."""
    as_of = session.workbook().as_of
    found, ahead = _days(), windows.listed(windows.still_open(_plan_windows(), as_of))
    title = _("申請カレンダー")
    st.subheader(_("カレンダーに入れる"), anchor=False)
    st.caption(
        _(
            "申請の期間、証明書の期限、定期報告と定期届出の予定(人の名前は入りません)。作り直したファイルを"
            "取り込むと、予定は増えずに更新されます。計画から消えた申請は、カレンダーに残ります。"
        )
    )
    if len(ahead) > filing_tables.MOST_EVENTS:
        st.caption(
            _("申請の行が多いため、期限の近い{most:,}行だけが入ります。").format(
                most=filing_tables.MOST_EVENTS
            )
        )

    def events() -> list[filing_tables.Event]:
        return filing_tables.events(found, ahead)

    def table() -> pd.DataFrame:
        return filing_tables.agenda(events())

    offered: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        (_("カレンダー(ICS)で保存"), "ics", lambda: to_ics(events(), as_of, title)),
        (_("Excelで保存"), "xlsx", lambda: to_sheet(table(), title)),
        (_("CSVで保存"), "csv", lambda: to_csv(table())),
    )
    for column, (label, ending, make) in zip(st.columns(3), offered, strict=True):
        with column:
            name, key = f"filing-calendar-{as_of}.{ending}", f"calendar_{ending}"
            show_save(label, make, name, key, width="stretch")
