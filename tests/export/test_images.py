"""Charts as pictures: every word is there, in a typeface that has it, sharp enough for print."""

import io
import re
from pathlib import Path

import pytest
import vl_convert
from PIL import Image

from onlineready.export.fonts import FAMILY, NoFontError, font_folder
from onlineready.export.images import to_png, to_svg
from tests.drawings import CHARTS

TITLE, MEASURE = "髙﨑①㈱の費用", "年度別の費用(円)"


def drawn(text: str, family: str = FAMILY) -> bytes:
    """Return a picture of some words in a family."""
    vl_convert.register_font_directory(font_folder())
    words = f'<text x="4" y="30" font-family="{family}" font-size="24">{text}</text>'
    frame = 'xmlns="http://www.w3.org/2000/svg" width="400" height="40"'
    picture: bytes = vl_convert.svg_to_png(f"<svg {frame}>{words}</svg>")
    return picture


def test_no_glyph_is_blank_or_missing() -> None:
    # The second is of no typeface: what is drawn there stands for a letter that is missing.
    nothing, missing = drawn(""), drawn("\U0010fffd")
    for letter in "髙﨑①㈱円年度月申請窓口オンライン更新認定変更手数料0123456789,.−%":
        assert drawn(letter) not in (nothing, missing), letter


def test_a_family_that_is_not_there_leaves_the_words_out() -> None:
    # Why the family is always named: nobody is told.
    assert drawn("円", "No Such Family") == drawn("")


@pytest.mark.parametrize("name", ["applications", "costs", "saving", "hours by step"])
def test_pictures_are_sharp_and_have_words(name: str) -> None:
    spec = CHARTS[name].specification()
    picture = Image.open(io.BytesIO(to_png(spec, TITLE, MEASURE)))
    assert picture.info["dpi"][0] >= 200
    untitled = Image.open(io.BytesIO(to_png(spec, " ", " ")))
    # Most of what is dark in the upper left is the title.
    upper_left = (0, 0, 700, 120)
    dark = [
        sum(image.convert("L").crop(upper_left).histogram()[:100]) for image in (picture, untitled)
    ]
    assert dark[0] > 4 * dark[1] + 1_000


@pytest.mark.parametrize("name", CHARTS)
def test_every_word_of_a_drawing_names_the_typeface(name: str) -> None:
    svg = to_svg(CHARTS[name].specification(), TITLE, MEASURE).decode()
    assert TITLE in svg
    assert MEASURE in svg
    families = set(re.findall(r'font-family="([^"]*)"', svg))
    assert families == {f"{FAMILY}, sans-serif"}


def test_a_note_stands_in_a_line_of_its_own_below_its_year() -> None:
    chart = CHARTS["fees"]
    svg = to_svg(chart.specification(), TITLE, MEASURE).decode()
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg)
    assert lines == ["2026年度", "10月改定"]
    assert ">2027年度<" in svg


def test_a_year_takes_two_lines_where_there_is_no_room_for_one() -> None:
    narrow = {**CHARTS["fees"].specification(), "width": 100}
    lines = re.findall(r"<tspan[^>]*>([^<]*)</tspan>", vl_convert.vegalite_to_svg(narrow))
    assert lines == ["2026", "年度", "10月改定", "2027", "年度"]


def test_where_the_typeface_is_missing_the_error_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(NoFontError, match="置いてください"):
        font_folder(tmp_path)
