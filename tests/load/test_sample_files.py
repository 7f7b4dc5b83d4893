"""Each sample file comes to what it has to, by the reader and by the command line."""

import json
import logging
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import pytest

from onlineready.__main__ import BAD_INPUT, main
from onlineready.domain.problem import ProblemsError
from onlineready.load.plans import PAGE_LIMITS, open_plan
from tests.plans import rows
from tests.sample_files import PERSONAL, READ, REFUSED, SAMPLES, Sample


def each(samples: Sequence[Sample]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sample", samples, ids=lambda sample: sample.name)


def matches(sample: Sample, told: list[tuple[int | None, str | None, str]]) -> bool:
    """Tell whether these problems are those expected, each with its word, in any order."""
    expected = sorted(sample.problems, key=str)
    return len(told) == len(expected) and all(
        found[:2] == place[:2] and place[2] in found[2]
        for found, place in zip(sorted(told, key=str), expected, strict=True)
    )


def written(sample: Sample, folder: Path) -> str:
    """Return the path of a sample after it was written to a folder."""
    path = folder / sample.name
    path.write_bytes(sample.content)
    return str(path)


def test_there_are_enough_of_them_and_all_are_small() -> None:
    assert len(SAMPLES) >= 40
    assert max(len(sample.content) for sample in SAMPLES) < 150_000


@each(READ)
def test_what_is_read(sample: Sample) -> None:
    reading = open_plan(sample.content, sample.name, limits=PAGE_LIMITS)
    assert rows(reading.plan) == list(sample.rows or [])
    told = "\n".join(reading.told)
    for words in sample.told:
        assert words in told
    assert bool(told) == bool(sample.told)


@each((*REFUSED, *PERSONAL))
def test_what_is_refused(sample: Sample) -> None:
    with pytest.raises(ProblemsError) as raised:
        open_plan(sample.content, sample.name, limits=PAGE_LIMITS)
    told = [(at.row, at.column, at.message) for at in raised.value.problems]
    assert matches(sample, told), told
    assert len(str(raised.value).splitlines()) == len(told)


@each([sample for sample in READ if sample.name in ("cp932.csv", "totals_and_blanks.csv")])
def test_what_is_read_at_the_command_line(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", written(sample, tmp_path), "--format", "json"]) == 0
    told = capsys.readouterr()
    notices = "\n".join(json.loads(told.out)["notices"])
    assert all(words in notices for words in sample.told)
    assert told.err == ""


@each([sample for sample in (*REFUSED, *PERSONAL) if sample.name in ("rules.csv", "names.csv")])
def test_what_is_refused_at_the_command_line(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(sample, tmp_path)
    assert main(["evaluate", path, "--format", "json"]) == BAD_INPUT
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert matches(sample, [(at["row"], at["column"], at["message"]) for at in errors])


@each(PERSONAL)
def test_no_value_is_repeated_anywhere(
    sample: Sample,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ProblemsError) as raised:
        open_plan(sample.content, sample.name)
    path = written(sample, tmp_path)
    assert main(["evaluate", path]) == BAD_INPUT
    error = raised.value
    assert error.__cause__ is None
    assert error.__context__ is None
    told = capsys.readouterr()
    assert [line.partition(":row ")[0] for line in told.err.splitlines()] == [path] * len(
        sample.problems
    )
    said = [str(error), repr(error), *traceback.format_exception(error), told.out, told.err]
    for secret in sample.secrets:
        assert secret not in "".join([*said, caplog.text])


FAILED_INSIDE = ("names.csv", "utf8_bom_cut.csv", "damaged.xlsx", "open_quote.csv")


@each([sample for sample in SAMPLES if sample.name in FAILED_INSIDE])
def test_the_error_carries_nothing_of_the_file(sample: Sample) -> None:
    # What failed inside holds bytes of the file; whoever logs the error would log them.
    with pytest.raises(ProblemsError) as raised:
        open_plan(sample.content, sample.name)
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


def test_a_process_of_its_own_ends_with_1_and_repeats_no_name(tmp_path: Path) -> None:
    (names,) = (sample for sample in PERSONAL if sample.name == "names.csv")
    plan = written(names, tmp_path)
    command = [sys.executable, "-m", "onlineready", "evaluate", plan]
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert ran.returncode == BAD_INPUT == 1
    assert ran.stdout == b""
    assert ran.stderr.decode().startswith(f"{plan}:row ")
    assert "山田花子".encode() not in ran.stderr + ran.stdout
