"""The plan as a table on the page: checking how it was read, and mending it on the spot."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import PLANS, plan_kind
from onlineready.domain.vocabulary import FIELDS, LABELS, PlanKind, Route
from onlineready.export.template import INSIDE
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load import personal_data
from onlineready.load.headers import title
from onlineready.load.plans import read_cells
from onlineready.model import outline
from onlineready.report import figures, tabular, wording
from onlineready.ui.state import columns, mistakes, session
from onlineready.ui.state.drawing import show_chart
from onlineready.ui.state.history import State

MOST_ROWS = 1_000
"""Rows up to which a plan is edited on the page."""
MOST_SITES_SHOWN = 50
BLANK_ROWS = 10
"""Rows of an empty table; what is pasted may have more."""

REFINED: dict[PlanKind, tuple[str, Callable[[pd.DataFrame, Scenario], pd.DataFrame]]] = {
    PlanKind.TARGETS: (mark("年度ごとの目標の人数にする"), outline.as_targets),
    PlanKind.ROSTER: (mark("在留期限ごとの名簿にする"), outline.as_roster),
}
"""What an outline can be turned into: what that is called, and what does it."""

_CHECK = "check"
_EDITED, _TYPED = mark("(編集)"), mark("表に入れた計画")


def show_plan() -> None:
    """Show the plan as it was read, and the table in which it is changed."""
    state = session.state()
    plan = state.workbook.plan
    kind = plan_kind(plan)
    if kind is PlanKind.ROSTER:
        _show_headcounts(plan)
    elif kind is PlanKind.TARGETS:
        show_chart(figures.staffing(plan, session.base()))
        st.caption(_(INSIDE[kind]))
    else:
        _show_refinements()
    _show_editor(plan, state.typed)


def begin_blank(kind: PlanKind) -> None:
    """Show an empty table of a kind of plan, to be typed or pasted into."""
    session.show_cells(pd.DataFrame("", pd.RangeIndex(1, BLANK_ROWS + 1), _titles(kind)))


def _show_refinements() -> None:
    """Offer to turn an outline into a plan of another kind, to be refined."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("この人数をもとに、さらに詳しくできます。"))
        for kind, (label, _refined) in REFINED.items():
            st.button(_(label), key=f"as_{kind}", on_click=_refine, args=(kind,))
    st.caption(
        _(
            "目標では年度の初めに人数をそろえて退職者を補充し、名簿では年度の採用が年度の半ばに一度に"
            "来るとします。同じ人数でも、答えは少し変わります。"
        )
    )


def _refine(kind: PlanKind) -> None:
    _label, refined = REFINED[kind]
    now = session.state()
    session.use_plan(refined(now.workbook.plan, session.base()), now.plan_name)


def _show_headcounts(plan: pd.DataFrame) -> None:
    table = session.made_once("headcounts", (plan,), lambda: tabular.headcounts(plan))
    st.markdown("## " + _("事業所と区分ごとの人数(人)"))
    months = pd.concat([plan["start"], plan["expiry"]]).dropna()
    st.caption(
        _("開始月と在留期限は {first} から {last} まで。").format(
            first=wording.month(months.min()), last=wording.month(months.max())
        )
    )
    if len(table) > MOST_SITES_SHOWN:
        st.caption(_("事業所が多いため、合計だけを示します。"))
        table = table.tail(1)
    st.table(table)


def _show_editor(plan: pd.DataFrame, typed: pd.DataFrame | None) -> None:
    st.markdown("## " + _("表を直す"))
    if len(plan) > MOST_ROWS and typed is None:
        st.caption(
            _("{most:,}行を超える計画は、元のファイルで直してください。").format(most=MOST_ROWS)
        )
        return
    cells = _written(plan) if typed is None else typed
    found = () if typed is None or _blank(cells).all() else _problems(cells)
    check = st.column_config.TextColumn(_("確認"), width="small", disabled=True)
    table = {
        _CHECK: (check, pd.Series(_marks(cells, found), cells.index)),
        **{str(key): (_column(str(key)), cells[key]) for key in cells},
    }
    columns.show_editor("plan_table", table, _store, cells, growing=True)
    if found:
        st.error(
            _(
                "直すところが{count:,}か所あります。それまでは、直前の正しい計画で計算しています。"
            ).format(count=len(found)),
            icon="⚠️",
        )
        mistakes.show_problems(found, key="plan_problems")


def _column(key: str) -> Any:
    """Return how a column of a plan is edited: chosen where its words are known, else typed."""
    if key == "route":
        routes = [_(LABELS[route]) for route in Route]
        return st.column_config.SelectboxColumn(_(title(key)), options=routes)
    if key == "field":
        fields = ["", *FIELDS]
        return st.column_config.SelectboxColumn(_(title(key)), options=fields, width="medium")
    return st.column_config.TextColumn(_(title(key)))


def _written(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan as text, as it would be typed, rows numbered from 1.

    Of targets only the column of months or of fiscal years is there, whichever they name.
    """
    cells: pd.DataFrame = plan.astype("object").where(plan.notna(), "").astype("str")
    if "route" in cells:
        cells["route"] = cells["route"].map({str(route): _(LABELS[route]) for route in Route})
    elif "month" in cells:
        cells = cells.drop(columns="month" if plan["month"].isna().all() else "fiscal_year")
    return cells.set_axis(pd.RangeIndex(1, len(cells) + 1))


def _titles(kind: PlanKind) -> list[str]:
    """Return the columns of an empty table: of targets, fiscal years and no months."""
    return [str(key) for key in PLANS[kind].columns if (kind, key) != (PlanKind.TARGETS, "month")]


def _blank(cells: pd.DataFrame) -> pd.Series:
    """Tell of each row whether nothing is typed in it."""
    blank: pd.Series = cells.apply(lambda column: column.str.strip().eq("")).all(axis="columns")
    return blank


def _filled(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which anything is typed, with every column of their kind of plan."""
    filled: pd.DataFrame = cells[~_blank(cells)]
    return filled.reindex(columns=list(PLANS[plan_kind(cells)].columns), fill_value="")


def _problems(cells: pd.DataFrame) -> tuple[Problem, ...]:
    try:
        _read(cells)
    except ProblemsError as error:
        return error.problems
    return ()


def _read(cells: pd.DataFrame) -> pd.DataFrame:
    rows = _filled(cells)
    if rows.empty:
        raise ProblemsError(
            [Problem(None, None, _("計画の行がありません。1行以上入れてください。"))]
        )
    return read_cells(rows, "")


def _marks(cells: pd.DataFrame, found: tuple[Problem, ...]) -> list[str]:
    """Return for each row nothing, or a sign and the columns to be mended."""
    wrong: dict[int | None, list[str]] = {}
    for problem in found:
        wrong.setdefault(problem.row, []).append(mistakes.column_title(problem.column))
    return [
        "⚠ " + "、".join(dict.fromkeys(wrong[row])) if row in wrong else ""
        for row in cells.index.tolist()
    ]


def _store(editor: str, cells: pd.DataFrame) -> None:
    """Take in what was typed: a plan where all of it can be read, else kept beside the plan."""
    changed = _edited(cells, st.session_state[editor])
    if refused := _personal(changed):
        session.tell(refused)
        return
    if len(changed) > MOST_ROWS:
        session.tell(_("{most:,}行までです。").format(most=MOST_ROWS))
        return
    now = session.state()
    try:
        plan, typed = _read(changed).reset_index(drop=True), None
    except ProblemsError:
        plan, typed = now.workbook.plan, changed
    session.use_plan(plan, _name(plan, now), now.told, typed)


def _name(plan: pd.DataFrame, before: State) -> str:
    """Return what an edited plan is called: the sample, or another kind, is a plan of one's own.

    A name that a reader gave stays; one that tells where the plan is from says that it was edited.
    """
    if session.is_sample() or plan_kind(plan) is not plan_kind(before.workbook.plan):
        return _(_TYPED)
    kept = before.named or before.plan_name.endswith(_(_EDITED))
    return before.plan_name if kept else before.plan_name + _(_EDITED)


def _edited(cells: pd.DataFrame, changes: Mapping[str, Any]) -> pd.DataFrame:
    """Return the cells with the changes of an editor: cells, then rows added, then rows deleted."""
    keys = list(cells.columns)
    rows = cells.to_numpy().tolist()
    for number, edits in changes["edited_rows"].items():
        if 0 <= int(number) < len(rows):
            for key, value in edits.items():
                if key in keys:
                    rows[int(number)][keys.index(key)] = _text(value)
    deleted = {int(number) for number in changes["deleted_rows"]}
    rows = [row for number, row in enumerate(rows) if number not in deleted]
    rows += [[_text(added.get(key)) for key in keys] for added in changes["added_rows"]]
    return pd.DataFrame(rows, columns=keys, index=pd.RangeIndex(1, len(rows) + 1), dtype="str")


def _text(value: object) -> str:
    return "" if value is None else str(value)[:200]


def _personal(cells: pd.DataFrame) -> str | None:
    """Return what to say where something typed seems to be personal data; it is not repeated."""
    for key in cells:
        values = [value for value in cells[key].str.strip().unique() if value]
        if kind := personal_data.in_column(title(str(key)), values, recognised=True):
            return _(
                "「{column}」に入れた値は個人情報({kind})のようなので、取り消しました。"
            ).format(column=_(title(str(key))), kind=_(kind.label))
    return None
