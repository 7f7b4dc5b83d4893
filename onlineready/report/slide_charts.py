"""The charts of a meeting: large type, few marks, the same numbers as the figure they draw."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from onlineready.report.briefing import ChartKind, SlideChart
from onlineready.report.chart_parts import (
    Chart,
    amounts,
    bars,
    colours,
    dates,
    dots,
    labels,
    long,
    made_once,
    marks,
    rimmed,
    zero,
)
from onlineready.report.palette import ONLINE, TEXT

LETTERS = 24
"""Size of the letters in a chart 1,100 wide, which fills three fifths of a screen 1,920 wide."""

MOST_IN_FULL_SIZE = 6
"""Categories whose labels fit side by side in letters of the full size."""

SMALLER = 0.65

FAMILIES = (
    "BIZ UDPGothic, Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, sans-serif"
)
"""The first comes with the project: papers are set in it. A browser takes what it has."""


def drawn(figure: SlideChart, letters: int = LETTERS) -> SlideChart:
    """Return the figure with its chart as a Vega-Lite document, its letters of a size."""
    draw = _line if figure.kind is ChartKind.LINE else _columns
    return figure._replace(spec=draw(figure, letters).specification())


def _looks(chart: alt.Chart | alt.LayerChart, letters: int) -> alt.Chart | alt.LayerChart:
    """Return a chart with the typeface and the letters of a meeting."""
    look: dict[str, Any] = {
        "labelColor": TEXT,
        "labelFontSize": letters,
        "labelFont": FAMILIES,
        "labelLimit": 0,
    }
    looking: alt.Chart | alt.LayerChart = chart.configure(
        axis=alt.AxisConfig(**look),
        legend=alt.LegendConfig(**look, symbolSize=letters**2),
        text=alt.MarkConfig(font=FAMILIES),
        view=alt.ViewConfig(stroke=None),
    )
    return looking


def _columns(figure: SlideChart, letters: int) -> Chart:
    """Stack the series of each category, or set them side by side."""
    table = figure.table
    size = letters if len(table) <= MOST_IN_FULL_SIZE else letters * SMALLER
    beside = figure.kind is ChartKind.CLUSTERED
    form = _column_form(figure.colours, tuple(map(str, table)), beside, letters, size)
    return Chart(form, {"numbers": long(table)})


@made_once
def _column_form(
    shades: Sequence[str], names: Sequence[str], beside: bool, letters: int, size: float
) -> alt.Chart | alt.LayerChart:
    place: list[Any] = [
        labels(alt.X, "row", labelFontSize=size),
        amounts(alt.Y, "value:Q", tickCount=5),
    ]
    if beside:
        place.append(alt.XOffset("order:O"))
    colour = colours(shades, names)
    return _looks(bars(*place, colour=colour, stroke="white", strokeWidth=1), letters)


def _line(figure: SlideChart, letters: int) -> Chart:
    """Draw one line over the months, and say something at one of its points."""
    (colour,), months = figure.colours, pd.PeriodIndex(figure.table.index)
    frame = figure.table.set_axis(["yen"], axis="columns").assign(month=months.to_timestamp())
    month, words = figure.point or (len(frame), "")
    # Words stand on the side that has room.
    late = month > len(frame) / 2
    data = {"line": frame, "point": frame.iloc[month : month + 1].assign(label=words)}
    return Chart(_line_form(colour, late, letters), data)


@made_once
def _line_form(colour: str, late: bool, letters: int) -> alt.Chart | alt.LayerChart:
    place = (
        dates("month:T", "%Y年", tickCount="year", grid=False),
        amounts(alt.Y, "yen:Q", tickCount=5),
    )
    align, away = ("right", -1) if late else ("left", 1)
    look = {
        "align": align,
        "dx": away * letters * 0.7,
        "dy": letters * 1.15,
        "fontSize": letters,
    }
    layers = [
        zero(alt.YDatum(0), strokeWidth=letters / 12),
        marks("line", "line", *place, color=colour, strokeWidth=letters / 5),
        dots("point", *place, color=ONLINE, size=letters**2 * 0.7),
        *rimmed("point", *place, rim=letters / 3, **look),
    ]
    return _looks(alt.LayerChart(layer=layers), letters)
