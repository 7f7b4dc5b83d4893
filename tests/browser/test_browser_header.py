"""The header in Chromium: it stays, it lines up, it fits, and it gives what it offers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onlineready.workbook import from_token, to_file
from tests.browser.steps import drawn, settle, sharing, token
from tests.pages import workbook_of
from tests.plans import TABLES

ADDRESSES = ("/", "/readiness", "/calendar", "/sources", "/presentation?print=1")

EDGES = """() => {
    const left = one => document.querySelector(one).getBoundingClientRect().left;
    return [left('.st-key-header'), left('h1')];
}"""

MEASURED = """() => {
    const header = document.querySelector('.st-key-header');
    const main = document.querySelector('.stMain');
    const inside = [...header.querySelectorAll('.stPageLink, button')];
    const box = header.getBoundingClientRect();
    return {
        height: box.height,
        cut: inside.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText),
        outside: inside.map(one => [one.innerText, one.getBoundingClientRect()]).filter(
            ([_, one]) => one.left < 0 || one.right > innerWidth || one.bottom > box.bottom
        ).map(([text, _]) => text),
        too_wide: main.scrollWidth - main.clientWidth,
    };
}"""

CUT_NUMBERS = """() => [...document.querySelectorAll('[data-testid="stMetricValue"] *')].filter(
    one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === 'hidden'
).map(one => one.innerText)"""


def complete(page: Page, address: str) -> None:
    """Open a page and wait until all of it is there."""
    page.goto(address)
    expect(page.get_by_text("免責:")).to_be_attached()
    # The script of a kind of element comes when the first of its kind is shown.
    for kind in (".stPageLink", ".stDownloadButton", ".stPopover"):
        expect(page.locator(".st-key-header").locator(kind).last).to_be_visible()
    expect(page.locator("h1")).to_be_visible()
    settle(page)
    drawn(page)


def test_it_stays_while_the_page_scrolls_and_is_gone_on_paper(page: Page) -> None:
    complete(page, "/calendar")
    page.locator(".stMain").evaluate("main => main.scrollTo(0, 400)")
    present = page.locator(".st-key-header").get_by_role("link", name="申請カレンダー")
    expect(present).to_be_in_viewport(ratio=1)
    assert page.locator(".st-key-header").evaluate("one => one.getBoundingClientRect().top") == 0
    assert present.evaluate("one => getComputedStyle(one).borderBottomColor") == "rgb(0, 23, 193)"
    page.emulate_media(media="print")
    expect(page.locator(".st-key-header")).to_be_hidden()


def test_content_and_header_have_one_left_edge_on_all_pages(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    edges = set()
    for address in ADDRESSES[1:]:
        complete(page, address)
        edges |= set(page.evaluate(EDGES))
    assert len(edges) == 1


@pytest.mark.parametrize(("width", "lines"), [(320, 2), (390, 2), (820, 1), (2560, 1)])
def test_nothing_is_cut_at_any_width(page: Page, width: int, lines: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for address in ADDRESSES if width < 400 else ADDRESSES[2:3]:
        complete(page, address)
        found = page.evaluate(MEASURED)
        assert found.pop("height") <= 38 * lines + 10, address
        assert found == {"cut": [], "outside": [], "too_wide": 0}, address
        assert page.evaluate(CUT_NUMBERS) == []


def test_keys_lead_past_it_to_the_content(page: Page) -> None:
    complete(page, "/calendar")
    page.get_by_role("link", name="本文へ").focus()
    expect(page.get_by_role("link", name="本文へ")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="費用と効果")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_click_beside_what_is_open_closes_it_and_the_next_leads_on(page: Page) -> None:
    complete(page, "/calendar")
    sharing(page)
    other = page.locator(".st-key-header").get_by_role("link", name="前提と出典")
    place = other.bounding_box()
    assert place
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    settle(page)
    expect(page.locator("h1", has_text="90日以内に期限が来る申請")).to_be_visible()
    other.click()
    expect(page.locator("h1", has_text="数字の根拠")).to_be_visible()
    expect(page.locator(".st-key-header .stPageLink")).to_have_count(5)


def test_it_gives_the_paper_and_opens_a_file(page: Page, tmp_path: Path) -> None:
    complete(page, "/calendar")
    with page.expect_download() as found:
        page.get_by_role("button", name="稟議PDF").click()
    assert Path(found.value.path()).read_bytes().startswith(b"%PDF")
    saved = tmp_path / "保存.json"
    saved.write_bytes(to_file(workbook_of(wage_yen_per_hour=2_345)))
    sharing(page).locator("input[type=file]").set_input_files(saved)
    page.wait_for_url(re.compile(r"w=1\."))
    settle(page)
    opened = token(page.url)
    assert from_token(opened, TABLES).scenarios[0].wage_yen_per_hour == 2_345
    first = page.locator(".st-key-header").get_by_role("link", name="費用と効果")
    expect(first).to_have_attribute("href", re.compile(re.escape(opened)))
