"""What is said in a meeting, as plain data: page, PDF and PowerPoint only lay it out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from onlineready.report.findings import PointLabel
from onlineready.report.stamp import Stamp


class ChartKind(StrEnum):
    """How a chart of a slide is drawn."""

    STACKED = "stacked"
    CLUSTERED = "clustered"
    LINE = "line"


class SlideChart(NamedTuple):
    """A chart as numbers, to be drawn natively, and as a Vega-Lite document, to be drawn anywhere.

    Attributes:
        kind: how it is drawn.
        measure: what is measured, in which unit.
        alt: a sentence for those who do not see it.
        table: its numbers: a row for each label along the axis, months where it is a line, and a
            column for each series.
        colours: of the series.
        number_format: how a spreadsheet writes the values.
        point: what is said at a point of the line, if anything.
        spec: the same chart for Vega-Lite, without width and height.
    """

    kind: ChartKind
    measure: str
    alt: str
    table: pd.DataFrame
    colours: tuple[str, ...]
    number_format: str
    point: PointLabel | None = None
    spec: Mapping[str, Any] = {}


class Metric(NamedTuple):
    """A figure large enough to be read from the back of a room; a loss is told by colour too."""

    label: str
    value: str
    loss: bool = False


class Table(NamedTuple):
    """A table of words; the last `numbers` columns hold numbers and are set to the right.

    `alt` is a sentence for those who do not see it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int
    alt: str


class Slide(NamedTuple):
    """One screen with one message.

    Attributes:
        title: the finding, with its number.
        lead: what the screen is about: measure, period, conditions.
        metrics: at most four large figures.
        points: at most five sentences.
        figure: a chart.
        table: a table.
        notes: what the speaker may be asked, and the sources.
    """

    title: str
    lead: str
    metrics: tuple[Metric, ...] = ()
    points: tuple[str, ...] = ()
    figure: SlideChart | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()


class Box(NamedTuple):
    """One line to be ticked off.

    Attributes:
        label: what has to be done.
        ticked: whether it is done, or does not apply.
        status: how far it is, in words.
        due: the day by which it is expected to be done, or empty.
        done_on: the day on which it was done, or empty.
    """

    label: str
    ticked: bool
    status: str
    due: str
    done_on: str


class Section(NamedTuple):
    """The lines of one stage."""

    title: str
    boxes: tuple[Box, ...]


class Sheet(NamedTuple):
    """The checklist of one officer."""

    title: str
    summary: str
    sections: tuple[Section, ...]


class Briefing(NamedTuple):
    """Everything that is shown and handed out in a meeting, of one result.

    Attributes:
        subject: what it is about.
        question: what is to be decided.
        slides: the six screens: answer, volume, cost, payback, readiness, decision.
        risks: what could make the answer wrong.
        assumptions: every assumption.
        tasks: minutes and yen of every task.
        sheets: the checklist of each officer.
        stamp: what the papers were made from.
    """

    subject: str
    question: str
    slides: tuple[Slide, ...]
    risks: tuple[str, ...]
    assumptions: Table
    tasks: Table
    sheets: tuple[Sheet, ...]
    stamp: Stamp
