"""What is handed out at a meeting: PDF and PowerPoint, each built when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

import streamlit as st

from onlineready.export.fonts import NoFontError, font_folder
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report.briefing import Briefing
from onlineready.ui.meeting import screens
from onlineready.ui.state import session
from onlineready.ui.state.saving import show_save


class Handout(NamedTuple):
    """A file made from a briefing.

    Attributes:
        label: of its button.
        name: of the file in a ZIP.
        function: what makes it of a briefing: module of `export` and name.
    """

    label: str
    name: str
    function: str

    def made(self, briefing: Briefing) -> bytes:
        """Return the file; its module is imported now, as its libraries are large."""
        module, _dot, function = self.function.partition(".")
        make: Callable[[Briefing], bytes]
        make = getattr(import_module(f"onlineready.export.{module}"), function)
        return make(briefing)


CHECKLIST = Handout(mark("準備チェックリスト(PDF)"), "checklist.pdf", "pdf.to_pdf_checklist")

HANDOUTS = (
    Handout(mark("稟議用の1枚(PDF)"), "ringi.pdf", "pdf.to_pdf_approval"),
    Handout(mark("6画面と前提(PDF)"), "happyo.pdf", "pdf.to_pdf_long"),
    Handout(mark("編集できる発表資料(PowerPoint)"), "happyo.pptx", "pptx.to_pptx"),
    CHECKLIST,
)


def show_handouts() -> None:
    """Offer the files of a meeting in one row, and say how the page itself is printed."""
    columns = st.columns([3, 3, 4, 4, 6], vertical_alignment="center")
    for column, handout in zip(columns, HANDOUTS, strict=False):
        with column:
            show_handout(handout)
    columns[-1].caption(
        _("この一覧は、ブラウザの印刷でA4横の6ページになります。ファイルは押したときに作ります。")
    )


def show_handout(handout: Handout) -> None:
    """Offer one file; where it cannot be made, say why and how to mend it."""
    if show_missing_typeface():
        return
    briefing = screens.maker()
    show_download(_(handout.label), lambda: handout.made(briefing()), f"onlineready-{handout.name}")


def show_missing_typeface() -> bool:
    """Say why papers and pictures cannot be made, and how to mend it; return whether it is so."""
    try:
        font_folder()
    except NoFontError as error:
        st.warning(str(error), icon="⚠️")
        return True
    return False


def show_download(label: str, make: Callable[[], bytes], name: str) -> None:
    """Offer a file as `show_save` does, with the day of the workbook added to its name."""
    file = PurePath(name)
    dated = f"{file.stem}-{session.workbook().as_of}{file.suffix}"
    show_save(label, make, dated, key=f"make_{name}")
