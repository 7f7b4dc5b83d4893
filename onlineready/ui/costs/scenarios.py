"""Scenarios on the page: added, named and removed, and compared with the base."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import LABELS, Preset
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.alternatives import LONGEST_NAME, based_on, differences, preset, titles
from onlineready.model.result import Result, evaluate, side_by_side
from onlineready.report import plan_figures, wording
from onlineready.ui.costs import answer, inputs
from onlineready.ui.state import session, shell
from onlineready.workbook import MAX_SCENARIOS


class Figure(NamedTuple):
    """How a figure of a business case is called and written, and a difference of it."""

    label: str
    written: Callable[[float], str]
    signed: Callable[[float], str]


FIGURES = {
    "net_saving_yen": Figure(mark("差引きの効果(年)"), wording.yen, wording.signed_yen),
    "cash_saving_yen": Figure(mark("うち現金の節約(年)"), wording.yen, wording.signed_yen),
    "time_value_yen": Figure(mark("うち時間の価値(年)"), wording.yen, wording.signed_yen),
    "hours": Figure(mark("減る時間(年)"), wording.hours, wording.signed_hours),
    "payback_months": Figure(
        mark("回収まで"), lambda months: wording.payback(int(months)), wording.signed_months
    ),
    "total_yen": Figure(mark("差引きの効果(全期間)"), wording.yen, wording.signed_yen),
    "npv_yen": Figure(mark("現在価値(割引後・全期間)"), wording.yen, wording.signed_yen),
}

_OTHER_LABELS = {
    "start_month": mark("計算の開始月"),
    "go_live": mark("オンライン申請の開始月"),
    "fee_basis": mark("手数料の表"),
}
"""Keys of a scenario that have no range in the table of assumptions."""

_UNITS = {"minutes": mark("分"), "yen": mark("円")}


def compared(result: Result) -> None:
    """Show the scenarios side by side, and what can be done with them.

    Args:
        result: the business case of the base scenario.
    """
    scenarios = session.workbook().scenarios
    names = titles(scenarios)
    if len(scenarios) > 1:
        cases = [result, *map(_evaluated, scenarios[1:])]
        chart, table = st.columns(2, gap="medium")
        with chart:
            _chart(cases, names)
        with table:
            st.markdown(
                "#### " + _("数字と、基準「{name}」との差").format(name=wording.plain(names[0]))
            )
            st.table(figures_table(cases, names))
        _differences(scenarios, names)
    _manage(scenarios, names)


def figures_table(cases: Sequence[Result], names: Sequence[str]) -> pd.DataFrame:
    """Return the figures of business cases as text, a column for each and one for each difference.

    Differences are to the first; where there is no payback there is a dash.
    """
    figures = side_by_side(cases).set_index(["figure", "number"])
    columns: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        columns[wording.plain(name)] = [
            _written(figure, figure.written, figures.at[(key, number), "value"])
            for key, figure in FIGURES.items()
        ]
        if number:
            columns[_("{name}の差").format(name=wording.plain(name))] = [
                _written(figure, figure.signed, figures.at[(key, number), "difference"])
                for key, figure in FIGURES.items()
            ]
    return pd.DataFrame(
        columns, index=pd.Index([_(figure.label) for figure in FIGURES.values()], name=_("数字"))
    )


def _written(figure: Figure, write: Callable[[float], str], value: Any) -> str:
    if not pd.isna(value):
        return write(float(value))
    return wording.payback(None) if write is figure.written else "—"


def _evaluated(scenario: Scenario) -> Result:
    plan = session.workbook().plan
    return evaluate(plan, scenario.going_live(session.forecast().go_live), shell.tables())


def _chart(cases: Sequence[Result], names: Sequence[str]) -> None:
    figures = side_by_side(cases).pivot(index="number", columns="figure", values="value")
    figures = figures.set_axis(pd.Index(list(names), name=_("シナリオ")))
    columns = {
        "cash_saving_yen": _("現金の節約"),
        "time_value_yen": _("時間の価値"),
        "net_saving_yen": _("差引き"),
    }
    net = figures["net_saving_yen"]
    answer.shown(
        _("差引きの効果は「{worst}」で{low}、「{best}」で{high}").format(
            worst=net.idxmin(),
            low=wording.gain_a_year(net.min()),
            best=net.idxmax(),
            high=wording.gain_a_year(net.max()),
        ),
        _("シナリオ別の差引きの効果(円・1年あたり)。黒い線が差引き。時間の価値は現金ではない"),
        plan_figures.savings_chart(figures),
        figures[list(columns)].rename(columns=columns),
        "{:,.0f}",
        "scenarios",
    )


def _differences(scenarios: Sequence[Scenario], names: Sequence[str]) -> None:
    """Show the assumptions that are not the same in all scenarios, rates of tasks folded away."""
    found = differences(scenarios)
    plain, rates = (
        {place: row for place, row in found.items() if (len(place) > 1) is rate}
        for rate in (False, True)
    )
    st.markdown("#### " + _("違う前提だけ"))
    if not found:
        st.caption(_("前提はすべて同じです。"))
    if plain:
        st.table(_differences_table(plain, names))
    if rates:
        with st.expander(
            _("作業と事業所の時間・実費の違い({count}行)").format(count=len(rates)), key="rates"
        ):
            st.table(_differences_table(rates, names))


def _differences_table(
    rows: dict[tuple[str, ...], list[Any]], names: Sequence[str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _place(place): [_value(place, value) for value in values]
            for place, values in rows.items()
        },
        index=[wording.plain(name) for name in names],
    ).T.rename_axis(_("前提"))


def _place(place: tuple[str, ...]) -> str:
    """Return where a value of a scenario stands in the reader's words, with its unit."""
    *above, key = place
    if not above:
        if key in _OTHER_LABELS:
            return _(_OTHER_LABELS[key])
        return inputs.label(key)
    tasks = shell.tables().tasks.set_index("id")["label_ja"]
    words = [wording.plain(site) for site in above[1:-1]] + [str(tasks[above[-1]])]
    return _("{place}({unit})").format(place="・".join(words), unit=_(_UNITS[key]))


def _value(place: tuple[str, ...], value: Any) -> str:
    key = place[-1]
    if value is None:
        return _("準備の見込みに従う") if key == "go_live" else _("標準の値")
    if key == "fee_basis":
        return inputs.fee_basis_label(value)
    if key in ("start_month", "go_live"):
        return wording.month(pd.Period(value, freq="M"))
    if inputs.is_share(key):
        return wording.percent(value)
    return f"{value:,.10g}"


def _manage(scenarios: Sequence[Scenario], names: Sequence[str]) -> None:
    st.markdown("#### " + _("シナリオを加える・直す"))
    st.caption(
        _(
            "シナリオは基準を含めて{most}個まで。左と「詳細な前提」で変わるのは基準だけです。"
            "ほかのシナリオの前提を直すには、先に「基準にする」を押してください。"
            "保守と積極は、基準の手数料の会社負担・空いた時間を活用できる割合・作業の分だけを、"
            "幅の両端に替えたものです(標準は初期値)。"
        ).format(most=MAX_SCENARIOS)
    )
    full = len(scenarios) >= MAX_SCENARIOS
    with st.container(horizontal=True):
        for kind in Preset:
            st.button(
                _("「{name}」を加える").format(name=_(LABELS[kind])),
                key=f"add_{kind}",
                disabled=full,
                on_click=_add_preset,
                args=(kind,),
            )
        session.show_undo("scenarios")
    for number, name in enumerate(names):
        _row(number, name, full=full)


def _row(number: int, name: str, *, full: bool) -> None:
    """Show what can be done with one scenario."""
    text, buttons = st.columns([2, 3], vertical_alignment="bottom")
    key = f"scenario_name_{number}"
    st.session_state[key] = session.workbook().scenarios[number].name
    text.text_input(
        _("基準の名前") if number == 0 else _("シナリオ{number}の名前").format(number=number),
        max_chars=LONGEST_NAME,
        key=key,
        on_change=_rename,
        args=(number, key),
    )
    with buttons.container(horizontal=True):
        st.button(
            _("基準(このページの数字)") if number == 0 else _("基準にする"),
            key=f"base_scenario_{number}",
            disabled=number == 0,
            on_click=_make_base,
            args=(number,),
        )
        st.button(
            _("写しを作る"),
            key=f"copy_scenario_{number}",
            help=_("「{name}」と同じ前提のシナリオを加えます。").format(name=wording.plain(name)),
            disabled=full,
            on_click=_copy,
            args=(number,),
        )
        if number:
            st.button(
                _("削除"),
                key=f"delete_scenario_{number}",
                on_click=session.remove_scenario,
                args=(number,),
            )


def _add_preset(kind: Preset) -> None:
    session.add_scenario(preset(kind, session.base(), shell.tables().tasks))


def _rename(number: int, key: str) -> None:
    session.rename(number, str(st.session_state[key]))


def _copy(number: int) -> None:
    session.add_scenario(session.workbook().scenarios[number])


def _make_base(number: int) -> None:
    session.put_scenarios(based_on(session.workbook().scenarios, number))
