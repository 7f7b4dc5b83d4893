"""A slow, plain second reading of docs/model.md, sections 1 to 7: the oracle of the tests.

Nothing here is shared with the engine: standard library only, one loop after the other, in the
order of the specification. Months are whole numbers, ``year * 12 + month - 1``; ``m`` is a month
counted from the scenario's start month.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any, NamedTuple

COUNTER = "counter"
ONLINE = "online"
PROCEDURES = ("coe", "change", "extension")
COLLECTED = ("change", "extension")
VISIT_DRIVERS = ("submit_visit", "collect_visit", "collect_trip")
SSW1_MONTHS = 60
PAYBACK_TOLERANCE_YEN = 0.005
SMALLEST_BENEFIT_YEN = 1e-6


class Filing(NamedTuple):
    """So many expected applications of one kind, filed in one month at one site."""

    month: int
    site: str
    procedure: str
    granted_months: int | None
    number: float


class Cohort(NamedTuple):
    """Workers in the same situation: what is known at their first expiry."""

    headcount: float
    expiry: int
    used_at_expiry: int


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a table of the data folder, every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def month_number(text: str) -> int:
    """Turn ``2026-04`` into a whole number of months."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def month_text(month: int) -> str:
    """Turn a whole number of months back into ``2026-04``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


# docs/model.md, sections 1b and 1c: targets and outlines

FIRST_TARGET_LATER = "first_target_later"
TARGET_BELOW_STOCK = "target_below_stock"
LONGEST_LEAD_MONTHS = 12
SMALLEST_DIFFERENCE = 1e-6


class Derived(NamedTuple):
    """Workers of one site in the same situation that targets or an outline call for."""

    route: str
    headcount: float
    start: int
    first_expiry: int
    first_granted: int


def target_in(month: int, dated: list[tuple[int, int]]) -> int:
    """Return the headcount that a site is to have in a month: the newest value, or the first."""
    begun = [value for value in sorted(dated) if value[0] <= month]
    return begun[-1][1] if begun else min(dated)[1]


def derived_cohorts(
    dated: list[tuple[int, int]], scenario: dict[str, Any], hires_per_year: float | None = None
) -> tuple[list[Derived], list[int]]:
    """Turn the targets of ONE site into cohorts; name the months whose target is below the stock.

    ``dated`` is the month from which each value holds, and the value. With ``hires_per_year`` the
    site hires so many instead of what a target asks for; the value is that of its first month.
    """
    begin = month_number(scenario["start_month"])
    last = begin + 12 * int(scenario["years"]) + LONGEST_LEAD_MONTHS
    period = scenario["period_months"]
    landing = min(scenario["first_period_months"], 12)
    share = scenario["overseas_share"]

    cohorts = []
    for i in range(1, SSW1_MONTHS + 1):
        granted = landing
        while granted < i:
            granted += period
        granted = min(granted, SSW1_MONTHS)
        start = begin - i
        number = target_in(begin, dated) / SSW1_MONTHS
        cohorts.append(Derived("current", number, start, start + granted, landing))

    below = []
    for month in range(begin, last):
        stock = 0.0
        for cohort in cohorts:
            if month < cohort.start + SSW1_MONTHS:
                since = max(cohort.start, begin)
                stock += survivors(cohort.headcount, month, since, scenario["attrition_per_year"])
        if hires_per_year is not None:
            hires = hires_per_year / 12
        else:
            wanted = target_in(month, dated)
            if stock - wanted > SMALLEST_DIFFERENCE:
                below.append(month)
            hires = wanted - stock
            if hires <= SMALLEST_DIFFERENCE:  # less is what a sum of fractions leaves over
                hires = 0.0
        if hires > 0:
            first = scenario["first_period_months"]
            cohorts.append(Derived("overseas", hires * share, month, month + landing, landing))
            cohorts.append(Derived("domestic", hires * (1 - share), month, month + first, first))
    return cohorts, below


def dates_of_targets(
    plan: list[dict[str, Any]], scenario: dict[str, Any]
) -> dict[str, list[tuple[int, int]]]:
    """Return for each site the months from which its values hold, and the values.

    The one of an outline holds from the start.
    """
    dated: dict[str, list[tuple[int, int]]] = {}
    for row in plan:
        if "hires_per_year" in row:
            month = month_number(scenario["start_month"])
        elif row["month"] is not None:
            month = month_number(row["month"])
        else:
            month = row["fiscal_year"] * 12 + scenario["fiscal_year_start_month"] - 1
        dated.setdefault(row["site"], []).append((month, row["headcount"]))
    return dated


def filings_of_targets(
    plan: list[dict[str, Any]], scenario: dict[str, Any]
) -> tuple[list[Filing], dict[str, int]]:
    """List every application of targets or an outline, and for how many sites what is to be told.

    Applications of the same kind, month and site are added up; those before the horizon are in
    the list too.
    """
    begin = month_number(scenario["start_month"])
    end = begin + 12 * int(scenario["years"])
    filings: list[Filing] = []
    told = {FIRST_TARGET_LATER: 0, TARGET_BELOW_STOCK: 0}
    hires_per_year = {row["site"]: row.get("hires_per_year") for row in plan}
    for site, dated in dates_of_targets(plan, scenario).items():
        cohorts, below = derived_cohorts(dated, scenario, hires_per_year[site])
        told[FIRST_TARGET_LATER] += min(dated)[0] > begin
        told[TARGET_BELOW_STOCK] += bool(below)
        for cohort in cohorts:
            granted = cohort.first_granted
            if cohort.route == "overseas":
                month = cohort.start - scenario["coe_lead_months"]
                filings.append(Filing(month, site, "coe", None, cohort.headcount))
            if cohort.route == "domestic":
                month = cohort.start - scenario["change_lead_months"]
                filings.append(Filing(month, site, "change", granted, cohort.headcount))
            used = cohort.first_expiry - cohort.start
            here = Cohort(cohort.headcount, cohort.first_expiry, used)
            since = max(cohort.start, begin)
            period = scenario["period_months"]
            filings += filings_after_first_grant(here, site, period, since, end, scenario)

    numbers: dict[tuple[int, str, str, int | None], float] = {}
    for filing in filings:
        if filing.month < end and filing.number > 0:
            numbers[filing[:4]] = numbers.get(filing[:4], 0.0) + filing.number
    return [Filing(*key, number) for key, number in numbers.items()], told


# docs/model.md, section 2: applications


def survivors(headcount: float, month: int, since: int, attrition_per_year: float) -> float:
    """How many of the headcount are still there in a month, leavers counted from ``since``."""
    years = max(month - since, 0) / 12
    return float(headcount * (1 - attrition_per_year) ** years)


def filings_of_row(row: dict[str, Any], scenario: dict[str, Any]) -> list[Filing]:
    """List every application of one plan row filed before the end of the horizon.

    Filings before the first month of the horizon are in the list too.
    """
    start_month = month_number(scenario["start_month"])
    end = start_month + 12 * int(scenario["years"])
    site = str(row["site"])
    route = row["route"]
    headcount = float(row["headcount"])
    period = row["period"] if row["period"] is not None else scenario["period_months"]
    filings: list[Filing] = []
    cohorts: list[Cohort] = []

    if route == "overseas":
        start = month_number(row["start"])
        first = row["first_period"]
        if first is None:
            first = min(scenario["first_period_months"], 12)
        filed = start - scenario["coe_lead_months"]
        filings.append(Filing(filed, site, "coe", None, headcount))
        cohorts.append(Cohort(headcount, start + first, first))
        since = max(start, start_month)

    elif route == "domestic":
        start = month_number(row["start"])
        first = row["first_period"]
        if first is None:
            first = scenario["first_period_months"]
        used_before = row["used_months"] if row["used_months"] is not None else 0
        granted = min(first, SSW1_MONTHS - used_before)
        filed = start - scenario["change_lead_months"]
        filings.append(Filing(filed, site, "change", granted, headcount))
        cohorts.append(Cohort(headcount, start + granted, used_before + granted))
        since = max(start, start_month)

    else:
        expiry = month_number(row["expiry"])
        if row["start"] is not None:
            used = expiry - month_number(row["start"])
            cohorts.append(Cohort(headcount, expiry, used))
        else:
            possible = [used for used in range(1, SSW1_MONTHS + 1) if used % period == 0]
            for used in possible:
                cohorts.append(Cohort(headcount / len(possible), expiry, used))
        since = start_month

    for cohort in cohorts:
        filings.extend(filings_after_first_grant(cohort, site, period, since, end, scenario))
    return [filing for filing in filings if filing.month < end and filing.number > 0]


def filings_after_first_grant(
    cohort: Cohort, site: str, period: int, since: int, end: int, scenario: dict[str, Any]
) -> list[Filing]:
    """Follow one cohort from its first expiry: extensions, the change to SSW(ii), extensions."""
    attrition = scenario["attrition_per_year"]
    change_lead = scenario["change_lead_months"]
    extension_lead = scenario["extension_lead_months"]
    filings: list[Filing] = []

    expiry = cohort.expiry
    used = cohort.used_at_expiry
    while used < SSW1_MONTHS:
        granted = min(period, SSW1_MONTHS - used)
        number = survivors(cohort.headcount, expiry, since, attrition)
        filings.append(Filing(expiry - extension_lead, site, "extension", granted, number))
        expiry += granted
        used += granted

    ssw2_share = scenario["ssw2_share"]
    ssw2_period = scenario["ssw2_period_months"]
    number = survivors(cohort.headcount, expiry, since, attrition) * ssw2_share
    filings.append(Filing(expiry - change_lead, site, "change", ssw2_period, number))
    expiry += ssw2_period
    while expiry - extension_lead < end:
        number = survivors(cohort.headcount, expiry, since, attrition) * ssw2_share
        filings.append(Filing(expiry - extension_lead, site, "extension", ssw2_period, number))
        expiry += ssw2_period
    return filings


# docs/model.md, section 3: visits


def visits(number: float, batch_size: int) -> float:
    """Trips needed for an expected number of applications: ``V(n, b)``."""
    whole = math.floor(number)
    fraction = number - whole
    trips_for_whole = math.ceil(whole / batch_size)
    trips_for_one_more = math.ceil((whole + 1) / batch_size)
    return (1 - fraction) * trips_for_whole + fraction * trips_for_one_more


# docs/model.md, section 4: fees


def fee_yen(
    fees: list[dict[str, str]],
    procedure: str,
    channel: str,
    month: int,
    granted_months: int | None,
) -> float:
    """Fee of one application, online with its payment charge, by the table of a month."""
    of_kind = [row for row in fees if row["procedure"] == procedure and row["channel"] == channel]
    begun = [
        month_number(row["accepted_from"])
        for row in of_kind
        if month_number(row["accepted_from"]) <= month
    ]
    if not begun:
        raise ValueError(f"no fee: {procedure}, {channel}, {month_text(month)}")
    in_force = [row for row in of_kind if month_number(row["accepted_from"]) == max(begun)]
    fitting = [row for row in in_force if is_within_period(row, granted_months)]
    if len(fitting) != 1:
        raise ValueError(
            f"{len(fitting)} fees: {procedure}, {channel}, {month_text(month)}, {granted_months}"
        )
    fee = float(fitting[0]["fee_yen"])
    if channel == ONLINE:
        fee += float(fitting[0]["payment_charge_yen"] or 0)
    return fee


def is_within_period(row: dict[str, str], granted_months: int | None) -> bool:
    """Whether a row of the fee table is meant for that many months granted."""
    lowest = row["granted_months_from"].strip()
    highest = row["granted_months_to"].strip()
    if not lowest and not highest:
        return True
    if granted_months is None:
        return False
    if lowest and granted_months < int(lowest):
        return False
    return not (highest and granted_months > int(highest))


# docs/model.md, section 5: work and outlay


def task_minutes_and_yen(
    task: dict[str, str], site: str | None, scenario: dict[str, Any]
) -> tuple[float, float]:
    """Minutes and yen of a task once, at a site (None: not tied to a site)."""
    values = dict(scenario["tasks"][task["id"]])
    if site is not None and task["driver"] in VISIT_DRIVERS:
        values.update(scenario["sites"].get(site, {}).get(task["id"], {}))
    return float(values["minutes"]), float(values["yen"])


def empty_cost() -> dict[str, float]:
    """Return a cost of nothing, with the keys of one case."""
    return {
        "fee_yen": 0.0,
        "outlay_yen": 0.0,
        "hours": 0.0,
        "submit_visits": 0.0,
        "collect_visits": 0.0,
    }


def channel_cost(
    filings: list[Filing],
    channel: str,
    scenario: dict[str, Any],
    fees: list[dict[str, str]],
    tasks: list[dict[str, str]],
) -> dict[str, float]:
    """Cost of the applications of ONE site and ONE month that take one channel."""
    cost = empty_cost()

    for filing in filings:
        basis = filing.month
        if scenario["fee_basis"] != "dated":
            basis = month_number(scenario["fee_basis"])
        fee = fee_yen(fees, filing.procedure, channel, basis, filing.granted_months)
        cost["fee_yen"] += filing.number * fee * scenario["company_fee_share"]

    if channel == COUNTER:
        submitted = sum(filing.number for filing in filings)
        collected = sum(f.number for f in filings if f.procedure in COLLECTED)
        cost["submit_visits"] = visits(submitted, scenario["batch_size"])
        cost["collect_visits"] = visits(collected, scenario["batch_size"])

    for task in tasks:
        if task["channel"] != channel or task["driver"] in ("setup", "upkeep"):
            continue
        if task["driver"] == "application":
            listed = task["procedures"].split() or list(PROCEDURES)
            share = float(task["share"]) if task["share"].strip() else 1.0
            quantity = share * sum(f.number for f in filings if f.procedure in listed)
        elif task["driver"] == "submit_visit":
            quantity = cost["submit_visits"]
        elif task["driver"] == "collect_visit":
            quantity = cost["collect_visits"]
        elif task["driver"] == "collect_trip":
            quantity = cost["collect_visits"] * (1 - scenario["combined_trip_share"])
        else:
            raise ValueError(f"unknown driver {task['driver']}")
        site = filings[0].site if filings else None
        minutes, yen = task_minutes_and_yen(task, site, scenario)
        cost["hours"] += quantity * minutes / 60
        cost["outlay_yen"] += quantity * yen
    return cost


def setup_and_upkeep(
    m: int, scenario: dict[str, Any], tasks: list[dict[str, str]]
) -> tuple[float, float]:
    """Outlay in yen and hours of set-up and upkeep booked in month m of the horizon."""
    go_live = month_number(scenario["go_live"]) - month_number(scenario["start_month"])
    if go_live >= 12 * scenario["years"]:
        return 0.0, 0.0
    outlay_yen = 0.0
    hours = 0.0
    for task in tasks:
        if task["driver"] == "setup":
            due = m == max(go_live, 0)
        elif task["driver"] == "upkeep":
            if task["interval_months"].strip() == "id_validity_months":
                interval = int(scenario["id_validity_months"])
            else:
                interval = int(task["interval_months"])
            due = m > go_live and (m - go_live) % interval == 0
        else:
            due = False
        if not due:
            continue
        times = 1
        if task["per"] == "officer":
            times = scenario["officers"]
        elif task["per"] == "uncertified_officer":
            times = scenario["uncertified_officers"]
        minutes, yen = task_minutes_and_yen(task, None, scenario)
        outlay_yen += times * yen
        hours += times * minutes / 60
    return outlay_yen, hours


# docs/model.md, section 6: the two cases


def scaled(filings: list[Filing], share: float) -> list[Filing]:
    """Return the same filings, a share of each (a share of nothing: none at all)."""
    if share == 0:
        return []
    return [filing._replace(number=filing.number * share) for filing in filings]


def add_up(total: dict[str, float], part: dict[str, float]) -> None:
    """Add a part to a total, key by key."""
    for key, value in part.items():
        total[key] += value


def month_figures(
    m: int,
    filings: list[Filing],
    scenario: dict[str, Any],
    fees: list[dict[str, str]],
    tasks: list[dict[str, str]],
) -> dict[str, Any]:
    """Return both cases and every series of month m; ``filings`` are those of that month."""
    go_live = month_number(scenario["go_live"]) - month_number(scenario["start_month"])

    counter_case = empty_cost()
    online_case = empty_cost()
    for site in sorted({filing.site for filing in filings}):
        here = [filing for filing in filings if filing.site == site]
        add_up(counter_case, channel_cost(here, COUNTER, scenario, fees, tasks))
        if m < go_live:
            add_up(online_case, channel_cost(here, COUNTER, scenario, fees, tasks))
        else:
            sent = scaled(here, scenario["online_share"])
            kept = scaled(here, 1 - scenario["online_share"])
            add_up(online_case, channel_cost(sent, ONLINE, scenario, fees, tasks))
            add_up(online_case, channel_cost(kept, COUNTER, scenario, fees, tasks))

    extra_yen, extra_hours = setup_and_upkeep(m, scenario, tasks)
    fee_saving = counter_case["fee_yen"] - online_case["fee_yen"]
    outlay_saving = counter_case["outlay_yen"] - online_case["outlay_yen"] - extra_yen
    hours_saved = counter_case["hours"] - online_case["hours"]
    cash_saving = fee_saving + outlay_saving
    time_value = scenario["wage_yen_per_hour"] * (
        scenario["realised_time_share"] * max(hours_saved, 0) + min(hours_saved, 0) - extra_hours
    )
    number = {
        procedure: sum((f.number for f in filings if f.procedure == procedure), 0.0)
        for procedure in PROCEDURES
    }
    return {
        "applications": number,
        "counter": counter_case,
        "online": online_case,
        "setup_upkeep": {"outlay_yen": extra_yen, "hours": extra_hours},
        "fee_saving_yen": fee_saving,
        "outlay_saving_yen": outlay_saving,
        "hours_saved": hours_saved,
        "hours_spent": extra_hours,
        "cash_saving_yen": cash_saving,
        "time_value_yen": time_value,
        "net_saving_yen": cash_saving + time_value,
    }


# docs/model.md, section 7: figures of the business case


def summed(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Sum figures of the same shape, one level of nesting included."""
    total: dict[str, Any] = {}
    for key, value in parts[0].items():
        if isinstance(value, dict):
            total[key] = {inner: sum(part[key][inner] for part in parts) for inner in value}
        else:
            total[key] = sum(part[key] for part in parts)
    return total


def discount_factor(m: int, scenario: dict[str, Any]) -> float:
    """What one yen in month m is worth in month 0."""
    return float(1 / (1 + scenario["discount_rate"]) ** (m / 12))


def payback_months(figures: list[dict[str, Any]], scenario: dict[str, Any]) -> int | None:
    """Return the months from go-live until the net saving has made good what was spent."""
    go_live = month_number(scenario["go_live"]) - month_number(scenario["start_month"])
    first = max(go_live, 0)
    running = 0.0
    for m in range(first, len(figures)):
        running += figures[m]["net_saving_yen"]
        if running >= -PAYBACK_TOLERANCE_YEN:
            return m - first + 1
    return None


def break_even_applications_per_year(
    figures: list[dict[str, Any]], scenario: dict[str, Any]
) -> float | None:
    """Return applications a year from which on going online pays: ``F / (U * A)``."""
    go_live = month_number(scenario["go_live"]) - month_number(scenario["start_month"])
    wage = scenario["wage_yen_per_hour"]
    fixed_yen = 0.0
    benefit_yen = 0.0
    number = 0.0
    years = 0.0
    for m in range(max(go_live, 0), len(figures)):
        month = figures[m]
        factor = discount_factor(m, scenario)
        extra = month["setup_upkeep"]
        fixed_yen += factor * (extra["outlay_yen"] + wage * extra["hours"])
        useful_hours = scenario["realised_time_share"] * max(month["hours_saved"], 0)
        lost_hours = min(month["hours_saved"], 0)
        benefit_yen += factor * (
            month["fee_saving_yen"]
            + month["counter"]["outlay_yen"]
            - month["online"]["outlay_yen"]
            + wage * (useful_hours + lost_hours)
        )
        number += factor * sum(month["applications"].values())
        years += factor / 12
    if number == 0:
        return None
    benefit_each = benefit_yen / number
    if benefit_each <= SMALLEST_BENEFIT_YEN:
        return None
    return fixed_yen / (benefit_each * years)


def application_rows(filings: list[Filing]) -> list[dict[str, Any]]:
    """Return applications by month, site, procedure and months granted, sorted, none of 0."""
    numbers: dict[tuple[int, str, str, int | None], float] = {}
    for filing in filings:
        key = (filing.month, filing.site, filing.procedure, filing.granted_months)
        numbers[key] = numbers.get(key, 0.0) + filing.number
    rows = []
    for key in sorted(numbers, key=lambda k: (k[0], k[1], k[2], k[3] or 0)):
        month, site, procedure, granted_months = key
        if numbers[key] == 0:
            continue
        rows.append(
            {
                "month": month_text(month),
                "site": site,
                "procedure": procedure,
                "granted_months": granted_months,
                "applications": numbers[key],
            }
        )
    return rows


def evaluate(
    plan: list[dict[str, Any]],
    scenario: dict[str, Any],
    fees: list[dict[str, str]],
    tasks: list[dict[str, str]],
) -> dict[str, Any]:
    """Compute everything the command line prints for a plan, and the months one by one."""
    start_month = month_number(scenario["start_month"])
    months = 12 * int(scenario["years"])

    filings: list[Filing] = []
    told: dict[str, int] = {}
    if "route" in plan[0]:
        for row in plan:
            filings.extend(filings_of_row(row, scenario))
    else:
        filings, told = filings_of_targets(plan, scenario)
    before_horizon = sum((f.number for f in filings if f.month < start_month), 0.0)
    filings = [f for f in filings if start_month <= f.month < start_month + months]

    figures: list[dict[str, Any]] = []
    for m in range(months):
        of_month = [f for f in filings if f.month == start_month + m]
        figures.append(month_figures(m, of_month, scenario, fees, tasks))

    by_fiscal_year: dict[int, list[dict[str, Any]]] = {}
    for m in range(months):
        fiscal_year = (start_month + m - (scenario["fiscal_year_start_month"] - 1)) // 12
        by_fiscal_year.setdefault(fiscal_year, []).append(figures[m])

    monthly = []
    npv_yen = 0.0
    for m in range(months):
        npv_yen += figures[m]["net_saving_yen"] * discount_factor(m, scenario)
        monthly.append(
            {
                "month": month_text(start_month + m),
                "net_saving_yen": figures[m]["net_saving_yen"],
                "fee_saving_yen": figures[m]["fee_saving_yen"],
                "hours_saved": figures[m]["hours_saved"],
                "hours_spent": figures[m]["hours_spent"],
                "outlay_saving_yen": figures[m]["outlay_saving_yen"],
            }
        )

    return {
        "applications": application_rows(filings),
        "fiscal_years": [
            {"fiscal_year": fiscal_year, **summed(parts)}
            for fiscal_year, parts in sorted(by_fiscal_year.items())
        ],
        "totals": summed(figures),
        "npv_yen": npv_yen,
        "payback_months": payback_months(figures, scenario),
        "break_even_applications_per_year": break_even_applications_per_year(figures, scenario),
        "before_horizon": before_horizon,
        "sites_told": told,
        "monthly": monthly,
    }
