"""What the model says in a meeting: the answer, what it is made of, and how it comes by year."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.model.uncertainty import band
from onlineready.report import figures, findings, tabular, wording
from onlineready.report.figures import Figure
from onlineready.ui.costs import inputs, online, proof
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart

PROVED = ("net_saving_yen", "cash_saving_yen", "hours", "payback_months")
"""The figures of the answer, each with its derivation."""


def show_answer(result: Result) -> None:
    """Say what online filing is worth a year; of who files online already, what it has saved."""
    online_already = session.files_online()
    found = findings.so_far(result, session.workbook().as_of) if online_already else None
    found = found or findings.answer(result)
    with st.container(horizontal=True, key="answer_row"):
        exact = _("{sentence}。").format(sentence=found.detail)
        st.title(found.title, help=exact, anchor="answer")
        _show_metrics(result)
    if findings.no_effect(result):
        st.markdown(exact)
    if online_already:
        online.show_upkeep()


def _show_metrics(result: Result) -> None:
    """Show cash, hours, start and payback, rounded; exactly, and what they mean, in their help."""
    exact = findings.explained(result)
    for key in ("cash_saving_yen", "hours"):
        _show_figure(key, result, exact[key])
    follows = session.base().go_live is None
    st.metric(
        _("オンライン開始"),
        wording.go_live(result.scenario),
        help=_("準備チェックリストの見込みに従う月。") if follows else _("固定した月。"),
        border=True,
    )
    _show_figure("payback_months", result, exact["payback_months"])


def _show_figure(key: str, result: Result, exact: str) -> None:
    row = tabular.FIGURES[key]
    st.metric(_(row.heading), row.about(result.figures[key]), help=exact, border=True)


def show_derivation(result: Result) -> None:
    """Show what the saving a year is made of and how it adds up, each with its finding."""
    with st.container(horizontal=True, vertical_alignment="center", key="derivation_row"):
        inputs.show_fee_switch()
        proof.show_proofs(PROVED, result)
        said = findings.sources(result, shared.tables())
        st.caption("".join(_("{sentence}。").format(sentence=sentence) for sentence in said))
    parts, total = st.columns(2, gap="medium")
    with parts:
        show_chart(_made("waterfall", result, lambda: figures.waterfall(result)))
    with total:
        show_chart(_made("saving", result, lambda: _saving(result)))


def _saving(result: Result) -> Figure:
    tables = shared.tables()
    return figures.saving(result, tables.fees, band(result, tables, shared.assumptions()))


def show_by_year(result: Result) -> None:
    """Show applications and costs of each year, half the page each."""
    fees = shared.tables().fees
    volume, cost = st.columns(2, gap="medium")
    with volume:
        show_chart(_made("volume", result, lambda: figures.volume(result, fees)))
    with cost:
        show_chart(_made("cost", result, lambda: figures.cost(result, fees)))


def show_notices(result: Result) -> None:
    """Tell what is legal in the plan but odd."""
    if result.notices:
        st.caption("  \n".join(f"ℹ️ {notice.text()}" for notice in result.notices))


def _made(name: str, result: Result, make: Callable[[], Figure]) -> Figure:
    """Return a figure of this session's page, made once for each result."""
    return session.made_once(name, (result,), make)
