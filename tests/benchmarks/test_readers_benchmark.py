"""Fifty readers at once on one process: what they wait for, and what the server keeps."""

from pathlib import Path

import pytest

from onlineready.ui.state.history import MOST_EARLIER
from tests.benchmarks.load import load
from tests.server import serving

READERS, RERUNS, THINK = 50, MOST_EARLIER + 40, 5
"""How many, how often each changes its plan or what it assumes, and the seconds before it does:
2,000 reruns once as much is kept for each to take back as ever is."""

MOST_SECONDS = 1.0
MOST_MEMORY = 500e6
MOST_GROWTH = 1e3
"""Bytes that a rerun may then leave: 2 MB in 2,000 are pages of the heap that are not full yet."""


def test_fifty_readers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(tmp_path) as server:
        found = load(server, READERS, RERUNS, THINK)
    with capsys.disabled():
        print(f"\n{found}")
    assert found.seconds(0.95) <= MOST_SECONDS
    assert max(found.memory) <= MOST_MEMORY
    assert found.growth <= MOST_GROWTH
