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


@dataclass(frozen=True)
class Layer:
    """What the modules of a layer may import besides the standard library, and must not do."""

    modules: frozenset[str]
    layers: tuple[str, ...] = ()
    libraries: frozenset[str] = frozenset()
    any_library_but: frozenset[str] | None = None
    without_files_and_clock: bool = False
    without_rounding_and_prose: bool = False


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LAYERS = {
    "words": Layer(
        _names(
            "__init__ vocabulary language problem notice scenario alternatives tables checklist "
            "palette slides actuals"
        ),
        ("words",),
        _names("pydantic pydantic_core annotated_types pandas pandera"),
        without_files_and_clock=True,
    ),
    "calculation": Layer(
        _names(
            "plan applications fees costs comparison uncertainty derivation model bill readiness "
            "workings filings deadlines workload variance"
        ),
        ("words", "calculation"),
        _names("numpy pandas"),
        without_files_and_clock=True,
        without_rounding_and_prose=True,
    ),
    "edges": Layer(
        _names("load workbook clock personal_data"),
        ("words", "edges"),
        any_library_but=_names("streamlit altair"),
    ),
    # What is written out is a result: its files know the calculation, which what is read does not.
    "files": Layer(
        _names("export"),
        ("words", "calculation", "files"),
        any_library_but=_names("streamlit altair"),
    ),
    "command line": Layer(
        _names("__main__"),
        ("words", "calculation", "edges"),
        any_library_but=_names("streamlit altair"),
    ),
    "pictures": Layer(
        _names("charts slide_charts"), ("words", "pictures"), _names("altair pandas")
    ),
    "screen": Layer(
        _names("ui app pages"),
        ("words", "calculation", "edges", "files", "pictures", "screen"),
        any_library_but=frozenset(),
    ),
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
    """Return the layer of a module, named as in `onlineready.ui.shell`, `app` or `pages.x`."""
    parts = module.split(".")
    inside = parts[1:] if parts[0] == PACKAGE else parts
    name = inside[0] if inside else "__init__"
    return next((layer for layer, rule in LAYERS.items() if name in rule.modules), None)


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
        return [f"{module} stands in no layer: place it in LAYERS"]
    rule, tree = LAYERS[name], ast.parse(source)
    found = []
    for line, imported in imports(module, tree):
        top = imported.partition(".")[0]
        if layer_of(imported) is not None and top in (PACKAGE, "app", "pages"):
            allowed = layer_of(imported) in rule.layers
        elif top == PACKAGE:
            allowed = False
        elif top in sys.stdlib_module_names:
            allowed = not (rule.without_files_and_clock and top in FILES_AND_CLOCK)
        elif rule.any_library_but is not None:
            allowed = top not in rule.any_library_but
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


def test_the_modules_of_the_model_are_all_looked_at() -> None:
    assert {
        *("app", "onlineready", "onlineready.__main__", "onlineready.load", "onlineready.charts"),
        *(f"onlineready.{name}" for name in ("plan", "applications", "fees", "costs", "model")),
    } <= set(modules())


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onlineready.new", ""),
        ("onlineready.model", "import streamlit as st"),
        ("onlineready.model", "import altair"),
        ("onlineready.model", "import pathlib"),
        ("onlineready.model", "from io import BytesIO"),
        ("onlineready.model", "from onlineready.load import read_plan"),
        ("onlineready.model", "from onlineready import load"),
        ("onlineready.model", "import onlineready.load"),
        ("onlineready.model", "from . import load"),
        ("onlineready.model", "from .load import read_plan"),
        ("onlineready.model", "def late():\n    from onlineready.charts import pie"),
        ("onlineready.model", "from onlineready.somewhere import thing"),
        ("onlineready.model", "import app"),
        ("onlineready.model", "import requests"),
        ("onlineready.plan", "text = open('plan.csv')"),
        ("onlineready.plan", "frame = pd.read_csv('plan.csv')"),
        ("onlineready.plan", "frame.to_csv('plan.csv')"),
        ("onlineready.plan", "now = datetime.now(JAPAN)"),
        ("onlineready.plan", "now = datetime.date.today()"),
        ("onlineready.plan", "now = pd.Timestamp.today()"),
        ("onlineready.costs", "yen = round(yen)"),
        ("onlineready.costs", "yen = frame['yen'].round(0)"),
        ("onlineready.costs", "yen = np.rint(yen)"),
        ("onlineready.costs", "unit = '円'"),
        ("onlineready.costs", "label = f'{yen}円'"),
        ("onlineready.costs", "def f():\n    raise ValueError('エラー')"),
        ("onlineready.costs", "def f(site='ｶﾌﾞ'): ..."),
        ("onlineready.scenario", "import numpy"),
        ("onlineready.scenario", "from pathlib import Path"),
        ("onlineready.scenario", "from onlineready.plan import cohorts"),
        ("onlineready.tables", "today = date.today()"),
        ("onlineready", "from onlineready.model import evaluate"),
        ("onlineready.load", "import streamlit"),
        ("onlineready.load", "from onlineready.model import evaluate"),
        ("onlineready.load", "from onlineready.export.csv import to_csv"),
        ("onlineready.export.xlsx", "from streamlit import write"),
        ("onlineready.export.xlsx", "from onlineready.load import read_plan"),
        ("onlineready.export.images", "import altair"),
        ("onlineready.__main__", "import streamlit"),
        ("onlineready.__main__", "from onlineready.ui import shell"),
        ("onlineready.charts", "import numpy"),
        ("onlineready.charts", "from onlineready.model import evaluate"),
        ("onlineready.charts", "import streamlit"),
    ],
)
def test_a_crossing_is_caught(module: str, source: str) -> None:
    assert len(crossings(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onlineready.model", '"""文書"""\nimport numpy as np\nimport pandas as pd'),
        ("onlineready.model", "class Result:\n    months: int\n    '''月'''"),
        ("onlineready.model", "from onlineready.plan import cohorts\nfrom . import scenario"),
        ("onlineready.model", "from onlineready import __version__, tables"),
        ("onlineready.model", "import datetime\nfrom collections.abc import Iterator"),
        ("onlineready.model", "up = np.ceil(x) + np.floor(x)  # 切り上げ"),
        ("onlineready.vocabulary", "unit = '円'\nfrom datetime import date"),
        ("onlineready.tables", "import pandera.pandas as pa\nyen = round(1.5)"),
        ("onlineready.load", "from pathlib import Path\nimport python_calamine, pandas"),
        ("onlineready.load", "text = open('plan.csv')"),
        ("onlineready.export.csv", "from onlineready.tables import PLAN"),
        ("onlineready.export.xlsx", "from onlineready.model import Result\nimport xlsxwriter"),
        ("onlineready.__main__", "from onlineready.model import evaluate\nimport argparse"),
        ("onlineready.charts", "import altair as alt\nunit = '円'"),
        ("onlineready.ui.shell", "import streamlit as st\nfrom onlineready import charts, load"),
        ("app", "import streamlit as st\nfrom onlineready.ui import shell"),
        ("pages.1_readiness", "import streamlit as st"),
    ],
)
def test_what_a_layer_may_do_is_no_crossing(module: str, source: str) -> None:
    assert crossings(module, source) == []
