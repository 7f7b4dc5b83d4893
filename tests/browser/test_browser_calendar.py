"""The filing calendar in Chromium: what is urgent comes first, and its file can be taken away."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Status
from onlineready.load.shipped import load_sample_plan
from onlineready.readiness.checklist import Answer, Answers, answered
from onlineready.report import wording
from onlineready.report.charts import SAME_EDGE
from onlineready.ui.calendar import views
from onlineready.workbook import Workbook, from_token, to_token
from tests.browser.steps import drawn, settle, token
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


def view(page: Page, name: str) -> None:
    """Open a tab, and wait until all of it has come."""
    tab = page.get_by_role("tab", name=name)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    settle(page)
    drawn(page)


def test_a_certificate_near_its_end_leads_to_the_calendar_and_its_file(page: Page) -> None:
    kept = sample()
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"/?w={to_token(kept, site_names=True)}")
    page.get_by_role("link", name="次の期限: 担当者B").click()
    expect(page).to_have_url(re.compile(r"/calendar\?w="))
    answer = page.locator("#answer")
    expect(answer).to_have_text(re.compile("90日以内に期限が来る申請は約9件"))
    told = page.get_by_text("次の期限: 担当者B: 取次者証明書の更新は、あと").filter(visible=True)
    expect(told).to_be_visible()
    held = kept.readiness.officers[1].items["agent_approval"].done_on
    assert held is not None
    expires = held.replace(year=held.year + 3)
    assert 0 < (expires - kept.as_of).days <= 60
    expect(told).to_contain_text(wording.day(expires))
    assert (answer.bounding_box() or {"y": 1080})["y"] < 400
    expect(page.locator(".st-key-upkeep li").first).to_contain_text("取次者証明書の更新")
    view(page, "続けるための期限")
    rows = page.get_by_test_id("stTable").first.locator("tbody tr")
    expect(rows.first).to_contain_text("取次者証明書の更新")
    view(page, "カレンダーに入れる")
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダー(ICS)で保存").click()
    content = Path(download.value.path()).read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) > 40
    assert from_token(token(page.url), TABLES).readiness == kept.readiness


@pytest.mark.parametrize("width", [320, 390, 683, 1366])
def test_every_view_fits(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"/calendar?w={to_token(sample(), site_names=True)}")
    for name in views.VIEWS:
        view(page, name)
        if name == "月別の量":
            expect(page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)
        main = page.locator(".stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") == 0, name
        assert width < 1366 or main.evaluate("main => main.scrollHeight") < 1_500, name


def test_both_charts_have_one_axis_of_months(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 1500})
    page.goto("/calendar")
    view(page, "月別の量")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts.locator("svg.marks")).to_have_count(2)
    drawn(page)
    middles = [
        chart.locator(".role-axis-label text").evaluate_all(
            """(words, left) => words.map(word => [
                Number((word.querySelector('tspan') ?? word).textContent),
                Math.round(word.getBoundingClientRect().x + word.getBoundingClientRect().width / 2),
            ]).filter(([, x]) => x > left).sort((one, other) => one[1] - other[1])""",
            (chart.bounding_box() or {"x": 0})["x"] + SAME_EDGE["minExtent"],
        )
        for chart in charts.all()
    ]
    assert [month for month, _middle in middles[0]] == [11, 12, *range(1, 11)]
    for one, other in zip(*middles, strict=True):
        assert one == pytest.approx(other, abs=2)


def test_what_was_filed_is_settled_by_one_click(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/calendar?w={to_token(sample(), site_names=True)}")
    expect(page.locator(".st-key-due_late").get_by_text("約3件")).to_be_visible()
    page.locator(".st-key-settled_row").get_by_text("11月 更新").click()
    expect(page.locator("#answer")).to_contain_text("約6件")
    expect(page.locator(".st-key-due").get_by_test_id("stMetricValue").first).to_have_text("0件")
    expect(page.get_by_text("✓ 提出済み")).to_be_visible()
    settle(page)
    (actual,) = from_token(token(page.url), TABLES).actuals
    assert (str(actual.month), actual.filed) == ("2026-09", 3)
    page.get_by_role("button", name="実績を元に戻す").click()
    expect(page.locator("#answer")).to_contain_text("約9件")


def test_two_cells_typed_in_a_row_are_both_kept(page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 2400})
    page.goto("/calendar")
    view(page, "計画と実績")
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
    view(page, "計画と実績")
    expect(page.get_by_text("この実測の分で計算しています")).to_be_visible()
