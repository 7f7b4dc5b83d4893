"""よくある質問: the list with the reader's own figures, its search, the links to a question."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.vocabulary import Topic
from onlineready.load.faq import AskedQuestion, answered
from onlineready.load.shipped import load_faq
from onlineready.report import wording
from onlineready.report.phrases import phrases
from onlineready.ui.state import fields
from onlineready.workbook import to_token
from tests import pages
from tests.briefings import HOSTILE
from tests.day import TODAY
from tests.pages import READINESS, SOURCES, opened, page_at, read, workbook_of
from tests.plans import SAMPLE_PLAN, TABLES, business_case
from tests.situations import GAIN, LOSS, NO_BENEFIT

CALENDAR = "pages/4_calendar.py"
PRESENTATION = "pages/3_presentation.py"

QUESTIONS = {one.id: one for one in load_faq()}
NOT_FOUND = "見つかりません。別の言葉で探すか、"
UNKNOWN = "リンクの質問はこの版にありません"


def listed(page: AppTest) -> list[str]:
    """Return the questions on the page, in its order."""
    assert not page.exception
    known = {one.question_ja: one.id for one in QUESTIONS.values()}
    return [known[row.label] for row in page.expander if row.label in known]


def unfolded(page: AppTest) -> list[str]:
    """Return the questions whose answers are on the page."""
    texts = said(page)
    return [one.id for one in QUESTIONS.values() if one.answer_ja[:20] in texts]


def said(page: AppTest) -> str:
    return read("\n".join(text.value for kind in (page.markdown, page.caption) for text in kind))


def asked_page() -> AppTest:
    """Return the page with the list of questions open, none of them named."""
    return opened(SOURCES, faq="")


def searched(words: str) -> AppTest:
    page = asked_page()
    page.text_input(key="faq_search").set_value(words).run()
    return page


def links(page: AppTest) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Return where the page's links lead, by their label: the page and the parameters."""
    return {
        read(link.proto.label): (link.proto.page, parse_qs(link.proto.query_string, True))
        for link in page.get("page_link")
    }


# The list


def test_all_questions_are_listed_and_only_an_open_one_is_answered() -> None:
    page = asked_page()
    assert listed(page) == list(QUESTIONS)
    assert unfolded(page) == []
    page.session_state["faq_not_online"] = True
    page.run()
    assert unfolded(page) == ["not_online"]


@pytest.mark.parametrize("raw", [GAIN, LOSS, NO_BENEFIT], ids=["gain", "loss", "no break-even"])
def test_every_answer_stands_on_the_page_with_the_figures_of_the_plan(raw: dict[str, Any]) -> None:
    page = page_at(SOURCES, faq="")
    pages.hold(page, workbook_of(SAMPLE_PLAN, **raw))
    for name in QUESTIONS:
        page.session_state[f"faq_{name}"] = True
    page.run()
    filled = answered(
        QUESTIONS.values(), phrases(business_case(SAMPLE_PLAN, raw), TABLES.fees, TODAY, fixed=True)
    )
    texts = [read(text.value) for text in page.markdown]
    assert [one.answer_ja for one in filled if one.answer_ja not in texts] == []
    assert not {"{", "}"} & set(said(page))
    for one in filled:
        assert source(one) in said(page)


def source(question: AskedQuestion) -> str:
    sure = wording.confidence(question.confidence)
    return (
        f"確からしさ: {sure}。出典: {question.source_ja} — "
        f"[公式ページ]({question.check_at})、確認日 {question.checked_on}"
    )


def test_an_answer_leads_to_its_page_and_can_be_linked_to() -> None:
    token = to_token(workbook_of(company_fee_share=0.3))
    page = opened(SOURCES, faq="staff_change", w=token)
    page.session_state["faq_not_online"] = True
    page.run()
    assert links(page)["詳細: 準備チェックリスト"] == ("readiness", {"w": [token]})
    assert [code.value for code in page.code][:2] == ["?faq=staff_change", "?faq=not_online"]
    assert sum(label.startswith("詳細: ") for label in links(page)) == 1


# Search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("クレジット", ["how_to_pay"]),
        ("ｸﾚｼﾞｯﾄ　手数料", ["how_to_pay"]),
        ("gビズid", ["login"]),
        ("損益分岐", ["worth_it"]),
        ("   ", list(QUESTIONS)),
    ],
)
def test_the_search_looks_through_question_and_answer(words: str, found: list[str]) -> None:
    page = searched(words)
    assert listed(page) == found
    assert (f"27問のうち{len(found)}問" in said(page)) is (len(found) < 27)


def test_the_figures_and_the_topic_can_be_searched_too() -> None:
    assert "fee_now" in listed(searched("33,000円"))
    of_topic = [one.id for one in QUESTIONS.values() if one.topic is Topic.AFTER]
    assert set(listed(searched("許可の後と維持"))) == set(of_topic)


def test_a_topic_narrows_the_list_and_the_search_narrows_it_further() -> None:
    page = asked_page()
    page.pills(key="faq_topic").set_value(Topic.FEES).run()
    assert listed(page) == ["fee_now", "how_to_pay", "who_pays"]
    page.text_input(key="faq_search").set_value("給与").run()
    assert listed(page) == ["who_pays"]


@pytest.mark.parametrize(
    "words",
    [HOSTILE, "[b](http://a.example)", "<script>alert(1)</script>", ".*(", "{break_even}", "{0}"],
)
def test_what_nobody_asks_is_not_found_and_whom_to_ask_is_said(words: str) -> None:
    page = searched(words)
    assert listed(page) == []
    assert NOT_FOUND in said(page)
    assert words not in said(page)


def test_a_longer_search_than_the_page_takes_is_cut() -> None:
    page = searched("")
    field = page.text_input(key="faq_search")
    pages.post(page, field.id, "手数料" * 10_000)
    assert len(page.session_state["faq_search"]) == fields.LONGEST_SEARCH
    assert listed(page) == []


# Links to one question


def test_a_link_opens_its_question_before_all_else() -> None:
    page = opened(SOURCES, faq="expiry_near")
    assert page.title[0].value == "よくある質問(27問)"
    assert listed(page)[0] == "expiry_near"
    assert sorted(listed(page)) == sorted(QUESTIONS)
    assert unfolded(page) == ["expiry_near"]
    assert not page.warning


def test_a_link_to_a_question_keeps_the_workbook() -> None:
    token = to_token(workbook_of(go_live="2028-04"))
    page = opened(SOURCES, faq="approval_days", w=token)
    assert "オンライン申請の開始: 2028年4月(決めてある開始月)" in said(page)
    assert page.query_params == {"w": token, "faq": "approval_days"}


def test_an_empty_parameter_leads_to_the_list() -> None:
    page = opened(SOURCES, faq="")
    assert page.title[0].value == "よくある質問(27問)"
    assert unfolded(page) == []
    assert not page.warning


def test_without_a_parameter_the_grounds_stand_first_and_lead_to_the_questions_asked_most() -> None:
    page = opened(SOURCES)
    assert listed(page) == []
    assert "数字の根拠" in said(page)
    most = list(QUESTIONS)[:3]
    assert [page.button(key=f"asked_{name}").label for name in most] == [
        QUESTIONS[name].question_ja for name in most
    ]
    page.button(key=f"asked_{most[2]}").click().run()
    assert unfolded(page) == listed(page)[:1] == [most[2]]
    assert page.query_params["faq"] == most[2]
    page.segmented_control(key="section").set_value("根拠").run()
    page.button(key="asked_").click().run()
    assert len(listed(page)) == len(QUESTIONS)
    assert page.query_params["faq"] == ""


@pytest.mark.parametrize("name", ["gone", "WORTH_IT", "../../etc/passwd", "<img src=x>", HOSTILE])
def test_an_unknown_question_is_told_and_not_repeated(name: str) -> None:
    page = opened(SOURCES, faq=name)
    assert UNKNOWN in pages.told(page)
    assert listed(page) == list(QUESTIONS)
    assert unfolded(page) == []
    assert not pages.shown(page, name)


# From the other pages


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("app.py", ["fee_now", "worth_it", "who_pays"]),
        (READINESS, ["who_can_use", "what_to_prepare", "approval_days"]),
        (CALENDAR, ["id_validity", "expiry_near", "outage"]),
    ],
)
def test_three_questions_stand_beside_what_they_ask_about(path: str, names: list[str]) -> None:
    token = to_token(workbook_of(company_fee_share=0.3))
    page = page_at(path, w=token)
    page.session_state["faq"] = True  # folded on the first page
    found = links(page.run())
    for name in names:
        leads = ("sources", {"w": [token], "faq": [name]})
        assert found[QUESTIONS[name].question_ja] == leads
    assert found["すべて(27問)"][1]["faq"] == [""]
    assert sum("faq" in parameters for _page, parameters in found.values()) == 4


def test_the_presentation_has_none() -> None:
    for parameters in ({}, {"print": "1"}):
        page = opened(PRESENTATION, **parameters)
        assert not pages.shown(page, "よくある質問")
        assert not any("faq" in found for _page, found in links(page).values())
