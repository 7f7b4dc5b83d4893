"""What the model says in a meeting: the answer, four figures, three charts, the fees."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import findings, tabular
from onlineready.report.figures import Figure, all_figures
from onlineready.ui.costs import proof
from onlineready.ui.state import session, shell
from onlineready.ui.state.drawing import show_chart


def show_answer(result: Result, elsewise: Result) -> None:
    """Say what online filing is worth a year, and what under other fees."""
    found = findings.answer(result)
    said = [found.detail]
    if not findings.no_effect(result):
        said.append(findings.under_other_fees(elsewise))
    st.header(found.title, anchor="answer")
    st.markdown("".join(_("{sentence}。").format(sentence=sentence) for sentence in said))


def show_delay(result: Result, delayed: Result) -> None:
    """Say what a month of delay costs: the whole horizon a month later."""
    st.markdown(findings.a_month_later(result, delayed))


def show_sources(result: Result) -> None:
    """Say in one line what stands on reports or assumptions."""
    said = findings.sources(result, shell.tables())
    st.caption("".join(_("{sentence}。").format(sentence=sentence) for sentence in said))


def show_figures(result: Result) -> None:
    """Show the four figures of the business case, each with its derivation a click away."""
    explained = findings.explained(result)
    for place, (key, words) in zip(st.columns(4), explained.items(), strict=True):
        row, value = tabular.FIGURES[key], result.figures[key]
        with place:
            st.metric(_(row.heading), row.written(value), help=words, border=True)
            proof.show_proof(key, result)


def show_notices(result: Result) -> None:
    """Tell what is legal in the plan but odd."""
    for notice in result.notices:
        st.info(notice.text(), icon="ℹ️")


def show_three_charts(result: Result) -> None:
    """Show volume, cost and cumulative saving side by side, each with its finding and its table."""
    for column, figure in zip(st.columns(3, gap="medium"), _drawn(result)[1:4], strict=True):
        with column:
            show_chart(figure)


def _drawn(result: Result) -> tuple[Figure, ...]:
    """Return the figures of this session's page, drawn once for each result."""
    return session.made_once(
        "figures", (result,), lambda: all_figures(result, shell.tables(), shell.assumptions())
    )


def show_fees() -> None:
    """Show the fees before and after the newest change side by side, with confidence."""
    fees = shell.tables().fees
    found = findings.fee_change(fees)
    st.markdown(f"### {found.title}")
    st.caption(found.measure)
    st.table(session.made_once("fee_table", (fees,), lambda: tabular.fee_change(fees)))
