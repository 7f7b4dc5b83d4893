"""The presentation: six screens one by one, or all of them below one another to be printed."""

from collections.abc import Callable
from functools import cache, partial
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import streamlit as st

from onlineready.language import translate as _
from onlineready.report import agenda, wording
from onlineready.report.briefing import Briefing, Metric, Slide, SlideChart, Table
from onlineready.report.facts import Subject
from onlineready.report.slide_charts import LETTERS, drawn
from onlineready.ui.state import session, share, shared

PRINT_PARAMETER = "print"
"""The parameter of the address that shows all screens below one another."""

WIDTH_EMS, PADDING_EMS, HALF_EMS, LARGEST_EMS = 62.0, 3.0, 0.62, 2.9
"""A screen's width and a box's padding in its letters; how wide half a letter is; the largest."""

WIDER_EMS, NARROWER_EMS, CELL_EMS = 37.0, 25.0, 0.8
"""Width of a table beside sentences, of one beside a chart, and of the padding of a cell."""

FULL_SCREEN_ROWS, MOST_ROOM, LEAST_ROOM = 9.6, 1.12, 0.84
"""Rows of a table that fill a screen; how much larger letters are where there are fewer, and how
small before cells rather break into two lines: 24 pixels on a screen of 1920."""

PAPER_LETTERS = 13
"""Size of the letters in a chart on paper, in CSS pixels."""


def printing() -> bool:
    """Tell whether the address asks for paper."""
    wanted = bool(st.query_params.get(PRINT_PARAMETER))
    if st.session_state.get("printing", wanted) != wanted:
        # A link from a page to itself leaves the browser's address as it was: a reload would go
        # back to what was shown before.
        st.query_params.from_dict(st.query_params.to_dict())
    st.session_state["printing"] = wanted
    return wanted


def subject() -> Subject:
    """Return what this session's briefing is about, with a link to the page of the figures."""
    workbook = session.workbook()
    plan = _("{name}・{summary}").format(
        name=session.state().plan_name, summary=wording.plan_summary(workbook.plan)
    )
    return Subject(workbook, plan, link())


def link() -> str:
    """Return the absolute address of page 1 that opens this session's state; empty for none."""
    first, parameters = urljoin(str(st.context.url or ""), "."), session.parameters()
    if parameters is None or not urlsplit(first).netloc:
        return ""
    return share.address(first, parameters)


def maker() -> Callable[[], Briefing]:
    """Return what makes this session's briefing: usable outside the session, and made once.

    A download is built when a reader asks for it, and Streamlit asks outside the session: all that
    is needed of it is looked up here.
    """
    about = subject()
    made = partial(agenda.briefing, about, shared.shipped())
    return session.made_once("briefing", tuple(about), lambda: cache(made))


def show_screen() -> None:
    """Show one screen, with forward and back, its position, and the ways out."""
    briefing = maker()()
    count = len(briefing.slides)
    st.session_state["screen"] = min(max(st.session_state.get("screen", 0), 0), count - 1)
    place = st.session_state["screen"]
    _show_style("deck", "screen")
    for message in session.messages():
        st.warning(wording.plain(message), icon="⚠️")
    with st.container(key="slide", gap=None):
        _show_slide(briefing.slides[place], heading="h1")
    _show_control(briefing, place)


def _show_control(briefing: Briefing, place: int) -> None:
    parameters = session.parameters() or {}
    count = len(briefing.slides)
    with st.container(key="control"):
        out, paper, stamp, back, position, forward = st.columns(
            [2, 2.4, 9, 1.4, 1, 1.4], vertical_alignment="center"
        )
        out.page_link("app.py", label=_("費用と効果"), query_params=parameters)
        paper.page_link(
            "pages/3_presentation.py",
            label=_("一覧・印刷・保存"),
            query_params={**parameters, PRINT_PARAMETER: "1"},
        )
        stamp.html(_stamp(briefing.stamp.line))
        back.button(
            _("戻る"),
            shortcut="Left",
            width="stretch",
            disabled=place == 0,
            on_click=_go,
            args=(place - 1,),
        )
        with position.container(key="position"):
            st.markdown(_("{place} / {count}").format(place=place + 1, count=count))
        forward.button(
            _("次へ"),
            shortcut="Right",
            width="stretch",
            disabled=place == count - 1,
            on_click=_go,
            args=(place + 1,),
        )


def _go(place: int) -> None:
    st.session_state["screen"] = place


def show_sheets() -> None:
    """Show all screens below one another: printed, each is a page of its own."""
    briefing = maker()()
    _show_style("deck", "paper")
    last = len(briefing.slides) - 1
    with st.container(key="papers", gap="medium"):
        for place, slide in enumerate(briefing.slides):
            name = "paper_last" if place == last else f"paper_{place}"
            with st.container(key=name, gap=None):
                _show_slide(slide, heading="h2", letters=PAPER_LETTERS)
                foot = _("{place} / {count}・{stamp}").format(
                    place=place + 1, count=last + 1, stamp=briefing.stamp.line
                )
                st.html(_stamp(foot))


def _show_style(*names: str) -> None:
    for name in names:
        st.html(Path(__file__).parent / f"{name}.css")


def _show_slide(slide: Slide, *, heading: str, letters: int = LETTERS) -> None:
    """Lay out a screen: the finding, the large figures, the chart beside the sentences."""
    head = f"<{heading}>{escape(slide.title)}</{heading}><p>{escape(slide.lead)}</p>"
    st.html(_deck(head + _metrics(slide.metrics)))
    words = _points(slide.points)
    if slide.figure:
        left, right = st.columns([11, 8], gap="large")
        with left:
            st.html(_deck(f"<p>{escape(slide.figure.measure)}</p>"))
            _show_chart(slide.figure, letters)
        table = _table(slide.table, NARROWER_EMS) if slide.table else ""
        right.html(_deck(table + words))
    elif slide.table:
        left, right = st.columns([13, 8], gap="large")
        left.html(_deck(_table(slide.table, WIDER_EMS)))
        right.html(_deck(words))
    else:
        st.html(_deck(words))


def _show_chart(figure: SlideChart, letters: int) -> None:
    spec = dict(figure.spec if letters == LETTERS else drawn(figure, letters).spec)
    st.vega_lite_chart(spec=spec, theme=None, height="stretch", alt=figure.alt)


def _deck(html: str) -> str:
    """Return a part of a screen in the look of the presentation."""
    return f'<div class="deck">{html}</div>'


def _stamp(line: str) -> str:
    return _deck(f'<p class="stamp">{escape(line)}</p>')


def _metrics(metrics: tuple[Metric, ...]) -> str:
    """Return large figures, four of them two by two, as large as the longest leaves room for."""
    if not metrics:
        return ""
    abreast = len(metrics) if len(metrics) < 4 else 2
    longest = max(wording.width(metric.value, HALF_EMS, 1.0) for metric in metrics)
    size = min(LARGEST_EMS, (WIDTH_EMS / abreast - PADDING_EMS) / longest)
    boxes = ""
    for metric in metrics:
        tone = ' class="loss"' if metric.loss else ""
        value = f'<dd style="font-size: {size:.2f}em"{tone}>{escape(metric.value)}</dd>'
        boxes += f"<div><dt>{escape(metric.label)}</dt>{value}</div>"
    return f'<dl style="grid-template-columns: repeat({abreast}, 1fr)">{boxes}</dl>'


def _points(points: tuple[str, ...]) -> str:
    return "<ul>{}</ul>".format("".join(f"<li>{escape(point)}</li>" for point in points))


def _table(table: Table, wide: float) -> str:
    """Return a table in letters that leave room for its rows, and for its cells within a width."""
    first = len(table.columns) - table.numbers

    def row(cells: tuple[str, ...], tag: str) -> str:
        kinds = [' class="number"' if place >= first else "" for place in range(len(cells))]
        return "".join(
            f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in zip(kinds, cells, strict=True)
        )

    widths = (
        max(wording.width(cell, HALF_EMS, 1.0) for cell in column) + CELL_EMS
        for column in zip(table.columns, *table.rows, strict=True)
    )
    within = max(LEAST_ROOM, wide / sum(widths))
    size = min(MOST_ROOM, FULL_SCREEN_ROWS / (len(table.rows) + 1), within)
    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in table.rows)
    head = f"<thead><tr>{row(table.columns, 'th')}</tr></thead>"
    return f'<table style="font-size: {size:.2f}em">{head}<tbody>{body}</tbody></table>'
