"""Tables in which a reader types into some of the columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import bounds

Row = TypeVar("Row")
Rows = TypeVar("Rows")


def show_editor(
    key: str,
    table: pd.DataFrame,
    columns: Mapping[str, Any],
    store: Callable[[str, Rows], None],
    rows: Rows,
    *,
    placeholder: str = "",
    growing: bool = False,
) -> None:
    """Show a table to type into.

    Args:
        key: of the editor, as `fresh_key` names it.
        table: what it shows.
        columns: for each column a title, where it is only read, or how it is edited.
        store: called with the key and `rows` when something was typed.
        rows: what the rows of the table stand for.
        placeholder: what an empty cell shows.
        growing: whether rows are added and deleted.
    """
    st.data_editor(
        table,
        hide_index=True,
        num_rows="dynamic" if growing else "fixed",
        placeholder=placeholder,
        disabled=[column for column, shown in columns.items() if isinstance(shown, str)],
        column_config=dict(columns),
        key=key,
        on_change=store,
        args=(key, rows),
    )


def fresh_key(name: str, table: pd.DataFrame) -> str:
    """Name an editor by what it shows, so that it begins anew when the workbook has changed."""
    return f"{name}_{pd.util.hash_pandas_object(table.astype(str)).sum()}"


def number_column(label: str, key: str) -> Any:
    """Return a column of numbers within the bounds of a key: `minutes`, `yen`."""
    low, high = bounds(key)
    return st.column_config.NumberColumn(label, min_value=low, max_value=high, format="localized")


def edits(editor: str, rows: Sequence[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Yield what was changed in an editor: what its row stands for, and the changed cells.

    Rows that the editor does not have are passed over: a browser can send anything.
    """
    for number, cells in st.session_state[editor]["edited_rows"].items():
        if 0 <= int(number) < len(rows):
            yield rows[int(number)], cells
