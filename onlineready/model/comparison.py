"""Counter against online: the savings month by month, and what they are worth."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Case, Procedure

PAYBACK_TOLERANCE_YEN = 0.005
LEAST_BENEFIT_YEN = 1e-6
YEAR_MONTHS = 12
DISCOUNT_RATES = (0.0, 0.01, 0.02, 0.04)
"""Rates a year at which the net present value is shown side by side."""

COUNTER, ONLINE = range(2)
"""Places of the two cases, and of the two channels likewise: whole numbers inside the model."""

Months = Mapping[str, np.ndarray]
"""Series by name, as `Result.series`: one number for each month of the horizon."""


class Worth(NamedTuple):
    """What online filing is worth over the horizon (docs/model.md, section 7)."""

    npv_yen: float
    payback_months: int | None
    break_even_applications_per_year: float | None

    @property
    def ties_up_money(self) -> bool:
        """Whether ratios to the set-up, and yearly rates of return on it, say anything.

        What is paid back within a year was never tied up for one: the smaller such a set-up, the
        larger every ratio to it, whatever the gain. Only the amount tells then.
        """
        return self.payback_months is None or self.payback_months > YEAR_MONTHS


class BreakEven(NamedTuple):
    """NPV over the applications filed per year: NPV(N) = U x A x N - F (docs/model.md, section 7).

    All of it counts from go-live to the end of the horizon, discounted.

    Attributes:
        benefit_yen: what applications bring; may be negative.
        fixed_yen: F, what set-up and upkeep cost.
        applications: how many are filed; where none are, there is no line.
        years: A, how long it lasts.
    """

    benefit_yen: float
    fixed_yen: float
    applications: float
    years: float

    @property
    def unit_yen(self) -> float:
        """U, what one application brings."""
        return self.benefit_yen / self.applications

    @property
    def plan_applications_per_year(self) -> float:
        """The volume of the plan, at which the line gives its NPV."""
        return self.applications / self.years

    @property
    def applications_per_year(self) -> float | None:
        """N*, the volume at which the NPV is 0; None where an application brings nothing."""
        if self.applications <= 0 or self.unit_yen <= LEAST_BENEFIT_YEN:
            return None
        return self.fixed_yen / (self.unit_yen * self.years)

    def npv_yen(self, applications_per_year: np.ndarray) -> np.ndarray:
        """Return the NPV at other volumes, whatever else is as in the plan."""
        npv: np.ndarray = self.unit_yen * self.years * applications_per_year - self.fixed_yen
        return npv


class Returns(NamedTuple):
    """What set-up and upkeep bring in, as ratios; None where there is no such ratio.

    Attributes:
        irr: the yearly effective rate at which the yearly flow is worth 0, as a share (0.1 is
            10%); None unless that flow changes sign exactly once. Where gains come before costs it
            is the rate paid, not earned.
        benefit_cost_ratio: discounted benefits over discounted set-up and upkeep; None without
            set-up and upkeep.
        roi: discounted benefits less costs, over costs; None likewise.
    """

    irr: float | None
    benefit_cost_ratio: float | None
    roi: float | None


def savings(costs: Mapping[str, np.ndarray], scenario: Scenario) -> dict[str, np.ndarray]:
    """Return what online filing saves in each month (docs/model.md, section 6).

    Args:
        costs: `counter_…` and `online_…` of `fee_yen`, `outlay_yen` and `hours`, and
            `setup_upkeep_outlay_yen` and `setup_upkeep_hours`.
        scenario: wage and share of freed time put to use.

    Returns:
        `fee_saving_yen`, `outlay_saving_yen` (net of set-up and upkeep), `hours_saved` (gross),
        `hours_spent`, `cash_saving_yen`, `time_value_yen`, `net_saving_yen`. Time freed is not
        cash.
    """
    fee = costs["counter_fee_yen"] - costs["online_fee_yen"]
    outlay = costs["counter_outlay_yen"] - costs["online_outlay_yen"]
    outlay = outlay - costs["setup_upkeep_outlay_yen"]
    hours, spent = costs["counter_hours"] - costs["online_hours"], costs["setup_upkeep_hours"]
    used = scenario.realised_time_share * np.maximum(hours, 0) + np.minimum(hours, 0)
    cash, time = fee + outlay, scenario.wage_yen_per_hour * (used - spent)
    return {
        "fee_saving_yen": fee,
        "outlay_saving_yen": outlay,
        "hours_saved": hours,
        "hours_spent": spent,
        "cash_saving_yen": cash,
        "time_value_yen": time,
        "net_saving_yen": cash + time,
    }


def staff_yen(months: Months, scenario: Scenario) -> np.ndarray:
    """Return what the staff time of each case costs: case × month (docs/model.md, section 7).

    Valued as in the saving, so that counter less online is `time_value_yen`: the hours of both
    cases at the share put to use, those of set-up and upkeep, and what online filing takes more
    than the counter in a month, in full.

    Args:
        months: `counter_hours`, `online_hours`, `hours_saved` and `hours_spent`.
        scenario: wage and share of freed time put to use.
    """
    used = scenario.realised_time_share
    counter, online = (used * months[f"{case}_hours"] for case in Case)
    extra = (1 - used) * np.maximum(-months["hours_saved"], 0)
    hours = np.stack([counter, online + extra + months["hours_spent"]])
    return scenario.wage_yen_per_hour * hours


def discount_factors(rate: float, months: int) -> np.ndarray:
    """Return what a yen of each month is worth in the first one, at a yearly rate."""
    factors: np.ndarray = (1 + rate) ** (-np.arange(months) / 12)
    return factors


def present_value(flow_yen: np.ndarray, rate: float) -> float:
    """Return the sum of a monthly flow, discounted at a yearly rate to its first month."""
    return float(discount_factors(rate, len(flow_yen)) @ flow_yen)


def npv_by_rate(months: Months, rates: Sequence[float] = DISCOUNT_RATES) -> pd.Series:
    """Return the NPV in yen at other discount rates: index `discount_rate`."""
    npvs = [present_value(months["net_saving_yen"], rate) for rate in rates]
    return pd.Series(npvs, pd.Index(rates, dtype=float, name="discount_rate"), name="npv_yen")


def live(scenario: Scenario) -> slice:
    """Return the months from go-live to the end of the horizon; none where it lies after it."""
    return slice(min(max(scenario.online_from, 0), scenario.months), scenario.months)


def worth(months: Months, scenario: Scenario) -> Worth:
    """Return NPV, payback and break-even volume of the savings (docs/model.md, section 7).

    Args:
        months: `net_saving_yen`, `hours_spent`, `setup_upkeep_outlay_yen`, and `applications_…` of
            each procedure, both channels together.
        scenario: wage, discount rate and go-live.
    """
    net_saving_yen = months["net_saving_yen"]
    total_yen = net_saving_yen[live(scenario)].cumsum()
    paid = np.flatnonzero(total_yen >= -PAYBACK_TOLERANCE_YEN)
    return Worth(
        npv_yen=present_value(net_saving_yen, scenario.discount_rate),
        payback_months=int(paid[0]) + 1 if paid.size else None,
        break_even_applications_per_year=break_even(months, scenario).applications_per_year,
    )


def _benefit_and_fixed_cost(months: Months, scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Split the net saving of each month into what applications bring and what being online costs.

    Both in yen; the fixed cost, set-up and upkeep, is a positive number.
    """
    hours_yen = scenario.wage_yen_per_hour * months["hours_spent"]
    fixed = months["setup_upkeep_outlay_yen"] + hours_yen
    return months["net_saving_yen"] + fixed, fixed


def break_even(months: Months, scenario: Scenario) -> BreakEven:
    """Return NPV as a line over the yearly volume, from the same arguments as `worth`."""
    online = live(scenario)
    factor = discount_factors(scenario.discount_rate, scenario.months)[online]
    filed = np.sum([months[f"applications_{procedure}"] for procedure in Procedure], axis=0)
    sums = (*_benefit_and_fixed_cost(months, scenario), filed)
    benefit, fixed, applications = (float(factor @ monthly[online]) for monthly in sums)
    return BreakEven(benefit, fixed, applications, years=float(factor.sum()) / 12)


def returns(months: Months, scenario: Scenario) -> Returns:
    """Return internal rate of return, benefit/cost ratio and ROI, from the arguments of `worth`."""
    benefit_yen, fixed_yen = _benefit_and_fixed_cost(months, scenario)
    benefit = present_value(benefit_yen, scenario.discount_rate)
    cost = present_value(fixed_yen, scenario.discount_rate)
    return Returns(
        irr=internal_rate_of_return(yearly_flow(months, scenario)),
        benefit_cost_ratio=benefit / cost if cost > 0 else None,
        roi=(benefit - cost) / cost if cost > 0 else None,
    )


def yearly_flow(months: Months, scenario: Scenario) -> np.ndarray:
    """Return the flow whose internal rate of return is looked for: yen by months since go-live.

    First, after 0 months, what it takes to begin, as a cost: the set-up of the first month online.
    Then the net savings of each full year online, without that cost, at the end of the year; the
    months after the last full year are counted with it, and it ends with the horizon. All other
    months are 0. Empty where go-live lies after the horizon. Yearly, as business cases are decided
    on: a monthly flow changes sign in every month in which there is upkeep and nothing to file, and
    would hardly ever have a single rate; a rest of a few months may hold nothing but upkeep.
    """
    online = live(scenario)
    benefit, fixed = (monthly[online] for monthly in _benefit_and_fixed_cost(months, scenario))
    if not fixed.size:
        return fixed
    net = benefit - fixed
    net[0] += fixed[0]
    begins = 12 * np.arange(max(len(net) // 12, 1))
    flow = np.zeros(len(net) + 1)
    flow[[*begins[1:], len(net)]] = np.add.reduceat(net, begins)
    flow[0] = -fixed[0]
    return flow


def internal_rate_of_return(flow_yen: np.ndarray) -> float | None:
    """Return the yearly effective rate at which a monthly flow is worth 0, as a share.

    None unless the flow changes sign exactly once: otherwise there may be several such rates, or
    none. What rounds to no yen, as with payback, is no sign.
    """
    month = np.flatnonzero(np.abs(flow_yen) > PAYBACK_TOLERANCE_YEN)
    flow = flow_yen[month]
    if np.count_nonzero(np.diff(np.sign(flow))) != 1:
        return None
    # A polynomial in what a yen of one step later is worth. Its sign changes once: so it has one
    # positive root (Descartes), and no other lies nearer to the positive half of the line.
    step = int(np.gcd.reduce(np.diff(month)))
    polynomial = np.zeros((month[-1] - month[0]) // step + 1)
    polynomial[(month - month[0]) // step] = flow
    roots = np.roots(polynomial[::-1])
    factor = roots[np.argmin(np.abs(np.angle(roots)))].real
    return float(factor ** (-12 / step) - 1)
