"""PowerPoint: the six screens, their charts native, so that a reader can edit and reuse them."""

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from onlineready import __version__
from onlineready.export.fonts import FAMILY
from onlineready.language import translate as _
from onlineready.report import wording
from onlineready.report.briefing import Briefing, ChartKind, Metric, Slide, SlideChart, Table
from onlineready.report.findings import DISCLAIMER
from onlineready.report.palette import COUNTER, NEGATIVE, ONLINE, TEXT
from onlineready.report.stamp import Stamp

WIDTH, HEIGHT, MARGIN, GAP = 960, 540, 36, 18
"""Of a slide of 16:9, its margin, and the space between two of its parts, in points."""

INSIDE = WIDTH - 2 * MARGIN

TITLE_ONLY = 5
"""The layout of python-pptx's own template that has a title and nothing else."""

INK, GREY, BLUE, RED = (
    RGBColor.from_string(colour[1:]) for colour in (TEXT, COUNTER, ONLINE, NEGATIVE)
)
PALE, WHITE = RGBColor(0xE8, 0xE8, 0xE8), RGBColor(0xFF, 0xFF, 0xFF)

LINE_HEIGHT, HALF = 1.25, 0.68
"""Height of a line, and width of a half-width letter with the space beside Japanese, in letters."""

BOLD = 0.88
"""How much less fits into a frame in bold letters."""

LONGEST_LINK = 2_000
"""Characters of an address up to which it is set as a link: PowerPoint refuses longer ones."""

_CHARTS = {
    ChartKind.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    ChartKind.CLUSTERED: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.LINE: XL_CHART_TYPE.LINE,
}


class _Box(NamedTuple):
    """A part of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def placed(self) -> list[Pt]:
        """Where python-pptx sets a shape: left, top, width and height."""
        return [Pt(length) for length in self]

    def columns(self, width: float) -> tuple["_Box", "_Box"]:
        """Return a column of a width, and the rest at its right, with a gap between them."""
        away = width + GAP
        rest = self._replace(left=self.left + away, width=self.width - away)
        return self._replace(width=width), rest

    def rows(self, height: float, gap: float = GAP) -> tuple["_Box", "_Box"]:
        """Return a row of a height, and the rest below it, with a gap between them."""
        away = height + gap
        rest = self._replace(top=self.top + away, height=self.height - away)
        return self._replace(height=height), rest


def to_pptx(briefing: Briefing) -> bytes:
    """Return a presentation of the six screens: native charts, sources in the notes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _plain(deck)
    _tell(deck, briefing)
    count = len(briefing.slides)
    for place, slide in enumerate(briefing.slides, start=1):
        _add(deck, slide, briefing.stamp, _("{place} / {count}").format(place=place, count=count))
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _plain(deck: Any) -> None:
    """Leave of the template one layout, without its English words, in the typeface of the deck."""
    layouts = deck.slide_layouts
    kept = layouts[TITLE_ONLY]
    for layout in list(layouts):
        if layout is not kept:
            layouts.remove(layout)
    kept.name = _("発表")
    for holder in (*kept.placeholders, *deck.slide_master.placeholders):
        if holder.has_text_frame:
            holder.text_frame.text = _("見出し") if holder.placeholder_format.idx == 0 else ""
    relations = deck.slide_master.part.rels.values()
    theme = next(one.target_part for one in relations if one.reltype.endswith("/theme"))
    tree = etree.fromstring(theme.blob)
    for font in tree.iter(qn("a:latin"), qn("a:ea")):
        font.set("typeface", FAMILY)
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tell(deck: Any, briefing: Briefing) -> None:
    """Set what the file says of itself; the template names its own author."""
    told = deck.core_properties
    told.title = briefing.subject
    told.subject = briefing.stamp.line[:255]
    told.author, told.last_modified_by, told.keywords = "onlineready", "onlineready", ""
    told.language, told.version = "ja-JP", __version__
    told.comments = _(DISCLAIMER)
    day = datetime.combine(briefing.stamp.as_of, time(), UTC)
    told.created, told.modified = day, day


def _add(deck: Any, slide: Slide, stamp: Stamp, position: str) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[0])
    title = page.shapes.title
    title.left, title.top, title.width, title.height = _Box(MARGIN, 22, INSIDE, 62).placed
    size = _fitting([slide.title], (INSIDE - 16) * BOLD, 50, 30)
    _write(title.text_frame, [slide.title], size, bold=True, align=PP_ALIGN.LEFT)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _text(page, _("補足"), [slide.lead], _Box(MARGIN, 86, INSIDE, 26), 16)
    space = _Box(MARGIN, 118, INSIDE, 380)
    if slide.metrics:
        space = _add_metrics(page, slide.metrics, space)
    if slide.figure:
        left, space = space.columns(INSIDE * 0.58)
        measure, drawn = left.rows(22, gap=0)
        _text(page, _("単位"), [slide.figure.measure], measure, 14)
        _add_chart(page, slide.figure, drawn)
        if slide.table:
            tall = min(space.height * 0.5, 34 * (len(slide.table.rows) + 1))
            above, space = space.rows(tall)
            _add_table(page, slide.table, above)
    elif slide.table:
        left, space = space.columns(INSIDE * 0.62)
        _add_table(page, slide.table, left)
    _text(page, _("要点"), slide.points, space, 20, marked=True)
    foot = _text(page, _("出所"), [stamp.line], _Box(MARGIN, 504, INSIDE - 80, 28), 8)
    if stamp.link and len(stamp.link) <= LONGEST_LINK:
        link = _run(foot.paragraphs[0], _(" 元の画面を開く"), 8, BLUE)
        link.hyperlink.address = stamp.link
    corner = _Box(WIDTH - MARGIN - 80, 504, 80, 24)
    _text(page, _("位置"), [position], corner, 14).paragraphs[0].alignment = PP_ALIGN.RIGHT
    told = [*slide.notes, stamp.line, _(DISCLAIMER), stamp.link]
    notes = page.notes_slide.notes_text_frame
    notes.text = "\n".join(note for note in told if note)
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            _typeface(run.font)


def _add_metrics(page: Any, metrics: tuple[Metric, ...], space: _Box) -> _Box:
    """Add large figures side by side, four of them two by two; return the space below them."""
    abreast = 2 if len(metrics) == 4 else len(metrics)
    tall = 96 if abreast == 2 else 84
    wide = (space.width - GAP * (abreast - 1)) / abreast
    widest = max((one.value for one in metrics), key=_ems)
    size = _fitting([widest], (wide - 24) * BOLD, tall - 34, 44)
    for place, metric in enumerate(metrics):
        row, column = divmod(place, abreast)
        left, top = space.left + column * (wide + GAP), space.top + row * (tall + 10)
        box = page.shapes.add_textbox(*_Box(left, top, wide, tall).placed)
        box.name = metric.label
        box.line.color.rgb, box.line.width = GREY, Pt(1.5)
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _write(box.text_frame, [metric.label], 16)
        value = box.text_frame.add_paragraph()
        _run(value, metric.value, size, RED if metric.loss else BLUE, bold=True)
    return space.rows(math.ceil(len(metrics) / abreast) * (tall + 10), gap=8)[1]


def _add_chart(page: Any, figure: SlideChart, space: _Box) -> None:
    line = figure.kind is ChartKind.LINE
    data = CategoryChartData(number_format=figure.number_format)
    rows = figure.table.index.tolist()
    data.categories = [month.start_time.date() for month in rows] if line else rows
    for name, values in figure.table.items():
        data.add_series(name, tuple(values))
    frame = page.shapes.add_chart(_CHARTS[figure.kind], *space.placed, data)
    _describe(frame, figure.measure, figure.alt)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(14), INK
    _typeface(chart.font)
    chart.has_title = False
    chart.has_legend = len(figure.colours) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _dress_axes(chart, figure)
    plot = chart.plots[0]
    if not line:
        plot.gap_width = 40
    for drawn, shade in zip(plot.series, figure.colours, strict=True):
        colour = RGBColor.from_string(shade[1:])
        if line:
            drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3)
            drawn.marker.style = XL_MARKER_STYLE.NONE
            drawn.smooth = False
        else:
            _fill(drawn.format, colour)
    if figure.point:
        place, words = figure.point
        side = XL_LABEL_POSITION.RIGHT if place < len(rows) / 2 else XL_LABEL_POSITION.LEFT
        _mark(plot.series[0].points[place], words, side)


def _dress_axes(chart: Any, figure: SlideChart) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "#,##0", False
    value.major_gridlines.format.line.color.rgb = PALE
    value.format.line.fill.background()
    category.format.line.color.rgb = INK
    # Where the values are negative the labels would stand in the middle of the chart.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    labels = category.tick_labels
    line = figure.kind is ChartKind.LINE
    labels.font.size = Pt(14 if line or len(figure.table) <= 6 else 9)
    if line:
        labels.number_format, labels.number_format_is_linked = _('yyyy"年"'), False
        axis = category._element
        axis.find(qn("c:baseTimeUnit")).set("val", "months")
        # The schema has these in this order, after what python-pptx wrote.
        etree.SubElement(axis, qn("c:majorUnit")).set("val", "1")
        etree.SubElement(axis, qn("c:majorTimeUnit")).set("val", "years")


def _mark(point: Any, words: str, side: Any) -> None:
    """Mark a point of a line, and say something at its side."""
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 12
    _fill(point.marker.format, BLUE)
    point.data_label.position = side
    _run(point.data_label.text_frame.paragraphs[0], words, 14)
    # White behind the words, as the line may run there.
    ground = etree.Element(qn("c:spPr"))
    point.data_label._dLbl.find(qn("c:tx")).addnext(ground)
    colour = etree.SubElement(etree.SubElement(ground, qn("a:solidFill")), qn("a:srgbClr"))
    colour.set("val", str(WHITE))


def _add_table(page: Any, table: Table, space: _Box) -> None:
    lines = (table.columns, *table.rows)
    row_height = min(38.0, space.height / len(lines))
    filled = space._replace(height=row_height * len(lines))
    frame = page.shapes.add_table(len(lines), len(table.columns), *filled.placed)
    _describe(frame, table.columns[0], table.alt)
    grid = frame.table
    grid.horz_banding = False
    widths = [max(map(_ems, column)) + 1.6 for column in zip(*lines, strict=True)]
    size = max(8, min(16, row_height / 1.7, space.width / sum(widths)))
    for column, ems in zip(grid.columns, widths, strict=True):
        column.width = Pt(space.width * ems / sum(widths))
    for number, line in enumerate(lines):
        grid.rows[number].height = Pt(row_height)
        for place, words in enumerate(line):
            cell = grid.cell(number, place)
            cell.margin_left = cell.margin_right = Pt(5)
            cell.margin_top = cell.margin_bottom = Pt(1)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            _fill(cell, PALE if number == 0 else WHITE)
            align = PP_ALIGN.RIGHT if place >= len(line) - table.numbers else None
            _write(cell.text_frame, [words], size, bold=number == 0, align=align)


def _text(
    page: Any, name: str, lines: Sequence[str], space: _Box, largest: float, *, marked: bool = False
) -> Any:
    """Add lines, with bullets where marked, as large as there is space; return their frame."""
    box = page.shapes.add_textbox(*space.placed)
    box.name = name
    frame = box.text_frame
    frame.margin_top = frame.margin_bottom = Pt(0)
    inside = space.width - (36 if marked else 16)
    size = _fitting(lines, inside, space.height, largest, gap=0.5 if marked else 0)
    _write(frame, lines, size)
    if marked:
        for paragraph in frame.paragraphs:
            paragraph.space_after = Pt(size * 0.5)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(Pt(size)))
            properties.set("indent", str(-Pt(size)))
            etree.SubElement(properties, qn("a:buChar")).set("char", "•")
    return frame


def _write(
    frame: Any, lines: Sequence[str], size: float, *, bold: bool = False, align: Any = None
) -> None:
    """Write lines as paragraphs of a frame."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        _run(paragraph, line, size, bold=bold)


def _run(
    paragraph: Any, words: str, size: float, colour: RGBColor = INK, *, bold: bool = False
) -> Any:
    """Add words to a paragraph, in the typeface that knows Japanese."""
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    _typeface(run.font)
    run.font._element.set("lang", "ja-JP")
    return run


def _typeface(font: Any) -> None:
    """Set the typeface for Latin and for East Asian letters: without the latter it is guessed."""
    font.name = FAMILY
    etree.SubElement(font._element, qn("a:ea")).set("typeface", FAMILY)


def _fill(shape: Any, colour: RGBColor) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour


def _describe(frame: Any, name: str, alt: str) -> None:
    """Name a chart or table, and describe it for those who do not see it."""
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)


def _fitting(
    lines: Sequence[str], width: float, height: float, largest: float, gap: float = 0
) -> float:
    """Return the largest size, in points, at which lines fit into a frame of points."""
    size = largest
    while size > 6:
        rows = sum(max(1, math.ceil(_ems(line) * size / width)) for line in lines)
        if (rows * LINE_HEIGHT + gap * len(lines)) * size <= height:
            break
        size -= 0.5
    return size


def _ems(text: str) -> float:
    """Return about how wide a text is, in its own letters."""
    return wording.width(text, HALF, 1.0, wide="WFA")
