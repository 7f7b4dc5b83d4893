"""One function per chart: a tidy frame in, an Altair chart out. Titles stand beside it as text."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from onlineready.palette import COUNTER, COUNTER_SHADES, ONLINE, ONLINE_SHADES, TEXT

HEIGHT = 300

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def applications_by_year(volume: pd.DataFrame, procedures: Sequence[str]) -> Chart:
    """Draw the applications of each fiscal year, stacked by procedure.

    Args:
        volume: columns `year` (label, its lines separated by a line feed), `procedure` (label),
            `order` (of the procedure in the stack) and `applications`.
        procedures: the labels in the order of the stack.
    """
    bars = (
        alt.Chart(volume)
        .mark_bar()
        .encode(
            x=_years(),
            y=alt.Y(field="applications", type="quantitative", aggregate="sum", title=None),
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
            x=_years(),
            y=alt.Y(field="applications", type="quantitative"),
            text=alt.Text(field="applications", type="quantitative", format=",.1f"),
        )
    )
    return _finished(alt.layer(bars, numbers))


def staffing_by_year(staffing: pd.DataFrame, series: Sequence[str]) -> Chart:
    """Draw the stock, hires and leavers of each fiscal year beside one another.

    Args:
        staffing: columns `year` and `series` (labels) and `workers`.
        series: the labels of stock, hires and leavers.
    """
    order = alt.XOffset(field="series", type="nominal", sort=list(series))
    amount = alt.Y(field="workers", type="quantitative", title=None)
    bars = (
        alt.Chart(staffing)
        .mark_bar()
        .encode(
            x=_years(),
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
            x=_years(),
            xOffset=order,
            y=amount,
            text=alt.Text(field="workers", type="quantitative", format=",.1f"),
        )
    )
    return _finished(alt.layer(bars, numbers))


def costs_by_year(costs: pd.DataFrame, series: Sequence[str]) -> Chart:
    """Draw the cost of each fiscal year, counter beside online, stacked by kind of cost.

    Args:
        costs: columns `year` (as above), `case`, `series` (case and kind of cost in words),
            `order` (of the kind in the stack) and `yen`.
        series: the words of the series: the kinds of the counter, then those of online.
    """
    shades = alt.Scale(domain=list(series), range=[*COUNTER_SHADES, *ONLINE_SHADES])
    chart: alt.Chart = (
        alt.Chart(costs)
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=_years(),
            xOffset=alt.XOffset(field="case", type="nominal", sort=None),
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
                scale=shades,
                legend=alt.Legend(title=None, orient="bottom", columns=3, labelFontSize=12),
            ),
            order=alt.Order(field="order", type="quantitative"),
            tooltip=[
                alt.Tooltip(field="year", type="nominal", title=" "),
                alt.Tooltip(field="series", type="nominal", title=" "),
                alt.Tooltip(field="yen", type="quantitative", format=",.0f", title=" "),
            ],
        )
    )
    return _finished(chart)


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
    return _finished(alt.layer(zero, rule, change, line, point, rim, words))


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
    amount = alt.X(field="hours", type="quantitative", title=None)
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
    return _finished(alt.layer(bars, numbers)).properties(height=alt.Step(13))


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
                sort=None,
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
    return _finished(alt.layer(bars, line)).properties(height=alt.Step(24))


def _years() -> alt.X:
    axis = alt.Axis(labelAngle=0, labelOverlap=False, labelExpr="split(datum.label, '\\n')")
    return alt.X(field="year", type="nominal", sort=None, title=None, axis=axis)


def _finished(chart: Chart) -> Chart:
    """Give the chart its height, and its words a colour that is dark enough to read."""
    drawn: Chart = chart.properties(height=HEIGHT).configure(
        axis=alt.AxisConfig(labelColor=TEXT), legend=alt.LegendConfig(labelColor=TEXT)
    )
    return drawn
