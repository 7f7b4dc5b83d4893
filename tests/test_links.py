"""Links and files that readers have already: every one opens, and means what it meant."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onlineready import MODEL_CHANGED_ON
from onlineready.domain.tables import Tables
from onlineready.workbook import Workbook, changes_since, from_file, from_token, to_document
from tests.plans import TABLES

LINKS = Path(__file__).parent / "links"
EXPECTED = ".expected.json"
MADE_IN_VERSION_1 = {
    "sample.txt",
    "ten_inputs.txt",
    "go_live.txt",
    "two_sites.txt",
    "two_sites_named.txt",
    "two_officers.txt",
    "sample.json",
    "four_scenarios.json",
}
LATER_IN_VERSION_1 = {"actuals.txt", "actuals.json", "report_by_officer.txt"}
FILES = sorted(
    path.name
    for path in LINKS.iterdir()
    if path.name != "README.txt" and not path.name.endswith(EXPECTED)
)


def opened(name: str, tables: Tables = TABLES) -> Workbook:
    path = LINKS / name
    if path.suffix == ".json":
        return from_file(path.read_bytes(), tables)
    return from_token(path.read_text("ascii").strip(), tables)


def found(workbook: Workbook) -> dict[str, Any]:
    """Return what an expectation records, worked out from what was opened."""
    document = to_document(workbook)
    sample = to_document(opened("sample.txt"))["scenarios"][0]
    base = document["scenarios"][0]
    answers = document["readiness"]
    headcount: Counter[str] = Counter()
    for row in document["plan"]:
        headcount[row["site"]] += row["headcount"]
    answered = {
        "organization": answers["organization"],
        **{officer["label"]: officer["items"] for officer in answers["officers"]},
    }
    actuals = {key: value for key, value in document.items() if key == "actuals"}
    return {
        **actuals,
        "as_of": document["as_of"],
        "scenarios": [scenario["name"] for scenario in document["scenarios"]],
        "changed": {
            key: value
            for key, value in base.items()
            if key not in ("tasks", "sites") and value != sample[key]
        },
        "changed_tasks": {
            task: rate for task, rate in base["tasks"].items() if rate != sample["tasks"][task]
        },
        "sites": base["sites"],
        "headcount": headcount,
        "rows": len(document["plan"]),
        "officers": len(answers["officers"]),
        "way": answers["way"],
        "gate": answers["gate"],
        "status": {
            who: {item: answer["status"] for item, answer in items.items()}
            for who, items in answered.items()
            if items
        },
    }


@pytest.mark.parametrize("name", FILES)
def test_what_is_in_the_wild_opens_and_means_what_it_meant(name: str) -> None:
    expected = json.loads((LINKS / f"{name}{EXPECTED}").read_text("utf-8"))
    assert found(opened(name)) == expected


@pytest.mark.parametrize("name", sorted(MADE_IN_VERSION_1))
def test_the_defaults_of_the_day_stand_in_it(name: str) -> None:
    """What a reader left as it was stays, whatever the defaults are now."""
    tasks = TABLES.tasks.assign(minutes=TABLES.tasks["minutes"] + 7)
    assert opened(name, TABLES._replace(tasks=tasks)) == opened(name)
    sample = opened("sample.txt").scenarios[0]
    assert (str(sample.start_month), sample.years, sample.wage_yen_per_hour) == ("2026-04", 5, 1673)
    assert sample.tasks["counter_wait_submit"].minutes == 120


@pytest.mark.parametrize("name", FILES)
def test_what_was_made_before_results_changed_says_so(name: str) -> None:
    workbook = opened(name)
    assert (MODEL_CHANGED_ON in changes_since(workbook, TABLES)) == (
        workbook.as_of < MODEL_CHANGED_ON
    )


def test_nothing_has_been_taken_away() -> None:
    assert set(FILES) >= MADE_IN_VERSION_1 | LATER_IN_VERSION_1
    assert {f"{name}{EXPECTED}" for name in FILES} == {
        path.name for path in LINKS.glob(f"*{EXPECTED}")
    }


def test_an_anonymous_link_names_no_site() -> None:
    named, anonymous = opened("two_sites_named.txt"), opened("two_sites.txt")
    assert set(named.plan["site"]) == {"髙﨑①工場㈱", "=1+1 第二"}
    assert set(anonymous.plan["site"]) == {"事業所A", "事業所B"}
    assert list(named.plan["headcount"]) == list(anonymous.plan["headcount"])
