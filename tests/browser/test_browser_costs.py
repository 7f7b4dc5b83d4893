"""Page 1 as a reader meets it in Chromium: the first minute, switch, upload, wide and narrow."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from onlineready.domain.scenario import resolve
from onlineready.ui.state import shared
from tests.browser.steps import (
    PLAN,
    answer,
    command_line,
    panel,
    sample_chip,
    set_input,
    settle,
    type_in,
)
from tests.day import TODAY
from tests.plans import TABLES
from tests.server import ROOT

SAMPLE = ROOT / "data" / "sample_outline.csv"
WINDOWS = {"desk": (1366, 768), "phone": (390, 844)}
DRAWN_WITHIN = """width => [...document.querySelectorAll('svg.marks')]
    .every(one => one.getBoundingClientRect().right <= width + 1)"""
"""Charts are drawn anew a moment after a window has become narrower."""

CUT = """() => [...document.querySelectorAll(
        '.stMetric *, .stHeading *, .stNumberInput input, .stButtonGroup *')]
    .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX !== 'visible').map(one => one.textContent)"""
"""What is longer than its box, and ends there."""


@pytest.mark.parametrize("window", WINDOWS)
def test_ones_own_answer_in_five_inputs(
    page: Page, app_url: str, tmp_path: Path, window: str
) -> None:
    """25 workers at one site, 5 hired a year, the office half an hour away, 2,000 yen an hour."""
    width, height = WINDOWS[window]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(app_url)
    expect(sample_chip(page)).to_be_visible()
    inputs = (
        ("said_headcount", "25"),
        ("said_sites", "1"),
        ("said_travel", "30"),
        ("input_wage_yen_per_hour", "2000"),
    )
    for key, value in inputs:
        set_input(page, key, value)
        settle(page)
    assert len(inputs) <= 5
    plan = tmp_path / "own.csv"
    plan.write_text("現在人数,年間採用\n25,\n", "utf-8")
    tasks = {f"counter_travel_{way}": {"minutes": 60} for way in ("submit", "collect")}
    own = command_line(plan, tasks=tasks, wage_yen_per_hour=2000)
    expect(page.locator("#answer")).to_have_text(answer(own))
    expect(sample_chip(page)).to_have_count(0)
    assert page.evaluate(CUT) == []
    # Every number answers at once: hires and their number are the next two.
    page.locator(".st-key-said_intent input").click()
    page.get_by_role("option", name="毎年◯人採用する").click()
    settle(page)
    set_input(page, "said_hires_per_year", "5")
    plan.write_text("現在人数,年間採用\n25,5\n", "utf-8")
    own = command_line(plan, tasks=tasks, wage_yen_per_hour=2000)
    expect(page.locator("#answer")).to_have_text(answer(own))


@pytest.mark.parametrize(
    ("key", "first", "typed", "taken"),
    [
        ("said_headcount", "28", "", "28"),
        ("said_headcount", "28", "２５人", "25"),
        ("said_headcount", "28", "100001", "28"),
        ("said_sites", "2", "0", "2"),
        ("input_wage_yen_per_hour", "1673", "", "1673"),
        ("input_wage_yen_per_hour", "1673", "1,500", "1500"),
    ],
)
def test_a_number_is_typed_as_people_do(
    page: Page, app_url: str, key: str, first: str, typed: str, taken: str
) -> None:
    """An emptied field is no 0, and what does not fit is told in Japanese: the number stays."""
    page.goto(app_url)
    box = page.locator(f".st-key-{key} input")
    expect(box).to_have_value(first)
    settle(page)
    type_in(page, key, typed)
    expect(box).to_have_value(taken)
    expect(sample_chip(page)).to_have_count(int(taken == first))
    told = page.get_by_role("alert").filter(has_text="の数を入れてください。")
    expect(told).to_have_count(int(bool(typed) and taken == first))
    expect(page.get_by_text("outside the allowed range")).to_have_count(0)


def test_numbers_typed_one_after_the_other_are_all_taken(page: Page, app_url: str) -> None:
    """Nobody waits for an answer: from field to field by the tab key, the last one by Enter."""
    page.goto(app_url)
    expect(sample_chip(page)).to_be_visible()
    settle(page)
    page.locator(".st-key-said_headcount input").focus()
    for typed, key in (("40", "Tab"), ("3", "Tab")):
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press(key)
    type_in(page, "input_wage_yen_per_hour", "2000")
    settle(page)
    for key, value in (("headcount", "40"), ("sites", "3")):
        expect(page.locator(f".st-key-said_{key} input")).to_have_value(value)
    for left in (3, 2, 1):
        page.get_by_role("button", name=f"を元に戻す(あと{left}回)").filter(visible=True).click()
    expect(sample_chip(page)).to_be_visible()


DIRECTOR: dict[str, Callable[[Page], None]] = {
    "計算の内訳": lambda page: expect(page.get_by_text("表1 手数料の差")).to_be_visible(),
    "旧手数料(6,000円/5,500円)で試算": lambda page: expect(page.locator("#answer")).to_have_text(
        answer(command_line(SAMPLE, fee_basis="2025-04"))
    ),
    "条件を変えて試す": lambda page: expect(page.locator(".trials")).to_contain_text(
        re.compile("(?=.*何もしない)(?=.*半分だけ)(?=.*(1年|12か月))", re.DOTALL)
    ),
}
"""What a director asks, where it is pressed, and what is seen: where a figure comes from, the old
fees; to do nothing, to file half of them online, a year later."""


@pytest.mark.parametrize("asked", DIRECTOR)
def test_what_a_director_asks_is_one_click_away(page: Page, app_url: str, asked: str) -> None:
    page.goto(app_url)
    page.get_by_text(asked, exact=True).click()
    settle(page)
    DIRECTOR[asked](page)


LEFT = """() => [...document.querySelectorAll('.stTable td')]
    .filter(cell => /^[+−]?[0-9][0-9,.]*円?$/.test(cell.innerText.trim()))
    .filter(cell => getComputedStyle(cell.querySelector('p') ?? cell).textAlign !== 'right'
        || !getComputedStyle(cell).fontVariantNumeric.includes('tabular'))
    .map(cell => cell.innerText)"""
"""Numbers of the tables shown that do not stand at the right, digit below digit."""


@pytest.mark.parametrize("asked", ["手数料の総額", "計算の内訳"])
def test_numbers_of_a_table_stand_digit_below_digit(page: Page, app_url: str, asked: str) -> None:
    page.goto(app_url)
    page.get_by_text(asked, exact=True).click()
    expect(page.locator(".stTable td").first).to_be_visible()
    settle(page)
    assert page.evaluate(LEFT) == []


def test_every_assumption_that_is_listed_stands_on_paper(page: Page, app_url: str) -> None:
    """The grid of the screen scrolls: printed, it would end with its first rows."""
    page.goto(app_url)
    page.get_by_text("前提の一覧", exact=True).click()
    grid, rows = page.get_by_test_id("stDataFrame"), page.locator(".on-paper tbody tr")
    expect(grid).to_be_visible()
    settle(page)
    assert rows.count() == len(assumptions_listed())
    expect(rows.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(grid).to_be_hidden()
    for row in (rows.first, rows.last):
        expect(row).to_be_visible()


def assumptions_listed() -> pd.DataFrame:
    base = resolve({}, TABLES.tasks, TODAY)
    return shared.assumed().listed(base, base)


def test_the_first_screen_and_the_switch_of_the_fees(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(app_url)
    expect(page.locator("html[lang=ja]")).to_have_count(1)
    dated = answer(command_line(SAMPLE))
    expect(page.locator("#answer")).to_have_text(dated)
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts.locator("svg.marks")).to_have_count(5)
    for chart in charts.all():
        expect(chart).to_have_attribute("aria-label", re.compile("."))
    settle(page)
    assert_within(page, 1366, height=768)
    assert page.evaluate(CUT) == []

    # Years stay in their order, there and back.
    by_year = [charts.nth(place) for place in (3, 4)]
    years = [f"{year}年度" for year in range(2026, 2031)]
    page.get_by_text("旧手数料(6,000円/5,500円)で試算").click()
    fixed = answer(command_line(SAMPLE, fee_basis="2025-04"))
    expect(page.locator("#answer")).to_have_text(fixed)
    for chart in by_year:
        assert_years(chart, years)
    page.get_by_text(re.compile("^新手数料")).click()
    expect(page.locator("#answer")).to_have_text(dated)
    for chart in by_year:
        assert_years(chart, years)

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(DRAWN_WITHIN, arg=390)
    assert_within(page, 390)
    assert page.evaluate(CUT) == []


def assert_years(chart: Locator, years: list[str]) -> None:
    """Read the years off the axis of a chart from left to right, once they are all drawn."""
    labels = chart.locator(".role-axis-label text").filter(has_text="年度")
    expect(labels).to_have_count(len(years))
    drawn = labels.evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect(), one.querySelector('tspan') ?? one])"
        ".map(([box, line]) => [box.x + box.width / 2, line.textContent])"
    )
    assert [text for _place, text in sorted(drawn)] == years


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
    expect(sample_chip(page)).to_be_visible()
    panel(page, "詳しい計画を読み込む")
    upload = page.locator(".st-key-upload input[type=file]")
    upload.set_input_files(bad)
    expect(page.get_by_text("「bad.csv」は読み込めませんでした(2か所)")).to_be_visible()
    expect(
        page.get_by_text("「▲3」は使えません。1〜100,000の整数を入れてください。")
    ).to_be_visible()
    expect(page.locator("#answer")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    upload.set_input_files(plan)
    expect(page.get_by_text("2行・15人を読みました")).to_be_visible()
    expect(page.locator("#answer")).to_have_text(answer(command_line(plan)))


def test_who_files_online_already_sees_it_on_one_screen(page: Page, app_url: str) -> None:
    """Since a month that is typed: what was saved, what going on saves, what is due; and back."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(app_url)
    before = answer(command_line(SAMPLE))
    expect(page.locator("#answer")).to_have_text(before)
    panel(page, "すでにオンラインで申請しています")
    page.locator(".st-key-online_since input").focus()
    page.keyboard.type("2024年10月")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この月から申請している").click()
    expect(page.locator("#answer")).to_contain_text("2026年4月からの7か月で、")
    expect(page.get_by_text(re.compile("続ければ、年.+円の削減。"))).to_be_visible()
    expect(page.get_by_text(re.compile("次の期限: ")).first).to_be_visible()
    labels = page.locator("svg.marks").nth(1).get_by_text("準備と維持")
    expect(labels).to_be_in_viewport(ratio=1)
    panel(page, "すでにオンラインで申請しています")
    page.get_by_role("button", name="オンライン申請中をやめる").filter(visible=True).click()
    expect(page.locator("#answer")).to_have_text(before)
    undo = page.get_by_role("button", name=re.compile("^回答を元に戻す")).filter(visible=True)
    for _press in range(2):
        undo.click()
        settle(page)
    expect(undo).to_have_count(0)
    expect(page.locator("#answer")).to_have_text(before)
