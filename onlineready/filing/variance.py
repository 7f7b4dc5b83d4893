"""Plan against actual: what was filed and what it took, beside what was expected."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Channel, Driver, Procedure
from onlineready.filing.actuals import Actual
from onlineready.model.applications import PROCEDURES
from onlineready.model.comparison import ONLINE
from onlineready.model.months import dated
from onlineready.model.result import Result

KEYS = ["month", "procedure", "channel"]


def planned(result: Result) -> pd.DataFrame:
    """Return the applications of the online case: a row per month, procedure and channel."""
    filed = result.quantities.filed[ONLINE]
    channel, month, procedure = np.nonzero(filed)
    rows = pd.DataFrame(
        {
            "month": dated(month, result.scenario.start_month),
            "procedure": pd.Index([str(one) for one in PROCEDURES]).take(procedure),
            "channel": pd.Index([str(one) for one in Channel]).take(channel),
            "applications": filed[channel, month, procedure],
        }
    )
    return rows.sort_values(KEYS, ignore_index=True)


def recorded(actuals: Iterable[Actual]) -> pd.DataFrame:
    """Return the actuals as a frame: `KEYS`, `filed` and `minutes` (missing where not taken)."""
    rows = [
        (actual.month, str(actual.procedure), str(actual.channel), actual.filed, actual.minutes)
        for actual in actuals
    ]
    frame = pd.DataFrame(rows, columns=[*KEYS, "filed", "minutes"])
    types = {"month": "period[M]", "procedure": "str", "channel": "str"}
    return frame.astype({**types, "filed": float, "minutes": float})


def month_sheet(result: Result, actuals: Iterable[Actual], month: pd.Period) -> pd.DataFrame:
    """Return one month as it is entered: a row for each procedure in each channel.

    Columns: `procedure`, `channel`, `planned`, `filed` and `minutes` (missing where not entered).
    """
    sheet = pd.DataFrame(
        [(month, str(procedure), str(channel)) for procedure in Procedure for channel in Channel],
        columns=KEYS,
    ).astype({"month": "period[M]", "procedure": "str", "channel": "str"})
    expected = planned(result).rename(columns={"applications": "planned"})
    found = recorded(actuals)
    sheet = sheet.merge(expected[expected["month"].isin([month])], on=KEYS, how="left")
    sheet = sheet.merge(found[found["month"].isin([month])], on=KEYS, how="left")
    return sheet.fillna({"planned": 0.0}).drop(columns="month")


def variances(result: Result, actuals: Iterable[Actual]) -> pd.DataFrame:
    """Return the months with actuals: `planned`, `filed`, and `difference`, filed less planned.

    Index `month`; all procedures and channels of a month count, so that what was planned online
    and filed at the counter does not look like a gap. Minutes are those entered.
    """
    found = recorded(actuals).groupby("month")[["filed", "minutes"]].sum()
    expected = planned(result).groupby("month")["applications"].sum()
    table = found.assign(planned=expected.reindex(found.index, fill_value=0.0))
    table["difference"] = table["filed"] - table["planned"]
    return table[["planned", "filed", "difference", "minutes"]]


def measured_minutes(
    actuals: Iterable[Actual], tasks: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    """Return the minutes per application that actuals show: one row per task measured.

    The minutes of a procedure in a channel are those of the first task of `tasks.csv` that is done
    once for each such application: at the counter the papers, online the entry. Columns: `id` of
    the task; `filed`, the applications timed; `measured`, minutes per application; `minutes`, the
    scenario's value; `difference`, measured less the scenario's.
    """
    each = tasks[tasks["driver"].eq(Driver.APPLICATION) & tasks["share"].isna()]
    each = each.assign(procedure=each["procedures"].fillna(" ".join(Procedure)).str.split())
    handling = each.explode("procedure").drop_duplicates(["procedure", "channel"])
    timed = recorded(actuals)
    timed = timed[timed["minutes"].notna() & timed["filed"].gt(0)]
    timed = timed.merge(handling[["id", "procedure", "channel"]], on=["procedure", "channel"])
    total = timed.groupby("id")[["filed", "minutes"]].sum()
    table = total.reindex([task for task in tasks["id"] if task in total.index])
    now = np.array([scenario.tasks[str(task)].minutes for task in table.index], float)
    measured = table["minutes"] / table["filed"]
    table = table.assign(measured=measured, minutes=now, difference=measured - now)
    return table.rename_axis("id").reset_index()
