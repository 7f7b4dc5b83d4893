"""What is handed out at a meeting: PDF and PowerPoint, each built when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

import streamlit as st

from onlineready.export.fonts import NoFontError, font_folder
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report.briefing import Briefing
from onlineready.ui.meeting import screens
from onlineready.ui.state import session

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


class Handout(NamedTuple):
    """A file made from a briefing.

    Attributes:
        label: of its button.
        name: of the file, before the day and the ending.
        ending: of the file's name.
        mime: the type of its content.
        module: where it is made; imported when it is, as its libraries are large.
        function: of that module, from the briefing to the bytes.
    """

    label: str
    name: str
    ending: str
    mime: str
    module: str
    function: str

    def made(self, briefing: Briefing) -> bytes:
        """Return the file."""
        make: Callable[[Briefing], bytes] = getattr(import_module(self.module), self.function)
        return make(briefing)


APPROVAL = Handout(
    mark("稟議用の1枚(PDF)"), "ringi", "pdf", PDF, "onlineready.export.pdf", "to_pdf_approval"
)
LONG = Handout(
    mark("6画面と前提(PDF)"), "happyo", "pdf", PDF, "onlineready.export.pdf", "to_pdf_long"
)
DECK = Handout(
    mark("編集できる発表資料(PowerPoint)"),
    "happyo",
    "pptx",
    PPTX,
    "onlineready.export.pptx",
    "to_pptx",
)
CHECKLIST = Handout(
    mark("準備チェックリスト(PDF)"),
    "checklist",
    "pdf",
    PDF,
    "onlineready.export.pdf",
    "to_pdf_checklist",
)

HANDOUTS = (APPROVAL, LONG, DECK, CHECKLIST)


def downloads() -> None:
    """Offer the files of a meeting in one row, and say how the page itself is printed."""
    columns = st.columns([3, 3, 4, 4, 6], vertical_alignment="center")
    for column, handout in zip(columns, HANDOUTS, strict=False):
        with column:
            download(handout)
    columns[-1].caption(
        _("この一覧は、ブラウザの印刷でA4横の6ページになります。ファイルは押したときに作ります。")
    )


def download(handout: Handout) -> None:
    """Offer one file; where it cannot be made, say why and how to mend it."""
    try:
        font_folder()
    except NoFontError as error:
        st.warning(str(error), icon="⚠️")
        return
    # Streamlit asks for the file outside the session: what it needs is looked up here.
    briefing = screens.maker()
    st.download_button(
        _(handout.label),
        data=lambda: handout.made(briefing()),
        file_name=f"onlineready-{handout.name}-{session.workbook().as_of}.{handout.ending}",
        mime=handout.mime,
        key=f"download_{handout.function}",
        on_click="ignore",
    )
