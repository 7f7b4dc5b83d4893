"""How sure the business case is: as an investment, one assumption at a time, and all at once."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import LABELS, Side
from onlineready.language import translate as _
from onlineready.model.comparison import DISCOUNT_RATES, BreakEven, npv_by_rate, returns
from onlineready.model.result import Result
from onlineready.model.uncertainty import (
    SEED,
    Simulation,
    break_even_line,
    histogram,
    monte_carlo,
    switching_values,
    tornado,
)
from onlineready.report import charts, findings, wording
from onlineready.ui.costs import answer, proof
from onlineready.ui.state import session, shell

MOST_BARS = 12
"""Assumptions that the tornado draws; the table and the download have all of them."""

RATE = "topic_discount_rate"


class Answers(NamedTuple):
    """What is worked out once for a plan and scenario, as it takes longer than the page.

    Attributes:
        ends: as `uncertainty.tornado` returns it.
        switches: as `uncertainty.switching_values` returns it.
        chance: as `uncertainty.monte_carlo` returns it.
    """

    ends: pd.DataFrame
    switches: pd.DataFrame
    chance: Simulation


def shown(result: Result) -> None:
    """Show how far the business case can be wrong, and what has to be true for it to pay."""
    if not result.starts:
        st.markdown(f"#### {findings.no_effect(result)}")
        return
    _investment(result)
    found = _answers(result)
    one, all_at_once = st.columns([3, 2], gap="large")
    with one:
        _tornado(result, found.ends)
    with all_at_once:
        _switches(result, found)
        _break_even(result)
    _chance(found.chance)


def _answers(result: Result) -> Answers:
    """Return what holds for this plan and scenario, kept in the session until either changes."""
    plan = session.workbook().plan
    kept = st.session_state.get("uncertainty")
    if kept is not None and kept[0] is plan and kept[1] == result.scenario:
        answers: Answers = kept[2]
        return answers
    tables, assumptions = shell.tables(), shell.assumptions()
    ends = tornado(plan, result, tables, assumptions)
    answers = Answers(
        ends,
        switching_values(plan, result, tables, ends),
        monte_carlo(result, tables, assumptions),
    )
    st.session_state["uncertainty"] = (plan, result.scenario, answers)
    return answers


# As an investment


def _investment(result: Result) -> None:
    """Show NPV, benefit/cost ratio, ROI and IRR, the discount rate a click away."""
    _rates(result)
    found = returns(result.series, result.scenario)
    npv, ratio, roi, irr = st.columns(4)
    with npv:
        st.metric(
            _("正味現在価値(NPV)"),
            wording.yen(result.worth.npv_yen),
            help=_("期間中の差引きの効果を、先のものほど割り引いて合計した額。"),
            border=True,
        )
        proof.opened("npv", result)
    ratio.metric(
        _("費用の何倍の効果か"),
        _times(found.benefit_cost_ratio),
        help=_("効果 ÷ 準備と維持の費用(どちらも割引後)。1倍を超えれば得。"),
        border=True,
    )
    roi.metric(
        _("投資利益率(ROI)"),
        _rate_of_return(found.roi),
        help=_("(効果 − 準備と維持の費用)÷ 準備と維持の費用(どちらも割引後)。"),
        border=True,
    )
    irr.metric(
        _("内部収益率(IRR、年)"),
        _rate_of_return(found.irr),
        help=_(
            "正味現在価値がちょうど0円になる割引率。開始時の準備費用と、開始から1年ごとの効果"
            "(年末、1年に満たない残りは最後の年に含む)から求め、損得が一度だけ入れ替わるときに"
            "出します。準備費用が小さいと非常に大きくなるため、金額と合わせて見てください。"
        ),
        border=True,
    )
    others = npv_by_rate(result.series)
    st.caption(
        _("割引率ごとの正味現在価値: {values}").format(
            values="、".join(
                _("{rate}なら{npv}").format(
                    rate=wording.percent(float(str(rate))), npv=wording.yen(yen)
                )
                for rate, yen in others.items()
            )
        )
    )


def _rates(result: Result) -> None:
    now = result.scenario.discount_rate
    st.session_state[RATE] = now
    st.segmented_control(
        _("割引率(年)"),
        options=sorted({*DISCOUNT_RATES, now}),
        format_func=wording.percent,
        key=RATE,
        required=True,
        help=_("1年先の1円を、いまの何円と見るか。大きいほど先の効果を小さく見ます。"),
        on_change=_store_rate,
    )


def _store_rate() -> None:
    session.change("discount_rate", st.session_state[RATE])


def _times(ratio: float | None) -> str:
    return _("なし(費用が0円)") if ratio is None else _("{ratio:,.1f}倍").format(ratio=ratio)


def _rate_of_return(rate: float | None) -> str:
    return _("求められません") if rate is None else f"{rate:,.0%}"


# One assumption at a time


def _tornado(result: Result, ends: pd.DataFrame) -> None:
    """Show which assumption moves the NPV most, the values at both ends printed."""
    moving = ends[ends["swing"].gt(0)]
    npv = result.worth.npv_yen
    if moving.empty:
        st.markdown(
            "#### " + _("どの前提を動かしても、正味現在価値は{npv}").format(npv=wording.yen(npv))
        )
        return
    widest, shown_rows = moving.iloc[0], moving.head(MOST_BARS)
    low, high = _("前提が低いとき"), _("前提が高いとき")
    parts = [
        pd.DataFrame(
            {
                "assumption": [name(key) for key in shown_rows["key"]],
                "end": word,
                "base_yen": npv,
                "npv_yen": shown_rows[f"npv_{end}"],
                "left": shown_rows[f"npv_{end}"].lt(shown_rows[f"npv_{other}"]),
                "label": [
                    f"{_value(key, value)}: {wording.yen(yen)}"
                    for key, value, yen in zip(
                        shown_rows["key"], shown_rows[end], shown_rows[f"npv_{end}"], strict=True
                    )
                ],
            }
        )
        for end, other, word in (("low", "high", low), ("high", "low", high))
    ]
    table = pd.DataFrame(
        {
            _("低い値"): [_value(*pair) for pair in zip(ends["key"], ends["low"], strict=True)],
            _("今の値"): [_value(*pair) for pair in zip(ends["key"], ends["base"], strict=True)],
            _("高い値"): [_value(*pair) for pair in zip(ends["key"], ends["high"], strict=True)],
            _("低いときの正味現在価値(円)"): ends["npv_low"].to_numpy(),
            _("高いときの正味現在価値(円)"): ends["npv_high"].to_numpy(),
            _("振れ幅(円)"): ends["swing"].to_numpy(),
        },
        index=pd.Index([name(key) for key in ends["key"]], name=_("前提")),
    )
    answer.shown(
        _("最も効くのは「{name}」: {low}で{at_low}、{high}で{at_high}").format(
            name=name(widest["key"]),
            low=_value(widest["key"], widest["low"]),
            high=_value(widest["key"], widest["high"]),
            at_low=wording.yen(widest["npv_low"]),
            at_high=wording.yen(widest["npv_high"]),
        ),
        _(
            "前提を一つだけ低い値・高い値にしたときの正味現在価値(円)。縦線は今の{npv}。"
            "動かないものを除く上位{count}(表にはすべて)"
        ).format(npv=wording.yen(npv), count=len(shown_rows)),
        charts.tornado(
            pd.concat(parts, ignore_index=True), pd.DataFrame({"npv_yen": [npv]}), [low, high]
        ),
        table,
        dict.fromkeys(table.columns[3:], "{:,.0f}"),
        "tornado",
    )


def _switches(result: Result, found: Answers) -> None:
    """Say at which value of an assumption the answer turns, or that none turns it."""
    pays = result.worth.npv_yen > 0
    st.markdown("#### " + _("何がどこまで変わると、答えが変わるか"))
    turning = found.switches[found.switches["switching_value"].notna()]
    if turning.empty:
        st.markdown(
            _("どの前提も、一つだけを幅の中で動かすかぎり、答えは変わりません(元が取れる)。")
            if pays
            else _("どの前提も、一つだけを幅の中で動かすかぎり、答えは変わりません(元が取れない)。")
        )
        return
    lines = [
        _switch(row["key"], row["switching_value"], Side(row["pays"]), row["base"], pays=pays)
        for row in turning.to_dict("records")
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(
        _(
            "ほかの前提は今のまま。正味現在価値がちょうど0円になる値です"
            "(人数や件数のような整数は、答えが変わる最初の値)。"
        )
    )


def _switch(key: str, value: float, side: Side, base: float, *, pays: bool) -> str:
    """Say in a sentence on which side of its switching value an assumption pays."""
    turns = side if not pays else Side.BELOW if side is Side.ABOVE else Side.ABOVE
    # A whole number has turned the answer at its switching value already, another only beyond it.
    whole = isinstance(getattr(session.base(), key, None), int)
    if whole:
        at_least = _("{name}が{value}以上だと、{outcome}(今は{base})")
        less = _("{name}が{value}未満だと、{outcome}(今は{base})")
        sentence = at_least if turns is Side.ABOVE else less
    else:
        sentence = _("{name}が{value}を{side}と、{outcome}(今は{base})")
    return sentence.format(
        side=_(LABELS[turns]),
        name=name(key),
        value=_value(key, value, digits=0 if whole else 1),
        outcome=_("元が取れない") if pays else _("元が取れる"),
        base=_value(key, base),
    )


def name(key: str) -> str:
    """Return what an assumption is called: a key of a scenario, or minutes or yen of a task."""
    if not key.startswith("tasks."):
        return str(shell.assumptions().at[key, "label_ja"])
    task, _dot, amount = key.removeprefix("tasks.").rpartition(".")
    label = shell.tables().tasks.set_index("id").at[task, "label_ja"]
    words = _("{task}(1回の分)") if amount == "minutes" else _("{task}(1回の円)")
    return words.format(task=label)


def _value(key: str, value: float, digits: int | None = None) -> str:
    if not key.startswith("tasks."):
        unit = str(shell.assumptions().at[key, "unit"])
    else:
        unit = _("分") if key.endswith(".minutes") else _("円")
    return wording.quantity(value, unit, digits)


# Volume


def _break_even(result: Result) -> None:
    """Show the NPV over the yearly volume, the plan and the break-even marked."""
    curve = result.break_even
    if not curve.applications:
        st.markdown("#### " + _("オンライン開始のあとに申請がなく、損益分岐はありません"))
        return
    least = curve.applications_per_year
    points = _points(curve, result)
    table = pd.concat([break_even_line(curve), points[["applications_per_year", "npv_yen"]]])
    table = table.sort_values("applications_per_year").rename(
        columns={"applications_per_year": _("年間の申請(件)"), "npv_yen": _("正味現在価値(円)")}
    )
    planned = _("{number:,.1f}件").format(number=curve.plan_applications_per_year)
    answer.shown(
        _("申請1件あたりの得がなく、件数が増えても元は取れません(計画は年{planned})").format(
            planned=planned
        )
        if least is None
        else _("年{least:,.1f}件から元が取れます。計画は年{planned}").format(
            least=least, planned=planned
        ),
        _(
            "年間の申請件数(横、件)と正味現在価値(縦、円)。"
            "正味現在価値 = 1件の効果{unit} × {years:,.2f}年 × 件数 − 準備と維持{fixed}(割引後)"
        ).format(
            unit=wording.yen(curve.unit_yen),
            years=curve.years,
            fixed=wording.yen(curve.fixed_yen),
        ),
        charts.break_even(break_even_line(curve), points),
        table.set_index(table.columns[0]),
        "{:,.0f}",
        "break_even",
    )


def _points(curve: BreakEven, result: Result) -> pd.DataFrame:
    rows = [
        (
            curve.plan_applications_per_year,
            result.worth.npv_yen,
            _("計画 {npv}").format(npv=wording.yen(result.worth.npv_yen)),
            True,
        )
    ]
    if curve.applications_per_year is not None:
        label = _("損益分岐 年{number:,.1f}件").format(number=curve.applications_per_year)
        rows.append((curve.applications_per_year, 0.0, label, False))
    return pd.DataFrame(rows, columns=["applications_per_year", "npv_yen", "label", "plan"])


# All at once


def _chance(chance: Simulation) -> None:
    """Show how the NPV spreads when everything uncertain is drawn at once."""
    pays, fails = _("元が取れる"), _("元が取れない")
    bars = histogram(chance.npv_yen)
    bars = bars.assign(sign=bars["from_yen"].ge(0).map({True: pays, False: fails}))
    marks = pd.DataFrame(
        [
            (chance.p10_yen, _("悪い方から10%(P10) {npv}").format(npv=wording.yen(chance.p10_yen))),
            (chance.p50_yen, _("真ん中(P50) {npv}").format(npv=wording.yen(chance.p50_yen))),
            (chance.p90_yen, _("良い方から10%(P90) {npv}").format(npv=wording.yen(chance.p90_yen))),
        ],
        columns=["npv_yen", "label"],
    )
    table = bars[["to_yen", "draws"]].set_axis([_("未満(円)"), _("回数(回)")], axis="columns")
    answer.shown(
        _("元が取れる確率は{probability}。10回に8回は{p10}から{p90}の間").format(
            probability=wording.probability(chance.probability_positive),
            p10=wording.gain(chance.p10_yen),
            p90=wording.gain(chance.p90_yen),
        ),
        _(
            "正味現在価値(横、円)ごとの回数(縦、回)。作業の分と円、時給、空いた時間の活用を"
            "幅の中で{draws:,}回ひき直した結果(乱数の種 {seed}、いつも同じ結果)"
        ).format(draws=len(chance.npv_yen), seed=SEED),
        charts.simulation(bars, marks, [pays, fails]),
        table.set_index(pd.Index(bars["from_yen"], name=_("以上(円)"))),
        "{:,.0f}",
        "simulation",
    )
    st.caption(
        _(
            "前提どうしの連動(相関)は入っていません。たとえば、待ち時間が長い官署では移動も長い、と"
            "いった関係があれば、実際の幅はこれより広くなります。"
            "手数料の負担・件数・離職は判断や計画なので、ひき直していません。"
        )
    )
