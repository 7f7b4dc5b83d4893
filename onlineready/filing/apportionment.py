"""Whole numbers in place of expected ones: parts add up to their total as both are shown.

By the method of largest remainders: each part gets its whole number, and what is then missing from
the total goes, one each, to the parts with the largest fractions. A part of 0 stays 0, and none
is 1 or more away from its own value.
"""

import math

import numpy as np

DIGITS = 9
"""Digits behind the point that count: the order in which parts were added up must not tell."""


def nearest(number: float) -> int:
    """Return the whole number nearest to an expected one, the larger of two as near."""
    return math.floor(round(number, DIGITS) + 0.5)


def apportioned(parts: np.ndarray, total: int | None = None) -> np.ndarray:
    """Return a whole number for each part, together the total.

    Args:
        parts: expected numbers, none below 0.
        total: the whole number below or above their sum; the nearest where it is not given.
    """
    exact = parts.round(DIGITS)
    whole: np.ndarray = np.floor(exact).astype(int)
    missing = (nearest(exact.sum()) if total is None else total) - whole.sum()
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole


def nested(parts: np.ndarray, *groups: np.ndarray, total: int | None = None) -> np.ndarray:
    """Return the same where parts belong to groups, and these to larger ones.

    The largest groups add up to the total, the groups in each of them to its number, and so on down
    to the parts.

    Args:
        parts: expected numbers, none below 0.
        groups: the number of the group of each part, counted from 0: the largest groups first.
        total: as for `apportioned`.
    """
    if not groups:
        return apportioned(parts, total)
    first, *others = groups
    whole = np.zeros(len(parts), int)
    for group, share in enumerate(apportioned(np.bincount(first, parts), total)):
        here = first == group
        whole[here] = nested(parts[here], *(other[here] for other in others), total=share)
    return whole
