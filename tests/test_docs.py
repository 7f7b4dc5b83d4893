"""What the documents name exists, and what they say of numbers is what the data says."""

import json
import re
import tomllib
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from onlineready.__main__ import main
from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Driver, Per
from onlineready.load.shipped import load_assumptions
from onlineready.ui.meeting import screens
from onlineready.ui.sources import asked
from onlineready.ui.state import addresses
from tests.day import TODAY
from tests.documents import (
    DOCS,
    DOCUMENTS,
    ROOT,
    anchors,
    blocks,
    headings,
    links,
    numbers,
    prose,
    sections,
    spans,
    table,
)
from tests.plans import TABLES

CODE = [
    path
    for pattern in ("*.py", "pages/*.py", "onlineready/**/*.py", "tests/**/*.py", "data/*.toml")
    for path in ROOT.glob(pattern)
]
NAMES = {
    path.name
    for pattern in ("*", "data/**/*", "docs/*", "onlineready/**/*", "tests/*")
    for path in ROOT.glob(pattern)
}

REFERENCE = re.compile(r"(docs/\w+\.md), sections? (\d+[a-z]?)(?: (?:and|to) (\d+[a-z]?))?")
FILE_OR_FOLDER = re.compile(
    r"\.?[\w-][\w.-]*/[\w./-]*|[\w.-]+\.(csv|css|json|md|png|py|toml|ttf|txt|yml)", re.ASCII
)


def by_name(document: Path) -> str:
    """Name a document in the output of the tests."""
    return str(document.relative_to(ROOT))


each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=by_name)


# What code refers to


def test_each_section_that_code_refers_to_exists() -> None:
    for path in CODE:
        code = path.read_text(encoding="utf-8")
        references = REFERENCE.findall(code)
        for document, *named in references:
            assert set(filter(None, named)) <= sections(ROOT / document), (path, document, named)
        # Every reference names its document: docs/model.md, section 4.
        assert len(re.findall(r"\b[Ss]ections? \d", code)) == len(references), path


# What documents refer to


@each_document
def test_each_link_leads_somewhere(document: Path) -> None:
    for link in links(document):
        name, _sign, anchor = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@each_document
def test_each_file_and_folder_named_exists(document: Path) -> None:
    for span in filter(FILE_OR_FOLDER.fullmatch, spans(document)):
        places = [ROOT / span, document.parent / span]
        assert span in NAMES or any(place.exists() for place in places), span


@each_document
def test_each_make_target_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = "\n".join([*spans(document), *blocks(document)])
    assert set(re.findall(r"^make ([a-z]+)", code, re.MULTILINE)) <= targets


@each_document
def test_each_command_and_option_named_exists(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "\n".join([*spans(document), *blocks(document)])
    for line in re.findall(r"-m onlineready (.+)", code):
        command = [word for word in line.split()[:1] if not word.startswith("-")]
        with pytest.raises(SystemExit, match="0"):
            main([*command, "--help"])
        assert set(re.findall(r"--[a-z]+", line)) <= set(
            re.findall(r"--[a-z]+", capsys.readouterr().out)
        ), line


def test_both_readmes_say_the_same() -> None:
    shapes = [
        (
            [heading.split()[0] for heading in headings(readme)],
            [len(block.splitlines()) for block in blocks(readme)],
            [link for link in links(readme) if not link.startswith("README")],
        )
        for readme in (ROOT / "README.md", ROOT / "README.en.md")
    ]
    assert shapes[0] == shapes[1]


# What documents say of numbers and words


def test_the_example_of_a_scenario_is_one() -> None:
    (example,) = blocks(DOCS / "interface.md", "json")
    raw = json.loads(example)
    assert raw
    resolve(raw, TABLES.tasks, TODAY)


def test_the_starting_values_are_those_of_the_data() -> None:
    documented = table(DOCS / "domain.md", "task")
    for row, task in zip(documented, TABLES.tasks.to_dict("records"), strict=True):
        assert row["task"] == task["id"]
        assert row["done for"].replace("`", "").startswith(done_for(task)), row
        for amount in ("minutes", "yen"):
            low_base_high = [task[f"{amount}_low"], task[amount], task[f"{amount}_high"]]
            assert numbers(row[amount]) == low_base_high, row

    known = load_assumptions()[["low", "base", "high"]].dropna()
    documented = table(DOCS / "domain.md", "key")
    assert [row["key"] for row in documented] == list(known.index)
    for row in documented:
        assert numbers(row["low / base / high"]) == list(known.loc[row["key"]]), row


def done_for(task: Mapping[Hashable, Any]) -> str:
    """Say what a task is done once for, as the document says it."""
    match task["driver"]:
        case Driver.APPLICATION if pd.notna(task["share"]):
            return f"{task['share']:.0%} of applications"
        case Driver.APPLICATION if pd.isna(task["procedures"]):
            return "each application"
        case Driver.APPLICATION:
            return f"each {task['procedures'].replace('coe', 'COE').replace(' ', ' or ')}"
        case Driver.UPKEEP:
            whose = "the organization" if task["per"] == Per.ORGANIZATION else "each officer"
            every = task["interval_months"]
            return f"{whose}, every " + (f"{every} months" if every.isdigit() else every)
        case Driver.SETUP:
            return f"each {task['per'].replace('_', ' ')}, at go-live"
        case driver:
            what, occasion = driver.split("_")
            return f"each {'submission' if what == 'submit' else 'collection'} {occasion}"


def test_the_postage_adds_up_to_what_the_tasks_cost() -> None:
    sums = re.findall(r"(\d+) \+ (\d+) = ([\d,]+)", prose(DOCS / "domain.md"))
    amounts = set(TABLES.tasks[["yen_low", "yen", "yen_high"]].to_numpy().ravel())
    assert len(sums) == 3
    for first, second, total in sums:
        assert int(first) + int(second) == numbers(total)[0]
        assert numbers(total)[0] in amounts


def test_the_parameters_of_an_address_are_those_that_the_pages_read() -> None:
    named = re.findall(r"\?(\w+)=", " ".join(spans(DOCS / "interface.md")))
    read = {addresses.LINK_PARAMETER, asked.PARAMETER, screens.PRINT_PARAMETER}
    assert set(named) == read | {"embed"}  # Streamlit's own


def test_each_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[^\w-]", text)[0] for text in project["dependencies"]}
    named = [row["package"].split(", ") for row in table(DOCS / "decisions.md", "package")]
    assert {name for names in named for name in names} == wanted


def test_the_words_of_the_screen_are_on_it() -> None:
    product = [
        *ROOT.glob("onlineready/**/*.py"),
        *ROOT.glob("data/*.csv"),
        *ROOT.glob("data/*.toml"),
    ]
    said = "".join(path.read_text(encoding="utf-8") for path in product)
    for row in table(DOCS / "glossary.md", "word", "on the screen"):
        for word in row["on the screen"].split("、"):
            assert word in said, row
