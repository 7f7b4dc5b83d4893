"""A chart with all that belongs to it, the same on the page as in files."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from onlineready.report.charts import Chart


class Figure(NamedTuple):
    """A chart, what it shows, and its numbers.

    Attributes:
        finding: its title, the finding with its number.
        measure: measure, unit and period.
        chart: the chart.
        table: its numbers, headers in words.
        number: the format in which a number of the table is shown, all alike or by column.
        name: what its files are called.
    """

    finding: str
    measure: str
    chart: Chart
    table: pd.DataFrame
    number: str | Mapping[str, str]
    name: str
