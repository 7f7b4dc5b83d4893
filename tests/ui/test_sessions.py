"""The workbook on the page: each session has its own, from link, file and input, and no other."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from onlineready import MODEL_CHANGED_ON
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import VISIT_DRIVERS
from onlineready.load.plans import read_plan
from onlineready.model.cases import Cases, evaluated
from onlineready.readiness.checklist import read_answers
from onlineready.ui.costs.sites import VISITS
from onlineready.ui.state import session, shared
from onlineready.workbook import (
    MAX_FILE_BYTES,
    Workbook,
    from_token,
    to_document,
    to_file,
    to_token,
)
from tests import pages
from tests.chance import examples
from tests.day import TODAY
from tests.pages import (
    READINESS,
    SOURCES,
    assume,
    edit,
    editor,
    figures,
    figures_of,
    in_session,
    look_at,
    own_plan,
    post,
    press,
    press_labelled,
    problems_told,
    read,
    save_and_open,
    sent,
    shown,
    sites_shown,
    told,
    widget,
    workbook_of,
)
from tests.plans import TABLES
from tests.workbooks import workbooks

NOT_OPENED = "リンクを開けませんでした。見本を表示しています。"

INPUTS: dict[str, tuple[Any, Any]] = {
    "name": ("楽観", "楽観"),
    "start_month": ("2027-04", "2027-04"),
    "years": (7, 7),
    "fiscal_year_start_month": (1, 1),
    "go_live": ("2028-04", "2028-04"),
    "fee_basis": ("2025-04", "2025-04"),
    "company_fee_share": (30, 0.3),
    "online_share": (80, 0.8),
    "officers": (4, 4),
    "uncertified_officers": (1, 1),
    "wage_yen_per_hour": (2500.0, 2500.0),
    "realised_time_share": (0, 0.0),
    "batch_size": (5, 5),
    "combined_trip_share": (10, 0.1),
    "attrition_per_year": (20, 0.2),
    "coe_lead_months": (6, 6),
    "change_lead_months": (3, 3),
    "extension_lead_months": (1, 1),
    "first_period_months": (6, 6),
    "period_months": (36, 36),
    "overseas_share": (60, 0.6),
    "ssw2_share": (25, 0.25),
    "ssw2_period_months": (12, 12),
    "id_validity_months": (12, 12),
    "discount_rate": (6, 0.06),
}
"""What is set in each input, and what then stands in the scenario."""

INPUTS_NOW = {"years": 5, "fiscal_year_start_month": 4}
AMOUNTS = ("1回の時間", "1回の実費")

ONE_OF_EACH_KIND = (
    *("name", "go_live", "fee_basis", "company_fee_share", "wage_yen_per_hour"),
    *("uncertified_officers", "officers", "id_validity_months"),
)
"""Fewer without approval before fewer officers: more of the one than of the other fit nobody."""


# Two at once


class Reader:
    """Somebody at a page, with what has to be there written down beside it."""

    def __init__(self, page: AppTest, name: str, headcount: int) -> None:
        self.page = page
        self.raw: dict[str, Any] = {}
        self.plan = read_plan(own_plan(name, headcount), "plan.csv")
        self.marks = [f"案{name}", f"{name}第一", f"{name}第二", f"plan-{name}.csv"]
        pages.upload(page, own_plan(name, headcount), f"plan-{name}.csv")
        self.set("name", f"案{name}")

    def set(self, key: str, value: Any) -> None:
        assume(self.page, key, value)
        self.raw[key] = value
        self.figures = figures_of(self.expected)

    def look_at(self, topic: str) -> None:
        self.page.segmented_control(key="topic").set_value(topic)
        self.page.run()

    @property
    def expected(self) -> Workbook:
        return workbook_of(self.plan, **self.raw)


def test_nothing_of_one_session_ever_shows_in_another() -> None:
    first, second = (
        Reader(pages.opened(), name, headcount) for name, headcount in (("甲", 4), ("乙", 90))
    )
    changes = (
        ("wage_yen_per_hour", 1_000.0, 5_000.0),
        ("topic", "事業所別・手続別", "手数料の総額"),
        ("batch_size", 3, 4),
        ("topic", "手数料の総額", "シナリオを比べる"),
        ("years", 6, 3),
        ("wage_yen_per_hour", 1_010.0, 5_010.0),
    )
    for key, *values in changes:
        turns = zip((first, second), (second, first), values, strict=True)
        for reader, other, value in turns:
            if key == "topic":
                reader.look_at(str(value))
            else:
                reader.set(key, value)
            assert not reader.page.exception
            assert in_session(reader.page) == reader.expected
            assert figures(reader.page) == reader.figures
            seen = sent(reader.page)
            assert any(mark.encode() in seen for mark in reader.marks)
            assert not [mark for mark in other.marks if mark.encode() in seen]
            linked = from_token(reader.page.query_params["w"], TABLES)
            assert list(linked.plan["headcount"]) == list(reader.expected.plan["headcount"])
            assert figures(first.page) != figures(second.page)


def test_a_new_session_knows_nothing_of_those_before() -> None:
    before = Reader(pages.opened(), "甲", 4)
    save_and_open(before.page, b"{")
    after = pages.opened()
    assert in_session(after) == workbook_of()
    assert figures(after) == figures_of(workbook_of())
    assert not [mark for mark in before.marks if shown(after, mark)]
    assert not after.error
    assert not after.warning


def test_the_sample_is_worked_out_once_for_all_and_a_change_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages.opened()
    worked_out: list[Scenario] = []

    def noted(plan: pd.DataFrame, scenario: Scenario, tables: Tables) -> Cases:
        worked_out.append(scenario)
        return evaluated(plan, scenario, tables)

    monkeypatch.setattr(session, "evaluated", noted)
    page = pages.opened()
    assert not worked_out
    assume(page, "years", 8)
    page.segmented_control(key="topic").set_value("手数料の総額").run()
    assert [scenario.years for scenario in worked_out] == [8]
    again = pages.opened()
    assert figures(again) == figures_of(workbook_of())
    assert len(worked_out) == 1


# Links


@pytest.mark.parametrize("go_live", [None, "2027-10"])
def test_a_link_shows_its_figures(go_live: str | None) -> None:
    plan = read_plan(own_plan("甲", 7), "plan.csv")
    sent = workbook_of(plan, go_live=go_live, years=3, wage_yen_per_hour=3_000, name="案甲")
    token = to_token(sent)
    page = pages.opened(w=token)
    assert not page.exception
    assert not page.warning
    assert in_session(page) == from_token(token, TABLES)
    assert figures(page) == figures_of(sent)
    for key, value in (("years", 3), ("name", "案甲")):
        assert widget(look_at(page, key), f"listed_{key}").value == value
    assert any("リンクの計画" in text.value and "14人" in text.value for text in page.markdown)
    assert shown(page, "リンクの計画")
    assert not shown(page, "甲第一")
    page.switch_page(READINESS).run()
    assert not page.exception
    assert in_session(page) == from_token(token, TABLES)


@given(workbooks())
@examples(3, 50)
def test_any_link_shows_its_figures_on_every_page(workbook: Workbook) -> None:
    page = pages.opened(w=to_token(workbook))
    assert not page.exception
    assert NOT_OPENED not in told(page)
    assert figures(page) == figures_of(workbook)
    page.switch_page(READINESS).run()
    assert not page.exception
    page.switch_page(SOURCES).run()
    assert not page.exception
    assert in_session(page) == from_token(to_token(workbook), TABLES)


GOOD = to_token(workbook_of(years=3))


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (GOOD[: len(GOOD) // 2], "途中で切れている"),
        (GOOD[:-1], "途中で切れている"),
        (GOOD[:200] + "A" * 8 + GOOD[208:], "途中で切れている"),
        ("x", "途中で切れている"),
        ("2." + GOOD[2:], "新しい版(2)"),
        ("999.x", "新しい版(999)"),
        (GOOD + "A" * 64 * 1024, "途中で切れている"),
    ],
    ids=["half", "one short", "altered", "none", "newer", "much newer", "too long"],
)
def test_a_link_that_cannot_be_opened_shows_the_sample_and_says_why(
    token: str, reason: str
) -> None:
    page = pages.opened(w=token)
    assert not page.exception
    assert NOT_OPENED in told(page)
    assert reason in told(page)
    assert in_session(page) == workbook_of()
    assert figures(page) == figures_of(workbook_of())
    assert "w" not in page.query_params
    assert not page.run().warning  # said once


def test_a_link_with_impossible_values_names_them() -> None:
    raw = to_document(workbook_of())
    raw["scenarios"][0]["years"] = 11
    raw["scenarios"][0]["unheard_of"] = 1
    raw["plan"][1]["headcount"] = -1
    page = pages.opened(w=token_of(raw))
    assert f"{shared.assumed().name('years')}: 「11」" in told(page)
    assert "scenarios.0.unheard_of: " in told(page)
    assert "headcount" in told(page)
    assert in_session(page) == workbook_of()


def test_a_link_to_fees_of_long_ago_is_no_error_page() -> None:
    """The fee table begins in 2020: no fee is in force before."""
    raw = to_document(workbook_of())
    raw["scenarios"][0]["fee_basis"] = "1950-01"
    page = pages.opened(w=token_of(raw))
    assert not page.exception
    assert f"{shared.assumed().name('fee_basis')}: 「1950-01」" in told(page)
    assert in_session(page) == workbook_of()


def token_of(document: object) -> str:
    from tests.test_workbook import packed

    return packed(json.dumps(document).encode())


def test_an_older_link_says_that_figures_may_differ_and_can_be_moved_to_today() -> None:
    old = replace(workbook_of(go_live="2027-04"), as_of=datetime.date(2026, 5, 1))
    page = pages.opened(w=to_token(old))
    assert "基準日 2026-05-01" in told(page)
    assert f"{MODEL_CHANGED_ON} に計算方法か手数料表が変わり" in told(page)
    press_labelled(page, f"基準日を 2026-05-01 から今日({TODAY})に移す")
    assert in_session(page).as_of == TODAY
    assert in_session(page).scenarios == old.scenarios
    assert not page.warning


def test_the_address_brings_a_changed_workbook_back() -> None:
    page = pages.opened()
    assert "w" not in page.query_params
    assume(page, "years", 8)
    again = pages.opened(**page.query_params)
    assert in_session(again).scenarios == in_session(page).scenarios
    assert figures(again) == figures(page)
    press(page, "reset_listed_years")
    assert "w" not in page.query_params


# Files


def test_a_saved_file_restores_all() -> None:
    answers = read_answers({"way": "post", "gate": {"agent": "yes", "of_another_version": "no"}})
    saved = replace(
        workbook_of(read_plan(own_plan("甲", 7), "plan.csv"), name="案甲", go_live="2028-01"),
        readiness=answers,
    )
    page = pages.opened()
    save_and_open(page, to_file(saved), "前の月.json")
    assert not page.exception
    assert in_session(page) == saved
    assert figures(page) == figures_of(saved)
    assert any("ファイル「前の月.json」の計画" in read(text.value) for text in page.markdown)


def test_what_is_wrong_with_a_file_is_told_and_what_is_shown_stays() -> None:
    page = pages.opened()
    assume(page, "years", 8)
    before, shown_before = in_session(page), figures(page)
    raw = to_document(workbook_of())
    raw["scenarios"][0] |= {"years": 11, "yeers": 1}
    raw["plan"][1]["route"] = "oversea"
    save_and_open(page, json.dumps(raw).encode())
    assert not page.exception
    assert "このファイルは開けませんでした" in page.error[0].value
    table = problems_told(page)
    assert set(table["列"]) == {"scenarios.0.years", "scenarios.0.yeers", "区分"}
    assert dict(zip(table["列"], table.index, strict=True))["区分"] == "2行目"
    assert in_session(page) == before
    assert figures(page) == shown_before
    save_and_open(page, to_file(workbook_of(years=3)))
    assert not page.error
    assert in_session(page) == workbook_of(years=3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "途中で切れている"),
        (b"{", "途中で切れている"),
        (b"[]", "保存ファイルではありません"),
        (b'{"version": 2}', "新しい版(2)"),
        (b" " * (MAX_FILE_BYTES + 1), "大きすぎます"),
    ],
    ids=["empty", "cut", "a list", "newer", "too large"],
)
def test_a_file_that_is_none_is_told_as_what_it_is(content: bytes, reason: str) -> None:
    page = save_and_open(pages.opened(), content)
    assert not page.exception
    assert reason in problems_told(page)["内容と直し方"].iloc[0]
    assert in_session(page) == workbook_of()


# Inputs


def test_every_key_of_a_scenario_can_be_set() -> None:
    assert INPUTS.keys() | {"tasks", "sites"} == Scenario.model_fields.keys()


def test_every_input_sets_its_key_and_goes_back_alone() -> None:
    page = pages.opened()
    for key, (posted, _stored) in INPUTS.items():
        assume(page, key, posted)
    stored = {key: stored for key, (_posted, stored) in INPUTS.items()}
    assert not page.exception
    assert in_session(page) == workbook_of(**stored)
    assert figures(page) == figures_of(workbook_of(**stored))
    for key in ONE_OF_EACH_KIND:
        assert widget(look_at(page, key), f"listed_{key}").value == INPUTS[key][0]
        press(page, "follow_go_live_listed" if key == "go_live" else f"reset_listed_{key}")
        del stored[key]
        assert not page.exception
        assert in_session(page) == workbook_of(**stored)
    assert figures(page) == figures_of(workbook_of(**stored))


def test_all_inputs_go_back_together() -> None:
    page = pages.opened(w=to_token(workbook_of(years=8, wage_yen_per_hour=2_000, batch_size=5)))
    rate(page, "counter_print", "minutes", 45)
    edit(sites_shown(page), "sites", {0: {"travel_minutes": 45}})
    press(look_at(page, "years"), "reset_listed")
    assert not page.exception
    assert in_session(page).scenarios == workbook_of().scenarios
    assert figures(page) == figures_of(workbook_of())


def test_one_input_goes_back_where_another_then_does_not_fit() -> None:
    """Of 2 officers, not 4 can be without approval."""
    page = pages.opened(w=to_token(workbook_of(officers=5, uncertified_officers=4)))
    press(look_at(page, "officers"), "reset_listed_officers")
    assert not page.exception
    officers = in_session(page).scenarios[0]
    assert officers.uncertified_officers <= officers.officers


def test_the_switch_of_the_fees_is_another_view_of_the_same() -> None:
    page = pages.opened()
    widget(page, "switch_fee_basis").set_value("2025-04")
    page.run()
    assert widget(look_at(page, "fee_basis"), "listed_fee_basis").value == "2025-04"
    assert in_session(page) == workbook_of(fee_basis="2025-04")


def test_the_other_scenarios_stay_as_they_are() -> None:
    four = replace(
        workbook_of(),
        scenarios=tuple(resolve({"name": name}, TABLES.tasks, TODAY) for name in "一二三四"),
    )
    page = pages.opened(w=to_token(four))
    assume(page, "years", 8)
    assert [scenario.years for scenario in in_session(page).scenarios] == [8, 5, 5, 5]
    press(page, "reset_listed")
    names = [scenario.name for scenario in in_session(page).scenarios]
    assert names == ["標準", "二", "三", "四"]


# Minutes and yen of tasks and sites


def rate(page: AppTest, task: str, amount: str, value: float | None) -> AppTest:
    """Set the minutes or the yen of a task in the list."""
    widget(look_at(page, "tasks", task, amount), f"listed_{task}_{amount}").set_value(value)
    return page.run()


def test_minutes_and_yen_of_a_task_are_set_and_go_back_alone() -> None:
    page = pages.opened()
    rates: dict[str, dict[str, float]] = {
        "counter_print": {"minutes": 45},
        "counter_travel_submit": {"minutes": 90.5, "yen": 2_000},
    }
    for task, amounts in rates.items():
        for amount, value in amounts.items():
            rate(page, task, amount, value)
    assert not page.exception
    assert in_session(page) == workbook_of(tasks=rates)
    assert figures(page) == figures_of(workbook_of(tasks=rates))
    press(page, "reset_listed_counter_travel_submit_yen")
    del rates["counter_travel_submit"]["yen"]
    assert in_session(page) == workbook_of(tasks=rates)


def test_an_emptied_number_of_a_task_keeps_its_value() -> None:
    page = rate(pages.opened(), "counter_print", "minutes", None)
    assert not page.exception
    assert in_session(page) == workbook_of()


@pytest.mark.parametrize("value", [-1, 10_001, float("nan"), "x", True, [1]])
def test_minutes_out_of_bounds_are_refused_in_python(value: Any) -> None:
    page = look_at(pages.opened(), "tasks", "counter_print", "minutes")
    script = AppTest.from_function(tampered_rate, default_timeout=60)
    pages.hold(script, workbook_of())
    script.session_state["posted"] = value
    script.run()
    assert not script.exception
    (message,) = script.session_state["told"]
    assert message.startswith("印刷・コピー・綴じ込み(1回の時間): 「")
    assert in_session(script) == in_session(page) == workbook_of()


def tampered_rate() -> None:
    """Store a value as if it stood in the widget of a task's minutes."""
    import streamlit as st

    from onlineready.ui.costs import assumptions
    from onlineready.ui.state import session

    session.workbook()
    assumptions._store_rate("counter_print", "minutes", st.session_state["posted"])
    st.session_state["told"] = session.messages()


def listed(page: AppTest) -> pd.DataFrame:
    return next(one.value for one in page.dataframe if "confidence" in one.value)


def test_the_list_is_searched_and_narrowed_to_what_was_changed() -> None:
    page = look_at(pages.opened(), "years")
    everything = listed(page)
    tasks = [f"{label}({what})" for label in TABLES.tasks["label_ja"] for what in AMOUNTS]
    assert set(tasks) < set(everything["name"])
    assert len(everything) == len(INPUTS) + len(tasks)
    assert not everything["changed"].any()

    page.text_input(key="searched_assumption").set_value("離職率").run()
    assert list(listed(page)["name"]) == ["年間の離職率"]
    # A single one can be changed at once, in per cent.
    widget(page, "listed_attrition_per_year").set_value(12.5)
    page.run()
    assert in_session(page) == workbook_of(attrition_per_year=0.125)

    page.text_input(key="searched_assumption").set_value("").run()
    page.toggle(key="changed_only").set_value(True).run()
    (row,) = listed(page).to_dict("records")
    assert (row["value"], row["first"], row["range"]) == ("12.5%/年", "15%/年", "5%/年〜25%/年")
    assert (row["changed"], row["confidence"]) == ("●", "計算")
    page.text_input(key="searched_assumption").set_value("そんな前提").run()
    assert not [one for one in page.dataframe if "confidence" in one.value]
    assert "当てはまる前提はありません" in " ".join(one.value for one in page.caption)


def test_a_row_that_is_selected_is_shown_to_be_changed() -> None:
    page = look_at(pages.opened(), "years")
    (table,) = (one for one in page.dataframe if "confidence" in one.value)
    for row, key in ((4, "years"), (5, "fiscal_year_start_month")):
        post(page, table.proto.id, json.dumps({"selection": {"rows": [row], "columns": []}}))
        assert not page.exception
        assert widget(page, f"listed_{key}").value == INPUTS_NOW[key]
    # A browser can send any row.
    post(page, table.proto.id, json.dumps({"selection": {"rows": [999], "columns": []}}))
    assert not page.exception


def test_the_editor_of_sites_writes_into_the_scenario() -> None:
    plan = read_plan(own_plan("甲", 7), "plan.csv")
    page = pages.opened()
    save_and_open(page, to_file(workbook_of(plan)))
    table = editor(sites_shown(page), "sites").value
    assert list(table["site"]) == ["甲第一", "甲第二"]
    far = list(table["site"]).index("甲第二")
    cells = {"travel_minutes": 300, "fare_yen": 9_000, "wait_submit_minutes": 50}
    edit(page, "sites", {far: cells})
    travel = {"minutes": 300, "yen": 9_000}
    rates: dict[str, Any] = {
        "甲第二": {
            "counter_travel_submit": travel,
            "counter_travel_collect": travel,
            "counter_wait_submit": {"minutes": 50},
        }
    }
    assert not page.exception
    assert in_session(page) == workbook_of(plan, sites=rates)
    assert figures(page) == figures_of(workbook_of(plan, sites=rates))
    marked = editor(page, "sites").value["state"]
    assert list(marked) == ["標準のまま", "● この事業所の値"]
    edit(page, "sites", {far: {"travel_minutes": None, "wait_submit_minutes": None}})
    fare = {"yen": 9_000}
    rates = {"甲第二": {"counter_travel_submit": fare, "counter_travel_collect": fare}}
    assert in_session(page) == workbook_of(plan, sites=rates)
    edit(page, "sites", {far: {"fare_yen": None}})
    assert in_session(page) == workbook_of(plan)
    edit(page, "sites", {far: {"wait_collect_minutes": 90}})
    rates = {"甲第二": {"counter_wait_collect": {"minutes": 90}}}
    assert in_session(page) == workbook_of(plan, sites=rates)
    press_labelled(page, "事業所ごとの値を消す")
    assert in_session(page) == workbook_of(plan)


def test_the_table_of_sites_sets_every_visit_task_and_no_other() -> None:
    visits = TABLES.tasks.loc[TABLES.tasks["driver"].isin(VISIT_DRIVERS), "id"]
    assert {task for places in VISITS.values() for task, _unit in places} == set(visits)


def test_what_a_file_says_of_one_way_only_is_kept_and_told() -> None:
    """A file may give the way to collect other minutes than the way to submit."""
    rates = {"事業所1": {"counter_travel_collect": {"minutes": 15}}}
    page = sites_shown(pages.opened(w=to_token(workbook_of(sites=rates), site_names=True)))
    table = editor(page, "sites").value.set_index("site")
    assert table.at["事業所1", "state"] == "● 申請と受取で別の値"
    row = list(table.index).index("事業所1")
    edit(page, "sites", {row: {"wait_collect_minutes": 5}})
    rates["事業所1"]["counter_wait_collect"] = {"minutes": 5}
    assert in_session(page).scenarios == workbook_of(sites=rates).scenarios


def test_a_prefecture_shows_its_bureau_and_changes_no_scenario() -> None:
    page = sites_shown(pages.opened())
    edit(page, "sites", {0: {"prefecture": "北海道"}, 1: {"prefecture": "沖縄県"}})
    assert not page.exception
    bureaus = [
        name.removesuffix("出入国在留管理局") for name in editor(page, "sites").value["bureau"]
    ]
    assert bureaus == ["札幌", "福岡"]
    assert in_session(page) == workbook_of()
    assert "w" not in page.query_params
    edit(page, "sites", {0: {"prefecture": None}, 1: {"prefecture": "琉球"}})
    assert "琉球" in told(page)
    assert list(editor(page, "sites").value["bureau"]) == ["", "福岡出入国在留管理局"]


def test_a_seeded_editor_is_no_change() -> None:
    """Nothing but what a reader does in an editor writes into the scenario."""
    page = sites_shown(pages.opened())
    changes = {"edited_rows": {0: {"fare_yen": 45}}, "added_rows": [], "deleted_rows": []}
    page.session_state[editor(page, "sites").key] = changes
    page.run()
    assert not page.exception
    assert in_session(page) == workbook_of()


# Values that no widget offers


BEYOND: dict[str, tuple[Any, ...]] = {
    "name": ("", "x" * 61, None, 3, ["x"]),
    "start_month": ("2019-12", "2061-01", "2026-13", "x", None, 2026),
    "years": (0, 11, 5.5, "5", True, None),
    "fiscal_year_start_month": (0, 13, None),
    "go_live": ("2009-12", "2071-01", "x", 2027),
    "fee_basis": ("1899-12", "2101-01", "x", None, 6_000),
    "company_fee_share": (-1, 101, float("nan"), float("inf")),
    "online_share": (-1, 101, float("nan")),
    "officers": (0, 1_001, 2.5, None),
    "uncertified_officers": (-1, 3, None),
    "wage_yen_per_hour": (-1, 100_001, float("nan"), float("inf"), "1673", None),
    "realised_time_share": (-1, 101),
    "batch_size": (0, 101, None),
    "combined_trip_share": (-1, 101),
    "attrition_per_year": (-1, 100),
    "coe_lead_months": (-1, 13),
    "change_lead_months": (-1, 13),
    "extension_lead_months": (-1, 4),
    "first_period_months": (0, 37),
    "period_months": (0, 37),
    "overseas_share": (-1, 101),
    "ssw2_share": (-1, 101),
    "ssw2_period_months": (5, 37),
    "id_validity_months": (0, 24, "36", None),
    "discount_rate": (-1, 51),
}
"""What no input offers: just out of bounds, of another type, nothing."""


def test_bounds_are_tried_for_every_input() -> None:
    assert BEYOND.keys() == INPUTS.keys()


def tampered() -> None:
    """Store values as if they stood in a widget, and keep what is told."""
    import streamlit as st

    from onlineready.ui.costs import assumptions
    from onlineready.ui.state import session

    session.workbook()
    st.session_state["told"] = []
    for key, value in st.session_state["posted"]:
        assumptions._store(key, value)
        st.session_state["told"].append(session.messages())


@pytest.mark.parametrize("key", BEYOND)
def test_a_value_out_of_bounds_is_refused_in_python_and_the_old_one_stays(key: str) -> None:
    script = AppTest.from_function(tampered, default_timeout=60)
    pages.hold(script, workbook_of())
    script.session_state["posted"] = [(key, value) for value in BEYOND[key]]
    script.run()
    assert not script.exception
    assert in_session(script) == workbook_of()
    messages = script.session_state["told"]
    assert len(messages) == len(BEYOND[key])
    for one in messages:
        assert len(one) == 1
        assert one[0].startswith(f"{shared.assumed().name(key)}: 「")


def test_a_choice_that_is_not_offered_is_refused_with_a_message() -> None:
    page = pages.opened()
    choices: tuple[tuple[str, str | list[str], str], ...] = (
        ("listed_start_month", "1999年1月", "start_month"),
        ("listed_go_live", "x", "go_live"),
        ("listed_fee_basis", "x", "fee_basis"),
        ("listed_name", "", "name"),
        ("listed_id_validity_months", [], "id_validity_months"),
        ("switch_fee_basis", [], "fee_basis"),
    )
    for key, posted, told_key in choices:
        post(page, widget(look_at(page, told_key), key).id, posted)
        assert not page.exception
        assert f"{shared.assumed().name(told_key)}: 「" in told(page), key
        assert in_session(page) == workbook_of()
    assert figures(page) == figures_of(workbook_of())


@pytest.mark.parametrize(("key", "posted"), [("id_validity_months", ["24"]), ("name", "長" * 99)])
def test_a_value_that_streamlit_itself_mends_stays_within_bounds(
    key: str, posted: str | list[str]
) -> None:
    page = look_at(pages.opened(), key)
    post(page, widget(page, f"listed_{key}").id, posted)
    assert not page.exception
    kept = in_session(page)
    assert from_token(to_token(kept, site_names=True), TABLES).scenarios == kept.scenarios


def test_a_number_that_the_browser_does_not_let_through_leaves_the_workbook_valid() -> None:
    """Streamlit reads a number out of bounds as the least that the widget offers."""
    page = pages.opened()
    beyond = (("years", 99), ("batch_size", 0), ("wage_yen_per_hour", 1e9), ("discount_rate", -1))
    for key, posted in beyond:
        assume(page, key, posted)
        assert not page.exception
        kept = in_session(page)
        assert from_token(to_token(kept, site_names=True), TABLES).scenarios == kept.scenarios


def test_a_row_that_the_editor_does_not_have_changes_nothing() -> None:
    page = edit(sites_shown(pages.opened()), "sites", {-1: {"travel_minutes": 45}})
    assert not page.exception
    assert in_session(page) == workbook_of()


def test_a_cell_that_does_not_fit_is_refused_with_a_message() -> None:
    keys = {
        "travel_minutes": ("counter_travel_submit", "minutes"),
        "fare_yen": ("counter_travel_submit", "yen"),
        "wait_collect_minutes": ("counter_wait_collect", "minutes"),
    }
    page = sites_shown(pages.opened())
    every_kind = (-1, 1_000_001, "x", True, [1])
    for place, (column, key) in enumerate(keys.items()):
        for value in every_kind if place == 0 else every_kind[:1]:
            edit(page, "sites", {0: {column: value}})
            assert not page.exception
            assert told(page).startswith(f"{shared.assumed().name('sites', '事業所1', *key)}: 「")
            assert in_session(page) == workbook_of()
    assert figures(page) == figures_of(workbook_of())


def test_a_column_that_is_not_edited_is_refused_with_a_message() -> None:
    page = edit(sites_shown(pages.opened()), "sites", {0: {"state": "x"}})
    assert not page.exception
    assert "sites.事業所1.counter_travel_submit.state: " in told(page)
    assert in_session(page) == workbook_of()
