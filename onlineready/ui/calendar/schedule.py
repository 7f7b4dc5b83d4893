"""What is due: how much and when, item by item; and, for other pages, what is due next."""

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import Deadline
from onlineready.filing import settlement, windows
from onlineready.language import translate as _
from onlineready.model.fees import STALE_AFTER
from onlineready.readiness.deadlines import NOTIFICATION_DAYS, DueDay, deadlines, undated
from onlineready.readiness.forecast import gate
from onlineready.report import filing_tables, outlook, tabular, wording
from onlineready.ui.calendar import filed
from onlineready.ui.state import session, shared

MOST_ROWS = 20
MOST_CELLS = 4
"""What stands in the strip at the top; the rest is in a tab."""


def plan_windows() -> pd.DataFrame:
    """Return the filing windows of the session's plan, made anew where other things are filed."""
    plan, scenario = session.workbook().plan, session.scenario()
    return session.made_once(
        "filing_windows", (plan, scenario.unpriced), lambda: windows.filing_windows(plan, scenario)
    )


def outstanding() -> pd.DataFrame:
    """Return the same windows with what was filed taken off."""
    of = plan_windows(), session.workbook().actuals, session.workbook().as_of
    return session.made_once("outstanding", of, lambda: settlement.outstanding(*of))


def days() -> tuple[DueDay, ...]:
    """Return what keeps online filing possible, by the session's answers."""
    steps, as_of, scenario = session.steps(), session.workbook().as_of, session.scenario()
    until = scenario.month(scenario.months - 1).to_timestamp(how="end").date()
    return session.made_once(
        "deadlines",
        (steps, as_of, scenario.id_validity_months, until),
        lambda: deadlines(steps, shared.tables().fees, scenario.id_validity_months, as_of, until),
    )


def _days_shown() -> list[DueDay]:
    """Return them with the next yearly report alone: the calendar file has those of later years."""
    found = days()
    reports = [day for day in found if day.kind is Deadline.YEARLY_REPORT]
    return [day for day in found if day not in reports[1:]]


def _soon() -> pd.DataFrame:
    of = outstanding(), session.workbook().as_of
    return session.made_once("due_within", of, lambda: windows.due_within(*of))


def _next_due() -> str:
    """Return what is due next, by the session's plan and answers."""
    of = days(), outstanding(), session.workbook().as_of
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
    """Say how much has to be filed soon, and below it what is due next."""
    text = _next_due()
    with st.container(key="due_answer"):
        st.title(
            outlook.due_soon(windows.due(_soon())),
            anchor="answer",
            help=_(
                "在留期限か就労開始の来る申請。計画からの期待値を整数にした数で、小数は「表で見る」に。"
                "計画は月単位のため、期限はその月の1日とします。一人ひとりの期限は在留カードで"
                "確かめてください。基準日 {as_of}。"
            ).format(as_of=session.workbook().as_of),
        )
        st.markdown(
            _("次の期限: **{text}**").format(text=wording.plain(text))
            if text
            else _("これから期限の来る申請はありません。")
        )


def show_upkeep() -> None:
    """Show in a strip what keeps online filing possible, overdue first."""
    with st.container(key="upkeep"):
        st.markdown(
            _("**オンライン申請を続けるための期限**")
            + "\n\n"
            + outlook.upkeep(_days_shown()[:MOST_CELLS])
        )
    if unknown := undated(session.steps()):
        st.warning(wording.plain(outlook.undated(unknown)), icon="⚠️")


def show_figures() -> None:
    """Show how many applications are due now and by 30, 60, 90 days: they add up to the answer."""
    number = windows.due(_soon())
    now, *later = map(wording.about_applications, number.counts, number.expected)
    late = number.expected[0] > 0
    with st.container(horizontal=True, key="due_late" if late else "due"):
        st.metric(
            _("今月が期限(超過のおそれ)"),
            f"⚠ {now}" if late else now,
            help=_(
                "在留期限か就労開始が今月の申請。計画は日を知らないため、今月の1日が過ぎたものとして"
                "数えます。出し終えたものは、予定の下の「出し終えたもの」で除けます。"
            ),
            border=True,
        )
        since = 1
        for last, value in zip(windows.DUE_DAYS, later, strict=True):
            st.metric(
                _("{first}〜{last}日後").format(first=since, last=last),
                value,
                help=_("在留期限か就労開始の月の1日が、この日数のうちに来る申請。"),
                border=True,
            )
            since = last + 1


def show_agenda() -> None:
    """List by month what is to be filed within 90 days, and let it be settled."""
    as_of = session.workbook().as_of
    found = windows.agenda(_soon(), MOST_ROWS)
    if found.empty:
        st.markdown(
            _(
                "90日以内に在留期限か就労開始が来る申請は、計画にありません。先の月は「月別の量」に。"
            )
        )
        return
    with st.container(key="agenda"):
        st.table(filing_tables.filing_table(found, as_of))
    filed.show_settled(found, outstanding())
    st.caption(
        _(
            "更新は、在留期間が6か月以上なら期限の3か月前から出せます(公開資料2件の報告)。"
            "在籍者の今の在留期間は更新の周期と同じとしています。{on_expiry}"
        ).format(on_expiry=_(filing_tables.ON_EXPIRY))
    )
    numbers = st.expander(_("表で見る(小数の期待値)"), key="table_agenda", on_change="rerun")
    if numbers.open:
        with numbers:
            st.table(tabular.written(filing_tables.expected_table(found), wording.TENTHS))


def show_deadlines() -> None:
    """List all that keeps online filing possible by day; tell how the days are counted."""
    answers = gate(shared.checklist(), session.workbook().readiness)
    if answers.no:
        st.warning(outlook.pre_checks(answers, shared.checklist()), icon="⚠️")
    shown = _days_shown()
    with st.container(key="deadlines"):
        st.table(filing_tables.deadline_table(shown[:MOST_ROWS]))
    if len(shown) > MOST_ROWS:
        st.caption(_("ほか{count}件は、Excel・CSVに。").format(count=len(shown) - MOST_ROWS))
    with st.container(width=960):
        st.markdown(
            _(
                "- **いつでも**: 雇用契約・支援計画の変更は、変更から{days}日以内に届出"
                "(入管法19条の18)。変更のあった日から数えるため、この表には入りません。\n"
                "- 定期報告: 利用者IDの期限は承認日から{id_months}か月(公開資料1件の報告。"
                "2026年1月より前の承認は1年。「前提の一覧」で12か月に変えられます)。最も早い承認日で"
                "数え、その1か月前までに、会社で一度、利用者のだれか一人が出します(公式、2026年1月より前)。"
                "パスワードは利用者ごとに1年で切れ、30日前と7日前にメールが届きます(この表の期限とは別)。\n"
                "- 取次者証明書: 承認日から3年、更新は期限の2か月前から(公式)。\n"
                "- 定期届出: 3月までの1年分を4月1日から5月31日まで(公式)。\n"
                "- 手数料表の確認: 前に確かめた日から{fee_days}日(このアプリの決まり)。\n\n"
                "承認日は、準備チェックリストの完了日です。更新したら、全員の日を新しい承認日に直してください。"
                "実際の期限は、証明書とシステムの画面が正です。"
            ).format(
                days=NOTIFICATION_DAYS,
                id_months=session.scenario().id_validity_months,
                fee_days=STALE_AFTER.days,
            )
        )
