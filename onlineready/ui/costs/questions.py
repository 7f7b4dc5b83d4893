"""Ready-made questions: what if, answered at a click without touching the base scenario."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from onlineready.domain.problem import ProblemsError
from onlineready.domain.scenario import FIXED_FEES, Scenario
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import without_discount
from onlineready.model.plan import without_periods
from onlineready.model.result import Result, evaluate
from onlineready.report import findings, tabular, wording
from onlineready.ui.state import session, shell


def _unchanged(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


class Question(NamedTuple):
    """A condition that can be tried at a click.

    Attributes:
        title: the question, up to "…なら".
        name: what a scenario under this condition is called.
        changes: the keys of a scenario that it sets, as they stand in a file.
        months_later: how much later online filing begins.
        fees: what becomes of the fee table; the law is no scenario, so it cannot be kept.
        plan: what becomes of the plan, which is no scenario either.
        note: how the answer is to be read.
    """

    title: str
    name: str
    changes: Mapping[str, Any] = {}
    months_later: int = 0
    fees: Callable[[pd.DataFrame], pd.DataFrame] = _unchanged
    plan: Callable[[pd.DataFrame], pd.DataFrame] = _unchanged
    note: str = ""

    def changed(self, scenario: Scenario) -> dict[str, Any]:
        """Return the keys of a scenario that the condition sets, as they stand in a file."""
        if not self.months_later:
            return dict(self.changes)
        return {**self.changes, "go_live": str(scenario.later(self.months_later).go_live)}


QUESTIONS = (
    Question(
        mark("本人が払い、時間を0円と見るなら"),
        mark("本人負担・時間0円"),
        {"company_fee_share": 0, "realised_time_share": 0},
        note=mark(
            "減る時間は0円とし、準備と維持にかかる時間は賃金で引く、厳しい見方です。"
            "時間をいっさい数えなければ、残るのは現金の節約です。"
        ),
    ),
    Question(mark("手数料を本人が払うなら"), mark("手数料は本人負担"), {"company_fee_share": 0}),
    Question(
        mark("手数料が6,000円/5,500円のままなら"),
        mark("6,000円/5,500円のまま"),
        {"fee_basis": str(FIXED_FEES)},
    ),
    Question(
        mark("オンラインの割引がなくなったら"),
        mark("オンラインの割引なし"),
        fees=without_discount,
    ),
    Question(
        mark("36か月の許可なら"),
        mark("36か月の許可"),
        {"period_months": 36},
        plan=without_periods,
    ),
    Question(mark("IDの有効期間が1年なら"), mark("IDの有効期間1年"), {"id_validity_months": 12}),
    Question(mark("IDの有効期間が3年なら"), mark("IDの有効期間3年"), {"id_validity_months": 36}),
    Question(mark("開始が1か月遅れたら"), mark("開始が1か月遅れ"), months_later=1),
    Question(mark("開始が3か月遅れたら"), mark("開始が3か月遅れ"), months_later=3),
    Question(mark("開始が6か月遅れたら"), mark("開始が6か月遅れ"), months_later=6),
)


def show_questions(result: Result) -> None:
    """Offer the questions about the base scenario's business case, and answer the chosen one."""
    if told := st.session_state.pop("question_told", None):
        st.success(wording.plain(told), icon="✅")
    by_title = {question.title: question for question in QUESTIONS}
    title = st.pills(
        _("問いを選ぶと、いまの前提は変えずに答えます"),
        options=list(by_title),
        format_func=_,
        key="question",
    )
    if title is not None:
        _show_answer(by_title[title], result)


def _show_answer(question: Question, result: Result) -> None:
    plan, shipped = session.workbook().plan, shell.tables()
    try:
        scenario = session.varied(result.scenario, **question.changed(result.scenario))
    except ProblemsError:
        st.info(_("この条件は、計算できる期間の外です。"), icon="ℹ️")
        return
    other_plan = question.plan(plan)
    same_plan = other_plan.equals(plan)
    if scenario == result.scenario and same_plan and question.fees is _unchanged:
        st.info(_("いまの前提が、この条件です。"), icon="ℹ️")
        return
    case = evaluate(other_plan, scenario, shipped._replace(fees=question.fees(shipped.fees)))
    found = findings.what_if(_(question.title), result, case)
    st.markdown(f"#### {found.title}")
    st.markdown(found.detail)
    table, beside = st.columns([3, 2], gap="medium")
    table.table(tabular.figures([result, case], [_("いまの前提"), _("この条件")]))
    with beside:
        _show_keeping(question, same_plan=same_plan)


def _show_keeping(question: Question, *, same_plan: bool) -> None:
    """Offer to keep the condition, or say why it cannot be kept."""
    if question.note:
        st.caption(_(question.note))
    if question.fees is not _unchanged:
        st.caption(
            _(
                "手数料の表は法令の額なので、この条件はシナリオにできません。"
                "オンラインの額を窓口と同じとし、決済手数料はそのままとして計算しました。"
            )
        )
    elif not same_plan:
        st.caption(
            _(
                "計画の行ごとの更新在留期間をすべて36か月として計算しました。"
                "計画はシナリオに入らないため、使うときは「計画を確かめる・直す」で"
                "更新在留期間を直してください。認定で入国した人の初回は12か月までのままです。"
            )
        )
    else:
        _show_buttons(question)


def _show_buttons(question: Question) -> None:
    with st.container(horizontal=True):
        st.button(
            _("この条件を使う"),
            key="adopt_question",
            help=_("基準の前提をこの条件に替えます。左の入力で戻せます。"),
            on_click=_adopt,
            args=(question,),
        )
        st.button(
            _("シナリオとして残す"),
            key="keep_question",
            help=_("基準は変えず、この条件のシナリオを加えます。"),
            on_click=_keep,
            args=(question,),
        )


def _adopt(question: Question) -> None:
    session.change(**question.changed(session.scenario()))
    st.session_state["question"] = None
    st.session_state["question_told"] = _("「{title}」を基準の前提に入れました。").format(
        title=_(question.title)
    )


def _keep(question: Question) -> None:
    before = session.workbook()
    new = session.varied(session.base(), **question.changed(session.scenario()))
    session.add_scenario(new.model_copy(update={"name": _(question.name)}))
    if session.workbook() is not before:
        st.session_state["question_told"] = _(
            "シナリオ「{name}」として残しました。「シナリオを比べる」で見られます。"
        ).format(name=session.workbook().scenarios[-1].name)
