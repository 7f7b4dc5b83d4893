"""Tables as CSV that a spreadsheet opens without mojibake and without running anything."""

import pandas as pd

_FORMULA = r"^(?=[=+\-@\t\r])"


def to_csv(table: pd.DataFrame) -> bytes:
    """Return a table with its index as CSV in UTF-8 with a byte order mark; numbers unrounded.

    Words that could start a formula (=, +, -, @) get an apostrophe before them, so that no
    spreadsheet runs them; numbers stay numbers.
    """
    plain = table.reset_index()
    plain.columns = pd.Index([_harmless(str(column)) for column in plain.columns])
    for column in plain.select_dtypes(["str", "object"]):
        plain[column] = plain[column].astype("str").str.replace(_FORMULA, "'", regex=True)
    return plain.to_csv(index=False).encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
