"""よくある質問 in the browser: the way to a question and back, and the search while typing."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import link, set_input, settle, token

ROWS = '[class*="st-key-faq_"] summary'
OPEN = '[class*="st-key-faq_"] details[open]'
TOO_WIDE = """() => {
    const page = document.querySelector('[data-testid="stMain"]');
    return page.scrollWidth - page.clientWidth;
}"""


def test_a_question_opens_from_another_page_and_leads_back_with_the_workbook(page: Page) -> None:
    page.goto("/")
    set_input(page, "input_wage_yen_per_hour", "2500")
    settle(page)
    of_workbook = token(link(page))
    beside = page.locator(".st-key-faq_links")
    asked = "窓口より、どれだけ時間とお金を減らせますか"
    beside.get_by_role("link", name=asked).click()
    expect(page.locator(ROWS).first).to_contain_text(asked)
    expect(page.locator(OPEN)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/sources\?.*\bfaq=\w+"))
    assert token(page.url) == of_workbook
    page.get_by_role("link", name="詳細: 費用と効果").click()
    expect(beside).to_be_visible()
    assert token(page.url) == of_workbook


def test_the_list_narrows_while_a_reader_types_and_fits_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/sources?faq=how_to_pay")
    expect(page.locator(ROWS)).to_have_count(27)
    page.locator(".st-key-faq_search input").press_sequentially("クレジット")
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_text("この質問のリンク").click()
    address = page.get_by_role("dialog").get_by_test_id("stCode")
    expect(address).to_have_text(re.compile(r"^http://.*/sources\?faq=how_to_pay$"))
    assert page.evaluate(TOO_WIDE) == 0
