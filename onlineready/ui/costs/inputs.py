"""The assumptions on the page: each with unit, range, source and confidence, and a way back."""

from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import FIXED_FEES, START_MONTHS, bounds
from onlineready.domain.vocabulary import LABELS, Driver, Evidence, Per, Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import changes
from onlineready.report import wording
from onlineready.ui.costs import upload
from onlineready.ui.readiness import stages
from onlineready.ui.state import session, shell

PERCENT = {
    "company_fee_share",
    "online_share",
    "realised_time_share",
    "combined_trip_share",
    "attrition_per_year",
    "overseas_share",
    "ssw2_share",
    "discount_rate",
}
"""Shares and rates, set in per cent, the word of the office."""

CHOICES = {"id_validity_months": [12, 36]}
"""Numbers of which only these are possible."""

MONEY = {"wage_yen_per_hour"}

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
    mark("人員と来庁"): (
        "attrition_per_year",
        "overseas_share",
        "ssw2_share",
        "ssw2_period_months",
        "combined_trip_share",
    ),
}
"""The inputs beyond the five that matter most, by what they affect."""

RESET_TASK = "reset_task"
"""Where the page keeps which row of the tasks goes back to its first values."""


def fee_switch() -> None:
    """Choose between the fees of the acceptance date and the table of 6,000 and 5,500 yen."""
    words = {"dated": _("受付日に応じて"), str(FIXED_FEES): _("6,000円/5,500円で固定")}
    chosen = str(session.base().fee_basis)
    words.setdefault(chosen, wording.fee_basis(chosen))
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        key=_view("fee_basis", chosen, place="switch"),
        required=True,
        on_change=_store,
        args=("fee_basis", "switch"),
    )


def sidebar() -> None:
    """Show the plan's upload and the five assumptions that matter most."""
    with st.sidebar:
        st.header(_("人員計画"))
        upload.upload()
        st.header(_("前提"))
        for key in ("company_fee_share", "wage_yen_per_hour", "realised_time_share", "batch_size"):
            _input(key)
        _go_live()
        if session.changed_keys():
            st.button(_("すべての前提を初期値に戻す"), on_click=session.reset)


def details() -> None:
    """Show every other assumption, grouped by what it affects, and the tasks."""
    count = len(session.changed_keys())
    changed = _("({count}項目を変更中)").format(count=count) if count else ""
    with st.expander(_("詳細な前提") + changed, key="details"):
        for column, (title, keys) in zip(st.columns(len(GROUPS)), GROUPS.items(), strict=True):
            with column:
                st.subheader(_(title), anchor=False)
                for key in keys:
                    _input(key)
        _tasks()
        st.caption(_("事業所ごとの来庁の時間と実費は、上の「事業所別・手続別」で入れます。"))


def _input(key: str) -> None:
    """Show the widget of one key, its range and confidence below, and its way back."""
    widgets = {
        "name": _name,
        "start_month": _start_month,
        "fee_basis": _fee_basis,
        "id_validity_months": _choice,
    }
    widgets.get(key, _number)(key)
    _note(key)


def _note(key: str) -> None:
    """Say range and confidence of an input, and offer its first value where it was changed."""
    if key in shell.assumptions().index and key not in CHOICES:
        st.caption(_range(key))
    if key in session.changed_keys():
        st.button(
            _("変更済み・初期値に戻す"),
            key=f"reset_{key}",
            type="tertiary",
            on_click=session.reset,
            args=(key,),
        )


def _number(key: str) -> None:
    """A share is set by a slider in per cent, another number in its own unit."""
    value = getattr(session.base(), key)
    low, high = bounds(key)
    if key in PERCENT:
        st.slider(
            label(key, _("%")),
            min_value=round(low * 100),
            max_value=round(high * 100),
            key=_view(key, round(value * 100)),
            help=_source(key),
            on_change=_store,
            args=(key,),
        )
    else:
        whole = isinstance(value, int)
        st.number_input(
            label(key, str(shell.assumptions().at[key, "unit"])),
            min_value=int(low) if whole else float(low),
            max_value=int(high) if whole else float(high),
            step=1 if whole else 10.0,
            format="%d" if whole else "%.0f",
            key=_view(key, value),
            help=_source(key),
            on_change=_store,
            args=(key,),
        )
    if key in MONEY and value >= wording.MAN:
        st.caption(wording.echo(value))


def _name(key: str) -> None:
    st.text_input(
        _("シナリオの名前"),
        max_chars=60,
        key=_view(key, session.base().name),
        on_change=_store,
        args=(key,),
    )


def _start_month(key: str) -> None:
    _month_box(key, _("計算の開始月"), _start_months(), session.base().start_month)
    st.caption(
        _("{first}〜{last}・既定は今年度の4月").format(
            first=START_MONTHS.first, last=START_MONTHS.last
        )
    )


@cache
def _start_months() -> list[str]:
    months = pd.period_range(START_MONTHS.first, START_MONTHS.last, freq="M")
    return [str(month) for month in months]


def _go_live() -> None:
    now = session.scenario()
    options = {str(now.month(m)) for m in range(now.months)} | {str(now.go_live)}
    _month_box("go_live", _("オンライン申請の開始月"), sorted(options), now.go_live)
    stages.show_go_live(place="costs")


def _month_box(key: str, label: str, options: list[str], chosen: pd.Period | None) -> None:
    st.selectbox(
        label,
        options=options,
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        key=_view(key, str(chosen)),
        on_change=_store,
        args=(key,),
    )


def _fee_basis(key: str) -> None:
    tables = [str(month) for month in changes(shell.tables().fees, Procedure)]
    chosen = str(session.base().fee_basis)
    st.selectbox(
        _("手数料の表"),
        options=list(dict.fromkeys(["dated", *tables, chosen])),
        format_func=wording.fee_basis,
        key=_view(key, chosen),
        on_change=_store,
        args=(key,),
    )
    st.caption(_("受付日に応じるか、ある月の表で固定"))


def _choice(key: str) -> None:
    st.segmented_control(
        label(key, str(shell.assumptions().at[key, "unit"])),
        options=CHOICES[key],
        key=_view(key, getattr(session.base(), key)),
        required=True,
        help=_source(key),
        on_change=_store,
        args=(key,),
    )


def _tasks() -> None:
    """Edit minutes and yen of every task; a changed row is marked."""
    tasks = shell.tables().tasks
    now, first = session.base().tasks, session.defaults().tasks
    st.subheader(_("作業の時間と実費"), anchor=False)
    st.caption(_("1回あたりの分と円。セルを直すと計算に入ります。分 0〜10,000、円 0〜1,000,000。"))
    table = pd.DataFrame(
        {
            "label": tasks["label_ja"],
            "channel": [_(LABELS[channel]) for channel in tasks["channel"]],
            "driver": done_for(tasks),
            "minutes": [now[task].minutes for task in tasks["id"]],
            "minutes_range": _ranges(tasks["minutes_low"], tasks["minutes_high"]),
            "yen": [now[task].yen for task in tasks["id"]],
            "yen_range": _ranges(tasks["yen_low"], tasks["yen_high"]),
            "changed": ["●" if now[task] != first[task] else "" for task in tasks["id"]],
            "reset": [_("戻す") if now[task] != first[task] else None for task in tasks["id"]],
            "confidence": [_(LABELS[Evidence(letter)]) for letter in tasks["confidence"]],
            "source": tasks["source"],
        }
    )
    editor = session.editor("tasks", table)
    st.data_editor(
        table,
        hide_index=True,
        num_rows="fixed",
        disabled=[str(column) for column in table if column not in ("minutes", "yen")],
        column_config={
            "label": _("作業"),
            "channel": _("窓口・オンライン"),
            "driver": _("何ごとに"),
            "minutes": _rate(_("1回の時間(分)"), "minutes"),
            "minutes_range": _("幅(分)"),
            "yen": _rate(_("1回の実費(円)"), "yen"),
            "yen_range": _("幅(円)"),
            "changed": _("変更"),
            "reset": st.column_config.ButtonColumn(
                _("この行を初期値に"),
                type="tertiary",
                key=RESET_TASK,
                on_click=_reset_task,
                args=(list(tasks["id"]),),
            ),
            "confidence": _("確からしさ"),
            "source": _("出典"),
        },
        key=editor,
        on_change=_store_tasks,
        args=(editor, list(tasks["id"])),
    )
    if "tasks" in session.changed_keys():
        st.button(_("作業の時間と実費を初期値に戻す"), on_click=session.reset, args=("tasks",))


def done_for(tasks: pd.DataFrame) -> list[str]:
    """Return what each task is done once for, in words: 申請1件(変更・更新), 担当者1人・維持."""
    words = []
    for row in tasks.to_dict("records"):
        often = _(LABELS[Driver(row["driver"])])
        if pd.notna(row["share"]):
            often = _("申請の{share}").format(share=wording.percent(row["share"]))
        if pd.notna(row["procedures"]):
            named = "・".join(_(LABELS[Procedure(word)]) for word in row["procedures"].split())
            often = _("{often}({procedures})").format(often=often, procedures=named)
        if pd.notna(row["per"]):
            often = _("{often}・{per}").format(often=often, per=_(LABELS[Per(row["per"])]))
        if pd.notna(row["interval_months"]):
            months = row["interval_months"]
            every = (
                _("{months}か月ごと").format(months=months)
                if months.isdecimal()
                else _("IDの有効期間ごと")
            )
            often = _("{often}・{every}").format(often=often, every=every)
        words.append(often)
    return words


def _reset_task(ids: list[str]) -> None:
    """Give the task whose button was pressed its first minutes and yen again."""
    row = st.session_state[RESET_TASK]["row"]
    if 0 <= row < len(ids):
        first = session.defaults().model_dump(mode="json")["tasks"]
        rates = session.base().model_dump(mode="json")["tasks"]
        session.change("tasks", rates | {ids[row]: first[ids[row]]})


def _rate(label: str, key: str) -> Any:
    low, high = bounds(key)
    return st.column_config.NumberColumn(label, min_value=low, max_value=high, format="localized")


def _ranges(low: pd.Series, high: pd.Series) -> list[str]:
    return [f"{least:,.0f}〜{most:,.0f}" for least, most in zip(low, high, strict=True)]


def _store_tasks(editor: str, ids: list[str]) -> None:
    rates = session.base().model_dump(mode="json")["tasks"]
    for task, cells in session.edits(editor, ids):
        rates[task] |= {key: value for key, value in cells.items() if value is not None}
    session.change("tasks", rates)


def label(key: str, unit: str) -> str:
    """Return what a key with a range is called, with a unit."""
    name = shell.assumptions().at[key, "label_ja"]
    return _("{label}({unit})").format(label=name, unit=unit)


def _range(key: str) -> str:
    """Return the range of an assumption, or the bounds of its key where none is known."""
    row = shell.assumptions().loc[key]
    times = 100 if key in PERCENT else 1
    low, high = (row["low"], row["high"]) if pd.notna(row["low"]) else bounds(key)
    return _("{low:,.0f}〜{high:,.0f}(初期値 {base:,.0f})・{confidence}").format(
        low=low * times,
        high=high * times,
        base=row["base"] * times,
        confidence=_(LABELS[Evidence(str(row["confidence"]))]),
    )


def _source(key: str) -> str:
    row = shell.assumptions().loc[key]
    return _("出典: {source}(確認日 {checked})").format(
        source=row["source"], checked=f"{row['checked_on']:%Y-%m-%d}"
    )


def _view(key: str, value: object, place: str = "input") -> str:
    """Make a widget show the value of the session's scenario; return the widget's key."""
    name = f"{place}_{key}"
    st.session_state[name] = value
    return name


def _store(key: str, place: str = "input") -> None:
    value = st.session_state[f"{place}_{key}"]
    session.change(key, value / 100 if key in PERCENT else value)
