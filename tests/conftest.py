"""What all tests share: their day, their random examples, their lanes.

Tests in `browser/` need a Chromium and those marked `office` a LibreOffice: where there is none
they are skipped, and told of at the end; with REQUIRE_BROWSER=1 they fail.
"""

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager

from tests import chance, chromium, day, libreoffice

TESTS = Path(__file__).resolve().parent
LANES = {"browser": "browser", "ui": "page", "export": "paper"}
"""Markers of the tests in a folder."""

NO_CHROMIUM = "no Chromium (see tests/chromium.py)"

find_chromium = cache(chromium.find)
find_libreoffice = cache(libreoffice.find)

chance.load_profile()


def pytest_itemcollected(item: pytest.Item) -> None:
    folder = item.path.relative_to(TESTS).parts[0]
    if marker := LANES.get(folder):
        item.add_marker(marker)
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
        day.hold(patch)
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
