"""The readiness checklist: what stands before the first online filing, and how far a reader is."""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from onlineready.domain.problem import Problem, ProblemsError, by_row
from onlineready.domain.scenario import bounds
from onlineready.domain.vocabulary import (
    Agent,
    Condition,
    Estimate,
    Evidence,
    Per,
    Reply,
    Status,
    Way,
)
from onlineready.language import lettered, mark
from onlineready.language import translate as _
from onlineready.readiness import refusal
from onlineready.readiness.records import Record, read_records, twice

AGENT_SEMINAR = "agent_seminar"
AGENT_APPROVAL = "agent_approval"
DECLARATION_REVIEW = "declaration_review"
PERIODIC_REPORT = "periodic_report"
KNOWN_BY_NAME = (AGENT_SEMINAR, AGENT_APPROVAL, DECLARATION_REVIEW)
"""The items of officers that the program asks for: what makes an agent, and the last step."""

AGENT_QUESTION = "agent"
"""The question of the gate about an officer; the others ask for notifications."""

MAX_OFFICERS = int(bounds("officers")[1])

LONGEST_LABEL = 60
"""Letters of what an officer is called."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]
Label = Annotated[str, Field(min_length=1, max_length=30)]
Days = Annotated[int, Field(ge=0, le=365)]
DAY_LIMITS = (date(2010, 1, 1), date(2060, 12, 31))
"""Forecasts from such days stay within the months that a scenario's `go_live` may have."""

Day = Annotated[date, Field(ge=DAY_LIMITS[0], le=DAY_LIMITS[1])]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# The content


class Stage(_Frozen):
    """One of the stages, 0 to 4, on the way to filing online."""

    id: int
    label_ja: Label
    label_en: Text
    summary_ja: Text
    summary_en: Text


class LeadDays(_Frozen):
    """Calendar days from the start of something to its end; 0 where nothing is waited for."""

    low: Days
    base: Days
    high: Days

    def by(self, estimate: Estimate) -> int:
        """Return the days of one of the three estimates."""
        days: int = getattr(self, estimate)
        return days


class _Entry(_Frozen):
    id: Id
    stage: int
    label_ja: Label
    label_en: Text
    why_ja: Text
    why_en: Text
    lead_days: LeadDays = LeadDays(low=0, base=0, high=0)
    reminder_ja: Text | None = None
    reminder_en: Text | None = None
    check_at: Annotated[str, Field(pattern=r"^https://")]
    confidence: Evidence
    source: Text
    checked_on: date


class Question(_Entry):
    """A question of the gate, answered by the organization; its lead days are those to a yes."""

    who: ClassVar[Per] = Per.ORGANIZATION
    depends_on: ClassVar[tuple[str, ...]] = ()
    applies_when: ClassVar[Condition] = Condition.ALWAYS
    steps_ja: ClassVar[tuple[str, ...]] = ()
    paper: ClassVar[None] = None
    minutes: ClassVar[None] = None
    optional: ClassVar[bool] = False

    question_ja: Text
    question_en: Text
    action_ja: Text
    action_en: Text


class Item(_Entry):
    """Something to be done once by the organization, or by each officer.

    `paper` is the number of a paper of the declaration of use, (1) to (6). The item waits for what
    `depends_on` names: questions, items of the organization, items of the same officer. An item of
    the organization waits for an item of officers until one of them is that far. What is `optional`
    stands beside the way to filing online: nothing waits for it, and it is not counted.
    """

    who: Literal[Per.ORGANIZATION, Per.OFFICER]
    steps_ja: tuple[Text, ...] = ()
    steps_en: tuple[Text, ...] = ()
    optional: bool = False
    paper: Annotated[int, Field(ge=1, le=6)] | None = None
    minutes: Annotated[int, Field(ge=0, le=10_000)] | None = None
    depends_on: tuple[str, ...] = ()
    applies_when: Condition = Condition.ALWAYS


Entry = Question | Item


class Checklist(_Frozen):
    """The content as a whole; each item stands below all that it waits for."""

    stages: tuple[Stage, ...]
    questions: tuple[Question, ...]
    items: tuple[Item, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Questions and items, each below all that it waits for."""
        return (*self.questions, *self.items)

    @property
    def gate_stage(self) -> Stage:
        """The stage of the questions, at whose end the gate stands."""
        return self._stage_of(self.questions[0].id)

    @property
    def agent_stage(self) -> Stage:
        """The stage in which an officer becomes an application agent."""
        return self._stage_of(AGENT_APPROVAL)

    def _stage_of(self, entry_id: str) -> Stage:
        (number,) = (entry.stage for entry in self.entries if entry.id == entry_id)
        return next(stage for stage in self.stages if stage.id == number)


_KINDS: dict[str, type[_Frozen]] = {"stages": Stage, "questions": Question, "items": Item}


def read_checklist(text: str, name: str) -> Checklist:
    """Return the checklist that a TOML file spells out.

    Args:
        text: the content of the file.
        name: the file's name, named in every problem.

    Raises:
        ProblemsError: everything that is wrong with the content; the row is the line of the file
            on which the `id` of the stage, question or item stands.
    """
    records, problems = read_records(text, name, _KINDS, _EXPECTED)
    problems += _unfit(records["stages"], [*records["questions"], *records["items"]])
    if problems:
        raise ProblemsError(by_row(problems), name)
    return Checklist(**{kind: tuple(r.content for r in records[kind]) for kind in _KINDS})


def _unfit(stages: Sequence[Record], entries: Sequence[Record]) -> Iterator[Problem]:
    """What no single field shows: names told twice, names that lead nowhere, or back."""
    yield from twice(stages)
    yield from twice(entries)
    known_stages = {stage.name for stage in stages}
    known = {entry.name for entry in entries}
    for name in KNOWN_BY_NAME:
        if name not in known:
            message = _("プログラムが使う項目「{name}」がありません。")
            yield Problem(None, "items", message.format(name=name))
    above: dict[str, Entry | None] = {}
    for line, name, entry in entries:
        if entry is not None:
            if str(entry.stage) not in known_stages:
                yield Problem(line, "stage", _("この番号の段階はありません。"))
            yield from _lone_halves(entry, line)
            yield from _loose_ends(entry, line, above, known)
        above[name] = entry


def _lone_halves(entry: Entry, line: int) -> Iterator[Problem]:
    days = entry.lead_days
    if not days.low <= days.base <= days.high:
        yield Problem(line, "lead_days", _("低・基準・高の順に大きくなっていません。"))
    if (entry.reminder_ja is None) != (entry.reminder_en is None):
        yield Problem(line, "reminder_ja", _("日本語と英語の両方が要ります。"))
    if isinstance(entry, Item) and len(entry.steps_ja) != len(entry.steps_en):
        yield Problem(line, "steps_ja", _("日本語と英語の手順の数が違います。"))


def _loose_ends(
    entry: Entry, line: int, above: Mapping[str, Entry | None], known: Set[str]
) -> Iterator[Problem]:
    by_every_officer = entry.who is Per.OFFICER and entry.applies_when is Condition.ALWAYS
    if entry.id in KNOWN_BY_NAME and not by_every_officer:
        message = _("プログラムが使う項目です。who は officer、applies_when は always にします。")
        yield Problem(line, "who", message)
    for name in entry.depends_on:
        before = above.get(name)
        if name not in known:
            message = _("「{name}」という項目はありません。綴りを確かめてください。")
        elif name not in above:
            message = _("先に要る「{name}」を、この項目より上に置いてください(循環はできません)。")
        elif before and before.optional:
            message = _("任意の項目「{name}」を待つことはできません。")
        else:
            continue
        yield Problem(line, "depends_on", message.format(name=name))


# The answers


class Answer(_Frozen):
    """How far one item is. `planned` counts while it is open, `done_on` once it is done."""

    status: Literal[Status.TODO, Status.DOING, Status.DONE, Status.NA] = Status.TODO
    planned: Day | None = None
    done_on: Day | None = None


class Officer(_Frozen):
    """A staff member who is to file, by a label that names nobody, and the answers by item id."""

    label: Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)]
    items: dict[str, Answer] = {}


def _as_many_as_may_file(officers: tuple[Officer, ...]) -> tuple[Officer, ...]:
    if not 1 <= len(officers) <= MAX_OFFICERS:
        raise ValueError
    return officers


class Answers(_Frozen):
    """The `readiness` object of a workbook. Ids that the checklist does not know are kept."""

    way: Way = Way.ONLINE
    gate: dict[str, Reply] = {}
    organization: dict[str, Answer] = {}
    officers: Annotated[tuple[Officer, ...], AfterValidator(_as_many_as_may_file)] = Field(
        default_factory=lambda: (Officer(label=officer_label(0)), Officer(label=officer_label(1)))
    )


def read_answers(raw: object) -> Answers:
    """Return the answers that the `readiness` object of a workbook holds; keys may be left out.

    Raises:
        ProblemsError: every value that is not as documented, by key.
    """
    try:
        # Days and words are read strictly, and only from JSON does pydantic read them at all.
        return _with_one_report(Answers.model_validate_json(json.dumps(raw)))
    except ValidationError as error:
        raise ProblemsError(refusal.problems(error, _EXPECTED, None)) from None


_THUS_FAR = (Status.NA, Status.TODO, Status.DOING, Status.DONE)


def _with_one_report(answers: Answers) -> Answers:
    """Make the periodic report of officers, as older workbooks have it, that of the organization.

    One of them is enough for it: the answer of the officer who is the furthest stands.
    """
    reports, officers = [], []
    for officer in answers.officers:
        items = dict(officer.items)
        if report := items.pop(PERIODIC_REPORT, None):
            reports.append(report)
        officers.append(officer.model_copy(update={"items": items}))
    if not reports:
        return answers
    furthest = max(reports, key=lambda report: _THUS_FAR.index(report.status))
    organization = {PERIODIC_REPORT: furthest, **answers.organization}
    return answers.model_copy(update={"organization": organization, "officers": tuple(officers)})


def officer_label(number: int) -> str:
    """Return what the officer of a number, from 0 on, is called at first: 担当者A, B … Z, AA."""
    return _("担当者{letter}").format(letter=lettered(number))


def unknown_ids(checklist: Checklist, answers: Answers) -> tuple[str, ...]:
    """Return the ids answered that the checklist does not know where they stand, sorted."""
    questions = {question.id for question in checklist.questions}
    known = {who: {item.id for item in checklist.items if item.who is who} for who in Per}
    unknown = (answers.gate.keys() - questions) | (
        answers.organization.keys() - known[Per.ORGANIZATION]
    )
    for officer in answers.officers:
        unknown |= officer.items.keys() - known[Per.OFFICER]
    return tuple(sorted(unknown))


def answer_of(answers: Answers, officer: int | None, item_id: str) -> Answer:
    """Return what is stored of an item of an officer, or of the organization for None."""
    items = answers.organization if officer is None else answers.officers[officer].items
    return items.get(item_id, Answer())


def answered(
    answers: Answers, officer: int | None, item_id: str, answer: Answer | Reply
) -> Answers:
    """Return the answers with one changed.

    Args:
        answers: what stands now.
        officer: the place of the officer, from 0 on; None for the organization.
        item_id: the item, or with a reply the question.
        answer: how far the item is now, or the reply to the question.
    """
    if isinstance(answer, Reply):
        return answers.model_copy(update={"gate": {**answers.gate, item_id: answer}})
    if officer is None:
        items = {**answers.organization, item_id: answer}
        return answers.model_copy(update={"organization": items})
    one = answers.officers[officer]
    one = one.model_copy(update={"items": {**one.items, item_id: answer}})
    officers = (*answers.officers[:officer], one, *answers.officers[officer + 1 :])
    return answers.model_copy(update={"officers": officers})


def edited(answer: Answer, changes: Mapping[str, str | None], today: date) -> Answer:
    """Return an answer with some of it changed, as text.

    With a day on which it was done, it is done; called done without one, it was done today; and
    what is open again was done on no day.

    Raises:
        ValidationError: a status is none, or a day is none or out of reach.
    """
    raw = answer.model_dump(mode="json") | {
        key: value and str(value)[:10] for key, value in changes.items()
    }
    if changes.get("done_on"):
        raw["status"] = Status.DONE
    elif raw["status"] != Status.DONE:
        raw["done_on"] = None
    elif "status" in changes:
        raw["done_on"] = raw["done_on"] or today.isoformat()
    return Answer.model_validate_json(json.dumps(raw))


def called(answers: Answers, officer: int, label: str) -> Answers:
    """Return the answers with an officer called by another label."""
    officers = list(answers.officers)
    officers[officer] = officers[officer].model_copy(update={"label": label})
    return answers.model_copy(update={"officers": tuple(officers)})


def agent_answers(officer: Officer) -> tuple[Answer, ...]:
    """Return the answers that decide on what an officer can show: of seminar and approval."""
    return tuple(officer.items.get(name, Answer()) for name in (AGENT_SEMINAR, AGENT_APPROVAL))


def agent_of(officer: Officer) -> Agent:
    """Return what an officer can show as an application agent.

    The certificate once the approval is done; the conditions once the seminar is, also while the
    approval is awaited (docs/domain.md, section 3); neither in every other case.
    """
    seminar, approval = (answer.status for answer in agent_answers(officer))
    if approval is Status.DONE:
        return Agent.CERTIFICATE
    return Agent.CONDITIONS if seminar is Status.DONE else Agent.NEITHER


def reply_of(answers: Answers, question_id: str) -> Reply:
    """Return the reply to a question of the gate.

    That of the agent is a yes as soon as one officer can show something: it asks for the staff
    member who declares first (docs/domain.md, section 3). Every other reply is what is stored.
    """
    agents = (agent_of(officer) is not Agent.NEITHER for officer in answers.officers)
    if question_id == AGENT_QUESTION and any(agents):
        return Reply.YES
    return answers.gate.get(question_id, Reply.UNKNOWN)


# What is wrong, in the reader's words

_DAY = mark("2010-01-01〜2060-12-31の日付(YYYY-MM-DDの形)")
_EXPECTED = {
    "": mark("文字"),
    "id": mark("英小文字・数字・下線の名前(段階は整数)"),
    "stage": mark("段階の番号"),
    "label_ja": mark("1〜30文字の名前"),
    "who": "organization / officer",
    "lead_days": mark("{ low = 日数, base = 日数, high = 日数 }"),
    "low": mark("0〜365の整数(日)"),
    "base": mark("0〜365の整数(日)"),
    "high": mark("0〜365の整数(日)"),
    "optional": "true / false",
    "paper": mark("1〜6の整数"),
    "minutes": mark("0〜10,000の整数(分)"),
    "depends_on": mark("idの並び"),
    "applies_when": " / ".join(Condition),
    "check_at": mark("https://で始まるURL"),
    "confidence": " / ".join(Evidence),
    "checked_on": mark("日付(例 2026-11-23)"),
    "way": " / ".join(Way),
    "gate": " / ".join(Reply),
    "organization": mark("項目ごとの状態"),
    "officers": mark("1〜1,000人の担当者"),
    "label": mark("1〜60文字の名前"),
    "items": mark("項目ごとの状態"),
    "status": "todo / doing / done / na",
    "planned": _DAY,
    "done_on": _DAY,
}
