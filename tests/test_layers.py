"""Every module stands in a layer and reaches for nothing that its layer must not know."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "onlineready"
DRAWING = frozenset({"streamlit", "altair"})


@dataclass(frozen=True)
class Layer:
    """What a folder of the package may import besides the standard library, and must not do.

    Attributes:
        layers: the folders and modules of the package that it may import, beside itself.
        libraries: what it may import of others; None for any but those that draw the page.
        without_files_and_clock: it reads and writes nothing and does not know the day.
        without_rounding_and_prose: it computes: no rounding, no Japanese.
    """

    layers: frozenset[str] = frozenset()
    libraries: frozenset[str] | None = None
    without_files_and_clock: bool = False
    without_rounding_and_prose: bool = False


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHECKED = _names("pydantic pydantic_core annotated_types pandas pandera")
"""What is defined once is read and checked where it is defined."""

_WORDS = Layer(_names("language"), _CHECKED, without_files_and_clock=True)
_READ = "__init__ language domain model readiness filing load workbook"

LAYERS = {
    "__init__": _WORDS,
    "language": _WORDS,
    "domain": _WORDS,
    "model": Layer(_names("__init__ language domain"), _names("numpy pandas"), True, True),
    "readiness": Layer(_names("__init__ language domain model"), _CHECKED, True),
    "filing": Layer(_names("__init__ language domain model readiness"), _CHECKED | {"numpy"}, True),
    "clock": Layer(),
    "load": Layer(_names("__init__ language domain readiness")),
    "workbook": Layer(_names("__init__ language domain readiness filing load")),
    "report": Layer(_names(_READ), _names("altair pandas"), without_files_and_clock=True),
    "export": Layer(_names(f"{_READ} report")),
    "__main__": Layer(_names(f"{_READ} report export clock")),
    "ui": Layer(_names(f"{_READ} report export clock"), _names("streamlit pandas pydantic")),
    "app": Layer(_names("language ui"), _names("streamlit")),
    "pages": Layer(_names("language ui"), _names("streamlit")),
}

FILES_AND_CLOCK = _names(
    "pathlib io os shutil glob tempfile zipfile subprocess socket urllib http time importlib"
)
FILE_OR_CLOCK_CALL = re.compile(
    r"open|__import__|read_(text|bytes|csv|table|excel|json|parquet|pickle|feather)"
    r"|to_(csv|excel|json|parquet|pickle|feather)|now|utcnow|today"
)
ROUNDING_CALL = re.compile(r"round|around|rint")
JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def layer_of(module: str) -> str | None:
    """Return the folder, or the module beside the folders, in which a module stands.

    Modules are named as in `onlineready.ui.state.shared`, `app` or `pages.x`.
    """
    parts = module.split(".")
    inside = parts[1:] if parts[0] == PACKAGE else parts
    name = inside[0] if inside else "__init__"
    return name if name in LAYERS else None


def imports(module: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of everything that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{origin}.{alias.name}"
                yield node.lineno, name if origin == PACKAGE and layer_of(name) else origin


def prose(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield every text in the code, docstrings left out."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def called(node: ast.Call) -> str:
    """Return the last part of the name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def crossings(module: str, source: str) -> list[str]:
    """Return where a module leaves its layer: its name, the line, and what it reaches for."""
    name = layer_of(module)
    if name is None:
        return [f"{module} stands in no folder of LAYERS"]
    rule, tree = LAYERS[name], ast.parse(source)
    found = []
    for line, imported in imports(module, tree):
        top = imported.partition(".")[0]
        if top in (PACKAGE, "app", "pages"):
            allowed = layer_of(imported) in rule.layers | {name}
        elif top in sys.stdlib_module_names:
            allowed = not (rule.without_files_and_clock and top in FILES_AND_CLOCK)
        elif rule.libraries is None:
            allowed = top not in DRAWING
        else:
            allowed = top in rule.libraries
        if not allowed:
            found.append(f"{module}:{line} ({name}) imports {imported}")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        forbidden = [FILE_OR_CLOCK_CALL] if rule.without_files_and_clock else []
        forbidden += [ROUNDING_CALL] if rule.without_rounding_and_prose else []
        if any(pattern.fullmatch(called(node)) for pattern in forbidden):
            found.append(f"{module}:{node.lineno} ({name}) calls {called(node)}")
    if rule.without_rounding_and_prose:
        found += [
            f"{module}:{text.lineno} ({name}) says {text.value!r}"
            for text in prose(tree)
            if JAPANESE.search(str(text.value))
        ]
    return list(dict.fromkeys(found))


def modules() -> dict[str, Path]:
    """Return every module of the product by its name."""
    paths = [ROOT / "app.py", *(ROOT / PACKAGE).rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    found = {}
    for path in paths:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@pytest.mark.parametrize("module", modules())
def test_no_module_leaves_its_layer(module: str) -> None:
    assert crossings(module, modules()[module].read_text(encoding="utf-8")) == []


def test_the_modules_of_every_folder_are_looked_at() -> None:
    assert {layer_of(module) for module in modules()} == set(LAYERS)


def test_no_module_name_stands_twice() -> None:
    names = [path.stem for path in modules().values() if path.stem != "__init__"]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onlineready.new", ""),
        ("onlineready.model.result", "import streamlit as st"),
        ("onlineready.model.result", "import altair"),
        ("onlineready.model.result", "import pathlib"),
        ("onlineready.model.result", "from io import BytesIO"),
        ("onlineready.model.result", "from onlineready.load import read_plan"),
        ("onlineready.model.result", "from onlineready import load"),
        ("onlineready.model.result", "import onlineready.load"),
        ("onlineready.model.result", "from .. import load"),
        ("onlineready.model.result", "from ..load import read_plan"),
        ("onlineready.model.result", "def late():\n    from onlineready.report import charts"),
        ("onlineready.model.result", "from onlineready.somewhere import thing"),
        ("onlineready.model.result", "import app"),
        ("onlineready.model.result", "import requests"),
        ("onlineready.model.plan", "text = open('plan.csv')"),
        ("onlineready.model.plan", "frame = pd.read_csv('plan.csv')"),
        ("onlineready.model.plan", "frame.to_csv('plan.csv')"),
        ("onlineready.model.plan", "now = datetime.now(JAPAN)"),
        ("onlineready.model.plan", "now = datetime.date.today()"),
        ("onlineready.model.plan", "now = pd.Timestamp.today()"),
        ("onlineready.model.costs", "yen = round(yen)"),
        ("onlineready.model.costs", "yen = frame['yen'].round(0)"),
        ("onlineready.model.costs", "yen = np.rint(yen)"),
        ("onlineready.model.costs", "unit = '円'"),
        ("onlineready.model.costs", "label = f'{yen}円'"),
        ("onlineready.model.costs", "def f():\n    raise ValueError('エラー')"),
        ("onlineready.model.costs", "def f(site='ｶﾌﾞ'): ..."),
        ("onlineready.model.costs", "from onlineready.filing.windows import filings"),
        ("onlineready.readiness.forecast", "from onlineready.filing import windows"),
        ("onlineready.filing.windows", "from onlineready.report import wording"),
        ("onlineready.domain.scenario", "import numpy"),
        ("onlineready.domain.scenario", "from pathlib import Path"),
        ("onlineready.domain.scenario", "from onlineready.model.plan import cohorts"),
        ("onlineready.domain.tables", "today = date.today()"),
        ("onlineready", "from onlineready.model.result import evaluate"),
        ("onlineready.load", "import streamlit"),
        ("onlineready.load", "from onlineready.model.result import evaluate"),
        ("onlineready.load", "from onlineready.export.csv import to_csv"),
        ("onlineready.report.charts", "import numpy"),
        ("onlineready.report.charts", "from onlineready.export.csv import to_csv"),
        ("onlineready.report.agenda", "import streamlit"),
        ("onlineready.report.agenda", "from onlineready.ui.state import session"),
        ("onlineready.export.xlsx", "from streamlit import write"),
        ("onlineready.export.images", "import altair"),
        ("onlineready.__main__", "import streamlit"),
        ("onlineready.__main__", "from onlineready.ui.state import shared"),
        ("onlineready.ui.state.shared", "import altair"),
        ("app", "from onlineready.model.result import evaluate"),
        ("pages.1_readiness", "import pandas"),
    ],
)
def test_a_crossing_is_caught(module: str, source: str) -> None:
    assert len(crossings(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onlineready.model.result", '"""文書"""\nimport numpy as np\nimport pandas as pd'),
        ("onlineready.model.result", "class Result:\n    months: int\n    '''月'''"),
        ("onlineready.model.result", "from onlineready.model.plan import cohorts"),
        ("onlineready.model.result", "from onlineready.domain import scenario, tables"),
        ("onlineready.model.result", "import datetime\nfrom collections.abc import Iterator"),
        ("onlineready.model.result", "up = np.ceil(x) + np.floor(x)  # 切り上げ"),
        ("onlineready.domain.vocabulary", "unit = '円'\nfrom datetime import date"),
        ("onlineready.domain.tables", "import pandera.pandas as pa\nyen = round(1.5)"),
        ("onlineready.filing.windows", "from onlineready.model.plan import cohorts"),
        ("onlineready.load", "from pathlib import Path\nimport openpyxl, pandas"),
        ("onlineready.load", "text = open('plan.csv')"),
        ("onlineready.report.charts", "import altair as alt\nunit = '円'"),
        ("onlineready.export.csv", "from onlineready.domain.tables import PLAN"),
        ("onlineready.export.xlsx", "from onlineready.model import result\nimport xlsxwriter"),
        ("onlineready.__main__", "from onlineready.model.result import evaluate\nimport argparse"),
        ("onlineready.ui.state.shared", "import streamlit as st\nfrom onlineready import load"),
        ("app", "import streamlit as st\nfrom onlineready.ui.state import shared"),
    ],
)
def test_what_a_layer_may_do_is_no_crossing(module: str, source: str) -> None:
    assert crossings(module, source) == []
