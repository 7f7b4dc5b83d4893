"""Tables as CSV that a spreadsheet opens without mojibake and without running anything."""

import csv

import pandas as pd

_FORMULA = r"^(?=[=+\-@\t\r])"


def to_csv(table: pd.DataFrame) -> bytes:
    """Return a table with its index as CSV in UTF-8 with a byte order mark; numbers unrounded.

    Words that could start a formula (=, +, -, @) get an apostrophe before them, so that no
    spreadsheet runs them; numbers stay numbers.
    """
    plain = table.reset_index()
    plain.columns = pd.Index(_harmless(plain.columns.to_series().astype("str")))
    for column in plain.select_dtypes(["str", "object"]):
        plain[column] = _harmless(plain[column].astype("str"))
    # Every word is quoted: a carriage return, left bare by default, would begin a new cell.
    return plain.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")


def _harmless(words: pd.Series) -> pd.Series:
    return words.str.replace(_FORMULA, "'", regex=True)
