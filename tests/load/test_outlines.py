"""Which columns make a table an outline, and which tables are of another kind or of none."""

import pytest

from onlineready.domain.problem import ProblemsError
from onlineready.domain.vocabulary import PlanKind
from onlineready.load.headers import kind_of
from onlineready.load.plans import (
    ColumnsMissingError,
    PersonalDataError,
    Reading,
    open_plan,
    plan_from_rows,
)
from tests.plans import outline, rows

HELD = "年間採用の列がないため、今の人数を保つ(離職した分だけ採用する)ものとして読みました。"


def read(*lines: str) -> Reading:
    return open_plan("\n".join(lines).encode(), "plan.csv")


def missing(*lines: str) -> tuple[str, ...]:
    """Return the columns that a table lacks to be a plan of any kind."""
    with pytest.raises(ColumnsMissingError) as raised:
        read(*lines)
    whole = raised.value.problems[-1].message
    assert all(words in whole for words in ("現在人数・年間採用", "区分・人数", "年度(または年月)"))
    return raised.value.missing


@pytest.mark.parametrize(
    "header",
    [
        "事業所,現在人数,年間採用",
        "拠点,人数,採用予定/年",
        "工場名,在籍数(名),採用予定(人／年)",
        "支店,今の人数,毎年の採用",
        "事業所,在籍人数,採用人数(年間)",
        "Site,Current headcount,Hires per year",
        "site,headcount,hires_per_year",
    ],
)
def test_workers_and_yearly_hires_are_an_outline(header: str) -> None:
    reading = read(header, "本社,25名,5人/年", "仙台,10,2.5", "新潟,0,", "合計,35,7.5")
    assert reading.kind is PlanKind.OUTLINE
    assert rows(reading.plan) == rows(
        outline(
            {"site": "本社", "headcount": 25, "hires_per_year": 5},
            {"site": "仙台", "headcount": 10, "hires_per_year": 2.5},
            {"site": "新潟", "headcount": 0},
        )
    )
    assert reading.account[0] == "3行・35人を読みました。"
    assert reading.told == ("合計の行(5行目)は数えていません。",)


def test_a_table_of_sites_and_workers_alone_is_held_and_told() -> None:
    for header in ("事業所,人数", "事業所,現在人数", "拠点,在籍数"):
        reading = read(header, "本社,25", "仙台,3")
        assert rows(reading.plan) == rows(
            outline({"site": "本社", "headcount": 25}, {"site": "仙台", "headcount": 3})
        )
        assert reading.told == (HELD,)
    assert rows(read("人数", "25").plan) == rows(outline({"headcount": 25}))


def test_a_field_beside_an_outline_is_told_and_left_out() -> None:
    reading = read("事業所,分野,現在人数,年間採用", "本社,介護,25,5")
    assert reading.told == ("「分野」の列は使いません。",)


def test_the_corner_may_be_empty_and_is_looked_at_for_names() -> None:
    assert list(read(",現在人数,年間採用", "本社,5,1", "仙台,3,").plan["site"]) == ["本社", "仙台"]
    with pytest.raises(PersonalDataError):
        read(",人数", "佐藤,1", "鈴木,1", "高橋,1")


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        # What is not known may be the route, or a month.
        ("事業所,人数,雇い方", ("route", "hires_per_year")),
        ("事業所,人数,2027", ("route", "hires_per_year")),
        # Hires that were planned are not the workers of today.
        ("事業所,採用人数", ("route",)),
        ("事業所,目標人数,年間採用", ("route",)),
        ("事業所,現在人数,採用人数", ("route",)),
        ("事業所,現在人数,目標人数,在留期限", ("route",)),
        # A roster without routes.
        ("事業所,人数,開始月", ("route",)),
        ("事業所,現在人数,年間採用,在留期限", ("route",)),
        ("事業所,人数,在留期間", ("route",)),
        ("事業所,人数,2026年度", ("route",)),
        ("事業所,年間採用", ("headcount",)),
        ("事業所,年度", ("headcount",)),
        ("事業所,区分", ("headcount",)),
        ("事業所,在留期限", ("route", "headcount")),
    ],
)
def test_a_table_of_no_clear_kind_names_the_three(header: str, lacks: tuple[str, ...]) -> None:
    assert missing(header, ",".join("3" * (header.count(",") + 1))) == lacks


@pytest.mark.parametrize(
    ("header", "line", "kind", "left_out"),
    [
        ("事業所,現在人数,2026年度", "本社,5,6", PlanKind.TARGETS, "現在人数"),
        ("事業所,年度,現在人数,人数", "本社,2026,5,6", PlanKind.TARGETS, "現在人数"),
        ("事業所,年度,目標人数,年間採用", "本社,2026,6,5", PlanKind.TARGETS, "年間採用"),
        ("事業所,2026年度,年間採用", "本社,6,5", PlanKind.TARGETS, "年間採用"),
        ("区分,人数,現在人数,在留期限", "在籍,6,5,2027-01", PlanKind.ROSTER, "現在人数"),
        ("区分,人数,年間採用,在留期限", "在籍,6,5,2027-01", PlanKind.ROSTER, "年間採用"),
    ],
)
def test_what_was_of_another_kind_still_is(
    header: str, line: str, kind: PlanKind, left_out: str
) -> None:
    reading = read(header, line)
    assert (reading.kind, list(reading.plan["headcount"])) == (kind, [6])
    assert reading.told == (f"「{left_out}」の列は使いません。",)


def test_a_second_row_of_a_site_is_an_error_in_that_row() -> None:
    with pytest.raises(ProblemsError) as raised:
        read("事業所,現在人数,年間採用", "本社,5,1", "仙台,3,", "", "本社,5,1", "本社,-1,x")
    assert sorted((at.row or 0, at.column) for at in raised.value.problems) == [
        (5, "事業所"),
        (6, "事業所"),
        (6, "年間採用"),
        (6, "現在人数"),
    ]


@pytest.mark.parametrize("word", ["-1", "1e3", "5台", "月5人", "5人/月", "1,20", "100001", "∞"])
def test_what_is_no_number_of_hires(word: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        read("現在人数,年間採用", f'5,"{word}"')
    assert [(at.row, at.column) for at in raised.value.problems] == [(2, "年間採用")]


def test_each_form_of_a_plan_is_told_by_its_columns() -> None:
    assert kind_of({"headcount", "expiry"}) is PlanKind.ROSTER
    assert kind_of({"headcount", "site"}) is PlanKind.OUTLINE
    assert kind_of({"headcount", "month", "expiry"}) is PlanKind.TARGETS
    assert kind_of({"headcount", "hires_per_year", "start"}) is None
    assert kind_of({"site"}) is None


def test_rows_of_an_outline_in_a_workbook() -> None:
    held = outline({"site": "本社", "headcount": 25}).reset_index(drop=True)
    assert plan_from_rows([{"site": "本社", "headcount": 25}], "w").equals(held)
    with pytest.raises(ProblemsError) as raised:
        plan_from_rows([{"headcount": 25, "hires_per_year": 1, "start": "2026-08"}], "w")
    assert {at.column for at in raised.value.problems} == {"hires_per_year"}
