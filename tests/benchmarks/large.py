"""Large plans, and how long something takes: what the benchmarks share."""

import random
import time
from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.plans import current, domestic, overseas, resolved, roster, target, targets

HEADER = "事業所,分野,区分,人数,開始月,通算済月数,在留期限,初回在留期間,更新在留期間"

FIELDS = ("介護", "飲食料品製造業", "農業", "建設", "")

ALONE = """
import sys
from datetime import date
from pathlib import Path
from onlineready.load.plans import open_plan
from onlineready.load.shipped import load_tables
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


RUNS = 7

SCENARIO = resolved({"start_month": "2026-04", "years": 5, "ssw2_share": 0.2})


def month(draw: random.Random, earliest: int, latest: int) -> str:
    """Return a month so far from the start of the scenario."""
    return str(SCENARIO.month(draw.randint(earliest, latest)))


def company(rows: int) -> pd.DataFrame:
    """Return a roster of so many rows, no two of them in the same situation."""
    draw = random.Random(20261123)  # noqa: S311
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    while len(found) < rows:
        more: dict[str, Any] = {
            "site": f"事業所{draw.randint(1, 40)}",
            "headcount": draw.randint(1, 30),
            "period": draw.choice((4, 6, 12, 24, 36)),
        }
        match draw.choice(("current", "overseas", "domestic")):
            case "current":
                expiry = draw.randint(0, 36)
                start = str(SCENARIO.month(expiry - draw.randint(1, 60)))
                row = current(expiry=str(SCENARIO.month(expiry)), start=start, **more)
            case "overseas":
                row = overseas(start=month(draw, -12, 60), first_period=draw.randint(1, 12), **more)
            case _:
                used = draw.randint(0, 59)
                row = domestic(start=month(draw, -12, 60), used_months=used, **more)
        found[tuple(value for key, value in row.items() if key != "headcount")] = row
    return roster(*found.values())


def group_of_companies(sites: int) -> pd.DataFrame:
    """Return targets of so many sites, ten yearly values each, that rise more than they fall."""
    draw = random.Random(20261123)  # noqa: S311
    rows = []
    for site in range(1, sites + 1):
        headcount = draw.randint(0, 60)
        for year in range(2026, 2036):
            rows.append(target(year, headcount, f"事業所{site}"))
            headcount = max(0, headcount + draw.randint(-3, 8))
    return targets(*rows)


def milliseconds(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, the first one left out."""
    work()
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


def plan(rows: int, different: int) -> bytes:
    """Return a roster of so many rows, each of them one of so many different ones."""
    draw = random.Random(20261123)  # noqa: S311
    lines: dict[str, None] = {}
    while len(lines) < different:
        lines[line(draw)] = None
    known = list(lines)
    body = known + draw.choices(known, k=rows - different)
    return "\n".join([HEADER, *body, ""]).encode()
