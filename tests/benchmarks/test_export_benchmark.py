"""What files cost to make, against a floor in the same run, and what a hundred of them leave."""

import io
import os
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from onlineready.export.bundle import File, to_zip
from onlineready.export.xlsx import to_xlsx
from onlineready.load.shipped import load_assumptions, load_sample_plan
from onlineready.model.result import evaluate
from onlineready.report.stamp import stamp
from onlineready.ui.meeting import downloads
from tests.benchmarks.large import SCENARIO, group_of_companies, milliseconds
from tests.briefings import told, workbook
from tests.day import TODAY
from tests.plans import TABLES, resolved

PLAN, ASSUMPTIONS = load_sample_plan(), load_assumptions()
RESULT = evaluate(PLAN, SCENARIO, TABLES)
STAMP = stamp(SCENARIO, "計画", TODAY, TABLES.fees)
EXPORTS, ZIPS = 100, 30


def files() -> list[File]:
    """Return all that the ZIP of the sample plan holds."""
    briefing = cache(lambda: told(workbook(PLAN, {})))
    return downloads.files(RESULT, PLAN, TABLES, STAMP, briefing)


def packed_again(content: bytes) -> None:
    """Compress the parts of a workbook once more: what no maker of one can do without."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        parts = [(name, partial(made.read, name)) for name in made.namelist()]
        to_zip(parts)


def resident_mb() -> float:
    """Return the memory that this process holds; where the system does not tell, its most."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def test_excel(capsys: pytest.CaptureFixture[str]) -> None:
    sites = group_of_companies(30)
    long = resolved({"start_month": "2026-04", "years": 10})
    cases = {
        "sample plan, 5 years": (PLAN, RESULT),
        "30 sites, 10 years": (sites, evaluate(sites, long, TABLES)),
    }
    lines = []
    for name, (plan, result) in cases.items():
        began = time.perf_counter()
        content = to_xlsx(result, plan, TABLES, ASSUMPTIONS, STAMP)
        taken = (time.perf_counter() - began) * 1000
        if plan is PLAN:
            taken = milliseconds(partial(to_xlsx, result, plan, TABLES, ASSUMPTIONS, STAMP))
            assert taken < 2_000
        floor = milliseconds(partial(packed_again, content))
        lines.append(
            f"Excel, {name}: {taken:,.0f} ms, {taken / floor:.1f} times packing its parts again"
            f" ({floor:.0f} ms); {len(content) / 1e3:,.0f} kB"
        )
    with capsys.disabled():
        print("", *lines, sep="\n")


def grown_mb(make: Callable[[], object], times: int) -> float:
    """Return by how much memory has grown after so many files; the first ones are left out."""
    for _ in range(5):
        make()
    before = resident_mb()
    for _ in range(times):
        make()
    return resident_mb() - before


def test_memory_of_a_hundred_exports(capsys: pytest.CaptureFixture[str]) -> None:
    figures = [name for name, _make in files()]
    excel = grown_mb(partial(to_xlsx, RESULT, PLAN, TABLES, ASSUMPTIONS, STAMP), EXPORTS)
    bundle = grown_mb(lambda: to_zip(files()), ZIPS)
    with capsys.disabled():
        print(
            f"\nmemory grown after {EXPORTS} workbooks: {excel:.1f} MB; after {ZIPS} ZIPs of"
            f" {len(figures)} files each: {bundle:.1f} MB"
        )
    assert excel < 50
    assert bundle < 50


def test_the_zip(capsys: pytest.CaptureFixture[str]) -> None:
    made = [(name, make()) for name, make in files()]
    taken = milliseconds(lambda: to_zip(files()))
    kept: list[tuple[str, Callable[[], bytes]]] = [
        (name, partial(bytes, content)) for name, content in made
    ]
    floor = milliseconds(lambda: to_zip(kept))
    with capsys.disabled():
        print(
            f"\nZIP of {len(made)} files: {taken:,.0f} ms, {taken / floor:.1f} times packing"
            f" files that are made already ({floor:.0f} ms)"
        )
