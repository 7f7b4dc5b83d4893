"""What all tests share: the running app, the browser, and a word when the browser is missing.

A test that asks pytest-playwright for ``page``, ``context`` or ``new_context`` is a browser test:
it gets the marker ``browser``, is skipped where there is no Chromium (with REQUIRE_BROWSER=1 it
fails), and fails when a page asks any host but 127.0.0.1.
"""

import gc
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from streamlit.components.v2.component_manager import BidiComponentManager

from onlineready import clock
from tests import chance, chromium, libreoffice
from tests.plans import TODAY

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
NO_CHROMIUM = "no Chromium (see tests/chromium.py)"

find_chromium = cache(chromium.find)
find_libreoffice = cache(libreoffice.find)

chance.load_profile()

# A cold start draws its first chart after 2 to 3 seconds; Playwright waits for 5.
expect.set_options(timeout=15_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # Not "page": that name may be anything. All fixtures with a browser rest on this one.
        if "browser_type" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if item.path.is_relative_to(ROOT / "tests" / "ui"):
            item.add_marker("page")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("fuzz")


def pytest_collection_finish() -> None:
    """Leave what the collection has made out of every later garbage collection: it stays."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, find, missing in (
        ("browser", find_chromium, NO_CHROMIUM),
        ("office", find_libreoffice, libreoffice.NO_LIBREOFFICE),
    ):
        if item.get_closest_marker(marker) and find() is None:
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{missing}, and REQUIRE_BROWSER=1", pytrace=False)
            pytest.skip(missing)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    missed = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if missed:
        terminalreporter.section("THE BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{missed} tests need Chromium and none was found. Install one (Debian: apt-get "
            "install chromium fonts-noto-cjk), or name one: CHROMIUM=/path/to/chromium make test"
        )
    missed = sum(libreoffice.NO_LIBREOFFICE in str(report.longrepr) for report in skipped)
    if missed:
        terminalreporter.section(
            "THE EXCEL FILE WAS NOT RECALCULATED", sep="!", red=True, bold=True
        )
        terminalreporter.line(
            f"{missed} test needs LibreOffice and none was found. Install it (Debian: apt-get "
            "install libreoffice-calc-nogui), or name one: SOFFICE=/path/to/soffice make test"
        )


@pytest.fixture(scope="session", autouse=True)
def same_day() -> Iterator[None]:
    """Let every test run on the same day, whenever it runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_components() -> Iterator[None]:
    """Keep AppTest from looking through every installed package for components at each start.

    That takes as long as half a page, and the app has none.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            BidiComponentManager, "discover_and_register_components", lambda *_, **__: None
        )
        yield


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address, without a slash at its end, of the app, started from the checkout."""
    with serve(tmp_path_factory.mktemp("home")) as url:
        yield url


@contextmanager
def serve(home: Path, base_path: str = "") -> Iterator[str]:
    """Start a process of the app that has seen no reader yet; give its address while it runs."""
    log = home / "streamlit.log"
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = {
        "server.address": LOOPBACK,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.baseUrlPath": base_path,
    }
    command += [f"--{name}={value}" for name, value in options.items()]
    # Neither the settings of the person at this machine nor those of the shell.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    environment["HOME"] = str(home)
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    url = f"http://{LOOPBACK}:{port}{base_path}"
    try:
        _wait_until_healthy(server, url, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(errors='replace')}", pytrace=False)


@pytest.fixture(scope="session")
def base_url(app_url: str) -> str:
    """Let tests open pages of the app by path: ``page.goto("/readiness")``."""
    return app_url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that was found, with the project's flags."""
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": [*browser_type_launch_args.get("args", []), *chromium.LAUNCH_ARGS],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Show every page as a reader in Japan sees it."""
    return {
        **browser_context_args,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
    }


@pytest.fixture
def requested_hosts() -> set[str]:
    """Hosts that the test's pages have asked so far, by HTTP or WebSocket."""
    return set()


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], requested_hosts: set[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Record the hosts asked by all pages; the test fails where one is not this machine."""

    def record(url: str) -> None:
        if host := urlsplit(url).hostname:  # none in data: and blob:
            requested_hosts.add(host)

    def watch(page: Page) -> None:
        page.on("websocket", lambda websocket: record(websocket.url))

    def create(**arguments: Any) -> BrowserContext:
        context = new_context(**arguments)
        context.on("request", lambda request: record(request.url))
        context.on("page", watch)
        return context

    yield create
    assert requested_hosts <= {LOOPBACK}, f"asked outside hosts: {requested_hosts - {LOOPBACK}}"
