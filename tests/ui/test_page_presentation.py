"""Page 3 without a browser: which screen is shown, paper, links, and what is imported when."""

import html

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.workbook import to_token
from tests import pages
from tests.briefings import CASES, HOSTILE, case, workbook

LARGE = ("typst", "pptx", "vl_convert")


@pytest.fixture
def deck() -> AppTest:
    return pages.page_at("pages/3_presentation.py")


@pytest.fixture
def roster(deck: AppTest) -> AppTest:
    """Return the page with the sample roster."""
    pages.hold(deck, workbook(None, {}))
    return deck


def shown(deck: AppTest) -> str:
    """Return all that is laid out in HTML."""
    return html.unescape("".join(str(one.proto.body) for one in deck.get("html")))


def press(deck: AppTest, label: str) -> None:
    next(button for button in deck.button if button.label == label).click().run()


def test_forward_and_back_through_the_six_screens(roster: AppTest) -> None:
    deck = roster.run()
    assert not deck.exception
    titles = [slide.title for slide in case("gain").slides]
    for place, title in enumerate(titles, start=1):
        assert title in shown(deck)
        assert any(text.value == f"{place} / 6" for text in deck.markdown)
        if place < len(titles):
            press(deck, "次へ")
    assert next(button for button in deck.button if button.label == "次へ").disabled
    press(deck, "戻る")
    assert titles[4] in shown(deck)


def test_a_screen_has_no_widgets_but_forward_and_back(deck: AppTest) -> None:
    deck.run()
    assert [button.label for button in deck.button] == ["戻る", "次へ"]
    assert not [*deck.selectbox, *deck.slider, *deck.number_input, *deck.download_button]
    assert not deck.sidebar.children


def test_paper_has_all_screens_and_the_files(roster: AppTest) -> None:
    roster.query_params["print"] = "1"
    deck = roster.run()
    assert not deck.exception
    assert all(slide.title in shown(deck) for slide in case("gain").slides)
    in_header, *offered = [button.label for button in deck.download_button]
    assert in_header == "稟議PDF"
    assert offered == [
        "稟議用の1枚(PDF)",
        "6画面と前提(PDF)",
        "編集できる発表資料(PowerPoint)",
        "準備チェックリスト(PDF)",
    ]


@pytest.mark.parametrize("name", ["loss", "nothing filed", "too late"])
def test_a_link_opens_any_result(deck: AppTest, name: str) -> None:
    deck.query_params["w"] = to_token(workbook(*CASES[name]))
    deck.run()
    assert not deck.exception
    assert case(name).slides[0].title in shown(deck)


def test_a_link_that_cannot_be_opened_is_told(deck: AppTest) -> None:
    deck.query_params["w"] = "1.broken"
    deck.run()
    assert any("リンクを開けませんでした" in warning.value for warning in deck.warning)


def test_a_name_cannot_bring_markup(deck: AppTest) -> None:
    deck.query_params["w"] = to_token(workbook(None, {"name": HOSTILE}))
    deck.run()
    bodies = "".join(str(one.proto.body) for one in deck.get("html"))
    assert "<i>" not in bodies
    assert HOSTILE in html.unescape(bodies)
