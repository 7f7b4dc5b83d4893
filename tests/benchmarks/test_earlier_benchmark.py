"""The model against itself at an earlier commit, in the same run: neither machine nor load counts.

Both checkouts are measured in turn, each in a process of its own, by the script of this one.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.large import plan

ROOT = Path(__file__).parents[2]
EARLIER = "d08d6f6"
"""The last commit whose model worked on frames."""

ROUNDS = 3

GOALS = {
    "cases": ("three business cases of the sample", 1 / 12),
    "rows": ("10,000 different rows", 1 / 2),
    "sites": ("1,000 sites over ten years", 1.0),
    "draws": ("Monte Carlo, 100,000 draws", 1.0),
    "disk": ("1,000,000 rows from disk to figures", 1.0),
}
"""What is measured, and the most that it may take of what it took at the earlier commit."""

NOISE = 1.1
"""By how much two measurements of the same code differ."""


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Path]:
    """A checkout of the earlier commit."""
    folder = tmp_path / "earlier"
    git = ["git", "-C", str(ROOT), "worktree"]
    try:
        done = subprocess.run(
            [*git, "add", "--detach", str(folder), EARLIER],
            check=False,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("no git to check the earlier commit out with")
    if done.returncode:
        pytest.skip(f"commit {EARLIER} cannot be checked out: {done.stderr.strip()}")
    yield folder
    subprocess.run([*git, "remove", "--force", str(folder)], check=True, capture_output=True)


def measured(folder: Path, roster: Path) -> dict[str, float]:
    """Return what the script measures in a checkout."""
    command = [sys.executable, str(Path(__file__).with_name("measured.py")), str(roster)]
    # Threads that wait for work would be counted as work.
    alone = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | alone, capture_output=True, check=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def test_processor_time_of_what_it_was(
    earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "plan.csv"
    roster.write_bytes(plan(1_000_000, 10_000))
    rounds = [(measured(earlier, roster), measured(ROOT, roster)) for _ in range(ROUNDS)]
    lines, missed = [], []
    for key, (what, goal) in GOALS.items():
        was, now = (statistics.median(one[which][key] for one in rounds) for which in (0, 1))
        lines.append(
            f"{what}: {now:,.1f} ms of processor time, {was / now:.1f} times less than at"
            f" {EARLIER} ({was:,.1f} ms); goal {1 / goal:.0f}"
        )
        if now > was * goal * (1 if goal < 1 else NOISE):
            missed.append(what)
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert not missed
