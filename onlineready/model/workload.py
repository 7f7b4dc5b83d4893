"""Staff hours month by month and channel, and the months in which staff may be short."""

import numpy as np
import pandas as pd

from onlineready.domain.vocabulary import Channel
from onlineready.model.comparison import ONLINE
from onlineready.model.result import Result

PEAK_RATIO = 1.5
"""A month is a peak where its hours exceed the mean of the months shown by half (own rule)."""


def hours_by_channel(result: Result, months: pd.PeriodIndex) -> pd.DataFrame:
    """Return the staff hours of the online case: a row per month, a column per channel.

    Until go-live everything is done at the counter; set-up and upkeep belong to the online channel.
    """
    done = result.quantities.done
    hours = np.einsum("pmt,pt,tk->mk", done.often[ONLINE], done.minutes, done.tasks.channel) / 60
    hours[:, ONLINE] += result.series["setup_upkeep_hours"]
    table = pd.DataFrame(hours, result.months.index, pd.Index(map(str, Channel), name="channel"))
    return table.reindex(index=months, fill_value=0.0)


def peak_level(hours: pd.DataFrame) -> float:
    """Return the hours above which a month of `hours_by_channel` is a peak."""
    return PEAK_RATIO * float(hours.sum(axis="columns").mean())


def total_hours(hours: pd.DataFrame) -> pd.DataFrame:
    """Return both channels of `hours_by_channel` together: `hours`, and whether a `peak`."""
    total = hours.sum(axis="columns")
    return pd.DataFrame({"hours": total, "peak": total.gt(peak_level(hours))})
