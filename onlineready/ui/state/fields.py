"""What is typed: numbers, of which what does not fit is told and not taken, and words to find."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.state import session

Limits = tuple[float, float]
Store = Callable[..., None]

EMPTIED = -1_000_000_000
"""What Streamlit takes for a field that was emptied: the least that the widget allows."""

LONGEST_SEARCH = 60


def show_number(
    label: str,
    key: str,
    number: float | None,
    limits: Limits,
    store: Store,
    *,
    step: float,
    **look: Any,
) -> None:
    """Show a number of the state, and hand on one that is typed in its place and fits.

    The widget does not get the limits: the browser would tell them in English, and the least of
    them would be taken where a field was emptied.

    Args:
        label: what the number is.
        key: of the widget.
        number: the one that stands.
        limits: the least and the most.
        store: called with the number that is typed.
        step: of its buttons; a whole number where only whole numbers are typed.
        look: what else `st.number_input` takes; `value=None` where there may be no number.
    """
    least = type(step)(EMPTIED)
    view = session.view(key, number, _take, limits, store)
    st.number_input(label, min_value=least, step=step, **look, **view)


def show_search(label: str, key: str, placeholder: str, **look: Any) -> str:
    """Show a field for words to find, and return what is typed into it so far.

    Args:
        label: what is searched.
        key: of the widget.
        placeholder: an example.
        look: what else `st.text_input` takes.
    """
    text: str = st.text_input(
        label,
        type="search",
        max_chars=LONGEST_SEARCH,
        placeholder=placeholder,
        key=key,
        live=True,
        **look,
    )
    return text


def _take(limits: Limits, store: Store, typed: float | None) -> None:
    if typed in (None, EMPTIED):
        return
    low, high = limits
    if low <= typed <= high:
        store(typed)
    else:
        told = _("{low:,.0f}〜{high:,.0f}の数を入れてください。")
        session.tell(told.format(low=low, high=high))
