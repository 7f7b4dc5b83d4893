"""Plans said in a few numbers, read back from the plan, and an outline as targets or a roster."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import MAX_HEADCOUNT, PLANS, plan_kind
from onlineready.domain.vocabulary import PlanKind
from onlineready.model.outline import (
    Said,
    as_roster,
    as_targets,
    growing,
    held,
    hiring,
    said_of,
    said_plan,
    summed_up,
)
from onlineready.model.plan import staffing, staffing_by_year
from onlineready.workbook import Workbook, from_file, from_token, to_file, to_token
from tests.chance import examples
from tests.day import TODAY
from tests.plans import (
    TABLES,
    Situation,
    current,
    outline,
    outline_situations,
    overseas,
    resolved,
    roster,
    rows,
    scenarios,
    shares,
    target,
    targets,
)

SCENARIO = resolved({"start_month": "2026-04", "years": 5, "attrition_per_year": 0})


def split_of(said: Said, scenario: Scenario = SCENARIO) -> list[list[float]]:
    """Return the numbers of a plan that is said, row by row, without the names of its sites."""
    plan = said_plan(said, scenario).drop(columns=["site", "month"], errors="ignore")
    return plan.astype("Float64").fillna(-1).to_numpy(float).tolist()


# Said, and read back


def test_workers_and_hires_are_split_evenly_the_first_sites_have_one_more() -> None:
    assert split_of(Said(25, 1)) == [[25, -1]]
    assert split_of(Said(25, 3)) == [[9, -1], [8, -1], [8, -1]]
    assert split_of(Said(25, 3, 5)) == [[9, 2], [8, 2], [8, 1]]
    # What is less than a hire goes to the first site.
    assert split_of(Said(2, 3, 10.1)) == [[1, 4.1], [1, 3], [0, 3]]
    assert split_of(Said(2, 2, 0)) == [[1, 0], [1, 0]]
    # In decimals: 100.1 less 99 is 1.1, not 1.0999999999999943.
    assert split_of(Said(0, 100, 100.1))[:2] == [[0, 1.1], [0, 1]]


def test_so_many_workers_in_years_to_come_are_targets_on_the_straight_line() -> None:
    assert split_of(Said(25, 1, years=3, target=40)) == [
        [2026, 25],
        [2027, 30],
        [2028, 35],
        [2029, 40],
    ]
    # 25, 22.5, 20: half of a worker counts as one; it is the total of the year that is split.
    assert split_of(Said(25, 2, years=2, target=20)) == [
        [2026, 13],
        [2027, 12],
        [2028, 10],
        [2026, 12],
        [2027, 11],
        [2028, 10],
    ]


def test_the_first_target_is_that_of_the_fiscal_year_of_the_start() -> None:
    for start, first_month, year in (("2026-03", 4, 2025), ("2026-03", 1, 2026)):
        raw = {"start_month": start, "fiscal_year_start_month": first_month}
        plan = said_plan(Said(5, 1, years=1, target=6), resolved(raw))
        assert plan["fiscal_year"].tolist() == [year, year + 1]


@pytest.mark.parametrize(
    ("sites", "given_names", "expected"),
    [
        (1, [], ["全社"]),
        (3, [], ["事業所1", "事業所2", "事業所3"]),
        (1, ["本社", "仙台"], ["本社"]),
        (3, ["本社", "仙台"], ["本社", "仙台", "事業所3"]),
        # No name twice; and a single site's is not that of one of several.
        (3, ["事業所3", "仙台"], ["事業所3", "仙台", "事業所4"]),
        (2, ["全社"], ["事業所1", "事業所2"]),
        (2, ["全社", "仙台"], ["全社", "仙台"]),
    ],
)
def test_sites_keep_their_names_and_others_are_numbered(
    sites: int, given_names: list[str], expected: list[str]
) -> None:
    for said in (Said(5, sites), Said(5, sites, years=2, target=9)):
        plan = said_plan(said, SCENARIO, given_names)
        assert plan["site"].drop_duplicates().tolist() == expected
        assert said_of(plan, SCENARIO) == said


def saids() -> st.SearchStrategy[Said]:
    """Draw what somebody says: held, hiring, or so many in years to come."""
    many = st.one_of(st.integers(0, 60), st.integers(0, MAX_HEADCOUNT))
    hires = st.one_of(
        st.none(),
        many.map(float),
        st.tuples(st.integers(0, 9), shares()).map(lambda parts: round(sum(parts), 3)),
    )
    sites = st.one_of(st.integers(1, 3), st.integers(1, 40))
    return st.one_of(
        st.tuples(many, sites, hires),
        st.tuples(many, sites, st.none(), st.integers(1, 10), many),
    ).map(lambda numbers: Said(*numbers))


@examples(60, 600)
@given(raw=scenarios(), said=saids())
def test_what_is_said_is_read_back_from_the_plan(raw: dict[str, Any], said: Said) -> None:
    scenario = resolved(raw)
    plan = said_plan(said, scenario)
    PLANS[plan_kind(plan)].validate(plan)
    assert said_of(plan, scenario) == said
    hired = plan.get("hires_per_year", pd.Series(dtype="Float64"))
    assert hired.isna().all() or float(hired.sum()) == pytest.approx(said.hires_per_year)
    first = plan.groupby("site", sort=False)["headcount"].first()
    assert first.sum() == said.headcount
    assert first.max() - first.min() <= 1
    if said.target is not None:
        totals = plan.groupby("fiscal_year")["headcount"].sum().to_numpy(float)
        assert totals == pytest.approx(
            np.linspace(said.headcount, said.target, len(totals)), abs=0.5
        )


@examples(20, 200)
@given(raw=scenarios(), said=saids())
def test_what_is_said_is_read_back_from_a_file_and_a_link(raw: dict[str, Any], said: Said) -> None:
    scenario = resolved(raw)
    workbook = Workbook(TODAY, (scenario,), said_plan(said, scenario))
    assert from_file(to_file(workbook), TABLES) == workbook
    opened = from_token(to_token(workbook), TABLES)
    assert set(opened.plan["site"]).isdisjoint(workbook.plan["site"])
    assert said_of(opened.plan, scenario) == said


@pytest.mark.parametrize(
    "plan",
    [
        roster(overseas(1, "2027-04")),
        # Not split evenly; the second has more; one hires, the other holds.
        outline({"site": "甲", "headcount": 5}, {"site": "乙", "headcount": 3}),
        outline({"site": "甲", "headcount": 2}, {"site": "乙", "headcount": 3}),
        outline({"headcount": 3, "hires_per_year": 1}, {"site": "乙", "headcount": 3}),
        outline(
            {"headcount": 3, "hires_per_year": 1},
            {"site": "乙", "headcount": 3, "hires_per_year": 2},
        ),
        # A single year; by month; off the line; years left out; from another year on.
        targets(target(2026, 5)),
        targets(target("2026-04", 5), target("2027-04", 6)),
        targets(target(2026, 5), target(2027, 5), target(2028, 9)),
        targets(target(2026, 5), target(2028, 7)),
        targets(target(2027, 5), target(2028, 7)),
        targets(target(2028, 7), target(2027, 6), target(2026, 5)),
    ],
)
def test_other_plans_are_not_said_in_a_few_numbers(plan: pd.DataFrame) -> None:
    assert said_of(plan, SCENARIO) is None


def test_a_plan_read_from_a_file_is_said_too() -> None:
    # Its rows are numbered as in the file.
    plan = outline({"site": "甲", "headcount": 3}, {"site": "乙", "headcount": 2})
    assert said_of(plan, SCENARIO) == Said(5, 2)
    line = targets(target(2026, 5), target(2027, 6), target(2028, 7))
    assert said_of(line, SCENARIO) == Said(5, 1, years=2, target=7)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (roster(current(7, "2026-10"), overseas(5, "2027-04", site="仙台工場")), Said(7, 2)),
        (targets(target("2026-01", 6), target("2026-04", 5), target("2027-04", 9)), Said(5, 1)),
        # A site that opens later has its first number from the start.
        (targets(target(2026, 5), target(2027, 4, "仙台工場")), Said(9, 2)),
        (
            outline({"headcount": 5, "hires_per_year": 3}, {"site": "甲", "headcount": 2}),
            Said(7, 2),
        ),
        (
            outline(
                {"headcount": 5, "hires_per_year": 3},
                {"site": "甲", "headcount": 2, "hires_per_year": 0.5},
            ),
            Said(7, 2, 3.5),
        ),
    ],
)
def test_any_plan_is_summed_up_by_who_is_here_today(plan: pd.DataFrame, expected: Said) -> None:
    assert summed_up(plan, SCENARIO) == expected


def test_hires_begin_with_the_leavers_of_a_year_in_whole_workers_half_of_one_up() -> None:
    scenario = replace_in(SCENARIO, attrition_per_year=0.1)
    begun = [hiring(Said(many, 2, None, 3, 9), scenario) for many in (0, 24, 25, 30)]
    assert begun == [Said(0, 2, 0), Said(24, 2, 2), Said(25, 2, 3), Said(30, 2, 3)]


def test_a_target_begins_with_the_workers_of_today_and_holding_asks_for_nothing() -> None:
    assert growing(Said(24, 2, 5.5)) == Said(24, 2, None, 3, 24)
    assert held(Said(24, 2, None, 3, 30)) == Said(24, 2)


# Refined


def test_a_head_count_that_is_held_becomes_the_same_targets_every_year() -> None:
    plan = outline({"site": "甲", "headcount": 7}, {"site": "乙", "headcount": 0})
    found = as_targets(plan, resolved({"start_month": "2026-07", "years": 2}))
    columns = ["site", "fiscal_year", "headcount"]
    assert found[columns].to_numpy().tolist() == [
        *(["甲", year, 7] for year in (2026, 2027, 2028)),
        *(["乙", year, 0] for year in (2026, 2027, 2028)),
    ]


def test_targets_of_an_outline_are_the_workers_expected_when_a_year_begins() -> None:
    # Of 60 one reaches 60 months every month, 24 are hired a year: 12 more each year.
    plan = outline({"headcount": 60, "hires_per_year": 24})
    assert as_targets(plan, SCENARIO)["headcount"].tolist() == [60, 72, 84, 96, 108]


def test_an_outline_as_a_roster() -> None:
    plan = outline(
        {"site": "乙", "headcount": 6, "hires_per_year": 3}, {"site": "甲", "headcount": 0}
    )
    scenario = replace_in(SCENARIO, years=2, period_months=4, overseas_share=0.5)
    found = as_roster(plan, scenario)
    columns = ["site", "route", "headcount", "expiry", "start"]
    # Six over four months; of hires one, two, three … every second comes from overseas.
    assert [[row[column] for column in columns] for row in rows(found)] == [
        ["乙", "current", 1, "2026-04", None],
        ["乙", "current", 2, "2026-05", None],
        ["乙", "current", 1, "2026-06", None],
        ["乙", "current", 2, "2026-07", None],
        ["乙", "overseas", 2, None, "2026-10"],
        ["乙", "overseas", 1, None, "2027-10"],
        ["乙", "domestic", 1, None, "2026-10"],
        ["乙", "domestic", 2, None, "2027-10"],
    ]


def replace_in(scenario: Scenario, **values: Any) -> Scenario:
    """Return the scenario with other values."""
    return scenario.model_copy(update=values)


def test_single_workers_of_many_sites_do_not_all_expire_at_once() -> None:
    plan = said_plan(Said(12, 12), SCENARIO)
    found = as_roster(plan, SCENARIO)
    staff = found[found["route"].eq("current")]
    assert staff["expiry"].nunique() == 12


def test_nobody_is_no_roster() -> None:
    assert as_roster(outline({"headcount": 0}), SCENARIO).empty


@examples(30, 300)
@given(situation=outline_situations())
def test_an_outline_as_a_roster_adds_up_to_its_workers_and_hires(situation: Situation) -> None:
    scenario, plan = resolved(situation.raw), situation.plan
    found = as_roster(plan, scenario)
    PLANS[PlanKind.ROSTER].validate(found)
    staff, hired = (found[found["route"].eq("current").eq(here)] for here in (True, False))
    by_site = staff.groupby("site")["headcount"].sum()
    expected = plan.set_index("site")["headcount"]
    assert by_site.to_dict() == expected[expected.gt(0)].to_dict()
    per_month = (
        staff.groupby("expiry")["headcount"]
        .sum()
        .reindex(
            pd.period_range(scenario.start_month, periods=scenario.period_months), fill_value=0
        )
    )
    assert per_month.max() - per_month.min() <= 1 + len(by_site)

    hires = staffing(plan, scenario).hires[:, : scenario.months]
    assert abs(hired["headcount"].sum() - hires.sum()) <= 0.5 + 1e-6
    from_overseas = hired.loc[hired["route"].eq("overseas"), "headcount"].sum()
    assert abs(from_overseas - hired["headcount"].sum() * scenario.overseas_share) <= 0.5 + 1e-6
    by_site = hired.groupby("site")["headcount"].sum().reindex(sorted(plan["site"]), fill_value=0)
    assert by_site.to_numpy(float) == pytest.approx(hires.sum(axis=1), abs=1 + 1e-6)
    years = staffing_by_year(found, scenario) if len(found) else None
    assert years is None or years["hires"].sum() == pytest.approx(hired["headcount"].sum())


@examples(30, 300)
@given(situation=outline_situations())
def test_an_outline_as_targets_expects_the_workers_of_the_outline(situation: Situation) -> None:
    scenario, plan = resolved(situation.raw), situation.plan
    found = as_targets(plan, scenario)
    PLANS[PlanKind.TARGETS].validate(found)
    totals = found.groupby("fiscal_year")["headcount"].sum()
    years = staffing_by_year(plan, scenario).set_index("fiscal_year")["stock"]
    assert list(totals.index) == list(years.index)
    assert totals.iloc[0] == plan["headcount"].sum()
    ends = years.to_numpy(float)[:-1]
    assert totals.to_numpy(float)[1:] == pytest.approx(ends, abs=0.5 * len(plan) + 1e-6)


@pytest.mark.parametrize("attrition", [0.15, 0.99])
def test_the_largest_outline_becomes_a_plan_that_can_be_read(attrition: float) -> None:
    plan = outline({"headcount": MAX_HEADCOUNT, "hires_per_year": MAX_HEADCOUNT})
    scenario = replace_in(SCENARIO, attrition_per_year=attrition)
    for refined in (as_targets(plan, scenario), as_roster(plan, scenario)):
        PLANS[plan_kind(refined)].validate(refined)
        workbook = Workbook(TODAY, (scenario,), refined)
        assert from_file(to_file(workbook), TABLES) == replace(workbook, plan=refined)
