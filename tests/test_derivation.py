"""What the figures are taken apart into adds up to them again, in numbers and on the page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from streamlit.testing.v1 import AppTest

from onlineready import clock
from onlineready.derivation import (
    advantages,
    derive,
    flow,
    lines,
    sums,
    task_factors,
    until_payback,
)
from onlineready.load import load_advantages, load_sample_plan
from onlineready.scenario import resolve
from onlineready.ui import wording
from onlineready.vocabulary import Hours
from onlineready.workbook import Workbook, to_token
from tests.plans import (
    TABLES,
    TODAY,
    Situation,
    business_case,
    current,
    only,
    overseas,
    roster,
    situations_of_any_kind,
)
from tests.test_laws import CLOSE

APP = Path(__file__).parent.parent / "app.py"
YEAR: dict[str, Any] = {"start_month": "2027-04", "years": 1, "attrition_per_year": 0}
EXTENSIONS = roster(current(4, "2027-08", "2025-08"))
"""Files four extensions of a year in 2027-06 and nothing else in the year."""

SAMPLE = Situation({"go_live": "2027-02"}, load_sample_plan())
NOT_WITHIN_THE_HORIZON = Situation({**YEAR, "go_live": "2030-01"}, EXTENSIONS)
EMPTY = Situation(YEAR, roster(overseas(1, "2050-01")))


# In numbers


@settings(max_examples=30)
@given(situations_of_any_kind())
@example(SAMPLE)
@example(NOT_WITHIN_THE_HORIZON)
@example(EMPTY)
def test_the_factors_add_up_to_the_figures(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    derived = derive(result, TABLES)
    total, year = sums(derived, result.scenario), result.per_year
    a_year = 12 / max(derived.months_online, 1)
    scale = max(abs(result.months).sum().max(), 1.0)
    for amount, figure in (
        (total.fee_saving_yen, year["fee_saving_yen"]),
        (total.outlay_saving_yen, year["outlay_saving_yen"]),
        (total.hours, year["hours_saved"] - year["hours_spent"]),
        (total.time_value_yen, year["time_value_yen"]),
        (total.cash_saving_yen, year["cash_saving_yen"]),
        (total.net_saving_yen, year["net_saving_yen"]),
    ):
        assert amount * a_year == pytest.approx(figure, rel=CLOSE, abs=CLOSE * scale)
    assert derived.time["quantity"].sum() == pytest.approx(total.hours, abs=CLOSE * scale)
    assert flow(result)["discounted_yen"].sum() == pytest.approx(
        result.worth.npv_yen, rel=CLOSE, abs=CLOSE * scale
    )
    paid = until_payback(result)
    if result.worth.payback_months is not None:
        assert len(paid) == result.worth.payback_months
        assert paid["cumulative_yen"].iloc[-1] >= -0.005
    assert not (paid["cumulative_yen"].iloc[:-1] >= 0).any()


def test_fees_are_taken_from_the_lines_of_the_table() -> None:
    derived = derive(business_case(EXTENSIONS, {**YEAR, "online_share": 0.5}), TABLES)
    (row,) = derived.fees.to_dict("records")
    assert (row["quantity"], row["rate_yen"], row["product_yen"]) == (2, 5_670, 11_340)
    assert (row["counter_yen"], row["online_yen"], row["charge_yen"]) == (33_000, 27_000, 330)
    counter, online = (
        lines(TABLES.fees).loc[row[f"{channel}_line"]] for channel in ("counter", "online")
    )
    for line, channel, fee in ((counter, "counter", 33_000), (online, "online", 27_000)):
        assert (line["procedure"], line["channel"], line["fee_yen"]) == ("extension", channel, fee)


def test_a_held_table_is_the_one_that_is_shown() -> None:
    derived = derive(business_case(EXTENSIONS, {**YEAR, "fee_basis": "2025-04"}), TABLES)
    assert derived.fees["rate_yen"].tolist() == [500]
    assert [str(month) for month in derived.fees["accepted_from"]] == ["2025-04"]


def test_a_site_with_rates_of_its_own_has_rows_of_its_own() -> None:
    sites = {"仙台工場": {"counter_wait_submit": {"minutes": 30}}}
    plan = roster(
        current(2, "2027-08", "2025-08"), current(2, "2027-08", "2025-08", site="仙台工場")
    )
    factors = task_factors(business_case(plan, {**YEAR, "sites": sites}))
    waits = factors[factors["id"].eq("counter_wait_submit")].sort_values("minutes")
    assert waits["minutes"].tolist() == [30, 120]
    assert waits["site"].iloc[0] == "仙台工場"
    assert pd.isna(waits["site"].iloc[1])
    travels = factors[factors["id"].eq("counter_travel_submit")]
    assert travels["quantity"].tolist() == [2]


def test_hours_that_online_filing_adds_are_told_from_those_it_frees() -> None:
    # 6 minutes more each of the four extensions, and a set-up of 60 minutes for each of 2 officers.
    tasks = only(online_pay={"minutes": 6}, setup_training={"minutes": 60})
    raw = {**YEAR, "tasks": tasks, "wage_yen_per_hour": 1_000, "realised_time_share": 0.5}
    time = derive(business_case(EXTENSIONS, raw), TABLES).time
    assert time["quantity"].to_dict() == {Hours.FREED: 0, Hours.EXTRA: -0.4, Hours.SPENT: -2}
    assert time["product_yen"].to_dict() == {Hours.FREED: 0, Hours.EXTRA: -400, Hours.SPENT: -2_000}


def test_what_each_advantage_is_worth() -> None:
    # Four extensions on two visits each way, half of the collections on a trip for a submission.
    result = business_case(EXTENSIONS, YEAR)
    worth = advantages(result, task_factors(result), load_advantages())
    assert worth.at["no_visit", "hours"] == pytest.approx(2 * (2 + 2) + 1 * 2 + 2 * 1)
    assert worth.at["no_visit", "yen"] == pytest.approx((2 + 1) * 1_500)
    assert worth.at["lower_fee", "yen"] == pytest.approx(4 * 5_670)
    assert worth.at["data_reused", "hours"] == pytest.approx(4 * (45 - 30) / 60)
    not_valued = ["open_always", "faster", "status_online", "shared"]
    assert worth.loc[not_valued].isna().all(axis=None)


def test_advantages_name_tasks_that_there_are() -> None:
    listed = load_advantages()
    named = listed[["tasks", "instead_of"]].fillna("").agg(" ".join, axis="columns")
    assert set(" ".join(named).split()) <= set(TABLES.tasks["id"])
    assert len(listed) == 8


# On the page, with a pocket calculator

OpenCard = Callable[[str, Situation], AppTest]


@pytest.fixture
def open_card(monkeypatch: pytest.MonkeyPatch) -> OpenCard:
    """Open page 1 with the derivation of one card open."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    def opened(card: str, situation: Situation) -> AppTest:
        scenario = resolve(situation.raw, TABLES.tasks, TODAY)
        scenario = scenario.going_live(scenario.start_month)
        plan = situation.plan.reset_index(drop=True)
        page = AppTest.from_file(APP, default_timeout=60)
        page.query_params["w"] = to_token(Workbook(TODAY, (scenario,), plan))
        page.session_state[f"derivation_{card}"] = True
        page.run()
        assert not page.exception
        return page

    return opened


def calculated(words: str) -> float:
    """Return what a pocket calculator gives for a calculation as it stands on the page."""
    plain = re.sub(r"表\d", "", words).replace(",", "")
    for sign, typed in (("−", "-"), ("×", "*"), ("÷", "/"), ("%", "/100")):
        plain = plain.replace(sign, typed)
    typed = re.sub(r"[^0-9.+\-*/() ]", "", plain)
    return float(eval(typed))  # noqa: S307 (digits and signs only)


def number(words: str) -> float:
    return float(words.replace("円", "").replace("時間", "").replace(",", ""))


def slack(words: str) -> float:
    """Return how far the result may be off: the quantity is shown to six digits."""
    return 1e-6 * max(1.0, *(float(n.replace(",", "")) for n in re.findall(r"[\d,.]*\d", words)))


def card(page: AppTest, label: str) -> str:
    return next(str(metric.value) for metric in page.metric if metric.label == label)


def steps(page: AppTest) -> dict[str, str]:
    table = next(one.value for one in page.table if "内容" in one.value)
    return dict(zip(table["内容"], table["計算"], strict=True))


def redone(page: AppTest, which: int) -> tuple[float, float]:
    """Work a table of factors out row by row; return its sum, and how far it may be off."""
    titles = [text.value for text in page.markdown if re.match(r"\*\*表\d", text.value)]
    tables = [one.value for one in page.table if "項目" in one.value]
    (table,) = (
        table
        for title, table in zip(titles, tables, strict=True)
        if title.startswith(f"**表{which} ")
    )
    *rows, whole = table.to_dict("records")
    (result,) = (column for column in table if str(column).startswith("結果"))
    found = [calculated(row["計算"]) for row in rows]
    for row, amount in zip(rows, found, strict=True):
        assert number(row[result]) == pytest.approx(amount, abs=0.005 + slack(row["計算"]))
        assert row["根拠"]
    off = sum(slack(row["計算"]) for row in rows) + 1e-6
    assert number(whole[result]) == pytest.approx(sum(found), abs=off)
    return sum(found), off


def check_net_and_cash(open_card: OpenCard, situation: Situation) -> None:
    for name, label, parts in (
        ("net", "差引きの効果(年)", (1, 2, 4)),
        ("cash", "現金の節約(年)", (1, 2)),
    ):
        page = open_card(name, situation)
        shown = steps(page)
        if "オンラインの月がありません" in shown["1年あたり"]:
            assert card(page, label) == "0円"
            continue
        (share,) = re.findall(r"[\d.]+(?=%)", shown["A 手数料の差"])
        (months,) = re.findall(r"(\d+)か月", shown["1年あたり"])
        weights = {1: float(share) / 100, 2: 1.0, 4: 1.0}
        sheets = {which: redone(page, which) for which in parts}
        total = sum(weights[which] * amount for which, (amount, _off) in sheets.items())
        off = sum(off for _amount, off in sheets.values()) * 12 / int(months)
        assert number(card(page, label)) == pytest.approx(total * 12 / int(months), abs=0.5 + off)
        assert number(card(page, label)) == pytest.approx(
            calculated(shown["1年あたり"]), abs=0.5 + 1e-4
        )
        if situation is SAMPLE:
            assert card(page, label) == wording.yen(total * 12 / int(months))


def check_hours(open_card: OpenCard, situation: Situation) -> None:
    page = open_card("hours", situation)
    shown = steps(page)["1年あたり"]
    if "オンラインの月がありません" in shown:
        assert card(page, "減る時間(年)") == "0.0時間"
        return
    (months,) = re.findall(r"(\d+)か月", shown)
    total, off = redone(page, 3)
    found = number(card(page, "減る時間(年)"))
    assert found == pytest.approx(total * 12 / int(months), abs=0.05 + off)
    assert found == pytest.approx(calculated(shown), abs=0.05 + 1e-4)


def check_payback(open_card: OpenCard, situation: Situation) -> None:
    page = open_card("payback", situation)
    if any("オンラインの月がありません" in text.value for text in page.markdown):
        assert card(page, "回収まで") == "回収なし"
        return
    (table,) = (one.value for one in page.table if "累計(円)" in one.value)
    amounts = table[[column for column in table if "(円)" in str(column)]].map(number)
    fee, outlay, time, net, total = (amounts[column] for column in amounts)
    assert (fee + outlay + time - net).abs().le(0.02).all()
    assert (net.cumsum() - total).abs().le(0.01 * len(table) + 0.01).all()
    paid = total.index[net.cumsum() >= -0.01 * len(table)]
    answer = card(page, "回収まで")
    if answer == "回収なし":
        assert len(paid) == 0 or net.abs().max() < 1
    else:
        assert answer == f"{table['開始から(か月目)'].iloc[-1]}か月"
        assert total.iloc[-1] >= -0.01
        assert (total.iloc[:-1] <= 0.01).all()


@pytest.mark.parametrize("check", [check_net_and_cash, check_hours, check_payback])
def test_a_reader_can_redo_the_cards(
    open_card: OpenCard, check: Callable[[OpenCard, Situation], None]
) -> None:
    for situation in (SAMPLE, NOT_WITHIN_THE_HORIZON, EMPTY):
        check(open_card, situation)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(situation=situations_of_any_kind())
def test_a_reader_can_redo_the_cards_of_any_situation(
    open_card: OpenCard, situation: Situation
) -> None:
    check_net_and_cash(open_card, situation)
    check_hours(open_card, situation)
    check_payback(open_card, situation)


def test_a_reader_can_redo_the_net_present_value(open_card: OpenCard) -> None:
    page = open_card("npv", SAMPLE)
    page.segmented_control(key="topic").set_value("どのくらい確か").run()
    (table,) = (one.value for one in page.table if "× 割引係数" in one.value)
    net, factor = table["差引きの効果(円)"].map(number), table["× 割引係数"].astype(float)
    assert wording.yen((net * factor).sum()) == card(page, "正味現在価値(NPV)")
    assert factor.iloc[12] == pytest.approx(1 / 1.04, abs=1e-8)


def test_every_number_put_in_has_source_day_and_confidence(open_card: OpenCard) -> None:
    raw = {**SAMPLE.raw, "wage_yen_per_hour": 2_000, "tasks": {"counter_print": {"minutes": 5}}}
    page = open_card("net", Situation(raw, SAMPLE.plan))
    kinds = ("fees.csvの行", "tasks.csvの行", "前提")
    fees, tasks, assumptions = (
        next(one.value for one in page.table if kind in one.value) for kind in kinds
    )
    for table in (fees, tasks, assumptions):
        assert table[["出典", "確認日", "確からしさ"]].astype(bool).all(axis=None)
    wage = assumptions.set_index("前提").loc["担当者の時間単価"]
    assert (wage["値"], wage["確からしさ"]) == ("2,000円/時", "自社の値(初期値 1,673円/時)")
    printing = tasks.set_index("作業").loc["印刷・コピー・綴じ込み"]
    assert (printing["1回の分"], printing["確からしさ"]) == ("5", "自社の値")
    assert set(fees["確からしさ"]) == {"報告・要確認"}
