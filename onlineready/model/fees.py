"""The fee in force in the month of acceptance, by procedure, channel and months granted."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import kept_by_table
from onlineready.domain.vocabulary import Channel, Evidence, Procedure
from onlineready.model.applications import GRANTS, PROCEDURES, channel_shares

PAYING = (Procedure.CHANGE, Procedure.EXTENSION)
"""Procedures for which a fee is due."""

STALE_AFTER = timedelta(days=180)
"""How long a fee table may go unchecked before the pages say so."""

LONGEST_BAND = 120
"""Months granted up to which bands are told apart: no row of the table begins later."""


class NoFeeError(LookupError):
    """Raised where the table knows no fee: names procedure, channel, month and months granted."""

    def __init__(
        self, procedure: str, channel: str, accepted: pd.Period, granted_months: int | None
    ) -> None:
        self.procedure = procedure
        self.channel = channel
        self.accepted = accepted
        self.granted_months = granted_months
        granted = "" if granted_months is None else f", {granted_months} months granted"
        super().__init__(f"no fee in force: {procedure}, {channel}, {accepted}{granted}")


Tariff = tuple[np.ndarray, np.ndarray]
NO_TARIFF: Tariff = np.empty(0, int), np.full((1, LONGEST_BAND + 1), -1)


@kept_by_table
def tariffs(fees: pd.DataFrame) -> dict[Hashable, Tariff]:
    """Return the fee table by procedure and channel, as `in_force` looks it up.

    The months from which a table holds, as `pandas.Period.ordinal`, in order; and rows, -1 where
    there is none: table in force (none, then the first, …) × months granted (0: none are).
    """
    begins = pd.PeriodIndex(fees["accepted_from"]).asi8
    first = fees["granted_months_from"].to_numpy(int, na_value=1)
    last = fees["granted_months_to"].to_numpy(int, na_value=LONGEST_BAND)
    unbounded = fees[["granted_months_from", "granted_months_to"]].isna().all(axis=1)
    first[unbounded] = 0
    found: dict[Hashable, Tariff] = {}
    for key, numbers in fees.groupby(["procedure", "channel"]).indices.items():
        dates = np.unique(begins[numbers])
        rows = np.full((len(dates) + 1, LONGEST_BAND + 1), -1)
        for row in numbers:
            rows[1 + np.searchsorted(dates, begins[row]), first[row] : last[row] + 1] = row
        found[key] = dates, rows
    return found


def in_force(
    fees: pd.DataFrame, procedure: str, channel: str, accepted: np.ndarray | int
) -> np.ndarray:
    """Return the rows of the fee table in force, from 0, -1 where none: month × months granted.

    The newest table in force in the month of acceptance counts; in it, the months granted choose
    the band, and where none are granted only a row without bounds applies (docs/model.md, section
    4). Of one month, a number, the months granted are the only axis.
    """
    begins, rows = tariffs(fees).get((procedure, channel), NO_TARIFF)
    found: np.ndarray = rows[np.searchsorted(begins, accepted, side="right")]
    return found


def months_of_acceptance(scenario: Scenario) -> np.ndarray:
    """Return the month whose fees each month of the horizon is charged (as `Period.ordinal`).

    The fee basis "dated" takes the filing month, a month takes that month for the whole horizon.
    """
    if isinstance(scenario.fee_basis, pd.Period):
        return np.full(scenario.months, scenario.fee_basis.ordinal)
    return scenario.start_month.ordinal + np.arange(scenario.months)


def rows_in_force(fees: pd.DataFrame, channel: str, accepted: np.ndarray) -> np.ndarray:
    """Return the row of the fee table, -1 where none: month × procedure × months granted."""
    tables = [in_force(fees, procedure, channel, accepted) for procedure in PROCEDURES]
    return np.stack(tables, axis=1)[..., :GRANTS]


@kept_by_table
def yen_each(fees: pd.DataFrame) -> np.ndarray:
    """Return what one application costs by each row of the fee table, the charge included."""
    return (fees["fee_yen"] + fees["payment_charge_yen"]).to_numpy(float)


def fee_by_kind(
    fees: pd.DataFrame, channel: str, accepted: np.ndarray, needed: np.ndarray
) -> np.ndarray:
    """Return what one application costs in yen: month × procedure × months granted.

    Args:
        fees: the fee table.
        channel: where it is filed.
        accepted: the month of acceptance of each month, as `months_of_acceptance` returns it.
        needed: which of them must be known: month × procedure × months granted; the others are 0.

    Raises:
        NoFeeError: no fee in force where one is needed.
    """
    rows = rows_in_force(fees, channel, accepted)
    if (unknown := needed & (rows < 0)).any():
        month, procedure, granted = np.argwhere(unknown)[0].tolist()
        raise NoFeeError(
            str(PROCEDURES[procedure]),
            str(channel),
            pd.Period(ordinal=int(accepted[month]), freq="M"),
            granted or None,
        )
    return np.where(needed, yen_each(fees)[rows], 0.0)


def due(by_kind: np.ndarray, scenario: Scenario, fees: pd.DataFrame) -> np.ndarray:
    """Return the fees due, whoever bears them: case × channel × month (docs/model.md, section 4).

    `by_kind` are the applications: month × procedure × months granted.

    Raises:
        NoFeeError: the fee table has no fee in force for an application.
    """
    month, shares = months_of_acceptance(scenario), channel_shares(scenario)
    # A fee has to be known only where something is filed.
    used = (shares.max(axis=0) > 0)[..., np.newaxis, np.newaxis] & (by_kind > 0)
    yen = [
        (by_kind * fee_by_kind(fees, channel, month, needed)).sum(axis=(1, 2))
        for channel, needed in zip(Channel, used, strict=True)
    ]
    fees_due: np.ndarray = shares * np.array(yen)
    return fees_due


def row_in_force(
    fees: pd.DataFrame, procedure: str, channel: str, accepted: pd.Period, granted: int | None
) -> int:
    """Return the row of the fee table, from 0, for one application; `granted` None for a COE.

    Raises:
        NoFeeError: no fee in force.
    """
    row = int(in_force(fees, procedure, channel, accepted.ordinal)[min(granted or 0, LONGEST_BAND)])
    if row < 0:
        raise NoFeeError(procedure, channel, accepted, granted)
    return row


def bands_in_force(
    fees: pd.DataFrame, procedure: str, channel: str, month: pd.Period
) -> pd.DataFrame:
    """Return the rows of the fee table in force in a month: one for each band."""
    rows = np.unique(in_force(fees, procedure, channel, month.ordinal))
    return fees.iloc[rows[rows >= 0]]


def tariff(fees: pd.DataFrame, procedure: str, month: pd.Period) -> pd.DataFrame:
    """Return the fees of one procedure in force in a month: one row per band, both channels.

    Index `granted_months_from`, `granted_months_to`; columns `counter` and `online`, the payment
    charge included, in yen.
    """
    rows = pd.concat([bands_in_force(fees, procedure, channel, month) for channel in Channel])
    rows = rows.assign(yen=rows["fee_yen"] + rows["payment_charge_yen"])
    bands = ["granted_months_from", "granted_months_to"]
    return rows.set_index([*bands, "channel"])["yen"].unstack("channel").sort_index()


def fee(
    fees: pd.DataFrame, procedure: str, channel: str, accepted: pd.Period, granted: int | None
) -> int:
    """Return what one application costs, the payment charge included, in yen.

    Raises:
        NoFeeError: no fee in force.
    """
    return int(yen_each(fees)[row_in_force(fees, procedure, channel, accepted, granted)])


@kept_by_table
def without_discount(fees: pd.DataFrame) -> pd.DataFrame:
    """Return the fee table as it would be if filing online cost what the counter costs.

    The payment charge stays: it is that of the online band in which the counter's band begins.
    A procedure that cannot be filed online stays at the counter only.
    """
    online = fees[fees["channel"].eq(Channel.ONLINE)]
    tables = [fees[fees["channel"].eq(Channel.COUNTER)]]
    for procedure in online["procedure"].unique():
        since = online.loc[online["procedure"].eq(procedure), "accepted_from"].min()
        months = fees.loc[fees["procedure"].eq(procedure), "accepted_from"].drop_duplicates()
        for month in months[months.ge(since)]:
            bands = bands_in_force(fees, procedure, Channel.COUNTER, month)
            begins = bands["granted_months_from"].to_numpy(int, na_value=0)
            rows = in_force(fees, procedure, Channel.ONLINE, month.ordinal)[begins]
            bands = bands.assign(payment_charge_yen=fees["payment_charge_yen"].iloc[rows].array)
            tables.append(bands.assign(channel=str(Channel.ONLINE), accepted_from=month))
    return pd.concat(tables, ignore_index=True)


def changes(fees: pd.DataFrame, procedures: Iterable[str]) -> list[pd.Period]:
    """Return the months from which a new table of one of the procedures holds, in order."""
    dates = fees.loc[fees["procedure"].isin(list(procedures)), "accepted_from"]
    return sorted(dates.unique())[1:]


@kept_by_table
def paid_changes(fees: pd.DataFrame) -> list[pd.Period]:
    """Return the months from which new fees hold where any are due, in order."""
    return changes(fees, PAYING)


def changes_within(scenario: Scenario, fees: pd.DataFrame) -> list[pd.Period]:
    """Return the months after the first of the horizon from which new fees are charged, in order.

    None where the scenario holds the fees of one month.
    """
    if scenario.fee_basis != "dated":
        return []
    first, last = scenario.start_month, scenario.month(scenario.months - 1)
    return [month for month in paid_changes(fees) if first < month <= last]


@kept_by_table
def is_confirmed(fees: pd.DataFrame) -> bool:
    """Tell whether the newest fees of change and extension were all read on an official page."""
    newest = fees["accepted_from"].isin(paid_changes(fees)[-1:])
    rows = fees[fees["procedure"].isin(PAYING) & newest]
    return bool(rows["confidence"].eq(Evidence.CONFIRMED).all())


def in_newest_bands(fees: pd.DataFrame, procedure: str, month: pd.Period) -> pd.DataFrame:
    """Return what each band of the newest table of a procedure costs in a month, as `tariff`."""
    newest: pd.Period = fees.loc[fees["procedure"].eq(procedure), "accepted_from"].max()
    bands = tariff(fees, procedure, newest)
    yen = {
        channel: [fee(fees, procedure, channel, month, first) for first, _last in bands.index]
        for channel in map(str, bands)
    }
    return pd.DataFrame(yen, bands.index)


@kept_by_table
def last_checked(fees: pd.DataFrame) -> date:
    """Return when somebody last looked the newest table of the modelled procedures up."""
    modelled = fees[fees["procedure"].isin(list(Procedure))]
    newest = modelled[modelled["accepted_from"].eq(modelled["accepted_from"].max())]
    checked: pd.Timestamp = newest["checked_on"].max()
    return checked.date()


def is_stale(fees: pd.DataFrame, as_of: date) -> bool:
    """Tell whether the newest table was checked more than `STALE_AFTER` before a day."""
    return as_of - last_checked(fees) > STALE_AFTER
