"""What the papers of a meeting cost, against the least that their libraries take for a paper.

The ratio tells more than the milliseconds: it stays where it is on a slower or busier machine.
"""

import io
import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from pptx import Presentation

from onlineready.export.fonts import font_folder
from onlineready.export.pdf import to_pdf_approval, to_pdf_checklist, to_pdf_long
from onlineready.export.pptx import to_pptx
from onlineready.export.typesetter import typeset
from onlineready.report.briefing import Briefing
from tests.benchmarks.large import milliseconds
from tests.briefings import case, told, workbook

EXPORTS = 100
PAPERS: dict[str, Callable[[Briefing], bytes]] = {
    "PDF, one page": to_pdf_approval,
    "PDF, six screens": to_pdf_long,
    "PDF, checklists": to_pdf_checklist,
    "PowerPoint": to_pptx,
}


def empty_pdf() -> bytes:
    return typeset({"main": '#set text(font: "BIZ UDPGothic")\n一行'}, font_folder())


def empty_deck() -> None:
    deck = Presentation()
    for _ in range(6):
        deck.slides.add_slide(deck.slide_layouts[5])
    deck.save(io.BytesIO())


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_papers(capsys: pytest.CaptureFixture[str]) -> None:
    floors = {"PDF": milliseconds(empty_pdf), "PowerPoint": milliseconds(empty_deck)}
    book = workbook(None, {})
    lines = [f"briefing of the sample plan: {milliseconds(lambda: told(book)):.0f} ms"]
    for name, make in PAPERS.items():
        floor = floors[name.partition(",")[0]]
        taken = milliseconds(lambda make=make: make(case("gain")))  # type: ignore[misc]
        assert taken < 1_000
        lines.append(
            f"{name:>17}: {taken:5.0f} ms, {taken / floor:4.1f} times an empty one ({floor:.0f} ms)"
        )
    with capsys.disabled():
        print("", *lines, sep="\n")


def test_memory_of_a_hundred_papers(capsys: pytest.CaptureFixture[str]) -> None:
    def paper(number: int) -> None:
        """Make a paper that no one has made before, in a thread of its own as a server does."""
        book = workbook(None, {"wage_yen_per_hour": 1_200 + number})
        make = list(PAPERS.values())[number % len(PAPERS)]
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: make(told(book))).result()

    for number in range(EXPORTS // 5):
        paper(number)
    before = peak_mb()
    for number in range(EXPORTS // 5, EXPORTS):
        paper(number)
    grown = peak_mb() - before
    with capsys.disabled():
        print(f"\n{EXPORTS} papers: the most memory ever used grew by {grown:.0f} MB")
    assert grown < 50
