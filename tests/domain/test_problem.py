"""Problems told once where they are equal, and rows named in few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.problem import Alike, Problem, grouped, rows_named
from tests.chance import examples


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([], ""),
        ([3], "3行目"),
        ([3, 4], "3〜4行目"),
        ([3, 5, 6, 7, 8], "3、5〜8行目"),
        ([1, 3, 5, 7, 9, 11], "1、3、5、7、9行目、ほか1行"),
        ([3, *range(5, 9), 10, 12, 14, *range(20, 1_220)], "3、5〜8、10、12、14行目、ほか1,200行"),
    ],
)
def test_rows_are_named_in_runs_and_the_rest_is_counted(rows: list[int], named: str) -> None:
    assert rows_named(rows) == named


TOLD = [
    Problem(None, None, "空です"),
    Problem(2, "人数", "空です"),
    Problem(3, "区分", "空です"),
    Problem(3, "人数", "空です"),
    Problem(4, "人数", "「x」です"),
    Problem(3, "人数", "空です"),
]


def test_equal_problems_are_told_once_in_the_order_of_the_first() -> None:
    alike = [
        Alike((), None, "空です"),
        Alike((2, 3), "人数", "空です"),
        Alike((3,), "区分", "空です"),
        Alike((4,), "人数", "「x」です"),
    ]
    assert grouped(TOLD, 9) == alike
    assert grouped(TOLD, 2) == alike[:2]


PROBLEMS = st.builds(
    Problem,
    st.none() | st.integers(1, 9),
    st.sampled_from([None, "人数", "区分"]),
    st.sampled_from(["空です", "「x」です"]),
)


@examples(30)
@given(problems=st.lists(PROBLEMS, unique=True))
def test_no_problem_is_lost_or_told_twice(problems: list[Problem]) -> None:
    told = [
        Problem(row, one.column, one.message) for one in grouped(problems, 99) for row in one.rows
    ]
    assert sorted(told, key=str) == sorted([p for p in problems if p.row is not None], key=str)
    heads = [(one.column, one.message) for one in grouped(problems, 99)]
    assert len(heads) == len(set(heads)) == len({(p.column, p.message) for p in problems})
