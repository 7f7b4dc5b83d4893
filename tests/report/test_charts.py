"""Charts encode only fields that their data has (Altair takes a misspelt one silently)."""

import inspect
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest
from jsonschema import ValidationError  # type: ignore[import-untyped]

from onlineready.domain.vocabulary import WorkStep
from onlineready.report import charts, tabular, wording
from tests import drawings
from tests.drawings import CHARTS, NOTES, VOLUME
from tests.plans import SAMPLE_PLAN, TABLES, business_case


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
    """Forms are made without being held against it."""
    assert alt.LayerChart.from_dict(CHARTS[name].specification(), validate=True)


def test_a_chart_that_does_not_fit_is_told() -> None:
    wrong = CHARTS["costs"].specification() | {"height": {"step": "tall"}}
    with pytest.raises(ValidationError):
        alt.LayerChart.from_dict(wrong, validate=True)


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column(name: str) -> None:
    form, data = CHARTS[name]
    used = set()
    for layer in form["layer"]:
        # What stands at a fixed place names no table.
        table = layer["data"].get("name")
        used |= {table}
        columns = set(data[table]) if table else set()
        assert set(fields(layer["encoding"])) <= columns
    assert used - {None} == set(data)


@pytest.mark.parametrize("name", CHARTS)
def test_every_axis_of_words_follows_the_places_of_its_rows(name: str) -> None:
    """A browser keeps a chart whose data changes: unsorted, new words would go to the end."""
    form, data = CHARTS[name]
    for layer in form["layer"]:
        for position in {"x", "y"} & set(layer["encoding"]):
            channel = layer["encoding"][position]
            if channel.get("type") == "nominal":
                rows, by = pd.DataFrame(data[layer["data"]["name"]]), channel["sort"]["field"]
                named = rows.sort_values(by, kind="stable")[channel["field"]].unique()
                assert list(named) == list(rows[channel["field"]].unique())
                assert channel["sort"]["op"] == "min"


def test_forms_hold_nothing_of_the_data() -> None:
    """They are kept for all readers."""
    for name, chart in CHARTS.items():
        written = str(chart.form)
        for table in chart.data.values():
            for column in ("row", "task", "label"):
                words = set(table.get(column, ())) - {""}
                assert not [word for word in words if f"'{word}'" in written], name


def test_a_form_is_made_once() -> None:
    one, other = (charts.applications_by_year(VOLUME, notes) for notes in ({}, NOTES))
    assert one.form is other.form
    assert one.data["numbers"] != other.data["numbers"]


@pytest.mark.parametrize(
    ("years", "first"), [(1, "2026\u200b年度"), (6, "2026\u200b年度"), (7, "'26")]
)
def test_many_years_are_told_in_short(years: int, first: str) -> None:
    table = VOLUME.iloc[[0] * years].set_axis([f"{2026 + year}年度" for year in range(years)])
    rows = charts.applications_by_year(table, {}).data["totals"]["row"]
    assert rows[0] == first
    assert len(set(rows)) == years


def test_names_beside_a_stack_never_touch() -> None:
    tall = VOLUME.assign(認定=100.0)
    for table in (VOLUME, tall, VOLUME * 0, VOLUME.iloc[[0]]):
        names = pd.DataFrame(charts.applications_by_year(table, {}).data["names"])
        highest = table.sum(axis="columns").max() or 1
        assert (names["value"].diff().dropna() >= 0.99 * charts.ROOM * highest).all()


@pytest.mark.parametrize("name", CHARTS)
def test_bars_begin_at_zero_and_there_is_one_scale(name: str) -> None:
    form = CHARTS[name].form
    for layer in form["layer"]:
        scale = layer["encoding"].get("y", {}).get("scale", {})
        assert scale.get("zero", True)
    assert "resolve" not in form


def test_hours_by_step_are_those_of_its_tasks_the_largest_saving_first() -> None:
    result = business_case(SAMPLE_PLAN, {"start_month": "2026-04", "go_live": "2027-02"})
    by_step = tabular.hours_by_step(result, TABLES.tasks)
    by_task = tabular.hours_by_task(result, TABLES.tasks)
    of_steps = by_task.groupby(by_task.columns[0])[list(by_step)].sum()
    pd.testing.assert_frame_equal(of_steps.loc[by_step.index], by_step, check_names=False)
    saved = list(by_step.iloc[:, 0] - by_step.iloc[:, 1])
    assert saved == sorted(saved)[::-1]
    assert len(by_step) <= len(WorkStep)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (12.34, "12.3"),
        (999.96, "1,000"),
        (1_234.5, "1,234"),
        (12_345, "1.2万"),
        (1_234_567, "123万"),
        (99_999_999, "1億"),
        (-234_567_890, "−2.3億"),
        (12_345_678_900, "123億"),
    ],
)
def test_numbers_at_marks_are_short(number: float, written: str) -> None:
    assert wording.compact(number) == written


@pytest.mark.parametrize(
    ("yen", "written"),
    [(0, "±0円"), (-0.4, "±0円"), (512, "+512円"), (-8_305, "−8,300円"), (99_640, "+10万円")],
)
def test_differences_at_bars_have_their_sign(yen: float, written: str) -> None:
    assert wording.signed_about(yen) == written
