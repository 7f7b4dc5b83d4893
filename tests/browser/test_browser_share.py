"""What a reader has set survives in Chromium: reload, new server, file and command line."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from onlineready.domain.scenario import Scenario
from tests.browser.test_browser_costs import PLAN, command_line, net_saving_per_year
from tests.conftest import serve

PLACES = ("/", "/readiness")
"""Pages on which a link may be opened first."""

INPUTS = {
    "company_fee_share": "60",
    "wage_yen_per_hour": "2345",
    "realised_time_share": "80",
    "batch_size": "3",
    "go_live": "2027年10月",
    "name": "持ち越す案",
    "years": "6",
    "discount_rate": "7",
    "officers": "3",
    "attrition_per_year": "20",
}
"""Ten inputs of every kind, in the sidebar and below, and what is set in them."""

SEEN = """() => Object.fromEntries(
    [...document.querySelectorAll('[class*="st-key-input_"]')].map(place => [
        [...place.classList].find(name => name.startsWith('st-key-input_')).slice(13),
        place.querySelector('input')?.value
            ?? place.querySelector('[aria-checked="true"], [aria-pressed="true"]')?.innerText,
    ])
)"""

StartServer = Callable[..., str]


@pytest.fixture
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start processes of the app that have seen no reader yet; return the address of each."""
    with ExitStack() as running:
        yield lambda base_path="": running.enter_context(
            serve(tmp_path_factory.mktemp("server"), base_path)
        )


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


def shown(page: Page, changed: int | None = None) -> dict[str, Any]:
    """Return answer, figures and inputs of page 1 once it is complete.

    `changed` is the number of inputs that have to be marked as changed.
    """
    expect(page.get_by_text("免責:")).to_be_visible()
    if changed is not None:
        expect(page.get_by_text(f"({changed}項目を変更中)")).to_be_visible()
    opened(page, "詳細な前提")
    settle(page)
    # The script of a kind of element comes when the first of its kind is shown.
    expect(page.get_by_test_id("stMetricValue")).to_have_count(4)
    page.wait_for_function(f"Object.values(({SEEN})()).every(value => value !== undefined)")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    inputs = page.evaluate(SEEN)
    assert inputs.keys() == Scenario.model_fields.keys() - {"tasks", "sites"}
    return {
        "answer": page.locator("#answer").inner_text(),
        "figures": page.get_by_test_id("stMetricValue").all_inner_texts(),
        "inputs": inputs,
    }


def sees(page: Page, expected: dict[str, Any], changed: int | None = None) -> None:
    """See on page 1, as soon as all of it has arrived, what stood there before."""
    deadline = time.monotonic() + 15
    while (seen := shown(page, changed)) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert seen == expected


def set_input(page: Page, key: str, value: str) -> None:
    box = page.locator(f".st-key-input_{key} input")
    if box.get_attribute("type") == "range":  # only a key that is let go ends a move
        box.fill(str(int(value) + 1))
        box.press("ArrowLeft")
    elif box.get_attribute("role") == "combobox":
        box.click()
        box.fill(value)
        page.get_by_role("option", name=value).click()
    else:
        box.fill(value)
        box.press("Enter")
    expect(box).to_have_value(value)


def go_to(page: Page, label: str) -> None:
    page.get_by_role("link", name=label).click()
    expect(page.locator("h1", has_text=label)).to_be_visible()


def link(page: Page) -> str:
    """Return the address that the panel offers to copy."""
    code = opened(page, "保存と共有").get_by_test_id("stCode")
    expect(code).to_contain_text("?w=1.")
    return code.inner_text().strip()


def token(address: str) -> str:
    return parse_qs(urlsplit(address).query)["w"][0]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "計画.csv"
    file.write_bytes(PLAN.encode("cp932"))
    return file


def set_everything(page: Page, plan: Path) -> dict[str, Any]:
    """Upload a plan and change ten inputs; return what the page then shows."""
    expect(page.get_by_text("見本の計画")).to_be_visible()
    page.locator(".st-key-upload input[type=file]").set_input_files(plan)
    expect(page.get_by_text("読み込んだ計画「計画.csv」")).to_be_visible()
    opened(page, "詳細な前提")
    for number, (key, value) in enumerate(INPUTS.items(), start=1):
        opened(page, "詳細な前提")
        set_input(page, key, value)
        expect(page.get_by_text(f"({number}項目を変更中)")).to_be_visible()
        settle(page)
    seen = shown(page, len(INPUTS))
    assert {key: seen["inputs"][key] for key in INPUTS} == INPUTS
    return seen


def test_what_a_reader_has_set_is_the_same_everywhere(
    page: Page, app_url: str, start_server: StartServer, plan: Path, tmp_path: Path
) -> None:
    page.goto(app_url)
    first = shown(page)
    before = set_everything(page, plan)
    assert before["figures"] != first["figures"]
    saved = tmp_path / "onlineready.json"
    with page.expect_download() as download:
        opened(page, "保存と共有").get_by_role("button", name="保存する").click()
    download.value.save_as(saved)

    page.reload()
    sees(page, before, len(INPUTS))
    go_to(page, "準備チェックリスト")
    go_to(page, "費用と効果")
    sees(page, before, len(INPUTS))

    copied = urlsplit(link(page))
    assert f"{copied.scheme}://{copied.netloc}" == app_url
    for place in PLACES:
        page.goto(f"{start_server()}{place}?{copied.query}")
        if place != "/":
            go_to(page, "費用と効果")
        sees(page, before, len(INPUTS))
        expect(page.get_by_text("リンクの計画")).to_be_visible()

    # The file: the same on the command line, and in a session that knows nothing of it.
    page.goto(app_url)
    sees(page, first)
    opened(page, "保存と共有").locator("input[type=file]").set_input_files(saved)
    expect(page.get_by_text("ファイル「onlineready.json」の計画")).to_be_visible()
    sees(page, before, len(INPUTS))
    raw = json.loads(saved.read_text("utf-8"))
    assert {row["site"] for row in raw["plan"]} == {"髙﨑①工場㈱"}
    result = command_line(plan, tmp_path, **raw["scenarios"][0])
    assert before["figures"][0] == net_saving_per_year(result)


def test_a_link_behind_a_base_path_opens_there(
    page: Page, start_server: StartServer, plan: Path
) -> None:
    url = start_server("/tools/onlineready")
    page.goto(url)
    expect(page.get_by_text("見本の計画")).to_be_visible()
    page.locator(".st-key-upload input[type=file]").set_input_files(plan)
    expect(page.get_by_text("読み込んだ計画「計画.csv」")).to_be_visible()
    before = shown(page)
    copied = link(page)
    assert copied.partition("?")[0].rstrip("/") == url
    assert token(page.url) == token(copied)
    page.goto("about:blank")
    page.goto(copied)
    sees(page, before)
    expect(page.get_by_text("リンクの計画")).to_be_visible()
    go_to(page, "準備チェックリスト")
    assert token(page.url) == token(copied)


def test_the_copy_button_copies_the_address(page: Page, app_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(app_url)
    shown(page)
    offered = link(page)
    expect(page.locator("svg.marks")).to_have_count(4)  # a chart that comes later moves the rest
    settle(page)
    code = opened(page, "保存と共有").get_by_test_id("stCode")
    copy = code.get_by_role("button", name="Copy to clipboard")
    while not copy.is_visible():  # it comes with the pointer, which a chart may have moved off
        code.hover()
        page.wait_for_timeout(100)
    copy.click()
    assert page.evaluate("navigator.clipboard.readText()") == offered


def test_a_link_that_cannot_be_opened_shows_the_sample_and_says_why(
    page: Page, app_url: str
) -> None:
    page.goto(app_url)
    sample = shown(page)
    good = token(link(page))
    for bad, why in ((good[:-100], "途中で切れている"), (f"2{good[1:]}", "新しい版")):
        page.goto(f"{app_url}/?w={bad}")
        expect(page.get_by_text("リンクを開けませんでした")).to_be_visible()
        expect(page.get_by_test_id("stAlert").filter(has_text=why)).to_be_visible()
        sees(page, sample)
        assert "w=" not in page.url
