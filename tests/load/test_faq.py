"""The questions that people ask: checked line by line, and their answers filled."""

import re
from string import Formatter

import pytest

from onlineready.domain.vocabulary import LABELS, Topic
from onlineready.load.faq import Phrases, answered, read_faq
from onlineready.load.shipped import load_faq
from onlineready.load.word_lists import DATA
from tests import slips

SHIPPED = (DATA / "faq.toml").read_text("utf-8")
FAQ = load_faq()
PHRASES = Phrases("年12.3件", "33,000円", "27,000円", "2027年2月")
CHECKED = "checked_on = 2026-11-24"


def problems(text: str) -> list[slips.Place]:
    """Return row and column of all that is wrong with the content."""
    return slips.problems(read_faq, text, "faq.toml")


def line_of(name: str, text: str = SHIPPED) -> int:
    """Return the line on which an id stands."""
    return slips.line_of(name, text)


def left_open(answer: str) -> set[str]:
    """Return the placeholders of an answer."""
    return {field for _text, field, _spec, _kind in Formatter().parse(answer) if field}


# The content


def test_the_shipped_questions_are_answered_in_two_to_five_sentences() -> None:
    assert len(FAQ) == 27
    assert {question.topic for question in FAQ} == set(Topic) <= LABELS.keys()
    for question in FAQ:
        assert 2 <= question.answer_ja.count("。") <= 5, question.id
        assert len(re.findall(r"[.?](?: |$)", question.answer_en)) >= 2, question.id
        assert question.question_ja.endswith(("。", "？")), question.id
        assert question.question_en.endswith(("?", ".")), question.id


def test_every_placeholder_is_used() -> None:
    assert set().union(*(left_open(one.answer_ja) for one in FAQ)) == set(Phrases._fields)


def test_figures_that_the_program_knows_are_no_text_of_an_answer() -> None:
    # 33,000 円 of an answer would stay when the fee table changes.
    for question in FAQ:
        for answer in (question.answer_ja, question.answer_en):
            assert not re.search(r"\d,\d{3}|[¥￥]|\d万?円", answer), question.id


@pytest.mark.parametrize(
    ("was", "becomes", "name", "column"),
    [
        ('topic = "who"', 'topic = "whom"', "who_can_use", "topic"),
        ('topic = "who"\n', "", "who_can_use", "topic"),
        ('where = "/readiness"', 'where = "/ready"', "who_can_use", "where"),
        ('id = "who_can_use"', 'id = "Who"', "Who", "id"),
        ('confidence = "C"', 'confidence = "S"', "who_can_use", "confidence"),
        ('check_at = "https://', 'check_at = "http://', "who_can_use", "check_at"),
        (CHECKED, 'checked_on = "soon"', "who_can_use", "checked_on"),
        (CHECKED, f"{CHECKED}\nseen = 1", "who_can_use", "seen"),
        ("{go_live}。", "{month}。", "what_to_prepare", "answer_ja"),
        ("{go_live}.", "soon.", "what_to_prepare", "answer_en"),
        ("{go_live}。", "{go_live。", "what_to_prepare", "answer_ja"),
        ("{go_live}。", "{}。", "what_to_prepare", "answer_ja"),
    ],
)
def test_wrong_content_is_told_by_line(was: str, becomes: str, name: str, column: str) -> None:
    assert was in SHIPPED
    text = SHIPPED.replace(was, becomes, 1)
    assert (line_of(name, text), column) in problems(text)


@pytest.mark.parametrize("field", ["question", "answer"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_stands_in_both_languages(field: str, language: str) -> None:
    text = re.sub(rf"^{field}_{language} = .*\n", "", SHIPPED, count=1, flags=re.MULTILINE)
    assert problems(text) == [(line_of("who_can_use", text), f"{field}_{language}")]


def test_an_id_may_stand_once() -> None:
    text = SHIPPED.replace('id = "login"', 'id = "outage"')
    second = len(text.splitlines()) - text.splitlines()[::-1].index('id = "outage"')
    assert problems(text) == [(second, "id")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\n[[questions]\n", [(2, None)]),
        ("", [(None, "questions")]),
        ("questions = 1\nversion = 1", [(None, "version"), (None, "questions")]),
        ("[questions]\nid = 1", [(None, "questions")]),
    ],
)
def test_what_are_no_questions_is_told(text: str, told: list[tuple[int | None, str]]) -> None:
    assert problems(text) == told


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    told = problems(SHIPPED.replace('topic = "fees"', 'topic = "money"').replace(CHECKED, ""))
    assert [row for row, _column in told] == sorted(row or 0 for row, _column in told)
    assert len(told) == SHIPPED.count(CHECKED) + SHIPPED.count('topic = "fees"')


# The answers


def test_answers_are_filled_and_nothing_else_changes() -> None:
    filled = answered(FAQ, PHRASES)
    assert [one.id for one in filled] == [one.id for one in FAQ]
    for before, after in zip(FAQ, filled, strict=True):
        kept = {"answer_ja", "answer_en"}
        assert before.model_dump(exclude=kept) == after.model_dump(exclude=kept)
        for was, becomes in (
            (before.answer_ja, after.answer_ja),
            (before.answer_en, after.answer_en),
        ):
            assert not left_open(becomes)
            for name in left_open(was):
                assert getattr(PHRASES, name) in becomes
