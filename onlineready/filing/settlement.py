"""What of the plan has been filed: by its actuals, which a mark on the calendar fills."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Channel, Procedure
from onlineready.filing.actuals import MAX_FILED, Actual, with_actuals
from onlineready.filing.apportionment import apportioned, nearest
from onlineready.filing.windows import still_open


class Item(NamedTuple):
    """The applications of a procedure that the plan files in a month: what actuals are told of.

    They also share the month in which their windows end: a procedure has one lead.
    """

    month: pd.Period
    procedure: Procedure


def outstanding(windows: pd.DataFrame, actuals: Iterable[Actual], as_of: date) -> pd.DataFrame:
    """Return the windows that end in the month of a day or later, with what is to be filed still.

    Columns: as of `windows.filing_windows`, but `applications` is what is left; `planned`, what
    they were; `filed`, how many of the window's `Item` were filed, at whatever site; `settled`,
    whether nothing is left for that. Actuals settle an item whose month is over, whatever their
    number, and before that as soon as they reach the planned number as it is shown. Until then what
    was filed is taken off each site alike: of actuals no site is known.
    """
    now = pd.Period(as_of, freq="M")
    found = still_open(windows, as_of)
    planned = found["applications"].to_numpy()
    left, filed, settled = planned.copy(), np.zeros(len(found)), np.zeros(len(found), bool)
    for item, number in _by_item(actuals).items():
        here = _of_item(found, item)
        if not here.any():
            continue
        total = planned[here].sum()
        settled[here] = done = item.month < now or number >= to_be_filed(total)
        left[here] *= 0 if done else 1 - number / total
        filed[here] = number
    return found.assign(applications=left, planned=planned, filed=filed, settled=settled)


def _by_item(actuals: Iterable[Actual]) -> Counter[Item]:
    found: Counter[Item] = Counter()
    for actual in actuals:
        found[Item(actual.month, actual.procedure)] += actual.filed
    return +found  # without items of which none was filed


def _of_item(windows: pd.DataFrame, item: Item) -> np.ndarray:
    here = (windows["month"] == item.month) & (windows["procedure"] == item.procedure)
    return here.to_numpy()


def to_be_filed(planned: float) -> int:
    """Return the planned number as it is filed: not less than one."""
    return max(1, nearest(planned))


def items(agenda: pd.DataFrame, as_of: date) -> dict[Item, pd.Period]:
    """Return what can be settled of an agenda, with the month in which its windows end.

    That is what may be filed by a day, and what is settled.
    """
    now = pd.Period(as_of, freq="M")
    shown = agenda[agenda["opens"].le(now) | agenda["settled"]]
    return {
        Item(month, Procedure(procedure)): closes
        for month, procedure, closes in zip(
            *(shown[key] for key in ("month", "procedure", "closes")), strict=True
        )
    }


def with_settled(
    actuals: Sequence[Actual], windows: pd.DataFrame, item: Item, scenario: Scenario
) -> tuple[Actual, ...]:
    """Return the actuals with an item filed as planned: as many, in the channels of its month.

    What was filed of it before stays; minutes of a row that grows do not, they were of fewer.

    Args:
        actuals: what was filed.
        windows: as `outstanding` returns them.
        item: what is settled.
        scenario: when online filing begins, and for what share.
    """
    filed = {one.channel: one.filed for one in actuals if (one.month, one.procedure) == item}
    missing = to_be_filed(windows.loc[_of_item(windows, item), "planned"].sum()) - sum(
        filed.values()
    )
    live = item.month.ordinal >= scenario.start_month.ordinal + scenario.online_from
    online = scenario.online_share if live else 0.0
    shares = apportioned(np.array([1 - online, online]) * max(missing, 0))
    return with_actuals(
        actuals,
        [
            Actual(
                month=item.month,
                procedure=item.procedure,
                channel=channel,
                filed=min(MAX_FILED, int(more) + filed.get(channel, 0)),
            )
            for channel, more in zip(Channel, shares, strict=True)
            if more
        ],
    )


def without(actuals: Iterable[Actual], item: Item) -> tuple[Actual, ...]:
    """Return the actuals without those of an item, in whatever channel."""
    return tuple(one for one in actuals if (one.month, one.procedure) != item)
