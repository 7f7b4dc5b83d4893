"""What leaves the page as a file: spreadsheets open it, and run nothing in it."""

import csv
import io

import pandas as pd
import pytest

from onlineready.export.csv import to_csv


def records(table: pd.DataFrame) -> list[list[str]]:
    text = to_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_words_cannot_start_a_formula(formula: str) -> None:
    table = pd.DataFrame({formula: [formula]}, index=pd.Index([formula], name="年度"))
    harmless = f"'{formula}"
    assert records(table) == [["年度", harmless], [harmless, harmless]]


def test_numbers_stay_numbers_and_are_not_rounded() -> None:
    table = pd.DataFrame({"円": [-1234.5678]}, index=pd.Index(["2026年度"], name="年度"))
    assert to_csv(table).startswith(b"\xef\xbb\xbf")
    assert records(table) == [["年度", "円"], ["2026年度", "-1234.5678"]]
