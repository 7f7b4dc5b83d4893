"""What charts are made of, on the page and in a meeting: axes, colours, tooltips, rules, words."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import altair as alt
import pandas as pd

from onlineready.language import mark
from onlineready.report.palette import TEXT

WHOLE, SIGNED, TENTHS = ",.0f", "+,.0f", ",.1f"
"""Numbers as d3 formats them: yen, yen gained or lost, and hours, applications or workers."""

LARGE = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~f') + '{hundred_million}' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~f') + '{ten_thousand}' : "
    "format(datum.value, ',~f')"
).format(hundred_million=mark("億"), ten_thousand=mark("万"))
"""A number along an axis, for Vega: short, however large."""

SOFT = "\u200b"
"""Where words along the lower axis go on in another line if there is no room for one."""

ROOM_OF_WORDS = 62
"""Pixels below a bar in which such words stand in one line: 2026年度."""

LINES = (
    f"split(replace(datum.label, '{SOFT}', "
    f"width > {ROOM_OF_WORDS} * domain('x').length ? '' : '\\n'), '\\n')"
)
"""The lines of words along the lower axis, for Vega."""

DASHES = [4, 4]

FORMS_KEPT = 8
"""Of one chart: it has one for each number of series, or for each size of letters."""

ANYWHERE = alt.SequenceGenerator(alt.SequenceParams(start=0, stop=1))
"""What a single mark is drawn of that stands at a fixed place."""

Columns = Mapping[str, Any] | pd.DataFrame
"""A table by its columns. Small ones are no frames: pandas takes ten times as long for them."""

Axis = TypeVar("Axis", alt.X, alt.Y)
Words = ParamSpec("Words")


class Chart(NamedTuple):
    """A chart in two parts: how it is drawn, and of what.

    Attributes:
        form: a Vega-Lite document that names its tables and holds none of them.
        data: these tables by name.
    """

    form: dict[str, Any]
    data: Mapping[str, Columns]

    def specification(self) -> dict[str, Any]:
        """Return the chart as one Vega-Lite document, its tables within."""
        rows = {
            name: alt.to_values(pd.DataFrame(table))["values"] for name, table in self.data.items()
        }
        return {**self.form, "datasets": rows}


def made_once(
    draw: Callable[Words, alt.Chart | alt.LayerChart],
) -> Callable[Words, dict[str, Any]]:
    """Make a form once for each of its arguments: Altair takes 3 to 15 ms for it.

    Arguments are words of the house, never a reader's: they are kept for all. The form is not held
    against the schema of Vega-Lite, which tests do for every chart.
    """

    def made(*args: Words.args, **options: Words.kwargs) -> dict[str, Any]:
        return draw(*args, **options).to_dict(validate=False)

    kept: Any = lru_cache(maxsize=FORMS_KEPT)(made)
    return wraps(draw)(kept)


def long(table: pd.DataFrame) -> dict[str, list[Any]]:
    """Return a table with one number a row, column by column; missing ones are left out.

    Columns: `row` and `column`, its labels; `value`; and the places of both, `place` of the row and
    `order` of the column.
    """
    places = list(enumerate(table.index))
    columns = zip(table, table.to_numpy().T.tolist(), strict=True)
    numbers = [
        (row, column, value, place, order)
        for order, (column, values) in enumerate(columns)
        for (place, row), value in zip(places, values, strict=True)
        if not pd.isna(value)
    ]
    keys = ("row", "column", "value", "place", "order")
    return {key: [number[at] for number in numbers] for at, key in enumerate(keys)}


def amounts(channel: type[Axis], values: str, *, scale: Any = alt.Undefined, **look: Any) -> Axis:
    """Set numbers along an axis, written short, without the column's name."""
    return channel(values, scale=scale, title=None, axis=alt.Axis(labelExpr=LARGE, **look))


def dates(values: str, number: str, **look: Any) -> alt.X:
    """Set days or months along the lower axis, in a format of d3, without the column's name."""
    return alt.X(values, title=None, axis=alt.Axis(format=number, **look))


def labels(channel: type[Axis], field: str, by: str = "place", **look: Any) -> Axis:
    """Set words along an axis, upright and none left out, a line feed between their lines.

    Along the lower one they may have places (`SOFT`) at which they break where room is short.

    In the order of numbers in the data: a browser keeps a chart of which only the data changes, and
    would set what is new behind what it knows.

    Args:
        channel: the axis.
        field: the column of the words.
        by: the column of their places.
        look: what else Vega-Lite knows of an axis.
    """
    lines = LINES if channel is alt.X else "split(datum.label, '\\n')"
    look = {"labelAngle": 0, "labelOverlap": False, "labelExpr": lines, **look}
    return channel(f"{field}:N", sort=placed(by), title=None, axis=alt.Axis(**look))


def placed(by: str) -> alt.EncodingSortField:
    """Sort by the numbers of a column."""
    return alt.EncodingSortField(field=by, op="min")


def colours(shades: Sequence[str], names: Sequence[str] = (), **legend: Any) -> alt.Color:
    """Give each place of a column (`order`) its shade; told in a legend where there are names.

    Args:
        shades: by place.
        names: as many, or fewer: each then stands for as many shades.
        legend: what else Vega-Lite knows of a legend; it lies above the chart if not elsewhere.
    """
    told: Any = None
    if names:
        each = len(shades) // len(names)
        words = json.dumps(list(names), ensure_ascii=False)
        told = alt.Legend(
            **{
                "title": None,
                "orient": "top",
                "values": list(range(0, len(shades), each)),
                "labelExpr": f"{words}[datum.value / {each}]",
                "labelLimit": 0,
                **legend,
            }
        )
    scale = alt.Scale(domain=list(range(len(shades))), range=list(shades))
    return alt.Color("order:O", scale=scale, legend=told)


def row(value: str, number: Any = alt.Undefined) -> alt.Tooltip:
    """Show a value in a row of a tooltip, as it is or in a format, without the column's name."""
    return alt.Tooltip(value, format=number, title=" ")


def marks(
    rows: str, kind: Any, *channels: Any, tooltip: Any = alt.Undefined, **look: Any
) -> alt.Chart:
    """Draw a mark of some kind for each row of a table.

    Args:
        rows: the name of the table.
        kind: of the mark, as Vega-Lite knows it.
        channels: what stands for which column.
        tooltip: its rows.
        look: what else Vega-Lite knows of the mark.
    """
    chart = alt.Chart(alt.NamedData(rows), mark=alt.MarkDef(kind, **look))
    return chart.encode(*channels, tooltip=tooltip)


def bars(*place: Any, colour: alt.Color, number: str = TENTHS, **look: Any) -> alt.Chart:
    """Draw the `numbers` of a long table as bars, each column in its shade, stacked in their order.

    Args:
        place: the channels that set the bars, beside one another where one is an offset.
        colour: by column.
        number: the format in which a tooltip tells a number.
        look: what else Vega-Lite knows of a bar.
    """
    told = [row("row:N"), row("column:N"), row("value:Q", number)]
    return marks("numbers", "bar", *place, colour, alt.Order("order:Q"), tooltip=told, **look)


def words(rows: str, *place: Any, text: str = "label:N", **look: Any) -> alt.Chart:
    """Write words in a colour that is dark enough to read.

    Args:
        rows: the name of a table with a row for each piece of text.
        place: the channels that set it, or its colour.
        text: its column.
        look: what else Vega-Lite knows of a text.
    """
    return marks(rows, "text", *place, alt.Text(text), **{"color": TEXT, **look})


def rimmed(rows: str, *place: Any, rim: float = 5, **look: Any) -> list[alt.Chart]:
    """Write labels with a white rim, readable where a line runs behind them."""
    white = words(rows, *place, **look, color="white", stroke="white", strokeWidth=rim)
    return [white, words(rows, *place, **look)]


def dots(rows: str, *place: Any, **look: Any) -> alt.Chart:
    """Mark points with a filled sign."""
    return marks(rows, "point", *place, filled=True, opacity=1, **look)


def rule(rows: str, *place: Any, **look: Any) -> alt.Chart:
    """Draw a line across the chart at each of the rows; nothing is to be read off it alone."""
    return marks(rows, "rule", *place, **{"color": TEXT, "aria": False, **look})


def zero(place: alt.XDatum | alt.YDatum, **look: Any) -> alt.Chart:
    """Draw the line of 0 yen across the axis of the yen."""
    mark = alt.MarkDef("rule", **{"color": TEXT, "aria": False, **look})
    return alt.Chart(ANYWHERE, mark=mark).encode(place)
