"""Whole numbers that add up: the method of largest remainders, and what follows from it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.filing.apportionment import apportioned, nearest, nested
from tests.chance import examples

PARTS = st.lists(st.floats(0, 50), max_size=12).map(lambda parts: pd.Series(parts, dtype=float))


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([2.7, 0.0, 3.8, 2.6], [3, 0, 4, 2]),  # 9.1: the least of the fractions goes without
        ([0.4, 0.4, 0.4], [1, 0, 0]),  # 1.2: the first of equal ones
        ([0.2, 0.2], [0, 0]),
        ([0.5], [1]),
        ([0.1] * 30, [1, 1, 1] + [0] * 27),  # the sum of floats is a little below 3
        ([], []),
    ],
)
def test_what_is_missing_goes_to_the_largest_fractions(
    parts: list[float], whole: list[int]
) -> None:
    assert apportioned(pd.Series(parts, dtype=float)).tolist() == whole


@examples(200)
@given(PARTS)
def test_parts_add_up_each_within_one_of_its_value(parts: pd.Series) -> None:
    whole = apportioned(parts)
    assert whole.sum() == nearest(parts.sum())
    assert whole.ge(0).all()
    assert (whole - parts).abs().lt(1).all()
    assert whole[parts.eq(0)].eq(0).all()


@examples(200)
@given(PARTS, st.data())
def test_groups_add_up_at_every_level(parts: pd.Series, data: st.DataObject) -> None:
    def group(name: str) -> pd.Series:
        drawn = st.lists(st.integers(0, 3), min_size=len(parts), max_size=len(parts))
        return pd.Series(data.draw(drawn, name), parts.index, dtype=int)

    outer, inner = group("outer"), group("inner")
    whole = nested(parts, outer, inner)
    assert whole.sum() == nearest(parts.sum())
    for groups in ([outer], [outer, inner], [outer, inner, parts.index]):
        exact, shown = (one.groupby(groups).sum() for one in (parts, whole))
        assert (shown - exact).abs().lt(1 + 1e-9).all()
    assert whole[parts.eq(0)].eq(0).all()
