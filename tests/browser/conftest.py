"""What the browser tests share: the running app, and one profile that fetches its scripts once."""

import re
from collections.abc import Generator, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import chromium
from tests.server import LOOPBACK, ROOT, served

FAILED = pytest.StashKey[bool]()

# A cold start draws its first chart after 2 to 3 seconds, on a machine many times slower later.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address, without a slash at its end, of the app, started from the checkout."""
    with served(tmp_path_factory.mktemp("home")) as url:
        yield url


@pytest.fixture(scope="session")
def base_url(app_url: str) -> str:
    """Let tests open pages of the app by path: `page.goto("/readiness")`."""
    return app_url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that was found, with the project's flags."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": [*browser_type_launch_args.get("args", []), *chromium.LAUNCH_ARGS],
    }


@pytest.fixture(scope="session")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One profile of a reader in Japan; each page is a session of its own all the same."""
    profile = browser.new_context(
        **browser_context_args,
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",  # nothing to be watched slides or fades
    )
    profile.set_default_timeout(60_000)
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new page; the test fails where it asks any host but this machine."""
    asked: set[str] = set()

    def note(url: str) -> None:
        if host := urlsplit(url).hostname:  # none in data: and blob:
            asked.add(host)

    def watch(one: Page) -> None:
        one.on("request", lambda sent: note(sent.url))
        one.on("websocket", lambda socket: note(socket.url))

    context.on("page", watch)
    page = context.new_page()
    yield page
    context.remove_listener("page", watch)
    if request.node.stash.get(FAILED, False):
        name = re.sub(r"\W+", "-", request.node.name)
        page.screenshot(path=ROOT / "test-results" / f"{name}.png")
    for one in context.pages:
        one.close()
    assert asked <= {LOOPBACK}, f"asked outside hosts: {asked - {LOOPBACK}}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
