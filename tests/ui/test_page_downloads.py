"""Files are offered on page 1, made when asked for, and not loaded before."""

import subprocess
import sys

from tests import pages
from tests.server import ROOT


def test_the_panel_offers_the_workbook_and_the_zip() -> None:
    page = pages.opened()
    assert not page.exception
    labels = [button.label for button in page.download_button]
    assert {"Excelで保存", "ZIPで保存"} <= set(labels)


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
