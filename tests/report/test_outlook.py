"""What is said of the way to online filing."""

import pytest

from onlineready.domain.vocabulary import Reply
from onlineready.readiness.checklist import Answers
from onlineready.readiness.forecast import forecast, gate, steps
from onlineready.report import outlook
from tests.checklists import CHECKLIST
from tests.day import TODAY


@pytest.mark.parametrize(
    ("no", "told"),
    [
        ((), "準備に今すぐかかれば、2027年1月から"),
        (("notifications",), "届出が済めば、2027年1月から"),
        (("notifications", "hello_work"), "届出が済めば、2027年1月から"),
        (("agent",), "担当者の講習が済めば、2027年1月から"),
        (("agent", "hello_work"), "届出と担当者の講習が済めば、2027年1月から"),
    ],
)
def test_a_no_at_the_gate_says_what_the_start_waits_for(no: tuple[str, ...], told: str) -> None:
    answers = Answers(gate=dict.fromkeys(no, Reply.NO))
    found = forecast(steps(CHECKLIST, answers), TODAY)
    assert outlook.readiness(gate(CHECKLIST, answers), found) == f"{told}始められる見込み"
