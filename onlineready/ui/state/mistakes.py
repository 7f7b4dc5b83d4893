"""What is wrong with what a reader brought or typed, as a table."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from onlineready.domain.problem import Problem, grouped, rows_named
from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.load.headers import PLAN_KEYS, title
from onlineready.report import wording
from onlineready.ui.state.saving import show_save

MOST_SHOWN = 50


def show_problems(found: Sequence[Problem], *, key: str) -> None:
    """Show the first problems, equal ones once, and offer each as a file where not all show."""
    alike = grouped(found, MOST_SHOWN)
    rows = [(rows_named(one.rows), one.column, one.message) for one in alike]
    st.table(_problem_table(rows).map(wording.plain))
    if len(found) > len(rows):
        label = _("すべての誤り({count:,}か所)をCSVで保存").format(count=len(found))
        each = [(str(one.row or ""), one.column, one.message) for one in found]
        show_save(label, lambda: to_csv(_problem_table(each)), "problems.csv", key)


def _problem_table(rows: Sequence[tuple[str, str | None, str]]) -> pd.DataFrame:
    told = [(row or "—", column_title(column), message) for row, column, message in rows]
    return pd.DataFrame(told, columns=[_("行"), _("列"), _("内容と直し方")]).set_index(_("行"))


def column_title(column: str | None) -> str:
    """Return a column as the file spells it; one that the file lacks by its Japanese name."""
    if column is None:
        return _("ファイル全体")
    return _(title(column)) if column in PLAN_KEYS else column
