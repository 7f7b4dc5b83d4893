"""PDF: the page for approval, the six screens, the checklists. Typst lays out what JSON holds.

What a reader wrote reaches Typst as data only, never as part of its source: no sign of it is taken
for markup.
"""

import json
from pathlib import Path
from typing import Any

from onlineready.export.fonts import FAMILY, font_folder
from onlineready.export.images import to_bare_svg
from onlineready.export.typesetter import typeset
from onlineready.language import translate as _
from onlineready.report.briefing import Briefing, SlideChart
from onlineready.report.findings import DISCLAIMER

_LAYOUTS = Path(__file__).parent / "layouts"


def to_pdf_approval(briefing: Briefing) -> bytes:
    """Return the page for approval: A4 upright, one page.

    Raises:
        NoFontError: the typeface is missing.
    """
    answer, volume, cost, payback, readiness, decision = briefing.slides
    data = {
        **_frame(briefing, briefing.question),
        "kind": _("稟議資料"),
        "answer": answer.title,
        "reasons": [decision.title, cost.title, volume.title],
        "metrics": _json(answer.metrics[:3]),
        "finding": payback.title,
        "figure": _json(payback.figure),
        "assumptions": {"title": _("前提と確からしさ"), **_json(decision.table)},
        "risks": {"title": _("リスク"), "lines": briefing.risks},
        "readiness": {
            "title": _("準備と開始の時期"),
            "lines": [readiness.title, *readiness.points],
        },
    }
    return _typeset("approval", data, _picture("chart", payback.figure, 1500, 420))


def to_pdf_long(briefing: Briefing) -> bytes:
    """Return the six screens, one a page of A4 across, then every assumption and source.

    Raises:
        NoFontError: the typeface is missing.
    """
    charts: dict[str, str] = {}
    for place, slide in enumerate(briefing.slides):
        charts |= _picture(f"chart{place}", slide.figure, 1100, 560 if slide.metrics else 700)
    notes = [note for slide in briefing.slides for note in slide.notes]
    data = {
        **_frame(briefing, briefing.subject),
        "slides": _json(briefing.slides),
        "tables": [
            {"title": _("すべての前提"), **_json(briefing.assumptions)},
            {"title": _("作業の時間と実費"), **_json(briefing.tasks)},
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
        "sheets": _json(briefing.sheets),
    }
    return _typeset("checklist", data, {})


def _typeset(layout: str, data: dict[str, Any], charts: dict[str, str]) -> bytes:
    # Typst takes the file called main as the one to begin with.
    files = {
        "main": (_LAYOUTS / f"{layout}.typ").read_text(encoding="utf-8"),
        "paper.typ": (_LAYOUTS / "paper.typ").read_text(encoding="utf-8"),
        "data.json": json.dumps(data, ensure_ascii=False),
        **charts,
    }
    return typeset(files, font_folder())


def _picture(name: str, chart: SlideChart | None, width: int, height: int) -> dict[str, str]:
    """Return the picture of a chart by its name in a layout; nothing where there is none."""
    return {f"{name}.svg": to_bare_svg(chart.spec, width, height).decode()} if chart else {}


def _frame(briefing: Briefing, title: str) -> dict[str, Any]:
    """Return what stands on every paper."""
    stamp = briefing.stamp
    return {
        "family": FAMILY,
        "title": title,
        "subject": briefing.subject,
        "stamp": {"line": stamp.line, "link": stamp.link, "open": _("元の画面を開く")},
        "disclaimer": _(DISCLAIMER),
    }


def _json(value: Any) -> Any:
    """Return a tuple with names as JSON has it, the documents of its charts left out."""
    if isinstance(value, SlideChart):
        return {"measure": value.measure, "alt": value.alt}
    if hasattr(value, "_asdict"):
        return {name: _json(part) for name, part in value._asdict().items()}
    return [_json(part) for part in value] if isinstance(value, tuple) else value
