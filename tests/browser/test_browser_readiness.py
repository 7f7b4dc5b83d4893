"""The readiness checklist in Chromium: from the first item to the approval, at every width."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import LABELS, Agent, Reply, Status, Way
from onlineready.model.result import evaluate
from onlineready.readiness.checklist import (
    AGENT_QUESTION,
    Answer,
    Answers,
    Officer,
    Question,
    answered,
    officer_label,
)
from onlineready.readiness.forecast import Step, forecast, next_steps, staff, steps
from onlineready.report import outlook, wording
from onlineready.workbook import Workbook, to_token
from tests.browser.steps import drawn, settle
from tests.browser.test_browser_costs import DRAWN_WITHIN
from tests.checklists import CHECKLIST, DONE, as_agent
from tests.day import TODAY
from tests.plans import SAMPLE_PLAN, TABLES

LAST_STAGE = max(stage.id for stage in CHECKLIST.stages)
LAPTOP: Any = {"width": 1366, "height": 768}
TALLEST = 1500
"""Pixels of the whole page on a laptop while one stage is open."""

MOST_CLICKS = 30

TOO_WIDE = "main => main.scrollWidth - main.clientWidth"


def following(answers: Answers) -> Iterator[Step]:
    """Yield what is to be done by hand before the approval, in order, as it can be begun."""
    while ready := [
        step
        for step in next_steps(steps(CHECKLIST, answers), ())
        if step.entry.id != AGENT_QUESTION and step.entry.stage < LAST_STAGE
    ]:
        step = min(ready, key=lambda one: one.entry.stage)
        yield step
        given = Reply.YES if isinstance(step.entry, Question) else DONE
        answers = answered(answers, step.officer, step.entry.id, given)


class Reader:
    """A reader at the page, and beside it the answers that this reader has given.

    After each step the page has to show what the model computes from these answers.
    """

    def __init__(self, page: Page, answers: Answers) -> None:
        self.page = page
        self.answers = answers
        self.clicks = 0

    def reply(self, question: str, given: Reply) -> None:
        asked = self.page.locator(f".st-key-gate_{question}")
        asked.get_by_text(LABELS[given], exact=True).click()
        self.answers = answered(self.answers, None, question, given)
        self.sees()

    def complete(self, step: Step) -> None:
        """Answer a question with yes, or tick the box whose name says whose it is, and what."""
        if isinstance(step.entry, Question):
            self.reply(step.entry.id, Reply.YES)
            return
        whose = "会社" if step.officer is None else self.answers.officers[step.officer].label
        name = re.compile(f"^{whose} {re.escape(step.entry.label_ja)}")
        self.page.get_by_role("checkbox", name=name).locator("xpath=ancestor::label").click()
        done = Answer(status=Status.DONE, done_on=TODAY)
        self.answers = answered(self.answers, step.officer, step.entry.id, done)
        self.sees()

    def steps(self) -> tuple[Step, ...]:
        return steps(CHECKLIST, self.answers)

    def month(self) -> pd.Period:
        return forecast(self.steps(), TODAY).go_live

    def sees(self) -> None:
        """See the month, and how far the whole and each stage is."""
        self.clicks += 1
        expect(self.page.locator("#answer")).to_contain_text(wording.month(self.month()))
        found = self.steps()
        expect(self.page.get_by_text(outlook.progress(found), exact=True)).to_be_visible()
        for stage in CHECKLIST.stages:
            inside = [step for step in found if step.entry.stage == stage.id]
            line = outlook.stage_line(stage, inside, CHECKLIST).replace("*", "")
            label = self.page.locator(f".st-key-stage{stage.id} summary")
            expect(label.first).to_contain_text(line)
        settle(self.page)

    def sees_the_approval(self) -> None:
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
        raw = {"go_live": str(self.month()), **staff(self.answers)}
        result = evaluate(SAMPLE_PLAN, resolve(raw, TABLES.tasks, TODAY), TABLES)
        net = result.per_year["net_saving_yen"]
        month = wording.month(self.month())
        expect(page.locator("#answer")).to_have_text(
            f"オンラインに切り替えると、年間 {wording.gain(net, wording.about)}"
        )
        start: Any = page.get_by_test_id("stMetric").filter(has_text="オンライン開始")
        expect(start.get_by_test_id("stMetricValue")).to_have_text(month)
        expect(page.get_by_test_id("stException")).to_have_count(0)


def open_at(page: Page, app_url: str, answers: Answers) -> None:
    scenario = resolve(staff(answers), TABLES.tasks, TODAY)
    link = to_token(Workbook(TODAY, (scenario,), SAMPLE_PLAN, answers))
    page.goto(f"{app_url}/readiness?w={link}")
    expect(page.get_by_text("免責:")).to_be_attached()
    settle(page)
    drawn(page)


def test_two_officers_are_approved_in_a_click_an_item(page: Page, app_url: str) -> None:
    page.set_viewport_size(LAPTOP)
    open_at(page, app_url, Answers())
    reader = Reader(page, Answers())
    height = page.locator(".stMain")
    for step in following(Answers()):
        reader.complete(step)
        assert height.evaluate("main => main.scrollHeight") < TALLEST, step.entry.id
    assert reader.clicks <= MOST_CLICKS
    reader.sees_the_approval()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_no_is_mended_and_the_last_change_taken_back(page: Page, app_url: str) -> None:
    answers = as_agent(Answers(), 0, Agent.CONDITIONS)
    answers = as_agent(answers, 1, Agent.CONDITIONS)
    page.set_viewport_size(LAPTOP)
    open_at(page, app_url, answers)
    reader = Reader(page, answers)
    asked = CHECKLIST.questions[-1]
    reader.reply(asked.id, Reply.NO)
    expect(page.get_by_role("alert").filter(has_text=asked.why_ja)).to_contain_text(asked.action_ja)
    undo = page.locator(".st-key-undo_message")
    expect(undo).to_contain_text("「ハローワークへの届出」を「いいえ」にしました")
    undo.get_by_role("button", name="元に戻す").click()
    reader.answers = answers
    reader.sees()
    expect(undo).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    reader.reply(asked.id, Reply.YES)
    reader.goes_to_the_first_page_and_back()


def walked(answers: Answers, clicks: int) -> Answers:
    """Return the answers after so many clicks."""
    for step, _click in zip(following(answers), range(clicks), strict=False):
        given = Reply.YES if isinstance(step.entry, Question) else DONE
        answers = answered(answers, step.officer, step.entry.id, given)
    return answers


FIVE = Answers(officers=tuple(Officer(label=officer_label(place)) for place in range(5)))


@pytest.mark.parametrize(
    "answers",
    [Answers(), walked(FIVE, 17), walked(Answers(way=Way.POST), 12)],
    ids=["untouched", "five officers", "by post"],
)
def test_nothing_is_sideways_at_any_width(page: Page, app_url: str, answers: Answers) -> None:
    page.set_viewport_size(LAPTOP)
    open_at(page, app_url, answers)
    for width in (1920, 1366, 683, 390, 320):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_function(DRAWN_WITHIN, arg=width)
        drawn(page)
        assert page.locator(".stMain").evaluate(TOO_WIDE) == 0, width
        cells = page.locator("[class*='st-key-items_']").first
        assert cells.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, width


def test_what_lies_ahead_stays_in_view_beside_the_stages(page: Page, app_url: str) -> None:
    page.set_viewport_size(LAPTOP)
    open_at(page, app_url, Answers())
    page.locator(".stMain").evaluate("main => main.scrollTo(0, main.scrollHeight / 3)")
    expect(page.locator("#answer")).to_be_in_viewport(ratio=1)


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
    stage = page.locator(".st-key-stage3 summary").first
    expect(stage).not_to_be_in_viewport()
    page.locator(".st-key-ahead li a[href='#stage1']").first.click()
    expect(page.locator(".st-key-stage1 summary").first).to_be_in_viewport()
