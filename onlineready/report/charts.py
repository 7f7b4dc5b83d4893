"""One function per chart: a tidy frame in, an Altair chart out. Titles stand beside it as text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from onlineready.report.palette import (
    COUNTER,
    COUNTER_SHADES,
    NEGATIVE,
    ONLINE,
    ONLINE_SHADES,
    POSITIVE,
    TEXT,
)

HEIGHT = 300
_LINES = "split(datum.label, '\\n')"
"""A label on as many lines as it has, for Vega."""

_SHORT = ",~f"
"""Numbers on an axis without zeros at their end, also where there is nothing but 0."""

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


def applications_by_year(
    volume: pd.DataFrame, procedures: Sequence[str], notes: Mapping[str, Sequence[str]]
) -> Chart:
    """Draw the applications of each fiscal year, stacked by procedure.

    Args:
        volume: columns `year` and `procedure` (labels), `order` (of the procedure in the stack)
            and `applications`.
        procedures: the labels in the order of the stack.
        notes: the lines to be written below the labels of some of the years.
    """
    years = _years(volume, notes)
    bars = (
        alt.Chart(volume)
        .mark_bar()
        .encode(
            x=years,
            y=alt.Y(
                field="applications",
                type="quantitative",
                aggregate="sum",
                title=None,
                axis=alt.Axis(format=_SHORT),
            ),
            color=alt.Color(
                field="procedure",
                type="nominal",
                scale=alt.Scale(domain=list(procedures), range=list(reversed(ONLINE_SHADES))),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            order=alt.Order(field="order", type="quantitative"),
            tooltip=[
                alt.Tooltip(field="year", type="nominal", title=" "),
                alt.Tooltip(field="procedure", type="nominal", title=" "),
                alt.Tooltip(field="applications", type="quantitative", format=",.1f", title=" "),
            ],
        )
    )
    totals = volume.groupby("year", sort=False)["applications"].sum().reset_index()
    numbers = (
        alt.Chart(totals)
        .mark_text(dy=-8, color=TEXT)
        .encode(
            x=years,
            y=alt.Y(field="applications", type="quantitative"),
            text=alt.Text(field="applications", type="quantitative", format=",.1f"),
        )
    )
    return _layered(bars, numbers)


def staffing_by_year(staffing: pd.DataFrame, series: Sequence[str]) -> Chart:
    """Draw the stock, hires and leavers of each fiscal year beside one another.

    Args:
        staffing: columns `year` and `series` (labels) and `workers`.
        series: the labels of stock, hires and leavers.
    """
    years = _years(staffing, {})
    order = alt.XOffset(field="series", type="nominal", sort=list(series))
    amount = alt.Y(field="workers", type="quantitative", title=None)
    bars = (
        alt.Chart(staffing)
        .mark_bar()
        .encode(
            x=years,
            xOffset=order,
            y=amount,
            color=alt.Color(
                field="series",
                type="nominal",
                scale=alt.Scale(domain=list(series), range=[COUNTER, ONLINE, ONLINE_SHADES[2]]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip(field="year", type="nominal", title=" "),
                alt.Tooltip(field="series", type="nominal", title=" "),
                alt.Tooltip(field="workers", type="quantitative", format=",.1f", title=" "),
            ],
        )
    )
    numbers = (
        alt.Chart(staffing)
        .mark_text(dy=-8, color=TEXT, fontSize=10)
        .encode(
            x=years,
            xOffset=order,
            y=amount,
            text=alt.Text(field="workers", type="quantitative", format=",.1f"),
        )
    )
    return _layered(bars, numbers)


def costs_by_year(
    costs: pd.DataFrame, series: Sequence[str], notes: Mapping[str, Sequence[str]]
) -> Chart:
    """Draw the cost of each fiscal year, counter beside online, stacked by kind of cost.

    Args:
        costs: columns `year` (label), `case`, `series` (case and kind of cost in words), `order`
            (of the kind in the stack) and `yen`.
        series: the words of the series: the kinds of the counter, then those of online.
        notes: the lines to be written below the labels of some of the years.
    """
    return _yen_by_year(costs, series, [*COUNTER_SHADES, *ONLINE_SHADES], notes)


def fees_by_year(
    fees: pd.DataFrame, series: Sequence[str], notes: Mapping[str, Sequence[str]]
) -> Chart:
    """Draw the fees of each fiscal year, counter beside online, stacked by who pays them.

    Args:
        fees: columns `year` (label), `case`, `series` (case and payer in words), `order` (of the
            payer in the stack) and `yen`.
        series: the words of the series: company and worker at the counter, then online; or, where
            one of them pays all, counter and online.
        notes: the lines to be written below the labels of some of the years.
    """
    shades = [COUNTER, ONLINE]
    if len(series) > len(shades):
        shades = [COUNTER_SHADES[0], COUNTER_SHADES[2], ONLINE_SHADES[0], ONLINE_SHADES[2]]
    return _yen_by_year(fees, series, shades, notes)


def _yen_by_year(
    yen: pd.DataFrame,
    series: Sequence[str],
    shades: Sequence[str],
    notes: Mapping[str, Sequence[str]],
) -> Chart:
    """Draw the yen of each fiscal year, counter beside online, each stacked by series."""
    bars = (
        alt.Chart(yen)
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=_years(yen, notes),
            xOffset=alt.XOffset(field="case", type="nominal", sort=_in_order(yen["case"])),
            y=alt.Y(
                field="yen",
                type="quantitative",
                aggregate="sum",
                title=None,
                axis=alt.Axis(format=",.0f"),
            ),
            color=alt.Color(
                field="series",
                type="nominal",
                scale=alt.Scale(domain=list(series), range=list(shades)),
                legend=alt.Legend(title=None, orient="bottom", columns=2, values=_in_pairs(series)),
            ),
            order=alt.Order(field="order", type="quantitative"),
            tooltip=[
                alt.Tooltip(field="year", type="nominal", title=" "),
                alt.Tooltip(field="series", type="nominal", title=" "),
                alt.Tooltip(field="yen", type="quantitative", format=",.0f", title=" "),
            ],
        )
    )
    return _layered(bars)


def savings(savings: pd.DataFrame, totals: pd.DataFrame, kinds: Sequence[str]) -> Chart:
    """Draw what each of several things saves, cash and value of time stacked, the net marked.

    Args:
        savings: columns `row` (label, its lines separated by a line feed), `kind` (label) and
            `yen`; the rows from top to bottom.
        totals: columns `row` and `yen`, the sum of both kinds.
        kinds: the labels of cash and value of time.
    """
    row = alt.Y(
        field="row",
        type="nominal",
        sort=_in_order(savings["row"]),
        title=None,
        axis=alt.Axis(labelLimit=260, labelOverlap=False, labelExpr=_LINES),
    )
    scale = alt.Axis(format=",.0f", tickCount=6)
    amount = alt.X(field="yen", type="quantitative", title=None, axis=scale)
    bars = (
        alt.Chart(savings)
        .mark_bar(height=22)
        .encode(
            x=amount,
            y=row,
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=list(kinds), range=[ONLINE, ONLINE_SHADES[2]]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip(field="row", type="nominal", title=" "),
                alt.Tooltip(field="kind", type="nominal", title=" "),
                alt.Tooltip(field="yen", type="quantitative", format="+,.0f", title=" "),
            ],
        )
    )
    net = alt.Chart(totals).mark_tick(color=TEXT, thickness=3, size=34).encode(x=amount, y=row)
    zero = alt.Chart(pd.DataFrame({"yen": [0]})).mark_rule(color=TEXT)
    zero = zero.encode(x=alt.X(field="yen", type="quantitative"))
    return _layered(bars, zero, net, height=alt.Step(52))


def _in_pairs(series: Sequence[str]) -> list[str]:
    """Return the series of the counter, each followed by its counterpart online."""
    half = len(series) // 2
    return [name for pair in zip(series[:half], series[half:], strict=True) for name in pair]


def cumulative_saving(saving: pd.DataFrame, payback: pd.DataFrame, changes: pd.DataFrame) -> Chart:
    """Draw the net saving added up month by month, the month of payback marked.

    Args:
        saving: columns `month` (timestamp) and `yen`, the sum from the start on.
        payback: no row, or one: `month`, `yen` and `label`.
        changes: fee changes inside the horizon, columns `month` (timestamp) and `label`.
    """
    month = alt.X(
        field="month",
        type="temporal",
        title=None,
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )
    line = (
        alt.Chart(saving)
        .mark_line(color=ONLINE, strokeWidth=2.5)
        .encode(
            x=month,
            y=alt.Y(field="yen", type="quantitative", title=None, axis=alt.Axis(format=",.0f")),
            tooltip=[
                alt.Tooltip(field="month", type="temporal", format="%Y-%m", title=" "),
                alt.Tooltip(field="yen", type="quantitative", format="+,.0f", title=" "),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"yen": [0]})).mark_rule(color=TEXT)
    zero = zero.encode(y=alt.Y(field="yen", type="quantitative"))
    point = alt.Chart(payback).mark_point(color=ONLINE, size=110, filled=True, opacity=1)
    point = point.encode(x=month, y=alt.Y(field="yen", type="quantitative"))
    label = alt.Chart(payback).encode(
        x=month,
        y=alt.Y(field="yen", type="quantitative"),
        text=alt.Text(field="label", type="nominal"),
    )
    words = label.mark_text(align="left", dx=10, dy=-12, fontSize=13, color=TEXT)
    # A white rim keeps the words readable where the line runs behind them.
    rim = label.mark_text(
        align="left", dx=10, dy=-12, fontSize=13, color="white", stroke="white", strokeWidth=5
    )
    rule = alt.Chart(changes).mark_rule(color=TEXT, strokeDash=[4, 4]).encode(x=month)
    change = alt.Chart(changes).mark_text(align="left", dx=4, baseline="top", color=TEXT)
    change = change.encode(x=month, y=alt.value(0), text=alt.Text(field="label", type="nominal"))
    return _layered(zero, rule, change, line, point, rim, words)


def hours_by_task(hours: pd.DataFrame, tasks: Sequence[str], cases: Sequence[str]) -> Chart:
    """Draw the staff hours of each task, counter beside online.

    Args:
        hours: columns `task` and `case` (labels) and `hours`.
        tasks: the labels of the tasks from top to bottom.
        cases: the labels of counter and online.
    """
    task = alt.Y(
        field="task",
        type="nominal",
        sort=list(tasks),
        title=None,
        axis=alt.Axis(labelLimit=220, labelOverlap=False),
    )
    case = alt.YOffset(field="case", type="nominal", sort=list(cases))
    amount = alt.X(field="hours", type="quantitative", title=None, axis=alt.Axis(format=_SHORT))
    bars = (
        alt.Chart(hours)
        .mark_bar()
        .encode(
            x=amount,
            y=task,
            yOffset=case,
            color=alt.Color(
                field="case",
                type="nominal",
                scale=alt.Scale(domain=list(cases), range=[COUNTER, ONLINE]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip(field="task", type="nominal", title=" "),
                alt.Tooltip(field="case", type="nominal", title=" "),
                alt.Tooltip(field="hours", type="quantitative", format=",.1f", title=" "),
            ],
        )
    )
    numbers = (
        alt.Chart(hours)
        .mark_text(align="left", dx=3, color=TEXT, fontSize=10)
        .encode(
            x=amount,
            y=task,
            yOffset=case,
            text=alt.Text(field="hours", type="quantitative", format=",.1f"),
        )
    )
    return _layered(bars, numbers, height=alt.Step(13))


def schedule(tasks: pd.DataFrame, today: pd.DataFrame, kinds: Sequence[str]) -> Chart:
    """Draw when each step begins and ends, with a line at the day from which it counts.

    Args:
        tasks: columns `task`, `kind` (labels), `start` and `finish` (days), in the order shown.
        today: one row, `day`.
        kinds: the label of what decides the month of going live, and that of the rest.
    """
    days = alt.Axis(format="%Y-%m", tickCount="month", labelAngle=0, labelOverlap=True)
    bars = (
        alt.Chart(tasks)
        .mark_bar(height=12)
        .encode(
            x=alt.X(field="start", type="temporal", title=None, axis=days),
            x2=alt.X2(field="finish"),
            y=alt.Y(
                field="task",
                type="nominal",
                sort=_in_order(tasks["task"]),
                title=None,
                axis=alt.Axis(labelLimit=290, labelOverlap=False),
            ),
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=list(kinds), range=[ONLINE, COUNTER]),
                legend=alt.Legend(title=None, orient="bottom", columns=1),
            ),
            tooltip=[
                alt.Tooltip(field="task", type="nominal", title=" "),
                alt.Tooltip(field="start", type="temporal", format="%Y-%m-%d", title=" "),
                alt.Tooltip(field="finish", type="temporal", format="%Y-%m-%d", title=" "),
            ],
        )
    )
    line = alt.Chart(today).mark_rule(color=TEXT, strokeDash=[4, 4])
    line = line.encode(x=alt.X(field="day", type="temporal"))
    return _layered(bars, line, height=alt.Step(24))


def tornado(bars: pd.DataFrame, base: pd.DataFrame, ends: Sequence[str]) -> Chart:
    """Draw the NPV at both ends of each assumption, from where it is with all as they are.

    Args:
        bars: one row per assumption and end: `assumption` and `end` (labels), `base_yen`,
            `npv_yen`, `label` (the value at this end, and the NPV there) and `left`, whether the
            bar goes to the left; widest swing first.
        base: one row, `npv_yen`.
        ends: the labels of the low end and of the high end.
    """
    order = _in_order(bars["assumption"])
    assumption = alt.Y(field="assumption", type="nominal", sort=order, title=None, axis=None)
    amount = alt.X(
        field="npv_yen",
        type="quantitative",
        title=None,
        # Room for the words beside the bars.
        scale=alt.Scale(zero=False, padding=125),
        axis=alt.Axis(format=",.0f", tickCount=4, labelOverlap=True),
    )
    drawn = (
        alt.Chart(bars)
        .mark_bar(height=14, yOffset=9)
        .encode(
            x=amount,
            x2=alt.X2(field="base_yen"),
            y=assumption,
            color=alt.Color(
                field="end",
                type="nominal",
                scale=alt.Scale(domain=list(ends), range=[COUNTER, ONLINE]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip(field="assumption", type="nominal", title=" "),
                alt.Tooltip(field="label", type="nominal", title=" "),
            ],
        )
    )
    words = [
        alt.Chart(bars[bars["left"].eq(left)])
        .mark_text(align="right" if left else "left", dx=-4 if left else 4, dy=9, color=TEXT)
        .encode(x=amount, y=assumption, text=alt.Text(field="label", type="nominal"))
        for left in (True, False)
    ]
    # Above its bars rather than beside them: on a telephone there is no room for both.
    named = alt.Chart(bars.drop_duplicates("assumption"))
    names = named.mark_text(align="left", dy=-9, color=TEXT, fontSize=12).encode(
        x=alt.value(0), y=assumption, text=alt.Text(field="assumption", type="nominal")
    )
    rule = alt.Chart(base).mark_rule(color=TEXT).encode(x=amount)
    return _layered(drawn, rule, *words, names, height=alt.Step(40))


def break_even(line: pd.DataFrame, points: pd.DataFrame) -> Chart:
    """Draw the NPV over the applications filed in a year, with the plan's own volume marked.

    Args:
        line: two rows, `applications_per_year` and `npv_yen`.
        points: one row per point marked: the same, `label`, and `plan`, whether it is the plan's.
    """
    x = alt.X(
        field="applications_per_year",
        type="quantitative",
        title=None,
        axis=alt.Axis(format=",.0f", grid=False),
    )
    y = alt.Y(
        field="npv_yen",
        type="quantitative",
        title=None,
        scale=alt.Scale(padding=20),
        axis=alt.Axis(format=",.0f"),
    )
    drawn = alt.Chart(line).mark_line(color=ONLINE, strokeWidth=2.5).encode(x=x, y=y)
    zero = alt.Chart(pd.DataFrame({"npv_yen": [0]})).mark_rule(color=TEXT).encode(y=y)
    layers: list[alt.Chart] = [zero, drawn]
    for plan, shape, dy in ((True, "circle", -16), (False, "diamond", 20)):
        marked = points[points["plan"].eq(plan)]
        point = alt.Chart(marked).mark_point(
            shape=shape, size=130, filled=True, opacity=1, color=ONLINE if plan else TEXT
        )
        layers.append(point.encode(x=x, y=y))
        label = alt.Text(field="label", type="nominal")
        for options in ({"color": "white", "stroke": "white", "strokeWidth": 5}, {"color": TEXT}):
            words = alt.Chart(marked).mark_text(
                align="right" if plan else "left", dy=dy, fontSize=13, **options
            )
            layers.append(words.encode(x=x, y=y, text=label))
    return _layered(*layers)


def simulation(bars: pd.DataFrame, marks: pd.DataFrame, signs: Sequence[str]) -> Chart:
    """Draw how often the NPV lies in each range, with the percentiles marked.

    Args:
        bars: one row per range: `from_yen`, `to_yen`, `draws`, and `sign`, whether it pays
            (labels).
        marks: one row per percentile: `npv_yen` and `label`; the labels stand above the bars.
        signs: the label of what pays, and of what does not.
    """
    x = alt.X(
        field="from_yen",
        type="quantitative",
        title=None,
        scale=alt.Scale(zero=False),
        axis=alt.Axis(format=",.0f", tickCount=6, grid=False, labelOverlap=True),
    )
    drawn = (
        alt.Chart(bars)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=x,
            x2=alt.X2(field="to_yen"),
            y=alt.Y(field="draws", type="quantitative", title=None, axis=alt.Axis(format=",.0f")),
            # Two ends of either axis leave a bar no direction of its own.
            y2=alt.Y2(datum=0),
            color=alt.Color(
                field="sign",
                type="nominal",
                scale=alt.Scale(domain=list(signs), range=[POSITIVE, NEGATIVE]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip(field="from_yen", type="quantitative", format="+,.0f", title=" "),
                alt.Tooltip(field="to_yen", type="quantitative", format="+,.0f", title=" "),
                alt.Tooltip(field="draws", type="quantitative", format=",.0f", title=" "),
            ],
        )
    )
    place = alt.X(field="npv_yen", type="quantitative")
    rim = alt.Chart(marks).mark_rule(color="white", strokeWidth=3).encode(x=place)
    rules = alt.Chart(marks).mark_rule(color=TEXT, strokeDash=[4, 4]).encode(x=place)
    layers: list[alt.Chart] = [drawn, rim, rules]
    for row in range(len(marks)):
        mark = alt.Chart(marks.iloc[[row]])
        words = mark.mark_text(align="left", dx=4, dy=2, baseline="top", color=TEXT)
        label = alt.Text(field="label", type="nominal")
        # One above the other and above the bars: percentiles may lie close together.
        layers.append(words.encode(x=place, y=alt.value(-18 * (len(marks) - row)), text=label))
    return _layered(*layers, height=HEIGHT + 18 * len(marks))


def fee_history(fees: pd.DataFrame, last: pd.DataFrame, channels: Sequence[str]) -> Chart:
    """Draw the fee of each band over the months of acceptance, counter against online.

    Args:
        fees: columns `accepted_from` (timestamp), `line` (one for each band and channel),
            `channel` (label) and `yen`.
        last: the newest fee of each band at the counter: `accepted_from` (where the lines end),
            `yen` and `label`.
        channels: the labels of counter and online.
    """
    month = alt.X(
        field="accepted_from",
        type="temporal",
        title=None,
        axis=alt.Axis(format="%Y-%m", grid=False, labelOverlap=True),
    )
    yen = alt.Y(field="yen", type="quantitative", title=None, axis=alt.Axis(format=",.0f"))
    lines = (
        alt.Chart(fees)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=month,
            y=yen,
            detail=alt.Detail(field="line", type="nominal"),
            color=alt.Color(
                field="channel",
                type="nominal",
                scale=alt.Scale(domain=list(channels), range=["#767676", ONLINE]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            strokeDash=alt.StrokeDash(
                field="channel",
                type="nominal",
                scale=alt.Scale(domain=list(channels), range=[[6, 3], [1, 0]]),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip(field="line", type="nominal", title=" "),
                alt.Tooltip(field="accepted_from", type="temporal", format="%Y-%m", title=" "),
                alt.Tooltip(field="yen", type="quantitative", format=",.0f", title=" "),
            ],
        )
    )
    words = (
        alt.Chart(last)
        .mark_text(align="left", dx=6, color=TEXT)
        .encode(x=month, y=yen, text=alt.Text(field="label", type="nominal"))
    )
    return _layered(lines, words, height=420)


def _in_order(labels: pd.Series) -> list[str]:
    """Return the labels of an axis in the order in which the rows have them.

    Named to the browser one by one: it keeps a chart of which only the data changes, and would set
    what is new behind what it knows.
    """
    return list(dict.fromkeys(labels))


def _months(rows: pd.DataFrame) -> alt.X:
    axis = alt.Axis(
        labelAngle=0,
        labelOverlap=False,
        labelFlush=False,
        labelAlign="center",
        labelExpr=_LINES,
    )
    order = _in_order(rows["month"])
    return alt.X(field="month", type="nominal", sort=order, title=None, axis=axis)


def _years(rows: pd.DataFrame, notes: Mapping[str, Sequence[str]]) -> alt.X:
    """Set the years of the rows side by side, notes below the labels of some of them.

    The notes are no part of the labels: a year is the same year with and without them.
    """
    lines = json.dumps({year: [year, *below] for year, below in notes.items()}, ensure_ascii=False)
    axis = alt.Axis(
        labelAngle=0, labelOverlap=False, labelExpr=f"{lines}[datum.label] || datum.label"
    )
    order = _in_order(rows["year"])
    return alt.X(field="year", type="nominal", sort=order, title=None, axis=axis)


def _layered(*layers: alt.Chart, height: float | alt.Step = HEIGHT) -> Chart:
    return Chart(layer=layers, height=height, config=_WORDS)


def applications_by_month_and_site(filings: pd.DataFrame, sites: Sequence[str]) -> Chart:
    """Draw how many applications each site files in each month: darker cells, with the number.

    Args:
        filings: columns `month` (label, its lines separated by a line feed), `site` (label),
            `applications`, `number` (as it is written, empty for none) and `dark` (whether the
            cell is so dark that its number is written in white).
        sites: the labels of the sites from top to bottom.
    """
    month = _months(filings)
    site = alt.Y(
        field="site",
        type="nominal",
        sort=list(sites),
        title=None,
        axis=alt.Axis(labelLimit=110, labelOverlap=False, labelFlush=False),
    )
    cells = (
        alt.Chart(filings)
        .mark_rect(stroke="white", strokeWidth=2)
        .encode(
            x=month,
            y=site,
            color=alt.Color(
                field="applications",
                type="quantitative",
                scale=alt.Scale(range=["#F1F3FB", ONLINE], domainMin=0),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip(field="month", type="nominal", title=" "),
                alt.Tooltip(field="site", type="nominal", title=" "),
                alt.Tooltip(field="applications", type="quantitative", format=",.1f", title=" "),
            ],
        )
    )
    numbers = (
        alt.Chart(filings)
        .mark_text(fontSize=11)
        .encode(
            x=month,
            y=site,
            text=alt.Text(field="number", type="nominal"),
            color=alt.when(alt.FieldEqualPredicate(field="dark", equal=True))
            .then(alt.value("white"))
            .otherwise(alt.value(TEXT)),
        )
    )
    return _layered(cells, numbers, height=alt.Step(34))


def hours_by_month(
    hours: pd.DataFrame, peaks: pd.DataFrame, level: pd.DataFrame, channels: Sequence[str]
) -> Chart:
    """Draw the staff hours of each month, stacked by channel, the peaks marked by a word.

    Args:
        hours: columns `month` (label, as above), `channel` (label), `order` (of the channel in the
            stack) and `hours`.
        peaks: the months that are peaks: `month`, `hours` (of both channels) and `label`.
        level: one row, `hours` above which a month is a peak, and `label`.
        channels: the labels of counter and online.
    """
    month = _months(hours)
    bars = (
        alt.Chart(hours)
        .mark_bar()
        .encode(
            x=month,
            y=alt.Y(field="hours", type="quantitative", aggregate="sum", title=None),
            color=alt.Color(
                field="channel",
                type="nominal",
                scale=alt.Scale(domain=list(channels), range=[COUNTER, ONLINE]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
            order=alt.Order(field="order", type="quantitative"),
            tooltip=[
                alt.Tooltip(field="month", type="nominal", title=" "),
                alt.Tooltip(field="channel", type="nominal", title=" "),
                alt.Tooltip(field="hours", type="quantitative", format=",.1f", title=" "),
            ],
        )
    )
    amount = alt.Y(field="hours", type="quantitative")
    words = alt.Chart(peaks).mark_text(dy=-8, color=TEXT, fontSize=11)
    words = words.encode(x=month, y=amount, text=alt.Text(field="label", type="nominal"))
    rule = alt.Chart(level).mark_rule(color=TEXT, strokeDash=[4, 4]).encode(y=amount)
    name = alt.Chart(level).mark_text(align="right", baseline="bottom", dx=-4, dy=-2, color=TEXT)
    name = name.encode(x=alt.value("width"), y=amount, text=alt.Text(field="label", type="nominal"))
    return _layered(bars, rule, words, name)
