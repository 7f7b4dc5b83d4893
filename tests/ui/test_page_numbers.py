"""The first minute: one's own answer from a few numbers, and who files online already."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from onlineready.domain.tables import MAX_HEADCOUNT
from onlineready.model.cases import evaluated
from onlineready.model.outline import Said, said_of, said_plan, summed_up
from onlineready.report import findings
from onlineready.ui.state import scaffold
from onlineready.ui.state.session import LONGEST_PLAN_NAME
from onlineready.workbook import to_token
from tests import pages
from tests.day import TODAY
from tests.pages import (
    figures,
    figures_of,
    in_session,
    panel,
    press,
    read,
    widget,
    with_roster,
    workbook_of,
)
from tests.plans import SAMPLE_PLAN, TABLES

SITES = ("事業所1", "事業所2")


def say(page: AppTest, **numbers: Any) -> AppTest:
    """Set numbers of the line of inputs, each in a run of its own."""
    for key, value in numbers.items():
        widget(page, f"said_{key}").set_value(value)
        page.run()
    return page


def said(page: AppTest) -> Said | None:
    return said_of(in_session(page).plan, in_session(page).scenarios[0])


def chips(page: AppTest) -> str:
    return read("\n".join(text.value for text in page.markdown))


def test_the_first_visit_says_on_what_its_figures_rest(dashboard: AppTest) -> None:
    assert not dashboard.exception
    assert said(dashboard) == Said(28, 2)
    assert widget(dashboard, "said_headcount").value == 28
    assert widget(dashboard, "said_sites").value == 2
    assert widget(dashboard, "said_intent").value == "人数を保つ"
    assert "サンプル" in chips(dashboard)
    assert figures(dashboard) == figures_of(workbook_of())


def test_the_answer_goes_before_inputs_and_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    page = pages.page_at()
    page.session_state["styled"] = True
    monkeypatch.setattr(scaffold, "let_through", st.stop)
    page.run()
    assert page.title
    assert page.metric
    assert not page.number_input
    assert not page.get("vega_lite_chart")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"headcount": 25, "sites": 3}, Said(25, 3)),
        ({"intent": "毎年◯人採用する", "hires_per_year": 5.0}, Said(28, 2, 5.0)),
        ({"intent": "◯年後に◯人にする", "years": 2, "target": 40}, Said(28, 2, None, 2, 40)),
        ({"intent": "毎年◯人採用する"}, Said(28, 2, 4.0)),
    ],
)
def test_every_number_answers_at_once(
    dashboard: AppTest, numbers: dict[str, Any], expected: Said
) -> None:
    say(dashboard, **numbers)
    assert not dashboard.exception
    plan = said_plan(expected, in_session(dashboard).scenarios[0], SITES)
    assert in_session(dashboard).plan.equals(plan)
    assert figures(dashboard) == figures_of(workbook_of(plan))
    assert "サンプル" not in chips(dashboard)
    assert "自社の人数" in chips(dashboard)


def test_the_way_to_the_counter_is_gone_there_and_back(dashboard: AppTest) -> None:
    say(dashboard, travel=35.0)
    tasks = in_session(dashboard).scenarios[0].tasks
    assert tasks["counter_travel_submit"].minutes == 70
    assert tasks["counter_travel_collect"].minutes == 70
    assert "サンプル" not in chips(dashboard)


def test_no_number_that_was_just_typed_is_lost(dashboard: AppTest) -> None:
    for key, value in (("said_headcount", 25), ("said_sites", 1), ("said_travel", 20.0)):
        widget(dashboard, key).set_value(value)
    widget(dashboard, "input_wage_yen_per_hour").set_value(2_000.0)
    dashboard.run()
    assert said(dashboard) == Said(25, 1)
    scenario = in_session(dashboard).scenarios[0]
    assert scenario.wage_yen_per_hour == 2_000
    assert scenario.tasks["counter_travel_submit"].minutes == 40


@pytest.mark.parametrize(
    ("key", "typed", "limits"),
    [
        ("said_headcount", MAX_HEADCOUNT + 1, "0〜100,000"),
        ("said_headcount", -1, "0〜100,000"),
        ("said_sites", 0, "1〜200"),
        ("said_travel", 5_001.0, "0〜5,000"),
        ("input_wage_yen_per_hour", -1.0, "0〜100,000"),
    ],
)
def test_a_number_that_does_not_fit_is_told_in_japanese_and_not_taken(
    dashboard: AppTest, key: str, typed: float, limits: str
) -> None:
    before, number = in_session(dashboard), widget(dashboard, key).value
    widget(dashboard, key).set_value(typed)
    dashboard.run()
    assert not dashboard.exception
    assert f"{limits}の数を入れてください。" in pages.told(dashboard)
    assert in_session(dashboard) == before
    assert widget(dashboard, key).value == number


def test_sites_keep_their_names_when_there_are_more_or_fewer(dashboard: AppTest) -> None:
    say(dashboard, sites=3)
    assert list(in_session(dashboard).plan["site"]) == [*SITES, "事業所3"]
    say(dashboard, sites=1)
    assert list(in_session(dashboard).plan["site"]) == ["事業所1"]


def test_each_number_is_taken_back_in_one_step(dashboard: AppTest) -> None:
    for headcount in (29, 30, 31):
        say(dashboard, headcount=headcount)
    say(dashboard, sites=4)
    say(dashboard, sites=5)
    press(dashboard, "undo_numbers")
    assert said(dashboard) == Said(31, 2)
    press(dashboard, "undo_numbers")
    assert said(dashboard) == Said(28, 2)
    assert "サンプル" in chips(dashboard)
    assert not [button for button in dashboard.button if button.key == "undo_numbers"]


def test_a_plan_that_no_numbers_say_takes_their_place_and_gives_it_back() -> None:
    page = with_roster()
    assert not page.exception
    assert not [one for one in page.number_input if one.key == "said_headcount"]
    assert "開いた計画" in chips(page)
    press(page, "back_to_numbers")
    assert said(page) == summed_up(SAMPLE_PLAN, in_session(page).scenarios[0]) == Said(24, 3)
    press(page, "undo_numbers")
    assert in_session(page) == workbook_of(SAMPLE_PLAN)


def test_numbers_beyond_the_inputs_are_no_error_page() -> None:
    plan = said_plan(Said(1_000, 500), workbook_of().scenarios[0])
    page = pages.opened(w=to_token(workbook_of(plan)))
    assert not page.exception
    assert not [one for one in page.number_input if one.key == "said_sites"]


# Who files online already


def test_who_files_online_already_sees_what_it_has_saved_and_what_is_due(
    dashboard: AppTest,
) -> None:
    before = in_session(dashboard)
    panel(dashboard, "すでにオンラインで申請しています")
    widget(dashboard, "online_since").set_value("2026-05")
    press(dashboard, "files_online")
    assert not dashboard.exception
    now = in_session(dashboard)
    assert str(now.scenarios[0].go_live) == "2026-05"
    result = evaluated(now.plan, now.scenarios[0], TABLES).result
    found = findings.so_far(result, TODAY)
    assert found is not None
    assert dashboard.title[0].value == found.title
    # What going on will save stands there too, not in a tooltip alone.
    assert f"{found.detail}。" in [caption.value for caption in dashboard.caption]
    press(dashboard, "undo_numbers")
    assert in_session(dashboard) == before


def test_who_files_online_no_more_is_back_at_the_forecast(dashboard: AppTest) -> None:
    before = in_session(dashboard)
    panel(dashboard, "すでにオンラインで申請しています")
    widget(dashboard, "online_since").set_value("2026-05")
    press(dashboard, "files_online")
    panel(dashboard, "すでにオンラインで申請しています")
    press(dashboard, "not_online")
    assert in_session(dashboard).scenarios[0].go_live is None
    assert figures(dashboard) == figures_of(before)


# What is brought


def test_an_outline_is_refined_at_a_click(dashboard: AppTest) -> None:
    pages.plan_panel(dashboard)
    press(dashboard, "as_targets")
    assert not dashboard.exception
    assert "fiscal_year" in in_session(dashboard).plan
    press(dashboard, "undo_numbers")
    pages.plan_panel(dashboard)
    press(dashboard, "as_roster")
    assert not dashboard.exception
    assert "route" in in_session(dashboard).plan


def test_a_refused_file_leaves_no_answer_of_the_sample(dashboard: AppTest) -> None:
    pages.upload(dashboard, "区分,人数\n在籍,x\n".encode())
    assert dashboard.error
    assert not dashboard.metric
    press(dashboard, "see_sample")
    assert figures(dashboard) == figures_of(workbook_of())
    assert not dashboard.error


def test_a_number_answers_after_a_refused_file(dashboard: AppTest) -> None:
    pages.upload(dashboard, "区分,人数\n在籍,x\n".encode())
    say(dashboard, headcount=25)
    assert not dashboard.error
    assert dashboard.metric


def test_after_a_refused_file_a_plan_of_ones_own_stands_and_is_named(dashboard: AppTest) -> None:
    say(dashboard, headcount=25)
    pages.upload(dashboard, "区分,人数\n在籍,x\n".encode())
    assert any("それまでの計画(自社の人数)" in read(info.value) for info in dashboard.info)
    assert figures(dashboard) == figures_of(in_session(dashboard))


@pytest.mark.parametrize(("button", "stays"), [("keep_plan", True), ("drop_plan", False)])
def test_taking_the_file_away_asks_what_becomes_of_its_plan(
    dashboard: AppTest, button: str, stays: bool
) -> None:
    pages.upload(dashboard, "区分,人数,在留期限\n在籍,3,2027-01\n海外,2,\n".encode())
    pages.upload(dashboard, "区分,人数,在留期限\n在籍,3,2027-01\n".encode())
    plan = in_session(dashboard).plan
    dashboard.file_uploader(key="upload").clear().run()
    assert any("外しました" in info.value for info in dashboard.info)
    assert in_session(dashboard).plan is plan
    press(dashboard, button)
    assert in_session(dashboard).plan.equals(plan) is stays
    assert (said(dashboard) is None) is stays


def test_a_plan_has_a_name_that_can_be_set(dashboard: AppTest) -> None:
    pages.plan_panel(dashboard)
    widget(dashboard, "plan_name").set_value("  ![x](http://a.example/x.png) " + "長" * 80)
    dashboard.run()
    name = dashboard.session_state["history"].now.plan_name
    assert name.startswith("![x]")
    assert len(name) <= LONGEST_PLAN_NAME
    assert r"!\[x" in "".join(text.value for text in dashboard.markdown)
    press(dashboard, "undo_numbers")
    assert "サンプル" in chips(dashboard)


def test_a_plan_keeps_the_name_of_its_file_until_its_numbers_are_changed(
    dashboard: AppTest,
) -> None:
    """The wage is none of them; a name that the reader gave stays."""
    pages.upload(dashboard, "事業所,現在人数\n本社,25\n".encode(), "二月.csv")
    widget(dashboard, "input_wage_yen_per_hour").set_value(2_000.0)
    dashboard.run()
    assert "読み込んだ計画「二月.csv」" in chips(dashboard)
    say(dashboard, headcount=26)
    assert "二月.csv" not in chips(dashboard)
    assert "自社の人数" in chips(dashboard)
    press(dashboard, "undo_numbers")
    assert "読み込んだ計画「二月.csv」" in chips(dashboard)
    widget(dashboard, "plan_name").set_value("春の案")
    dashboard.run()
    say(dashboard, headcount=27)
    assert "春の案" in chips(dashboard)


def test_a_blank_table_is_no_mistake_and_takes_what_is_pasted(dashboard: AppTest) -> None:
    pages.plan_panel(dashboard)
    before = in_session(dashboard)
    press(dashboard, "blank")
    assert not dashboard.exception
    assert not dashboard.error
    assert in_session(dashboard).plan is before.plan
    typed = {"route": "在籍", "headcount": "7", "expiry": "2027-01"}
    pages.edit(dashboard, "plan_table", {0: typed})
    assert in_session(dashboard).plan["headcount"].tolist() == [7]
