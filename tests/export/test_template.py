"""The template: it explains itself, and the sheet that is filled in is the plan that is read."""

import io

import openpyxl
import pandas as pd
import pytest

from onlineready.domain.problem import ProblemsError
from onlineready.domain.tables import PLANS
from onlineready.domain.vocabulary import FIELDS, LABELS, PlanKind
from onlineready.export.template import (
    EXAMPLES,
    INSIDE,
    WHEN,
    to_template_xlsx,
)
from onlineready.load.plans import open_plan, plan_from_rows, read_plan


def filled_in(*kinds: PlanKind) -> bytes:
    """Return the workbook with the examples of some kinds typed in below their headings."""
    book = openpyxl.load_workbook(io.BytesIO(to_template_xlsx()))
    for kind in kinds:
        sheet = book[LABELS[kind]]
        keys = {column.title: key for key, column in PLANS[kind].columns.items()}
        for example in EXAMPLES[kind]:
            sheet.append([example.get(keys[head.value]) for head in sheet[1]])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_every_kind_of_plan_has_a_template() -> None:
    assert set(EXAMPLES) == set(WHEN) == set(INSIDE) == set(PlanKind)


@pytest.mark.parametrize("kind", PlanKind)
def test_the_sheet_that_is_filled_in_is_read(kind: PlanKind) -> None:
    reading = open_plan(filled_in(kind), "template.xlsx")
    assert reading.kind is kind
    assert not reading.told
    typed = plan_from_rows([dict(example) for example in EXAMPLES[kind]], "examples")
    pd.testing.assert_frame_equal(reading.plan.reset_index(drop=True), typed)
    assert f"シート「{LABELS[kind]}」" in reading.read_as


def test_two_sheets_that_are_filled_in_are_refused_by_name_and_nothing_is_guessed() -> None:
    content = filled_in(PlanKind.ROSTER, PlanKind.TARGETS)
    with pytest.raises(ProblemsError, match=r"「目標の人数」「名簿」 .*一つのシートだけに書き"):
        open_plan(content, "template.xlsx")
    assert open_plan(content, "template.xlsx", sheet="名簿").kind is PlanKind.ROSTER


def test_nothing_is_read_where_nothing_is_filled_in() -> None:
    with pytest.raises(ProblemsError, match="計画の行がありません"):
        open_plan(to_template_xlsx(), "template.xlsx")


def test_the_workbook_offers_choices_and_checks() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_template_xlsx()))
    for kind, types in {
        PlanKind.OUTLINE: {"whole", "decimal"},
        PlanKind.TARGETS: {"whole"},
        PlanKind.ROSTER: {"list", "whole"},
    }.items():
        rules = book[LABELS[kind]].data_validations.dataValidation
        assert {rule.type for rule in rules} == types
    assert [row[0].value for row in book["分野の一覧"].iter_rows()] == list(FIELDS)


def test_the_workbook_explains_every_kind_and_column_with_its_examples() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_template_xlsx()))
    lines = [[cell for cell in row if cell] for row in book["説明"].iter_rows(values_only=True)]
    said = [cell for line in lines for cell in line]
    for kind, examples in EXAMPLES.items():
        assert {WHEN[kind], INSIDE[kind]} <= set(said)
        titles = {PLANS[kind].columns[key].title for example in examples for key in example}
        assert titles <= {line[0] for line in lines if line}


def test_a_change_inside_the_company_is_shown() -> None:
    roster = read_plan(filled_in(PlanKind.ROSTER), "template.xlsx")
    assert roster.loc[roster["used_months"].eq(0), "route"].tolist() == ["domestic"]
