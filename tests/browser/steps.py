"""What a reader does and sees in the browser, as the tests say it."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from onlineready.__main__ import as_json
from onlineready.domain.scenario import resolve
from onlineready.load.plans import open_plan
from onlineready.load.shipped import load_checklist
from onlineready.model.result import evaluate
from onlineready.readiness.checklist import Answers
from onlineready.readiness.forecast import forecast, steps
from onlineready.report import wording
from onlineready.ui.costs.inputs import OTHERS, WAGE
from tests.day import TODAY
from tests.plans import TABLES

PLAN = (
    "事業所,区分,人数,開始月,在留期限,更新在留期間\r\n"
    "髙﨑①工場㈱,在籍,１２,2025年4月,2027年4月,12\r\n"
    "髙﨑①工場㈱,海外,3,2027/6,,36\r\n"
)


def command_line(plan: Path, **scenario: object) -> dict[str, Any]:
    """Evaluate as the command line does, online filing beginning when the checklist forecasts."""
    go_live = forecast(steps(load_checklist(), Answers()), TODAY).go_live
    raw = {"go_live": str(go_live), **scenario}
    reading = open_plan(plan.read_bytes(), plan.name)
    return as_json(evaluate(reading.plan, resolve(raw, TABLES.tasks, TODAY), TABLES))


def answer(result: dict[str, Any]) -> str:
    """Work the answer out from the totals: nothing is saved before go-live."""
    scenario = result["scenario"]
    years, months = (int(part) for part in scenario["start_month"].split("-"))
    live_year, live_month = (int(part) for part in scenario["go_live"].split("-"))
    before = (live_year - years) * 12 + live_month - months
    online = 12 * scenario["years"] - max(before, 0)
    yen = result["totals"]["net_saving_yen"] / online * 12
    return f"オンラインに切り替えると、年間 {wording.gain(yen, wording.about)}"


SEEN = """() => Object.fromEntries(
    [...document.querySelectorAll('[class*="st-key-input_"]')].map(place => [
        [...place.classList].find(name => name.startsWith('st-key-input_')).slice(13),
        place.querySelector('input')?.value
            ?? place.querySelector('[aria-checked="true"], [aria-pressed="true"]')?.innerText,
    ])
)"""


def opened(page: Page, title: str) -> Locator:
    """Return a panel of page 1, opened."""
    panel = page.get_by_test_id("stExpander").filter(has=page.locator("summary", has_text=title))
    if panel.locator("details").get_attribute("open") is None:
        panel.locator("summary").click()
    return panel


def settle(page: Page) -> None:
    """Wait until the server has answered what was done last."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def drawn(page: Page) -> None:
    """Wait until what has come so far is drawn, and listens to keys."""
    page.evaluate(
        """() => new Promise(done =>
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
    )


def sample_chip(page: Page) -> Locator:
    """Return the chip that says whose numbers they are; Streamlit keeps a hidden one beside it."""
    return page.get_by_text("サンプル", exact=True).filter(visible=True)


def panel(page: Page, name: str) -> None:
    """Open a panel below the line of inputs."""
    button = page.get_by_role("radio", name=name, exact=True)
    if button.get_attribute("aria-checked") != "true":
        button.click()
    settle(page)


def shown(page: Page, changed: int | None = None) -> dict[str, Any]:
    """Return answer, figures and the inputs beside them once page 1 is complete.

    `changed` is the number of assumptions that have to be marked as changed.
    """
    expect(page.get_by_text("免責:")).to_be_visible()
    panel(page, "ほかの前提")
    if changed is not None:
        expect(page.get_by_text(f"{changed}項目を変更中")).to_be_visible()
    # The script of a kind of element comes when the first of its kind is shown.
    expect(page.get_by_test_id("stMetricValue")).to_have_count(4)
    page.wait_for_function(f"Object.values(({SEEN})()).every(value => value !== undefined)")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    inputs = page.evaluate(SEEN)
    assert inputs.keys() == {WAGE, *OTHERS}
    return {
        "answer": page.locator("#answer").inner_text(),
        "figures": page.get_by_test_id("stMetricValue").all_inner_texts(),
        "inputs": inputs,
    }


def sees(page: Page, expected: dict[str, Any], changed: int | None = None) -> None:
    """See on page 1, as soon as all of it has arrived, what stood there before."""
    expect(page.get_by_test_id("stMetricValue")).to_have_text(expected["figures"])
    expect(page.locator("#answer")).to_have_text(expected["answer"])
    assert shown(page, changed) == expected


def set_input(page: Page, key: str, value: str) -> None:
    """Set an input of the first page, whatever its kind."""
    box = page.locator(f".st-key-{key} input")
    if box.get_attribute("role") == "combobox":
        box.click()
        # Key by key: of a text filled in at once, what is chosen already would be taken away.
        box.press_sequentially(value)
        page.get_by_role("option", name=value).click()
    else:
        box.fill(value)
        box.press("Enter")
    expect(box).to_have_value(value)


def type_in(page: Page, key: str, text: str) -> None:
    """Type into a field by the keyboard in place of what stands in it."""
    page.locator(f".st-key-{key} input").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def go_to(page: Page, label: str) -> None:
    """Follow a link of the header; the page that is shown stands there in bold."""
    link = page.locator(".st-key-header").get_by_role("link", name=label)
    link.click()
    expect(link.locator("strong")).to_be_visible()
    settle(page)


def sharing(page: Page) -> Locator:
    """Return what the header offers to save, open and pass on, opened."""
    button = page.get_by_role("button", name="共有", exact=False)
    body = page.get_by_test_id("stPopoverBody")
    if button.get_attribute("aria-expanded") != "true":
        button.click()
    expect(body.get_by_test_id("stCode")).to_be_visible()
    return body


def link(page: Page) -> str:
    """Return the address that is offered to be copied."""
    code = sharing(page).get_by_test_id("stCode")
    expect(code).to_contain_text("?w=1.")
    address = code.inner_text().strip()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    settle(page)
    return address


def token(address: str) -> str:
    return parse_qs(urlsplit(address).query)["w"][0]
