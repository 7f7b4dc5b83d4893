"""PDF as a reader gets it: pages, tags, typeface, text, and names taken letter by letter."""

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
import vl_convert
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from onlineready.export.fonts import FAMILY, FILES, FOLDER, NoFontError, font_folder
from onlineready.export.images import to_bare_svg
from onlineready.export.pdf import to_pdf_approval, to_pdf_checklist, to_pdf_long
from onlineready.export.typesetter import typeset
from tests.briefings import CASES, HOSTILE, LINK, case, hostile, words
from tests.day import TODAY
from tests.server import ROOT

RARE = "髙﨑①㈱"


def pages(content: bytes) -> list[str]:
    """Return the text of each page, without its spaces and line ends."""
    return [
        re.sub(r"\s", "", page.extract_text())
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
    ]


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", CASES)
def test_the_page_for_approval_is_one_page_with_the_answer(name: str) -> None:
    (page,) = pages(to_pdf_approval(case(name)))
    told = case(name)
    answer, *_others, payback, _readiness, _decision = told.slides
    for said in (told.question, answer.title, payback.title, *told.risks):
        assert without_spaces(said) in page
    for metric in answer.metrics[:3]:
        assert metric.value in page


@pytest.mark.parametrize("name", ["gain", "nothing filed", "ten years"])
def test_each_screen_has_a_page_of_its_own_and_the_assumptions_follow(name: str) -> None:
    found = pages(to_pdf_long(case(name)))
    for slide, page in zip(case(name).slides, found[:6], strict=True):
        assert without_spaces(slide.title) in page
        assert all(without_spaces(point) in page for point in slide.points)
    rest = "".join(found[6:])
    for row in (*case(name).assumptions.rows, *case(name).tasks.rows):
        assert without_spaces(row[0]) in rest


def test_each_officer_has_a_page_to_tick() -> None:
    found = pages(to_pdf_checklist(hostile()))
    assert len(found) == len(hostile().sheets) == 3
    for page in found:
        assert without_spaces(HOSTILE) in page
        assert str(TODAY) in page
        assert "利用者登録をする" in page


@pytest.mark.parametrize("make", [to_pdf_approval, to_pdf_long, to_pdf_checklist])
def test_every_paper_is_stamped_tagged_and_brings_its_typeface(make: Any) -> None:
    content = make(case("gain"))
    reader = pypdf.PdfReader(io.BytesIO(content))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("ja")
    assert reader.metadata
    assert reader.metadata.title
    assert all(without_spaces(case("gain").stamp.line) in page for page in pages(content))
    fonts: dict[str, Any] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        fonts |= resources["/Font"]
    for font in fonts.values():
        (descendant,) = font.get_object()["/DescendantFonts"]
        described = descendant.get_object()["/FontDescriptor"].get_object()
        assert "BIZUDPGothic" in described["/FontName"]
        assert "/FontFile2" in described
    links = [
        note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])
    ]
    assert LINK in links


@pytest.mark.parametrize("make", [to_pdf_approval, to_pdf_long, to_pdf_checklist])
def test_a_name_is_set_letter_by_letter(make: Any) -> None:
    content = make(hostile())
    assert without_spaces(HOSTILE) in pages(content)[0]


def test_without_the_typeface_nothing_is_made_and_the_mending_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoFontError, match=r"BIZUDPGothic-Regular\.ttf.+data/README\.md"):
        font_folder(tmp_path)


@pytest.mark.parametrize("file", FILES)
def test_the_typeface_has_every_sign_that_papers_are_set_in(file: str) -> None:
    with TTFont(FOLDER / file) as font:
        known = {chr(code) for code in font.getBestCmap()}
    said = set(RARE) | {sign for name in CASES for text in words(case(name)) for sign in text}
    assert said - known <= {"\n"}
    assert (FOLDER / "OFL.txt").is_file()


def test_no_sign_is_blank_or_a_replacement_where_it_is_drawn() -> None:
    def drawn(sign: str) -> Image.Image:
        source = (
            f'#set page(width: 40pt, height: 40pt)\n#text(font: "{FAMILY}", size: 20pt,'
            ' fallback: false, sys.inputs.at("sign"))'
        )
        page: Any = source.encode()
        made: Any = typst.compile(
            page,
            format="png",
            font_paths=[font_folder()],
            ignore_system_fonts=True,
            sys_inputs={"sign": sign},
        )
        return Image.open(io.BytesIO(made)).convert("L")

    seen = [drawn(sign) for sign in (*RARE, "\U000f0000", " ")]
    for place, one in enumerate(seen):
        assert all(ImageChops.difference(one, other).getbbox() for other in seen[place + 1 :])


def test_a_chart_shows_its_words_and_keeps_them_as_text() -> None:
    figure = case("gain").slides[1].figure
    assert figure
    svg = to_bare_svg(figure.spec, 1100, 600).decode()
    for said in ("2026年度", "更新", FAMILY):
        assert said in svg
    spec = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "font": FAMILY, "fontSize": 30},
        "encoding": {"text": {"value": RARE}},
        "width": 200,
        "height": 60,
    }
    png = vl_convert.vegalite_to_png(spec, vl_version="6.4")
    assert len(Image.open(io.BytesIO(png)).convert("L").getcolors(256) or []) > 2


def test_what_typst_keeps_of_a_paper_ends_with_its_process() -> None:
    made = (
        "import sys\n"
        "from onlineready.export.pdf import to_pdf_checklist\n"
        "from tests.briefings import case\n"
        "assert to_pdf_checklist(case('gain')).startswith(b'%PDF')\n"
        "assert 'typst' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", made], cwd=ROOT, check=True)


def test_what_typst_refuses_is_told() -> None:
    with pytest.raises(RuntimeError, match="unknown variable: nothing"):
        typeset({"main": "#nothing"}, font_folder())
