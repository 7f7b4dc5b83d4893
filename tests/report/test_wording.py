"""Figures are rounded in one way: to two significant figures where they are spoken of."""

import re
from datetime import date

import pandas as pd
import pytest

from onlineready.report import tabular, wording
from tests.plans import TABLES


@pytest.mark.parametrize(
    ("yen", "words"),
    [
        (0, "0円"),
        (-0.4, "0円"),
        (980, "980円"),
        (999.6, "約1,000円"),
        (4_849, "約4,800円"),
        (9_960, "約1万円"),
        (71_234, "約7.1万円"),
        (109_842, "約11万円"),
        (-109_842, "−約11万円"),
        (-4_020, "−約4,000円"),
        (996_000, "約100万円"),
        (12_345_678, "約1,200万円"),
        (99_600_000, "約1億円"),
        (364_000_000, "約3.6億円"),
        (123_456_789_012, "約1,200億円"),
    ],
)
def test_an_amount_is_spoken_of_in_two_figures(yen: float, words: str) -> None:
    assert wording.about(yen) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0.0時間"),
        (3.42, "3.4時間"),
        (9.96, "約10時間"),
        (123.4, "約120時間"),
        (-98.7, "−約99時間"),
        (12_345, "約12,000時間"),
    ],
)
def test_hours_are_spoken_of_in_two_figures(hours: float, words: str) -> None:
    assert wording.about_hours(hours) == words


def test_a_number_below_zero_has_a_true_minus_and_zero_has_none() -> None:
    """A hyphen is as narrow as a dot beside digits, and a line may end after it."""
    assert wording.yen(-1_234.4) == "−1,234円"
    assert wording.yen(-0.4) == "0円"
    assert wording.compact(-123_456) == "−12.3万"
    assert wording.hours(-0.04) == "0.0時間"
    assert wording.signed(-4_900) == "−4,900"
    assert wording.signed_about(-4_900) == "−4,900円"
    assert wording.exact(-0.000_000_1) == "0"
    assert wording.rate_of_return(-0.5) == "−50%"
    table = pd.DataFrame({"yen": [-1.0, -0.4], "on": [date(2026, 4, 1), None]})
    assert tabular.written(table, {"yen": wording.WHOLE}).to_numpy().tolist() == [
        ["−1", "2026-04-01"],
        ["0", "—"],
    ]


@pytest.mark.parametrize(
    ("amount", "words"), [(1_234.4, "1,234円の削減"), (-0.6, "1円の負担増"), (0.4, "増減なし")]
)
def test_a_saving_is_told_without_a_sign(amount: float, words: str) -> None:
    assert wording.gain(amount) == words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("dated", "新手数料(2026年10月〜)"),
        ("2025-04", "旧手数料(6,000円/5,500円)で試算"),
        ("2020-01", "2020年1月の手数料で試算"),
    ],
)
def test_fees_are_called_by_what_the_fee_table_says(basis: str, words: str) -> None:
    assert wording.fee_basis(basis, TABLES.fees) == words


@pytest.mark.parametrize("text", ["1. 本社", "12) 本社", "# 本社", "- 本社", "+ 本社", "本社 1.5"])
def test_what_somebody_wrote_begins_no_list_and_no_heading(text: str) -> None:
    shown = wording.plain(text)
    assert not re.match(r"(\d+[.)]|[#+-]) ", shown)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown) == text
