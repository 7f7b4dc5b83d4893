"""The questions that people ask, with the reader's own figures: the list, and the ways there."""

from urllib.parse import urljoin

import streamlit as st

from onlineready.domain.vocabulary import LABELS, Topic
from onlineready.language import translate as _
from onlineready.load.faq import AskedQuestion, answered
from onlineready.report import wording
from onlineready.report.phrases import phrases
from onlineready.ui.state import addresses, fields, session, shared

PARAMETER = "faq"
"""The parameter of an address that names a question by its id; empty, it leads to the list."""

MOST_LINKS = 3
"""Questions to which another page leads, the most asked that concern it."""

READ_WIDTH = 960
"""Pixels of the longest line of an answer."""

_LINKS = """<style>[class*="st-key-faq_"] [data-testid="stPageLink-NavLink"] * {
    white-space: normal; line-height: 1.3; text-decoration: underline; }</style>"""
"""Streamlit cuts a long link off on a narrow screen, and draws it like other text."""


def named() -> bool:
    """Tell whether the address leads to a question or to the list."""
    return PARAMETER in st.query_params


def name(question: str) -> None:
    """Let the address lead to a question, which is then open, or to the list where it is empty."""
    st.query_params[PARAMETER] = question
    if question:
        st.session_state[f"faq_{question}"] = True


def show_links(page: str) -> None:
    """Lead from another page to the questions that concern it, and to the list of all.

    Args:
        page: the address of the page, as in `AskedQuestion.where`.
    """
    concerned = [question for question in shared.faq() if question.where == page][:MOST_LINKS]
    st.html(_LINKS)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="faq_links"):
        st.caption(_("よくある質問:"), width="content")
        for question in concerned:
            _show_link("/sources", wording.plain(question.question_ja), question.id)
        label = _("すべて({count}問)").format(count=len(shared.faq()))
        _show_link("/sources", label, "")


@st.fragment
def show_folded_links(page: str) -> None:
    """Offer the same while a reader has them open: at the foot of a page of many inputs."""
    place = st.expander(_("よくある質問"), key="faq", on_change="rerun")
    if place.open:
        with place:
            show_links(page)


@st.fragment
def show_questions() -> None:
    """List the questions, to be searched; the one that the address names is first, and open."""
    questions, linked = _questions(), st.query_params.get(PARAMETER)
    st.html(_LINKS)
    st.title(_("よくある質問({count}問)").format(count=len(questions)), anchor="faq")
    if linked and linked not in {question.id for question in questions}:
        st.warning(_("リンクの質問はこの版にありません。下から探してください。"), icon="⚠️")
    st.caption(
        _(
            "答えの損益分岐・手数料・開始月は、いまの計画と前提によるものです。"
            "資料で確かめられないことは、そう書いています。法律上の助言ではありません。"
        )
    )
    searched, about = st.columns([2, 3])
    with searched:
        words = fields.show_search(
            _("言葉で探す(問い・答え・話題から)"), "faq_search", _("例: 手数料 クレジットカード")
        )
    topic = about.pills(
        _("話題"),
        options=list(Topic),
        format_func=lambda one: _(LABELS[one]),
        key="faq_topic",
        wrap=True,
    )
    found = [
        question
        for question in questions
        if topic in (None, question.topic) and _has(question, words)
    ]
    if not found:
        st.markdown(
            _(
                "見つかりません。別の言葉で探すか、管轄の入管か、入管庁のオンライン申請の"
                "問い合わせ先に尋ねてください。"
            )
        )
    elif len(found) < len(questions):
        st.caption(_("{count}問のうち{found}問").format(count=len(questions), found=len(found)))
    with st.container(key="faq_list"):
        for question in sorted(found, key=lambda one: one.id != linked):
            row = st.expander(
                wording.plain(question.question_ja),
                expanded=question.id == linked,
                key=f"faq_{question.id}",
                on_change="rerun",
            )
            if row.open:
                with row, st.container(width=READ_WIDTH):
                    _show_answer(question)


def _questions() -> tuple[AskedQuestion, ...]:
    """Return the questions, their answers filled with the figures of this session's plan."""
    as_of, fixed = session.workbook().as_of, session.base().go_live is not None
    result, fees = session.cases().result, shared.tables().fees
    return session.made_once(
        "asked",
        (result, as_of, fixed),
        lambda: answered(shared.faq(), phrases(result, fees, as_of, fixed)),
    )


def _has(question: AskedQuestion, words: str) -> bool:
    said = [question.question_ja, question.answer_ja, _(LABELS[question.topic])]
    return wording.holds("\n".join(said), words)


def _show_answer(question: AskedQuestion) -> None:
    st.markdown(wording.plain(question.answer_ja))
    st.caption(
        _("確からしさ: {confidence}。出典: {source} — {official}、確認日 {day}").format(
            confidence=wording.confidence(question.confidence),
            source=wording.plain(question.source_ja),
            official=wording.link(question.check_at),
            day=question.checked_on,
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if question.where not in ("", "/sources"):
            page = _(addresses.PAGES[question.where].label)
            _show_link(question.where, _("詳細: {page}").format(page=page))
        with st.popover(_("この質問のリンク"), icon=":material/link:", type="tertiary"):
            here = str(st.context.url or "")
            st.code(urljoin(here, f"?{PARAMETER}={question.id}"), language=None, wrap_lines=True)
            st.caption(_("計画は入りません。開いた人には、見本の計画の数字で答えます。"))


def _show_link(page: str, label: str, question: str | None = None) -> None:
    """Lead to a page, or to a question on it; the workbook travels along in the address."""
    asked = {} if question is None else {PARAMETER: question}
    parameters = (session.parameters() or {}) | asked
    st.page_link(addresses.PAGES[page].file, label=label, query_params=parameters)
