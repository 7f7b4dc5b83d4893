"""How the fees of change and extension have gone, as a chart."""

from datetime import date

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Channel, Procedure
from onlineready.language import translate as _
from onlineready.model.fees import PAYING, history
from onlineready.report import charts, wording
from onlineready.report.figures import Figure

YEAR_MONTHS = 12
"""The permission whose fee is named."""

MONTHS_AFTER = 12
"""The lines go on so long after the newest fees, or after the day."""


def fee_history(fees: pd.DataFrame, as_of: date) -> Figure:
    """Return the fees of an extension, one line for each band and channel, up to after a day."""
    newest = fees.loc[fees["procedure"].isin(PAYING), "accepted_from"].max()
    until = max(newest, pd.Period(as_of, freq="M")) + MONTHS_AFTER
    steps = history(fees, Procedure.EXTENSION, until)
    year = steps[steps["granted_months_from"].le(YEAR_MONTHS)].iloc[-2:].set_index("channel")["yen"]
    bands = zip(steps["granted_months_from"], steps["granted_months_to"], strict=True)
    steps = steps.assign(
        band=[wording.band(first, last) for first, last in bands],
        channel=[_(LABELS[Channel(channel)]) for channel in steps["channel"]],
    )
    table = steps.pivot_table(
        index=["granted_months_from", "band"], columns=["accepted_from", "channel"], values="yen"
    ).droplevel(0)
    counter, online = (_(LABELS[channel]) for channel in Channel)
    ends = table[until].reset_index()
    ends["label"] = [
        _("{band} {counter:,.0f}→{online:,.0f}円").format(
            band=row["band"], counter=row[counter], online=row[online]
        )
        for row in ends.to_dict("records")
    ]
    ends = ends.rename(columns={counter: "yen"}).assign(accepted_from=until.to_timestamp())
    table = table.drop(columns=until, level=0).rename_axis(_("許可される期間"))
    table.columns = pd.Index(
        [
            _("{month}〜 {channel}(円)").format(month=wording.month(month), channel=channel)
            for month, channel in table.columns
        ]
    )
    return Figure(
        _("{month}から、1年の変更・更新は窓口{counter:,}円、オンライン{online:,}円").format(
            month=wording.month(newest), counter=year[Channel.COUNTER], online=year[Channel.ONLINE]
        ),
        _("受付の月(横)と1件の手数料(縦、円)、許可される期間ごと。オンラインは決済手数料を含む"),
        charts.fee_history(
            steps.assign(
                accepted_from=pd.PeriodIndex(steps["accepted_from"]).to_timestamp(),
                line=steps["band"] + " " + steps["channel"],
            ),
            ends[["accepted_from", "yen", "label"]],
            [counter, online],
        ),
        table,
        "{:,.0f}",
        "fee_history",
    )
