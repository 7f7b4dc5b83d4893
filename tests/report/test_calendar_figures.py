"""The charts along the calendar say of their table what it holds."""

from datetime import date, timedelta

from onlineready.domain.vocabulary import Status
from onlineready.readiness.checklist import Answer, Answers, answered
from onlineready.readiness.forecast import forecast, steps
from onlineready.report import wording
from onlineready.report.calendar_figures import steps_to_approval
from onlineready.report.figures import Figure
from tests.checklists import CHECKLIST
from tests.day import TODAY


def to_approval(answers: Answers) -> Figure | None:
    found = steps(CHECKLIST, answers)
    whose: dict[int | None, str] = {None: "会社"}
    whose |= {place: officer.label for place, officer in enumerate(answers.officers)}
    day = ("今日 11月24日", TODAY)
    return steps_to_approval(forecast(found, TODAY), found, CHECKLIST.stages, whose, day)


def test_the_steps_lead_to_the_first_approval() -> None:
    figure = to_approval(Answers())
    assert figure
    approved = TODAY + timedelta(days=42)
    assert figure.finding == f"最初の承認は{wording.day(approved)}の見込み、42日後"
    assert list(figure.table.index) == [
        "0. 申請等取次者 担当者A",
        "0. 申請等取次者 担当者B",
        "1. 事前の確認 会社",
        "2. 利用者登録 担当者A",
        "2. 利用者登録 担当者B",
        "3. 利用申出 担当者A",
        "3. 利用申出 担当者B",
    ]
    late = figure.table[figure.table["開始月"].eq("開始月を左右する")]
    assert late["終わり"].max() == approved
    assert (late["始まり"] < late["終わり"]).all()


def test_what_is_approved_is_not_forecast() -> None:
    done = Answer(status=Status.DONE, done_on=date(2026, 5, 7))
    figure = to_approval(answered(Answers(), 0, "declaration_review", done))
    assert figure
    assert figure.finding == "最初の承認は済み(2026年5月7日)"
    assert set(figure.table["開始月"]) == {"並行して進む"}
