"""PowerPoint: the six screens, their charts native, so that a reader can edit and reuse them."""

import io
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from unicodedata import east_asian_width

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
from pptx.util import Emu, Length, Pt

from onlineready import __version__
from onlineready.export.fonts import FAMILY
from onlineready.language import translate as _
from onlineready.report.briefing import (
    Briefing,
    ChartKind,
    Metric,
    Remark,
    Slide,
    SlideChart,
    Table,
)
from onlineready.report.findings import DISCLAIMER
from onlineready.report.stamp import Stamp

WIDTH, HEIGHT, MARGIN = 960, 540, 36
"""Of a slide of 16:9, and its margin, in points."""

TOP, BOTTOM, GAP = 118, 498, 18
"""Where the content begins and ends, and the space between two of its parts, in points."""

TITLE_ONLY = 5
"""The layout of python-pptx's own template that has a title and nothing else."""

INK, GREY, PALE = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x94, 0x94, 0x94), RGBColor(0xE8, 0xE8, 0xE8)
BLUE, RED = RGBColor(0x00, 0x17, 0xC1), RGBColor(0xFA, 0x00, 0x00)

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


class Box(NamedTuple):
    """Where something stands on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def lengths(self) -> tuple[Length, ...]:
        """Return the place in whole units of the file."""
        return tuple(Emu(round(Pt(1) * points)) for points in self)


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
    for kind in ("a:majorFont", "a:minorFont"):
        for script in ("a:latin", "a:ea"):
            for font in tree.iter(qn(kind)):
                font.find(qn(script)).set("typeface", FAMILY)
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
    wide = WIDTH - 2 * MARGIN
    title = page.shapes.title
    _place(title, Box(MARGIN, 22, wide, 62))
    _write(
        title.text_frame,
        [slide.title],
        _fitting([slide.title], (wide - 16) * BOLD, 50, 30),
        bold=True,
    )
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _text(page, _("補足"), [slide.lead], Box(MARGIN, 86, wide, 26), largest=16)
    top: float = TOP
    if slide.metrics:
        top = _add_metrics(page, slide.metrics, top)
    left: float = MARGIN
    height = BOTTOM - top
    part = wide * 0.58
    if slide.figure:
        _text(page, _("単位"), [slide.figure.measure], Box(left, top, part, 22), largest=14)
        _add_chart(page, slide.figure, Box(left, top + 22, part, height - 22))
    elif slide.table:
        part = wide * 0.62
        _add_table(page, slide.table, Box(left, top, part, height))
    else:
        part = -GAP
    left += part + GAP
    rest = WIDTH - MARGIN - left
    if slide.figure and slide.table:
        tall = min(height * 0.5, 34 * (len(slide.table.rows) + 1))
        _add_table(page, slide.table, Box(left, top, rest, tall))
        top, height = top + tall + GAP, height - tall - GAP
    _text(page, _("要点"), slide.points, Box(left, top, rest, height), largest=20, marked=True)
    foot = _text(page, _("出所"), [stamp.line], Box(MARGIN, 504, wide - 80, 28), largest=8)
    if stamp.link and len(stamp.link) <= LONGEST_LINK:
        run = foot.text_frame.paragraphs[0].add_run()
        run.text = _(" 元の画面を開く")
        run.hyperlink.address = stamp.link
        _dress(run, 8, BLUE)
    corner = Box(WIDTH - MARGIN - 80, 504, 80, 24)
    number = _text(page, _("位置"), [position], corner, largest=14)
    number.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    told = [*slide.notes, stamp.line, _(DISCLAIMER), stamp.link]
    notes = page.notes_slide.notes_text_frame
    notes.text = "\n".join(note for note in told if note)
    for paragraph in notes.paragraphs:
        for run in paragraph.runs:
            _typeface(run.font)


def _add_metrics(page: Any, metrics: tuple[Metric, ...], top: float) -> float:
    """Add large figures side by side, four of them two by two; return where they end."""
    abreast = 2 if len(metrics) == 4 else len(metrics)
    tall = 96 if abreast == 2 else 84
    wide = (WIDTH - 2 * MARGIN - GAP * (abreast - 1)) / abreast
    size = _fitting(
        [max((one.value for one in metrics), key=_ems)], (wide - 24) * BOLD, tall - 34, 44
    )
    for number, metric in enumerate(metrics):
        row, column = divmod(number, abreast)
        place = Box(MARGIN + column * (wide + GAP), top + row * (tall + 10), wide, tall)
        box = page.shapes.add_textbox(*place.lengths())
        box.name = metric.label
        box.line.color.rgb, box.line.width = GREY, Pt(1.5)
        frame = box.text_frame
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _write(frame, [metric.label, metric.value], 16)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
        _dress(frame.paragraphs[1].runs[0], size, RED if metric.loss else BLUE, bold=True)
    return top + math.ceil(len(metrics) / abreast) * (tall + 10) + 8


def _add_chart(page: Any, figure: SlideChart, box: Box) -> None:
    line = figure.kind is ChartKind.LINE
    data = CategoryChartData(number_format=figure.number_format)
    data.categories = (
        [date.fromisoformat(f"{month}-01") for month in figure.categories]
        if line
        else figure.categories
    )
    for series in figure.series:
        data.add_series(series.name, series.values)
    frame = page.shapes.add_chart(_CHARTS[figure.kind], *box.lengths(), data)
    _describe(frame, figure.measure, figure.alt)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(14), INK
    _typeface(chart.font)
    chart.has_title = False
    chart.has_legend = len(figure.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _dress_axes(chart, figure)
    plot = chart.plots[0]
    if not line:
        plot.gap_width = 40
    for drawn, series in zip(plot.series, figure.series, strict=True):
        colour = RGBColor.from_string(series.colour.lstrip("#"))
        if line:
            drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3)
            drawn.marker.style = XL_MARKER_STYLE.NONE
            drawn.smooth = False
        else:
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour
    if figure.remark:
        _mark(plot.series[0], figure.remark, len(figure.categories))


def _dress_axes(chart: Any, figure: SlideChart) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "#,##0", False
    value.major_gridlines.format.line.color.rgb = PALE
    value.format.line.fill.background()
    category.format.line.color.rgb = INK
    # Where the values are negative the labels would stand in the middle of the chart.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.tick_labels.font.size = Pt(14 if len(figure.categories) <= 6 else 9)
    if figure.kind is ChartKind.LINE:
        category.tick_labels.font.size = Pt(14)
        category.tick_labels.number_format = _('yyyy"年"')
        category.tick_labels.number_format_is_linked = False
        axis = category._element
        # The schema has these in this order, after what python-pptx wrote.
        for name, said in (
            ("c:baseTimeUnit", "months"),
            ("c:majorUnit", "1"),
            ("c:majorTimeUnit", "years"),
        ):
            for old in axis.findall(qn(name)):
                axis.remove(old)
            etree.SubElement(axis, qn(name)).set("val", said)


def _mark(series: Any, remark: Remark, count: int) -> None:
    """Mark a point of a line of so many, and say something there."""
    point = series.points[remark.place]
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 12
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = BLUE
    early = remark.place < count / 2
    point.data_label.position = XL_LABEL_POSITION.RIGHT if early else XL_LABEL_POSITION.LEFT
    frame = point.data_label.text_frame
    frame.text = remark.words
    _dress(frame.paragraphs[0].runs[0], 14, INK)
    # White behind the words, as the line may run there.
    label = point.data_label._dLbl
    ground = etree.SubElement(etree.SubElement(label, qn("c:spPr")), qn("a:solidFill"))
    etree.SubElement(ground, qn("a:srgbClr")).set("val", "FFFFFF")
    label.find(qn("c:tx")).addnext(label.find(qn("c:spPr")))


def _add_table(page: Any, table: Table, box: Box) -> None:
    count = len(table.rows) + 1
    row_height = min(38.0, box.height / count)
    filled = box._replace(height=row_height * count)
    frame = page.shapes.add_table(count, len(table.columns), *filled.lengths())
    _describe(frame, table.columns[0], table.alt)
    grid = frame.table
    grid.horz_banding = False
    lines = (table.columns, *table.rows)
    widths = [max(_ems(line[place]) for line in lines) + 1.6 for place in range(len(table.columns))]
    size = max(8, min(16, row_height / 1.7, box.width / sum(widths)))
    for column, ems in zip(grid.columns, widths, strict=True):
        column.width = Pt(box.width * ems / sum(widths))
    for number, line in enumerate(lines):
        grid.rows[number].height = Pt(row_height)
        for place, words in enumerate(line):
            cell = grid.cell(number, place)
            cell.margin_left = cell.margin_right = Pt(5)
            cell.margin_top = cell.margin_bottom = Pt(1)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = PALE if number == 0 else RGBColor(0xFF, 0xFF, 0xFF)
            _write(cell.text_frame, [words], size, bold=number == 0)
            if place >= len(table.columns) - table.numbers:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _text(
    page: Any, name: str, lines: Sequence[str], box: Box, *, largest: float, marked: bool = False
) -> Any:
    """Add lines of text in the largest letters that fit, each with a dot where they are marked."""
    shape = page.shapes.add_textbox(*box.lengths())
    shape.name = name
    inside = box.width - (36 if marked else 16)
    size = _fitting(lines, inside, box.height, largest, gap=0.5 if marked else 0)
    frame = shape.text_frame
    _write(frame, lines, size)
    frame.margin_left = frame.margin_right = Pt(7.2)
    frame.margin_top = frame.margin_bottom = Pt(0)
    if marked:
        for paragraph in frame.paragraphs:
            _bullet(paragraph, size)
    return shape


def _bullet(paragraph: Any, size: float) -> None:
    paragraph.space_after = Pt(size * 0.5)
    properties = paragraph._p.get_or_add_pPr()
    indent = Pt(size)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    sign = etree.SubElement(properties, qn("a:buChar"))
    sign.set("char", "•")


def _write(frame: Any, lines: Any, size: float, *, bold: bool = False) -> None:
    """Write lines as paragraphs of a frame, in the typeface that knows Japanese."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        _dress(run, size, INK, bold=bold)


def _dress(run: Any, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    _typeface(run.font)
    run.font._element.set("lang", "ja-JP")


def _typeface(font: Any) -> None:
    """Set the typeface for Latin and for East Asian letters: without the latter it is guessed."""
    font.name = FAMILY
    element = font._element
    latin = element.find(qn("a:latin"))
    east = element.find(qn("a:ea"))
    if east is None:
        east = etree.Element(qn("a:ea"))
        latin.addnext(east)
    east.set("typeface", FAMILY)


def _describe(frame: Any, name: str, alt: str) -> None:
    """Name a chart or table, and describe it for those who do not see it."""
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.lengths()


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
    return sum(1.0 if east_asian_width(sign) in "WFA" else HALF for sign in text)
