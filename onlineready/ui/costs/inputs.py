"""The assumptions beside the line of inputs: each with unit, range, source, and a way back."""

from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import FIXED_FEES, bounds
from onlineready.domain.vocabulary import LABELS, Evidence
from onlineready.language import translate as _
from onlineready.report import wording
from onlineready.ui.costs import topics
from onlineready.ui.readiness import stages
from onlineready.ui.state import session, shell

WAGE = "wage_yen_per_hour"

OTHERS = ("company_fee_share", "realised_time_share", "batch_size", "officers")
"""What matters most beside the line of inputs; with the month of going live."""


def show_fee_switch() -> None:
    """Choose between the fees of the acceptance date and the old ones."""
    fees, chosen = shell.tables().fees, str(session.base().fee_basis)
    words = {basis: wording.fee_basis(basis, fees) for basis in ("dated", str(FIXED_FEES), chosen)}
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        required=True,
        label_visibility="collapsed",
        **_view("fee_basis", chosen, place="switch"),
    )


def show_wage(width: int) -> None:
    """Show what an hour of the staff costs, as narrow as the numbers beside it."""
    low, high = map(float, bounds(WAGE))
    st.number_input(
        _("時間単価(円)"),
        min_value=low,
        max_value=high,
        step=10.0,
        format="%.0f",
        width=width,
        help=_source(WAGE),
        **session.view(f"input_{WAGE}", session.base().wage_yen_per_hour, _store_wage),
    )


def _store_wage(value: float) -> None:
    session.change_own(**{WAGE: value})


def show_others() -> None:
    """Show what matters most beside the line of inputs, and the way to all assumptions."""
    for column, key in zip(st.columns(len(OTHERS) + 1), (*OTHERS, "go_live"), strict=True):
        with column:
            if key == "go_live":
                _show_go_live()
            else:
                _show_input(key)
    count = len(session.changed_keys())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("すべての前提を一覧で見る"), key="all_assumptions", on_click=topics.choose_list)
        if count:
            st.markdown(_("{count}項目を変更中").format(count=count))
            st.button(_("すべての前提を初期値に戻す"), key="reset_all", on_click=session.reset)


def _show_input(key: str) -> None:
    """Show the widget of one key, its range and confidence below, and its way back."""
    _show_number(key)
    st.caption(_range(key))
    if key in session.changed_keys():
        st.button(
            _("変更済み・初期値に戻す"),
            key=f"reset_{key}",
            type="tertiary",
            on_click=session.reset,
            args=(key,),
        )


def _is_share(key: str) -> bool:
    """Tell whether a key of a scenario is a share or a rate, set in per cent."""
    assumptions = shell.assumptions()
    return key in assumptions.index and str(assumptions.at[key, "unit"]).startswith(wording.SHARE)


def _show_number(key: str) -> None:
    """A share is set by a slider in per cent, another number in its own unit."""
    value = getattr(session.base(), key)
    low, high = bounds(key)
    if _is_share(key):
        st.slider(
            _label(key),
            min_value=round(low * 100),
            max_value=round(high * 100),
            help=_source(key),
            **_view(key, round(value * 100)),
        )
    else:
        st.number_input(
            _label(key),
            min_value=int(low),
            max_value=int(high),
            step=1,
            help=_source(key),
            **_view(key, value),
        )


def _show_go_live() -> None:
    now = session.scenario()
    options = {str(now.month(m)) for m in range(now.months)} | {str(now.go_live)}
    st.selectbox(
        shell.assumed().name("go_live"),
        options=sorted(options),
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        **_view("go_live", str(now.go_live)),
    )
    stages.show_go_live(place="costs")


def _label(key: str) -> str:
    """Return what a key with a range is called, with the unit in which it is set."""
    assumptions = shell.assumptions()
    unit = _("%") if _is_share(key) else assumptions.at[key, "unit"]
    return _("{label}({unit})").format(label=assumptions.at[key, "label_ja"], unit=unit)


def _range(key: str) -> str:
    """Return the range of an assumption, or the bounds of its key where none is known."""
    row = shell.assumptions().loc[key].to_dict()
    times = 100 if _is_share(key) else 1
    low, high = (row["low"], row["high"]) if pd.notna(row["low"]) else bounds(key)
    return _("{spread}(初期値 {base})・{confidence}").format(
        spread=wording.spread(low * times, high * times),
        base=wording.exact(row["base"] * times),
        confidence=_(LABELS[Evidence(str(row["confidence"]))]),
    )


def _source(key: str) -> str:
    row = shell.assumptions().loc[key]
    return _("出典: {source}(確認日 {checked})").format(
        source=row["source"], checked=f"{row['checked_on']:%Y-%m-%d}"
    )


def _view(key: str, value: object, place: str = "input") -> dict[str, Any]:
    """Return what lets a widget show the value of the session's scenario and set its key."""
    return session.view(f"{place}_{key}", value, _store, key)


def _store(key: str, value: Any) -> None:
    session.change(**{key: value / 100 if _is_share(key) else value})
