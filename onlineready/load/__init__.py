"""Files into checked frames: the only place that turns bytes into frames. Nothing is guessed."""

from onlineready.load.files import PLAN_ENDINGS
from onlineready.load.headers import PLAN_KEYS, title
from onlineready.load.plans import (
    PAGE_LIMITS,
    ColumnsMissingError,
    PersonalDataError,
    Reading,
    open_plan,
    plan_from_rows,
    read_cells,
    read_plan,
    read_scenario,
)
from onlineready.load.shipped import (
    load_advantages,
    load_assumptions,
    load_bureaus,
    load_checklist,
    load_faq,
    load_professional_fees,
    load_sample_plan,
    load_sample_targets,
    load_tables,
)
from onlineready.load.word_lists import DATA

__all__ = [
    "DATA",
    "PAGE_LIMITS",
    "PLAN_ENDINGS",
    "PLAN_KEYS",
    "ColumnsMissingError",
    "PersonalDataError",
    "Reading",
    "load_advantages",
    "load_assumptions",
    "load_bureaus",
    "load_checklist",
    "load_faq",
    "load_professional_fees",
    "load_sample_plan",
    "load_sample_targets",
    "load_tables",
    "open_plan",
    "plan_from_rows",
    "read_cells",
    "read_plan",
    "read_scenario",
    "title",
]
