"""What charts are made of, on the page and in a meeting: axes, colours, tooltips, rules, words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import altair as alt
import pandas as pd

from onlineready.report.palette import TEXT

WHOLE, SIGNED, TENTHS = ",.0f", "+,.0f", ",.1f"
"""Numbers as d3 formats them: yen, yen gained or lost, and hours, applications or workers."""

SHORT = ",~f"
"""Numbers on an axis without zeros at their end, also where there is nothing but 0."""

DASHES = [4, 4]

Axis = TypeVar("Axis", alt.X, alt.Y)


def long(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with one number a row, column by column; missing ones are left out.

    Columns: `row` and `column`, its labels; `value`; and `order`, the place of the column.
    """
    numbers = table.rename_axis("row").reset_index().melt("row", var_name="column").dropna()
    return numbers.assign(order=numbers["column"].map(list(table).index))


def in_order(labels: Iterable[Any]) -> list[Any]:
    """Return the labels of an axis in the order in which the rows have them.

    Named to the browser one by one: it keeps a chart of which only the data changes, and would set
    what is new behind what it knows.
    """
    return list(dict.fromkeys(labels))


def axis(
    channel: type[Axis],
    values: str,
    number: str = WHOLE,
    *,
    scale: Any = alt.Undefined,
    **look: Any,
) -> Axis:
    """Set numbers or days along an axis, in a format of d3, without the column's name."""
    return channel(values, scale=scale, title=None, axis=alt.Axis(format=number, **look))


def labels(
    channel: type[Axis],
    field: str,
    order: Iterable[Any],
    *,
    lines: str = "split(datum.label, '\\n')",
    **look: Any,
) -> Axis:
    """Set words along an axis, upright and none left out.

    Args:
        channel: the axis.
        field: the column of the words.
        order: the words in the order shown; each may come more than once.
        lines: the lines of a label, for Vega; as many as it has where nothing else is said.
        look: what else Vega-Lite knows of an axis.
    """
    drawn = alt.Axis(labelAngle=0, labelOverlap=False, labelExpr=lines, **look)
    return channel(f"{field}:N", sort=in_order(order), title=None, axis=drawn)


def colours(field: str, names: Iterable[Any], shades: Sequence[str], **legend: Any) -> alt.Color:
    """Give each name in a column its shade, told in a legend: below the chart if not elsewhere."""
    return alt.Color(
        f"{field}:N",
        scale=alt.Scale(domain=list(names), range=list(shades)),
        legend=alt.Legend(**{"title": None, "orient": "bottom", **legend}),
    )


def row(value: str, number: Any = alt.Undefined) -> alt.Tooltip:
    """Show a value in a row of a tooltip, as it is or in a format, without the column's name."""
    return alt.Tooltip(value, format=number, title=" ")


def bars(
    table: pd.DataFrame,
    *place: Any,
    shades: Sequence[str],
    number: str = TENTHS,
    legend: Mapping[str, Any] = {},
    **look: Any,
) -> alt.Chart:
    """Draw the numbers of a table as bars, each column in its shade, stacked in their order.

    Args:
        table: rows and columns under their labels, as `long` takes it.
        place: the channels that set the bars, beside one another where one is an offset.
        shades: of the columns.
        number: the format in which a tooltip tells a number.
        legend: what else Vega-Lite knows of a legend.
        look: what else it knows of a bar.
    """
    return alt.Chart(long(table), mark=alt.MarkDef("bar", **look)).encode(
        *place,
        colours("column", table, shades, **legend),
        alt.Order("order:Q"),
        tooltip=[row("row:N"), row("column:N"), row("value:Q", number)],
    )


def words(rows: pd.DataFrame, *place: Any, text: alt.Text | None = None, **look: Any) -> alt.Chart:
    """Write words in a colour that is dark enough to read.

    Args:
        rows: one for each piece of text.
        place: the channels that set it, or its colour.
        text: what is written; the column `label` where nothing is said.
        look: what else Vega-Lite knows of a text.
    """
    mark = alt.MarkDef("text", **{"color": TEXT, **look})
    return alt.Chart(rows, mark=mark).encode(*place, text or alt.Text("label:N"))


def rimmed(rows: pd.DataFrame, *place: Any, rim: float = 5, **look: Any) -> list[alt.Chart]:
    """Write labels with a white rim, readable where a line runs behind them."""
    white = words(rows, *place, **look, color="white", stroke="white", strokeWidth=rim)
    return [white, words(rows, *place, **look)]


def dots(rows: pd.DataFrame, *place: Any, **look: Any) -> alt.Chart:
    """Mark points with a filled sign."""
    return alt.Chart(rows, mark=alt.MarkDef("point", filled=True, opacity=1, **look)).encode(*place)


def rule(rows: pd.DataFrame, place: alt.X | alt.Y, **look: Any) -> alt.Chart:
    """Draw a line across the chart at each of the rows."""
    mark = alt.MarkDef("rule", **{"color": TEXT, **look})
    return alt.Chart(rows, mark=mark).encode(place)


def zero(channel: type[alt.X | alt.Y], **look: Any) -> alt.Chart:
    """Draw the line of 0 yen, across the axis of the yen."""
    return rule(pd.DataFrame({"yen": [0]}), channel("yen:Q"), **look)
