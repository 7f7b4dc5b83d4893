"""Page 3 as a meeting room and a printer meet it in Chromium."""

import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from onlineready.workbook import to_token
from tests.briefings import CASES, workbook
from tests.browser.steps import drawn, settle
from tests.day import TODAY

A4_ACROSS = (842, 595)
SCROLLED = "['.stMain', '.st-key-slide'].map(one => document.querySelector(one)).map("
SCROLLED += "one => one.scrollHeight - one.clientHeight)"


def address(path: str, name: str) -> str:
    return f"{path}&w={to_token(workbook(*CASES[name]))}"


def plain(text: str) -> str:
    """Return a text without spaces; a PDF may hold a radical in place of a sign: ⽉ for 月."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def at_place(page: Page, place: int) -> None:
    expect(page.get_by_text(f"{place} / 6", exact=True)).to_be_visible()


@pytest.mark.parametrize(("query", "last"), [("?", 6), ("?embed=true", 2)])
def test_keys_lead_through_the_screens_without_scrolling(
    page: Page, app_url: str, query: str, last: int
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(app_url + address(f"/presentation{query}", "gain"))
    for place in range(1, last + 1):
        at_place(page, place)
        if place in (2, 3, 4):
            expect(page.locator("svg.marks")).to_be_visible()
        # The button that a key presses comes last; till then the screen before may still take room.
        expect(page.get_by_role("button", name="次へ")).to_be_visible()
        settle(page)
        drawn(page)
        assert page.evaluate(SCROLLED) == [0, 0]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 1920
        smallest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('.st-key-slide :is(h1, p, li, td, th, dt)')]"
            ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
        )
        assert smallest >= 24
        page.keyboard.press("ArrowRight" if place < last else "ArrowLeft")
    at_place(page, last - 1)


def test_paper_is_six_pages_of_a4_with_nothing_cut(page: Page, app_url: str) -> None:
    page.goto(app_url + address("/presentation?print=1", "loss"))
    expect(page.locator("svg.marks")).to_have_count(3)
    titles = page.locator(".st-key-papers h2").all_inner_texts()
    assert len(titles) == 6
    page.emulate_media(media="print")
    for place, paper in enumerate(page.locator("[class*='st-key-paper_']").all()):
        cut = paper.evaluate(
            "one => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]"
        )
        assert max(cut) <= 1, titles[place]  # fractions of a pixel are rounded up
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    printed = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(printed) == 6
    for paper_page, title in zip(printed, titles, strict=True):
        size = (round(float(paper_page.mediabox.width)), round(float(paper_page.mediabox.height)))
        assert size == A4_ACROSS
        said = plain(paper_page.extract_text())
        assert plain(title) in said
        assert f"基準日{TODAY}" in said


def test_between_paper_and_screens_the_address_stays_true(page: Page, app_url: str) -> None:
    page.goto(app_url + "/presentation?print=1")
    for label, begin in (("稟議用の1枚", b"%PDF"), ("PowerPoint", b"PK")):
        with page.expect_download() as found:
            page.get_by_role("button", name=label).click()
        assert Path(found.value.path()).read_bytes().startswith(begin)
    page.get_by_role("link", name="発表").click()
    at_place(page, 1)
    page.wait_for_url(re.compile(r"/presentation$"))
    page.get_by_role("link", name="一覧・印刷・保存").click()
    page.wait_for_url(re.compile(r"print=1"))
    expect(page.get_by_role("heading", name="発表の一覧")).to_be_visible()
