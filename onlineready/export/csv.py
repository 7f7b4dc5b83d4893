"""Tables as CSV that a spreadsheet opens without mojibake and without running anything."""

import csv
import re

import pandas as pd

_FORMULA = re.compile(r"^(?=[=+\-@\t\r])")


def to_csv(table: pd.DataFrame) -> bytes:
    """Return a table with its index as CSV in UTF-8 with a byte order mark; numbers unrounded.

    Words that could start a formula (=, +, -, @) get an apostrophe before them, so that no
    spreadsheet runs them; numbers stay numbers.
    """
    plain = table.reset_index()
    plain.columns = pd.Index([harmless(str(name)) for name in plain.columns])
    for column in plain.select_dtypes(["str", "object"]):
        plain[column] = plain[column].astype("str").map(harmless, na_action="ignore")
    # Every word is quoted: a carriage return, left bare by default, would begin a new cell.
    return plain.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")


def harmless(word: str) -> str:
    """Return a word with an apostrophe before it where a spreadsheet could run it as a formula."""
    return _FORMULA.sub("'", word)
