"""Hours by month and channel, and their peaks."""

import pandas as pd
import pytest

from onlineready.load.shipped import load_sample_plan
from onlineready.model.workload import hours_by_channel, peak_level, total_hours
from tests.plans import business_case


def test_the_hours_are_those_of_the_online_case_with_set_up_and_upkeep() -> None:
    result = business_case(load_sample_plan(), {"go_live": "2027-02", "online_share": 0.7})
    months = pd.PeriodIndex(result.months.index)
    hours = hours_by_channel(result, months)
    expected = result.months["online_hours"] + result.months["setup_upkeep_hours"]
    assert hours.sum(axis="columns").tolist() == pytest.approx(expected.tolist())
    assert list(hours.columns) == ["counter", "online"]
    before = hours.index.astype("str") < "2027-02"
    assert (hours.loc[before, "online"] == 0).all()
    assert (hours.loc[~before, "online"] > 0).any()
    assert list(hours_by_channel(result, months[3:5]).index) == list(months[3:5])


def test_a_peak_is_above_one_and_a_half_times_the_mean() -> None:
    hours = pd.DataFrame({"counter": [1.0, 1.0, 1.0, 1.0], "online": [1.0, 2.0, 0.0, 0.0]})
    assert peak_level(hours) == 2.625
    assert list(total_hours(hours)["peak"]) == [False, True, False, False]
    assert list(total_hours(hours)["hours"]) == [2, 3, 1, 1]
    level = pd.DataFrame({"counter": [2.0, 2.0], "online": [0.0, 0.0]})
    assert not total_hours(level)["peak"].any()
    exactly = pd.DataFrame({"counter": [3.0, 1.0], "online": [0.0, 0.0]})
    assert not total_hours(exactly)["peak"].any()
