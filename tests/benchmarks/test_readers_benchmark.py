"""Many readers at once on one process: what they wait for, and what the server keeps."""

from pathlib import Path

import pytest

from onlineready.ui.state.history import MOST_EARLIER
from tests.benchmarks.in_use import IN_USE, in_use
from tests.benchmarks.load import load
from tests.server import serving

READERS, RERUNS, THINK = 50, MOST_EARLIER + 10, 5
"""How many, how often each changes its plan or what it assumes, and the seconds before it does: as
much is then kept for each to take back as ever is."""

MOST_SECONDS = 1.0
MOST_MEMORY = 500e6

LONG = 4_000
"""Reruns of one reader who does not stop to think: 2,000 in which memory must not grow, and as many
before in which what is kept for a while fills up: what can be taken back in 30, the draws of the
band in 1,000."""

MOST_GROWTH = 250
"""Bytes that a rerun may leave: half a megabyte in 2,000."""


def test_fifty_readers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(tmp_path) as server:
        found = load(server, READERS, RERUNS, THINK)
    with capsys.disabled():
        print(f"\n{found}")
    assert found.seconds(0.95) <= MOST_SECONDS
    assert max(found.memory) <= MOST_MEMORY


def test_a_rerun_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(tmp_path, run=IN_USE) as server:
        found = load(server, 1, LONG, held=in_use)
    with capsys.disabled():
        print(f"\n{found}; a rerun leaves {found.growth:+,.0f} bytes")
    assert found.growth <= MOST_GROWTH
