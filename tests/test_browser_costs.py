"""Page 1 as a reader meets it in Chromium: sample, upload, switch, wide and narrow."""

import datetime
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from onlineready.checklist import Answers
from onlineready.load import load_checklist
from onlineready.readiness import forecast, steps
from onlineready.ui import wording
from onlineready.workbook import to_token
from tests.briefings import workbook

ROOT = Path(__file__).parent.parent
PLAN = (
    "事業所,区分,人数,開始月,在留期限,更新在留期間\r\n"
    "髙﨑①工場㈱,在籍,１２,2025年4月,2027年4月,12\r\n"
    "髙﨑①工場㈱,海外,3,2027/6,,36\r\n"
)


def command_line(plan: Path, tmp_path: Path, **scenario: object) -> dict[str, Any]:
    """Evaluate as the command line does, online filing beginning when the checklist forecasts."""
    today = datetime.datetime.now(ZoneInfo("Asia/Tokyo")).date()
    go_live = forecast(steps(load_checklist(), Answers()), today).go_live
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({"go_live": str(go_live), **scenario}), encoding="utf-8")
    command = [sys.executable, "-m", "onlineready", "evaluate", str(plan), "--scenario", str(file)]
    done = subprocess.run([*command, "--format", "json"], cwd=ROOT, capture_output=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def net_saving_per_year(result: dict[str, Any]) -> str:
    """Work the headline out from the totals: nothing is saved before go-live."""
    scenario = result["scenario"]
    years, months = (int(part) for part in scenario["start_month"].split("-"))
    live_year, live_month = (int(part) for part in scenario["go_live"].split("-"))
    before = (live_year - years) * 12 + live_month - months
    online = 12 * scenario["years"] - max(before, 0)
    return wording.yen(result["totals"]["net_saving_yen"] / online * 12)


def metric(page: Page, label: str) -> Any:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def test_the_sample_plan_shows_what_the_command_line_says(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    page.goto(app_url)
    dated = command_line(ROOT / "data" / "sample_plan.csv", tmp_path)
    expect(metric(page, "差引きの効果")).to_have_text(net_saving_per_year(dated))
    expect(page.locator("#answer")).to_contain_text("6,000円/5,500円のままなら年")
    expect(page.locator("svg.marks")).to_have_count(4)
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        expect(chart).to_have_attribute("aria-label", re.compile("(?=.*年間).+。.+。"))

    page.get_by_text("6,000円/5,500円で固定").click()
    fixed = command_line(ROOT / "data" / "sample_plan.csv", tmp_path, fee_basis="2025-04")
    expect(metric(page, "差引きの効果")).to_have_text(net_saving_per_year(fixed))


def assert_years(chart: Locator, years: list[str]) -> None:
    """Read the years off the axis of a chart from left to right, once they are all drawn."""
    labels = chart.locator(".role-axis-label text").filter(has_text="年度")
    expect(labels).to_have_count(len(years))
    drawn = labels.evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect(), one.querySelector('tspan') ?? one])"
        ".map(([box, line]) => [box.x + box.width / 2, line.textContent])"
    )
    assert [text for _place, text in sorted(drawn)] == years


def test_years_stay_in_their_order_whatever_is_switched(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?w={to_token(workbook(None, {}))}")
    years = [f"{year}年度" for year in range(2026, 2032)]
    volume_and_costs = [page.get_by_test_id("stVegaLiteChart").nth(place) for place in (0, 1)]
    note = "手数料改定"  # It comes and goes with the fees, and tells that a chart is drawn anew.
    for chart in volume_and_costs:
        expect(chart).to_contain_text(note)
    page.get_by_text("6,000円/5,500円で固定").click()
    for chart in volume_and_costs:
        expect(chart).not_to_contain_text(note)
        assert_years(chart, years[:5])
    page.get_by_text("受付日に応じて", exact=True).click()
    for chart in volume_and_costs:
        expect(chart).to_contain_text(note)
        assert_years(chart, years[:5])
    page.get_by_text("詳細な前提").click()
    page.locator(".st-key-input_fiscal_year_start_month input").fill("1")
    page.keyboard.press("Enter")
    for chart in volume_and_costs:
        assert_years(chart, years)


def test_a_cp932_file_of_a_spreadsheet_is_read(page: Page, app_url: str, tmp_path: Path) -> None:
    plan = tmp_path / "計画.csv"
    plan.write_bytes(PLAN.encode("cp932"))
    page.goto(app_url)
    expect(page.get_by_text("見本の計画")).to_be_visible()
    page.locator(".st-key-upload input[type=file]").set_input_files(plan)
    expect(page.get_by_text("読み込んだ計画「計画.csv」")).to_be_visible()
    expect(metric(page, "差引きの効果")).to_have_text(
        net_saving_per_year(command_line(plan, tmp_path))
    )


def test_a_plan_saved_by_a_spreadsheet_program_shows_the_same_in_every_format(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    files = [
        file for file in sorted((ROOT / "tests/files/libreoffice").iterdir()) if "plan" in file.name
    ]
    assert len(files) == 3
    page.goto(app_url)
    expect(page.get_by_text("見本の計画")).to_be_visible()
    sample = metric(page, "差引きの効果").inner_text()
    figures = {net_saving_per_year(command_line(file, tmp_path)) for file in files}
    (figure,) = figures
    assert figure != sample
    for file in files:
        page.locator(".st-key-upload input[type=file]").set_input_files(file)
        expect(page.get_by_text(f"読み込んだ計画「{file.name}」")).to_be_visible()
        expect(metric(page, "差引きの効果")).to_have_text(figure)
        page.get_by_role("button", name="見本の計画に戻す").click()
        expect(metric(page, "差引きの効果")).to_have_text(sample)


def test_the_problems_of_a_file_are_told_and_the_server_shows_no_trace(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    plan = tmp_path / "bad.csv"
    plan.write_bytes("区分,人数\r\n在籍,▲3\r\n".encode("cp932"))
    page.goto(app_url)
    expect(page.get_by_text("見本の計画")).to_be_visible()
    page.locator(".st-key-upload input[type=file]").set_input_files(plan)
    expect(page.get_by_text("「bad.csv」は読み込めませんでした(2か所)")).to_be_visible()
    expect(
        page.get_by_text("「▲3」は使えません。1〜100,000の整数を入れてください。")
    ).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (390, 844)])
def test_nothing_is_wider_than_the_window(
    page: Page, app_url: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(app_url)
    expect(page.locator("svg.marks")).to_have_count(4)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for chart in page.locator("svg.marks").all()[:3]:
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 1


def test_the_answer_and_three_charts_stand_on_the_first_screen(page: Page, app_url: str) -> None:
    page.goto(app_url)
    expect(page.locator("svg.marks")).to_have_count(4)
    answer = page.locator("#answer").bounding_box()
    assert answer is not None
    assert answer["y"] < 300
    for chart in page.locator("svg.marks").all()[:3]:
        box = chart.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 1080


def test_the_page_is_announced_as_japanese(page: Page, app_url: str) -> None:
    page.goto(app_url)
    expect(page.locator("html[lang=ja]")).to_have_count(1)
