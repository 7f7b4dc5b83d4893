"""The header of every page: where it leads, what travels along, and what is made only when open."""

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.export import pdf
from onlineready.ui.state import addresses, session
from onlineready.workbook import from_token, to_file, to_token
from tests import pages
from tests.pages import own_plan, save_and_open, shown, unfolded, workbook_of
from tests.plans import TABLES

RELOAD = "再読み込みすると計画と事業所の名前は記号になります"


def opened(address: str, **parameters: str) -> AppTest:
    """Return a page by its address; the presentation as the list of its screens, for its header."""
    if address == "/presentation":
        parameters["print"] = "1"
    page = pages.opened(addresses.PAGES[address].file, **parameters)
    assert not page.exception
    return page


def links(page: AppTest) -> dict[str, str]:
    """Return the address behind each link of the header, by its label."""
    found = [one.proto for one in page.get("page_link")][: len(addresses.PAGES)]
    return {one.label: one.query_string for one in found}


each_page = pytest.mark.parametrize("address", addresses.PAGES)


@each_page
def test_every_page_leads_to_all_and_tells_which_it_is(address: str) -> None:
    present = addresses.PAGES[address].label
    labels = [page.label for page in addresses.PAGES.values()]
    expected = [f"**{label}**" if label == present else label for label in labels]
    assert list(links(opened(address))) == expected


@each_page
def test_the_links_of_every_page_carry_the_workbook(address: str) -> None:
    sent = workbook_of(wage_yen_per_hour=2_345)
    for behind in links(opened(address, w=to_token(sent))).values():
        (token,) = parse_qs(behind)["w"]
        assert from_token(token, TABLES).scenarios == sent.scenarios


def test_the_links_carry_what_the_page_has_just_changed() -> None:
    page = pages.opened()
    pages.upload(page, own_plan("甲", 4))
    (token,) = parse_qs(links(page)["準備チェックリスト"])["w"]
    assert list(from_token(token, TABLES).plan["headcount"]) == [4, 4]


@each_page
def test_the_paper_for_approval_is_offered_and_not_made(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(pdf, "to_pdf_approval", made.append)
    page = opened(address)
    assert page.download_button(key="approval").label == "稟議PDF"
    assert made == []


@each_page
def test_what_is_shared_is_made_only_while_it_is_open(address: str) -> None:
    page = opened(address)
    assert not page.get("code")
    assert "saved" not in [one.key for one in page.file_uploader]
    unfolded(page, "share")
    assert len(page.get("code")) == 1
    assert "saved" in [one.key for one in page.file_uploader]


def test_a_file_opened_in_the_header_is_what_the_page_shows() -> None:
    page = save_and_open(opened("/"), to_file(workbook_of(wage_yen_per_hour=2_345)))
    assert page.number_input(key="input_wage_yen_per_hour").value == 2_345


def test_that_a_reload_loses_the_names_is_said_before_and_after() -> None:
    page = unfolded(pages.opened(), "share")
    assert not shown(page, RELOAD)  # nothing of the sample is in the address
    pages.upload(page, own_plan("甲", 4))
    assert shown(page, RELOAD)
    reloaded = unfolded(pages.opened(w=page.query_params["w"]), "share")
    assert shown(reloaded, "事業所名は記号")
    assert not shown(reloaded, RELOAD)


def test_a_link_with_names_is_not_called_one_without() -> None:
    page = pages.opened(w=to_token(workbook_of(), site_names=True))
    assert shown(page, "リンクの計画")
    assert not shown(page, "事業所名は記号")


def test_a_closed_header_takes_few_messages() -> None:
    header = pages.opened()._tree.main.children[0]
    # Itself, its name, five links, the paper, and the popover.
    assert sum(1 for _node in header) == 9


def test_a_page_that_fails_lets_the_next_reader_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(session, "cases", fail)
        assert pages.opened().exception
    opened("/")
