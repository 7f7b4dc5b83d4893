"""Scenarios on the page: added, named and removed, and compared with the base."""

from collections.abc import Sequence

import streamlit as st

from onlineready.domain.scenario import LONGEST_NAME, Scenario
from onlineready.domain.vocabulary import LABELS, Preset
from onlineready.language import translate as _
from onlineready.model.alternatives import (
    based_on,
    differences,
    preset,
    titles,
    without,
)
from onlineready.model.result import Result, evaluate
from onlineready.report import figures, tabular, wording
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart
from onlineready.workbook import MAX_SCENARIOS


def show_scenarios(result: Result) -> None:
    """Show the scenarios beside the base's business case, and what can be done with them."""
    scenarios = session.workbook().scenarios
    names = titles(scenarios)
    if len(scenarios) > 1:
        cases = [result, *map(_evaluated, scenarios[1:])]
        chart, table = st.columns(2, gap="medium")
        with chart:
            show_chart(figures.scenarios(cases, names))
        with table:
            st.markdown(
                "## " + _("数字と、基準「{name}」との差").format(name=wording.plain(names[0]))
            )
            st.table(tabular.figures(cases, names))
        _show_differences(scenarios, names)
    _show_list(scenarios, names)


def _evaluated(scenario: Scenario) -> Result:
    plan = session.workbook().plan
    return evaluate(plan, scenario.going_live(session.forecast().go_live), shared.tables())


def _show_differences(scenarios: Sequence[Scenario], names: Sequence[str]) -> None:
    """Show the assumptions that are not the same in all scenarios, rates of tasks folded away."""
    found = differences(scenarios)
    plain, rates = (
        {place: row for place, row in found.items() if (len(place) > 1) is rate}
        for rate in (False, True)
    )
    assumed = shared.assumed()
    st.markdown("## " + _("違う前提だけ"))
    if not found:
        st.caption(_("前提はすべて同じです。"))
    if plain:
        st.table(assumed.side_by_side(plain, names))
    if rates:
        label = _("作業と事業所の時間・実費の違い({count}行)").format(count=len(rates))
        box = st.expander(label, key="rates", on_change="rerun")
        if box.open:
            box.table(assumed.side_by_side(rates, names))


def _show_list(scenarios: Sequence[Scenario], names: Sequence[str]) -> None:
    st.markdown("## " + _("シナリオを加える・直す"))
    st.caption(
        _(
            "シナリオは基準を含めて{most}個まで。ページの入力と「前提の一覧」で変わるのは基準だけです。"
            "ほかのシナリオの前提を直すには、先に「基準にする」を押してください。"
            "保守と積極は、基準の手数料の会社負担・削減時間のうち他の業務に使える割合・作業の分だけを、"
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
                on_click=session.add_scenario,
                args=(preset(kind, scenarios[0], shared.tables().tasks),),
            )
        session.show_undo("scenarios")
    for number, name in enumerate(names):
        _show_scenario(number, name, full=full)


def _show_scenario(number: int, name: str, *, full: bool) -> None:
    """Show what can be done with one scenario."""
    scenarios = session.workbook().scenarios
    text, buttons = st.columns([2, 3], vertical_alignment="bottom")
    text.text_input(
        _("基準の名前") if number == 0 else _("シナリオ{number}の名前").format(number=number),
        max_chars=LONGEST_NAME,
        **session.view(f"scenario_name_{number}", scenarios[number].name, session.rename, number),
    )
    with buttons.container(horizontal=True):
        st.button(
            _("基準(このページの数字)") if number == 0 else _("基準にする"),
            key=f"base_scenario_{number}",
            disabled=number == 0,
            on_click=session.put_scenarios,
            args=(based_on(scenarios, number),),
        )
        st.button(
            _("写しを作る"),
            key=f"copy_scenario_{number}",
            help=_("「{name}」と同じ前提のシナリオを加えます。").format(name=wording.plain(name)),
            disabled=full,
            on_click=session.add_scenario,
            args=(scenarios[number],),
        )
        if number:
            st.button(
                _("削除"),
                key=f"delete_scenario_{number}",
                on_click=session.put_scenarios,
                args=(without(scenarios, number),),
            )
