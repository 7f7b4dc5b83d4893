"""The assumptions on the page: each with unit, range, source and confidence, and a way back."""

from itertools import chain
from typing import Any, get_args

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import FIXED_FEES, LONGEST_NAME, START_MONTHS, Scenario, bounds
from onlineready.domain.vocabulary import LABELS, Evidence, Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import changes
from onlineready.report import wording
from onlineready.report.confidence import own_rates
from onlineready.ui.costs import upload
from onlineready.ui.readiness import stages
from onlineready.ui.state import columns, session, shell

MAIN = ("company_fee_share", "wage_yen_per_hour", "realised_time_share", "batch_size")
"""What matters most, beside the plan; with the month of going live."""

GROUPS = {
    mark("試算の期間と割引"): (
        "name",
        "start_month",
        "years",
        "fiscal_year_start_month",
        "discount_rate",
    ),
    mark("手数料とオンライン化"): (
        "fee_basis",
        "online_share",
        "officers",
        "uncertified_officers",
        "id_validity_months",
    ),
    mark("申請の時期と在留期間"): (
        "coe_lead_months",
        "change_lead_months",
        "extension_lead_months",
        "first_period_months",
        "period_months",
    ),
}
"""Inputs beyond those that matter most, by what they affect; all others stand in a last group."""

RESET_TASK = "reset_task"
"""Where the page keeps which row of the tasks goes back to its first values."""


def show_fee_switch() -> None:
    """Choose between the fees of the acceptance date and the old ones."""
    fees, chosen = shell.tables().fees, str(session.base().fee_basis)
    words = {basis: wording.fee_basis(basis, fees) for basis in ("dated", str(FIXED_FEES), chosen)}
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        required=True,
        **_view("fee_basis", chosen, place="switch"),
    )


def show_sidebar() -> None:
    """Show the plan's upload and the assumptions that matter most."""
    with st.sidebar:
        st.header(_("人員計画"))
        upload.show_upload()
        st.header(_("前提"))
        for key in MAIN:
            _show_input(key)
        _show_go_live()
        if session.changed_keys():
            st.button(_("すべての前提を初期値に戻す"), on_click=session.reset)
        session.show_undo("inputs")


def show_details() -> None:
    """Show every other assumption, grouped by what it affects, and the tasks."""
    count = len(session.changed_keys())
    changed = _("({count}項目を変更中)").format(count=count) if count else ""
    placed = {*MAIN, *chain.from_iterable(GROUPS.values())}
    others = [key for key in shell.assumptions().index if key not in placed]
    groups = {**GROUPS, mark("人員と来庁"): others}
    with st.expander(_("詳細な前提") + changed, key="details"):
        for column, (title, keys) in zip(st.columns(len(groups)), groups.items(), strict=True):
            with column:
                st.subheader(_(title), anchor=False)
                for key in keys:
                    _show_input(key)
        _show_tasks()
        st.caption(_("事業所ごとの来庁の時間と実費は、上の「事業所別・手続別」で入れます。"))


def _show_input(key: str) -> None:
    """Show the widget of one key, its range and confidence below, and its way back."""
    choices = get_args(Scenario.model_fields[key].annotation)
    if key == "name":
        name = session.base().name
        st.text_input(_("シナリオの名前"), max_chars=LONGEST_NAME, **_view(key, name))
    elif key == "start_month":
        _show_start_month()
    elif key == "fee_basis":
        _show_fee_basis()
    elif choices:
        _show_choice(key, choices)
    else:
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
        whole = isinstance(value, int)
        st.number_input(
            _label(key),
            min_value=int(low) if whole else float(low),
            max_value=int(high) if whole else float(high),
            step=1 if whole else 10.0,
            format="%d" if whole else "%.0f",
            help=_source(key),
            **_view(key, value),
        )
    if "yen" in key and value >= wording.MAN:
        st.caption(wording.echo(value))


def _show_start_month() -> None:
    months = pd.period_range(START_MONTHS.first, START_MONTHS.last, freq="M")
    options = [str(month) for month in months]
    _show_month("start_month", options, session.base().start_month)
    st.caption(
        _("{first}〜{last}・既定は今年度の4月").format(
            first=START_MONTHS.first, last=START_MONTHS.last
        )
    )


def _show_go_live() -> None:
    now = session.scenario()
    options = {str(now.month(m)) for m in range(now.months)} | {str(now.go_live)}
    _show_month("go_live", sorted(options), now.go_live)
    stages.show_go_live(place="costs")


def _show_month(key: str, options: list[str], chosen: pd.Period | None) -> None:
    st.selectbox(
        shell.assumed().name(key),
        options=options,
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        **_view(key, str(chosen)),
    )


def _show_fee_basis() -> None:
    tables = [str(month) for month in changes(shell.tables().fees, Procedure)]
    chosen = str(session.base().fee_basis)
    st.selectbox(
        shell.assumed().name("fee_basis"),
        options=list(dict.fromkeys(["dated", *tables, chosen])),
        format_func=lambda basis: wording.fee_basis(basis, shell.tables().fees),
        **_view("fee_basis", chosen),
    )
    st.caption(_("受付日の手数料か、ある月の手数料で試算"))


def _show_choice(key: str, choices: tuple[int, ...]) -> None:
    st.segmented_control(
        _label(key),
        options=choices,
        required=True,
        help=_source(key),
        **_view(key, getattr(session.base(), key)),
    )


def _show_tasks() -> None:
    """Edit minutes and yen of every task; a changed row is marked."""
    tasks = shell.tables().tasks
    now = session.base().tasks
    st.subheader(_("作業の時間と実費"), anchor=False)
    st.caption(_("1回あたりの分と円。セルを直すと計算に入ります。分 0〜10,000、円 0〜1,000,000。"))
    ids = list(tasks["id"])
    channels = [_(LABELS[channel]) for channel in tasks["channel"]]
    confidence = [_(LABELS[Evidence(letter)]) for letter in tasks["confidence"]]
    minutes = columns.number_column(_("1回の時間(分)"), "minutes")
    yen = columns.number_column(_("1回の実費(円)"), "yen")
    ranges = {
        key: list(map(wording.spread, tasks[f"{key}_low"], tasks[f"{key}_high"]))
        for key in ("minutes", "yen")
    }
    changed = own_rates(session.base(), tasks)
    reset = st.column_config.ButtonColumn(
        _("この行を初期値に"), type="tertiary", key=RESET_TASK, on_click=_reset_task, args=(ids,)
    )
    table = {
        "label": (_("作業"), tasks["label_ja"]),
        "channel": (_("窓口・オンライン"), channels),
        "driver": (_("何ごとに"), [wording.done_for(row) for row in tasks.to_dict("records")]),
        "minutes": (minutes, [now[task].minutes for task in ids]),
        "minutes_range": (_("幅(分)"), ranges["minutes"]),
        "yen": (yen, [now[task].yen for task in ids]),
        "yen_range": (_("幅(円)"), ranges["yen"]),
        "changed": (_("変更"), ["●" if one else "" for one in changed]),
        "reset": (reset, [_("戻す") if one else None for one in changed]),
        "confidence": (_("確からしさ"), confidence),
        "source": (_("出典"), tasks["source"]),
    }
    columns.show_editor("tasks", table, _store_tasks, ids)
    if "tasks" in session.changed_keys():
        st.button(_("作業の時間と実費を初期値に戻す"), on_click=session.reset, args=("tasks",))


def _reset_task(ids: list[str]) -> None:
    """Give the task whose button was pressed its first minutes and yen again."""
    row = st.session_state[RESET_TASK]["row"]
    if 0 <= row < len(ids):
        session.change_rates({ids[row]: session.defaults().tasks[ids[row]].model_dump()})


def _store_tasks(editor: str, ids: list[str]) -> None:
    session.change_rates(
        {
            task: {key: value for key, value in cells.items() if value is not None}
            for task, cells in columns.edits(editor, ids)
        }
    )


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
