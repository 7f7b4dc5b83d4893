"""What a reader of page 1 sees in Chromium: how soon a number answers, and how much moves.

Held against a bare page of Streamlit with as many elements of each kind, in the same run. Its
figure is the second of them, that of page 1 about the twenty-fifth.
"""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests import chromium
from tests.benchmarks.load import WAGE, reading
from tests.server import APP, Server, serving

CHANGES = 25
SETTLED = 200
"""Milliseconds in which a page draws its charts after all has been sent."""

OF_BARE = 1.3
MOST_SHIFT = 0.1

BARE = """
import streamlit as st

wage = st.number_input("1", 0, 10_000, 1_700, key="{wage}")
st.metric("2", wage)
for kind, count in {counts!r}.items():
    for number in range(count):
        key = f"{{kind}}{{number}}"
        match kind:
            case "number_input":
                st.number_input(key, 0, 10, key=key)
            case "button_group":
                st.segmented_control(key, ["1", "2"], key=key)
            case "button":
                st.button(key, key=key)
            case "metric":
                st.metric(key, wage + number)
            case "arrow_vega_lite_chart" | "vega_lite_chart":
                values = [{{"x": x, "y": x * wage}} for x in range(60)]
                axes = {{axis: {{"field": axis, "type": "quantitative"}} for axis in "xy"}}
                data = {{"values": values}}
                st.vega_lite_chart({{"data": data, "mark": "line", "encoding": axes}})
            case "expandable":
                st.expander(key)
            case "flex_container" | "column" | "popover":
                st.container(key=key)
            case _:
                st.markdown(key)
"""

WATCH = """() => {
    window.moved = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (!entry.hadRecentInput) window.moved.push([entry.startTime, entry.value]);
    })).observe({type: 'layout-shift', buffered: true});
}"""


WATCH_FIGURE = """figure => {
    const said = () => document.querySelector(figure)?.innerText;
    let began, last = said();
    addEventListener('keydown', event => {
        if (event.key === 'Enter') began = performance.now();
    }, true);
    new MutationObserver(() => {
        if (!said() || said() === last) return;
        last = said();
        requestAnimationFrame(() => setTimeout(() => window.painted = performance.now() - began));
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@contextmanager
def browsing() -> Iterator[Page]:
    """Open a window at the size of a small notebook."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.LAUNCH_ARGS
        )
        page = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="ja-JP", timezone_id="Asia/Tokyo"
        ).new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(f"({WATCH})()")
        yield page
        browser.close()


def counted(server: Server) -> Counter[str]:
    """Return how many elements of each kind the page has."""

    async def kinds() -> Counter[str]:
        async with reading(server.url) as reader:
            await reader.rerun()
            return Counter(reader.kinds)

    return asyncio.run(kinds())


def watch(page: Page, figure: str) -> None:
    """Note in the page, at each number that is entered, after how long a figure is painted anew.

    In the page: Playwright looks again only after 20, 50, and then every 100 ms.
    """
    page.locator(figure).first.wait_for()
    page.evaluate(WATCH_FIGURE, figure)


def milliseconds_to_figure(page: Page, wage: int) -> float:
    """Return how long after a wage is entered the watched figure is painted anew."""
    page.bring_to_front()
    entered = page.locator(f".st-key-{WAGE} input")
    idle(page)
    page.evaluate("window.painted = null")
    entered.fill(str(wage))
    entered.press("Enter")
    page.wait_for_function("window.painted")
    idle(page)
    return float(page.evaluate("window.painted"))


def idle(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(SETTLED)


def shift(page: Page) -> float:
    """Return the cumulative layout shift: the worst session of at most 5 s, a second apart."""
    worst = session = 0.0
    began = last = float("-inf")
    for at, value in page.evaluate("window.moved"):
        if at - last > 1_000 or at - began > 5_000:
            began, session = at, 0.0
        last, session = at, session + value
        worst = max(worst, session)
    return worst


def test_number_to_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "bare.py"
    with serving(tmp_path, run=APP) as app:
        counts = counted(app)
        script.write_text(BARE.format(wage=WAGE, counts=dict(counts)))
        with (
            serving(tmp_path, run=("-m", "streamlit", "run", str(script))) as bare,
            browsing() as page,
        ):
            other = page.context.new_page()
            page.goto(app.url)
            other.goto(bare.url)
            watch(page, "#answer")
            watch(other, "[data-testid=stMetricValue]")
            # In turn: a busier moment meets both.
            wages = [1_200 + 1_500 * (number % 2) + number for number in range(CHANGES)]
            taken = [
                (milliseconds_to_figure(page, wage), milliseconds_to_figure(other, wage))
                for wage in wages
            ]
    now, floor = (statistics.median(one[which] for one in taken) for which in (0, 1))
    with capsys.disabled():
        print(
            f"\nnumber to figure: {now:.0f} ms, {now / floor:.2f} times a bare page of"
            f" {counts.total()} elements ({floor:.0f} ms; goal {OF_BARE})"
        )
    assert now <= floor * OF_BARE


@pytest.mark.parametrize("earlier", [0, 1], ids=["fresh", "warm"])
def test_layout_shift_of_a_first_view(
    earlier: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a server that has seen no reader yet, and on one that answers at once."""
    with serving(tmp_path, run=APP) as app:
        for _visit in range(earlier):
            with browsing() as page:
                page.goto(app.url)
                expect(page.locator("#answer")).to_be_visible()
        with browsing() as page:
            began = time.perf_counter()
            page.goto(app.url)
            expect(page.locator("#answer")).to_be_visible()
            first_view = time.perf_counter() - began
            expect(page.locator("svg.marks, canvas.marks").nth(2)).to_be_visible()
            page.wait_for_timeout(2_000)
            moved = shift(page)
    with capsys.disabled():
        print(
            f"\nlayout shift of a first view of a {'warm' if earlier else 'fresh'} server:"
            f" {moved:.3f} (goal {MOST_SHIFT}); the answer is seen after {first_view:.1f} s"
        )
    assert moved < MOST_SHIFT
