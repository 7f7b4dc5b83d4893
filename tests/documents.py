"""The documents as the tests read them: headings, tables, code, links."""

import re
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

DOCUMENTS = sorted(
    path
    for pattern in ("README*.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md", "[!.]*/README.md")
    for path in ROOT.glob(pattern)
)
"""What is held to the code; the changelog tells of what was."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def prose(document: Path) -> str:
    """Return a document without its blocks of code."""
    return _FENCED.sub("", document.read_text(encoding="utf-8"))


def blocks(document: Path, language: str = "") -> list[str]:
    """Return the blocks of code of a document, of one language where one is named."""
    found = _FENCED.findall(document.read_text(encoding="utf-8"))
    return [code for tongue, code in found if language in ("", tongue)]


def spans(document: Path) -> list[str]:
    """Return what stands in backticks inside the sentences of a document."""
    return re.findall(r"`([^`\n]+)`", prose(document))


def headings(document: Path) -> list[str]:
    """Return the headings of a document in order, with their signs: `## 1. Fees`."""
    return re.findall(r"^#+ .+$", prose(document), re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """Return the names under which GitHub finds the headings of a document."""
    titles = (heading.lstrip("# ").lower() for heading in headings(document))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def sections(document: Path) -> set[str]:
    """Return the numbers of the sections of a document: 1, 1a, 2."""
    numbered = (re.match(r"#+ (\d+[a-z]?)\. ", heading) for heading in headings(document))
    return {found[1] for found in numbered if found}


def links(document: Path) -> list[str]:
    """Return where the links and pictures of a document lead, other hosts left out."""
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(document))
    return [target for target in targets if "://" not in target]


def tables(document: Path) -> list[list[dict[str, str]]]:
    """Return the tables of a document: each row by heading, code without its backticks."""
    lines = prose(document).splitlines()
    found = []
    for at, line in enumerate(lines):
        if re.fullmatch(r"\|[-|: ]+\|", line):
            keys = _cells(lines[at - 1])
            rows = takewhile(lambda row: row.startswith("|"), lines[at + 1 :])
            found.append([dict(zip(keys, _cells(row), strict=True)) for row in rows])
    return found


def table(document: Path, *headers: str) -> list[dict[str, str]]:
    """Return the rows of all tables of a document that begin with some headings."""
    return [
        row for rows in tables(document) for row in rows if tuple(row)[: len(headers)] == headers
    ]


def numbers(text: str) -> list[int | float]:
    """Return the numbers in a text in order, as they are written: 0 and 1,000 of `0–1,000`."""
    words = [word.replace(",", "") for word in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    return [float(word) if "." in word else int(word) for word in words]


def _cells(line: str) -> list[str]:
    # A bar inside backticks ends no cell; none of the documents needs one there.
    return [cell.strip().strip("`") for cell in line.strip("|").split("|")]
