"""The questions that people ask most: their file, and the answers with a reader's own figures."""

from collections.abc import Iterable, Iterator
from datetime import date
from string import Formatter
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from onlineready.domain.problem import Problem, ProblemsError, by_row
from onlineready.domain.vocabulary import Evidence, Topic
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.readiness.checklist import Id, Text
from onlineready.readiness.records import read_records, twice


class Phrases(NamedTuple):
    """What the answers leave open for a reader's figures, by the name of its placeholder.

    Each is whole: unit included, and read where it stands whether online filing pays or not.

    Attributes:
        break_even: the yearly applications from which online filing pays, or that there are none.
        fee_counter_12: the fee of a change or extension granted for a year, at the counter.
        fee_online_12: the same online, without the payment charge.
        go_live: the month in which online filing begins.
    """

    break_even: str
    fee_counter_12: str
    fee_online_12: str
    go_live: str


class AskedQuestion(BaseModel):
    """A question that people ask, and its answer in both languages, placeholders unfilled.

    `where` is the page that shows more of it, empty where none does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Id
    topic: Topic
    where: Literal["", "/", "/readiness", "/calendar", "/sources"]
    question_ja: Text
    answer_ja: Text
    question_en: Text
    answer_en: Text
    confidence: Evidence
    source_ja: Text
    check_at: Annotated[str, Field(pattern=r"^https://")]
    checked_on: date


_EXPECTED = {
    "": mark("文字"),
    "id": mark("英小文字・数字・下線の名前"),
    "topic": " / ".join(Topic),
    "where": '"/" / "/readiness" / "/calendar" / "/sources" / ""',
    "confidence": " / ".join(Evidence),
    "check_at": mark("https://で始まるURL"),
    "checked_on": mark("日付(例 2026-11-24)"),
}


def read_faq(text: str, name: str) -> tuple[AskedQuestion, ...]:
    """Return the questions that a TOML file spells out, in its order.

    Args:
        text: the content of the file.
        name: the file's name, named in every problem.

    Raises:
        ProblemsError: everything that is wrong with the content; the row is the line of the file
            on which the `id` of the question stands.
    """
    records, problems = read_records(text, name, {"questions": AskedQuestion}, _EXPECTED)
    questions = records["questions"]
    problems += twice(questions)
    for line, _name, question in questions:
        if question is not None:
            problems += _unfillable(question, line)
    if problems:
        raise ProblemsError(by_row(problems), name)
    return tuple(record.content for record in questions)


def _unfillable(question: AskedQuestion, line: int) -> Iterator[Problem]:
    """What of an answer would be left open, or be filled in one language alone."""
    left_open = {}
    for field in ("answer_ja", "answer_en"):
        try:
            parts = list(Formatter().parse(getattr(question, field)))
        except ValueError:
            yield Problem(line, field, _("波括弧 { } が閉じていません。"))
            return
        left_open[field] = {part for _text, part, _spec, _kind in parts if part is not None}
        for name in sorted(left_open[field] - set(Phrases._fields)):
            known = " / ".join(f"{{{one}}}" for one in Phrases._fields)
            message = _("「{{{name}}}」に入れるものがありません。使えるのは {known} です。")
            yield Problem(line, field, message.format(name=name, known=known))
    if left_open["answer_ja"] != left_open["answer_en"]:
        yield Problem(
            line, "answer_en", _("日本語と英語の答えで、波括弧の語句をそろえてください。")
        )


def answered(questions: Iterable[AskedQuestion], phrases: Phrases) -> tuple[AskedQuestion, ...]:
    """Return the questions with their answers filled.

    Args:
        questions: as `read_faq` returns them.
        phrases: what fills the placeholders, in the language that is to be shown.
    """
    known = phrases._asdict()
    return tuple(
        question.model_copy(
            update={
                "answer_ja": question.answer_ja.format_map(known),
                "answer_en": question.answer_en.format_map(known),
            }
        )
        for question in questions
    )
