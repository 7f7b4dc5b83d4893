"""Files that a reader saves, each made when its button is pressed."""

from collections.abc import Callable
from contextvars import copy_context
from pathlib import PurePath
from typing import Literal

import streamlit as st

OFFICE = "application/vnd.openxmlformats-officedocument"

TYPES = {
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".pptx": f"{OFFICE}.presentationml.presentation",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""The type of a file's content by the ending of its name."""


def show_save(
    label: str,
    make: Callable[[], bytes],
    name: str,
    key: str,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """Offer a file that is made when the button is pressed, in the language of this session.

    Streamlit asks for it outside the session: `make` must look nothing up there.

    Args:
        label: of the button.
        make: returns the content.
        name: of the file; its ending tells the type.
        key: of the button.
        width: of the button.
    """
    context = copy_context()
    st.download_button(
        label,
        data=lambda: context.copy().run(make),
        file_name=name,
        mime=TYPES[PurePath(name).suffix],
        key=key,
        on_click="ignore",
        width=width,
    )
