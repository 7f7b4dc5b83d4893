"""PDF: the page for approval, the six screens, the checklists. Typst lays out what JSON holds.

What a reader wrote reaches Typst as data only, never as part of its source: no sign of it is taken
for markup.
"""

import json
from pathlib import Path
from typing import Any

import typst

from onlineready.export.fonts import FAMILY, font_folder
from onlineready.export.images import to_bare_svg
from onlineready.language import translate as _
from onlineready.report.briefing import DISCLAIMER, Approval, Briefing, Figure, Slide, Stamp, Table

_LAYOUTS = Path(__file__).parent / "layouts"


def to_pdf_approval(briefing: Briefing) -> bytes:
    """Return the page for approval: A4 upright, one page.

    Raises:
        NoFontError: the typeface is missing.
    """
    approval = briefing.approval
    data = {
        **_frame(briefing, approval.question),
        "approval": _approval(approval),
    }
    return _typeset("approval", data, {"chart.svg": to_bare_svg(approval.figure.spec, 1500, 420)})


def to_pdf_long(briefing: Briefing) -> bytes:
    """Return the six screens, one a page of A4 across, then every assumption and source.

    Raises:
        NoFontError: the typeface is missing.
    """
    charts = {
        f"chart{place}.svg": to_bare_svg(slide.figure.spec, 1100, 700 if not slide.metrics else 560)
        for place, slide in enumerate(briefing.slides)
        if slide.figure
    }
    notes = [note for slide in briefing.slides for note in slide.notes]
    data = {
        **_frame(briefing, briefing.subject),
        "slides": [_slide(slide) for slide in briefing.slides],
        "tables": [
            {"title": _("すべての前提"), **_table(briefing.assumptions)},
            {"title": _("作業の時間と実費"), **_table(briefing.tasks)},
        ],
        "notes": {"title": _("注記と出典"), "lines": list(dict.fromkeys(notes))},
    }
    return _typeset("slides", data, charts)


def to_pdf_checklist(briefing: Briefing) -> bytes:
    """Return the checklist on paper: A4 upright, one page for each officer.

    Raises:
        NoFontError: the typeface is missing.
    """
    data = {
        **_frame(briefing, _("準備チェックリスト")),
        "columns": [_("項目"), _("状態"), _("見込みの日"), _("完了した日")],
        "ticked": _("済み"),
        "open": _("未了"),
        "sheets": [
            {
                "title": sheet.title,
                "summary": sheet.summary,
                "sections": [
                    {"title": section.title, "boxes": [box._asdict() for box in section.boxes]}
                    for section in sheet.sections
                    if section.boxes
                ],
            }
            for sheet in briefing.sheets
        ],
    }
    return _typeset("checklist", data, {})


def _typeset(layout: str, data: dict[str, Any], charts: dict[str, bytes]) -> bytes:
    # Typst takes the file called main as the one to begin with.
    files: Any = {
        "main": (_LAYOUTS / f"{layout}.typ").read_bytes(),
        "paper.typ": (_LAYOUTS / "paper.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **charts,
    }
    made: bytes = typst.compile(
        files,
        format="pdf",
        font_paths=[font_folder()],
        ignore_system_fonts=True,
        # PDF/UA-1: tagged, so that it can be read aloud.
        pdf_standards=["ua-1"],
    )
    return made


def _frame(briefing: Briefing, title: str) -> dict[str, Any]:
    """Return what stands on every paper."""
    return {
        "family": FAMILY,
        "title": title,
        "subject": briefing.subject,
        "stamp": _stamp(briefing.stamp),
        "disclaimer": _(DISCLAIMER),
    }


def _stamp(stamp: Stamp) -> dict[str, str]:
    return {"line": stamp.line, "link": stamp.link, "open": _("元の画面を開く")}


def _approval(approval: Approval) -> dict[str, Any]:
    return {
        "kind": _("稟議資料"),
        "question": approval.question,
        "answer": approval.answer,
        "reasons": list(approval.reasons),
        "metrics": [metric._asdict() for metric in approval.metrics],
        "finding": approval.finding,
        "measure": approval.figure.measure,
        "alt": approval.figure.alt,
        "assumptions": {"title": _("前提と確からしさ"), **_table(approval.assumptions)},
        "risks": {"title": _("リスク"), "lines": list(approval.risks)},
        "readiness": {"title": _("準備と開始の時期"), "lines": list(approval.readiness)},
    }


def _slide(slide: Slide) -> dict[str, Any]:
    return {
        "title": slide.title,
        "lead": slide.lead,
        "metrics": [metric._asdict() for metric in slide.metrics],
        "points": list(slide.points),
        "figure": _figure(slide.figure) if slide.figure else None,
        "table": _table(slide.table) if slide.table else None,
    }


def _figure(figure: Figure) -> dict[str, str]:
    return {"measure": figure.measure, "alt": figure.alt}


def _table(table: Table) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "numbers": table.numbers,
    }
