"""Tables in which a reader types into some of the columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import bounds

Row = TypeVar("Row")
Rows = TypeVar("Rows")


def show_editor(
    name: str,
    columns: Mapping[str, tuple[Any, Any]],
    store: Callable[[str, Rows], None],
    rows: Rows,
    *,
    placeholder: str = "",
    growing: bool = False,
    lasting: bool = False,
) -> None:
    """Show a table to type into.

    Args:
        name: of the editor; its key begins with it.
        columns: for each column a title, where it is only read, or how it is edited; its values.
        store: called with the editor's key and `rows` when something was typed.
        rows: what the rows of the table stand for.
        placeholder: what an empty cell shows.
        growing: whether rows are added and deleted.
        lasting: whether it goes on, whatever it shows; else it begins anew when that has changed.
    """
    table = pd.DataFrame({key: values for key, (_shown, values) in columns.items()})
    table = table.reset_index(drop=True)
    shown = {key: shown for key, (shown, _values) in columns.items()}
    key = name if lasting else f"{name}_{pd.util.hash_pandas_object(table.astype(str)).sum()}"
    st.data_editor(
        table,
        hide_index=True,
        num_rows="dynamic" if growing else "fixed",
        placeholder=placeholder,
        disabled=[column for column, title in shown.items() if isinstance(title, str)],
        column_config=shown,
        key=key,
        on_change=store,
        args=(key, rows),
    )


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
