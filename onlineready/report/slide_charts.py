"""The charts of a meeting: large type, few marks, the same numbers as the figure they draw."""

from typing import Any

import altair as alt
import pandas as pd

from onlineready.report.briefing import ChartKind, SlideChart
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
    draw = {
        ChartKind.STACKED: _columns,
        ChartKind.CLUSTERED: _columns,
        ChartKind.LINE: _line,
    }[figure.kind]
    labels: dict[str, Any] = {
        "labelColor": TEXT,
        "labelFontSize": letters,
        "labelFont": FAMILIES,
        "labelLimit": 0,
    }
    chart = draw(figure, letters).configure(
        axis=alt.AxisConfig(**labels),
        legend=alt.LegendConfig(**labels, symbolSize=letters**2),
        text=alt.MarkConfig(font=FAMILIES),
        view=alt.ViewConfig(stroke=None),
    )
    spec: dict[str, Any] = chart.to_dict()
    return figure._replace(spec=spec)


def _columns(figure: SlideChart, letters: int) -> alt.Chart:
    """Stack the series of each category, or set them side by side."""
    names = [series.name for series in figure.series]
    frame = pd.DataFrame(
        [
            {"category": category, "series": series.name, "order": order, "value": value}
            for order, series in enumerate(figure.series)
            for category, value in zip(figure.categories, series.values, strict=True)
        ]
    )
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                field="category",
                type="nominal",
                sort=list(figure.categories),
                title=None,
                axis=alt.Axis(
                    labelAngle=0,
                    labelOverlap=False,
                    labelFontSize=_fitting(figure, letters),
                    labelExpr="split(datum.label, '\\n')",
                ),
            ),
            y=alt.Y(
                field="value",
                type="quantitative",
                title=None,
                stack="zero" if figure.kind is ChartKind.STACKED else None,
                axis=alt.Axis(format=",.0f", tickCount=5),
            ),
            color=alt.Color(
                field="series",
                type="nominal",
                scale=alt.Scale(domain=names, range=[series.colour for series in figure.series]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            order=alt.Order(field="order", type="quantitative"),
        )
    )
    if figure.kind is ChartKind.CLUSTERED:
        chart = chart.encode(xOffset=alt.XOffset(field="series", type="nominal", sort=names))
    return chart


def _fitting(figure: SlideChart, letters: int) -> float:
    """Return the size of letters at which the labels of all categories fit side by side."""
    return letters if len(figure.categories) <= MOST_IN_FULL_SIZE else letters * SMALLER


def _line(figure: SlideChart, letters: int) -> alt.LayerChart:
    """Draw one line over the months, and say something at one of its points."""
    (series,) = figure.series
    frame = pd.DataFrame({"month": pd.to_datetime(list(figure.categories)), "yen": series.values})
    month = alt.X(
        field="month",
        type="temporal",
        title=None,
        axis=alt.Axis(
            format="%Y", tickCount="year", grid=False, labelExpr="timeFormat(datum.value, '%Y年')"
        ),
    )
    amount = alt.Y(
        field="yen", type="quantitative", title=None, axis=alt.Axis(format=",.0f", tickCount=5)
    )
    line = alt.Chart(frame).mark_line(color=series.colour, strokeWidth=letters / 5)
    zero = alt.Chart(pd.DataFrame({"yen": [0]})).mark_rule(color=TEXT, strokeWidth=letters / 12)
    layers = [
        zero.encode(y=alt.Y(field="yen", type="quantitative")),
        line.encode(x=month, y=amount),
    ]
    if figure.remark:
        place, words = figure.remark
        at = alt.Chart(frame.iloc[[place]].assign(words=words)).encode(x=month, y=amount)
        # Words stand on the side that has room.
        late = place > len(frame) / 2
        side: dict[str, Any] = {
            "align": "right" if late else "left",
            "dx": (-1 if late else 1) * letters * 0.7,
        }
        text = alt.Text(field="words", type="nominal")
        layers += [
            at.mark_point(color=ONLINE, size=letters**2 * 0.7, filled=True, opacity=1),
            at.mark_text(
                **side,
                dy=letters * 1.15,
                fontSize=letters,
                color="white",
                stroke="white",
                strokeWidth=letters / 3,
            ).encode(text=text),
            at.mark_text(**side, dy=letters * 1.15, fontSize=letters, color=TEXT).encode(text=text),
        ]
    return alt.LayerChart(layer=layers)
