"""The presentation as a reader opens it: editable charts, Japanese typeface, sources, no scraps."""

import io
import re
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from onlineready.export.fonts import FAMILY
from onlineready.export.pptx import to_pptx
from onlineready.report.briefing import Briefing
from tests.briefings import CASES, HOSTILE, LINK, OUR_WORDS, case, hostile


def opened(briefing: Briefing) -> Any:
    return Presentation(io.BytesIO(to_pptx(briefing)))


def texts(shape: Any) -> list[str]:
    if shape.has_text_frame:
        return [paragraph.text for paragraph in shape.text_frame.paragraphs]
    if shape.has_table:
        return [cell.text for cell in shape.table.iter_cells()]
    return []


@pytest.mark.parametrize("name", CASES)
def test_the_six_screens_say_what_the_page_says(name: str) -> None:
    deck = opened(case(name))
    for page, slide in zip(deck.slides, case(name).slides, strict=True):
        assert page.shapes.title.text == slide.title
        said = {text for shape in page.shapes for text in texts(shape)}
        assert {slide.lead, *slide.points} <= said
        assert {metric.value for metric in slide.metrics} <= said
        if slide.table:
            assert {cell for row in slide.table.rows for cell in row} <= said


@pytest.mark.parametrize("name", ["gain", "loss"])
def test_charts_are_native_described_and_hold_the_values(name: str) -> None:
    drawn = 0
    for page, slide in zip(opened(case(name)).slides, case(name).slides, strict=True):
        charts = [shape for shape in page.shapes if shape.has_chart]
        assert len(charts) == (slide.figure is not None)
        for shape in charts:
            assert slide.figure
            drawn += 1
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == slide.figure.alt
            found = list(shape.chart.plots[0].series)
            for series, (label, expected) in zip(found, slide.figure.table.items(), strict=True):
                assert series.name == label
                assert list(series.values) == pytest.approx(list(expected))
    assert drawn == 3


def test_every_word_has_the_typeface_and_tables_are_described() -> None:
    for page in opened(case("gain")).slides:
        for run in page._element.iter(qn("a:r")):
            properties = run.find(qn("a:rPr"))
            assert properties.find(qn("a:latin")).get("typeface") == FAMILY
            assert properties.find(qn("a:ea")).get("typeface") == FAMILY
        for shape in page.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_the_notes_hold_sources_and_the_state_it_was_made_from() -> None:
    for page, slide in zip(opened(case("gain")).slides, case("gain").slides, strict=True):
        notes = page.notes_slide.notes_text_frame.text
        assert all(note in notes for note in slide.notes)
        assert case("gain").stamp.line in notes
        assert LINK in notes


@pytest.mark.parametrize("name", CASES)
def test_nothing_lies_outside_of_a_slide(name: str) -> None:
    deck = opened(case(name))
    for page in deck.slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_no_english_of_the_template_is_left() -> None:
    deck = opened(case("gain"))
    (layout,) = deck.slide_layouts
    holders = [*layout.placeholders, *deck.slide_master.placeholders]
    said = [layout.name, *(text for holder in holders for text in texts(holder))]
    said += [
        text
        for page in deck.slides
        for shape in page.shapes
        for text in (shape.name, *texts(shape))
        if not shape.is_placeholder
    ]
    for text in said:
        assert set(re.findall(r"[A-Za-z]{2,}", text)) <= OUR_WORDS, text


def test_a_name_is_written_letter_by_letter() -> None:
    for page in opened(hostile()).slides:
        assert any(HOSTILE in text for shape in page.shapes for text in texts(shape))
