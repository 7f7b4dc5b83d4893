"""Plans and scenarios of which more than one test asks the same: gain, too late, nothing filed."""

from typing import Any

from onlineready.load.shipped import load_sample_plan
from tests.plans import Situation, current, overseas, roster

YEAR: dict[str, Any] = {"start_month": "2027-04", "years": 1, "attrition_per_year": 0}

EXTENSIONS = roster(current(4, "2027-08", "2025-08"))
"""Files four extensions of a year in 2027-06 and nothing else in the year."""

SAMPLE = Situation({"go_live": "2027-02"}, load_sample_plan())

NOT_WITHIN_THE_HORIZON = Situation({**YEAR, "go_live": "2030-01"}, EXTENSIONS)

EMPTY = Situation(YEAR, roster(overseas(1, "2050-01")))


# The sample over five years, by whether filing online pays

GAIN: dict[str, Any] = {"start_month": "2026-11", "years": 5, "go_live": "2027-02"}

LOSS: dict[str, Any] = {**GAIN, "officers": 90}
"""Would pay, but only with more applications than the plan has."""

NO_BENEFIT: dict[str, Any] = {
    **GAIN,
    "company_fee_share": 0,
    "realised_time_share": 0,
    "tasks": {"counter_travel_submit": {"yen": 0}, "counter_travel_collect": {"yen": 0}},
}
"""An application saves nothing: there is no break-even."""
