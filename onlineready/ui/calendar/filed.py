"""Plan against actual on the page: what was filed, the difference, and the minutes it took."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from onlineready.domain.problem import ProblemsError
from onlineready.domain.vocabulary import LABELS, Channel, Procedure
from onlineready.filing import settlement
from onlineready.filing.actuals import MAX_FILED, Actual, read_actuals, with_actuals
from onlineready.filing.settlement import Item
from onlineready.filing.variance import measured_minutes, month_sheet, variances
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import filing_tables, outlook, wording
from onlineready.report.filing_tables import measured_table, variance_table
from onlineready.ui.state import columns, session, shared


def show_settled(agenda: pd.DataFrame, windows: pd.DataFrame) -> None:
    """Let what is listed be settled, or opened again: its actuals are filled in, or taken away.

    Args:
        agenda: what is listed, as `windows.agenda` returns it.
        windows: all that is to be filed, as `settlement.outstanding` returns it.
    """
    found = settlement.items(agenda, session.workbook().as_of)
    if not found:
        return
    now = agenda[agenda["settled"]]
    done = [one for one in found if one in set(zip(now["month"], now["procedure"], strict=True))]
    with st.container(horizontal=True, vertical_alignment="bottom", key="settled_row"):
        st.pills(
            _("出し終えたもの(期限の月と手続)"),
            options=list(found),
            selection_mode="multi",
            format_func=lambda item: filing_tables.item_name(item, found[item]),
            wrap=True,
            help=_(
                "押すと、計画の数が計画の申請月の実績に入り、上の件数から除かれます。もう一度押すと、"
                "その実績を消して戻します。実際の数は「計画と実績」で直せます。"
            ),
            **session.view("settled", done, _settle, done, windows),
        )
        if session.history().earlier:
            session.show_undo("settled")


def _settle(before: list[Item], windows: pd.DataFrame, chosen: list[Item]) -> None:
    actuals = session.workbook().actuals
    for item in before:
        if item not in chosen:
            actuals = settlement.without(actuals, item)
    for item in chosen:
        if item not in before:
            actuals = settlement.with_settled(actuals, windows, item, session.scenario())
    session.keep(replace(session.workbook(), actuals=actuals))


def show_actuals(result: Result) -> None:
    """Enter what was filed in a month; show the difference to the plan, offer measured minutes."""
    st.markdown(
        _(
            "出した数と、かかった時間の合計を入れると、計画との差と1件あたりの分が出ます。時間は、窓口なら"
            "印刷・コピー・綴じ込み、オンラインなら入力・添付にかかった分で、移動と待ち時間は除きます。"
        )
    )
    entry, outcome = st.columns(2, gap="large")
    with entry:
        _show_entry(result)
    with outcome:
        _show_differences(result)
        _show_measured(result)


def _show_entry(result: Result) -> None:
    as_of = pd.Period(session.workbook().as_of, freq="M")
    told = {actual.month for actual in session.workbook().actuals}
    options = [month for month in result.months.index if month <= as_of or month in told]
    options = options or [result.months.index[0]]
    month = st.selectbox(
        _("実績の月"),
        options=list(map(str, reversed(options))),
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        key="actuals_month",
        width=300,
    )
    begun = _begun(month)
    sheet = month_sheet(result, begun.before, pd.Period(month, freq="M"))
    number = st.column_config.NumberColumn
    planned = number(_("計画(件)"), format="%.1f", disabled=True)
    filed = number(_("出した数(件)"), min_value=0, max_value=MAX_FILED, step=1)
    table = {
        "procedure": (_("手続"), [_(LABELS[Procedure(one)]) for one in sheet["procedure"]]),
        "channel": (_("方法"), [_(LABELS[Channel(one)]) for one in sheet["channel"]]),
        "planned": (planned, sheet["planned"]),
        "filed": (filed, sheet["filed"].astype("Int64")),
        "minutes": (number(_("時間の合計(分)"), min_value=0), sheet["minutes"]),
    }
    rows = sheet.to_dict("records")
    columns.show_editor(begun.editor, table, _store_actuals, (begun, rows), lasting=True)


def _show_differences(result: Result) -> None:
    found = variances(result, session.workbook().actuals)
    if found.empty:
        st.markdown(_("実績はまだありません。表の「出した数」に入れてください。"))
        return
    st.markdown(outlook.filed(found))
    st.table(variance_table(found))


def _show_measured(result: Result) -> None:
    tasks = shared.tables().tasks
    found = measured_minutes(session.workbook().actuals, tasks, result.scenario)
    if found.empty:
        return
    st.table(measured_table(found, tasks))
    if found["difference"].eq(0).all():
        st.caption(_("費用と効果は、この実測の分で計算しています(確からしさ: 実測)。"))
        return
    measured = zip(found["id"], found["measured"], strict=True)
    st.button(
        _("実測の分を、費用と効果の計算に使う"),
        key="use_measured",
        on_click=session.change_rates,
        args=({task: {"minutes": minutes} for task, minutes in measured},),
    )


class _Begun(NamedTuple):
    """An editor of a month that is open: what stood before its edits, and what stands by them."""

    editor: str
    month: str
    before: tuple[Actual, ...]
    now: tuple[Actual, ...]


def _begun(month: str) -> _Begun:
    """Return the open editor of a month; begin anew where month, page or workbook has changed.

    It keeps its name while a reader types: of a renamed editor the browser would drop the cell
    that is being filled in while the page still works on the cell before.
    """
    actuals = session.workbook().actuals
    begun: _Begun | None = st.session_state.get("actuals_begun")
    if (
        begun is None
        or begun.editor not in st.session_state
        or (begun.month, begun.now) != (month, actuals)
    ):
        number = 0 if begun is None else int(begun.editor.rpartition("_")[2])
        begun = _Begun(f"actuals_{number + 1}", month, actuals, actuals)
        st.session_state["actuals_begun"] = begun
    return begun


def _store_actuals(editor: str, sheet: tuple[_Begun, list[dict[Hashable, Any]]]) -> None:
    """Store every row of the sheet that fits together; tell what does not, and leave it there."""
    begun, rows = sheet
    read: list[Actual] = []
    for row, cells in columns.edits(editor, rows):
        now = {key: None if pd.isna(row[key]) else row[key] for key in ("filed", "minutes")} | cells
        if now["minutes"] and not now["filed"]:
            session.tell(_("時間の合計は、出した数(1件以上)と一緒に入れてください。"))
            continue
        changed = {
            "month": begun.month,
            "procedure": row["procedure"],
            "channel": row["channel"],
            "filed": int(now["filed"] or 0),
            "minutes": now["minutes"] if now["filed"] else None,
        }
        try:
            read += read_actuals([changed])
        except ProblemsError as error:
            session.tell(*(problem.message for problem in error.problems))
    actuals = with_actuals(begun.before, read)
    st.session_state["actuals_begun"] = begun._replace(now=actuals)
    session.keep(replace(session.workbook(), actuals=actuals))
