"""The plan on the page: brought, checked, mended in the table, taken back."""

import io
import json
import logging
from collections.abc import Mapping
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.tables import plan_kind
from onlineready.domain.vocabulary import PlanKind
from onlineready.export.template import INSIDE
from onlineready.load.plans import read_plan
from onlineready.ui.costs.editor import MOST_ROWS
from onlineready.ui.state import shared
from tests import pages
from tests.pages import (
    editor,
    figures,
    figures_of,
    in_session,
    post,
    press,
    problems_told,
    read,
    shown,
    told,
    upload,
    workbook_of,
)
from tests.plans import SAMPLE_PLAN, current, overseas, roster, rows, xlsx_of
from tests.server import ROOT

GOOD = "区分,人数,開始月,在留期限\n在籍,3,2025-04,2027-04\n海外,2,2027-06,\n"
WIDE = "事業所,2026年度,令和9年度\n本社,10,12\n工場,3,4名\n合計,13,16\n"


@pytest.fixture
def dashboard() -> AppTest:
    """Page 1 with the sample roster, and the panel of the plan open."""
    return pages.plan_panel(pages.with_roster())


def edit(
    dashboard: AppTest,
    cells: Mapping[int, Mapping[str, Any]] | None = None,
    added: list[dict[str, Any]] | None = None,
    deleted: list[int] | None = None,
) -> AppTest:
    """Change cells of the plan's table by row and column, add rows, delete rows."""
    changes = {
        "edited_rows": cells or {},
        "added_rows": added or [],
        "deleted_rows": deleted or [],
    }
    return post(dashboard, editor(dashboard, "plan_table").proto.id, json.dumps(changes))


def cells(dashboard: AppTest) -> pd.DataFrame:
    table: pd.DataFrame = editor(dashboard, "plan_table").value
    return table


def captions(dashboard: AppTest) -> str:
    told = [*dashboard.caption, *dashboard.success]
    return read("\n".join(one.value for one in told))


# Brought


def test_targets_in_a_wide_table_are_read_and_what_they_imply_is_shown(dashboard: AppTest) -> None:
    upload(dashboard, WIDE.encode("cp932"), "目標.csv")
    assert not dashboard.exception
    plan = read_plan(WIDE.encode("cp932"), "目標.csv").reset_index(drop=True)
    assert plan_kind(in_session(dashboard).plan) is PlanKind.TARGETS
    assert figures(dashboard) == figures_of(workbook_of(plan))
    assert any("目標の人数・2事業所(4件)" in text.value for text in dashboard.markdown)
    assert any("5年間の採用は" in text.value for text in dashboard.markdown)
    assert "文字コードはShift_JIS(CP932)。" in captions(dashboard)
    assert "合計の行(4行目)は数えていません。" in captions(dashboard)
    assert list(cells(dashboard).columns) == ["check", "site", "fiscal_year", "headcount"]


def test_another_sheet_can_be_chosen(dashboard: AppTest) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([line.split(",") for line in GOOD.split()])))
    other = book.create_sheet("来期")
    for line in (["区分", "人数", "在留期限"], ["在籍", 7, "2027-10"]):
        other.append(line)
    content = io.BytesIO()
    book.save(content)
    upload(dashboard, content.getvalue(), "計画.xlsx")
    assert in_session(dashboard).plan["headcount"].tolist() == [3, 2]
    dashboard.selectbox(key="sheet").set_value("来期").run()
    assert in_session(dashboard).plan["headcount"].tolist() == [7]
    assert "シート「来期」" in captions(dashboard)
    # Without the file there is no other sheet to be read.
    dashboard.file_uploader(key="upload").clear().run()
    assert not dashboard.exception
    assert not [box for box in dashboard.selectbox if box.key == "sheet"]


def test_a_header_that_is_not_known_can_be_said_to_stand_for_a_column(dashboard: AppTest) -> None:
    content = "拠点,雇い方,頭数,在留期限\n本社,在籍,3,2027-01\n".encode()
    upload(dashboard, content)
    assert "「区分」の列がありません" in problems_told(dashboard)["内容と直し方"].str.cat()
    assert list(problems_told(dashboard)["列"]) == ["区分", "人数", "ファイル全体"]
    dashboard.selectbox(key="mapping_route").set_value("雇い方")
    dashboard.selectbox(key="mapping_headcount").set_value("頭数")
    next(button for button in dashboard.button if button.label == "この対応で読む").click().run()
    assert not dashboard.exception
    assert not dashboard.error
    assert rows(in_session(dashboard).plan) == rows(roster(current(3, "2027-01", site="本社")))


def test_personal_data_is_refused_and_never_shown_or_logged(
    dashboard: AppTest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    content = "区分,人数,在留期限,担当\n在籍,3,2027-01,グエン ヴァン アン\n".encode()
    upload(dashboard, content)
    assert not dashboard.exception
    table = problems_told(dashboard)
    assert table["列"].tolist() == ["担当"]
    assert "個人情報" in table["内容と直し方"].iloc[0]
    assert not shown(dashboard, "ヴァン")
    for text in (caplog.text, repr(dashboard.session_state["uploaded"])):
        assert "ヴァン" not in text
    assert in_session(dashboard) == workbook_of(SAMPLE_PLAN)
    # The file is not kept either: the uploader is another one, and empty.
    (uploader,) = [one for one in dashboard.file_uploader if str(one.key).startswith("upload")]
    assert not uploader.value
    assert dashboard.run().error
    uploader = next(one for one in dashboard.file_uploader if one.key == uploader.key)
    uploader.set_value(("plan.csv", GOOD.encode(), "text/csv")).run()
    assert not dashboard.error
    assert in_session(dashboard).plan["headcount"].tolist() == [3, 2]


def test_the_first_fifty_problems_are_shown_and_all_can_be_saved(dashboard: AppTest) -> None:
    lines = "".join(f"在籍,x{number},2027-01\n" for number in range(60))
    upload(dashboard, ("区分,人数,在留期限\n" + lines).encode())
    assert "60か所" in dashboard.error[0].value
    assert len(problems_told(dashboard)) == 50
    assert dashboard.download_button(key="upload_problems")
    upload(dashboard, GOOD.encode())
    assert not dashboard.error


def test_equal_problems_are_told_once_with_their_rows(dashboard: AppTest) -> None:
    upload(dashboard, ("区分,人数,在留期限\n" + "在籍,x,2027-01\n在籍,3,\n" * 2_000).encode())
    assert "4,000か所" in dashboard.error[0].value
    told = problems_told(dashboard)
    assert told["列"].tolist() == ["人数", "在留期限"]
    assert told.index[0] == "2、4、6、8、10行目、ほか1,995行"
    assert dashboard.download_button(key="upload_problems")


def test_a_file_is_read_once_and_then_left_alone(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode())
    edit(dashboard, {0: {"headcount": "9"}})
    dashboard.run()
    assert in_session(dashboard).plan["headcount"].tolist() == [9, 2]


# The table


def test_what_is_typed_goes_into_the_workbook(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode())
    edit(dashboard, {0: {"headcount": "１２名", "expiry": "令和9年10月"}})
    assert not dashboard.exception
    expected = [current(12, "2027-10", "2025-04"), overseas(2, "2027-06")]
    assert rows(in_session(dashboard).plan) == rows(roster(*expected))
    assert figures(dashboard) == figures_of(in_session(dashboard))
    edit(
        dashboard, added=[{"site": "仙台", "route": "在籍", "headcount": "1", "expiry": "2027-01"}]
    )
    assert in_session(dashboard).plan["site"].tolist() == ["全社", "全社", "仙台"]
    edit(dashboard, deleted=[0, 1])
    assert rows(in_session(dashboard).plan) == rows(roster(current(1, "2027-01", site="仙台")))
    assert any("(編集)" in text.value for text in dashboard.markdown)


def test_a_mistake_is_marked_and_what_was_typed_stays(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode())
    before = in_session(dashboard)
    edit(dashboard, {0: {"headcount": "▲3"}, 1: {"start": ""}})
    assert not dashboard.exception
    assert in_session(dashboard) == before
    assert cells(dashboard)["check"].tolist() == ["⚠ 人数", "⚠ 開始月"]
    assert cells(dashboard)["headcount"].tolist() == ["▲3", "2"]
    assert "2か所" in dashboard.error[0].value
    assert problems_told(dashboard).index.tolist() == ["1行目", "2行目"]
    edit(dashboard, {0: {"headcount": "3"}})
    assert cells(dashboard)["check"].tolist() == ["", "⚠ 開始月"]
    edit(dashboard, {1: {"start": "2027/6"}})
    assert not dashboard.error
    assert in_session(dashboard) == before


def test_an_empty_new_row_is_no_mistake_and_no_row(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode())
    before = in_session(dashboard)
    edit(dashboard, added=[{}])
    assert not dashboard.error
    assert in_session(dashboard) == before


def only_the_table() -> None:
    """Show the table of the sample without the rest of the page."""
    from onlineready.ui.costs import editor
    from onlineready.ui.state import session

    editor.show_plan()
    session.show_undo("plan")


def test_changes_are_taken_back_one_by_one() -> None:
    table = AppTest.from_function(only_the_table, default_timeout=60).run()
    for number in range(6):
        edit(table, {0: {"headcount": str(10 + number)}})
    for number in reversed(range(5)):
        press(table, "undo_plan")
        assert in_session(table).plan["headcount"].iloc[0] == 10 + number
    press(table, "undo_plan")
    assert in_session(table) == workbook_of()
    assert table.button(key="undo_plan").disabled


def test_a_mistake_is_taken_back_too(dashboard: AppTest) -> None:
    edit(dashboard, {0: {"headcount": "x"}})
    assert dashboard.error
    press(dashboard, "undo_numbers")
    assert not dashboard.error
    assert in_session(dashboard) == workbook_of(SAMPLE_PLAN)


def test_personal_data_typed_into_the_table_is_taken_back_and_not_repeated(
    dashboard: AppTest,
) -> None:
    before = in_session(dashboard)
    edit(dashboard, {0: {"site": "AB12345678CD"}})
    assert "個人情報(在留カード番号)" in told(dashboard)
    assert not shown(dashboard, "AB12345678CD")
    assert in_session(dashboard) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"edited_rows": {-1: {"headcount": "1"}}},
        {"edited_rows": {0: {"headcount": ["1"], "site": {"a": 1}}}},
        {"deleted_rows": [-3]},
    ],
)
def test_what_no_editor_sends_is_no_error_page(dashboard: AppTest, changes: dict[str, Any]) -> None:
    everything = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **changes}
    post(dashboard, editor(dashboard, "plan_table").proto.id, json.dumps(everything))
    assert dashboard.metric


def test_the_samples_are_a_click_away(dashboard: AppTest) -> None:
    dashboard.radio(key="kind").set_value(PlanKind.TARGETS).run()
    press(dashboard, "sample")
    assert in_session(dashboard).plan.equals(shared.sample_plan(PlanKind.TARGETS))
    dashboard.radio(key="kind").set_value(PlanKind.ROSTER).run()
    press(dashboard, "sample")
    assert in_session(dashboard) == workbook_of(SAMPLE_PLAN)


def test_a_long_plan_is_not_edited_on_the_page(dashboard: AppTest) -> None:
    lines = "在籍,1,2027-01\n" * (MOST_ROWS + 1)
    upload(dashboard, ("区分,人数,在留期限\n" + lines).encode())
    assert not dashboard.exception
    assert not [table for table in dashboard.data_editor if str(table.key).startswith("plan_table")]
    assert "1,000行を超える計画" in captions(dashboard)


# Samples


def test_targets_advise_the_roster_for_changes_inside_the_company(dashboard: AppTest) -> None:
    assert INSIDE[PlanKind.TARGETS] not in captions(dashboard)
    dashboard.radio(key="kind").set_value(PlanKind.TARGETS).run()
    press(dashboard, "sample")
    assert not dashboard.exception
    assert INSIDE[PlanKind.TARGETS] in captions(dashboard)


def test_both_samples_are_shipped() -> None:
    kinds = {
        plan_kind(read_plan((ROOT / "data" / name).read_bytes(), name))
        for name in ("sample_plan.csv", "sample_targets.csv")
    }
    assert kinds == {PlanKind.ROSTER, PlanKind.TARGETS}
