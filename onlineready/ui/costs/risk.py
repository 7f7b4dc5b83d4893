"""How far the result can be wrong: all at once, one assumption at a time, as an investment."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from onlineready.language import translate as _
from onlineready.model.comparison import DISCOUNT_RATES, returns
from onlineready.model.result import Result
from onlineready.model.uncertainty import (
    Simulation,
    monte_carlo,
    switching_values,
    tornado,
)
from onlineready.report import figures, findings, wording
from onlineready.ui.costs import proof
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart

RATE = "topic_discount_rate"


def show_risk(result: Result) -> None:
    """Show how far the business case can be wrong, and what has to be true for it to pay."""
    if not result.starts:
        st.markdown(f"## {findings.no_effect(result)}")
        return
    ends, switches, simulation = session.made_once(
        "uncertainty",
        (session.workbook().plan, result.scenario),
        lambda: _worked_out(session.workbook().plan, result),
    )
    assumed = shared.assumed()
    all_at_once, one_by_one = st.columns(2, gap="medium")
    with all_at_once:
        show_chart(figures.chance(simulation))
        st.caption(
            _(
                "前提どうしの連動(相関)は入っていません。たとえば、待ち時間が長い官署では移動も長い、"
                "といった関係があれば、実際の幅はこれより広くなります。"
                "手数料の負担・件数・離職は判断や計画なので、ひき直していません。"
            )
        )
        if result.break_even.applications:
            show_chart(figures.break_even(result))
        else:
            st.markdown(f"## {findings.break_even(result).title}")
    with one_by_one:
        if ends["swing"].gt(0).any():
            show_chart(figures.tornado(result, ends, assumed))
        else:
            st.markdown(f"## {findings.tornado(result, ends, assumed).title}")
        _show_switches(result, findings.switches(result, switches, assumed))
    box = st.expander(_("投資の指標(NPV・IRR・ROI)"), key="investment", on_change="rerun")
    if box.open:
        with box:
            _show_investment(result)


def _worked_out(
    plan: pd.DataFrame, result: Result
) -> tuple[pd.DataFrame, pd.DataFrame, Simulation]:
    """Return what takes longer than the page: both ends of assumptions, switches, the draws."""
    tables, assumptions = shared.tables(), shared.assumptions()
    ends = tornado(plan, result, tables, assumptions)
    switches = switching_values(plan, result, tables, ends)
    return ends, switches, monte_carlo(result, tables, assumptions)


# As an investment


def _show_investment(result: Result) -> None:
    """Show the NPV, the discount rate beside it, and ratios where they say something."""
    _show_rates(result)
    npv, *others = st.columns(4)
    with npv:
        st.metric(
            _("正味現在価値(NPV)"),
            wording.yen(result.worth.npv_yen),
            help=_("期間中の差引きの効果を、先のものほど割り引いて合計した額。"),
            border=True,
        )
        proof.show_proofs(["npv_yen"], result)
    if why := findings.no_ratios(result):
        st.caption(_("{sentence}。").format(sentence=why))
    else:
        _show_ratios(result, others)
    st.caption(findings.net_present_values(result))


def _show_ratios(result: Result, places: Sequence[DeltaGenerator]) -> None:
    found = returns(result.series, result.scenario)
    ratios = (
        (
            _("費用の何倍の効果か"),
            wording.times(found.benefit_cost_ratio),
            _("効果 ÷ 準備と維持の費用(どちらも割引後)。1倍を超えればプラス。"),
        ),
        (
            _("投資利益率(ROI)"),
            wording.rate_of_return(found.roi),
            _("(効果 − 準備と維持の費用)÷ 準備と維持の費用(どちらも割引後)。"),
        ),
        (
            _("内部収益率(IRR、年)"),
            wording.rate_of_return(found.irr),
            _(
                "正味現在価値がちょうど0円になる割引率。開始時の準備費用と、開始から1年ごとの効果"
                "(年末、1年に満たない残りは最後の年に含む)から求め、プラスとマイナスが一度だけ"
                "入れ替わるときに出します。"
            ),
        ),
    )
    for column, (label, value, explained) in zip(places, ratios, strict=True):
        column.metric(label, value, help=explained, border=True)


def _show_rates(result: Result) -> None:
    now = result.scenario.discount_rate
    st.segmented_control(
        _("割引率(年)"),
        options=sorted({*DISCOUNT_RATES, now}),
        format_func=wording.percent,
        required=True,
        help=_("1年先の1円を、いまの何円と見るか。大きいほど先の効果を小さく見ます。"),
        **session.view(RATE, now, lambda rate: session.change(discount_rate=rate)),
    )


# One assumption at a time


def _show_switches(result: Result, lines: Sequence[str]) -> None:
    """Say at which value of an assumption the answer turns, or that none turns it."""
    st.markdown("## " + _("何がどこまで変わると、答えが変わるか"))
    if not lines:
        st.markdown(findings.no_switch(result))
        return
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(
        _(
            "ほかの前提は今のまま。正味現在価値がちょうど0円になる値です"
            "(人数や件数のような整数は、答えが変わる最初の値)。"
        )
    )
