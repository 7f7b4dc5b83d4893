"""Charts encode only fields that their data has (Altair takes a misspelt one silently)."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest

from onlineready import charts

VOLUME = pd.DataFrame(
    {
        "year": ["2026年度\n10月 手数料改定", "2027年度"],
        "procedure": ["更新", "更新"],
        "order": [0, 0],
        "applications": [3.5, 4.0],
    }
)
COSTS = pd.DataFrame(
    {
        "year": ["2026年度"] * 2,
        "case": ["counter", "online"],
        "series": ["窓口 手数料", "オンライン 手数料"],
        "order": [0, 0],
        "yen": [100.0, 90.0],
    }
)
SAVING = pd.DataFrame({"month": pd.to_datetime(["2026-04-01", "2026-05-01"]), "yen": [-5.0, 7.0]})
PAYBACK = SAVING.iloc[[1]].assign(label="2026年5月に回収")
CHANGES = pd.DataFrame({"month": pd.to_datetime(["2026-05-01"]), "label": ["手数料改定"]})

FEES = COSTS.assign(series=["窓口", "オンライン"])
SAVED = pd.DataFrame({"row": ["標準\n+7円"] * 2, "kind": ["現金", "時間"], "yen": [9.0, -2.0]})
NET = pd.DataFrame({"row": ["標準\n+7円"], "yen": [7.0]})

CHARTS = {
    "fees": charts.fees_by_year(FEES, ["窓口", "オンライン"]),
    "fees by payer": charts.fees_by_year(
        FEES, ["窓口", "窓口 本人", "オンライン", "オンライン 本人"]
    ),
    "savings": charts.savings(SAVED, NET, ["現金", "時間"]),
    "applications": charts.applications_by_year(VOLUME, ["認定(COE)", "変更", "更新"]),
    "costs": charts.costs_by_year(COSTS, ["窓口 手数料", "オンライン 手数料"]),
    "saving": charts.cumulative_saving(SAVING, PAYBACK, CHANGES),
    "saving without payback or change": charts.cumulative_saving(
        SAVING, PAYBACK.iloc[:0], CHANGES.iloc[:0]
    ),
}


def fields(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "field" and isinstance(value, str):
                yield value
            else:
                yield from fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields(value)


def layers(chart: charts.Chart) -> list[Any]:
    return list(chart.layer) if isinstance(chart, alt.LayerChart) else [chart]


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column(name: str) -> None:
    for layer in layers(CHARTS[name]):
        used = set(fields(layer.to_dict()["encoding"]))
        assert used
        assert used <= set(layer.data.columns)


@pytest.mark.parametrize("name", CHARTS)
def test_bars_begin_at_zero_and_there_is_one_scale(name: str) -> None:
    for layer in layers(CHARTS[name]):
        spec = layer.to_dict()
        scale = spec["encoding"].get("y", {}).get("scale", {})
        assert scale.get("zero", True)
    assert "resolve" not in CHARTS[name].to_dict()
