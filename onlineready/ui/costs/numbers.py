"""The line of inputs: one's own plan in a few numbers, and what they mean.

The plan in the workbook is the one truth: the inputs are read back from it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from onlineready.domain.scenario import bounds
from onlineready.domain.tables import MAX_HEADCOUNT
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model import outline, travel
from onlineready.model.outline import Said
from onlineready.report import figures, findings, wording
from onlineready.report.figures import Figure
from onlineready.ui.costs import inputs, panels, upload
from onlineready.ui.state import fields, session
from onlineready.ui.state.drawing import show_picture

MOST_SITES = 200
LIMITS: Mapping[str, tuple[float, float]] = {
    "headcount": (0, MAX_HEADCOUNT),
    "sites": (1, MOST_SITES),
    "hires_per_year": (0, MAX_HEADCOUNT),
    "years": (1, int(bounds("years")[1])),
    "target": (0, MAX_HEADCOUNT),
    "travel": (0, bounds("minutes")[1] / 2),
}
"""The least and the most of each number that is typed."""

HELD, HIRING, GROWING = mark("人数を保つ"), mark("毎年◯人採用する"), mark("◯年後に◯人にする")

NARROW, WIDE, WIDEST, PICTURE = 104, 164, 190, 230
"""Pixels of a number, of one with a longer name, of the choice of what is to come, and of the
picture of the head count: all of them stand abreast in 1,256."""


def show_numbers() -> None:
    """Show the inputs that nobody has to look up, and the head count that follows."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="numbers"):
        said = _said()
        if said is None:
            _show_plan()
        else:
            _show_said(said)
        _show_travel()
        inputs.show_wage()
        stock, _meant = _head_count()
        with st.container(width=PICTURE):
            show_picture(stock)


def show_meaning() -> None:
    """Say whose numbers they are and what they mean; offer what else can be said."""
    with st.container(horizontal=True, vertical_alignment="center", key="meaning"):
        now = session.state()
        if session.is_sample():
            explained = _("数字を一つ変えると、自社の試算になります。")
            st.badge(_("サンプル"), color="gray", help=explained)
        elif _said() is not None:
            st.markdown(f"**{wording.plain(now.plan_name)}**", width="content")
        _stock, meant = _head_count()
        st.caption(_("{sentence}。").format(sentence=meant))
        if session.history().earlier:
            session.show_undo("numbers")
        panels.show_choice()


def _said() -> Said | None:
    """Return the numbers that say the plan, where they fit into the inputs."""
    said = session.state().said
    numbers = said._asdict().items() if said else ()
    fits = all(number is None or _fits(key, number) for key, number in numbers)
    return said if fits else None


def _fits(key: str, number: float) -> bool:
    low, high = LIMITS[key]
    return low <= number <= high


def _head_count() -> tuple[Figure, str]:
    """Return the picture of the head count that follows, and what the choice means."""
    plan, scenario = session.workbook().plan, session.scenario()
    return session.made_once(
        "head_count",
        (plan, scenario.unpriced),
        lambda: (figures.stock(plan, scenario), findings.plan_meant(plan, scenario)),
    )


def _show_plan() -> None:
    """Show in place of the numbers a plan that they cannot say, and the way back to them."""
    now = session.state()
    with st.container(width="stretch"):
        st.markdown(
            _("**{name}** {what}").format(
                name=wording.plain(now.plan_name), what=wording.plan_summary(now.workbook.plan)
            )
        )
        st.button(
            _("人数の入力に戻す"),
            key="back_to_numbers",
            on_click=session.sum_up,
            help=_("計画を、今の人数と事業所の数に置き換えます。「元に戻す」で戻せます。"),
        )


def _show_said(said: Said) -> None:
    _show_number(_("今の人数(人)"), "headcount", said.headcount)
    _show_number(_("事業所の数"), "sites", said.sites)
    chosen = _intent(said)
    st.selectbox(
        _("これから"),
        options=[HELD, HIRING, GROWING],
        format_func=_,
        width=WIDEST,
        **session.view("said_intent", chosen, _set_intent),
    )
    if chosen == HIRING:
        _show_hires(said.hires_per_year)
    elif chosen == GROWING:
        _show_number(_("何年後"), "years", said.years)
        _show_number(_("その人数(人)"), "target", said.target)


def _intent(said: Said) -> str:
    if said.target is not None:
        return GROWING
    return HELD if said.hires_per_year is None else HIRING


def _set_intent(chosen: str) -> None:
    said = _said()
    if said is None or chosen == _intent(said):
        return
    _say(
        {
            HELD: outline.held(said),
            HIRING: outline.hiring(said, session.base()),
            GROWING: outline.growing(said),
        }[chosen]
    )


def _show_number(label: str, key: str, value: int | None) -> None:
    _show_field(label, key, value, step=1, width=NARROW)


def _show_hires(hires: float | None) -> None:
    _show_field(_("採用(人/年)"), "hires_per_year", hires, step=1.0, format="%g", width=NARROW)


def _show_field(label: str, key: str, value: float | None, **look: Any) -> None:
    fields.show_number(label, f"said_{key}", value, LIMITS[key], partial(_set_number, key), **look)


def _set_number(key: str, value: float) -> None:
    if said := _said():
        changed: dict[str, Any] = {key: value}
        _say(said._replace(**changed))


def _say(said: Said) -> None:
    """Take numbers in place of the plan, and of a file that could not be read."""
    upload.forget()
    session.say(said)


def _show_travel() -> None:
    fields.show_number(
        _("窓口までの片道(分)"),
        "said_travel",
        travel.one_way_minutes(session.base()),
        LIMITS["travel"],
        _set_travel,
        value=None,
        step=5.0,
        format="%.0f",
        width=WIDE,
        placeholder=_("申請と受取で別"),
        help=_("申請と受取の往復は、この2倍で数えます。事業所ごとの値は「詳しい分析」で入れます。"),
    )


def _set_travel(minutes: float) -> None:
    session.change_rates(travel.round_trips(minutes), own=True)
