"""Scenarios, trials of other conditions and the whole bill on page 1, without a browser."""

import re
from dataclasses import replace
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.vocabulary import Preset, Trial
from onlineready.load.shipped import load_professional_fees
from onlineready.model.alternatives import preset
from onlineready.model.breakdown import given_away_yen, savings_by, work_yen
from onlineready.model.fees import without_discount
from onlineready.model.result import Result, evaluate
from onlineready.model.trials import DELAYS, shortfall
from onlineready.report import wording
from onlineready.ui.costs import conditions
from onlineready.ui.costs.topics import TOPICS
from onlineready.workbook import Workbook, from_file, from_token, to_file, to_token
from tests import pages
from tests.briefings import FORECAST
from tests.day import TODAY
from tests.pages import (
    assume,
    expected_figures,
    figures,
    in_session,
    press,
    told,
    upload,
    workbook_of,
)
from tests.plans import SAMPLE_OUTLINE, SAMPLE_PLAN, TABLES


def linked(workbook: Workbook) -> AppTest:
    page = pages.page_at()
    page.query_params["w"] = to_token(workbook)
    return page.run()


def choose(page: AppTest, topic: str) -> AppTest:
    return page.segmented_control(key="topic").set_value(topic).run()


def ask(page: AppTest, trial: Trial) -> AppTest:
    page = choose(page, "条件を変えて試す")
    return page.selectbox(key=conditions.CHOSEN).set_value(trial).run()


def table_of_trials(page: AppTest) -> list[list[str]]:
    """Return the cells of each row; what a trial is called comes first, then why."""
    (table,) = (one.value for one in page.html if "<tbody>" in one.value)
    rows = re.findall("<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [[text for text in re.sub("<.*?>", "|", row).split("|") if text] for row in rows]


def names(page: AppTest) -> list[str]:
    return [scenario.name for scenario in in_session(page).scenarios]


def computed(scenario: Scenario, plan: pd.DataFrame = SAMPLE_OUTLINE, fees: Any = None) -> Result:
    tables = TABLES if fees is None else TABLES._replace(fees=fees)
    return evaluate(plan, scenario.going_live(pd.Period(FORECAST, "M")), tables)


def table_with(page: AppTest, column: str) -> pd.DataFrame:
    return next(table.value for table in page.table if column in table.value.columns)


def texts(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.info, page.success)
    return "\n".join(str(text.value) for kind in kinds for text in kind)


def test_at_first_no_topic_is_computed(dashboard: AppTest) -> None:
    assert dashboard.segmented_control(key="topic").value is None
    assert not [button for button in dashboard.button if str(button.key).startswith("add_")]


def test_every_topic_opens_and_changes_nothing(dashboard: AppTest) -> None:
    for topic in TOPICS:
        choose(dashboard, topic)
        assert not dashboard.exception, topic
        assert in_session(dashboard) == workbook_of()


def test_scenarios_are_added_named_compared_made_the_base_removed_and_brought_back() -> None:
    page = choose(pages.with_roster(), "シナリオを比べる")
    first = in_session(page).scenarios[0]
    press(page, "add_cautious")
    press(page, "add_bold")
    cautious, bold = (preset(kind, first, TABLES.tasks) for kind in (Preset.CAUTIOUS, Preset.BOLD))
    assert in_session(page).scenarios == (first, cautious, bold)

    # The figures are those of the model, the difference is to the base.
    results = [computed(scenario, SAMPLE_PLAN) for scenario in in_session(page).scenarios]
    base, low, high = (result.per_year["net_saving_yen"] for result in results)
    table = table_with(page, "保守の差")
    assert list(table.loc["差引きの効果(年)"]) == [
        wording.yen(base),
        wording.yen(low),
        wording.signed_yen(low - base),
        wording.yen(high),
        wording.signed_yen(high - base),
    ]
    assert table.at["回収まで", "保守"] == wording.payback(None)
    assert table.at["回収まで", "保守の差"] == "—"
    assert f"「保守」で年{wording.gain(low)}、「積極」で年{wording.gain(high)}" in texts(page)
    differ = next(one.value for one in page.table if one.value.index.name == "前提")
    assert list(differ.index) == ["手数料の会社負担割合", "削減時間のうち他の業務に使える割合"]
    assert list(differ.iloc[0]) == ["100%", "0%", "100%"]

    # A name is stripped, not empty, and no other's.
    page.text_input(key="scenario_name_1").set_value("  慎重  ").run()
    page.text_input(key="scenario_name_2").set_value(" ").run()
    assert "シナリオの名前: 「" in told(page)
    page.text_input(key="scenario_name_2").set_value("慎重").run()
    assert "「慎重 2」にしました" in told(page)
    assert names(page) == ["標準", "慎重", "慎重 2"]

    # There is room for four.
    press(page, "copy_scenario_1")
    assert names(page) == ["標準", "慎重", "慎重 2", "慎重 3"]
    assert page.button(key="add_bold").disabled
    press(page, "delete_scenario_3")

    # The inputs change the base and nothing else.
    choose(assume(page, "company_fee_share", 30), "シナリオを比べる")
    changed = in_session(page).scenarios
    assert changed[0].company_fee_share == 0.3
    assert changed[1:] == (
        cautious.model_copy(update={"name": "慎重"}),
        bold.model_copy(update={"name": "慎重 2"}),
    )

    press(page, "base_scenario_2")
    assert in_session(page).scenarios == (changed[2], changed[0], changed[1])
    assert figures(page) == expected_figures(computed(changed[2], SAMPLE_PLAN))

    press(page, "delete_scenario_1")
    assert in_session(page).scenarios == (changed[2], changed[1])
    assert "削除した「標準」を元に戻す" in page.button(key="undo_scenarios").label
    press(page, "undo_scenarios")
    assert in_session(page).scenarios == (changed[2], changed[0], changed[1])
    assert not [button for button in page.button if "削除した" in button.label]
    assert not page.exception

    # All of them are in the file and in the link.
    assert from_file(to_file(in_session(page)), TABLES).scenarios == in_session(page).scenarios
    assert from_token(page.query_params["w"], TABLES).scenarios == in_session(page).scenarios


def test_names_that_a_link_has_twice_are_told_apart() -> None:
    twice = replace(
        workbook_of(),
        scenarios=tuple(
            resolve({"name": "案", "years": years}, TABLES.tasks, TODAY) for years in (3, 5)
        ),
    )
    page = choose(linked(twice), "シナリオを比べる")
    assert not page.exception
    assert "案 2の差" in table_with(page, "案").columns


def test_every_trial_is_answered_as_the_model_does_and_changes_nothing(
    dashboard: AppTest,
) -> None:
    page = choose(dashboard, "条件を変えて試す")
    base = computed(resolve({}, TABLES.tasks, TODAY))
    live = pd.Period(FORECAST, "M")
    fees = without_discount(TABLES.fees)
    expected = {
        Trial.HALF: answer(online_share=0.5),
        **{trial: answer(go_live=str(live + months)) for trial, months in DELAYS.items()},
        Trial.OLD_FEES: answer(fee_basis="2025-04"),
        Trial.NO_DISCOUNT: computed(base.scenario, fees=fees),
        Trial.WORKER_PAYS: answer(company_fee_share=0),
        Trial.STRICT: answer(company_fee_share=0, realised_time_share=0),
        Trial.GRANTS_36: answer(period_months=36),
        Trial.ID_12: answer(id_validity_months=12),
    }
    shown = {row[0]: row[1:] for row in table_of_trials(page)}
    total = base.totals["net_saving_yen"]
    assert shown["今の前提"][-2:] == [f"{total:,.0f}", "—"]
    assert shown[Trial.NOTHING.label][-3:] == ["—", "0", wording.signed(-total)]
    for trial, result in expected.items():
        of_horizon = result.totals["net_saving_yen"]
        year = wording.number(result.per_year["net_saving_yen"], wording.WHOLE)
        assert shown[trial.label][-3:] == [
            "—" if trial in DELAYS else year,
            f"{of_horizon:,.0f}",
            wording.signed(of_horizon - total),
        ]
    # What holds now is no trial.
    assert not {Trial.NEW_FEES.label, Trial.ID_36.label} & shown.keys()
    for trial in (*expected, Trial.FARTHER):
        ask(page, trial)
        assert not page.exception
        assert in_session(page) == workbook_of()
        offered = any(button.key == "keep_trial" for button in page.button)
        assert offered == (trial is not Trial.NO_DISCOUNT)
    for trial, result in expected.items():
        ask(page, trial)
        table = table_with(page, "この条件の差")
        value = result.figures["total_yen"]
        change = value - base.figures["total_yen"]
        assert list(table.loc["差引きの効果(全期間)"])[1:] == [
            wording.yen(value),
            wording.signed_yen(change),
        ]


def answer(**changes: Any) -> Result:
    return computed(resolve(changes, TABLES.tasks, TODAY))


def test_the_questions_of_a_director_are_answered_by_one_click(dashboard: AppTest) -> None:
    page = choose(dashboard, "条件を変えて試す")
    why = {row[0]: row[1] for row in table_of_trials(page)}
    assert re.fullmatch(
        "窓口の手数料は5年間で[0-9,]+円。最も増える[0-9]{4}年度は[0-9,]+円で、前年度より[0-9,]+円多い",
        why[Trial.NOTHING.label],
    )
    base, half = answer(), answer(online_share=0.5)
    short = shortfall(base, half)
    assert short is not None
    for words in (
        wording.yen(short.in_proportion),
        wording.signed_yen(-short.setup_upkeep),
        wording.signed_yen(-short.trips),
    ):
        assert words in why[Trial.HALF.label]
    later = answer(go_live=str(pd.Period(FORECAST, "M") + 12))
    lost = base.totals["net_saving_yen"] - later.totals["net_saving_yen"]
    assert why[Trial.LATER_12.label] == f"失う効果は全期間で{wording.yen(lost)}(開始は2028年1月)"


def test_an_answer_is_kept_as_a_scenario_or_made_the_base_only_when_asked(
    dashboard: AppTest,
) -> None:
    page = ask(dashboard, Trial.WORKER_PAYS)
    press(page, "keep_trial")
    assert names(page) == ["標準", "手数料は本人負担"]
    base, kept = in_session(page).scenarios
    assert base == workbook_of().scenarios[0]
    assert kept == resolve({"name": kept.name, "company_fee_share": 0}, TABLES.tasks, TODAY)
    ask(page, Trial.LATER_3)
    press(page, "adopt_trial")
    assert "基準の前提に入れました" in texts(page)
    late = str(pd.Period(FORECAST, "M") + 3)
    assert in_session(page).scenarios == (resolve({"go_live": late}, TABLES.tasks, TODAY), kept)
    ask(page, Trial.FARTHER)
    press(page, "adopt_trial")
    assert in_session(page).scenarios[0].tasks["counter_travel_collect"].minutes == 180


def test_months_of_single_rows_are_no_scenario() -> None:
    page = ask(pages.with_roster(), Trial.GRANTS_36)
    assert not page.exception
    assert "計画はシナリオに入らない" in texts(page)
    assert not [button for button in page.button if button.key == "keep_trial"]


def test_losses_are_said_as_plainly_as_gains(dashboard: AppTest) -> None:
    page = ask(assume(dashboard, "officers", 40), Trial.STRICT)
    assert "なら、効果がプラスにならない。" in texts(page)
    assert re.search("差引きの効果は年[0-9,]+円の負担増", texts(page))
    shown = {row[0]: row[1:] for row in table_of_trials(page)}
    assert shown[Trial.STRICT.label][-2].startswith("−")


def test_a_delay_beyond_the_last_month_is_no_error_page() -> None:
    page = choose(linked(workbook_of(go_live="2070-12")), "条件を変えて試す")
    assert not page.exception
    shown = {row[0]: row[1:] for row in table_of_trials(page)}
    assert shown[Trial.LATER_1.label] == ["計算できる期間の外です", "—", "—", "—"]
    ask(page, Trial.LATER_1)
    assert not page.exception
    assert "計算できる期間の外" in texts(page)


def test_the_fees_are_told_with_the_change_of_the_law(dashboard: AppTest) -> None:
    page = choose(dashboard, "手数料の総額")
    result = computed(resolve({}, TABLES.tasks, TODAY))
    assert "6,000円から33,000円に" in texts(page)
    counter = wording.yen(result.totals["counter_fee_yen"])
    assert f"{counter}に増え" in texts(page)
    years = table_with(page, "窓口のまま、前年度との差")
    due = result.fiscal_years["counter_fee_yen"]
    assert list(years["窓口のまま"]) == [f"{yen:,.0f}" for yen in due]
    changes = list(years["窓口のまま、前年度との差"])
    assert changes == ["—", *(wording.signed(yen) for yen in due.diff().iloc[1:])]


def test_outside_professionals_are_shown_when_asked_and_change_no_figure(
    dashboard: AppTest,
) -> None:
    page = choose(dashboard, "手数料の総額")
    before = figures(page)
    assert "行政書士と弁護士だけ" not in texts(page)
    page.toggle(key="outside").set_value(True).run()
    assert not page.exception
    assert figures(page) == before
    assert in_session(page) == workbook_of()
    result = computed(resolve({}, TABLES.tasks, TODAY))
    price, own = given_away_yen(result, load_professional_fees()), work_yen(result)
    shown = table_with(page, "費用(円)")["費用(円)"]
    assert list(shown) == [f"{yen:,.0f}" for yen in [*own, *price]]
    assert "行政書士と弁護士だけ" in texts(page)


def test_savings_by_site_and_procedure_are_those_of_the_model(dashboard: AppTest) -> None:
    page = choose(dashboard, "事業所別・手続別")
    for part in ("site", "procedure"):
        page.session_state[f"table_savings_by_{part}"] = True
    page.run()
    result = computed(resolve({}, TABLES.tasks, TODAY))
    tables = [table.value for table in page.table if table.value.index.name == "内訳"]
    for part, shown in zip(("site", "procedure"), tables, strict=True):
        expected = savings_by(result, TABLES.fees, part)["net_saving_yen"]
        assert list(shown["差引きの効果(円)"]) == [
            wording.number(yen, wording.WHOLE) for yen in expected
        ]
        assert shown.index[-1] == "準備と維持"


def test_a_plan_without_applications_opens_every_topic(dashboard: AppTest) -> None:
    upload(dashboard, "区分,人数,開始月\n海外,5,2045-05\n".encode())
    for topic in TOPICS:
        choose(dashboard, topic)
        assert not dashboard.exception, topic


def test_a_name_in_a_link_brings_no_image(dashboard: AppTest) -> None:
    """A name in Markdown would make the reader's browser ask a stranger's server."""
    name = "![x](http://a.example/x.png)"
    page = choose(dashboard, "シナリオを比べる")
    press(page, "add_bold")
    page.text_input(key="scenario_name_1").set_value(name).run()
    press(page, "delete_scenario_1")
    press(page, "undo_scenarios")
    assert names(page)[1] == name
    shown = [texts(page), *(table.value.to_csv() for table in page.table)]
    shown += [str(button.label) for button in page.button]
    assert not any("![" in text for text in shown)
