"""What an assumption is called, and how its value is written: a key of a scenario, or a rate."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report import wording

WITHOUT_RANGE = {
    "start_month": mark("計算の開始月"),
    "go_live": mark("オンライン申請の開始月"),
    "fee_basis": mark("手数料の表"),
}
"""What keys of a scenario are called that are not in the table of assumptions."""

_RATES = {
    "minutes": (mark("{place}(1回の時間)"), mark("分")),
    "yen": (mark("{place}(1回の実費)"), mark("円")),
}


class Assumed(NamedTuple):
    """The tables that name assumptions and their values: their ranges, the tasks, the fees.

    An assumption stands at a place, as in `("wage_yen_per_hour",)`,
    `("tasks", "counter_print", "yen")` or `("sites", "…", "counter_travel_submit", "minutes")`.
    """

    assumptions: pd.DataFrame
    tasks: pd.DataFrame
    fees: pd.DataFrame

    def name(self, *place: str) -> str:
        """Return what an assumption is called."""
        *above, key = place
        if key in WITHOUT_RANGE:
            return _(WITHOUT_RANGE[key])
        if not above:
            return str(self.assumptions.at[key, "label_ja"])
        task = self.tasks.set_index("id").at[above[-1], "label_ja"]
        sites = map(wording.plain, above[1:-1])
        return _(_RATES[key][0]).format(place="・".join([*sites, str(task)]))

    def together(self, *keys: str) -> str:
        """Return what assumptions are called that move as one: a single key, or those of a task."""
        if len(keys) == 1:
            return self.name(*keys[0].split("."))
        task = self.tasks.set_index("id").at[keys[0].split(".")[1], "label_ja"]
        return _("{place}(1回の時間と実費)").format(place=task)

    def value(self, value: Any, *place: str, digits: int | None = None) -> str:
        """Return a value of an assumption with its unit; None is one that is left open."""
        *above, key = place
        if value is None:
            return _("準備の見込みに従う") if key == "go_live" else _("標準の値")
        if key == "fee_basis":
            return wording.fee_basis(value, self.fees)
        if key in WITHOUT_RANGE:
            return wording.month(pd.Period(value, freq="M"))
        unit = _(_RATES[key][1]) if above else str(self.assumptions.at[key, "unit"])
        return wording.quantity(value, unit, digits)

    def side_by_side(
        self, values: Mapping[tuple[str, ...], Sequence[Any]], names: Sequence[str]
    ) -> pd.DataFrame:
        """Return assumptions in words: a row for each place, a column for each scenario.

        Args:
            values: by place, in the order of the scenarios.
            names: of the scenarios.
        """
        rows = {
            self.name(*place): [self.value(value, *place) for value in row]
            for place, row in values.items()
        }
        columns = [wording.plain(name) for name in names]
        return pd.DataFrame(rows, index=columns).T.rename_axis(_("前提"))
