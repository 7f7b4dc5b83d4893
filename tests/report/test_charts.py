"""Charts encode only fields that their data has (Altair takes a misspelt one silently)."""

import inspect
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from onlineready.report import charts
from tests import drawings
from tests.drawings import CHARTS, COSTS, NOTES, VOLUME


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


def test_every_chart_is_tried() -> None:
    drawn = [
        name
        for name, function in inspect.getmembers(charts, inspect.isfunction)
        if function.__module__ == charts.__name__ and name[0] != "_"
    ]
    assert all(f"charts.{name}(" in inspect.getsource(drawings) for name in drawn)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_fits_the_schema(name: str) -> None:
    """Pages show charts without holding them against it."""
    assert CHARTS[name].to_dict(validate=True) == CHARTS[name].to_dict()


def test_a_chart_that_does_not_fit_is_told_where_it_is_asked_for() -> None:
    wrong = charts.Chart(layer=[alt.Chart(COSTS).mark_bar()], height={"step": "tall"})
    with pytest.raises(SchemaValidationError):
        wrong.to_dict(validate=True)


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column(name: str) -> None:
    chart = CHARTS[name]
    for layer in chart.layer:
        used = set(fields(layer.to_dict()["encoding"]))
        assert used
        # Layers of the same data leave it to the chart as a whole.
        data: Any = chart.data if layer.data is alt.Undefined else layer.data
        assert used <= set(data.columns)


@pytest.mark.parametrize("name", CHARTS)
def test_every_axis_of_words_names_them_in_the_order_of_the_rows(name: str) -> None:
    """A browser keeps a chart whose data changes: without a list, new words go to the end."""
    chart = CHARTS[name]
    for layer in chart.layer:
        data: Any = chart.data if layer.data is alt.Undefined else layer.data
        encoding = layer.to_dict()["encoding"]
        for position in {"x", "y", "xOffset", "yOffset"} & set(encoding):
            channel = encoding[position]
            if channel.get("type") in ("nominal", "ordinal"):
                rows = list(dict.fromkeys(data[channel["field"]]))
                # Marks of their own, like the peaks, may not be everywhere.
                assert [word for word in channel["sort"] if word in rows] == rows, position


def test_a_year_is_the_same_with_and_without_a_note() -> None:
    plain, noted = (charts.applications_by_year(VOLUME, notes).to_dict() for notes in ({}, NOTES))
    assert plain != noted
    assert plain["datasets"] == noted["datasets"]


@pytest.mark.parametrize("name", CHARTS)
def test_bars_begin_at_zero_and_there_is_one_scale(name: str) -> None:
    for layer in CHARTS[name].layer:
        spec = layer.to_dict()
        scale = spec["encoding"].get("y", {}).get("scale", {})
        assert scale.get("zero", True)
    assert "resolve" not in CHARTS[name].to_dict()
