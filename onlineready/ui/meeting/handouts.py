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

APPROVAL = Handout(mark("稟議用の1枚(PDF)"), "ringi.pdf", "pdf.to_pdf_approval")

HANDOUTS = (
    APPROVAL,
    Handout(mark("6画面と前提(PDF)"), "happyo.pdf", "pdf.to_pdf_long"),
    Handout(mark("編集できる発表資料(PowerPoint)"), "happyo.pptx", "pptx.to_pptx"),
    CHECKLIST,
)


def show_approval() -> None:
    """Offer the one page for approval in the header; the button shows that it is being made.

    Where no paper can be made there is none: the page that offers all of them says why.
    """
    if _missing_typeface() is None:
        _show_paper(_("稟議PDF"), APPROVAL, key="approval")


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
    if not show_missing_typeface():
        _show_paper(_(handout.label), handout, key=f"make_{handout.name}")


def _show_paper(label: str, handout: Handout, key: str) -> None:
    briefing = screens.maker()
    name = f"onlineready-{handout.name}"
    show_download(label, lambda: handout.made(briefing()), name, key)


def show_missing_typeface() -> bool:
    """Say why papers and pictures cannot be made, and how to mend it; return whether it is so."""
    missing = _missing_typeface()
    if missing is not None:
        st.warning(missing, icon="⚠️")
    return missing is not None


def _missing_typeface() -> str | None:
    try:
        font_folder()
    except NoFontError as error:
        return str(error)
    return None


def show_download(label: str, make: Callable[[], bytes], name: str, key: str) -> None:
    """Offer a file as `show_save` does, with the day of the workbook added to its name."""
    file = PurePath(name)
    show_save(label, make, f"{file.stem}-{session.workbook().as_of}{file.suffix}", key)
