"""Page 1 of the largest plan from telephone to wall: whole numbers, and lines that end well."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onlineready.model.outline import Said, said_plan
from onlineready.workbook import to_token
from tests.briefings import workbook
from tests.browser.steps import drawn, settle
from tests.browser.test_browser_costs import CUT, DRAWN_WITHIN
from tests.plans import resolved

GAIN = {"wage_yen_per_hour": 10_000}
CASES: dict[str, dict[str, Any]] = {
    "gain": GAIN,
    "loss": {**GAIN, "company_fee_share": 0, "realised_time_share": 0, "go_live": "2031-01"},
}
WIDTHS = (320, 390, 683, 820, 960, 1366, 1920, 2560)

BREAKS = """() => [...document.querySelectorAll('h1, .stMarkdown h2')].flatMap(heading => {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), range = new Range();
    const letters = [];
    while (texts.nextNode()) for (let at = 0; at < texts.currentNode.length; at += 1) {
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + 1);
        letters.push([range.toString(), range.getBoundingClientRect().bottom]);
    }
    return letters.slice(1).map(([letter, bottom], before) => bottom > letters[before][1] + 5
        ? letters.slice(Math.max(0, before - 3), before + 1).map(one => one[0]).join('') + '/'
            + letters.slice(before + 1, before + 5).map(one => one[0]).join('') : null
    ).filter(Boolean);
})"""
"""Where the lines of the headings end, with the letters on both sides."""

AMOUNT = re.compile("[約0-9,.+−]/|/[万億円]")


@pytest.mark.parametrize("case", CASES)
def test_no_number_is_cut_or_broken_at_any_width(page: Page, app_url: str, case: str) -> None:
    plan = said_plan(Said(100_000, 200), resolved(CASES[case]))
    page.set_viewport_size({"width": WIDTHS[0], "height": 768})
    page.goto(f"{app_url}/?w={to_token(workbook(plan, CASES[case]))}")
    expect(page.get_by_test_id("stVegaLiteChart").locator("svg.marks")).to_have_count(5)
    settle(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_function(DRAWN_WITHIN, arg=width)
        drawn(page)
        assert page.evaluate(CUT) == [], width
        main = page.locator(".stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") == 0, width
        assert [line for line in page.evaluate(BREAKS) if AMOUNT.search(line)] == [], width


def test_what_closes_the_header_stands_at_the_right_edge(page: Page, app_url: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(app_url)
    expect(page.locator(".st-key-header .stPopover")).to_be_visible()
    settle(page)
    right = "one => one.getBoundingClientRect().right"
    edges = [
        page.locator(place).first.evaluate(right) for place in (".st-key-share", ".st-key-header")
    ]
    assert edges[0] == pytest.approx(edges[1], abs=1)
