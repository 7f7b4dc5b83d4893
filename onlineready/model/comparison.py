"""Counter against online: the two cases, the savings month by month, and what they are worth."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Case, Channel

PAYBACK_TOLERANCE_YEN = 0.005
LEAST_BENEFIT_YEN = 1e-6
DISCOUNT_RATES = (0.0, 0.01, 0.02, 0.04)
"""Rates a year at which the net present value is shown side by side."""


class Worth(NamedTuple):
    """What online filing is worth over the horizon (docs/model.md, section 7)."""

    npv_yen: float
    payback_months: int | None
    break_even_applications_per_year: float | None


class BreakEven(NamedTuple):
    """NPV over the applications filed per year: NPV(N) = U x A x N - F (docs/model.md, section 7).

    Attributes:
        unit_yen: U, the discounted benefit of one application; may be negative.
        years: A, the years from go-live to the end of the horizon, discounted.
        fixed_yen: F, set-up and upkeep, discounted.
        plan_applications_per_year: the volume of the plan, at which the line gives its NPV.
    """

    unit_yen: float
    years: float
    fixed_yen: float
    plan_applications_per_year: float

    def npv_yen(self, applications_per_year: np.ndarray) -> np.ndarray:
        """Return the NPV at other volumes, whatever else is as in the plan."""
        npv: np.ndarray = self.unit_yen * self.years * applications_per_year - self.fixed_yen
        return npv

    @property
    def applications_per_year(self) -> float | None:
        """N*, the volume at which the NPV is 0; None where an application brings nothing."""
        if self.unit_yen <= LEAST_BENEFIT_YEN:
            return None
        return self.fixed_yen / (self.unit_yen * self.years)


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


def cases(applications: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the applications of both cases by channel: adds the columns `case` and `channel`.

    Any table with a `month` (from the start) and a number of `applications` is divided this way.

    Counter: everything at the counter. Online: from go-live on `online_share` of each application
    is filed online, the rest stays at the counter (docs/model.md, section 6).
    """
    number = applications["applications"].to_numpy()
    live = applications["month"].ge(scenario.online_from)
    online = number * np.where(live, scenario.online_share, 0.0)
    case = np.array([str(Case.COUNTER), str(Case.ONLINE), str(Case.ONLINE)])
    channel = np.array([str(Channel.COUNTER), str(Channel.COUNTER), str(Channel.ONLINE)])
    divided = np.vstack([number, number - online, online])
    way, row = np.nonzero(divided > 0)
    both = applications.take(row).reset_index(drop=True)
    return both.assign(case=case[way], channel=channel[way], applications=divided[way, row])


def savings(costs: pd.DataFrame, upkeep: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the months of the horizon and what each saves (docs/model.md, section 6).

    Args:
        costs: one row per month of the horizon: `counter_…` and `online_…` of `fee_yen`,
            `outlay_yen`, `hours`, `submit_visits` and `collect_visits`.
        upkeep: set-up and upkeep, as `costs.setup_and_upkeep` returns them.
        scenario: wage and share of freed time put to use.

    Returns:
        `costs` with `setup_upkeep_outlay_yen`, `setup_upkeep_hours`, `fee_saving_yen`,
        `outlay_saving_yen` (net of set-up and upkeep), `hours_saved` (gross), `hours_spent`,
        `cash_saving_yen`, `time_value_yen`, `net_saving_yen`. Time freed is not cash.
    """
    spent = upkeep.groupby("month")[["outlay_yen", "hours"]].sum()
    spent = spent.reindex(costs.index, fill_value=0.0)
    months = costs.assign(
        setup_upkeep_outlay_yen=spent["outlay_yen"],
        setup_upkeep_hours=spent["hours"],
        fee_saving_yen=costs["counter_fee_yen"] - costs["online_fee_yen"],
        outlay_saving_yen=costs["counter_outlay_yen"]
        - costs["online_outlay_yen"]
        - spent["outlay_yen"],
        hours_saved=costs["counter_hours"] - costs["online_hours"],
        hours_spent=spent["hours"],
    )
    used = scenario.realised_time_share * months["hours_saved"].clip(lower=0)
    extra = months["hours_saved"].clip(upper=0)
    months["cash_saving_yen"] = months["fee_saving_yen"] + months["outlay_saving_yen"]
    months["time_value_yen"] = scenario.wage_yen_per_hour * (used + extra - months["hours_spent"])
    months["net_saving_yen"] = months["cash_saving_yen"] + months["time_value_yen"]
    return months


def discount_factors(rate: float, months: int) -> np.ndarray:
    """Return what a yen of each month is worth in the first one, at a yearly rate."""
    factors: np.ndarray = (1 + rate) ** (-np.arange(months) / 12)
    return factors


def present_value(flow_yen: np.ndarray, rate: float) -> float:
    """Return the sum of a monthly flow, discounted at a yearly rate to its first month."""
    return float(discount_factors(rate, len(flow_yen)) @ flow_yen)


def npv_by_rate(months: pd.DataFrame, rates: Sequence[float] = DISCOUNT_RATES) -> pd.Series:
    """Return the NPV in yen at other discount rates: index `discount_rate`."""
    net_saving_yen = months["net_saving_yen"].to_numpy()
    index = pd.Index(rates, dtype=float, name="discount_rate")
    return pd.Series([present_value(net_saving_yen, rate) for rate in rates], index, name="npv_yen")


def worth(months: pd.DataFrame, filed: np.ndarray, scenario: Scenario) -> Worth:
    """Return NPV, payback and break-even volume of the savings (docs/model.md, section 7).

    Args:
        months: as `savings` returns them.
        filed: applications of each month of the horizon, both channels together.
        scenario: discount rate and go-live.
    """
    net_saving_yen = months["net_saving_yen"].to_numpy()
    line = break_even(months, filed, scenario)
    return Worth(
        npv_yen=present_value(net_saving_yen, scenario.discount_rate),
        payback_months=_payback(net_saving_yen[_live(scenario)]),
        break_even_applications_per_year=None if line is None else line.applications_per_year,
    )


def _live(scenario: Scenario) -> slice:
    """Return the months from go-live to the end of the horizon."""
    return slice(max(scenario.online_from, 0), scenario.months)


def _payback(saving_yen: np.ndarray) -> int | None:
    """Return the fewest months online after which the sum is no longer negative."""
    paid = np.flatnonzero(saving_yen.cumsum() >= -PAYBACK_TOLERANCE_YEN)
    return int(paid[0]) + 1 if paid.size else None


def _benefit_and_fixed_cost(
    months: pd.DataFrame, scenario: Scenario
) -> tuple[np.ndarray, np.ndarray]:
    """Split the net saving of each month into what applications bring and what being online costs.

    Both in yen; the fixed cost, set-up and upkeep, is a positive number.
    """
    fixed = months["setup_upkeep_outlay_yen"] + scenario.wage_yen_per_hour * months["hours_spent"]
    return (months["net_saving_yen"] + fixed).to_numpy(), fixed.to_numpy()


def break_even(months: pd.DataFrame, filed: np.ndarray, scenario: Scenario) -> BreakEven | None:
    """Return NPV as a line over the yearly volume; None where nothing is filed from go-live on.

    Args:
        months: as `savings` returns them.
        filed: applications of each month of the horizon, both channels together.
        scenario: wage, discount rate and go-live.
    """
    live = _live(scenario)
    factor = discount_factors(scenario.discount_rate, scenario.months)[live]
    applications = float(factor @ filed[live])
    if applications <= 0:
        return None
    benefit_yen, fixed_yen = _benefit_and_fixed_cost(months, scenario)
    years = float(factor.sum()) / 12
    return BreakEven(
        unit_yen=float(factor @ benefit_yen[live]) / applications,
        years=years,
        fixed_yen=float(factor @ fixed_yen[live]),
        plan_applications_per_year=applications / years,
    )


def returns(months: pd.DataFrame, scenario: Scenario) -> Returns:
    """Return internal rate of return, benefit/cost ratio and return on investment.

    Args:
        months: as `savings` returns them.
        scenario: wage and discount rate.
    """
    benefit_yen, fixed_yen = _benefit_and_fixed_cost(months, scenario)
    benefit = present_value(benefit_yen, scenario.discount_rate)
    cost = present_value(fixed_yen, scenario.discount_rate)
    return Returns(
        irr=internal_rate_of_return(_at_the_end_of_years(yearly_flow(months, scenario))),
        benefit_cost_ratio=benefit / cost if cost > 0 else None,
        roi=(benefit - cost) / cost if cost > 0 else None,
    )


def yearly_flow(months: pd.DataFrame, scenario: Scenario) -> pd.Series:
    """Return the flow whose internal rate of return is looked for: by months since go-live, in yen.

    First, after 0 months, what it takes to begin, as a cost: the set-up of the first month online.
    Then the net savings of each full year online, without that cost, at the end of the year; the
    months after the last full year are counted with it, and it ends with the horizon. Empty where
    go-live lies after the horizon. Yearly, as business cases are decided on: a monthly flow changes
    sign in every month in which there is upkeep and nothing to file, and would hardly ever have a
    single rate; a rest of a few months may hold nothing but upkeep likewise.

    Args:
        months: as `savings` returns them.
        scenario: wage and go-live.
    """
    benefit_yen, fixed_yen = _benefit_and_fixed_cost(months, scenario)
    live = _live(scenario)
    net = (benefit_yen - fixed_yen)[live]
    if not net.size:
        return pd.Series([], pd.Index([], dtype=int), dtype=float)
    begin = float(fixed_yen[live][0])
    net[0] += begin
    begins = [12 * year for year in range(max(len(net) // 12, 1))]
    ends = [*begins[1:], len(net)]
    years = np.add.reduceat(net, begins)
    return pd.Series([-begin, *years], [0, *ends], dtype=float)


def _at_the_end_of_years(flow_yen: pd.Series) -> np.ndarray:
    """Return a flow by months since go-live with 0 in the months that it does not name."""
    months = int(flow_yen.index[-1]) + 1 if len(flow_yen) else 0
    return flow_yen.reindex(range(months), fill_value=0.0).to_numpy()


def internal_rate_of_return(flow_yen: np.ndarray) -> float | None:
    """Return the yearly effective rate at which a monthly flow is worth 0, as a share.

    None unless the flow changes sign exactly once: otherwise there may be several such rates, or
    none. What rounds to no yen, as with payback, is no sign.
    """
    month = np.flatnonzero(np.abs(flow_yen) > PAYBACK_TOLERANCE_YEN)
    flow = flow_yen[month]
    change = np.flatnonzero(np.diff(np.sign(flow)))
    if len(change) != 1:
        return None
    # Counted from a time between costs and gains, the worth only rises, or only falls, with the
    # logarithm of what a yen a month later is worth: one root, and a bracket is sure to be found.
    since = month - month[change[0]] - 0.5

    def worth_at(log_factor: float) -> float:
        return float(flow @ np.exp(since * log_factor))

    now = worth_at(0.0)
    if now == 0:
        return 0.0
    step = -0.01 if np.sign(now) == np.sign(flow[-1]) else 0.01
    while np.sign(worth_at(step)) == np.sign(now):
        step *= 2
    return float(np.expm1(-12 * root(worth_at, 0.0, step)))


def root(function: Callable[[float], float], low: float, high: float, near: float = 0.0) -> float:
    """Return where a function is 0, or within `near` of it, between two points of unlike sign.

    Ridders' method: straight lines take one step, and the bracket at least halves in each.
    """
    at_low, at_high = function(low), function(high)
    while abs(at_low) > near and abs(at_high) > near:
        middle = low + (high - low) / 2
        at_middle = function(middle)
        if middle in (low, high) or abs(at_middle) <= near:
            return middle
        bend = np.sqrt(at_middle * at_middle - at_low * at_high)
        point = float(middle + (middle - low) * np.sign(at_low) * at_middle / bend)
        at_point = function(point)
        ends = sorted([(low, at_low), (middle, at_middle), (point, at_point), (high, at_high)])
        for (left, at_left), (right, at_right) in pairwise(ends):
            if np.sign(at_left) != np.sign(at_right):
                low, at_low, high, at_high = left, at_left, right, at_right
                break
    return low if abs(at_low) <= abs(at_high) else high
