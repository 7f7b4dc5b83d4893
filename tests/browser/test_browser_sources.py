"""前提と出典 in the browser: short on a laptop, readable on a telephone, sources to be unfolded."""

import pytest
from playwright.sync_api import Page, expect

from onlineready.ui.sources.sections import SECTIONS
from tests.browser.steps import drawn, settle

TALLEST = 1500
"""Pixels of the page on a laptop, whatever section is open."""

FITS = """() => {
    const main = document.querySelector('.stMain');
    return main.scrollWidth === main.clientWidth;
}"""
HEIGHT = "main => main.scrollHeight"
LINES = (
    "text => text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight)"
)


def show(page: Page, section: str) -> None:
    page.locator(".st-key-section").get_by_text(section, exact=True).click()
    settle(page)
    drawn(page)


def test_every_section_is_short_on_a_laptop_and_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/sources")
    main = page.locator(".stMain")
    for section in SECTIONS:
        page.set_viewport_size({"width": 1366, "height": 768})
        show(page, section)
        expect(main.locator("h1")).to_be_visible()
        assert main.evaluate(HEIGHT) < TALLEST, section
        for width in (683, 390, 320):
            page.set_viewport_size({"width": width, "height": 768})
            page.wait_for_function(FITS)  # once its charts are drawn anew


@pytest.mark.parametrize("width", [1366, 390])
def test_a_source_has_two_lines_until_the_keyboard_asks_for_all_of_it(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/sources")
    show(page, "作業の時間・実費")
    source = page.locator("td:last-child p", has_text="公開資料7件")
    expect(source).to_be_visible()
    assert source.evaluate(LINES) == pytest.approx(2, abs=0.1)
    page.locator(".st-key-whole_sources input").focus()
    page.keyboard.press("Space")
    expect(page.locator(".st-key-sourced_tasks_whole")).to_be_visible()
    settle(page)
    assert source.evaluate(LINES) > 2.5


def test_a_question_asked_most_opens_and_its_address_leads_there_again(page: Page) -> None:
    page.goto("/sources")
    page.locator(".st-key-asked_fee_now button").click()
    opened = page.locator('[class*="st-key-faq_"] details[open]')
    expect(opened).to_contain_text("手数料は今いくらですか")
    settle(page)
    page.reload()
    expect(opened).to_contain_text("手数料は今いくらですか")
