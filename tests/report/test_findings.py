"""Sentences and tables follow what a reader set, and say the same wherever they stand."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from onlineready.domain.scenario import FIXED_FEES
from onlineready.load.shipped import load_assumptions
from onlineready.model.cases import evaluated
from onlineready.model.fees import last_checked
from onlineready.model.uncertainty import Simulation
from onlineready.report import findings, tabular, wording
from onlineready.report.assumed import Assumed
from onlineready.report.stamp import stamp
from tests.briefings import CASES, FORECAST, case
from tests.day import TODAY
from tests.plans import (
    SAMPLE_PLAN,
    TABLES,
    business_case,
    current,
    resolved,
    roster,
    target,
    targets,
)
from tests.situations import GAIN, LOSS, NO_BENEFIT

ASSUMED = Assumed(load_assumptions(), TABLES.tasks.set_index("id"), TABLES.fees)


@pytest.mark.parametrize(
    ("basis", "own", "other"),
    [
        ("dated", "新手数料", "旧手数料"),
        (str(FIXED_FEES), "旧手数料", "新手数料"),
        ("2020-01", "2020年1月の手数料", "新手数料"),
    ],
)
def test_the_answer_names_the_fees_it_holds_under(basis: str, own: str, other: str) -> None:
    cases = evaluated(SAMPLE_PLAN, resolved({"fee_basis": basis}), TABLES)
    told = findings.answer(cases.result).detail
    assert told.startswith(f"{own}なら、差引きの効果は")
    assert wording.gain_a_year(cases.result.per_year["net_saving_yen"]) in told
    gain = wording.gain_a_year(cases.elsewise.per_year["net_saving_yen"])
    assert findings.under_other_fees(cases.elsewise) == f"{other}なら、{gain}"


@pytest.mark.parametrize("yen", [1, 980, 4_949, 71_000, 109_842, 12_345_678, 123_456_789_012])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_answer_has_at_most_25_letters(yen: float, sign: int) -> None:
    result = business_case(SAMPLE_PLAN, GAIN)
    year = result.per_year["net_saving_yen"]
    series = {
        **result.series,
        "net_saving_yen": result.series["net_saving_yen"] * sign * yen / year,
    }
    told = findings.answer(replace(result, series=series)).title
    assert len(told) <= 25
    assert told.startswith("オンラインに")
    assert f"年間 {wording.about(yen)}の{'削減' if sign > 0 else '負担増'}" in told


@pytest.mark.parametrize(
    "raw",
    [GAIN, LOSS, {**GAIN, "go_live": "2031-03"}, {**GAIN, "online_share": 0.3}, NO_BENEFIT],
    ids=["gain", "loss", "late start", "partly online", "no benefit"],
)
def test_costs_payback_and_saving_name_the_same_total(raw: dict[str, Any]) -> None:
    result = business_case(SAMPLE_PLAN, raw)
    total, online = result.totals["net_saving_yen"], result.months_online
    cost, payback = findings.cost(result), findings.payback(result)
    assert cost.detail.endswith(f"、差は{wording.gain(total)}")
    assert payback.detail == f"開始後{online}か月分の累計は{wording.gain(total)}"
    said = f"開始後{online}か月分の合計は{wording.gain(total)}"
    assert findings.saving(result).endswith(said)
    assert said in findings.answer(result).detail
    assert wording.about(abs(total)) in cost.title
    assert wording.gain(total, wording.about) in payback.title


def test_no_page_and_no_paper_calls_a_chance_certain_that_is_not() -> None:
    drawn = Simulation(np.array([1.0]), 1.0, 1.0, 1.0, 0.9999)
    assert findings.chance(drawn).title == "効果がプラスになる確率は99.9%超"


def test_a_task_of_ones_own_does_not_keep_the_confidence_of_another() -> None:
    scenario = resolved({"tasks": {"online_pay": {"yen": 5}}})
    table = tabular.tasks(scenario, TABLES.tasks)
    own = table["1回の実費(円)"].eq(5) & table["確からしさ"].eq("自社の値")
    assert own.sum() == table["確からしさ"].eq("自社の値").sum() == 1


def test_an_assumption_is_called_the_same_wherever_it_stands() -> None:
    assert ASSUMED.name("company_fee_share") == "手数料の会社負担割合"
    assert ASSUMED.value(0.5, "company_fee_share") == "50%"
    assert ASSUMED.value(12.5, "tasks", "online_pay", "minutes") == "12.5分"
    assert ASSUMED.name("sites", "a*", "counter_travel_submit", "yen") == (
        r"a\*・申請時の往復移動(1回の実費)"
    )
    assert ASSUMED.value(None, "go_live") == "準備の見込みに従う"
    assert ASSUMED.value("2020-01", "fee_basis") == "2020年1月の手数料で試算"


def test_a_stamp_without_a_link_has_no_line_for_it() -> None:
    plain = stamp(resolved({}), "計画", TODAY, TABLES.fees)
    linked = stamp(resolved({}), "計画", TODAY, TABLES.fees, "http://localhost/")
    assert linked.lines()[:-1] == plain.lines()
    assert linked.line == plain.line
    checked = last_checked(TABLES.fees)
    assert f"新手数料(2026年10月〜)、確認日 {checked}" in plain.line


@pytest.mark.parametrize("name", ["gain", "loss"])
def test_papers_and_page_name_a_chart_alike(name: str) -> None:
    _answer, volume, cost, payback, *_others = case(name).slides
    raw = {"go_live": FORECAST, **CASES[name][1]}
    result = business_case(SAMPLE_PLAN, raw)
    assert volume.title == findings.volume(result).title
    assert cost.title == findings.cost(result).title
    assert payback.title.startswith(findings.payback(result).title)
    for slide, found in ((volume, findings.volume(result)), (cost, findings.cost(result))):
        assert slide.figure
        assert (slide.figure.measure, slide.figure.alt) == (found.measure, found.alt)


# Already online, and what a plan means


@pytest.mark.parametrize(
    ("go_live", "day", "told"),
    [
        ("2027-02", date(2027, 2, 28), None),
        ("2027-02", date(2027, 3, 1), ("2027年2月", "2027年2月", 1)),
        ("2025-04", date(2027, 3, 1), ("2026年11月", "2027年2月", 4)),
        ("2027-02", date(2040, 1, 1), ("2027年2月", "2031年10月", 57)),
        ("2040-02", date(2041, 1, 1), None),
    ],
)
def test_what_is_saved_so_far_is_told_once_a_month_is_over(
    go_live: str, day: date, told: tuple[str, str, int] | None
) -> None:
    result = business_case(SAMPLE_PLAN, {**GAIN, "go_live": go_live})
    found = findings.so_far(result, day)
    if told is None:
        assert found is None
        return
    assert found
    first, last, months = told
    saved = result.saved_until(pd.Period(day, "M"))
    assert found.title == f"{first}からの{months}か月で、{wording.gain(saved, wording.about)}"
    year = wording.gain_a_year(result.per_year["net_saving_yen"])
    setup = "準備の費用を引いた額"
    if go_live < str(result.scenario.start_month):
        setup = f"2025年4月の準備の費用を、{first}に数えて引いた額"
    assert found.detail == (
        f"{first}から{last}までの{months}か月の差引きの効果は{wording.gain(saved)}({setup})。"
        f"続ければ、{year}"
    )


def outline(*hires: float | None) -> pd.DataFrame:
    sites = [(f"事業所{place}", 10, number) for place, number in enumerate(hires)]
    return pd.DataFrame(sites, columns=["site", "headcount", "hires_per_year"]).astype(
        {"hires_per_year": "Float64"}
    )


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (outline(None, None), "人数を保つため、退職と通算60か月の分を採用(2年間で8人)。{}は20人"),
        (outline(3.0, 1.5), "毎年4.5人を採用し、それを超える退職者の補充はしない。{}は21人"),
        (outline(3.0, None), "毎年3人を採用。採用の数がない事業所は人数を保つ。{}は22人"),
        (
            targets(target("2026-04", 10), target("2027-04", 14)),
            "目標に足りない分を採用し(2年間で8人)、目標を超えても人を減らさない。{}は14人",
        ),
        (
            roster(current(10, "2027-04", "2024-04")),
            "名簿の人だけを数え、退職者の補充は含まない。{}は10人",
        ),
    ],
    ids=["held", "hires", "both", "targets", "roster"],
)
def test_what_the_choice_of_a_plan_means(plan: pd.DataFrame, told: str) -> None:
    scenario = resolved({"start_month": "2026-04", "years": 2, "attrition_per_year": 0})
    assert findings.plan_meant(plan, scenario) == told.format("2028年3月の見込み")


@pytest.mark.parametrize("raw", [GAIN, LOSS, NO_BENEFIT])
def test_each_figure_is_explained_to_the_yen(raw: dict[str, Any]) -> None:
    result = business_case(SAMPLE_PLAN, raw)
    explained = findings.explained(result)
    assert list(explained) == ["net_saving_yen", "cash_saving_yen", "hours", "payback_months"]
    for key, words in explained.items():
        row = tabular.FIGURES[key]
        assert words.startswith(row.written(result.figures[key]))
        assert row.meaning in words
