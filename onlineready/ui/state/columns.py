"""Tables in which a reader types into some of the columns."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

Rows = TypeVar("Rows")


def show_editor(
    key: str,
    table: pd.DataFrame,
    columns: Mapping[str, Any],
    store: Callable[[str, Rows], None],
    rows: Rows,
) -> None:
    """Show a table to type into.

    Args:
        key: of the editor.
        table: what it shows.
        columns: for each column a title, where it is only read, or how it is edited.
        store: called with the key and `rows` when something was typed.
        rows: what the rows of the table stand for.
    """
    st.data_editor(
        table,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=[column for column, shown in columns.items() if isinstance(shown, str)],
        column_config=dict(columns),
        key=key,
        on_change=store,
        args=(key, rows),
    )
