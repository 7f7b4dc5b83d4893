"""Cohorts into expected applications: which procedure is filed when, and for how many months."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import MAX_GRANT_MONTHS, TOTAL_MONTHS
from onlineready.domain.vocabulary import Driver, Procedure
from onlineready.model.months import dated
from onlineready.model.plan import (
    CURRENT,
    OVERSEAS,
    Cohorts,
    alike,
    cohorts,
    joined,
    packed,
    repeated,
    site_names,
    situations,
)

KEYS = ["month", "site", "procedure", "granted_months"]

PROCEDURES = tuple(sorted(Procedure))
CHANGE, COE, EXTENSION = range(len(PROCEDURES))
"""Places of the procedures, whole numbers inside the model: in the order that frames sort them."""

GRANTS = MAX_GRANT_MONTHS + 1
"""Numbers of months that may be granted, none (0: a COE) among them."""

VISITS = (Driver.SUBMIT_VISIT, Driver.COLLECT_VISIT)
"""What a visit to the counter is for: to hand in, or to fetch."""

MANY_COHORTS = 10_000
FEW_SITUATIONS = 1_000
"""More cohorts than that, in fewer situations than that: each situation is followed once."""


class Filings(NamedTuple):
    """Expected applications: arrays with one entry for each month, site and kind of application.

    Attributes:
        month: of filing, from the scenario's start; negative before it.
        site: place of the site in `plan.site_names`.
        procedure: `COE`, `CHANGE` or `EXTENSION`.
        granted: months granted; a COE: 0.
        held: how many months the permission lasts at whose end an extension is filed; else 0.
        applications: an expected number, so it may be fractional.
    """

    month: np.ndarray
    site: np.ndarray
    procedure: np.ndarray
    granted: np.ndarray
    held: np.ndarray
    applications: np.ndarray

    def take(self, rows: np.ndarray) -> "Filings":
        """Return some of the entries, by place or by mask."""
        return Filings(*(column[rows] for column in self))


class Volume(NamedTuple):
    """What is filed within the horizon, whatever its channel.

    Attributes:
        sites: their names.
        filings: one entry for each month, site, procedure and months granted, sorted by these.
        by_kind: applications of all sites: month × procedure × months granted.
        by_site: applications of all kinds: month × site × procedure.
        before: applications filed before the horizon.
    """

    sites: list[str]
    filings: Filings
    by_kind: np.ndarray
    by_site: np.ndarray
    before: float


def volume(plan: pd.DataFrame, scenario: Scenario) -> Volume:
    """Return what a checked plan of any kind files within the horizon."""
    sites = site_names(plan)
    expected = expected_applications(cohorts(plan, scenario), scenario)
    early = expected.month < 0
    filed, months = expected.take(~early), scenario.months
    month, site, procedure, granted, _held, number = filed
    return Volume(
        sites=sites,
        filings=filed,
        by_kind=summed((month, procedure, granted), number, (months, len(PROCEDURES), GRANTS)),
        by_site=summed((month, site, procedure), number, (months, len(sites), len(PROCEDURES))),
        before=float(expected.applications[early].sum()),
    )


def summed(
    places: tuple[np.ndarray, ...], amounts: np.ndarray, shape: tuple[int, ...]
) -> np.ndarray:
    """Return amounts added up by place in an array of that shape."""
    cell = np.ravel_multi_index(places, shape)
    # Of no amounts the sums would be whole numbers.
    return np.bincount(cell, amounts, int(np.prod(shape))).reshape(shape).astype(float, copy=False)


def channel_shares(scenario: Scenario) -> np.ndarray:
    """Return the share of applications filed in each channel: case × channel × month.

    In the online case `online_share` of each application is filed online from go-live on, and the
    rest stays at the counter (docs/model.md, section 6).
    """
    live = np.arange(scenario.months) >= scenario.online_from
    online = np.where(live, scenario.online_share, 0.0)
    return np.array([[np.ones_like(online), np.zeros_like(online)], [1 - online, online]])


def carried(by_site: np.ndarray) -> np.ndarray:
    """Return which applications, as `Volume.by_site`, visits are for: `VISITS` × its axes.

    All are handed in; the result of a change or an extension is fetched, a COE is posted or mailed.
    """
    fetched = np.arange(len(PROCEDURES)) != COE
    return np.stack([by_site, by_site * fetched])


def table(filings: Filings, sites: list[str], begin: pd.Period) -> pd.DataFrame:
    """Return the applications as a frame: `KEYS` (`month` a period), and `applications`.

    `granted_months` is missing for a COE.
    """
    words = pd.Index([str(procedure) for procedure in PROCEDURES], dtype="str")
    granted = pd.array(filings.granted, dtype="Int64")
    granted[filings.granted == 0] = pd.NA
    return pd.DataFrame(
        {
            "month": dated(filings.month, begin),
            "site": pd.Index(sites, dtype="str").take(filings.site),
            "procedure": words.take(filings.procedure),
            "granted_months": granted,
            "applications": filings.applications,
        }
    )


def expected_applications(
    cohorts: Cohorts, scenario: Scenario, *, by_permission: bool = False
) -> Filings:
    """Return the applications filed up to the end of the horizon, those before its start included.

    Sorted by month, site, procedure and months granted (docs/model.md, section 2). Where
    `by_permission` they are told apart by months held too; `held` is 0 otherwise. Of staff who are
    with us already only the period of their extensions is known, and taken.
    """
    if len(cohorts.site) > MANY_COHORTS:
        first, situation = alike(situations(cohorts))
        if len(first) < FEW_SITUATIONS:
            return _followed_once(cohorts, first, situation, scenario, by_permission)
    return _followed(cohorts, scenario, by_permission)


def _followed(cohorts: Cohorts, scenario: Scenario, by_permission: bool) -> Filings:
    """Follow each cohort to the end of the horizon."""
    first, later = first_applications(cohorts, scenario), extensions(cohorts, scenario)
    filed = Filings(*joined(first, later, *moves_to_ssw2(cohorts, scenario)))
    filed = filed.take((filed.month < scenario.months) & (filed.applications > 0))
    if not by_permission:
        filed = filed._replace(held=np.zeros_like(filed.held))
    example, kind = alike(*filed[:-1])
    return filed.take(example)._replace(applications=np.bincount(kind, filed.applications))


def _followed_once(
    cohorts: Cohorts, first: np.ndarray, situation: np.ndarray, scenario: Scenario, held: bool
) -> Filings:
    """Follow one worker of each situation, for all cohorts in it: as `_followed`, in less memory.

    Targets bring the same few hundred situations to every site, each with up to 60 extensions.
    `first` is a cohort of each situation, `situation` the place among them of each cohort's own.
    """
    number = len(first)
    one_each = cohorts.take(first)._replace(site=np.arange(number), headcount=np.ones(number))
    of_worker = _followed(one_each, scenario, held)
    workers = np.zeros((cohorts.site.max() + 1, number))
    np.add.at(workers, (cohorts.site, situation), cohorts.headcount)
    month, worker, *kinds, applications = of_worker
    example, kind = alike(month, *kinds)
    files = np.zeros((number, len(example)))
    files[worker, kind] = applications

    filed = workers @ files
    site, kind = np.nonzero(filed)
    found = of_worker.take(example[kind])._replace(site=site, applications=filed[site, kind])
    return found.take(np.argsort(packed(*found[:-1])))


Columns = tuple[np.ndarray | int, ...]
"""The columns of `Filings`, an entry for each cohort; a number alone is the same for all."""


def first_applications(cohorts: Cohorts, scenario: Scenario) -> Columns:
    """Overseas hires apply for a certificate of eligibility, domestic hires for a change."""
    hires = cohorts.take(cohorts.route != CURRENT)
    overseas = hires.route == OVERSEAS
    lead = np.where(overseas, scenario.coe_lead_months, scenario.change_lead_months)
    procedure = np.where(overseas, COE, CHANGE)
    granted = np.where(overseas, 0, hires.first_grant)
    return hires.start - lead, hires.site, procedure, granted, 0, hires.headcount


def extensions(cohorts: Cohorts, scenario: Scenario) -> Columns:
    """Extend at every expiry until 60 months are used, each for what is still allowed.

    Only those that are filed before the end of the horizon: there may be millions after it.
    """
    allowed, lead = TOTAL_MONTHS - cohorts.used_months, scenario.extension_lead_months
    left = np.maximum(np.minimum(allowed, scenario.months + lead - cohorts.expiry), 0)
    row, nth = repeated(-(-left // cohorts.period))
    due = cohorts.take(row)
    expiry = due.expiry + nth * due.period
    granted = np.minimum(due.period, allowed[row] - nth * due.period)
    held = np.where((nth == 0) & (due.first_grant > 0), due.first_grant, due.period)
    return expiry - lead, due.site, EXTENSION, granted, held, survivors(due, expiry, scenario)


def moves_to_ssw2(cohorts: Cohorts, scenario: Scenario) -> list[Columns]:
    """Change to SSW(ii) when 60 months are used, then extend without limit, a share of workers."""
    if scenario.ssw2_share == 0:
        return []
    granted, lead = scenario.ssw2_period_months, scenario.extension_lead_months
    end = cohorts.expiry + TOTAL_MONTHS - cohorts.used_months
    moving = survivors(cohorts, end, scenario) * scenario.ssw2_share
    row, nth = repeated(np.maximum((scenario.months - 1 + lead - end) // granted, 0))
    due, expiry = cohorts.take(row), end[row] + granted * (nth + 1)
    staying = survivors(due, expiry, scenario) * scenario.ssw2_share
    return [
        (end - scenario.change_lead_months, cohorts.site, CHANGE, granted, 0, moving),
        (expiry - lead, due.site, EXTENSION, granted, granted, staying),
    ]


def survivors(cohorts: Cohorts, month: np.ndarray, scenario: Scenario) -> np.ndarray:
    """Return how many of each cohort are expected to be with us still in `month`.

    Leavers count from the start of hires, but never before the start of the scenario.
    """
    years = np.maximum(month - np.maximum(cohorts.start, 0), 0) / 12
    staying: np.ndarray = cohorts.headcount * (1 - scenario.attrition_per_year) ** years
    return staying
