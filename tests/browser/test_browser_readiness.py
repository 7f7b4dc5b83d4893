"""The readiness checklist in Chromium: from the first question to the approval, and its link."""

import re
from typing import Any

import pandas as pd
from playwright.sync_api import Page, expect

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import LABELS, Agent, Reply, Status, Way
from onlineready.model.result import evaluate
from onlineready.readiness.checklist import Answer, Answers, answered, as_agent
from onlineready.readiness.forecast import (
    Step,
    forecast,
    next_steps,
    progress,
    staff,
    steps,
)
from onlineready.report import wording
from onlineready.workbook import Workbook, to_token
from tests.checklists import CHECKLIST, QUESTIONS
from tests.day import TODAY
from tests.plans import SAMPLE_PLAN, TABLES

LOOPBACK = "127.0.0.1"
BLOCKED = LABELS[Status.BLOCKED]
DECLARATION, LAST_STAGE = sorted(stage.id for stage in CHECKLIST.stages)[-2:]
LAST_STEPS = ("declare_online", "declaration_review")
TALL: Any = {"width": 1280, "height": 4500}
"""As tall as the page: a list of choices closes when the page is scrolled under it."""


def ready_before(stage: int, answers: Answers) -> list[Step]:
    """Return the steps below a stage that can be begun."""
    found = next_steps(steps(CHECKLIST, answers), ())
    return [step for step in found if step.entry.stage < stage and step.status is Status.TODO]


class Reader:
    """A reader at the page, and beside it the answers that this reader has given.

    After each step the page has to show what the model computes from these answers.
    """

    def __init__(self, page: Page, answers: Answers | None = None) -> None:
        self.page = page
        self.answers = answers or Answers()
        self.staff: dict[str, int] = staff(answers) if answers else {}
        self.day = TODAY

    def reply(self, question: str, given: Reply) -> None:
        asked = next(one for one in CHECKLIST.questions if one.id == question)
        group = self.page.get_by_role("radiogroup", name=asked.question_ja)
        group.get_by_text(LABELS[given], exact=True).click()
        self.answers = answered(self.answers, None, question, given)
        self.sees()

    def show(self, officer: int, agent: Agent) -> None:
        label = f"{self.answers.officers[officer].label}が示せるもの"
        group = self.page.get_by_role("radiogroup", name=label)
        group.get_by_text(LABELS[agent], exact=True).click()
        self.answers = as_agent(self.answers, officer, agent)
        self.staff = staff(self.answers)
        self.sees()

    def declare_by(self, way: Way) -> None:
        self.page.get_by_role("radio", name=LABELS[way], exact=True).click()
        self.answers = self.answers.model_copy(update={"way": way})
        self.sees()

    def complete(self, step: Step) -> None:
        whose = "会社" if step.officer is None else self.answers.officers[step.officer].label
        self.page.get_by_role(
            "combobox", name=f"{whose}: {step.entry.label_ja}の状態", exact=True
        ).click()
        self.page.get_by_role("option", name=f"{whose}: {LABELS[Status.DONE]}").click()
        done = Answer(status=Status.DONE, done_on=self.day)
        self.answers = answered(self.answers, step.officer, step.entry.id, done)
        self.sees()

    def complete_all_before(self, stage: int) -> None:
        """Complete what stands below a stage, in the order in which it can be begun."""
        while ready := ready_before(stage, self.answers):
            self.complete(ready[0])

    def steps(self) -> tuple[Step, ...]:
        return steps(CHECKLIST, self.answers)

    def month(self) -> pd.Period:
        return forecast(self.steps(), self.day).go_live

    def sees(self) -> None:
        """See the month, how far each stage is, and how much is still shut."""
        expect(self.page.locator("#answer")).to_contain_text(wording.month(self.month()))
        found = self.steps()
        for stage in CHECKLIST.stages:
            done, of = progress(step for step in found if step.entry.stage == stage.id)
            counted = f"{of}件中{done}件完了"
            expect(self.page.locator(f"#stage{stage.id}")).to_contain_text(counted)
        shut = sum(step.status is Status.BLOCKED for step in found)
        expect(self.page.get_by_text(f"{BLOCKED}(先に")).to_have_count(shut)
        running = self.page.get_by_test_id("stApp")
        expect(running).to_have_attribute("data-test-script-state", "notRunning")

    def sees_the_approval(self, *, on_paper: bool) -> None:
        """See the month as a fact, and the declaration only where it was made on paper."""
        declared = self.page.get_by_text(f"会社: 完了 {self.day}")
        expect(declared).to_have_count(int(on_paper))
        form = self.page.get_by_text("(2) 利用申出書").filter(visible=True)
        expect(form).to_have_count(int(on_paper))
        expect(self.page.locator("#answer")).to_have_text(
            re.compile(f"^準備は済み、{wording.month(self.month())}からオンラインで申請できます")
        )
        report = self.page.get_by_role("link", name="定期報告の期限を予定に入れる")
        expect(report.first).to_be_visible()

    def goes_to_the_first_page_and_back(self) -> None:
        self.page.get_by_role("link", name="費用と効果", exact=True).click()
        self.sees_the_saving(self.page)
        self.page.get_by_role("link", name="準備チェックリスト", exact=True).click()
        self.sees()

    def sees_the_saving(self, page: Page) -> None:
        """See on the first page the month and the saving that the model reckons with it."""
        scenario = resolve({"go_live": str(self.month()), **self.staff}, TABLES.tasks, self.day)
        result = evaluate(SAMPLE_PLAN, scenario, TABLES)
        net = result.per_year["net_saving_yen"]
        month = wording.month(self.month())
        expect(page.locator("#answer")).to_have_text(
            f"オンラインに切り替えると、年間 {wording.gain(net, wording.about)}"
        )
        start: Any = page.get_by_test_id("stMetric").filter(has_text="オンライン開始")
        expect(start.get_by_test_id("stMetricValue")).to_have_text(month)
        expect(page.get_by_test_id("stException")).to_have_count(0)


def nearly_approved() -> Answers:
    """Return the answers of two officers who have but to declare and to be approved."""
    answers = Answers()
    for question in QUESTIONS:
        answers = answered(answers, None, question, Reply.YES)
    for officer, agent in enumerate((Agent.CERTIFICATE, Agent.CONDITIONS)):
        answers = as_agent(answers, officer, agent)
    done = Answer(status=Status.DONE, done_on=TODAY)
    while ready := [
        step for step in ready_before(LAST_STAGE, answers) if step.entry.id not in LAST_STEPS
    ]:
        answers = answered(answers, ready[0].officer, ready[0].entry.id, done)
    return answers


def test_the_last_steps_to_the_approval_of_two_officers(page: Page, app_url: str) -> None:
    """The whole way, from an empty checklist and by post, is gone in the tests of the page."""
    answers = nearly_approved()
    scenario = resolve(staff(answers), TABLES.tasks, TODAY)
    page.set_viewport_size(TALL)
    link = to_token(Workbook(TODAY, (scenario,), SAMPLE_PLAN, answers))
    page.goto(f"{app_url}/readiness?w={link}")
    reader = Reader(page, answers)
    reader.sees()

    # One no, mended on the way.
    reader.reply(QUESTIONS[-1], Reply.NO)
    asked = CHECKLIST.questions[-1]
    expect(page.get_by_role("alert").filter(has_text=asked.why_ja)).to_contain_text(asked.action_ja)
    reader.reply(QUESTIONS[-1], Reply.YES)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("三つの問いは、すべて「はい」")).to_be_visible()
    reader.complete_all_before(LAST_STAGE)
    reader.sees_the_approval(on_paper=False)
    reader.goes_to_the_first_page_and_back()


def test_what_to_do_next_stands_on_the_first_screen_and_leads_there(
    page: Page, app_url: str
) -> None:
    width = 390
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{app_url}/readiness")
    expect(page.locator("svg.marks")).to_have_count(1)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    box = page.locator("svg.marks").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width + 1
    first = page.get_by_role("listitem").first
    expect(first).to_be_in_viewport(ratio=1)
    asked = page.get_by_role("radiogroup", name=CHECKLIST.questions[0].question_ja)
    expect(asked).not_to_be_in_viewport()
    first.get_by_role("link", name="1. 事前の確認").click()
    expect(asked).to_be_in_viewport()
