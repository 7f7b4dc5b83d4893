"""Papers are offered where they are asked for, made on a click, and not loaded before."""

import subprocess
import sys

from streamlit.testing.v1 import AppTest

from tests import pages
from tests.server import ROOT


def offered(page: AppTest) -> list[str]:
    assert not page.exception
    return [button.label for button in page.download_button]


def test_the_papers_are_offered_once_their_section_is_open() -> None:
    page = pages.opened()
    before = offered(page)
    added = [label for label in offered(pages.unfolded(page, "downloads")) if label not in before]
    assert added == [
        "稟議用の1枚(PDF)",
        "6画面と前提(PDF)",
        "編集できる発表資料(PowerPoint)",
        "準備チェックリスト(PDF)",
        "Excelで保存",
        "ZIPで保存",
    ]


def test_no_page_loads_what_makes_files() -> None:
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not page.exception\n"
        "assert not page.switch_page('pages/3_presentation.py').run().exception\n"
        "loaded = {'xlsxwriter', 'vl_convert', 'typst', 'pptx'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
