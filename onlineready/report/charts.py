"""One function per chart: its table in, a chart out. Titles stand beside it as text.

The form of a chart is a function of its own, made once; a rerun of the page puts in the data.
Channels are written as `alt.X("year:N")`: a bare `x="year:N"` takes Altair a hundred times as long.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from onlineready.filing.windows import LEAST_SHOWN
from onlineready.report import wording
from onlineready.report.chart_parts import (
    DASHES,
    SIGNED,
    SOFT,
    TENTHS,
    WHOLE,
    Chart,
    Columns,
    amounts,
    bars,
    colours,
    dates,
    dots,
    labels,
    long,
    made_once,
    marks,
    placed,
    rimmed,
    row,
    rule,
    words,
    zero,
)
from onlineready.report.palette import (
    ASSUMED,
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

HEIGHT = 280

MOST_YEARS_IN_FULL = 6
"""More fiscal years are told in short: ten stand side by side on a telephone."""

_IF_ROOM = alt.expr("datum.told || width > 36 * datum.bars ? 1 : 0")
"""How dense a number above a bar is: where there is no room for all only some are told."""

ROOM = 0.11
"""Of the height of a chart: how far words beside it are apart at least."""

DARK_SHARE = 0.55
"""Cells of the heat map from this share of the largest number on are written in white."""

SAME_EDGE: dict[str, Any] = {"minExtent": 96, "maxExtent": 96}
"""Of two charts by month, one above the other: room to the left, in which names of sites fit."""

SAME_STEPS = alt.Scale(paddingInner=0.2, paddingOuter=0.1)
"""Of the bars of one of them: their middle is that of the cells of the other."""

_WORDS = alt.Config(
    axis=alt.AxisConfig(labelColor=TEXT, labelPadding=8),
    legend=alt.LegendConfig(labelColor=TEXT),
    text=alt.MarkConfig(fontSize=12),
)
"""Words in a colour that is dark enough to read."""


def _layered(*layers: alt.Chart, height: float | alt.Step = HEIGHT) -> alt.LayerChart:
    """Draw marks over one another."""
    return alt.LayerChart(layer=layers, height=height, config=_WORDS)


# By fiscal year


def applications_by_year(table: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> Chart:
    """Draw the applications of each fiscal year, stacked by procedure.

    Args:
        table: a row per year and a column per procedure, in the order of the stack.
        notes: the lines to be written below the labels of some of the years.
    """
    years = _years(table, notes)
    last = table.iloc[-1]
    names = _beside(list(map(str, table)), last.tolist(), table.to_numpy().sum(axis=1).max())
    data = {"numbers": long(years), "totals": _totals(years), "names": names}
    return Chart(_applications_by_year(len(table.columns)), data)


@made_once
def _applications_by_year(procedures: int) -> alt.LayerChart:
    year, colour = labels(alt.X, "row"), colours(ONLINE_SHADES[::-1][:procedures])
    return _layered(
        bars(year, amounts(alt.Y, "sum(value):Q"), colour=colour),
        words("totals", year, alt.Y("value:Q"), dy=-8, opacity=_IF_ROOM),
        *_names(colour),
    )


def staffing_by_year(table: pd.DataFrame) -> Chart:
    """Draw the workers of each fiscal year: columns stock, hires and leavers, side by side."""
    numbers = long(_years(table))
    label = [wording.compact(number) for number in numbers["value"]]
    return Chart(
        _staffing_by_year(tuple(map(str, table))), {"numbers": {**numbers, "label": label}}
    )


@made_once
def _staffing_by_year(names: Sequence[str]) -> alt.LayerChart:
    place = (
        labels(alt.X, "row"),
        alt.XOffset("order:O"),
        amounts(alt.Y, "value:Q"),
    )
    shades = [COUNTER, ONLINE, ONLINE_SHADES[2]]
    return _layered(
        bars(*place, colour=colours(shades, names)),
        words("numbers", *place, dy=-8, fontSize=10),
    )


def stock(workers: pd.Series) -> Chart:
    """Draw the workers at the end of each fiscal year, small: numbers on bars, no axis.

    `workers` has the label of the year as its index.
    """
    last = len(workers) - 1
    ends = [place in {0, last} for place in range(len(workers))]
    numbers = {**_totals(_years(workers.to_frame(), most_in_full=0)), "told": ends}
    return Chart(_stock(), {"numbers": numbers})


@made_once
def _stock() -> alt.LayerChart:
    look: dict[str, Any] = {"labelFontSize": 10, "labelPadding": 2, "labelOverlap": "parity"}
    year = labels(alt.X, "row", ticks=False, domain=False, **look)
    amount = alt.Y("value:Q", title=None, axis=None, scale=alt.Scale(zero=True))
    return _layered(
        marks("numbers", "bar", year, amount, color=ONLINE),
        words("numbers", year, amount, dy=-6, fontSize=10, opacity=_IF_ROOM),
        height=70,
    )


def costs_by_year(
    table: pd.DataFrame,
    notes: Mapping[str, Sequence[str]],
    cases: Sequence[str],
    kinds: Sequence[str],
) -> Chart:
    """Draw the cost of each fiscal year, counter beside online, stacked by kind of cost.

    Args:
        table: a row per year; a column for each kind of the counter, then for each of online.
        notes: the lines to be written below the labels of some of the years.
        cases: what the two cases are called.
        kinds: what the kinds are called, as many as there are columns of a case.
    """
    return _yen_by_year(table, (*COUNTER_SHADES, *ONLINE_SHADES), notes, cases, kinds)


def fees_by_year(
    table: pd.DataFrame,
    notes: Mapping[str, Sequence[str]],
    cases: Sequence[str],
    payers: Sequence[str],
) -> Chart:
    """Draw the fees of each fiscal year, counter beside online, stacked by who pays them.

    Args:
        table: a row per year; a column for each payer at the counter, then for each online.
        notes: the lines to be written below the labels of some of the years.
        cases: what the two cases are called.
        payers: what those are called who pay, one or two.
    """
    shades = (*COUNTER_SHADES[::2][: len(payers)], *ONLINE_SHADES[::2][: len(payers)])
    return _yen_by_year(table, shades, notes, cases, payers)


def _yen_by_year(
    table: pd.DataFrame,
    shades: tuple[str, ...],
    notes: Mapping[str, Sequence[str]],
    cases: Sequence[str],
    kinds: Sequence[str],
) -> Chart:
    """Draw the yen of each fiscal year: half of the columns the counter's, half online's."""
    each = len(kinds)
    numbers = long(_years(table, notes))
    online = [order >= each for order in numbers["order"]]
    yen = table.to_numpy()
    largest = max(half.sum(axis=1).max() for half in (yen[:, :each], yen[:, each:]))
    names = _beside(kinds, yen[-1, each:].tolist(), largest, first=each)
    return Chart(
        _yen_form(shades, tuple(cases)), {"numbers": {**numbers, "online": online}, "names": names}
    )


@made_once
def _yen_form(shades: Sequence[str], cases: Sequence[str]) -> alt.LayerChart:
    place = (
        labels(alt.X, "row"),
        alt.XOffset("online:N", sort=[False, True]),
        amounts(alt.Y, "sum(value):Q"),
    )
    colour, look = colours(shades, cases), {"stroke": "white", "strokeWidth": 0.5}
    return _layered(bars(*place, colour=colour, number=WHOLE, **look), *_names(colour))


def _years(
    table: pd.DataFrame,
    notes: Mapping[str, Sequence[str]] = {},
    most_in_full: int = MOST_YEARS_IN_FULL,
) -> pd.DataFrame:
    """Name the rows of a table by their fiscal year, with notes below some of them."""
    full = len(table) <= most_in_full

    def told(year: str) -> str:
        return SOFT.join(re.findall(r"\d+|\D+", year)) if full else f"'{year[2:4]}"

    lines = ["\n".join([told(year), *notes.get(year, ())]) for year in table.index]
    return table.set_axis(lines)


def _totals(table: pd.DataFrame) -> dict[str, Any]:
    """Return a row for each of a table: its label `row`, `place`, the sum `value`, and `label`.

    Of `bars` so many the highest is `told` where there is no room for all.
    """
    totals = table.to_numpy().sum(axis=1).tolist()
    places = range(len(totals))
    return {
        "row": list(table.index),
        "value": totals,
        "label": [wording.compact(total) for total in totals],
        "place": places,
        "told": [place == totals.index(max(totals)) for place in places],
        "bars": [len(totals)] * len(totals),
    }


def _beside(
    names: Sequence[str], parts: Sequence[float], largest: float, first: int = 0
) -> dict[str, Any]:
    """Return where the names of a stack stand beside its last bar, each at its part or above.

    A row per part: `label`, `value` and `order`.

    Args:
        names: of the parts.
        parts: of the last bar, from below.
        largest: the sum of the highest bar.
        first: the order of the first part.
    """
    places: list[float] = []
    top = 0.0
    for part in parts:
        least = places[-1] + ROOM * (largest or 1) if places else 0
        places.append(max(top + part / 2, least))
        top += part
    order = range(first, first + len(places))
    return {"label": list(names), "value": places, "order": order}


def _names(shade: alt.Color) -> tuple[alt.Chart, alt.Chart]:
    """Write names beside the last bar, each with its shade."""
    height = alt.Y("value:Q")
    return (
        marks("names", "square", height, shade, x="width", xOffset=9, size=80, opacity=1),
        words("names", height, x="width", dx=18, align="left"),
    )


# What is saved


def waterfall(steps: Columns) -> Chart:
    """Draw what a sum is made of, one step beginning where the one before it ends.

    Args:
        steps: a row for each from left to right, the sum last: `row` (label), `from_yen`,
            `to_yen` and `label` (its amount).
    """
    ends = list(zip(steps["from_yen"], steps["to_yen"], strict=True))
    beside = {
        "place": range(len(ends)),
        "order": [*(int(end < begin) for begin, end in ends[:-1]), 2],
        "top_yen": list(map(max, ends)),
    }
    return Chart(_waterfall(), {"steps": {**steps, **beside}})


@made_once
def _waterfall() -> alt.LayerChart:
    step = labels(alt.X, "row")
    amount = alt.Y("from_yen:Q", title=None, axis=None, scale=alt.Scale(nice=False))
    colour = colours([POSITIVE, NEGATIVE, ONLINE])
    told = [row("row:N"), row("label:N")]
    return _layered(
        marks("steps", "bar", step, amount, alt.Y2("to_yen"), colour, tooltip=told),
        zero(alt.YDatum(0)),
        words("steps", step, alt.Y("top_yen:Q"), dy=-9, fontSize=alt.expr("width < 360 ? 11 : 13")),
    )


def savings(table: pd.DataFrame) -> Chart:
    """Draw what each of several things saves, cash and value of time stacked, the net marked.

    Args:
        table: a row for each from top to bottom, the lines of its label separated by a line feed;
            columns cash, value of time, and net, the sum of both.
    """
    *kinds, net = table
    totals = table[net].rename("value").rename_axis("row").reset_index()
    data: dict[str, Columns] = {
        "numbers": long(table[kinds]),
        "totals": totals.assign(place=totals.index),
    }
    return Chart(_savings(tuple(map(str, kinds))), data)


@made_once
def _savings(kinds: Sequence[str]) -> alt.LayerChart:
    place = (
        amounts(alt.X, "value:Q", tickCount=6),
        labels(alt.Y, "row", labelLimit=260),
    )
    colour = colours([ONLINE, ONLINE_SHADES[2]], kinds)
    return _layered(
        bars(*place, colour=colour, number=SIGNED, height=22),
        zero(alt.XDatum(0)),
        marks("totals", "tick", *place, color=TEXT, thickness=3, size=34),
        height=alt.Step(52),
    )


def _outwards(left: str, away: float = 6) -> dict[str, Any]:
    """Set words to the left of their place where an expression of Vega holds, else to the right."""
    return {
        "align": alt.expr(f"{left} ? 'right' : 'left'"),
        "dx": alt.expr(f"{left} ? -{away} : {away}"),
    }


def cumulative_saving(saving: Columns, payback: Columns, changes: Columns) -> Chart:
    """Draw the net saving added up month by month, the month of payback marked.

    Args:
        saving: columns `month` (timestamps), `yen`, the sum from the start on, and `low` and
            `high`, between which it is likely to lie.
        payback: no row, or one: `month`, `yen` and `label`.
        changes: fee changes inside the horizon, columns `month` (timestamp) and `label`.
    """
    months = len(saving["month"])
    middle = saving["month"][months // 2]
    # Words stand on the side that has room.
    marks = {
        name: {**table, "late": [month > middle for month in table["month"]]}
        for name, table in (("payback", payback), ("changes", changes))
    }
    form = _cumulative_saving(months <= 12 * MOST_YEARS_IN_FULL)
    return Chart(form, {"saving": saving, **marks})


@made_once
def _cumulative_saving(full: bool) -> alt.LayerChart:
    month = dates("month:T", "%Y" if full else "'%y", tickCount="year", grid=False)
    # Room for words below the line of 0.
    yen = amounts(alt.Y, "yen:Q", scale=alt.Scale(nice=False, padding=22))
    told = [row("month:T", "%Y-%m"), row("yen:Q", SIGNED)]
    beside = _outwards("datum.late")
    return _layered(
        marks("saving", "area", month, alt.Y("low:Q"), alt.Y2("high"), color=ONLINE, opacity=0.14),
        zero(alt.YDatum(0)),
        rule("changes", month, strokeDash=DASHES),
        words("changes", month, y=0, baseline="top", **beside),
        marks("saving", "line", month, yen, tooltip=told, color=ONLINE, strokeWidth=2.5),
        dots("payback", month, yen, color=ONLINE, size=110),
        *rimmed("payback", month, yen, dy=14, fontSize=13, **beside),
    )


# Time


def hours_by_step(table: pd.DataFrame) -> Chart:
    """Draw how many staff hours each step of the work takes, at the counter and online.

    Args:
        table: a row per step from top to bottom; columns counter and online.
    """
    numbers = long(table)
    less = table.rank(axis="columns", method="first").eq(1).to_numpy().T.ravel()
    label = [wording.compact(number) for number in numbers["value"]]
    data = {"numbers": {**numbers, "label": label, "left": less}}
    return Chart(_hours_by_step(tuple(map(str, table))), data)


@made_once
def _hours_by_step(cases: Sequence[str]) -> alt.LayerChart:
    place = (
        alt.X("value:Q", title=None, axis=None, scale=alt.Scale(padding=45)),
        labels(alt.Y, "row"),
    )
    told = [row("row:N"), row("column:N"), row("value:Q", TENTHS)]
    colour = colours([COUNTER_LINE, ONLINE], cases)
    return _layered(
        marks("numbers", "line", *place, alt.Detail("row:N"), color=COUNTER, strokeWidth=4),
        dots("numbers", *place, colour, tooltip=told, size=130),
        words("numbers", *place, **_outwards("datum.left", 10)),
        height=alt.Step(34),
    )


def schedule(tasks: pd.DataFrame, today: Columns, kinds: Sequence[str]) -> Chart:
    """Draw when each task begins and ends, with a line at the day from which it counts.

    Args:
        tasks: columns `task`, `kind` (labels), `start` and `finish` (days), in the order shown.
        today: one row, `day` and its name, `label`.
        kinds: the label of what decides the month of going live, and that of the rest.
    """
    order = tasks["kind"].map(list(kinds).index)
    data = {"tasks": tasks.assign(place=range(len(tasks)), order=order), "today": today}
    return Chart(_schedule(tuple(kinds)), data)


@made_once
def _schedule(kinds: Sequence[str]) -> alt.LayerChart:
    told = [row("task:N"), row("start:T", "%Y-%m-%d"), row("finish:T", "%Y-%m-%d")]
    place = (
        dates("start:T", "%Y-%m", tickCount="month", labelAngle=0, labelOverlap=True),
        alt.X2("finish"),
        labels(alt.Y, "task", labelLimit=220),
    )
    colour = colours([ONLINE, COUNTER], kinds, columns=1)
    day = alt.X("day:T")
    return _layered(
        marks("tasks", "bar", *place, colour, tooltip=told, height=12),
        rule("today", day, strokeDash=DASHES),
        words("today", day, y=-4, align="left", baseline="bottom"),
        height=alt.Step(24),
    )


def hours_by_month(table: pd.DataFrame, peaks: pd.DataFrame, level: pd.DataFrame) -> Chart:
    """Draw the staff hours of each month, stacked by channel, the peaks marked by a word.

    Args:
        table: a row per month, the lines of its label separated by a line feed; columns counter and
            online.
        peaks: the months that are peaks: `row` (the month's label), `value` (the hours of both
            channels) and `label`.
        level: one row, `value` (the hours above which a month is a peak) and `label`.
    """
    places = peaks["row"].map(list(table.index).index).astype(int)
    data: dict[str, Columns] = {
        "numbers": long(table),
        "peaks": peaks.assign(place=places),
        "level": level,
    }
    return Chart(_hours_by_month(tuple(map(str, table))), data)


@made_once
def _hours_by_month(channels: Sequence[str]) -> alt.LayerChart:
    month, amount = labels(alt.X, "row").scale(SAME_STEPS), alt.Y("value:Q")
    colour = colours([COUNTER, ONLINE], channels)
    return _layered(
        bars(month, amounts(alt.Y, "sum(value):Q", **SAME_EDGE), colour=colour),
        rule("level", amount, strokeDash=DASHES),
        words("peaks", month, amount, dy=-8, fontSize=11),
        words("level", amount, x="width", align="right", baseline="bottom", dx=-4, dy=-2),
        height=220,
    )


def applications_by_month_and_site(table: pd.DataFrame) -> Chart:
    """Draw how many applications each site files in each month: darker cells, with the number.

    Args:
        table: a row per site from top to bottom, a column per month; the lines of a month's label
            are separated by a line feed.
    """
    numbers = long(table)
    values = numbers["value"]
    label = [f"{value:,.1f}" if value >= LEAST_SHOWN else "" for value in values]
    dark = [value > DARK_SHARE * max(values) for value in values]
    return Chart(_filings(), {"numbers": {**numbers, "label": label, "dark": dark}})


@made_once
def _filings() -> alt.LayerChart:
    place = (
        labels(alt.X, "column", by="order", labelFlush=False),
        labels(alt.Y, "row", labelLimit=88, **SAME_EDGE),
    )
    shade = alt.Scale(range=[ONLINE_FAINT, ONLINE], domainMin=0)
    told = [row("column:N"), row("row:N"), row("value:Q", TENTHS)]
    white = {"test": {"field": "dark", "equal": True}, "value": "white"}
    ink = alt.ColorValue(TEXT, condition=white)
    colour = alt.Color("value:Q", scale=shade, legend=None)
    return _layered(
        marks("numbers", "rect", *place, colour, tooltip=told, stroke="white", strokeWidth=2),
        words("numbers", *place, ink, fontSize=11),
        height=alt.Step(24),
    )


# How sure it is


def tornado(ends: pd.DataFrame, effects: Sequence[str]) -> Chart:
    """Draw the NPV at both ends of each assumption, from where it is with all as they are.

    Args:
        ends: a row per assumption and end, widest swing first: `row` (the assumption's label),
            `base_yen`, `npv_yen`, and `label` (the value at this end, and the NPV there).
        effects: what raises the NPV is called, and what lowers it.
    """
    npv = ends["base_yen"]
    left = ends.groupby("row")["npv_yen"].rank(method="first").eq(1)
    # Both ends may lie on one side: words stand at the ends of the bar that is seen.
    least, most = ends["npv_yen"].clip(upper=npv), ends["npv_yen"].clip(lower=npv)
    places = ends["row"].map({name: place for place, name in enumerate(ends["row"].unique())})
    data = ends.assign(
        place=places,
        order=ends["npv_yen"].lt(npv).astype(int),
        left=left,
        edge_yen=least.where(left, most),
    )
    return Chart(_tornado(tuple(effects)), {"ends": data})


@made_once
def _tornado(effects: Sequence[str]) -> alt.LayerChart:
    assumption = alt.Y("row:N", sort=placed("place"), title=None, axis=None)
    # Room for the words beside the bars.
    scale = alt.Scale(zero=False, padding=125)
    amount = amounts(alt.X, "npv_yen:Q", scale=scale, tickCount=4, labelOverlap=True)
    place = (amount, alt.X2("base_yen"), assumption)
    colour = colours([POSITIVE, NEGATIVE], effects)
    told = [row("row:N"), row("label:N")]
    return _layered(
        marks("ends", "bar", *place, colour, tooltip=told, height=14, yOffset=9),
        rule("ends", alt.X("base_yen:Q")),
        words("ends", alt.X("edge_yen:Q"), assumption, dy=9, **_outwards("datum.left", 4)),
        # Above its bars rather than beside them: on a telephone there is no room for both.
        *rimmed("ends", assumption, text="row:N", x=0, align="left", dy=-9),
        height=alt.Step(40),
    )


def break_even(line: pd.DataFrame, points: pd.DataFrame) -> Chart:
    """Draw the NPV over the applications filed in a year, with the plan's own volume marked.

    Args:
        line: two rows, `applications_per_year` and `npv_yen`.
        points: one row per point marked: the same, `label`, and `plan`, whether it is the plan's.
    """
    plans = points["plan"].astype(bool)
    # Words stand on the side that has room: left of the line and above, or right and below.
    points = points.assign(
        late=points["applications_per_year"].gt(line["applications_per_year"].max() / 2)
    )
    return Chart(_break_even(), {"line": line, "plan": points[plans], "zero": points[~plans]})


@made_once
def _break_even() -> alt.LayerChart:
    place = (
        amounts(alt.X, "applications_per_year:Q", grid=False),
        amounts(alt.Y, "npv_yen:Q", scale=alt.Scale(padding=20)),
    )
    layers = [zero(alt.YDatum(0)), marks("line", "line", *place, color=ONLINE, strokeWidth=2.5)]
    beside = {**_outwards("datum.late", 0), "dy": alt.expr("datum.late ? -16 : 20")}
    for name, colour, shape in (("plan", ONLINE, "circle"), ("zero", TEXT, "diamond")):
        layers += [
            dots(name, *place, color=colour, shape=shape, size=130),
            *rimmed(name, *place, fontSize=13, **beside),
        ]
    return _layered(*layers)


def simulation(ranges: pd.DataFrame, percentiles: pd.DataFrame, signs: Sequence[str]) -> Chart:
    """Draw how often the NPV lies in each range, with the percentiles marked.

    Args:
        ranges: one row for each: `from_yen`, `to_yen`, `draws`, and `sign`, whether it pays
            (labels).
        percentiles: one row for each: `npv_yen` and `label`; the labels stand above the bars.
        signs: the label of what pays, and of what does not.
    """
    order = ranges["sign"].map(list(signs).index)
    # One above the other and above the bars: percentiles may lie close together.
    above = range(-18 * len(percentiles), 0, 18)
    late = percentiles["npv_yen"].gt(0.6 * ranges["from_yen"].min() + 0.4 * ranges["to_yen"].max())
    data = {
        "ranges": ranges.assign(order=order),
        "percentiles": percentiles.assign(above=above, late=late),
    }
    return Chart(_simulation(tuple(signs), len(percentiles)), data)


@made_once
def _simulation(signs: Sequence[str], percentiles: int) -> alt.LayerChart:
    scale = alt.Scale(zero=False)
    told = [row("from_yen:Q", SIGNED), row("to_yen:Q", SIGNED), row("draws:Q", WHOLE)]
    extent = (
        amounts(alt.X, "from_yen:Q", scale=scale, tickCount=6, grid=False, labelOverlap=True),
        alt.X2("to_yen"),
        amounts(alt.Y, "draws:Q"),
        # Two ends of either axis leave a bar no direction of its own.
        alt.Y2Datum(0),
    )
    colour, place = (
        colours([POSITIVE, NEGATIVE], signs, orient="bottom", columns=1),
        alt.X("npv_yen:Q"),
    )
    look = {**_outwards("datum.late", 4), "y": alt.expr("datum.above"), "baseline": "top"}
    return _layered(
        marks("ranges", "bar", *extent, colour, tooltip=told, stroke="white", strokeWidth=1),
        rule("percentiles", place, color="white", strokeWidth=3),
        rule("percentiles", place, strokeDash=DASHES),
        words("percentiles", place, dy=2, **look),
        height=HEIGHT + 18 * percentiles,
    )


def fee_change(fees: pd.DataFrame) -> Chart:
    """Draw the fees of each band as a way from the old to the new, a line for each channel.

    Args:
        fees: a row per channel and band: `band` and `channel` (labels), `before` and `after` (yen).
    """
    channels = tuple(fees["channel"].unique())
    told = fees.assign(
        told=[
            f"{channel} {before:,}→{after:,}"
            for channel, before, after in zip(
                fees["channel"], fees["before"], fees["after"], strict=True
            )
        ]
    )
    lines = told.groupby("band", sort=False)["told"].agg("\n".join)
    data = fees.assign(
        row=[f"{band}\n{lines[band]}" for band in fees["band"]],
        place=fees["band"].map({band: place for place, band in enumerate(lines.index)}),
        order=fees["channel"].map(channels.index),
    )
    return Chart(_fee_change(channels), {"fees": data})


@made_once
def _fee_change(channels: Sequence[str]) -> alt.LayerChart:
    place = (
        labels(alt.Y, "row", labelLimit=260, labelLineHeight=16),
        alt.YOffset("order:N", scale=alt.Scale(paddingOuter=1)),
        colours([COUNTER_LINE, ONLINE], channels),
    )
    told = [row("band:N"), row("channel:N"), row("before:Q", WHOLE), row("after:Q", WHOLE)]
    before, after = amounts(alt.X, "before:Q", tickCount=4), alt.X("after:Q")
    return _layered(
        marks("fees", "rule", before, alt.X2("after"), *place, strokeWidth=3),
        marks("fees", "point", before, *place, filled=False, fill="white", size=50, opacity=1),
        dots("fees", after, *place, tooltip=told, size=110),
        height=alt.Step(60, **{"for": "position"}),
    )


def grounds(counts: pd.DataFrame, told: Sequence[str]) -> Chart:
    """Draw how many numbers of each kind stand on what, a stacked bar for each kind.

    Args:
        counts: kinds × degrees of confidence, the surest first.
        told: of each kind, what its bar is made of.
    """
    kinds = {"row": list(counts.index), "place": range(len(counts)), "label": told}
    return Chart(_grounds(), {"numbers": long(counts), "kinds": kinds})


@made_once
def _grounds() -> alt.LayerChart:
    kind = alt.Y("row:N", sort=placed("place"), title=None, axis=None)
    count = alt.X("value:Q", title=None, axis=None, scale=alt.Scale(nice=False))
    colour = colours([*ONLINE_SHADES, ASSUMED])
    return _layered(
        bars(count, kind, colour=colour, number=WHOLE, height=18, yOffset=11),
        words("kinds", kind, x=0, align="left", dy=-11, fontSize=15),
        height=alt.Step(52),
    )
