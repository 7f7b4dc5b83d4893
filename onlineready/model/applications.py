"""Cohorts into expected applications: which procedure is filed when, and for how many months."""

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import TOTAL_MONTHS
from onlineready.domain.vocabulary import Procedure, Route
from onlineready.model.plan import repeated

KEYS = ["month", "site", "procedure", "granted_months"]

SITUATION = ["route", "start", "first_grant", "expiry", "used_months", "period"]
"""What decides when a worker files what; workers at different sites may have it in common."""

MANY_COHORTS = 10_000
FEW_SITUATIONS = 1_000
"""More cohorts than that, in fewer situations than that: each situation is followed once."""


def expected_applications(cohorts: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the applications filed up to the end of the horizon, those before its start included.

    One row per `month` (months from the scenario's start, negative before it), `site`,
    `procedure` and `granted_months` (missing for a COE); `applications` is an expected number, so
    it may be fractional. Sorted by these keys (docs/model.md, section 2).
    """
    return _expected(cohorts, scenario, KEYS)


def applications_by_permission(cohorts: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the applications as `expected_applications` does, told apart by one thing more.

    `held_months` tells how long the permission lasts at whose end an extension is filed (0 for a
    COE and a change). Of staff who are with us already only the period of their extensions is
    known, and taken.
    """
    return _expected(cohorts, scenario, [*KEYS, "held_months"])


def _expected(cohorts: pd.DataFrame, scenario: Scenario, keys: list[str]) -> pd.DataFrame:
    """Add the applications up by keys, `site` and `month` among them, sorted by these."""
    if len(cohorts) > MANY_COHORTS:
        alike = cohorts.groupby(SITUATION, dropna=False).ngroup().to_numpy()
        if alike.max() < FEW_SITUATIONS:
            return _followed_once(cohorts, alike, scenario, keys)
    return _followed(cohorts, scenario, keys)


def _followed(cohorts: pd.DataFrame, scenario: Scenario, keys: list[str]) -> pd.DataFrame:
    """Follow each cohort to the end of the horizon."""
    filed = pd.concat(
        [
            first_applications(cohorts, scenario),
            extensions(cohorts, scenario),
            *moves_to_ssw2(cohorts, scenario),
        ],
        ignore_index=True,
    )
    filed = filed[filed["month"].lt(scenario.months) & filed["applications"].gt(0)]
    total = filed.groupby(keys, dropna=False)["applications"].sum().reset_index()
    return total.astype({"granted_months": "Int64"})


def _followed_once(
    cohorts: pd.DataFrame, alike: np.ndarray, scenario: Scenario, keys: list[str]
) -> pd.DataFrame:
    """Follow one worker of each situation, for all cohorts in it: as `_followed`, in less memory.

    Targets bring the same few hundred situations to every site, each with up to 60 extensions.

    Args:
        cohorts: as `plan.cohorts` returns them.
        alike: the number of each cohort's situation.
        scenario: leads, attrition, moves to SSW(ii).
        keys: as `_expected` takes them.
    """
    situations, first = np.unique(alike, return_index=True)
    one_each = cohorts.iloc[first].assign(site=situations, headcount=1.0)
    of_worker = _followed(one_each, scenario, keys)
    kinds = of_worker.groupby([key for key in keys if key != "site"], dropna=False)
    kind = kinds.ngroup().to_numpy()
    known, of_kind = np.unique(kind, return_index=True)
    files = np.zeros((len(situations), len(known)))
    files[of_worker["site"], kind] = of_worker["applications"]

    site, sites = pd.factorize(cohorts["site"], sort=True)
    workers = np.zeros((len(sites), len(situations)))
    np.add.at(workers, (site, alike), cohorts["headcount"])
    filed = workers @ files

    at_site, kind = np.nonzero(filed)
    month = of_worker["month"].to_numpy()[of_kind[kind]]
    order = np.lexsort((kind, at_site, month))
    at_site, kind = at_site[order], kind[order]
    total = of_worker.iloc[of_kind[kind]].reset_index(drop=True)
    return total.assign(site=sites[at_site], applications=filed[at_site, kind])


def over_sites(applications: pd.DataFrame) -> pd.DataFrame:
    """Return the applications of all sites added up: `KEYS` without the site."""
    keys = [key for key in KEYS if key != "site"]
    return applications.groupby(keys, dropna=False)["applications"].sum().reset_index()


def first_applications(cohorts: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Overseas hires apply for a certificate of eligibility, domestic hires for a change."""
    hires = cohorts[cohorts["route"].ne(Route.CURRENT)]
    overseas = hires["route"].eq(Route.OVERSEAS).to_numpy(bool)
    lead = np.where(overseas, scenario.coe_lead_months, scenario.change_lead_months)
    procedure = np.where(overseas, str(Procedure.COE), str(Procedure.CHANGE))
    granted = np.where(overseas, np.nan, hires["first_grant"])
    return _filed(hires, hires["start"] - lead, procedure, granted, 0, hires["headcount"])


def extensions(cohorts: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Extend at every expiry until 60 months are used, each for what is still allowed.

    Only those that are filed before the end of the horizon: there may be millions after it.
    """
    allowed = TOTAL_MONTHS - cohorts["used_months"]
    inside = scenario.months + scenario.extension_lead_months - cohorts["expiry"]
    left = np.maximum(np.minimum(allowed, inside), 0)
    due, nth = repeated(cohorts, -(-left // cohorts["period"]))
    expiry = due["expiry"] + nth * due["period"]
    used = due["used_months"] + nth * due["period"]
    granted = np.minimum(due["period"], TOTAL_MONTHS - used).to_numpy(int)
    first = np.where(due["first_grant"].isna(), due["period"], due["first_grant"])
    held = np.where(nth == 0, first, due["period"]).astype(int)
    month = expiry - scenario.extension_lead_months
    number = survivors(due, expiry, scenario)
    return _filed(due, month, str(Procedure.EXTENSION), granted, held, number)


def moves_to_ssw2(cohorts: pd.DataFrame, scenario: Scenario) -> list[pd.DataFrame]:
    """Change to SSW(ii) when 60 months are used, then extend without limit, a share of workers."""
    if scenario.ssw2_share == 0:
        return []
    granted = scenario.ssw2_period_months
    lead = scenario.extension_lead_months
    moving = cohorts.assign(end=cohorts["expiry"] + TOTAL_MONTHS - cohorts["used_months"])
    month = moving["end"] - scenario.change_lead_months
    number = survivors(moving, moving["end"], scenario) * scenario.ssw2_share
    changes = _filed(moving, month, str(Procedure.CHANGE), granted, 0, number)
    later = (scenario.months - 1 + lead - moving["end"]) // granted
    due, nth = repeated(moving, np.maximum(later, 0))
    expiry = due["end"] + granted * (nth + 1)
    number = survivors(due, expiry, scenario) * scenario.ssw2_share
    month = expiry - lead
    return [changes, _filed(due, month, str(Procedure.EXTENSION), granted, granted, number)]


def survivors(cohorts: pd.DataFrame, month: pd.Series, scenario: Scenario) -> pd.Series:
    """Return how many of each cohort are expected to be with us still in `month`.

    Leavers count from the start of hires, but never before the start of the scenario.
    """
    since = np.maximum(cohorts["start"], 0)
    years = np.maximum(month - since, 0) / 12
    return cohorts["headcount"] * (1 - scenario.attrition_per_year) ** years


def _filed(
    cohorts: pd.DataFrame,
    month: pd.Series,
    procedure: str | np.ndarray,
    granted_months: int | np.ndarray,
    held_months: int | np.ndarray,
    applications: pd.Series,
) -> pd.DataFrame:
    # From arrays: columns with an index would be compared row by row.
    return pd.DataFrame(
        {
            "month": month.to_numpy(int),
            "site": cohorts["site"].array,
            "procedure": procedure,
            "granted_months": granted_months,
            "held_months": held_months,
            "applications": applications.to_numpy(float),
        }
    )
