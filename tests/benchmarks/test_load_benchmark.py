"""What it takes to read a plan, against pandas reading the same bytes in the same run.

The ratio tells more than the milliseconds: it stays where it is on a slower or busier machine.
"""

import io
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from onlineready.load import DATA, open_plan
from tests.benchmarks.test_engine_benchmark import milliseconds

HEADER = "事業所,分野,区分,人数,開始月,通算済月数,在留期限,初回在留期間,更新在留期間"
FIELDS = ("介護", "飲食料品製造業", "農業", "建設", "")
ALONE = """
import sys
from datetime import date
from pathlib import Path
from onlineready.load import load_tables, open_plan
from onlineready.model.result import evaluate
from onlineready.domain.scenario import resolve
import pandas as pd
import time

def peak():
    # In MB; ru_maxrss would count what the parent held when it forked.
    (line,) = [line for line in Path("/proc/self/status").open() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024

small = Path(sys.argv[1]).parent / "small.csv"
tables = load_tables()
scenario = resolve({"start_month": "2026-04", "years": 5}, tables.tasks, date(2026, 11, 23))
scenario = scenario.going_live(scenario.start_month)
path = Path(sys.argv[1])
if sys.argv[2] == "pandas":
    pd.read_csv(small, engine="pyarrow")
    before, began = peak(), time.perf_counter()
    pd.read_csv(path, engine="pyarrow")
else:
    evaluate(open_plan(small.read_bytes(), "small").added_up, scenario, tables)
    before, began = peak(), time.perf_counter()
    reading = open_plan(path.read_bytes(), path.name)
    result = evaluate(reading.added_up, scenario, tables)
    assert len(reading.rows) == int(sys.argv[3])
    assert result.totals["applications_extension"] > 0
print(time.perf_counter() - began, peak() - before)
"""


def line(draw: random.Random) -> str:
    """Return a row of a roster as a personnel department might write it."""

    def month(earliest: int, latest: int) -> str:
        after = 2026 * 12 + 3 + draw.randint(earliest, latest)
        return f"{after // 12}-{after % 12 + 1:02}"

    site, field = f"第{draw.randint(1, 300)}工場", draw.choice(FIELDS)
    headcount, period = draw.randint(1, 30), draw.choice(("", "4", "6", "12", "36"))
    match draw.choice(("在籍", "海外", "国内")):
        case "在籍":
            expiry = draw.randint(0, 12)
            start, expires = month(expiry - 60, expiry - 48), month(expiry, expiry)
            cells = ["在籍", headcount, start, "", expires, "", period]
        case "海外":
            first = draw.choice(("", "6", "12"))
            cells = ["海外", headcount, month(0, 60), "", "", first, period]
        case _:
            cells = ["国内", headcount, month(0, 60), draw.randint(0, 59), "", "", period]
    return ",".join(map(str, [site, field, *cells]))


def plan(rows: int, different: int) -> bytes:
    """Return a roster of so many rows, each of them one of so many different ones."""
    draw = random.Random(20261123)  # noqa: S311
    lines: dict[str, None] = {}
    while len(lines) < different:
        lines[line(draw)] = None
    known = list(lines)
    body = known + draw.choices(known, k=rows - different)
    return "\n".join([HEADER, *body, ""]).encode()


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
