"""Page 1 as a reader meets it in Chromium: sample, switch, upload, wide and narrow."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import PLAN, command_line, metric, net_saving_per_year, opened
from tests.server import ROOT

SAMPLE = ROOT / "data" / "sample_plan.csv"
DRAWN_WITHIN = """width => [...document.querySelectorAll('svg.marks')]
    .every(one => one.getBoundingClientRect().right <= width + 1)"""
"""Charts are drawn anew a moment after a window has become narrower."""


def assert_years(chart: Locator, years: list[str]) -> None:
    """Read the years off the axis of a chart from left to right, once they are all drawn."""
    labels = chart.locator(".role-axis-label text").filter(has_text="年度")
    expect(labels).to_have_count(len(years))
    drawn = labels.evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect(), one.querySelector('tspan') ?? one])"
        ".map(([box, line]) => [box.x + box.width / 2, line.textContent])"
    )
    assert [text for _place, text in sorted(drawn)] == years


def test_the_first_screen_and_the_switch_of_the_fees(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(app_url)
    expect(page.locator("html[lang=ja]")).to_have_count(1)
    dated = net_saving_per_year(command_line(SAMPLE))
    expect(metric(page, "差引きの効果")).to_have_text(dated)
    answer = page.locator("#answer")
    expect(page.get_by_text("旧手数料なら、年")).to_be_visible()
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts.locator("svg.marks")).to_have_count(4)
    for chart in charts.all():
        expect(chart).to_have_attribute("aria-label", re.compile("(?=.*年間).+。.+。"))
    assert (answer.bounding_box() or {"y": 1080})["y"] < 300
    assert_within(page, 1920, height=1080)
    assert_whole(opened(page, "手数料の出典と確認先").get_by_test_id("stTable"))

    # Years stay in their order, there and back. The note tells that a chart is drawn anew.
    years = [f"{year}年度" for year in range(2026, 2032)]
    by_year = [charts.nth(place) for place in (0, 1)]
    note = "手数料改定"
    page.get_by_text("旧手数料(6,000円/5,500円)で試算").click()
    fixed = net_saving_per_year(command_line(SAMPLE, fee_basis="2025-04"))
    expect(metric(page, "差引きの効果")).to_have_text(fixed)
    for chart in by_year:
        expect(chart).not_to_contain_text(note)
        assert_years(chart, years[:5])
    page.get_by_text("新手数料(2026年10月〜)", exact=True).click()
    expect(metric(page, "差引きの効果")).to_have_text(dated)
    for chart in by_year:
        expect(chart).to_contain_text(note)
        assert_years(chart, years[:5])
    page.get_by_text("詳細な前提").click()
    page.locator(".st-key-input_fiscal_year_start_month input").fill("1")
    page.keyboard.press("Enter")
    for chart in by_year:
        assert_years(chart, years)

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(DRAWN_WITHIN, arg=390)
    assert_within(page, 390)
    assert_whole(opened(page, "手数料の出典と確認先").get_by_test_id("stTable"))


def assert_whole(table: Locator) -> None:
    """See that no column of a table is beyond its edge, to be found only by moving sideways."""
    hidden = "one => one.scrollWidth - one.clientWidth"
    expect(table).to_be_visible()
    assert all(box.evaluate(hidden) <= 1 for box in (table, *table.locator("div").all()))


def assert_within(page: Page, width: int, height: float = float("inf")) -> None:
    """See that the page is no wider than the window, and where the first three charts stand."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for chart in page.locator("svg.marks").all()[:3]:
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 1
        assert box["y"] + box["height"] < height


def test_a_file_with_problems_and_then_a_good_one(page: Page, app_url: str, tmp_path: Path) -> None:
    bad, plan = tmp_path / "bad.csv", tmp_path / "計画.csv"
    bad.write_bytes("区分,人数\r\n在籍,▲3\r\n".encode("cp932"))
    plan.write_bytes(PLAN.encode("cp932"))
    page.goto(app_url)
    expect(page.get_by_text("見本の計画")).to_be_visible()
    upload = page.locator(".st-key-upload input[type=file]")
    upload.set_input_files(bad)
    expect(page.get_by_text("「bad.csv」は読み込めませんでした(2か所)")).to_be_visible()
    expect(
        page.get_by_text("「▲3」は使えません。1〜100,000の整数を入れてください。")
    ).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    upload.set_input_files(plan)
    expect(page.get_by_text("読み込んだ計画「計画.csv」")).to_be_visible()
    expect(metric(page, "差引きの効果")).to_have_text(net_saving_per_year(command_line(plan)))
