"""One function per chart: its table in, an Altair chart out. Titles stand beside it as text.

Channels are written as `alt.X("year:N")`: a bare `x="year:N"` takes Altair a hundred times as long.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import altair as alt
import pandas as pd

from onlineready.filing.windows import LEAST_SHOWN
from onlineready.report.chart_parts import (
    DASHES,
    SHORT,
    SIGNED,
    TENTHS,
    WHOLE,
    axis,
    bars,
    colours,
    dots,
    in_order,
    labels,
    long,
    rimmed,
    row,
    rule,
    words,
    zero,
)
from onlineready.report.palette import (
    COUNTER,
    COUNTER_LINE,
    COUNTER_SHADES,
    NEGATIVE,
    ONLINE,
    ONLINE_FAINT,
    ONLINE_SHADES,
    POSITIVE,
    TEXT,
)

HEIGHT = 300

GAIN, LOSS, SUM = "gain", "loss", "sum"
"""Kinds of steps in a waterfall."""

DARK_SHARE = 0.55
"""Cells of the heat map from this share of the largest number on are written in white."""

_WORDS = alt.Config(axis=alt.AxisConfig(labelColor=TEXT), legend=alt.LegendConfig(labelColor=TEXT))
"""Words in a colour that is dark enough to read."""


class Chart(alt.LayerChart):
    """Marks drawn over one another."""

    def to_dict(self, validate: bool = False, **options: Any) -> dict[str, Any]:
        """Return the specification, not held against the schema of Vega-Lite where it is shown.

        That takes a quarter of the time of drawing it, and tests have it done for every chart.
        """
        specification: dict[str, Any] = super().to_dict(validate, **options)
        return specification


def applications_by_year(table: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> Chart:
    """Draw the applications of each fiscal year, stacked by procedure.

    Args:
        table: a row per year and a column per procedure, in the order of the stack.
        notes: the lines to be written below the labels of some of the years.
    """
    years = _years(table, notes)
    drawn = bars(table, years, axis(alt.Y, "sum(value):Q", SHORT), shades=ONLINE_SHADES[::-1])
    totals = table.sum(axis="columns").rename("value").rename_axis("row").reset_index()
    total = alt.Text("value:Q", format=TENTHS)
    return _layered(drawn, words(totals, years, alt.Y("value:Q"), text=total, dy=-8))


def staffing_by_year(table: pd.DataFrame) -> Chart:
    """Draw the workers of each fiscal year: columns stock, hires and leavers, side by side."""
    place = (
        _years(table, {}),
        alt.XOffset("column:N", sort=in_order(table)),
        axis(alt.Y, "value:Q", SHORT),
    )
    number = alt.Text("value:Q", format=TENTHS)
    return _layered(
        bars(table, *place, shades=[COUNTER, ONLINE, ONLINE_SHADES[2]]),
        words(long(table), *place, text=number, dy=-8, fontSize=10),
    )


def costs_by_year(table: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> Chart:
    """Draw the cost of each fiscal year, counter beside online, stacked by kind of cost.

    Args:
        table: a row per year; a column for each kind of the counter, then for each of online.
        notes: the lines to be written below the labels of some of the years.
    """
    return _yen_by_year(table, [*COUNTER_SHADES, *ONLINE_SHADES], notes)


def fees_by_year(table: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> Chart:
    """Draw the fees of each fiscal year, counter beside online, stacked by who pays them.

    Args:
        table: a row per year; columns company and worker at the counter, then online; or, where
            one of them pays all, counter and online.
        notes: the lines to be written below the labels of some of the years.
    """
    shades = [COUNTER, ONLINE]
    if len(table.columns) > len(shades):
        shades = [COUNTER_SHADES[0], COUNTER_SHADES[2], ONLINE_SHADES[0], ONLINE_SHADES[2]]
    return _yen_by_year(table, shades, notes)


def _yen_by_year(
    table: pd.DataFrame, shades: Sequence[str], notes: Mapping[str, Sequence[str]]
) -> Chart:
    """Draw the yen of each fiscal year: half of the columns the counter's, half online's."""
    series = list(table)
    half = len(series) // 2
    pairs = zip(series[:half], series[half:], strict=True)
    drawn = bars(
        table,
        _years(table, notes),
        alt.XOffset("online:N", sort=[False, True]),
        axis(alt.Y, "sum(value):Q"),
        shades=shades,
        number=WHOLE,
        # Each series of the counter is followed by its counterpart online.
        legend={"columns": 2, "values": list(chain.from_iterable(pairs))},
        stroke="white",
        strokeWidth=0.5,
    )
    numbers = long(table)
    return _layered(drawn.properties(data=numbers.assign(online=numbers["order"].ge(half))))


def _years(table: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> alt.X:
    """Set the rows of a table side by side, notes below the labels of some of them.

    The notes are no part of the labels: a year is the same year with and without them.
    """
    lines = json.dumps({year: [year, *below] for year, below in notes.items()}, ensure_ascii=False)
    return labels(alt.X, "row", table.index, lines=f"{lines}[datum.label] || datum.label")


def savings(table: pd.DataFrame) -> Chart:
    """Draw what each of several things saves, cash and value of time stacked, the net marked.

    Args:
        table: a row for each from top to bottom, the lines of its label separated by a line feed;
            columns cash, value of time, and net, the sum of both.
    """
    *kinds, net = table
    totals = table[net].rename("value").rename_axis("row").reset_index()
    place = (
        axis(alt.X, "value:Q", tickCount=6),
        labels(alt.Y, "row", table.index, labelLimit=260),
    )
    shades = [ONLINE, ONLINE_SHADES[2]]
    drawn = bars(table[kinds], *place, shades=shades, number=SIGNED, height=22)
    tick = alt.MarkDef("tick", color=TEXT, thickness=3, size=34)
    return _layered(
        drawn, zero(alt.X), alt.Chart(totals, mark=tick).encode(*place), height=alt.Step(52)
    )


def waterfall(steps: pd.DataFrame) -> Chart:
    """Draw what a sum is made of, one step beginning where the one before it ends.

    Args:
        steps: a row for each from left to right, the sum last: `step` (label), `from_yen`,
            `to_yen`, `top_yen` (the higher of both), `label` (its amount) and `kind`, one of
            `GAIN`, `LOSS` and `SUM`.
    """
    step = labels(alt.X, "step", steps["step"])
    scale = alt.Scale(domain=[GAIN, LOSS, SUM], range=[POSITIVE, NEGATIVE, ONLINE])
    drawn = alt.Chart(steps, mark="bar").encode(
        step,
        alt.Y("from_yen:Q", title=None, axis=None, scale=alt.Scale(padding=20)),
        alt.Y2("to_yen"),
        alt.Color("kind:N", scale=scale, legend=None),
        tooltip=[row("step:N"), row("label:N")],
    )
    return _layered(drawn, zero(alt.Y), words(steps, step, alt.Y("top_yen:Q"), dy=-9, fontSize=13))


def cumulative_saving(saving: pd.DataFrame, payback: pd.DataFrame, changes: pd.DataFrame) -> Chart:
    """Draw the net saving added up month by month, the month of payback marked.

    Args:
        saving: columns `month` (timestamp), `yen`, the sum from the start on, and `low` and
            `high`, between which it is likely to lie.
        payback: no row, or one: `month`, `yen` and `label`.
        changes: fee changes inside the horizon, columns `month` (timestamp) and `label`.
    """
    month = axis(alt.X, "month:T", "%Y", tickCount="year", grid=False)
    yen = axis(alt.Y, "yen:Q")
    line = alt.Chart(saving, mark=alt.MarkDef("line", color=ONLINE, strokeWidth=2.5)).encode(
        month, yen, tooltip=[row("month:T", "%Y-%m"), row("yen:Q", SIGNED)]
    )
    likely = alt.Chart(saving, mark=alt.MarkDef("area", color=ONLINE, opacity=0.14)).encode(
        month, alt.Y("low:Q"), alt.Y2("high")
    )
    return _layered(
        likely,
        zero(alt.Y),
        rule(changes, month, strokeDash=DASHES),
        words(changes, month, y=0, align="left", dx=4, baseline="top"),
        line,
        dots(payback, month, yen, color=ONLINE, size=110),
        *rimmed(payback, month, yen, align="left", dx=10, dy=-12, fontSize=13),
    )


def hours_by_task(table: pd.DataFrame) -> Chart:
    """Draw the staff hours of each task: a row each from top to bottom, columns counter, online."""
    done = table.where(table.gt(0))
    place = (
        axis(alt.X, "value:Q", SHORT),
        labels(alt.Y, "row", table.index, labelLimit=220),
        alt.YOffset("column:N", sort=in_order(table)),
    )
    number = alt.Text("value:Q", format=TENTHS)
    return _layered(
        bars(done, *place, shades=[COUNTER, ONLINE]),
        words(long(done), *place, text=number, align="left", dx=3, fontSize=10),
        height=alt.Step(13),
    )


def schedule(tasks: pd.DataFrame, today: pd.DataFrame, kinds: Sequence[str]) -> Chart:
    """Draw when each step begins and ends, with a line at the day from which it counts.

    Args:
        tasks: columns `task`, `kind` (labels), `start` and `finish` (days), in the order shown.
        today: one row, `day`.
        kinds: the label of what decides the month of going live, and that of the rest.
    """
    bars = alt.Chart(tasks, mark=alt.MarkDef("bar", height=12)).encode(
        axis(alt.X, "start:T", "%Y-%m", tickCount="month", labelAngle=0, labelOverlap=True),
        alt.X2("finish"),
        labels(alt.Y, "task", tasks["task"], labelLimit=290),
        colours("kind", kinds, [ONLINE, COUNTER], columns=1),
        tooltip=[row("task:N"), row("start:T", "%Y-%m-%d"), row("finish:T", "%Y-%m-%d")],
    )
    return _layered(bars, rule(today, alt.X("day:T"), strokeDash=DASHES), height=alt.Step(24))


def tornado(ends: pd.DataFrame) -> Chart:
    """Draw the NPV at both ends of each assumption, from where it is with all as they are.

    `ends` has a row per assumption and end, the low ends first, widest swing first: `assumption`
    and `end` (labels), `base_yen`, `npv_yen`, `label` (the value at this end, and the NPV there)
    and `left`, whether the bar goes to the left.
    """
    assumption = alt.Y("assumption:N", sort=in_order(ends["assumption"]), title=None, axis=None)
    # Room for the words beside the bars.
    scale = alt.Scale(zero=False, padding=125)
    amount = axis(alt.X, "npv_yen:Q", scale=scale, tickCount=4, labelOverlap=True)
    drawn = alt.Chart(ends, mark=alt.MarkDef("bar", height=14, yOffset=9)).encode(
        amount,
        alt.X2("base_yen"),
        assumption,
        colours("end", in_order(ends["end"]), [COUNTER, ONLINE]),
        tooltip=[row("assumption:N"), row("label:N")],
    )
    left, right = ends[ends["left"]], ends[~ends["left"]]
    named, name = ends.drop_duplicates("assumption"), alt.Text("assumption:N")
    return _layered(
        drawn,
        rule(ends.head(1), alt.X("base_yen:Q")),
        words(left, amount, assumption, align="right", dx=-4, dy=9),
        words(right, amount, assumption, align="left", dx=4, dy=9),
        # Above its bars rather than beside them: on a telephone there is no room for both.
        words(named, assumption, text=name, x=0, align="left", dy=-9, fontSize=12),
        height=alt.Step(40),
    )


def break_even(line: pd.DataFrame, points: pd.DataFrame) -> Chart:
    """Draw the NPV over the applications filed in a year, with the plan's own volume marked.

    Args:
        line: two rows, `applications_per_year` and `npv_yen`.
        points: one row per point marked: the same, `label`, and `plan`, whether it is the plan's.
    """
    place = (
        axis(alt.X, "applications_per_year:Q", grid=False),
        axis(alt.Y, "npv_yen:Q", scale=alt.Scale(padding=20)),
    )
    drawn = alt.MarkDef("line", color=ONLINE, strokeWidth=2.5)
    layers = [zero(alt.Y), alt.Chart(line, mark=drawn).encode(*place)]
    for plan, colour, shape, align, dy in (
        (True, ONLINE, "circle", "right", -16),
        (False, TEXT, "diamond", "left", 20),
    ):
        marked = points[points["plan"].eq(plan)]
        layers += [
            dots(marked, *place, color=colour, shape=shape, size=130),
            *rimmed(marked, *place, align=align, dy=dy, fontSize=13),
        ]
    return _layered(*layers)


def simulation(bars: pd.DataFrame, marks: pd.DataFrame, signs: Sequence[str]) -> Chart:
    """Draw how often the NPV lies in each range, with the percentiles marked.

    Args:
        bars: one row per range: `from_yen`, `to_yen`, `draws`, and `sign`, whether it pays
            (labels).
        marks: one row per percentile: `npv_yen` and `label`; the labels stand above the bars.
        signs: the label of what pays, and of what does not.
    """
    scale = alt.Scale(zero=False)
    drawn = alt.Chart(bars, mark=alt.MarkDef("bar", stroke="white", strokeWidth=1)).encode(
        axis(alt.X, "from_yen:Q", scale=scale, tickCount=6, grid=False, labelOverlap=True),
        alt.X2("to_yen"),
        axis(alt.Y, "draws:Q"),
        # Two ends of either axis leave a bar no direction of its own.
        alt.Y2Datum(0),
        colours("sign", signs, [POSITIVE, NEGATIVE]),
        tooltip=[row("from_yen:Q", SIGNED), row("to_yen:Q", SIGNED), row("draws:Q", WHOLE)],
    )
    place = alt.X("npv_yen:Q")
    rim = rule(marks, place, color="white", strokeWidth=3)
    # One above the other and above the bars: percentiles may lie close together.
    names = [
        words(marks.iloc[[number]], place, y=y, align="left", dx=4, dy=2, baseline="top")
        for number, y in enumerate(range(-18 * len(marks), 0, 18))
    ]
    return _layered(
        drawn, rim, rule(marks, place, strokeDash=DASHES), *names, height=HEIGHT + 18 * len(marks)
    )


def fee_history(fees: pd.DataFrame, last: pd.DataFrame) -> Chart:
    """Draw the fee of each band over the months of acceptance, counter against online.

    Args:
        fees: columns `accepted_from` (timestamp), `line` (one for each band and channel),
            `channel` (label, the counter first) and `yen`.
        last: the newest fee of each band at the counter: `accepted_from` (where the lines end),
            `yen` and `label`.
    """
    channels = in_order(fees["channel"])
    place = (
        axis(alt.X, "accepted_from:T", "%Y-%m", grid=False, labelOverlap=True),
        axis(alt.Y, "yen:Q"),
    )
    dashes = alt.Scale(domain=channels, range=[[6, 3], [1, 0]])
    steps = alt.MarkDef("line", interpolate="step-after", strokeWidth=2)
    lines = alt.Chart(fees, mark=steps).encode(
        *place,
        alt.Detail("line:N"),
        colours("channel", channels, [COUNTER_LINE, ONLINE]),
        alt.StrokeDash("channel:N", scale=dashes, legend=None),
        tooltip=[row("line:N"), row("accepted_from:T", "%Y-%m"), row("yen:Q", WHOLE)],
    )
    return _layered(lines, words(last, *place, align="left", dx=6), height=420)


def applications_by_month_and_site(table: pd.DataFrame) -> Chart:
    """Draw how many applications each site files in each month: darker cells, with the number.

    Args:
        table: a row per site from top to bottom, a column per month; the lines of a month's label
            are separated by a line feed.
    """
    numbers = long(table)
    place = (
        labels(alt.X, "column", table.columns),
        labels(alt.Y, "row", table.index, labelLimit=110),
    )
    shades = alt.Scale(range=[ONLINE_FAINT, ONLINE], domainMin=0)
    cells = alt.Chart(numbers, mark=alt.MarkDef("rect", stroke="white", strokeWidth=2)).encode(
        *place,
        alt.Color("value:Q", scale=shades, legend=None),
        tooltip=[row("column:N"), row("row:N"), row("value:Q", TENTHS)],
    )
    shown = numbers[numbers["value"].ge(LEAST_SHOWN)]
    shown = shown.assign(
        label=shown["value"].map("{:,.1f}".format),
        dark=shown["value"].gt(DARK_SHARE * numbers["value"].max()),
    )
    white = {"test": {"field": "dark", "equal": True}, "value": "white"}
    ink = alt.ColorValue(TEXT, condition=white)
    return _layered(cells, words(shown, *place, ink, fontSize=11), height=alt.Step(34))


def hours_by_month(table: pd.DataFrame, peaks: pd.DataFrame, level: pd.DataFrame) -> Chart:
    """Draw the staff hours of each month, stacked by channel, the peaks marked by a word.

    Args:
        table: a row per month (its label as above), columns counter and online.
        peaks: the months that are peaks: `row` (the month's label), `value` (the hours of both
            channels) and `label`.
        level: one row, `value` (the hours above which a month is a peak) and `label`.
    """
    month = labels(alt.X, "row", table.index)
    amount = alt.Y("value:Q")
    return _layered(
        bars(table, month, axis(alt.Y, "sum(value):Q", SHORT), shades=[COUNTER, ONLINE]),
        rule(level, amount, strokeDash=DASHES),
        words(peaks, month, amount, dy=-8, fontSize=11),
        words(level, amount, x="width", align="right", baseline="bottom", dx=-4, dy=-2),
    )


def _layered(*layers: alt.Chart, height: float | alt.Step = HEIGHT) -> Chart:
    return Chart(layer=layers, height=height, config=_WORDS)
