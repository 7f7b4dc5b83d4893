"""What every number stands on: all of them at a glance, assumptions and tasks one by one."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import Scenario
from onlineready.language import translate as _
from onlineready.model.derivation import advantages, task_factors
from onlineready.report import confidence, figures
from onlineready.ui.costs import topics
from onlineready.ui.state import addresses, fields, session, shared
from onlineready.ui.state.drawing import show_chart

READ_WIDTH, SEARCH_WIDTH = 960, 260
"""Pixels of the longest line that is read, and of the field of a search."""


def show_grounds() -> None:
    """Show how many numbers stand on what, and with what the fees were compared."""
    tables = shared.tables()
    figure = session.made_once(
        "grounds", (tables,), lambda: figures.grounds(tables, shared.assumptions())
    )
    with st.container(width=READ_WIDTH):
        show_chart(figure, level=1)
        st.markdown(confidence.explained())
        st.markdown(confidence.fees_compared(tables.fees))
    _show_way_to_change()


def show_assumptions() -> None:
    """Show every assumption with its range, how sure it is and its source."""
    rows, now = shared.assumptions(), session.base()
    st.title(_("前提{count}の幅と出典").format(count=len(rows)), anchor="assumptions")
    _show_listed("assumptions", rows, confidence.own_assumptions(now, rows), confidence.assumptions)


def show_tasks() -> None:
    """Show minutes and yen of every task with their ranges, how sure they are and their source."""
    rows, now = shared.tables().tasks, session.base()
    st.title(_("作業{count}の1回の時間と実費").format(count=len(rows)), anchor="tasks")
    _show_listed("tasks", rows, confidence.own_rates(now, rows), confidence.tasks)


def show_advantages() -> None:
    """Show what is said for filing online: its place in the figures, and what is true of it."""
    listed, result = shared.advantages(), session.cases().result
    st.title(_("オンラインの利点は、数字のどこにあるか"), anchor="advantages")
    st.markdown(
        _(
            "行政書士の記事が挙げる8つと、書類を省ける条件。年の値はオンライン開始から期間の終わりまでの平均です。"
            "重なりがあるので足し合わせません。手数料、準備と維持を含む全体は費用と効果のページに。"
        )
    )
    worth = advantages(result, task_factors(result), listed)
    whole = _show_choice_of_length()
    _show_sourced("advantages", confidence.advantages(listed, worth), whole=whole)


def _show_listed(
    name: str,
    rows: pd.DataFrame,
    own: Sequence[bool],
    in_words: Callable[[Scenario, pd.DataFrame], pd.DataFrame],
) -> None:
    """Show those of the rows that are chosen and searched for."""
    choices = confidence.choices(rows, own)
    with st.container(horizontal=True, vertical_alignment="bottom", key="search"):
        words = fields.show_search(
            _("言葉で探す"), "searched_source", _("例: 往復"), width=SEARCH_WIDTH
        )
        choice = st.pills(
            _("確からしさ"),
            options=list(choices),
            format_func=choices.__getitem__,
            key=f"chosen_{name}",
            wrap=True,
        )
        whole = _show_choice_of_length()
        _show_way_to_change()
    found = confidence.chosen(rows, own, choice, words)
    if found.empty:
        st.markdown(_("見つかりません。別の言葉で探してください。"))
    else:
        _show_sourced(name, in_words(session.base(), found), whole=whole)


def _show_choice_of_length() -> bool:
    return st.toggle(_("出典を全文で"), key="whole_sources")


def _show_sourced(name: str, table: pd.DataFrame, *, whole: bool) -> None:
    """Show a table whose sources stand last, in two lines if not as a whole."""
    with st.container(key=f"sourced_{name}_{'whole' if whole else 'short'}"):
        st.table(table, hide_index=True, border="horizontal")


def _show_way_to_change() -> None:
    """Lead to the list on page 1 in which a reader's own values are set."""
    if st.button(_("「前提の一覧」で自社の値に変える"), key="own_values"):
        topics.choose_list()
        st.switch_page(addresses.PAGES["/"].file, query_params=session.parameters())
