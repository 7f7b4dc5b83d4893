"""The plan as a table on the page: checking how it was read, and mending it on the spot."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.tables import PLAN, TARGETS, plan_kind
from onlineready.domain.vocabulary import FIELDS, LABELS, PlanKind, Route
from onlineready.language import translate as _
from onlineready.load import personal_data, read_cells, title
from onlineready.model.plan import staffing_by_year
from onlineready.model.result import Result
from onlineready.report import charts, wording
from onlineready.ui.costs import answer, upload
from onlineready.ui.state import session

MOST_SITES_SHOWN = 50
_CHECK = "check"
_COLUMNS = {PlanKind.ROSTER: list(PLAN.columns), PlanKind.TARGETS: list(TARGETS.columns)}


def panel(result: Result) -> None:
    """Show what was read, site by site, and the table in which it is changed."""
    with st.expander(_("計画を確かめる・直す"), key="plan"):
        step = session.plan_step()
        for sentence in step.told:
            st.caption(wording.plain(sentence))
        if plan_kind(step.plan) is PlanKind.ROSTER:
            _by_site_and_route(step.plan)
        else:
            _staffing(step.plan, result)
        _editor(step)


def _by_site_and_route(plan: pd.DataFrame) -> None:
    table = session.made_once("headcounts", (plan,), lambda: _headcounts(plan))
    st.markdown("#### " + _("事業所と区分ごとの人数(人)"))
    months = pd.concat([plan["start"], plan["expiry"]]).dropna()
    st.caption(
        _("開始月と在留期限は {first} から {last} まで。").format(
            first=wording.month(months.min()), last=wording.month(months.max())
        )
    )
    if len(table) > MOST_SITES_SHOWN:
        st.caption(_("事業所が多いため、合計だけを示します。"))
        table = table.tail(1)
    st.table(table.rename(index=wording.plain).map("{:,.0f}".format).rename_axis(_("事業所")))


def _headcounts(plan: pd.DataFrame) -> pd.DataFrame:
    """Return the workers of each site (rows) and route (columns), with their totals."""
    routes = {str(route): _(LABELS[route]) for route in Route}
    return plan.pivot_table(
        index="site",
        columns="route",
        values="headcount",
        aggfunc="sum",
        fill_value=0,
        margins=True,
        margins_name=_("合計"),
        sort=False,
    ).rename(columns=routes)


def _staffing(targets: pd.DataFrame, result: Result) -> None:
    years = staffing_by_year(targets, result.scenario).set_index("fiscal_year")
    names = {"stock": _("年度末の人数"), "hires": _("採用"), "leavers": _("離職・満了")}
    first, last = years["stock"].iloc[[0, -1]]
    long = years.reset_index().melt("fiscal_year", var_name="series", value_name="workers")
    answer.show_chart(
        _(
            "目標から、{years}年間の採用は{hires:,.1f}人、人数は{first:,.1f}人から{last:,.1f}人"
        ).format(years=result.scenario.years, hires=years["hires"].sum(), first=first, last=last),
        _("年度別の人数・採用・離職(期待値・人)。採用は目標に足りない分として計算"),
        charts.staffing_by_year(
            long.assign(
                year=long["fiscal_year"].map(wording.fiscal_year), series=long["series"].map(names)
            ),
            list(names.values()),
        ),
        years.rename(columns=names, index=wording.fiscal_year).rename_axis(_("年度")),
        "{:,.1f}",
        "staffing_by_year",
    )


def _editor(step: session.PlanStep) -> None:
    st.markdown("#### " + _("表を直す"))
    if len(step.plan) > session.MAX_EDITED_ROWS:
        st.caption(
            _("{most:,}行を超える計画は、元のファイルで直してください。").format(
                most=session.MAX_EDITED_ROWS
            )
        )
        return
    cells = _written(step.plan) if step.typed is None else step.typed
    found = () if step.typed is None else _problems(cells)
    table = cells.assign(**{_CHECK: _marks(cells, found)}).reset_index(drop=True)
    table = table[[_CHECK, *cells.columns]]
    editor = session.editor("plan_table", table)
    st.data_editor(
        table,
        hide_index=True,
        num_rows="dynamic",
        disabled=[_CHECK],
        placeholder="",
        column_config=_columns(list(cells.columns)),
        key=editor,
        on_change=_store,
        args=(editor, cells),
    )
    if found:
        st.error(
            _(
                "直すところが{count:,}か所あります。それまでは、直前の正しい計画で計算しています。"
            ).format(count=len(found)),
            icon="⚠️",
        )
        upload.problems(found, key="plan_problems")
    earlier = len(session.earlier_plans())
    st.button(
        _("元に戻す(あと{count}回)").format(count=earlier) if earlier else _("元に戻す"),
        key="undo_plan",
        disabled=not earlier,
        on_click=session.undo_plan,
    )


def _columns(keys: list[str]) -> Mapping[str, Any]:
    config: dict[str, Any] = {key: st.column_config.TextColumn(_(title(key))) for key in keys}
    config[_CHECK] = st.column_config.TextColumn(_("確認"), width="small")
    if "route" in config:
        config["route"] = st.column_config.SelectboxColumn(
            _(title("route")), options=[_(LABELS[route]) for route in Route]
        )
        config["field"] = st.column_config.SelectboxColumn(
            _(title("field")), options=["", *FIELDS], width="medium"
        )
    return config


def _written(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan as text, as it would be typed, rows numbered from 1.

    Of targets only the column of months or of fiscal years is there, whichever they name.
    """
    cells: pd.DataFrame = plan.astype("object").where(plan.notna(), "").astype("str")
    if "route" in cells:
        cells["route"] = cells["route"].map({str(route): _(LABELS[route]) for route in Route})
    else:
        cells = cells.drop(columns="month" if plan["month"].isna().all() else "fiscal_year")
    return cells.set_axis(pd.RangeIndex(1, len(cells) + 1))


def _filled(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which anything is typed, with every column of their kind of plan."""
    blank = cells.apply(lambda column: column.str.strip().eq("")).all(axis="columns")
    filled: pd.DataFrame = cells[~blank]
    return filled.reindex(columns=_COLUMNS[plan_kind(cells)], fill_value="")


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
        wrong.setdefault(problem.row, []).append(upload.named(problem.column))
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
    if len(changed) > session.MAX_EDITED_ROWS:
        session.tell(_("{most:,}行までです。").format(most=session.MAX_EDITED_ROWS))
        return
    step = session.plan_step()
    try:
        plan, typed = _read(changed).reset_index(drop=True), None
    except ProblemsError:
        plan, typed = step.plan, changed
    name = step.name if step.name.endswith(_EDITED) else step.name + _(_EDITED)
    session.use_plan(plan, name, step.told, typed)


_EDITED = "(編集)"


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
            ).format(column=_(title(str(key))), kind=_(personal_data.LABELS[kind]))
    return None
