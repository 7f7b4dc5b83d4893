"""What stands around the content of every page: set-up and style, header and footer."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.language import translate as _
from onlineready.report import findings
from onlineready.ui.meeting import handouts
from onlineready.ui.state import addresses, share, shared

_TURN = threading.Lock()
"""Held while a page is worked out. Python runs one thread at a time: pages that are worked out at
once hinder one another, so that each takes twice the processor time, and fifty readers wait ten
times as long. What may take seconds, to read a file or to set a paper, is done outside of it."""

_PAUSE = 0.02
"""Seconds: two of Streamlit's intervals, one to send what is drawn and one for the browser."""

_STYLE_LOADS = 0.2
"""Seconds in which a browser loads, once a visit, the part of Streamlit that puts a style in place.
What is drawn before it moves when the style comes, as on a slow line it still does."""


@contextmanager
def page(address: str) -> Iterator[None]:
    """Set a page up, and put header and footer around what is shown meanwhile.

    The links of the header come last, as they carry the workbook as the content leaves it. Its name
    comes first: Streamlit shows no empty container, and nothing is to move when the rest comes.
    """
    with _TURN:
        _set_up(address)
        header = st.container(key="header", horizontal=True, vertical_alignment="center")
        header.html(
            f'<a class="skip" href="#content">{escape(_("本文へ"))}</a>'
            f'<span class="name">{escape(_(findings.APP_NAME))}</span>',
            width="content",
        )
        _show_style()
        if "styled" not in st.session_state:
            st.session_state["styled"] = True
            let_through(_STYLE_LOADS)
        yield
        with header:
            _show_links(address)
            handouts.show_approval()
            share.show_sharing()
        _show_footer()


def place(key: str) -> DeltaGenerator:
    """Keep a place for what is drawn after what stands below it; its height is in the style.

    With a border, which the style takes away: Streamlit shows no other container that is empty.
    """
    return st.container(key=key, border=True)


def let_through(seconds: float = _PAUSE) -> None:
    """Let what is drawn so far reach the reader before the rest.

    Streamlit hardly sends while Python works a page out: without a pause the browser draws the
    answer together with the charts. Meanwhile another page has its turn.
    """
    _TURN.release()
    try:
        time.sleep(seconds)
    finally:
        _TURN.acquire()


def begin_screen(address: str) -> None:
    """Set up a page that fills the screen, without header and footer."""
    _set_up(address)
    _show_style()
    share.remember()


def _set_up(address: str) -> None:
    title = _("{page} | {name}").format(
        page=_(addresses.PAGES[address].label), name=_(findings.APP_NAME)
    )
    st.set_page_config(page_title=title, page_icon="🗂️", layout="wide")


def _show_style() -> None:
    """Send the style, the language for screen readers, and the place where the content begins.

    The style alone: Streamlit puts what holds a script in place only after it has been shown.
    """
    st.html(f"<style>{_style()}</style>")
    st.html(
        "<script>document.documentElement.lang = 'ja'</script>"
        '<span id="content" tabindex="-1"></span>',
        unsafe_allow_javascript=True,
    )


@cache
def _style() -> str:
    """Return the style of all pages without its comments: it is sent at every rerun."""
    text = Path(__file__).with_name("scaffold.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|(?<=\n)\s+", "", text, flags=re.DOTALL)


def _show_links(present: str) -> None:
    """Link the pages to one another, the present one in bold; the workbook travels along."""
    parameters = share.remember()
    for address, page_ in addresses.PAGES.items():
        label = _(page_.label)
        st.page_link(
            page_.file,
            label=f"**{label}**" if address == present else label,
            query_params=parameters,
        )


def _show_footer() -> None:
    """Say where the figures come from, of which day, and what they are not."""
    checked = max(
        table["checked_on"].max() for table in (shared.tables().fees, shared.tables().tasks)
    )
    sources = _(
        "出典: 手数料は公開資料(出典は手数料表の各行)、作業時間と実費は仮定、"
        "時間単価の根拠は入力欄の説明。"
        "資料の確認日 {checked}。計算方法の改定日 {changed}、版 {version}。"
    ).format(checked=f"{checked:%Y-%m-%d}", changed=MODEL_CHANGED_ON, version=__version__)
    st.divider()
    st.caption(f"{sources}\n\n" + _("免責: {disclaimer}").format(disclaimer=_(findings.DISCLAIMER)))
