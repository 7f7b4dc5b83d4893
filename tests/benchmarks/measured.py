"""Processor time of the model, in whatever checkout is the working folder: milliseconds as JSON.

Run as a script, by this checkout's tests: so it reaches what it measures wherever it stood at an
earlier commit. The first argument is a roster to read from disk.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def reached(*places: str) -> Any:
    """Return what the first of some places, as `module:name`, holds."""
    for place in places:
        module, name = place.split(":")
        try:
            return getattr(import_module(module), name)
        except (ImportError, AttributeError):
            continue
    raise ImportError(" / ".join(places))


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return the median processor time of so many runs, the first one left out."""
    work()
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def main(path: Path) -> dict[str, float]:
    """Measure the model of the working folder."""
    sample_plan, load_assumptions, open_plan = (
        reached(f"onlineready.load.{module}:{name}", f"onlineready.load:{name}")
        for module, name in (
            ("shipped", "load_sample_plan"),
            ("shipped", "load_assumptions"),
            ("plans", "open_plan"),
        )
    )
    plans = import_module("tests.plans")
    company, group_of_companies = (
        reached(f"tests.benchmarks.large:{name}", f"tests.benchmarks.test_engine_benchmark:{name}")
        for name in ("company", "group_of_companies")
    )
    evaluate = reached("onlineready.model.result:evaluate", "onlineready.model:evaluate")
    evaluated = reached("onlineready.model.cases:evaluated", "onlineready.ui.cases:evaluated")
    monte_carlo = reached(
        "onlineready.model.uncertainty:monte_carlo", "onlineready.uncertainty:monte_carlo"
    )
    tables, sample = plans.TABLES, sample_plan()
    scenario = plans.resolved({"start_month": "2026-04", "go_live": "2027-02"})
    rows, sites = company(10_000), group_of_companies(1_000)
    long = plans.resolved({"start_month": "2026-04", "years": 10})
    result, assumptions = evaluate(sample, long, tables), load_assumptions()

    def from_disk() -> None:
        reading = open_plan(path.read_bytes(), path.name)
        evaluate(reading.added_up, scenario, tables)

    return {
        "cases": milliseconds(lambda: evaluated(sample, scenario, tables), 30),
        "rows": milliseconds(lambda: evaluate(rows, scenario, tables), 7),
        "sites": milliseconds(lambda: evaluate(sites, long, tables), 5),
        "draws": milliseconds(lambda: monte_carlo(result, tables, assumptions), 5),
        "disk": milliseconds(from_disk, 2),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    print(json.dumps(main(Path(sys.argv[1]))))
