"""What an assumption is called, and how its value is written: a key of a scenario, or a rate."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import getitem
from typing import Any, NamedTuple, get_args

import pandas as pd

from onlineready.domain.scenario import Scenario, bounds
from onlineready.domain.vocabulary import LABELS, Evidence
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report import wording

Place = tuple[str, ...]
"""Where an assumption stands, as in `("wage_yen_per_hour",)`, `("tasks", "counter_print", "yen")`
or `("sites", "…", "counter_travel_submit", "minutes")`."""

WITHOUT_RANGE = {
    "start_month": mark("計算の開始月"),
    "go_live": mark("オンライン申請の開始月"),
    "fee_basis": mark("手数料の表"),
}
"""What keys of a scenario are called that are not in the table of assumptions."""

_NAME = mark("シナリオの名前")

_SET_WHERE = {
    "name": mark("比べるときと保存するときの名前"),
    "start_month": mark("初期値は今年度の4月"),
    "go_live": mark("準備チェックリストの見込み"),
    "fee_basis": mark("受付日の手数料か、ある月の手数料で試算。額と出典は「前提と出典」"),
}
"""What is said of keys that have no source."""

_RATES = {
    "minutes": (mark("{place}(1回の時間)"), mark("分")),
    "yen": (mark("{place}(1回の実費)"), mark("円")),
}


class Assumed(NamedTuple):
    """What names assumptions and their values.

    Attributes:
        assumptions: the ranges of the scenario's keys, as `tables.ASSUMPTIONS`.
        tasks: minutes and yen with their ranges, as `tables.TASKS`, by `id`.
        fees: as `tables.FEES`.
    """

    assumptions: pd.DataFrame
    tasks: pd.DataFrame
    fees: pd.DataFrame

    def name(self, *place: str) -> str:
        """Return what an assumption is called."""
        *above, key = place
        if key in WITHOUT_RANGE:
            return _(WITHOUT_RANGE[key])
        if key == "name":
            return _(_NAME)
        if not above:
            return str(self.assumptions.at[key, "label_ja"])
        task, sites = self.tasks.at[above[-1], "label_ja"], map(wording.plain, above[1:-1])
        return _(_RATES[key][0]).format(place="・".join([*sites, str(task)]))

    def together(self, *keys: str) -> str:
        """Return what assumptions are called that move as one: a single key, or those of a task."""
        if len(keys) == 1:
            return self.name(*keys[0].split("."))
        task = self.tasks.at[keys[0].split(".")[1], "label_ja"]
        return _("{place}(1回の時間と実費)").format(place=task)

    def value(self, value: Any, *place: str, digits: int | None = None) -> str:
        """Return a value of an assumption with its unit; None is one that is left open."""
        *above, key = place
        if value is None:
            return _("準備の見込みに従う") if key == "go_live" else _("標準の値")
        if key == "name":
            return str(value)
        if key == "fee_basis":
            return wording.fee_basis(value, self.fees)
        if key in WITHOUT_RANGE:
            return wording.month(pd.Period(value, freq="M"))
        unit = _(_RATES[key][1]) if above else str(self.assumptions.at[key, "unit"])
        return wording.quantity(value, unit, digits)

    def spread(self, *place: str) -> str:
        """Return between what a number lies, with its unit: its range, or else its bounds."""
        row, key = self._row(*place), place[-1]
        if len(place) == 1:
            low, high, unit = row["low"], row["high"], str(row["unit"])
            if choices := get_args(Scenario.model_fields[key].annotation):
                return _("か").join(wording.quantity(one, unit) for one in choices)
        else:
            low, high, unit = row[f"{key}_low"], row[f"{key}_high"], _(_RATES[key][1])
        if pd.isna(low):
            low, high = bounds(key)
        return _("{low}〜{high}").format(
            low=wording.quantity(low, unit), high=wording.quantity(high, unit)
        )

    def source(self, *place: str) -> str:
        """Return how sure an assumption is, where it is from, and when that was checked."""
        row = self._row(*place)
        if not row:
            return _(_SET_WHERE[place[0]])
        return _("{confidence}。出典: {source}(確認日 {checked})").format(
            confidence=_(LABELS[Evidence(row["confidence"])]),
            source=row["source"],
            checked=f"{row['checked_on']:%Y-%m-%d}",
        )

    def _row(self, *place: str) -> Mapping[Any, Any]:
        """Return the row of an assumption in its table; nothing where it has none."""
        if place[-1] in _SET_WHERE:
            return {}
        row = self.assumptions.loc[place[0]] if len(place) == 1 else self.tasks.loc[place[1]]
        return row.to_dict()

    def listed(self, now: Scenario, first: Scenario) -> pd.DataFrame:
        """Return every assumption in words, rates of single sites apart: index its `Place`.

        Columns: `name`; `value` and `first`, what it is and what it would be untouched; `range`;
        `changed`; `confidence` and `source`.
        """
        places: list[Place] = [
            *((key,) for key in (*_SET_WHERE, *self.assumptions.index)),
            *(("tasks", task, amount) for task in self.tasks.index for amount in _RATES),
        ]
        values, firsts = (
            [self.value(reduce(getitem, place, dumped), *place) for place in places]
            for dumped in (now.model_dump(mode="json"), first.model_dump(mode="json"))
        )
        rows = [self._row(*place) for place in places]
        table = pd.DataFrame(
            {
                "name": [self.name(*place) for place in places],
                "value": values,
                "first": firsts,
                "range": [
                    self.spread(*place) if row else ""
                    for place, row in zip(places, rows, strict=True)
                ],
                "changed": [one != other for one, other in zip(values, firsts, strict=True)],
                "confidence": [
                    _(LABELS[Evidence(row["confidence"])]) if row else "" for row in rows
                ],
                "source": [
                    row["source"] if row else _(_SET_WHERE[place[0]])
                    for place, row in zip(places, rows, strict=True)
                ],
            }
        )
        return table.set_axis(pd.Index(places, tupleize_cols=False))

    def side_by_side(
        self, values: Mapping[Place, Sequence[Any]], names: Sequence[str]
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


def found(listed: pd.DataFrame, text: str, *, changed_only: bool) -> pd.DataFrame:
    """Return the rows of a list of assumptions that hold every word of a text, in any column.

    Args:
        listed: as `Assumed.listed` returns it.
        text: words, whatever their width and case, with spaces between them.
        changed_only: whether what is untouched is left out.
    """
    rows = listed[listed["changed"]] if changed_only else listed
    if not text.split():
        return rows
    spoken = rows[["name", "value", "first", "confidence", "source"]].agg(" ".join, axis="columns")
    return rows[[wording.holds(line, text) for line in spoken]]
