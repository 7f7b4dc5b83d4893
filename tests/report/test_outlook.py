"""What is said of the way to online filing."""

from datetime import date

import pandas as pd
import pytest

from onlineready.domain.vocabulary import Reply
from onlineready.readiness.checklist import Answers
from onlineready.readiness.forecast import forecast, gate, settled, steps
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
    assert outlook.readiness(gate(CHECKLIST, answers), found, None) == f"{told}始められる見込み"


def test_who_files_online_is_not_told_that_it_can_begin() -> None:
    answers, since = settled(CHECKLIST, Answers(), date(2024, 10, 1)), pd.Period("2024-10", "M")
    found = forecast(steps(CHECKLIST, answers), TODAY)
    opened = gate(CHECKLIST, answers)
    assert outlook.readiness(opened, found, since) == "2024年10月からオンラインで申請しています"
    assert outlook.readiness(opened, found, None).startswith("準備は済み、2026年11月から")
