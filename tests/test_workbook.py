"""A workbook comes back from its file and its link as it was; all else is told, never raised."""

import base64
import copy
import json
import random
import string
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready import MODEL_CHANGED_ON
from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.tables import MAX_HEADCOUNT
from onlineready.filing.actuals import MAX_ACTUALS, read_actuals
from onlineready.model.result import evaluate
from onlineready.readiness.checklist import read_answers
from onlineready.workbook import (
    MAX_FILE_BYTES,
    MAX_LINK_ROWS,
    MAX_PLAN_ROWS,
    MAX_SCENARIOS,
    MAX_TOKEN_CHARACTERS,
    MAX_TOKEN_ROWS,
    MAX_UNPACKED_BYTES,
    VERSION,
    Workbook,
    changes_since,
    from_document,
    from_file,
    from_token,
    to_document,
    to_file,
    to_link,
    to_token,
)
from tests import chance
from tests.chance import examples
from tests.day import TODAY
from tests.memory import most_memory
from tests.plans import (
    TABLES,
    TASK_IDS,
    current,
    outline,
    overseas,
    roster,
    target,
    targets,
)
from tests.workbooks import workbooks

BROKEN = "途中で切れているか、書き換わっているため読めません"
TOO_LARGE = "大きすぎます"

ANY_TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
"""Names as a plan can hold them: they are read without the spaces around them."""


Place = tuple[str | int, ...]
"""The way to a part of a JSON value."""


# Random workbooks


def added_up(document: Mapping[str, Any]) -> Counter[tuple[tuple[str, Any], ...]]:
    """Return the headcount of each situation in the plan of a document."""
    total: Counter[tuple[tuple[str, Any], ...]] = Counter()
    for row in document["plan"]:
        situation = tuple(sorted(item for item in row.items() if item[0] != "headcount"))
        total[situation] += row["headcount"]
    return total


def but_plan(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "plan"}


def totals(workbook: Workbook) -> pd.Series:
    scenario = workbook.scenarios[0].going_live(pd.Period(workbook.as_of, freq="M"))
    return evaluate(workbook.plan, scenario, TABLES).totals


def packed(content: bytes, version: int = VERSION) -> str:
    """Return a token that holds any bytes."""
    text = base64.urlsafe_b64encode(zlib.compress(content, level=9)).rstrip(b"=").decode()
    return f"{version}.{text}"


def unpacked(token: str) -> str:
    """Return the JSON text in a token, as whoever receives a link can read it."""
    text = token.partition(".")[2]
    return zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))).decode()


def texts(value: object) -> Iterator[str]:
    """Return every string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def site_names(workbook: Workbook) -> set[str]:
    of_scenarios = {site for scenario in workbook.scenarios for site in scenario.sites}
    return of_scenarios | set(workbook.plan["site"])


@given(workbooks(ANY_TEXT))
@examples(8)
def test_a_file_gives_the_workbook_back(workbook: Workbook) -> None:
    opened = from_file(to_file(workbook), TABLES)
    assert to_document(opened) == to_document(workbook)
    assert opened == workbook
    pd.testing.assert_frame_equal(opened.plan, workbook.plan)


@given(workbooks(ANY_TEXT))
@examples(8)
def test_a_link_with_names_gives_the_workbook_back_with_equal_rows_added_up(
    workbook: Workbook,
) -> None:
    before = to_document(workbook)
    after = to_document(from_token(to_token(workbook, site_names=True), TABLES))
    assert but_plan(after) == but_plan(before)
    assert added_up(after) == added_up(before)
    assert len(after["plan"]) == len(added_up(before))


@given(workbooks())
@examples(8)
def test_a_link_without_names_gives_the_same_figures_and_tells_no_name(workbook: Workbook) -> None:
    token = to_token(workbook)
    opened = from_token(token, TABLES)
    assert not [
        (name, text)
        for text in texts(json.loads(unpacked(token)))
        for name in site_names(workbook)
        if name in text
    ]
    assert len(site_names(opened)) == len(site_names(workbook))
    pd.testing.assert_series_equal(totals(opened), totals(workbook), rtol=1e-9, atol=1e-6)
    assert opened.readiness == workbook.readiness
    assert opened.as_of == workbook.as_of
    assert opened.actuals == workbook.actuals


@given(workbooks())
@examples(8)
def test_a_link_opened_and_passed_on_says_the_same(workbook: Workbook) -> None:
    opened = from_token(to_token(workbook), TABLES)
    assert from_token(to_token(opened), TABLES) == opened


@given(workbooks())
@examples(8)
def test_file_and_link_hold_every_key_and_every_task(workbook: Workbook) -> None:
    for text in (to_file(workbook).decode(), unpacked(to_token(workbook))):
        scenarios = json.loads(text)["scenarios"]
        assert len(scenarios) == len(workbook.scenarios)
        for scenario in scenarios:
            assert set(scenario) == set(Scenario.model_fields)
            assert set(scenario["tasks"]) == set(TASK_IDS)
            assert all(set(rate) == {"minutes", "yen"} for rate in scenario["tasks"].values())


# A workbook spelled out


ACTUALS: list[dict[str, Any]] = [
    {"month": "2026-10", "procedure": "extension", "channel": "counter", "filed": 3},
    {
        "month": "2026-11",
        "procedure": "coe",
        "channel": "online",
        "filed": 2,
        "minutes": 95.5,
    },
]


def example(**scenario: Any) -> Workbook:
    """Return a small workbook with something in each of its parts."""
    raw = {"sites": {"仙台工場": {"counter_travel_submit": {"minutes": 300}}}, **scenario}
    officer = {"label": "担当者A", "items": {"agent_seminar": {"status": "doing"}}}
    return Workbook(
        as_of=TODAY,
        scenarios=(resolve(raw, TABLES.tasks, TODAY),),
        plan=roster(
            overseas(3, "2027-04", site="仙台工場"), current(5, "2027-05", "2024-05")
        ).reset_index(drop=True),
        readiness=read_answers(
            {
                "gate": {"agent": "yes", "removed_question": "no"},
                "organization": {"removed_item": {"status": "na", "planned": "2027-01-05"}},
                "officers": [officer],
            }
        ),
        actuals=read_actuals(ACTUALS),
    )


def document(**changes: Any) -> dict[str, Any]:
    """Return the JSON object of the example, top keys changed."""
    return to_document(example()) | changes


def file_of(value: object) -> bytes:
    return json.dumps(value).encode()


def problems_of(read: Callable[..., Workbook], content: object) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as raised:
        read(content, TABLES)
    return raised.value.problems


def columns(problems: tuple[Problem, ...]) -> list[str | None]:
    return [problem.column for problem in problems]


def test_the_file_is_the_documented_object() -> None:
    raw = json.loads(to_file(example(go_live="2027-04")))
    assert list(raw) == ["version", "as_of", "scenarios", "plan", "readiness", "actuals"]
    assert raw["actuals"] == ACTUALS
    assert (raw["version"], raw["as_of"]) == (1, str(TODAY))
    assert raw["scenarios"][0]["start_month"] == "2026-04"
    assert raw["scenarios"][0]["go_live"] == "2027-04"
    assert raw["plan"] == [
        {"site": "仙台工場", "route": "overseas", "headcount": 3, "start": "2027-04"},
        {
            "site": "全社",
            "route": "current",
            "headcount": 5,
            "start": "2024-05",
            "expiry": "2027-05",
        },
    ]
    assert raw["readiness"]["gate"] == {"agent": "yes", "removed_question": "no"}
    assert raw["readiness"]["officers"][0]["items"]["agent_seminar"]["status"] == "doing"


def test_a_file_can_be_read_by_a_person() -> None:
    assert "仙台工場" in to_file(example()).decode()


def test_an_open_go_live_stays_open() -> None:
    assert from_token(to_token(example()), TABLES).scenarios[0].go_live is None


def test_workbooks_that_differ_are_not_equal() -> None:
    workbook = example()
    assert workbook != replace(workbook, as_of=TODAY + timedelta(days=1))
    assert workbook != example(years=4)
    assert workbook != replace(workbook, plan=workbook.plan.head(1))
    assert workbook != replace(workbook, readiness=read_answers({"way": "post"}))
    assert workbook != replace(workbook, actuals=workbook.actuals[:1])
    assert workbook != to_document(workbook)


def test_what_was_saved_means_the_same_after_a_default_has_changed() -> None:
    later = TABLES._replace(tasks=TABLES.tasks.assign(minutes=TABLES.tasks["minutes"] + 7))
    workbook = example()
    assert from_token(to_token(workbook, site_names=True), later).scenarios == workbook.scenarios
    assert from_file(to_file(workbook), later) == workbook


def test_a_part_left_out_has_its_default() -> None:
    bare = {key: value for key, value in document(scenarios=[{}]).items() if key != "readiness"}
    opened = from_document(bare, TABLES)
    assert opened.scenarios == (resolve({}, TABLES.tasks, TODAY),)
    assert opened.readiness == read_answers({})


def test_sites_keep_their_letters_however_often_a_link_is_passed_on() -> None:
    rows = [overseas(number, "2027-04", site=f"第{number}工場") for number in range(30, 0, -1)]
    workbook = replace(example(), plan=roster(*rows).reset_index(drop=True))
    opened = from_token(to_token(workbook), TABLES)
    letters = [*string.ascii_uppercase, "AA", "AB", "AC", "AD", "AE"]
    assert list(opened.plan["site"]) == [f"事業所{letter}" for letter in letters[:30]]
    assert list(opened.plan["headcount"]) == list(workbook.plan["headcount"])
    assert list(opened.scenarios[0].sites) == ["事業所AE"]  # 仙台工場, in no row of the plan
    assert from_token(to_token(opened), TABLES) == opened


def test_a_site_is_lettered_alike_in_plan_and_scenarios() -> None:
    opened = from_token(to_token(example()), TABLES)
    assert list(opened.plan["site"]) == ["事業所A", "事業所B"]
    assert set(opened.scenarios[0].sites) == {"事業所A"}


def test_targets_are_no_headcounts_to_be_added_up() -> None:
    plan = targets(target(2027, 3), target(2026, 3), target(2026, 3, "仙台工場"), target(2028, 0))
    workbook = replace(example(), plan=plan.reset_index(drop=True))
    assert to_document(workbook)["plan"] == [
        {"site": "全社", "fiscal_year": 2027, "headcount": 3},
        {"site": "全社", "fiscal_year": 2026, "headcount": 3},
        {"site": "仙台工場", "fiscal_year": 2026, "headcount": 3},
        {"site": "全社", "fiscal_year": 2028, "headcount": 0},
    ]
    assert from_token(to_token(workbook, site_names=True), TABLES) == workbook
    opened = from_token(to_token(workbook), TABLES)
    assert list(opened.plan["site"]) == ["事業所A", "事業所A", "事業所B", "事業所A"]
    assert list(opened.plan["headcount"]) == [3, 3, 3, 0]
    assert set(opened.scenarios[0].sites) == {"事業所B"}


def test_an_outline_says_what_it_holds_and_what_it_hires() -> None:
    plan = outline(
        {"headcount": 3}, {"site": "仙台工場", "headcount": 0, "hires_per_year": 0.00001}
    )
    workbook = replace(example(), plan=plan.reset_index(drop=True))
    assert to_document(workbook)["plan"] == [
        {"site": "全社", "headcount": 3},
        {"site": "仙台工場", "headcount": 0, "hires_per_year": 0.00001},
    ]
    assert from_file(to_file(workbook), TABLES) == workbook
    assert from_token(to_token(workbook, site_names=True), TABLES) == workbook
    opened = from_token(to_token(workbook), TABLES)
    assert list(opened.plan["site"]) == ["事業所A", "事業所B"]
    for wrong in (True, [1], "many"):
        row = {"headcount": 3, "hires_per_year": wrong}
        assert columns(problems_of(from_document, document(plan=[row]))) == ["hires_per_year"]
    assert columns(problems_of(from_document, document(plan=[{"headcount": 3.0}]))) == ["headcount"]


def test_rows_that_would_not_fit_into_one_stay_apart() -> None:
    row = overseas(MAX_HEADCOUNT - 1, "2027-04")
    workbook = replace(example(), plan=roster(row, row).reset_index(drop=True))
    opened = from_token(to_token(workbook, site_names=True), TABLES)
    assert list(opened.plan["headcount"]) == [MAX_HEADCOUNT - 1] * 2


# Links that cannot be opened


@pytest.mark.parametrize("version", [2, 3, 999])
def test_a_newer_version_is_told_as_such(version: int) -> None:
    newer = document(version=version)
    for problems in (
        problems_of(from_document, newer),
        problems_of(from_file, file_of(newer)),
        problems_of(from_token, packed(file_of(newer))),
        problems_of(from_token, packed(b"", version)),
    ):
        assert columns(problems) == ["version"]
        assert f"新しい版({version})" in problems[0].message


@pytest.mark.parametrize("version", [None, 0, -1, 1.0, True, "1", [], {}])
def test_a_file_without_a_version_is_none_of_ours(version: object) -> None:
    problems = problems_of(from_document, document(version=version))
    assert columns(problems) == ["version"]
    assert "版(version)がありません" in problems[0].message


def test_a_link_cut_anywhere_is_told() -> None:
    token = to_token(example())
    for length in range(len(token)):
        assert BROKEN in problems_of(from_token, token[:length])[0].message


def test_an_altered_character_is_told_or_changes_nothing() -> None:
    workbook = from_token(to_token(example()), TABLES)
    token = to_token(workbook)
    told = 0
    for place, character in enumerate(token):
        other = "B" if character == "A" else "A"
        try:
            opened = from_token(token[:place] + other + token[place + 1 :], TABLES)
        except ProblemsError:
            told += 1
        else:
            assert opened == workbook
    assert told >= len(token) - 1  # of the last character, not every bit is used


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        ".",
        "1",
        "1.",
        "1.A",
        "0.{packed}",
        "01.{packed}",
        "-1.{packed}",
        "１.{packed}",
        "{packed}",
        "1.{packed}=",
        "1.{packed}==",
        "1.{packed}\n",
        " 1.{packed}",
        "1.{packed}、",
        "1.{packed}%3D",
        "1.+/{packed}",
        "1..{packed}",
        "1.髙",
        "1.\udcff",
        "<script>",
        "null",
    ],
)
def test_what_is_no_token_is_told(wrong: str) -> None:
    token = wrong.replace("{packed}", to_token(example()).partition(".")[2])
    problems = problems_of(from_token, token)
    assert columns(problems) == [None]
    assert BROKEN in problems[0].message


def test_what_follows_the_content_is_told() -> None:
    whole = zlib.compress(file_of(document()))
    for content in (whole + b"\0", whole * 2, b"\0" + whole, whole[:-4] + b"\0" * 4):
        token = f"1.{base64.urlsafe_b64encode(content).rstrip(b'=').decode()}"
        assert BROKEN in problems_of(from_token, token)[0].message


def long_workbook(questions: int) -> Workbook:
    """Return a workbook whose answers hardly compress: as many as asked, of 40 characters."""
    names = random.Random(0)  # noqa: S311
    gate = {f"{names.getrandbits(160):040x}": "yes" for _ in range(questions)}
    return replace(example(), readiness=read_answers({"gate": gate}))


def test_a_link_of_64_kb_is_the_longest_that_is_read() -> None:
    short, long = (to_token(long_workbook(number)) for number in (1_900, 2_000))
    assert len(short) < MAX_TOKEN_CHARACTERS < len(long)
    assert len(unpacked(long)) < MAX_UNPACKED_BYTES
    assert len(from_token(short, TABLES).readiness.gate) == 1_900
    assert BROKEN in problems_of(from_token, long)[0].message


def test_a_small_link_that_unpacks_to_much_is_refused_while_unpacking() -> None:
    megabyte = 1024 * 1024
    bomb = packed(file_of(document()) + b" " * 40 * megabyte)
    assert len(bomb) < MAX_TOKEN_CHARACTERS
    assert most_memory(_is_refused, bomb) < 4 * megabyte


def _is_refused(token: str) -> None:
    assert BROKEN in problems_of(from_token, token)[0].message


def test_a_megabyte_is_the_most_that_a_link_may_unpack_to() -> None:
    content = file_of(document())
    padding = MAX_UNPACKED_BYTES - len(content)
    assert from_token(packed(content + b" " * padding), TABLES) == example()
    assert BROKEN in problems_of(from_token, packed(content + b" " * (padding + 1)))[0].message


def test_a_file_that_is_too_large_is_told_so() -> None:
    problems = problems_of(from_file, b" " * (MAX_FILE_BYTES + 1))
    assert TOO_LARGE in problems[0].message


def plan_of(rows: int) -> pd.DataFrame:
    """Return a roster of so many rows, no two of them alike."""
    plan = roster(*(current(1 + n // 480, "2027-04", period=12) for n in range(rows)))
    sites = pd.Series([f"事業所{n}" for n in range(rows)], dtype="str")
    return plan.reset_index(drop=True).assign(site=sites)


def test_the_longest_plan_is_saved_and_opened_again() -> None:
    # 20,000 rows stand for the 200,000 that the page takes in; their file grows with the rows.
    saved = replace(example(), plan=plan_of(20_000))
    content = to_file(saved)
    assert len(content) * 10 < MAX_FILE_BYTES
    assert from_file(content, TABLES) == saved


@pytest.mark.parametrize(
    ("read", "form", "most"),
    [(from_file, bytes, MAX_PLAN_ROWS), (from_token, packed, MAX_TOKEN_ROWS)],
    ids=["file", "link"],
)
def test_more_rows_than_can_be_looked_at_are_told_so_at_once(
    read: Callable[..., Workbook], form: Callable[[bytes], object], most: int
) -> None:
    content = file_of({**document(), "plan": [{}] * (most + 1)})
    (problem,) = problems_of(read, form(content))
    assert problem.column == "plan"
    assert f"{most:,}行" in problem.message


def test_no_link_is_made_of_a_plan_that_cannot_fit() -> None:
    few, many = (replace(example(), plan=plan_of(rows)) for rows in (10, MAX_LINK_ROWS + 1))
    assert to_link(few) == to_token(few)
    assert to_link(many) is None
    assert to_link(long_workbook(1_900)) is None
    alike = replace(many, plan=pd.concat([few.plan] * 300, ignore_index=True))
    assert to_link(alike) is not None


# Files that cannot be opened


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_that_an_editor_saved_anew_is_read(encoding: str) -> None:
    text = json.dumps(document(), ensure_ascii=False, indent=4)
    assert from_file(text.encode(encoding), TABLES) == example()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"\x80abc",
        b"version,1",
        "計画".encode("cp932"),
        b'{"version": 1, "as_of": NaN}',
        b'{"version": 1, "as_of": -Infinity}',
        b'{"version": 1, "as_of": ' + b"9" * 5_000 + b"}",
        file_of(document()) + b"}",
    ],
)
def test_what_is_no_json_is_told(content: bytes) -> None:
    for problems in (problems_of(from_file, content), problems_of(from_token, packed(content))):
        assert BROKEN in problems[0].message


@pytest.mark.parametrize("value", [None, True, 1, "x", [], [{}], [document()]])
def test_what_is_no_object_is_told(value: object) -> None:
    assert "保存ファイルではありません" in problems_of(from_file, file_of(value))[0].message


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
@pytest.mark.parametrize("key", ["wage_yen_per_hour", "years", "online_share", "sites"])
def test_what_is_no_number_is_refused(key: str, number: str) -> None:
    text = json.dumps(document()).replace(f'"{key}": ', f'"{key}": {number}, "not_{key}": ', 1)
    problems = problems_of(from_file, text.encode())
    assert BROKEN in problems[0].message or f"scenarios.0.{key}" in columns(problems)


@pytest.mark.parametrize(
    "place",
    [
        '"as_of": {}',
        '"scenarios": [{{"years": {}}}]',
        '"scenarios": [{{"tasks": {{"counter_print": {}}}}}]',
        '"plan": {}',
        '"plan": [{{"site": {}}}]',
        '"readiness": {}',
        '"readiness": {{"gate": {}}}',
        '"unknown": {}',
    ],
)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_told(place: str, opening: str, closing: str) -> None:
    for depth in (30, 199, 200, 500, *range(900, 1_000), 30_000):
        nested = opening * depth + "1" + closing * depth
        text = f'{{"version": 1, {place.format(nested)}}}'
        assert BROKEN in problems_of(from_file, text.encode())[0].message


def test_a_key_written_twice_is_told_by_name() -> None:
    text = json.dumps(document())
    text = text.replace('"years": 5', '"years": 5, "years": 7')
    text = text.replace('"route": "overseas"', '"route": "overseas", "route": "domestic"')
    problems = problems_of(from_file, text.encode())
    assert columns(problems) == ["years", "route"]
    assert all("二つ" in problem.message for problem in problems)


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff x", "\\udc00\\ud800"])
@pytest.mark.parametrize("of", ["site", "name", "label", "removed_question", "仙台工場", "version"])
def test_half_a_character_is_told(half: str, of: str) -> None:
    written = json.dumps(document(), ensure_ascii=False)
    text = written.replace(f'"{of}"', f'"{half}"')
    for key in ("site", "name", "label"):
        if of == key:
            before, _colon, value = written.partition(f'"{key}": "')
            text = f'{before}"{key}": "{half}{value}'
    assert text != written
    assert BROKEN in problems_of(from_file, text.encode())[0].message


def test_unknown_keys_are_told_by_name_everywhere() -> None:
    raw = document(extra=1)
    raw["scenarios"][0] |= {"yeers": 5}
    raw["scenarios"][0]["tasks"]["counter_print"]["hours"] = 1
    raw["plan"][1]["name"] = "山田"
    raw["readiness"]["done"] = True
    raw["readiness"]["officers"][0]["items"]["agent_seminar"]["by"] = "x"
    problems = problems_of(from_document, raw)
    assert {(problem.row, problem.column) for problem in problems} == {
        (None, "extra"),
        (None, "scenarios.0.yeers"),
        (None, "scenarios.0.tasks.counter_print.hours"),
        (2, "name"),
        (None, "readiness.done"),
        (None, "readiness.officers.0.items.agent_seminar.by"),
    }


def test_tasks_that_do_not_exist_are_told_by_name() -> None:
    raw = document()
    raw["scenarios"][0]["tasks"]["teleport"] = {"minutes": 1, "yen": 1}
    raw["scenarios"][0]["sites"] = {"仙台工場": {"counter_print": {"minutes": 1}}}
    assert set(columns(problems_of(from_document, raw))) == {
        "scenarios.0.tasks.teleport",
        "scenarios.0.sites.仙台工場.counter_print",
    }


def test_a_bad_row_of_the_plan_is_told_by_row_and_column() -> None:
    rows = [
        {"site": "全社", "route": "overseas", "headcount": 3, "start": "2027-04"},
        {"site": "全社", "route": "oversea", "headcount": 0, "start": "2027-13"},
        {"site": "全社", "route": "current", "headcount": 1, "start": "2027-04"},
        {"site": "x" * 61, "route": "domestic", "headcount": 1, "start": "2027-04"},
    ]
    problems = problems_of(from_document, document(plan=rows))
    assert {(problem.row, problem.column) for problem in problems} >= {
        (2, "route"),
        (2, "headcount"),
        (2, "start"),
        (3, "expiry"),
        (4, "site"),
    }
    assert {problem.row for problem in problems} == {2, 3, 4}


def test_a_bad_row_of_targets_is_told_by_row_and_column() -> None:
    rows = [
        {"site": "全社", "month": "2027-04", "headcount": -1},
        {"site": "全社", "month": "2027-04", "headcount": 3},
        {"site": "全社", "month": "2027-13", "headcount": 3},
        {"site": "全社", "headcount": 3},
        {"site": "全社", "month": "2028-04"},
        {"site": "全社", "fiscal_year": 2028, "headcount": 3},
    ]
    problems = problems_of(from_document, document(plan=rows))
    assert [(problem.row, problem.column) for problem in problems] == [
        (1, "headcount"),
        (2, "month"),
        (3, "month"),
        (4, "month"),
        (5, "headcount"),
        (6, "month"),
    ]


def test_without_actuals_the_file_is_as_it_was_before_there_were_any() -> None:
    none = replace(example(), actuals=())
    assert "actuals" not in to_document(none)
    assert from_document(document(actuals=[]), TABLES) == none
    assert from_document(to_document(none), TABLES) == none


def test_a_bad_row_of_actuals_is_told_by_row_and_key() -> None:
    good = ACTUALS[1]
    rows: list[Any] = [
        good,
        good | {"minutes": 20_001},
        good | {"month": "2026-13", "procedure": "renewal", "channel": "fax"},
        {"month": "2026-12", "procedure": "coe", "channel": "online"},
        good | {"month": "2026-12", "filed": 0, "minutes": 1},
        good | {"filed": -1, "name": "x"},
        good | {"filed": 1, "minutes": None},
        3,
    ]
    problems = problems_of(from_document, document(actuals=rows))
    assert {problem.column for problem in problems} == {
        "actuals.1.minutes",
        "actuals.2.month",
        "actuals.2.procedure",
        "actuals.2.channel",
        "actuals.3.filed",
        "actuals.4.minutes",
        "actuals.5.filed",
        "actuals.5.name",
        "actuals.6.month",  # the month of the first row, for a second time
        "actuals.7",
    }


@pytest.mark.parametrize("actuals", [None, {}, "x", 3, [ACTUALS[0]] * (MAX_ACTUALS + 1)])
def test_actuals_that_are_none_are_told(actuals: object) -> None:
    assert columns(problems_of(from_document, document(actuals=actuals))) == ["actuals"]


def test_a_plan_is_of_one_kind() -> None:
    rows = [
        {"site": "全社", "route": "overseas", "headcount": 3, "start": "2027-04"},
        {"site": "全社", "fiscal_year": 2027, "headcount": 3},
    ]
    (problem,) = problems_of(from_document, document(plan=rows))
    assert (problem.row, problem.column) == (2, "fiscal_year")
    assert "混ざっています" in problem.message
    for key in ("period", "hires_per_year"):
        (problem,) = problems_of(from_document, document(plan=[{**rows[1], key: 12}]))
        assert (problem.row, problem.column) == (1, key)
        assert "混ざっています" in problem.message
    (problem,) = problems_of(from_document, document(plan=[{**rows[0], "hires_per_year": 1.5}]))
    assert (problem.row, problem.column) == (1, "hires_per_year")
    assert "混ざっています" in problem.message


@pytest.mark.parametrize("digits", ["٢", "२", "৩", "𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛𝟛"])
def test_digits_that_are_none_of_ours_are_told(digits: str) -> None:
    rows = [{"site": "全社", "route": "overseas", "headcount": digits, "start": "2027-04"}]
    assert columns(problems_of(from_document, document(plan=rows))) == ["headcount"]
    rows[0] |= {"headcount": "3", "start": digits * 4 + "-04"}
    assert "start" in columns(problems_of(from_document, document(plan=rows)))


@pytest.mark.parametrize("plan", [None, [], {}, "x", 3, [[]], [None], [{}, 3]])
def test_a_plan_that_is_none_is_told(plan: object) -> None:
    assert columns(problems_of(from_document, document(plan=plan))) == ["plan"]


def test_the_problems_of_all_parts_are_told_at_once_by_key() -> None:
    good = document()["scenarios"][0]
    raw = document(
        as_of="2026-11-31",
        scenarios=[
            good | {"years": 11, "company_fee_share": 1.01},
            good,
            good | {"uncertified_officers": 3, "officers": 2},
            good | {"go_live": "2071-01", "name": "", "id_validity_months": 24},
        ],
        plan=[{"site": "全社", "route": "overseas", "headcount": 1}],
        readiness={"way": "fax", "officers": []},
    )
    problems = problems_of(from_document, raw)
    assert sorted((problem.row or 0, str(problem.column)) for problem in problems) == [
        (0, "as_of"),
        (0, "readiness.officers"),
        (0, "readiness.way"),
        (0, "scenarios.0.company_fee_share"),
        (0, "scenarios.0.years"),
        (0, "scenarios.2.uncertified_officers"),
        (0, "scenarios.3.go_live"),
        (0, "scenarios.3.id_validity_months"),
        (0, "scenarios.3.name"),
        (1, "start"),
    ]


@pytest.mark.parametrize("number", [0, MAX_SCENARIOS + 1])
def test_one_to_four_scenarios_are_kept(number: int) -> None:
    raw = document(scenarios=document()["scenarios"] * number)
    assert columns(problems_of(from_document, raw)) == ["scenarios"]
    assert from_document(document(scenarios=[{}] * MAX_SCENARIOS), TABLES).scenarios[-1].years == 5


@pytest.mark.parametrize("day", [None, "", "2026-02-30", "2020-03-31", "2061-04-01", 20261123])
def test_a_day_that_is_none_is_told(day: object) -> None:
    assert columns(problems_of(from_document, document(as_of=day))) == ["as_of"]


@pytest.mark.parametrize("day", ["2020-04-01", "2061-03-31"])
def test_on_the_first_and_the_last_day_the_defaults_are_known(day: str) -> None:
    as_of = from_document(document(as_of=day), TABLES).as_of
    assert resolve({}, TABLES.tasks, as_of).years == 5


def paths(value: object, path: Place = ()) -> Iterator[Place]:
    """Return the way to each part of a JSON value, the whole first."""
    yield path
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, part in items:
        yield from paths(part, (*path, key))


def at(value: Any, path: Place) -> Any:
    for key in path:
        value = value[key]
    return value


def with_part(value: object, path: Place, part: object) -> Any:
    """Return a copy in which one part is another."""
    if not path:
        return part
    changed = copy.deepcopy(value)
    at(changed, path[:-1])[path[-1]] = part
    return changed


def told_as(path: Place) -> tuple[int | None, str]:
    """Return the row and column by which a problem with a part is told."""
    match path:
        case ("plan", int(row), key):
            return row + 1, str(key)
        case ("plan", *_):
            return None, "plan"
        case _:
            return None, ".".join(map(str, path))


def of_other_types(value: object) -> list[Any]:
    """Return a value of each type that a part may not be of."""
    if value is None:  # anything may be left out that is not set
        return [True]
    others: list[Any] = [True]
    others += [] if isinstance(value, str) else ["?"]
    others += [] if isinstance(value, int | float) else [3]
    others += [] if isinstance(value, dict) else [{}]
    others += [] if isinstance(value, list) else [[]]
    return others


def test_a_value_of_another_type_is_refused_by_its_key() -> None:
    whole = to_document(example(go_live="2027-04"))
    tried = 0
    for path in paths(whole):
        if not path:
            continue
        # Without a plan the rest is checked just the same, and 20 times as fast.
        raw = whole if path[0] == "plan" else whole | {"plan": []}
        for other in of_other_types(at(whole, path)):
            if path[-1] == "site" and other == 3:
                continue  # a site may be called 3
            problems = problems_of(from_document, with_part(raw, path, other))
            found = {(problem.row, problem.column) for problem in problems}
            assert told_as(path) in found, (path, other, found)
            tried += 1
    assert tried > 450


# What changed since


def test_a_workbook_older_than_the_model_or_the_fees_names_the_days() -> None:
    day = timedelta(days=1)
    fees_on = MODEL_CHANGED_ON + 10 * day
    fees = TABLES.fees.assign(checked_on=pd.Timestamp(MODEL_CHANGED_ON - 99 * day))
    fees.loc[fees.index[3], "checked_on"] = pd.Timestamp(fees_on)
    later = TABLES._replace(fees=fees)
    for as_of, expected in (
        (MODEL_CHANGED_ON - day, [MODEL_CHANGED_ON, fees_on]),
        (MODEL_CHANGED_ON, [fees_on]),
        (fees_on - day, [fees_on]),
        (fees_on, []),
        (fees_on + day, []),
    ):
        assert changes_since(replace(example(), as_of=as_of), later) == expected


def test_a_day_on_which_both_changed_is_named_once() -> None:
    fees = TABLES.fees.assign(checked_on=pd.Timestamp(MODEL_CHANGED_ON))
    old = replace(example(), as_of=date(2026, 1, 1))
    assert changes_since(old, TABLES._replace(fees=fees)) == [MODEL_CHANGED_ON]


# Mutations: whatever happens to a link or a file, it opens or it is told


def _token_characters(numbers: random.Random) -> tuple[Callable[..., Workbook], object]:
    token = [*TOKEN]
    alphabet = string.ascii_letters + string.digits + "-_.=+/ %髙\n"
    for _ in range(numbers.choice((1, 1, 1, 2, 5))):
        place = numbers.randrange(len(token))
        match numbers.choice(("flip", "cut", "insert", "splice", "end")):
            case "flip":
                token[place] = numbers.choice(alphabet)
            case "cut":
                del token[place + 1 : place + numbers.choice((2, 3, 5, 40))]
            case "insert":
                token.insert(place, numbers.choice(alphabet))
            case "splice":
                start = numbers.randrange(len(token))
                token[place:place] = token[start : start + numbers.randrange(40)]
            case "end":
                del token[place + 1 :]
    return from_token, "".join(token)


def _file_bytes(numbers: random.Random) -> tuple[Callable[..., Workbook], object]:
    content = bytearray(FILE)
    for _ in range(numbers.choice((1, 1, 2, 5))):
        place = numbers.randrange(len(content))
        match numbers.choice(("flip", "cut", "insert", "splice", "end")):
            case "flip":
                content[place] = numbers.randrange(256)
            case "cut":
                del content[place + 1 : place + numbers.choice((2, 3, 5, 40))]
            case "insert":
                content.insert(place, numbers.choice(b'{}[]",:0-e.\\'))
            case "splice":
                start = numbers.randrange(len(content))
                content[place:place] = content[start : start + numbers.randrange(40)]
            case "end":
                del content[place + 1 :]
    if numbers.random() < 0.5:
        return from_token, packed(bytes(content))
    return from_file, bytes(content)


VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 3, 2_147_483_648, 10**40, 0.5, -0.0, 1e308, 1e-320),
    *("", " ", "x", "?" * 61, "２", "٢", "1,000", "=1+1", "\0", "\ud800", "NaN", "null", "\u202e"),
    *("dated", "current", "overseas", "2026-04", "２０２６-04", "2026-13", "0000-00", "9999-12"),
    *("2026-11-23", "2026-W48-1", "20261123", "done", "blocked", "yes", "online"),
    *([], {}, [[]], [{}], {"": {}}, {"minutes": 1}, {"全社": {}}, ["x"] * 5, [None] * 3),
)


def _values(numbers: random.Random) -> tuple[Callable[..., Workbook], object]:
    raw = copy.deepcopy(numbers.choice((DOCUMENT, DOCUMENT | {"plan": SOME_TARGETS})))
    if numbers.random() < 0.6:
        raw["plan"] = []  # the rest is checked just the same, and 20 times as fast
    for _ in range(numbers.choice((1, 1, 2, 5))):
        path = numbers.choice([*paths(raw)][1:])
        parent = at(raw, path[:-1])
        match numbers.choice(("value", "value", "splice", "drop", "add", "twice")):
            case "value":
                parent[path[-1]] = copy.deepcopy(numbers.choice(VALUES))
            case "splice":
                other = numbers.choice([*paths(DOCUMENT)])
                parent[path[-1]] = copy.deepcopy(at(DOCUMENT, other))
            case "drop":
                del parent[path[-1]]
            case "add":
                part = copy.deepcopy(numbers.choice(VALUES))
                if isinstance(parent, dict):
                    parent[str(numbers.choice(VALUES))] = part
                else:
                    parent.append(part)
            case "twice" if isinstance(parent, list):
                parent *= 2
        if not [*paths(raw)][1:]:
            break
    content = file_of(raw)
    if numbers.random() < 0.5:
        return from_token, packed(content)
    return from_file, content


TOKEN = to_token(example(go_live="2027-04"))
ORIGINAL = from_token(TOKEN, TABLES)
DOCUMENT = to_document(ORIGINAL)
SOME_TARGETS = [target(date, 3, "事業所A") for date in ("2027-04", "2028-04")]
FILE = to_file(ORIGINAL)


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("mutate", "usual"), [(_token_characters, 250), (_file_bytes, 125), (_values, 125)]
)
def test_a_mutation_is_told_or_opens(
    mutate: Callable[[random.Random], tuple[Callable[..., Workbook], object]], usual: int
) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(chance.count(usual, 10 * usual)):
        read, content = mutate(chance.numbers(number))
        try:
            found = opened_or_told(read, content)
        except Exception as error:
            raw = content if isinstance(content, bytes) else str(content).encode()
            kept = chance.kept(f"{mutate.__name__}-{chance.SEED}-{number}", raw)
            error.add_note(f"seed {chance.SEED!r}, number {number}, kept as {kept}")
            raise
        if isinstance(found, Workbook):
            outcomes["opened"] += 1
            assert found == ORIGINAL or mutate is not _token_characters
            assert from_token(to_token(found, site_names=True), TABLES).as_of == found.as_of
        else:
            outcomes["told"] += 1
            assert found.problems
            str(found).encode()  # it can be shown
    assert outcomes["told"]


def opened_or_told(read: Callable[..., Workbook], content: object) -> Workbook | ProblemsError:
    try:
        return read(content, TABLES)
    except ProblemsError as error:
        return error
