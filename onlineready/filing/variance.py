"""Plan against actual: what was filed and what it took, beside what was expected."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Channel, Driver, Procedure
from onlineready.filing.actuals import Actual
from onlineready.model.applications import PROCEDURES
from onlineready.model.comparison import ONLINE
from onlineready.model.result import Result


def recorded(actuals: Iterable[Actual]) -> pd.DataFrame:
    """Return the actuals as a frame, their fields the columns; minutes not taken are missing."""
    frame = pd.DataFrame(map(dict, actuals), columns=list(Actual.model_fields))
    types = {"month": "period[M]", "procedure": "str", "channel": "str"}
    return frame.astype({**types, "filed": float, "minutes": float})


def month_sheet(result: Result, actuals: Iterable[Actual], month: pd.Period) -> pd.DataFrame:
    """Return one month as it is entered: a row for each procedure in each channel.

    Columns: `procedure`, `channel`, `planned`, `filed` and `minutes` (missing where not entered).
    """
    filed = result.quantities.filed[ONLINE]
    place = month.ordinal - result.scenario.start_month.ordinal
    inside = 0 <= place < result.scenario.months
    sheet = pd.DataFrame(
        [
            (
                str(procedure),
                str(channel),
                filed[number, place, PROCEDURES.index(procedure)] if inside else 0.0,
            )
            for procedure in Procedure
            for number, channel in enumerate(Channel)
        ],
        columns=["procedure", "channel", "planned"],
    ).astype({"procedure": "str", "channel": "str"})
    found = recorded(actuals)
    found = found[found["month"].isin([month])].drop(columns="month")
    return sheet.merge(found, on=["procedure", "channel"], how="left")


def variances(result: Result, actuals: Iterable[Actual]) -> pd.DataFrame:
    """Return the months with actuals: `planned`, `filed`, and `difference`, filed less planned.

    Index `month`; all procedures and channels of a month count, so that what was planned online
    and filed at the counter does not look like a gap. Minutes are those entered.
    """
    found = recorded(actuals).groupby("month")[["filed", "minutes"]].sum()
    expected = pd.Series(result.quantities.volume.by_kind.sum(axis=(1, 2)), result.months.index)
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
