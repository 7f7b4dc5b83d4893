"""The content is checked line by line, and the answers keep what they do not know."""

import json
from typing import Any

import pytest
from hypothesis import given

from onlineready.domain.problem import ProblemsError
from onlineready.domain.vocabulary import Agent, Reply, Status
from onlineready.load.word_lists import DATA
from onlineready.readiness.checklist import (
    Answer,
    Answers,
    agent_of,
    answered,
    called,
    edited,
    officer_label,
    read_answers,
    read_checklist,
    unknown_ids,
)
from tests import slips
from tests.chance import examples
from tests.checklists import CHECKLIST, QUESTIONS, as_agent, raw_answers
from tests.day import TODAY

SHIPPED = (DATA / "readiness.toml").read_text("utf-8")

law = examples(20)


def problems(text: str) -> list[slips.Place]:
    """Return row and column of all that is wrong with the content."""
    return slips.problems(read_checklist, text, "readiness.toml")


def line_of(name: str, text: str = SHIPPED) -> int:
    """Return the line on which an id stands."""
    return slips.line_of(name, text)


# The content


def test_the_shipped_content_has_what_was_asked_for() -> None:
    assert [stage.id for stage in CHECKLIST.stages] == [0, 1, 2, 3, 4]
    assert QUESTIONS == ["agent", "notifications", "hello_work"]
    assert {entry.stage for entry in CHECKLIST.entries} == {0, 1, 2, 3, 4}
    assert sorted(item.paper for item in CHECKLIST.items if item.paper) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("was", "becomes", "name", "column"),
    [
        ('who = "officer"', 'who = "everybody"', "agent_seminar", "who"),
        ("stage = 0\nwho", "stage = 7\nwho", "agent_seminar", "stage"),
        ('label_ja = "講習を受ける"', 'label_ja = ""', "agent_seminar", "label_ja"),
        ('label_en = "Sit the seminar"\n', "", "agent_seminar", "label_en"),
        ('depends_on = ["agent_seminar"]', 'depends_on = ["x"]', "agent_approval", "depends_on"),
        (
            'depends_on = ["agent_seminar"]',
            'depends_on = ["agent_approval"]',
            "agent_approval",
            "depends_on",
        ),
        ('"way_online"', '"way == online"', "declare_online", "applies_when"),
        (
            'depends_on = ["notifications"]',
            'depends_on = ["e_notification"]',
            "notification_routine",
            "depends_on",
        ),
        ("optional = true", 'optional = "yes"', "agent_approval", "optional"),
        ("minutes = 30", 'minutes = "30"', "register_user", "minutes"),
        ("minutes = 30", "hours = 1", "register_user", "hours"),
        ("paper = 1", "paper = 7", "paper_check_sheet", "paper"),
        ("low = 14, base = 30", "low = 31, base = 30", "agent_approval", "lead_days"),
        ("low = 14, base = 30", "base = 30", "agent_approval", "lead_days.low"),
        ('    "Accept the terms",\n', "", "declare_online", "steps_ja"),
        (
            'reminder_ja = "審査の日数は公表されていません。"\n',
            "",
            "declaration_review",
            "reminder_ja",
        ),
        ('source = "入管庁の申請等取次者の更新のページ"\n', "", "certificate_renewal", "source"),
        (
            'source = "入管庁の申請等取次者の更新のページ"',
            'source = ""',
            "certificate_renewal",
            "source",
        ),
        ('check_at = "https://', 'check_at = "http://', "agent", "check_at"),
        ('confidence = "C"', 'confidence = "S"', "agent", "confidence"),
        ("checked_on = 2026-11-24", 'checked_on = "soon"', "agent", "checked_on"),
    ],
)
def test_wrong_content_is_told_by_line(was: str, becomes: str, name: str, column: str) -> None:
    assert was in SHIPPED
    text = SHIPPED.replace(was, becomes, 1)
    assert problems(text) == [(line_of(name, text), column)]


def test_a_circle_is_told_where_it_closes() -> None:
    text = SHIPPED.replace(
        'label_ja = "講習を受ける"', 'depends_on = ["agent_approval"]\nlabel_ja = "講習を受ける"'
    )
    assert problems(text) == [(line_of("agent_seminar"), "depends_on")]


def test_an_id_may_stand_once() -> None:
    text = SHIPPED.replace('id = "handover"', 'id = "periodic_report"')
    second = text.splitlines().index('id = "periodic_report"', line_of("periodic_report")) + 1
    assert problems(text) == [(second, "id")]
    text = SHIPPED.replace("id = 4\n", "id = 3\n")
    column = problems(text)
    assert (text.splitlines().index("id = 3", text.splitlines().index("id = 3") + 1) + 1, "id") in (
        column
    )


def test_what_the_program_knows_by_name_has_to_be_there() -> None:
    told = problems(SHIPPED.replace('"declaration_review"', '"review"'))
    assert told == [(None, "items")]
    told = problems(
        SHIPPED.replace(
            'label_ja = "審査を経て', 'applies_when = "way_online"\nlabel_ja = "審査を経て'
        )
    )
    assert told == [(line_of("declaration_review"), "who")]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = SHIPPED.replace('who = "officer"', 'who = "nobody"').replace("stage = 1", "stage = 9")
    told = problems(f"version = 1\n{text}")
    officers, stages = SHIPPED.count('who = "officer"'), SHIPPED.count("stage = 1")
    assert len(told) == 1 + stages + officers
    assert told[0] == (None, "version")
    assert [row for row, _column in told[1:]] == sorted(row or 0 for row, _column in told[1:])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\n[[items]\n", [(2, None)]),
        ("stages = 1", [(None, "stages"), (None, "questions"), (None, "items")]),
    ],
)
def test_what_is_no_checklist_is_told(text: str, told: list[tuple[int | None, str]]) -> None:
    assert problems(text)[: len(told)] == told


# The answers


@law
@given(raw=raw_answers())
def test_answers_come_back_as_they_were(raw: dict[str, Any]) -> None:
    read = read_answers(raw)
    assert read.model_dump(mode="json") == raw
    spelled = {*raw["gate"], *raw["organization"]}.union(*(o["items"] for o in raw["officers"]))
    assert set(unknown_ids(CHECKLIST, read)) == spelled & {"removed_item", "removed_question"}


def test_answers_may_be_left_out() -> None:
    empty = read_answers({})
    assert empty == Answers()
    assert [officer.label for officer in empty.officers] == ["担当者A", "担当者B"]
    assert empty.officers[0].items.get("agent_seminar", Answer()).status is Status.TODO


@pytest.mark.parametrize(
    ("raw", "column"),
    [
        ({"way": "fax"}, "way"),
        ({"gate": {"agent": "maybe"}}, "gate.agent"),
        ({"gate": {"agent": True}}, "gate.agent"),
        ({"organization": {"a": {"status": "blocked"}}}, "organization.a.status"),
        ({"organization": {"a": {"planned": "2026-2-30"}}}, "organization.a.planned"),
        ({"organization": {"a": {"done_on": 1_790_000_000}}}, "organization.a.done_on"),
        ({"organization": {"a": {"done_on": "2161-01-01"}}}, "organization.a.done_on"),
        ({"organization": {"a": {"note": ""}}}, "organization.a.note"),
        ({"officers": []}, "officers"),
        ({"officers": [{"label": "A"}] * 1_001}, "officers"),
        ({"officers": [{"label": ""}]}, "officers.0.label"),
        ({"officers": [{"label": "A"}, {"label": "A" * 61}]}, "officers.1.label"),
        ({"officers": [{}]}, "officers.0.label"),
        ({"stage": 1}, "stage"),
        ([], None),
    ],
)
def test_a_wrong_answer_is_told_by_key(raw: object, column: str | None) -> None:
    with pytest.raises(ProblemsError) as error:
        read_answers(raw)
    assert [(problem.row, problem.column) for problem in error.value.problems] == [(None, column)]


def test_answered_changes_one_answer() -> None:
    empty = Answers()
    done = Answer(status=Status.DONE)
    assert answered(empty, None, "agent", Reply.YES).gate == {"agent": Reply.YES}
    assert answered(empty, None, "regional_office", done).organization == {"regional_office": done}
    first, second = answered(empty, 1, "handover", done).officers
    assert (first, second.items) == (empty.officers[0], {"handover": done})
    assert empty == Answers()


@pytest.mark.parametrize("before", Agent)
@pytest.mark.parametrize("after", Agent)
def test_what_an_officer_can_show_is_read_as_it_was_set(before: Agent, after: Agent) -> None:
    answers = as_agent(as_agent(Answers(), 1, before), 1, after)
    assert agent_of(answers.officers[1]) is after
    assert agent_of(answers.officers[0]) is Agent.NEITHER


def test_an_officer_on_the_way_to_approval_meets_the_conditions() -> None:
    answers = answered(Answers(), 0, "agent_seminar", Answer(status=Status.DONE))
    assert agent_of(answers.officers[0]) is Agent.CONDITIONS


def test_who_wants_no_approval_can_show_neither_before_the_seminar() -> None:
    answers = answered(Answers(), 0, "agent_approval", Answer(status=Status.NA))
    assert agent_of(answers.officers[0]) is Agent.NEITHER


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ({}, {"status": "done"}, {"status": "done", "done_on": "2026-11-24"}),
        ({}, {"done_on": "2026-11-20"}, {"status": "done", "done_on": "2026-11-20"}),
        (
            {"status": "done", "done_on": "2026-11-20"},
            {"status": "done"},
            {"status": "done", "done_on": "2026-11-20"},
        ),
        ({"status": "done", "done_on": "2026-11-20"}, {"done_on": None}, {"status": "done"}),
        ({"status": "done", "done_on": "2026-11-20"}, {"status": "todo"}, {}),
        ({}, {"planned": "2026-12-01"}, {"planned": "2026-12-01"}),
        ({"status": "doing"}, {"status": "na"}, {"status": "na"}),
    ],
)
def test_status_and_days_of_an_answer_agree(
    before: dict[str, Any], changes: dict[str, Any], after: dict[str, Any]
) -> None:
    answers = [Answer.model_validate_json(json.dumps(one)) for one in (before, after)]
    assert edited(answers[0], changes, TODAY) == answers[1]


def test_another_label_leaves_the_answers() -> None:
    done = answered(Answers(), 1, "handover", Answer(status=Status.DONE))
    first, second = called(done, 1, "本社1").officers
    assert first == done.officers[0]
    assert (second.label, second.items) == ("本社1", done.officers[1].items)


@pytest.mark.parametrize(
    ("officers", "organization", "kept"),
    [
        (["todo", "done"], None, "done"),
        (["na", "doing"], None, "doing"),
        (["na", "na"], None, "na"),
        (["done"], "todo", "todo"),
    ],
)
def test_the_periodic_report_of_officers_becomes_that_of_the_organization(
    officers: list[str], organization: str | None, kept: str
) -> None:
    raw = {
        "organization": {"periodic_report": {"status": organization}} if organization else {},
        "officers": [
            {
                "label": "担当者",
                "items": {"periodic_report": {"status": status}, "removed_item": {}},
            }
            for status in officers
        ],
    }
    read = read_answers(raw)
    assert {item: one.status for item, one in read.organization.items()} == {
        "periodic_report": Status(kept)
    }
    assert [list(officer.items) for officer in read.officers] == [["removed_item"]] * len(officers)
    assert unknown_ids(CHECKLIST, read) == ("removed_item",)
    assert read_answers(read.model_dump(mode="json")) == read


@pytest.mark.parametrize(
    ("number", "label"), [(0, "担当者A"), (25, "担当者Z"), (26, "担当者AA"), (999, "担当者ALL")]
)
def test_officers_are_lettered(number: int, label: str) -> None:
    assert officer_label(number) == label
