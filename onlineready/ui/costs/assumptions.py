"""All assumptions in one list that is searched, and the one that is looked at, to be changed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, get_args

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import LONGEST_NAME, START_MONTHS, Scenario, bounds
from onlineready.domain.vocabulary import Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import changes
from onlineready.model.result import Result
from onlineready.report import assumed, wording
from onlineready.report.assumed import Place
from onlineready.ui.readiness import ahead
from onlineready.ui.state import fields, session, shared

LISTED = "listed"
"""What the keys of the widgets in the list begin with; the same inputs may stand elsewhere too."""

CHOSEN = "assumption"
"""Where the page keeps which assumption is looked at."""

COLUMNS: dict[str, tuple[str, dict[str, Any]]] = {
    "name": (mark("前提"), {"width": 260}),
    "value": (mark("今の値"), {"width": 165, "alignment": "right"}),
    "first": (mark("初期値"), {"width": 165, "alignment": "right"}),
    "range": (mark("幅"), {"width": 180, "alignment": "right"}),
    "changed": (mark("変更"), {"width": 50}),
    "confidence": (mark("確からしさ"), {"width": 80}),
    "source": (mark("出典"), {}),
}
"""The columns of the list: their headings, and how they look in the grid."""

LIST_HEIGHT, ROW_HEIGHT = 420, 36
"""Pixels of the list, which scrolls, and of one of its rows."""


def show_list(_result: Result) -> None:
    """Show the assumptions that are searched for, and how the chosen one is changed."""
    base, first = session.base(), session.defaults()
    listed = session.made_once(
        "assumptions", (base, first), lambda: shared.assumed().listed(base, first)
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("前提を探す"), placeholder=_("名前・値・出典の言葉"), key="searched_assumption"
        )
        changed_only = st.toggle(_("変更した前提だけ"), key="changed_only")
        if session.changed_keys():
            st.button(_("すべて初期値に戻す"), key="reset_listed", on_click=session.reset)
        session.show_undo("assumptions")
    shown = assumed.found(listed, text, changed_only=changed_only)
    places = list(shown.index)
    chosen: Place | None = places[0] if len(places) == 1 else st.session_state.get(CHOSEN)
    if chosen is not None:
        _show_chosen(chosen)
    if not places:
        st.caption(_("当てはまる前提はありません。"))
        return
    _show_table(shown, places)
    st.caption(
        _(
            "行の左端を選ぶと、上で直せます。事業所ごとの来庁の時間と実費は「事業所別・手続別」、"
            "手数料の額は「前提と出典」のページにあります。"
        )
    )


def _show_table(shown: pd.DataFrame, places: Sequence[Place]) -> None:
    """Show assumptions in a grid to choose from; on paper, which would cut it, in plain rows."""
    # Another key for other rows: the mark on a row must not stay behind on another.
    key = f"assumptions_{pd.util.hash_pandas_object(shown.index.to_series().map(str)).sum()}"
    rows = shown.assign(changed=shown["changed"].map({True: "●", False: ""})).reset_index(drop=True)
    st.dataframe(
        rows,
        hide_index=True,
        height=min(LIST_HEIGHT, ROW_HEIGHT * (len(rows) + 1)),
        column_config={
            column: st.column_config.TextColumn(_(heading), **look)
            for column, (heading, look) in COLUMNS.items()
        },
        alt=_("前提の一覧"),
        key=key,
        on_select=lambda: _choose(key, places),
        selection_mode="single-row",
    )
    named = rows.rename(
        columns={column: _(heading) for column, (heading, _look) in COLUMNS.items()}
    )
    with pd.option_context("display.max_colwidth", None):
        st.html(f"<div class='on-paper'>{named.to_html(index=False, border=0)}</div>")


def _choose(key: str, places: Sequence[Place]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    st.session_state[CHOSEN] = places[rows[0]] if rows and 0 <= rows[0] < len(places) else None


def _show_chosen(place: Place) -> None:
    with st.container(border=True, key="chosen_assumption"):
        if len(place) == 1:
            show_input(place[0], LISTED)
        else:
            _show_rate(*place[1:])
        st.caption(shared.assumed().source(*place))


# One assumption


def show_input(key: str, place: str = "input") -> None:
    """Show the widget of one key of the scenario, its range below, and its way back.

    Args:
        key: of the scenario.
        place: where on the page it stands; the widget's key is this and `key`.
    """
    choices = get_args(Scenario.model_fields[key].annotation)
    if key == "name":
        name = session.base().name
        st.text_input(_("シナリオの名前"), max_chars=LONGEST_NAME, **_view(key, name, place))
    elif key == "start_month":
        _show_start_month(place)
    elif key == "go_live":
        _show_go_live(place)
    elif key == "fee_basis":
        _show_fee_basis(place)
    elif choices:
        _show_choice(key, choices, place)
    else:
        _show_key(key, place)
    if key in session.changed_keys():
        _show_reset(f"{place}_{key}", session.reset, key)


def _show_reset(widget: str, reset: Callable[..., None], *args: Any) -> None:
    """Offer the way back of an input that was changed, in its own words."""
    st.button(
        _("変更済み・初期値に戻す"),
        key=f"reset_{widget}",
        type="tertiary",
        on_click=reset,
        args=args,
    )


def _show_key(key: str, place: str) -> None:
    """Set a share in per cent, another number in its own unit."""
    value, (low, high) = getattr(session.base(), key), bounds(key)
    if _is_share(key):
        # 0.07 × 100 is 7.000000000000001.
        value, low, high = round(value * 100, 6), low * 100, high * 100
    source, store = shared.assumed().source(key), partial(_store, key)
    _show_number(_label(key), f"{place}_{key}", value, (low, high), store, help=source)
    told = [shared.assumed().spread(key)]
    if "yen" in key and value >= wording.MAN:
        told.append(wording.echo(value))
    st.caption("・".join(told))


def _show_number(
    label: str, widget: str, value: float, limits: fields.Limits, store: fields.Store, **look: Any
) -> None:
    """Show a number as exact as it was set, in steps of its kind."""
    step, written = (1, "%d") if isinstance(value, int) else (5.0, "%g")
    fields.show_number(label, widget, value, limits, store, step=step, format=written, **look)


def _show_start_month(place: str) -> None:
    months = pd.period_range(START_MONTHS.first, START_MONTHS.last, freq="M")
    _show_month("start_month", list(map(str, months)), session.base().start_month, place)


def _show_go_live(place: str) -> None:
    now = session.scenario()
    options = {str(now.month(m)) for m in range(now.months)} | {str(now.go_live)}
    _show_month("go_live", sorted(options), now.go_live, place)
    ahead.show_go_live(place=place)


def _show_month(key: str, options: list[str], chosen: pd.Period | None, place: str) -> None:
    st.selectbox(
        shared.assumed().name(key),
        options=options,
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        **_view(key, str(chosen), place),
    )


def _show_fee_basis(place: str) -> None:
    fees, chosen = shared.tables().fees, str(session.base().fee_basis)
    tables = [str(month) for month in changes(fees, Procedure)]
    st.selectbox(
        shared.assumed().name("fee_basis"),
        options=list(dict.fromkeys(["dated", *tables, chosen])),
        format_func=lambda basis: wording.fee_basis(basis, fees),
        **_view("fee_basis", chosen, place),
    )


def _show_choice(key: str, choices: tuple[int, ...], place: str) -> None:
    st.segmented_control(
        _label(key),
        options=choices,
        required=True,
        help=shared.assumed().source(key),
        **_view(key, getattr(session.base(), key), place),
    )


def _show_rate(task: str, amount: str) -> None:
    """Set the minutes or the yen that a task takes each time."""
    told, widget, store = (
        shared.assumed(),
        f"{LISTED}_{task}_{amount}",
        partial(_store_rate, task, amount),
    )
    now, first = (
        getattr(scenario.tasks[task], amount) for scenario in (session.base(), session.defaults())
    )
    _show_number(told.name("tasks", task, amount), widget, now, bounds(amount), store)
    st.caption(told.spread("tasks", task, amount))
    if now != first:
        _show_reset(widget, store, first)


def _store_rate(task: str, amount: str, value: float) -> None:
    session.change_rates({task: {amount: value}})


def _is_share(key: str) -> bool:
    """Tell whether a key of a scenario is a share or a rate, set in per cent."""
    rows = shared.assumptions()
    return key in rows.index and str(rows.at[key, "unit"]).startswith(wording.SHARE)


def _label(key: str) -> str:
    """Return what a key with a range is called, with the unit in which it is set."""
    rows = shared.assumptions()
    unit = _("%") if _is_share(key) else rows.at[key, "unit"]
    return _("{label}({unit})").format(label=rows.at[key, "label_ja"], unit=unit)


def _view(key: str, value: object, place: str) -> dict[str, Any]:
    """Return what lets a widget show the value of the session's scenario and set its key."""
    return session.view(f"{place}_{key}", value, _store, key)


def _store(key: str, value: Any) -> None:
    session.change(**{key: value / 100 if _is_share(key) else value})
