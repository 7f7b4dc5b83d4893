"""Whole numbers that add up: the method of largest remainders, and what follows from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.filing.apportionment import apportioned, nearest, nested
from tests.chance import examples

PARTS = st.lists(st.floats(0, 50), max_size=12).map(lambda parts: np.array(parts, float))


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
    assert apportioned(np.array(parts, float)).tolist() == whole


@examples(200)
@given(PARTS)
def test_parts_add_up_each_within_one_of_its_value(parts: np.ndarray) -> None:
    whole = apportioned(parts)
    assert whole.sum() == nearest(parts.sum())
    assert (whole >= 0).all()
    assert (abs(whole - parts) < 1).all()
    assert (whole[parts == 0] == 0).all()


@examples(200)
@given(PARTS, st.data())
def test_groups_add_up_at_every_level(parts: np.ndarray, data: st.DataObject) -> None:
    def group(name: str) -> np.ndarray:
        drawn = st.lists(st.integers(0, 3), min_size=len(parts), max_size=len(parts))
        return np.array(data.draw(drawn, name), int)

    outer, inner = group("outer"), group("inner")
    whole = nested(parts, outer, inner)
    assert whole.sum() == nearest(parts.sum())
    for groups in (outer, 4 * outer + inner, np.arange(len(parts))):
        exact, shown = (np.bincount(groups, one) for one in (parts, whole))
        assert (abs(shown - exact) < 1 + 1e-9).all()
    assert (whole[parts == 0] == 0).all()
