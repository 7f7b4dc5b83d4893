"""The fee in force in the month of acceptance, by procedure, channel and months granted."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import months_numbered
from onlineready.domain.vocabulary import Channel, Procedure

KEYS = ["procedure", "channel", "accepted", "granted_months"]

PAYING = (Procedure.CHANGE, Procedure.EXTENSION)
"""Procedures for which a fee is due."""

STALE_AFTER = timedelta(days=180)
"""How long a fee table may go unchecked before the pages say so."""


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


def fees_in_force(keys: pd.DataFrame, fees: pd.DataFrame) -> pd.DataFrame:
    """Return the row of the fee table that applies to each key.

    The table of a procedure and channel is the newest one in force in the month of acceptance; the
    months granted choose its band (docs/model.md, section 4).

    Args:
        keys: `procedure`, `channel`, `accepted` (a month), `granted_months` (missing for a COE).
        fees: the fee table, as `tables.FEES`.

    Returns:
        The row of the fee table beside each key, in the order of the keys, numbered from 0.

    Raises:
        NoFeeError: no row in force for a key.
    """
    asked = keys[KEYS].assign(key=np.arange(len(keys)))
    candidates = asked.merge(fees, on=["procedure", "channel"])
    candidates = candidates[candidates["accepted_from"].le(candidates["accepted"])]
    newest = candidates.groupby("key")["accepted_from"].transform("max")
    granted = candidates["granted_months"]
    lowest = candidates["granted_months_from"].to_numpy(float, na_value=-np.inf)
    highest = candidates["granted_months_to"].to_numpy(float, na_value=np.inf)
    # Where no months are granted only a row without bounds applies.
    fits = lowest <= granted.to_numpy(float, na_value=0)
    fits &= granted.to_numpy(float, na_value=np.inf) <= highest
    found = candidates[candidates["accepted_from"].eq(newest) & fits].set_index("key")
    if len(found) < len(keys):
        missed = keys.iloc[np.setdiff1d(asked["key"], found.index)[0]]
        procedure, channel, accepted, granted = missed[KEYS]
        raise NoFeeError(procedure, channel, accepted, None if pd.isna(granted) else int(granted))
    return found.sort_index()


def tariff(fees: pd.DataFrame, procedure: str, month: pd.Period) -> pd.DataFrame:
    """Return the fees of one procedure in force in a month: one row per band, both channels.

    Index `granted_months_from`, `granted_months_to`; columns `counter` and `online`, the payment
    charge included, in yen.
    """
    rows = fees[fees["procedure"].eq(procedure) & fees["accepted_from"].le(month)]
    rows = rows[rows["accepted_from"].eq(rows.groupby("channel")["accepted_from"].transform("max"))]
    rows = rows.assign(yen=rows["fee_yen"] + rows["payment_charge_yen"])
    bands = ["granted_months_from", "granted_months_to"]
    return rows.set_index([*bands, "channel"])["yen"].unstack("channel").sort_index()


def fee(
    fees: pd.DataFrame, procedure: str, channel: str, accepted: pd.Period, granted_months: int
) -> int:
    """Return what one application costs, the payment charge included, in yen.

    Raises:
        NoFeeError: no fee in force.
    """
    key = {
        "procedure": [procedure],
        "channel": [channel],
        "accepted": pd.PeriodIndex([accepted], freq="M"),
        "granted_months": pd.array([granted_months], dtype="Int64"),
    }
    found = fees_in_force(pd.DataFrame(key), fees)
    return int((found["fee_yen"] + found["payment_charge_yen"]).iloc[0])


def without_discount(fees: pd.DataFrame) -> pd.DataFrame:
    """Return the fee table as it would be if filing online cost what the counter costs.

    The payment charge stays: it is that of the online band in which the counter's band begins.
    A procedure that cannot be filed online stays at the counter only.
    """
    counter = fees[fees["channel"].eq(Channel.COUNTER)]
    tables = [counter]
    for procedure, online in fees[fees["channel"].eq(Channel.ONLINE)].groupby(
        "procedure", sort=False
    ):
        priced = counter[counter["procedure"].eq(procedure)]
        months = pd.concat([priced["accepted_from"], online["accepted_from"]]).drop_duplicates()
        for month in months[months.ge(online["accepted_from"].min())]:
            newest = priced.loc[priced["accepted_from"].le(month), "accepted_from"].max()
            bands = priced[priced["accepted_from"].eq(newest)].assign(
                channel=str(Channel.ONLINE), accepted_from=month
            )
            asked = bands.assign(accepted=month, granted_months=bands["granted_months_from"])
            charge = fees_in_force(asked[KEYS], fees)["payment_charge_yen"].array
            tables.append(bands.assign(payment_charge_yen=charge))
    return pd.concat(tables, ignore_index=True)


def changes(fees: pd.DataFrame, procedures: Iterable[str]) -> list[pd.Period]:
    """Return the months from which a new table of one of the procedures holds, in order."""
    dates = fees.loc[fees["procedure"].isin(list(procedures)), "accepted_from"]
    return sorted(dates.unique())[1:]


def history(fees: pd.DataFrame, procedure: str, until: pd.Period) -> pd.DataFrame:
    """Return what each band of the newest table of a procedure has cost over time.

    One row per band, month from which a table holds, and channel: `granted_months_from`,
    `granted_months_to`, `accepted_from`, `channel`, `yen` (the payment charge included). The last
    fees stand once more at `until`, where a line drawn through them ends.
    """
    dates = sorted(fees.loc[fees["procedure"].eq(procedure), "accepted_from"].unique())
    bands = tariff(fees, procedure, dates[-1]).index
    rows = []
    for month in [*dates, until]:
        table = tariff(fees, procedure, min(month, dates[-1]))
        starts = table.index.get_level_values("granted_months_from")
        for first, last in bands.tolist():
            fee = table[starts <= first].iloc[-1]
            rows += [(first, last, month, channel, int(fee[channel])) for channel in fee.index]
    columns = ["granted_months_from", "granted_months_to", "accepted_from", "channel", "yen"]
    return pd.DataFrame(rows, columns=columns)


def last_checked(fees: pd.DataFrame) -> date:
    """Return when somebody last looked the newest table of the modelled procedures up."""
    modelled = fees[fees["procedure"].isin(list(Procedure))]
    newest = modelled[modelled["accepted_from"].eq(modelled["accepted_from"].max())]
    checked: pd.Timestamp = newest["checked_on"].max()
    return checked.date()


def is_stale(fees: pd.DataFrame, as_of: date) -> bool:
    """Tell whether the newest table was checked more than `STALE_AFTER` before a day."""
    return as_of - last_checked(fees) > STALE_AFTER


def fees_paid(applications: pd.DataFrame, fees: pd.DataFrame, scenario: Scenario) -> pd.Series:
    """Return the yen that the company bears for each row: its share of fee and payment charge.

    Args:
        applications: rows with `month` (from the scenario's start), `procedure`, `channel`,
            `granted_months` and `applications`.
        fees: the fee table.
        scenario: `fee_basis` "dated" takes the fee of the filing month, a month takes that
            month's table for the whole horizon.

    Raises:
        NoFeeError: no fee in force for a row.
    """
    numbers = applications["month"] + scenario.start_month.ordinal
    if isinstance(scenario.fee_basis, pd.Period):
        numbers = numbers * 0 + scenario.fee_basis.ordinal
    found = fees_in_force(applications.assign(accepted=months_numbered(numbers)), fees)
    each = found["fee_yen"] + found["payment_charge_yen"]
    paid: pd.Series = (
        each.to_numpy(float) * applications["applications"] * scenario.company_fee_share
    )
    return paid
