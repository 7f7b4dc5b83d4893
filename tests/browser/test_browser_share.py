"""What a reader has set survives in Chromium: a reload, another page, another server."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    PLAN,
    answer,
    command_line,
    go_to,
    link,
    panel,
    sees,
    set_input,
    settle,
    sharing,
    shown,
    token,
)
from tests.server import served

INPUTS = {
    "company_fee_share": "60",
    "wage_yen_per_hour": "2345",
    "go_live": "2027年10月",
}
"""Inputs of every kind, in the line and in the panel below, and what is set in them."""


def test_what_a_reader_has_set_is_the_same_everywhere(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    plan = tmp_path / "計画.csv"
    plan.write_bytes(PLAN.encode("cp932"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(app_url)
    expect(page.get_by_text("サンプル", exact=True).first).to_be_visible()
    panel(page, "詳しい計画を読み込む")
    page.locator(".st-key-upload input[type=file]").set_input_files(plan)
    expect(page.get_by_text("読み込んだ計画「計画.csv」").first).to_be_visible()
    panel(page, "ほかの前提")
    for number, (key, value) in enumerate(INPUTS.items(), start=1):
        set_input(page, f"input_{key}", value)
        expect(page.get_by_text(f"{number}項目を変更中")).to_be_visible()
        settle(page)
    before = shown(page, len(INPUTS))
    assert {key: before["inputs"][key] for key in INPUTS} == INPUTS
    with page.expect_download() as download:
        sharing(page).get_by_role("button", name="保存する").click()
    raw = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert {row["site"] for row in raw["plan"]} == {"髙﨑①工場㈱"}
    result = command_line(plan, **raw["scenarios"][0])
    assert before["answer"] == answer(result)

    page.reload()
    sees(page, before, len(INPUTS))

    offered = link(page)
    code = sharing(page).get_by_test_id("stCode")
    # The button shows itself only to a pointer that rests on it, which what moves may prevent.
    code.locator("button").dispatch_event("click")
    page.wait_for_function(
        "async link => await navigator.clipboard.readText() === link", arg=offered
    )
    copied = urlsplit(offered)
    assert f"{copied.scheme}://{copied.netloc}" == app_url
    # A server that has seen no reader yet, behind a path, opened first on another page.
    with served(tmp_path, "/tools/onlineready") as elsewhere:
        page.goto(f"{elsewhere}/readiness?{copied.query}")
        go_to(page, "費用と効果")
        sees(page, before, len(INPUTS))
        expect(page.get_by_text("リンクの計画")).to_be_visible()
        offered = link(page)
        assert offered.partition("?")[0].rstrip("/") == elsewhere
        assert token(offered) == token(page.url) == token(f"?{copied.query}")


def test_a_link_that_was_cut_shows_the_sample_and_leaves_the_address(
    page: Page, app_url: str
) -> None:
    page.goto(f"{app_url}/?w=1.abc")
    expect(page.get_by_text("リンクを開けませんでした")).to_be_visible()
    expect(page.get_by_text("サンプル", exact=True).first).to_be_visible()
    settle(page)
    assert "w=" not in page.url
