"""What the figures are taken apart into adds up to them again, in numbers and on the page."""

import pandas as pd
import pytest
from hypothesis import example, given

from onlineready.domain.vocabulary import Hours
from onlineready.load.shipped import load_advantages
from onlineready.model.derivation import (
    advantages,
    contributions,
    derive,
    flow,
    lines,
    task_factors,
    until_payback,
)
from tests.chance import examples
from tests.plans import (
    TABLES,
    Situation,
    business_case,
    current,
    only,
    roster,
    situations_of_any_kind,
)
from tests.situations import EMPTY, EXTENSIONS, NOT_WITHIN_THE_HORIZON, SAMPLE, YEAR
from tests.tolerance import CLOSE

# In numbers


@examples(12)
@given(situations_of_any_kind())
@example(SAMPLE)
@example(NOT_WITHIN_THE_HORIZON)
@example(EMPTY)
def test_the_factors_add_up_to_the_figures(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    derived = derive(result, TABLES)
    total, year = derived.total, result.per_year
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


@examples(12)
@given(situations_of_any_kind())
@example(SAMPLE)
@example(NOT_WITHIN_THE_HORIZON)
@example(EMPTY)
def test_the_contributions_add_up_to_the_net_saving_and_to_the_derivation(
    situation: Situation,
) -> None:
    result = business_case(situation.plan, situation.raw)
    *parts, net = contributions(result)
    assert net == result.per_year["net_saving_yen"]
    scale = CLOSE * max(abs(result.months).sum().max(), 1.0)
    assert sum(parts) == pytest.approx(net, rel=CLOSE, abs=scale)
    derived = derive(result, TABLES)
    a_year = 12 / max(derived.months_online, 1)
    lasting = derived.tasks["driver"].isin(["setup", "upkeep"])
    outlay = derived.tasks.groupby(lasting)["outlay_yen"].sum().reindex([False, True]).fillna(0)
    time = derived.time["product_yen"]
    for part, amount in zip(
        parts,
        (
            derived.total.fee_saving_yen,
            outlay[False],
            time["freed"] + time["extra"],
            outlay[True] + time["spent"],
        ),
        strict=True,
    ):
        assert part == pytest.approx(amount * a_year, rel=CLOSE, abs=scale)


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
    not_valued = ["open_always", "faster", "status_online", "shared", "fewer_papers"]
    assert worth.loc[not_valued].isna().all(axis=None)


def test_advantages_name_tasks_that_there_are() -> None:
    listed = load_advantages()
    named = listed[["tasks", "instead_of"]].fillna("").agg(" ".join, axis="columns")
    assert set(" ".join(named).split()) <= set(TABLES.tasks["id"])
    assert len(listed) == 9
