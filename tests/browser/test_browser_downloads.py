"""Files are made in the browser's own way: a button is pressed, and a file comes."""

import io
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.steps import opened


def test_the_workbook_and_the_zip_are_what_the_page_shows(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 2400})
    page.goto("/")
    panel = opened(page, "資料を作る")
    for label, ending in (("Excelで保存", ".xlsx"), ("ZIPで保存", ".zip")):
        button = panel.get_by_role("button", name=label)
        expect(button).to_be_enabled()
        with page.expect_download(timeout=60_000) as started:
            button.click()
        name = started.value.suggested_filename
        assert name.startswith("onlineready-")
        assert name.endswith(ending)
        content = Path(started.value.path()).read_bytes()
        if ending == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as bundle:
                content = bundle.read("onlineready.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["前提"]
        figures = {row[0].value: row[1].value for row in sheet.iter_rows()}
        shown = f"{figures['差引きの効果(1年あたり)']:,.0f}円"
        expect(page.get_by_test_id("stMetricValue").first).to_have_text(shown)
