"""What it takes to read a plan, against pandas reading the same bytes in the same run.

The ratio tells more than the milliseconds: it stays where it is on a slower or busier machine.
"""

import io
import subprocess
import sys
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from onlineready.load.plans import open_plan
from onlineready.load.word_lists import DATA
from tests.benchmarks.large import ALONE, milliseconds, plan


@pytest.mark.parametrize("different", [200_000, 10_000])
def test_reading_200_000_rows(different: int, capsys: pytest.CaptureFixture[str]) -> None:
    content = plan(200_000, different)

    def with_pandas() -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(content), engine="pyarrow")

    reading = open_plan(content, "plan.csv")
    assert len(reading.rows) == 200_000
    assert len(reading.different) == different
    floor, taken = milliseconds(with_pandas), milliseconds(partial(open_plan, content, "plan.csv"))
    with capsys.disabled():
        print(
            f"\nread 200,000 rows, {different:,} different: {taken:.0f} ms, "
            f"{taken / floor:.2f} times pandas ({floor:.0f} ms); goal 3"
        )


def test_a_million_rows_from_disk_to_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, different = 1_000_000, 10_000
    path = tmp_path / "plan.csv"
    path.write_bytes(plan(rows, different))
    (tmp_path / "small.csv").write_bytes(plan(100, 50))

    def alone(what: str) -> tuple[float, float]:
        command = [sys.executable, "-c", ALONE, str(path), what, str(rows)]
        runs = [
            subprocess.run(command, cwd=DATA.parent, capture_output=True, check=True, text=True)
            for _ in range(3)
        ]
        seconds, megabytes = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
        return min(seconds), max(megabytes)

    floor, _held = alone("pandas")
    taken, held = alone("onlineready")
    with capsys.disabled():
        print(
            f"\n{rows:,} rows ({path.stat().st_size / 1024**2:.0f} MB), {different:,} different, "
            f"from disk to figures: {taken:.2f} s, {taken / floor:.2f} times pandas reading them "
            f"({floor:.2f} s); goal 2.5. Memory at its peak grew by {held:.0f} MB; goal 1,024"
        )
