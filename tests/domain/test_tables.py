"""The rules between the columns of a plan, its three kinds, and what is kept of a table."""

from typing import Any

import pandas as pd
import pytest

from onlineready.domain.problem import ProblemsError
from onlineready.domain.tables import (
    MAX_HEADCOUNT,
    MOST_KEPT,
    OUTLINE,
    PLAN,
    TARGETS,
    kept_by_table,
    plan_kind,
)
from onlineready.domain.vocabulary import PlanKind
from onlineready.load.plans import plan_from_rows
from tests.plans import outline, overseas, roster, target, targets


def problems_of(*rows: dict[str, Any]) -> list[tuple[int | None, str | None, str]]:
    """Return row, column and message of each problem with the rows of a plan."""
    with pytest.raises(ProblemsError) as raised:
        plan_from_rows(list(rows), "plan")
    return [(problem.row, problem.column, problem.message) for problem in raised.value.problems]


def test_the_header_tells_the_kind_of_a_plan() -> None:
    assert plan_kind(roster(overseas(1, "2027-04"))) is PlanKind.ROSTER
    assert plan_kind(targets(target("2027-04", 1))) is PlanKind.TARGETS
    assert plan_kind(outline({"headcount": 1})) is PlanKind.OUTLINE


def test_what_the_tests_build_keeps_the_rules() -> None:
    assert len(PLAN.validate(roster(overseas(1, "2027-04")))) == 1
    for date in ("2027-04", 2027):
        plan = targets(target(date, 0), target(date, MAX_HEADCOUNT, "仙台工場"))
        assert len(TARGETS.validate(plan)) == 2


def test_a_site_stands_in_an_outline_once() -> None:
    first, other = {"site": "本社", "headcount": 1}, {"site": "仙台工場", "headcount": 2}
    ((row, column, message),) = problems_of(first, other, {**first, "hires_per_year": 3})
    assert (row, column) == (3, "site")
    assert message == "同じ事業所の行が、上にもあります。1行にまとめてください。"


@pytest.mark.parametrize("hires", [-1, MAX_HEADCOUNT + 0.5, "x", "1e3"])
def test_hires_a_year_are_a_number_within_bounds(hires: float | str) -> None:
    ((row, column, message),) = problems_of({"headcount": 1, "hires_per_year": hires})
    assert (row, column) == (1, "hires_per_year")
    assert "0〜100,000の数(空なら、今の人数を保つ)" in message
    for good in (0, 2.5, MAX_HEADCOUNT, None):
        plan = plan_from_rows([{"headcount": 0, "hires_per_year": good}], "plan")
        assert OUTLINE.validate(plan)["site"].tolist() == ["全社"]


def test_a_target_is_dated_by_a_month_or_by_a_fiscal_year() -> None:
    ((row, column, message),) = problems_of(target(2027, 3), {"site": "全社", "headcount": 4})
    assert (row, column) == (2, "month")
    assert message == "いつからの人数か分かりません。月か年度のどちらかを入れてください。"
    ((row, column, message),) = problems_of({**target(2027, 3), "month": "2027-04"})
    assert (row, column) == (1, "fiscal_year")
    assert message == "月と年度の両方が入っています。どちらか一方だけにしてください。"


def test_months_and_fiscal_years_are_not_mixed_and_the_first_place_is_told_once() -> None:
    years = [target(2027, 3), target(2028, 3)]
    months = [target("2027-04", 3, "本社"), target("2028-04", 3, "本社")]
    for rows in (years + months, months + years):
        ((row, column, message),) = problems_of(*rows)
        assert (row, column) == (3, "month")
        assert "混ざっています(この行から)" in message


def test_a_second_value_for_a_site_and_date_is_an_error_in_the_later_row() -> None:
    for date, column, name in (("2027-04", "month", "月"), (2027, "fiscal_year", "年度")):
        other = "2027-05" if column == "month" else 2028
        ((row, found, message),) = problems_of(
            target(date, 3), target(date, 3, "本社"), target(other, 3), target(date, 4)
        )
        assert (row, found) == (4, column)
        assert message == f"同じ事業所と{name}の人数が、上の行にもあります。片方を消してください。"


@pytest.mark.parametrize("headcount", [-1, MAX_HEADCOUNT + 1, "3.5", "三"])
def test_a_target_is_a_whole_number(headcount: Any) -> None:
    ((row, column, message),) = problems_of(target(2027, headcount))
    assert (row, column) == (1, "headcount")
    assert "0〜100,000の整数" in message


@pytest.mark.parametrize(("date", "column"), [(1989, "fiscal_year"), ("2121-01", "month")])
def test_a_date_lies_within_the_years_of_a_plan(date: Any, column: str) -> None:
    ((row, found, _message),) = problems_of(target(date, 3))
    assert (row, found) == (1, column)


def test_what_is_made_of_a_table_is_kept_while_it_is_the_same_object() -> None:
    made: list[int] = []

    @kept_by_table
    def size(table: pd.DataFrame) -> int:
        made.append(len(table))
        return len(table)

    tables = [pd.DataFrame({"number": range(n)}) for n in range(MOST_KEPT + 1)]
    assert [size(tables[1]), size(tables[1]), size(tables[1].copy())] == [1, 1, 1]
    assert made == [1, 1]
    # The last ones are kept, and no more.
    assert [size(table) for table in tables[1:]] == list(range(1, MOST_KEPT + 1))
    assert size(tables[0]) == 0
    made.clear()
    size(tables[0])
    assert made == []
    size(tables[1])
    assert made == [1]
