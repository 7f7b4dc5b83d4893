"""What else the calendar has to show, a tab each: only the open one is made."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from onlineready.export.csv import to_csv
from onlineready.export.ics import to_ics
from onlineready.export.sheet import to_sheet
from onlineready.filing import windows
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report import filing_tables, wording
from onlineready.report.calendar_figures import filings_by_month, hours_by_month
from onlineready.ui.calendar import filed, schedule
from onlineready.ui.state import session
from onlineready.ui.state.drawing import show_chart
from onlineready.ui.state.saving import show_save

MONTHS_AHEAD = 12
AHEAD = 0
"""In place of a fiscal year: the months from today on."""


def show_views() -> None:
    """Show the view whose tab is open."""
    tabs = st.tabs([_(name) for name in VIEWS], key="calendar_view", on_change="rerun")
    for tab, show in zip(tabs, VIEWS.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_months() -> None:
    """Show the applications and the staff hours of the months that are chosen, one time axis."""
    result = session.cases().result
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
    months = pd.PeriodIndex(result.months.index[result.months["fiscal_year"].eq(chosen)])
    if chosen == AHEAD:
        first = pd.Period(session.workbook().as_of, freq="M")
        months = windows.months_shown(result.scenario, first, MONTHS_AHEAD)
    show_chart(filings_by_month(schedule.plan_windows(), months))
    show_chart(hours_by_month(result, months))


def _show_actuals() -> None:
    filed.show_actuals(session.cases().result)


def _show_files() -> None:
    """Offer all that is still ahead as a calendar file, as an Excel book and as CSV."""
    as_of = session.workbook().as_of
    found, ahead = schedule.days(), windows.listed(schedule.outstanding())
    title = _("申請カレンダー")
    st.markdown(
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
    with st.container(horizontal=True):
        for label, ending, make in offered:
            show_save(label, make, f"filing-calendar-{as_of}.{ending}", f"calendar_{ending}")


VIEWS: dict[str, Callable[[], None]] = {
    mark("予定"): schedule.show_agenda,
    mark("続けるための期限"): schedule.show_deadlines,
    mark("月別の量"): _show_months,
    mark("計画と実績"): _show_actuals,
    mark("カレンダーに入れる"): _show_files,
}
"""What can be looked at, and what shows it."""
