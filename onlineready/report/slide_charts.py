"""The charts of a meeting: large type, few marks, the same numbers as the figure they draw."""

from typing import Any

import altair as alt
import pandas as pd

from onlineready.report.briefing import ChartKind, SlideChart
from onlineready.report.chart_parts import axis, colours, dots, in_order, labels, long, rimmed, zero
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
    look: dict[str, Any] = {
        "labelColor": TEXT,
        "labelFontSize": letters,
        "labelFont": FAMILIES,
        "labelLimit": 0,
    }
    chart = draw(figure, letters).configure(
        axis=alt.AxisConfig(**look),
        legend=alt.LegendConfig(**look, symbolSize=letters**2),
        text=alt.MarkConfig(font=FAMILIES),
        view=alt.ViewConfig(stroke=None),
    )
    spec: dict[str, Any] = chart.to_dict()
    return figure._replace(spec=spec)


def _columns(figure: SlideChart, letters: int) -> alt.Chart:
    """Stack the series of each category, or set them side by side."""
    table = figure.table
    size = letters if len(table) <= MOST_IN_FULL_SIZE else letters * SMALLER
    place: list[Any] = [
        labels(alt.X, "row", table.index, labelFontSize=size),
        axis(alt.Y, "value:Q", tickCount=5),
    ]
    if figure.kind is ChartKind.CLUSTERED:
        place.append(alt.XOffset("column:N", sort=in_order(table)))
    bar = alt.MarkDef("bar", stroke="white", strokeWidth=1)
    return alt.Chart(long(table), mark=bar).encode(
        *place,
        colours("column", table, figure.colours, orient="top"),
        alt.Order("order:Q"),
    )


def _line(figure: SlideChart, letters: int) -> alt.LayerChart:
    """Draw one line over the months, and say something at one of its points."""
    (colour,), months = figure.colours, pd.PeriodIndex(figure.table.index)
    frame = figure.table.set_axis(["yen"], axis="columns").assign(month=months.to_timestamp())
    place = (
        axis(alt.X, "month:T", "%Y年", tickCount="year", grid=False),
        axis(alt.Y, "yen:Q", tickCount=5),
    )
    line = alt.MarkDef("line", color=colour, strokeWidth=letters / 5)
    layers = [
        zero(alt.Y, strokeWidth=letters / 12),
        alt.Chart(frame, mark=line).encode(*place),
    ]
    if figure.point:
        month, words = figure.point
        at = frame.iloc[[month]].assign(label=words)
        # Words stand on the side that has room.
        align, away = ("right", -1) if month > len(frame) / 2 else ("left", 1)
        layers += [
            dots(at, *place, color=ONLINE, size=letters**2 * 0.7),
            *rimmed(
                at,
                *place,
                rim=letters / 3,
                align=align,
                dx=away * letters * 0.7,
                dy=letters * 1.15,
                fontSize=letters,
            ),
        ]
    return alt.LayerChart(layer=layers)
