"""The command line: what scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given

from onlineready.__main__ import as_json, main
from onlineready.load.word_lists import DATA
from tests.chance import examples
from tests.plans import (
    TASK_IDS,
    Cells,
    Situation,
    business_case,
    csv_of,
    current,
    domestic,
    overseas,
    roster,
    situations,
    xlsx_of,
)

SAMPLE = str(DATA / "sample_plan.csv")
FIVE_YEARS = {"start_month": "2026-04", "years": 5}
"""The years in which the people of the sample plan come and go, whatever the day is today."""

CASE = {"fee_yen", "outlay_yen", "hours", "submit_visits", "collect_visits"}
PERIOD: dict[str, set[str] | None] = {
    "applications": {"coe", "change", "extension"},
    "counter": CASE,
    "online": CASE,
    "setup_upkeep": {"outlay_yen", "hours"},
    **dict.fromkeys(
        (
            *("fee_saving_yen", "outlay_saving_yen", "hours_saved", "hours_spent"),
            *("cash_saving_yen", "time_value_yen", "net_saving_yen"),
        )
    ),
}
SCENARIO = {
    *("name", "start_month", "years", "fiscal_year_start_month", "go_live", "fee_basis"),
    *("company_fee_share", "online_share", "officers", "uncertified_officers"),
    *("wage_yen_per_hour", "realised_time_share", "batch_size", "combined_trip_share"),
    *("attrition_per_year", "coe_lead_months", "change_lead_months", "extension_lead_months"),
    *("first_period_months", "period_months", "overseas_share", "ssw2_share"),
    *("ssw2_period_months", "id_validity_months", "discount_rate", "tasks", "sites"),
}


class Ran:
    """One run of the command line."""

    def __init__(self, status: int, stdout: str, stderr: str) -> None:
        self.status, self.stdout, self.stderr = status, stdout, stderr

    @property
    def json(self) -> Any:
        """What was printed, as strict JSON."""
        return json.loads(self.stdout, parse_constant=_refuse)


def _refuse(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is not JSON")


class Runner:
    """Runs the command line on files of its own folder."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture

    def write(self, name: str, content: bytes | str | dict[str, Any]) -> str:
        """Write a file; return its path."""
        path = self.folder / name
        if isinstance(content, dict):
            content = json.dumps(content, ensure_ascii=False)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def __call__(self, *arguments: str) -> Ran:
        status = main(["evaluate", *arguments])
        told = self.capture.readouterr()
        return Ran(status, told.out, told.err)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


# What is printed


def test_json_has_the_documented_keys_and_nesting(run: Runner) -> None:
    scenario = run.write("s.json", FIVE_YEARS)
    told = run(SAMPLE, "--scenario", scenario, "--format", "json")
    assert (told.status, told.stderr) == (0, "")
    result = told.json
    assert set(result) == {
        *("scenario", "applications", "fiscal_years", "totals", "notices"),
        *("npv_yen", "payback_months", "break_even_applications_per_year"),
    }
    assert set(result["scenario"]) == SCENARIO
    assert set(result["scenario"]["tasks"]) == set(TASK_IDS)
    assert all(set(rate) == {"minutes", "yen"} for rate in result["scenario"]["tasks"].values())
    for row in result["applications"]:
        assert set(row) == {"month", "site", "procedure", "granted_months", "applications"}
    for period in result["fiscal_years"]:
        assert set(period) == {"fiscal_year", *PERIOD}
    for period in (result["totals"], *result["fiscal_years"]):
        for key, inner in PERIOD.items():
            if inner is None:
                assert isinstance(period[key], float)
            else:
                assert set(period[key]) == inner
                assert all(isinstance(value, float) for value in period[key].values())
    assert set(result["totals"]) == set(PERIOD)
    assert all(isinstance(notice, str) for notice in result["notices"])
    assert isinstance(result["npv_yen"], float)
    assert isinstance(result["payback_months"], int)
    assert isinstance(result["break_even_applications_per_year"], float)


def test_applications_are_sorted_and_a_certificate_of_eligibility_grants_no_months(
    run: Runner,
) -> None:
    plan = roster(
        *(overseas(2, "2026-10", site="乙"), domestic(1, "2026-08", site="乙")),
        *(current(5, "2026-08", "2025-08", site="乙"), current(3, "2026-08", "2025-08", site="甲")),
        *(current(4, "2026-08", "2025-08", site="乙", period=6), overseas(1, "2026-09", site="甲")),
    )
    scenario = {"start_month": "2026-04", "years": 1, "attrition_per_year": 0, "period_months": 36}
    paths = run.write("p.csv", csv_of(plan)), run.write("s.json", scenario)
    told = run(paths[0], "--scenario", paths[1], "--format", "json").json["applications"]
    assert [tuple(row.values()) for row in told if row["month"] < "2026-07"] == [
        ("2026-05", "甲", "coe", None, 1.0),
        ("2026-06", "乙", "change", 12, 1.0),
        ("2026-06", "乙", "coe", None, 2.0),
        ("2026-06", "乙", "extension", 6, 4.0),
        ("2026-06", "乙", "extension", 36, 5.0),
        ("2026-06", "甲", "extension", 36, 3.0),
    ]


def test_numbers_are_not_rounded(run: Runner) -> None:
    # 15% leave in a year: 0.85 stay after one, 0.85 ** (1 / 12) after a month.
    plan = run.write("p.csv", csv_of(roster(current(1, "2026-05", "2024-05"))))
    scenario = run.write("s.json", {"start_month": "2026-04", "extension_lead_months": 1})
    (first, *_rest) = run(plan, "--scenario", scenario, "--format", "json").json["applications"]
    assert first["applications"] == pytest.approx(0.85 ** (1 / 12), rel=1e-12)


def test_the_scenario_is_told_as_resolved(run: Runner) -> None:
    scenario = run.write("s.json", {"start_month": "2026-10", "tasks": {"online_pay": {"yen": 5}}})
    told = run(SAMPLE, "--scenario", scenario, "--format", "json").json["scenario"]
    assert (told["start_month"], told["go_live"], told["fee_basis"]) == (
        "2026-10",
        "2026-10",
        "dated",
    )
    assert told["tasks"]["online_pay"] == {"minutes": 10, "yen": 5}
    again = run.write("again.json", told)
    assert run(SAMPLE, "--scenario", again, "--format", "json").json["scenario"] == told


def test_a_fiscal_year_is_the_year_in_which_it_begins(run: Runner) -> None:
    scenario = run.write("s.json", {"start_month": "2027-01", "years": 1})
    told = run(SAMPLE, "--scenario", scenario, "--format", "json").json
    assert [year["fiscal_year"] for year in told["fiscal_years"]] == [2026, 2027]


def test_what_is_missing_is_null_and_never_nan(run: Runner) -> None:
    # Nothing filed at all; and a go-live after the horizon.
    plan = run.write("p.csv", csv_of(roster(current(3, "2027-04", "2022-04"))))
    begin = run.write("s.json", FIVE_YEARS)
    nothing = run(plan, "--scenario", begin, "--format", "json").json
    assert nothing["applications"] == []
    assert nothing["notices"] == ["この計画では、計算の期間中に出す申請がありません。"]
    assert nothing["break_even_applications_per_year"] is None
    assert nothing["payback_months"] is None
    after = run.write("late.json", {**FIVE_YEARS, "go_live": "2031-04"})
    late = run(SAMPLE, "--scenario", after, "--format", "json").json
    assert late["npv_yen"] == 0
    assert late["break_even_applications_per_year"] is None
    assert late["payback_months"] is None


@examples(10)
@given(situation=situations())
def test_every_result_is_strict_json(situation: Situation) -> None:
    told = as_json(business_case(situation.plan, situation.raw))
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_a_table_is_the_default(run: Runner) -> None:
    arguments = (SAMPLE, "--scenario", run.write("s.json", FIVE_YEARS))
    told = run(*arguments)
    assert (told.status, told.stderr) == (0, "")
    assert told.stdout == run(*arguments, "--format", "table").stdout
    result = run(*arguments, "--format", "json").json
    lines = told.stdout.splitlines()
    for year in result["fiscal_years"]:
        (line,) = (line for line in lines if line.lstrip().startswith(f"{year['fiscal_year']}年度"))
        assert line.split()[-1] == f"{year['net_saving_yen']:,.0f}"
    (total,) = (line.split() for line in lines if line.lstrip().startswith("合計"))
    totals = result["totals"]
    assert total[1:] == [
        f"{sum(totals['applications'].values()):,.1f}",
        *(f"{totals[key]:,.0f}" for key in ("fee_saving_yen", "outlay_saving_yen")),
        f"{totals['cash_saving_yen']:,.0f}",
        *(f"{totals[key]:,.1f}" for key in ("hours_saved", "hours_spent")),
        *(f"{totals[key]:,.0f}" for key in ("time_value_yen", "net_saving_yen")),
    ]
    assert f"{result['npv_yen']:,.0f}円" in told.stdout
    assert f"{result['payback_months']}か月で回収" in told.stdout
    assert f"年{result['break_even_applications_per_year']:,.1f}件から" in told.stdout


def test_the_table_says_what_does_not_happen_and_what_is_odd(run: Runner) -> None:
    plan = run.write("p.csv", csv_of(roster(overseas(3, "2026-10"), domestic(2, "2026-05"))))
    scenario = run.write("s.json", {"start_month": "2026-04", "years": 1, "go_live": "2028-01"})
    told = run(plan, "--scenario", scenario).stdout
    assert "回収なし" in told
    assert "損益分岐はありません" in told
    assert "注意: 計算の開始月(2026-04)より前に出す申請2.0件" in told


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.xlsm", "plan.tsv", "PLAN.CSV"])
def test_every_format_of_a_plan_gives_the_same(run: Runner, name: str) -> None:
    scenario = run.write("s.json", FIVE_YEARS)
    text = Path(SAMPLE).read_text(encoding="utf-8")
    content = {
        "tsv": text.replace(",", "\t").encode(),
        "csv": text.encode("cp932"),
    }.get(name[-3:].lower(), xlsx_of([line.split(",") for line in text.splitlines()]))
    told = run(run.write(name, content), "--scenario", scenario)
    assert told.status == 0
    amount, read_as = [line for line in told.stdout.splitlines() if line.startswith("読み込み: ")]
    assert amount == "読み込み: 19行・40人を読みました。"
    assert read_as.startswith("読み込み: " + ("シート" if "xls" in name else "文字コード"))
    same = run(SAMPLE, "--scenario", scenario).stdout
    assert told.stdout.replace(read_as, "") == same.replace("読み込み: 文字コードはUTF-8。", "")


def test_an_outline_is_evaluated_as_the_targets_that_hold_it(run: Runner) -> None:
    options = ("--scenario", run.write("s.json", FIVE_YEARS), "--format", "json")
    held = run(run.write("o.csv", "事業所,現在人数,年間採用\n本社,25,\n"), *options).json
    assert held == run(run.write("t.csv", "事業所,2026年度\n本社,25\n"), *options).json
    assert held["totals"]["applications"]["extension"] > 0
    hiring = run.write("h.csv", "事業所,現在人数,年間採用\n本社,25,0\n仙台工場,0,2.5\n")
    filed = run(hiring, *options).json["applications"]
    assert {row["site"] for row in filed if row["procedure"] != "extension"} == {"仙台工場"}


# What is wrong

BAD_PLAN = "区分,人数,開始月\n海外,0,2026-10\n\n派遣,3,\n"


def test_each_problem_of_a_plan_is_a_line_on_stderr(run: Runner) -> None:
    plan = run.write("bad.csv", BAD_PLAN)
    told = run(plan)
    assert (told.status, told.stdout) == (1, "")
    lines = told.stderr.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"{plan}:row 2, column 人数",
        f"{plan}:row 4, column 区分",
    ]
    assert "1〜100,000の整数" in lines[0]


def test_a_problem_of_the_whole_file_has_neither_row_nor_column(run: Runner) -> None:
    plan = run.write("empty.csv", "")
    told = run(plan)
    assert told.status == 1
    assert told.stderr.startswith(f"{plan}:row , column : ")
    assert run(plan, "--format", "json").json == {
        "errors": [{"row": None, "column": None, "message": told.stderr.partition(": ")[2].strip()}]
    }


def test_problems_as_json_are_on_stdout(run: Runner) -> None:
    plan = run.write("bad.csv", BAD_PLAN)
    told = run(plan, "--format", "json")
    assert (told.status, told.stderr) == (1, "")
    assert set(told.json) == {"errors"}
    lines = run(plan).stderr.splitlines()
    assert [
        f"{plan}:row {e['row']}, column {e['column']}: {e['message']}" for e in told.json["errors"]
    ] == lines
    assert all(set(error) == {"row", "column", "message"} for error in told.json["errors"])


def test_a_bad_scenario_is_told_by_key(run: Runner) -> None:
    scenario = run.write("bad.json", {"years": 0, "tasks": {"online_pay": {"yen": -1}}, "yaers": 5})
    told = run(SAMPLE, "--scenario", scenario)
    assert (told.status, told.stdout) == (1, "")
    assert sorted(line.partition(": ")[0] for line in told.stderr.splitlines()) == [
        f"{scenario}:row , column {key}" for key in ("tasks.online_pay.yen", "yaers", "years")
    ]
    errors = run(SAMPLE, "--scenario", scenario, "--format", "json").json["errors"]
    assert {error["column"] for error in errors} == {"years", "tasks.online_pay.yen", "yaers"}
    assert {error["row"] for error in errors} == {None}


def test_a_scenario_that_is_no_json_is_told_by_line(run: Runner) -> None:
    scenario = run.write("bad.json", '{"years": 5,\n "officers" 2}')
    told = run(SAMPLE, "--scenario", scenario)
    assert told.status == 1
    assert told.stderr.startswith(f"{scenario}:row 2, column : ")


def test_a_month_before_the_fee_table_is_told_with_the_months_it_knows(run: Runner) -> None:
    scenario = run.write("s.json", {"fee_basis": "2019-12"})
    told = run(SAMPLE, "--scenario", scenario)
    assert told.status == 1
    (line,) = told.stderr.splitlines()
    assert line.startswith(f"{scenario}:row , column fee_basis: 「2019-12」")
    assert "2020-01〜2100-12" in line


def test_personal_data_is_not_repeated(run: Runner) -> None:
    plan = run.write("p.csv", "区分,人数,氏名\n在籍,3,山田花子\n")
    for told in (run(plan), run(plan, "--format", "json")):
        assert "氏名" in told.stdout + told.stderr
        assert "山田" not in told.stdout + told.stderr


def test_a_stray_cell_far_off_in_a_sheet_is_told_like_any_other(tmp_path: Path) -> None:
    # The sheet is small, the area up to the cell is not: it is never built up. In a process of its
    # own, with 8 GiB, since a program out of memory cannot tell why.
    plan = tmp_path / "far.xlsx"
    cells: Cells = [["区分", "人数", "開始月"], ["海外", 3, "2026-08"]]
    plan.write_bytes(xlsx_of(cells, XFD200000="?"))
    limited = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30));"
        "runpy.run_module('onlineready', run_name='__main__', alter_sys=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "evaluate", str(plan)],
        cwd=DATA.parent,
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode()
    assert done.returncode == 1, told[-300:]
    assert [line.partition(": ")[0] for line in told.splitlines()] == [
        f"{plan}:row 200000, column "
    ]


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["evaluate"],
        ["estimate", SAMPLE],
        ["evaluate", SAMPLE, SAMPLE],
        ["evaluate", "there is no such plan.csv"],
        ["evaluate", str(DATA)],
        ["evaluate", str(DATA / "README.md")],
        ["evaluate", SAMPLE, "--format", "xml"],
        ["evaluate", SAMPLE, "--scenario"],
        ["evaluate", SAMPLE, "--scenario", "there is no such scenario.json"],
        ["evaluate", SAMPLE, "--years", "3"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "usage:" in told.err


def test_a_plan_is_a_table_not_a_json_file(run: Runner) -> None:
    with pytest.raises(SystemExit) as ended:
        run(run.write("plan.json", csv_of(roster(overseas(1, "2026-10")))))
    assert ended.value.code == 2


# As a program


def test_the_module_runs() -> None:
    command = [sys.executable, "-m", "onlineready", "evaluate", SAMPLE, "--format", "json"]
    done = subprocess.run(command, cwd=DATA.parent, capture_output=True, check=True)
    assert set(json.loads(done.stdout)["totals"]) == set(PERIOD)
    assert done.stderr == b""
