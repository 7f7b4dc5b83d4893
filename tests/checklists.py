"""What the tests feed the readiness checklist: the shipped content, and random answers to it."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from onlineready.domain.vocabulary import Agent, Per, Status
from onlineready.load.shipped import load_checklist
from onlineready.readiness.checklist import (
    AGENT_APPROVAL,
    AGENT_SEMINAR,
    Answer,
    Answers,
    Officer,
    answered,
    read_answers,
)
from tests.day import TODAY

CHECKLIST = load_checklist()
QUESTIONS = [question.id for question in CHECKLIST.questions]
ITEMS = {
    who: [item.id for item in CHECKLIST.items if item.who is who]
    for who in (Per.ORGANIZATION, Per.OFFICER)
}
DONE = Answer(status=Status.DONE)


def one_officer(**more: Any) -> Answers:
    """Return the answers of an organization with a single officer."""
    return Answers(officers=(Officer(label="担当者A"),), **more)


def as_agent(answers: Answers, officer: int, agent: Agent) -> Answers:
    """Return the answers with seminar and approval such that an officer can show something."""
    seminar, approval = {
        Agent.CERTIFICATE: (DONE, DONE),
        Agent.CONDITIONS: (DONE, Answer(status=Status.NA)),
        Agent.NEITHER: (Answer(), Answer()),
    }[agent]
    answers = answered(answers, officer, AGENT_SEMINAR, seminar)
    return answered(answers, officer, AGENT_APPROVAL, approval)


def days(before: int, after: int) -> st.SearchStrategy[str]:
    """Draw a day around today, as JSON spells it."""
    return st.integers(-before, after).map(lambda n: (TODAY + timedelta(days=n)).isoformat())


@st.composite
def raw_answers(draw: st.DrawFn, dates: bool = True, most_officers: int = 3) -> dict[str, Any]:
    """Draw the `readiness` object of a workbook, its days on both sides of today."""
    answer: dict[str, st.SearchStrategy[Any]] = {
        "status": st.sampled_from(("todo", "doing", "done", "done", "na")),
        "planned": st.one_of(st.none(), days(30, 200)) if dates else st.none(),
        "done_on": st.one_of(st.none(), days(200, 30)) if dates else st.none(),
    }

    def items(known: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        ids = st.sampled_from([*known, "removed_item"])
        return st.dictionaries(ids, st.fixed_dictionaries(answer))

    return {
        "way": draw(st.sampled_from(("online", "post", "counter"))),
        "gate": draw(
            st.dictionaries(
                st.sampled_from([*QUESTIONS, "removed_question"]),
                st.sampled_from(("yes", "no", "unknown")),
            )
        ),
        "organization": draw(items(ITEMS[Per.ORGANIZATION])),
        "officers": [
            {"label": f"担当者{n}", "items": draw(items(ITEMS[Per.OFFICER]))}
            for n in range(draw(st.integers(1, most_officers)))
        ],
    }


def answers(dates: bool = True, most_officers: int = 3) -> st.SearchStrategy[Answers]:
    """Draw answers, ids of removed entries among them."""
    return raw_answers(dates, most_officers).map(read_answers)
