"""Files are made in the browser's own way: a button is pressed, and a file comes."""

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.steps import opened


def test_the_workbook_is_what_the_page_shows(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 2400})
    page.goto("/")
    button = opened(page, "資料を作る").get_by_role("button", name="Excelで保存")
    expect(button).to_be_enabled()
    with page.expect_download() as started:
        button.click()
    name = started.value.suggested_filename
    assert name.startswith("onlineready-")
    assert name.endswith(".xlsx")
    content = io.BytesIO(Path(started.value.path()).read_bytes())
    sheet = openpyxl.load_workbook(content, data_only=True)["前提"]
    figures = {row[0].value: row[1].value for row in sheet.iter_rows()}
    shown = f"{figures['差引きの効果(1年あたり)']:,.0f}円"
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(shown)
