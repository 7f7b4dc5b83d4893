"""One condition changed at a time: all answers in one table, the base scenario left alone."""

from html import escape
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import Trial
from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.model import trials
from onlineready.model.result import Result
from onlineready.report import findings, tabular, what_ifs, wording
from onlineready.ui.state import session, shared
from onlineready.ui.state.saving import show_save

CHOSEN = "trial"
"""Where the page keeps which trial is looked at."""


class Answers(NamedTuple):
    """What the table of trials shows; no business case is kept of it.

    Attributes:
        title: the finding.
        amounts: as `what_ifs.amounts`.
        details: why a trial is worth what it is, in their order.
    """

    title: str
    amounts: pd.DataFrame
    details: tuple[str, ...]


def show_conditions(result: Result) -> None:
    """Show what each trial is worth beside the base's business case, and offer to use one."""
    if told := st.session_state.pop("trial_told", None):
        st.success(wording.plain(told), icon="✅")
    plan = session.workbook().plan
    answers = session.made_once("trials", (plan, result.scenario), lambda: _answers(plan, result))
    st.markdown(f"## {answers.title}")
    st.html(_table(result, answers))
    st.caption(
        _(
            "前提は一つだけ変え、ほかは今のまま。今と同じ条件は出しません。"
            "開始がずれる条件は、平均する月数が違うため年の効果を比べません。"
        )
    )
    show_save(
        _("CSVで保存"),
        lambda: to_csv(what_ifs.table(answers.amounts, answers.details)),
        "conditions.csv",
        "csv_conditions",
    )
    chosen = st.selectbox(
        _("条件を選ぶと、くわしい数字と、使う・残すボタンが出ます"),
        options=list(answers.amounts.index),
        index=None,
        format_func=what_ifs.name,
        placeholder=_("条件を選ぶ"),
        key=CHOSEN,
    )
    if chosen is not None:
        _show_answer(chosen, result)


def _answers(plan: pd.DataFrame, result: Result) -> Answers:
    shipped = shared.tables()
    cases = trials.tried(plan, result, shipped)
    amounts = what_ifs.amounts(result, cases)
    details = [what_ifs.detail(trial, result, case, shipped.fees) for trial, case in cases.items()]
    return Answers(what_ifs.between(result, amounts), amounts, tuple(details))


def _table(result: Result, answers: Answers) -> str:
    """Return the table in HTML: the grid of Streamlit has no bar that begins at 0, nor prints."""
    now = pd.DataFrame([result.figures.reindex(answers.amounts.columns)])
    words = tabular.in_words(pd.concat([now, answers.amounts]), tabular.TRIALS)
    names = [_("今の前提"), *map(what_ifs.name, answers.amounts.index)]
    changes = [0.0, *answers.amounts["change_yen"].fillna(0.0)]
    low, high = min(changes), max(changes)
    rows = [
        f"<tr><th scope='row'>{escape(name)}<small>{escape(detail)}</small></th>"
        f"<td>{year}</td><td>{total}</td><td>{change}{_bar(yen, low, high)}</td></tr>"
        for name, detail, yen, (year, total, change) in zip(
            names, ("", *answers.details), changes, words.itertuples(index=False), strict=True
        )
    ]
    headings = "".join(
        f"<th scope='col'>{escape(heading)}</th>" for heading in (_("条件"), *words.columns)
    )
    return (
        f"<div class='trials' role='region' tabindex='0'"
        f" aria-label='{escape(answers.title)}'>"
        f"<table><thead><tr>{headings}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _bar(yen: float, low: float, high: float) -> str:
    """Return a bar from 0 to a difference, on a line from the lowest to the highest of them."""
    if not yen:
        return ""
    share = 100 / (high - low)
    left, width = (min(yen, 0) - low) * share, abs(yen) * share
    kind = " class='loss'" if yen < 0 else ""
    return (
        "<div class='bar' aria-hidden='true'>"
        f"<i{kind} style='left: {left:.1f}%; width: {width:.1f}%'></i></div>"
    )


def _show_answer(trial: Trial, result: Result) -> None:
    plan = session.workbook().plan
    case = trials.case_under(trial, plan, result, shared.tables())
    if case is None:
        st.info(_("この条件は、計算できる期間の外です。"), icon="ℹ️")
        return
    found = findings.what_if(_("「{title}」なら").format(title=what_ifs.name(trial)), result, case)
    st.markdown(f"## {found.title}")
    st.markdown(found.detail)
    st.table(tabular.figures([result, case], [_("今の前提"), _("この条件")]))
    if trial in what_ifs.NOTES:
        st.caption(_(what_ifs.NOTES[trial]))
    if trials.is_scenario(trial, plan):
        _show_buttons(trial)


def _show_buttons(trial: Trial) -> None:
    with st.container(horizontal=True):
        st.button(
            _("この条件を使う"),
            key="adopt_trial",
            help=_("基準の前提をこの条件に替えます。「元に戻す」で戻せます。"),
            on_click=_adopt,
            args=(trial,),
        )
        st.button(
            _("シナリオとして残す"),
            key="keep_trial",
            help=_("基準は変えず、この条件のシナリオを加えます。"),
            on_click=_keep,
            args=(trial,),
        )


def _adopt(trial: Trial) -> None:
    session.change(**_changes(trial))
    st.session_state[CHOSEN] = None
    st.session_state["trial_told"] = _("「{title}」を基準の前提に入れました。").format(
        title=what_ifs.name(trial)
    )


def _keep(trial: Trial) -> None:
    before = session.workbook()
    new = session.varied(session.base(), **_changes(trial), name=what_ifs.name(trial))
    session.add_scenario(new)
    if session.workbook() is not before:
        st.session_state["trial_told"] = _(
            "シナリオ「{name}」として残しました。「シナリオを比べる」で見られます。"
        ).format(name=session.workbook().scenarios[-1].name)


def _changes(trial: Trial) -> dict[str, Any]:
    """Return the keys of a scenario that a trial sets, as they stand in a file."""
    now = session.scenario()
    values = trials.scenario_under(trial, now).model_dump(mode="json")
    return {key: values[key] for key in trials.CHANGES[trial](now)}
