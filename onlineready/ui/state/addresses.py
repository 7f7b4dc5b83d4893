"""The addresses of the app: its pages, and the parameter that carries a workbook to them."""

from typing import NamedTuple

from onlineready.language import mark

LINK_PARAMETER = "w"
"""The parameter of an address that carries a workbook."""


class Page(NamedTuple):
    """The file of a page, and what the page is called."""

    file: str
    label: str


PAGES = {
    "/": Page("app.py", mark("費用と効果")),
    "/readiness": Page("pages/1_readiness.py", mark("準備チェックリスト")),
    "/calendar": Page("pages/4_calendar.py", mark("申請カレンダー")),
    "/sources": Page("pages/2_sources.py", mark("前提と出典")),
    "/presentation": Page("pages/3_presentation.py", mark("発表")),
}
"""Every page by its address, in the order of the navigation."""
