"""What all sessions share: what is shipped, read once, as no session changes it."""

import gc
from functools import cache

import pandas as pd

from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import PlanKind
from onlineready.load.shipped import (
    load_advantages,
    load_assumptions,
    load_bureaus,
    load_checklist,
    load_faq,
    load_professional_fees,
    load_sample_outline,
    load_sample_plan,
    load_sample_targets,
    load_tables,
)
from onlineready.report.assumed import Assumed
from onlineready.report.facts import Shipped

assumptions = cache(load_assumptions)
advantages = cache(load_advantages)
bureaus = cache(load_bureaus)
professional_fees = cache(load_professional_fees)
checklist = cache(load_checklist)
faq = cache(load_faq)


@cache
def tables() -> Tables:
    """Return the shipped tables that the model reads.

    What the start has made lives as long as the server, so the collector need not walk it again.
    """
    loaded = load_tables()
    gc.collect()
    gc.freeze()
    return loaded


@cache
def shipped() -> Shipped:
    """Return what the program brings along for papers and proofs."""
    return Shipped(tables(), assumptions(), checklist())


@cache
def assumed() -> Assumed:
    """Return what assumptions are called, and how their values are written."""
    return Assumed(assumptions(), tables().tasks.set_index("id"), tables().fees)


_SAMPLES = {
    PlanKind.OUTLINE: load_sample_outline,
    PlanKind.ROSTER: load_sample_plan,
    PlanKind.TARGETS: load_sample_targets,
}


@cache
def sample_plan(kind: PlanKind) -> pd.DataFrame:
    """Return the sample of a kind of plan, rows numbered from 0."""
    return _SAMPLES[kind]().reset_index(drop=True)
