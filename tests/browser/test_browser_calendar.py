"""The filing calendar in Chromium: what is urgent comes first, and its file can be taken away."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import icalendar
from playwright.sync_api import Page, expect

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Status
from onlineready.load.shipped import load_sample_plan
from onlineready.readiness.checklist import Answer, Answers, answered
from onlineready.report import wording
from onlineready.workbook import Workbook, from_token, to_token
from tests.browser.steps import drawn
from tests.day import TODAY
from tests.plans import TABLES


def sample() -> Workbook:
    """The sample plan, two officers approved, one certificate expiring within 60 days."""
    today = TODAY
    given = Answers()
    for officer in (0, 1):
        done = Answer(status=Status.DONE, done_on=today - timedelta(days=200))
        given = answered(given, officer, "declaration_review", done)
    ends = today + timedelta(days=48)
    # No 29 February: three years later there is none.
    done_on = ends.replace(year=ends.year - 3, day=min(ends.day, 28))
    held = Answer(status=Status.DONE, done_on=done_on)
    plan = load_sample_plan().reset_index(drop=True)
    kept = Workbook(as_of=today, scenarios=(resolve({}, TABLES.tasks, today),), plan=plan)
    return replace(kept, readiness=answered(given, 1, "agent_approval", held))


def test_a_certificate_near_its_end_leads_to_the_calendar_and_its_file(page: Page) -> None:
    kept = sample()
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"/?w={to_token(kept, site_names=True)}")
    page.get_by_role("link", name="次の期限: 担当者B").click()
    expect(page).to_have_url(re.compile(r"/calendar\?w="))
    answer = page.locator("#answer")
    expect(answer).to_contain_text("担当者B: 取次者証明書の更新は、あと")
    held = kept.readiness.officers[1].items["agent_approval"].done_on
    assert held is not None
    expires = held.replace(year=held.year + 3)
    assert 0 < (expires - kept.as_of).days <= 60
    expect(answer).to_contain_text(wording.day(expires))
    assert (answer.bounding_box() or {"y": 1080})["y"] < 400
    rows = page.get_by_test_id("stTable").first.locator("tbody tr")
    expect(rows.first).to_contain_text("取次者証明書の更新")
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
    # Nothing reaches beyond the edge of the screen, of a telephone neither.
    for width in (1920, 390):
        page.set_viewport_size({"width": width, "height": 1080})
        expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダー(ICS)で保存").click()
    content = Path(download.value.path()).read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) > 40
    token = page.url.partition("?w=")[2]
    assert from_token(token, TABLES).readiness == kept.readiness


def test_two_cells_typed_in_a_row_are_both_kept(page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 2400})
    page.goto("/calendar")
    expect(page.locator("#actuals")).to_be_visible()
    # The charts above push the sheet down when they are drawn.
    expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
    running = page.get_by_test_id("stApp")
    expect(running).to_have_attribute("data-test-script-state", "notRunning")
    sheet = page.get_by_test_id("stDataFrame").locator("canvas").first
    sheet.scroll_into_view_if_needed()  # waits until it stands still
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    chosen = sheet.locator("td[aria-selected=true]")
    expect(chosen).to_be_focused()  # a key pressed before goes nowhere
    column, row = map(int, str(chosen.get_attribute("id")).split("-")[-2:])
    # Wherever the pointer met the sheet: on to what was filed of the extensions at the counter.
    for steps, back, forth in (
        (3 - column, "ArrowLeft", "ArrowRight"),
        (4 - row, "ArrowUp", "ArrowDown"),
    ):
        for _ in range(abs(steps)):
            page.keyboard.press(forth if steps > 0 else back)
    expect(sheet.locator("#glide-cell-3-4")).to_be_focused()
    cell = page.locator("#portal input")
    for text, leave in (("3", "Tab"), ("120", "Enter")):
        page.keyboard.press(text[0])  # opens the cell
        expect(cell).to_have_value(text[0])
        page.keyboard.type(text[1:])
        expect(cell).to_have_value(text)
        drawn(page)  # an earlier key is no end of the cell
        page.keyboard.press(leave)
        expect(cell).to_have_count(0)
    expect(page.get_by_text("実績を入れた1か月で3件")).to_be_visible()
    page.get_by_role("button", name="実測の分を、費用と効果の計算に使う").click()
    expect(page.get_by_text("この実測の分で計算しています")).to_be_visible()
    page.reload()
    expect(page.get_by_text("この実測の分で計算しています")).to_be_visible()
