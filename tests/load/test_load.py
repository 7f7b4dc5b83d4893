"""Files of a reader into a checked roster: every spelling that is read, every mistake told."""

import io
import zipfile
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.problem import ProblemsError
from onlineready.domain.tables import PLAN
from onlineready.load.plans import (
    PAGE_LIMITS,
    ColumnsMissingError,
    open_plan,
    read_plan,
    read_scenario,
)
from onlineready.load.word_lists import DATA
from tests.chance import examples
from tests.plans import (
    Cells,
    Situation,
    csv_of,
    current,
    domestic,
    overseas,
    roster,
    rows,
    situations,
    xlsx_of,
)

JAPANESE = "事業所,分野,区分,人数,開始月,通算済月数,在留期限,初回在留期間,更新在留期間"
CANONICAL = "site,field,route,headcount,start,used_months,expiry,first_period,period"
GOOD = ",,在籍,3,2025-10,,2026-10,,"

Told = list[tuple[int | None, str | None]]


def read(*lines: str, header: str = JAPANESE, name: str = "plan.csv") -> pd.DataFrame:
    """Return the roster in a file of these lines."""
    return read_plan("\n".join((header, *lines)).encode(), name)


def problems(content: bytes, name: str = "plan.csv") -> list[tuple[int | None, str | None, str]]:
    """Return row, column and message of everything that is wrong with a file."""
    with pytest.raises(ProblemsError) as told:
        read_plan(content, name)
    assert told.value.source == name
    return [(problem.row, problem.column, problem.message) for problem in told.value.problems]


def blamed(*lines: str, header: str = JAPANESE) -> Told:
    """Return where a file of these lines is wrong."""
    return [(row, column) for row, column, _m in problems("\n".join((header, *lines)).encode())]


# What is read


def test_a_roster_in_japanese() -> None:
    plan = read(
        "本社,介護,在籍,3,2024-10,,2026-10,,36",
        ",,海外,2,2026-08,,,6,",
        "仙台,,国内,1,2027-01,24,,,12",
    )
    assert rows(plan) == rows(
        roster(
            current(3, "2026-10", "2024-10", site="本社", field="介護", period=36),
            overseas(2, "2026-08", first_period=6),
            domestic(1, "2027-01", site="仙台", used_months=24, period=12),
        )
    )
    assert list(plan.index) == [2, 3, 4]
    assert list(plan.columns) == list(PLAN.columns)


def test_english_headers_in_any_order_and_optional_columns_left_out() -> None:
    plan = read("2026-08,2,overseas", header="start,headcount,route")
    assert rows(plan) == rows(roster(overseas(2, "2026-08")))
    assert list(plan.columns) == list(PLAN.columns)


def test_headers_in_full_width_capitals_and_with_spaces() -> None:
    plan = read("海外,2,2026-08", header=" Ｒｏｕｔｅ ,人　数,START")
    assert rows(plan) == rows(roster(overseas(2, "2026-08")))


@pytest.mark.parametrize(
    ("word", "route"),
    [
        ("在籍", "current"),
        ("current", "current"),
        ("Current", "current"),
        ("海外", "overseas"),
        ("認定", "overseas"),
        ("海外(認定)", "overseas"),
        ("海外（認定）", "overseas"),
        ("overseas", "overseas"),
        ("国内", "domestic"),
        ("変更", "domestic"),
        ("国内（変更）", "domestic"),
        ("ＤＯＭＥＳＴＩＣ", "domestic"),
    ],
)
def test_the_words_for_a_route(word: str, route: str) -> None:
    expiry = "2026-10" if route == "current" else ""
    plan = read(f"{word},2,2026-08,{expiry}", header="区分,人数,開始月,在留期限")
    assert list(plan["route"]) == [route]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-04", "2026/04", "2026/4", "2026-4", "2026年4月", "2026年04月"),
        *(
            "2026-04-01",
            "2026/4/30",
            "2026年4月1日",
            "２０２６年４月",
            "２０２６／０４",
        ),
    ],
)
def test_the_spellings_of_a_month(text: str) -> None:
    assert list(read(f"海外,2,{text}", header="区分,人数,開始月")["start"]) == [
        pd.Period("2026-04", "M")
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("2026", "202604", "2026-13", "2026-00", "26-04", "4/2026", "2026-04-32", "2026-04-00"),
        *(
            "2026-04 ごろ",
            "1989-12",
            "2121-01",
            "46113",
            "2026.04",
            "2026.1",
            "٢٠٢٦-04",
        ),
    ],
)
def test_what_is_no_month(text: str) -> None:
    assert blamed(f"海外,2,{text}", header="区分,人数,開始月") == [(2, "開始月")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("３", 3),
        ("100000", 100_000),
        ('"1,200"', 1_200),
        ('"１，２００"', 1_200),
        ("007", 7),
    ],
)
def test_the_spellings_of_a_headcount(text: str, number: int) -> None:
    assert list(read(f"海外,{text},2026-04", header="区分,人数,開始月")["headcount"]) == [number]


@pytest.mark.parametrize(
    "text",
    [
        *("0", "-1", "100001", '"100,001"', '"1,20"', '"1,2000"', "2.5", "3.0", "1e3", "三", "3台"),
        *("999999999999999999999", "0x10", "٣"),
    ],
)
def test_what_is_no_headcount(text: str) -> None:
    assert blamed(f"海外,{text},2026-04", header="区分,人数,開始月") == [(2, "人数")]


def test_cells_are_read_without_the_spaces_around_them() -> None:
    plan = read(" 本社 , 介護 , 在籍 , 3 ,　2025-10, , 2026-10 ,,")
    row = current(3, "2026-10", "2025-10", site="本社", field="介護")
    assert rows(plan) == rows(roster(row))


def test_a_field_in_half_width_katakana() -> None:
    assert list(read(",ﾋﾞﾙｸﾘｰﾆﾝｸﾞ,在籍,3,2025-10,,2026-10,,")["field"]) == ["ビルクリーニング"]


def test_an_empty_site_is_the_whole_company() -> None:
    assert list(read(GOOD, GOOD.replace(",", " ,", 1))["site"]) == ["全社", "全社"]


def test_staff_whose_start_is_unknown_are_welcome() -> None:
    assert rows(read(",,在籍,3,,,2026-10,,")) == rows(roster(current(3, "2026-10")))
    plan = read("在籍,3,2026-10", header="区分,人数,在留期限")
    assert rows(plan) == rows(roster(current(3, "2026-10")))


def test_blank_lines_are_passed_over_and_counted() -> None:
    plan = read("", GOOD, ",,,,,,,,", "　", GOOD)
    assert list(plan.index) == [3, 6]
    assert blamed("", GOOD, "", ",,在籍,0,2025-10,,2026-10,,") == [(5, "人数")]


def test_a_line_feed_inside_a_cell_does_not_shift_the_rows() -> None:
    assert blamed('"本\n社",,在籍,3,2025-10,,2026-10,,', ",,在籍,0,2025-10,,2026-10,,") == [
        (3, "人数")
    ]


def test_columns_without_header_and_content_do_not_count() -> None:
    plan = read(GOOD + ",,", header=JAPANESE + ",,")
    assert len(plan) == 1


@examples(20)
@given(situation=situations())
def test_what_is_written_is_read_back(situation: Situation) -> None:
    plan = situation.plan
    pd.testing.assert_frame_equal(read_plan(csv_of(plan), "plan.csv"), plan)


# Formats and encodings

TEXT = f"{JAPANESE}\r\n髙﨑①㈱,介護,在籍,3,2025-10,,2026-10,,\r\n"
CELLS = [line.split(",") for line in TEXT.split()]
SAME = rows(roster(current(3, "2026-10", "2025-10", site="髙﨑①㈱", field="介護")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_csv_in_the_encodings_of_excel(encoding: str, newline: str) -> None:
    content = TEXT.replace("\r\n", newline).encode(encoding)
    assert rows(read_plan(content, "plan.csv")) == SAME


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("name", ["plan.tsv", "PLAN.TSV"])
def test_tsv(encoding: str, name: str) -> None:
    assert rows(read_plan(TEXT.replace(",", "\t").encode(encoding), name)) == SAME


def test_quoted_cells() -> None:
    plan = read(
        '"全社, 本社","",在籍,"3",2025-10,,2026-10,,', '"""甲""",,在籍,3,2025-10,,2026-10,,'
    )
    assert list(plan["site"]) == ["全社, 本社", '"甲"']


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.XLSX", "plan.xlsm"])
def test_a_workbook_of_text(name: str) -> None:
    assert rows(read_plan(xlsx_of(CELLS), name)) == SAME


def test_a_workbook_of_numbers_dates_and_gaps() -> None:
    content = xlsx_of(
        [
            JAPANESE.split(","),
            ["本社", None, "在籍", 3, date(2025, 10, 1), None, date(2026, 10, 31), None, 36],
            [],
            ["本社", None, "国内", 1.0, "2027年1月", 24, None, 12.0],
        ]
    )
    plan = read_plan(content, "plan.xlsx")
    assert rows(plan) == rows(
        roster(
            current(3, "2026-10", "2025-10", site="本社", period=36),
            domestic(1, "2027-01", site="本社", used_months=24, first_period=12),
        )
    )
    assert list(plan.index) == [2, 4]


@pytest.mark.parametrize("area", ["A1", "A1:C2", "A1:C9"])
def test_a_workbook_whose_stated_area_is_wrong_is_read_as_it_is(area: str) -> None:
    # Some programs state an area that is not the one in use; spreadsheet programs take no notice.
    lines: Cells = [["区分", "人数", "開始月"], ["海外", 3, "2026-08"], [], ["海外", 4, "2026-09"]]
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of(lines))) as book,
        zipfile.ZipFile(content, "w") as changed,
    ):
        for part in book.namelist():
            stated = f'<dimension ref="{area}"'.encode()
            changed.writestr(part, book.read(part).replace(b'<dimension ref="A1:C4"', stated))
    plan = read_plan(content.getvalue(), "plan.xlsx")
    assert plan["headcount"].to_dict() == {2: 3, 4: 4}


def test_problems_of_a_workbook_are_told_by_row_and_column() -> None:
    content = xlsx_of([["区分", "人数", "開始月"], [], ["海外", 2.5, date(2026, 8, 1)]])
    told = problems(content, "plan.xlsx")
    assert [(row, column) for row, column, _m in told] == [(3, "人数")]
    assert "2.5" in told[0][2]


# Mistakes


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("{},,在籍,3,2025-10,,2026-10,,".format("あ" * 61), "事業所", "60文字まで"),
        (",漁師,在籍,3,2025-10,,2026-10,,", "分野", "漁業"),
        (",,,3,2025-10,,,,", "区分", "在籍(current)・海外(overseas)・国内(domestic)"),
        (",,派遣,3,2025-10,,,,", "区分", "「派遣」"),
        (",,在籍,,2025-10,,2026-10,,", "人数", "1〜100,000の整数"),
        (",,在籍,3.5,2025-10,,2026-10,,", "人数", "「3.5」"),
        (",,海外,3,,,,,", "開始月", "働き始める年月"),
        (",,国内,3,,,,,", "開始月", "働き始める年月"),
        (",,国内,3,4月,,,,", "開始月", "「4月」"),
        (",,国内,3,2026-10,60,,,", "通算済月数", "0〜59"),
        (",,国内,3,2026-10,-1,,,", "通算済月数", "「-1」"),
        (",,在籍,3,2025-10,12,2026-10,,", "通算済月数", "国内の行だけ"),
        (",,海外,3,2026-10,12,,,", "通算済月数", "国内の行だけ"),
        (",,在籍,3,2025-10,,,,", "在留期限", "今の在留期間が終わる年月"),
        (",,在籍,3,,,,,", "在留期限", "今の在留期間が終わる年月"),
        (",,海外,3,2026-10,,2027-10,,", "在留期限", "在籍の行だけ"),
        (",,国内,3,2026-10,,2027-10,,", "在留期限", "在籍の行だけ"),
        (",,在籍,3,2026-10,,2026-10,,", "在留期限", "1〜60か月"),
        (",,在籍,3,2026-11,,2026-10,,", "在留期限", "1〜60か月"),
        (",,在籍,3,2021-09,,2026-10,,", "在留期限", "1〜60か月"),
        (",,海外,3,2026-10,,,13,", "初回在留期間", "12か月まで"),
        (",,国内,3,2026-10,,,37,", "初回在留期間", "1〜36"),
        (",,国内,3,2026-10,,,0,", "初回在留期間", "1〜36"),
        (",,国内,3,2026-10,,,,37", "更新在留期間", "1〜36"),
        (",,国内,3,2026-10,,,,0", "更新在留期間", "1〜36"),
        (",,国内,3,2026-10,,,,4年", "更新在留期間", "「4年」"),
    ],
)
def test_each_rule_names_row_and_column_and_what_is_expected(
    line: str, column: str, words: str
) -> None:
    (told,) = problems("\n".join((JAPANESE, GOOD, line)).encode())
    assert told[:2] == (3, column)
    assert words in told[2]


@pytest.mark.parametrize(
    "line",
    [
        ",,在籍,3,2026-09,,2026-10,,",
        ",,在籍,3,2021-10,,2026-10,,",
        ",,在籍,3,2025-10,0,2026-10,36,36",
        ",,海外,100000,2026-10,0,,12,1",
        ",,国内,1,2026-10,59,,36,36",
        "{},,国内,1,2026-10,,,,".format("あ" * 60),
    ],
)
def test_the_ends_of_each_range_are_accepted(line: str) -> None:
    assert len(read(line)) == 1


def test_the_column_is_told_as_the_file_spells_it_or_by_its_canonical_name() -> None:
    told = blamed("在籍,0,x", header="Route, 人 数 ,在留期限")
    assert sorted(told, key=str) == [(2, "人 数"), (2, "在留期限")]
    assert blamed("在籍,3", header="区分,人数") == [(2, "expiry")]


def test_all_problems_of_all_rows_are_told_at_once() -> None:
    told = blamed(
        ",,在籍,x,2025-10,,2026-10,,",
        GOOD,
        ",漁師,海外,0,,5,2026-10,13,99",
        ",,派遣,1,,,,,",
    )
    assert sorted(told, key=str) == sorted(
        [
            (2, "人数"),
            *(
                (4, column)
                for column in (
                    *("分野", "人数", "開始月", "通算済月数", "在留期限"),
                    *("初回在留期間", "更新在留期間"),
                )
            ),
            (5, "区分"),
        ],
        key=str,
    )
    assert [row for row, _column in told] == sorted(row or 0 for row, _column in told)


def test_problems_of_many_rows_are_told_for_each() -> None:
    assert blamed(*[",,在籍,0,2025-10,,2026-10,,"] * 300) == [(n, "人数") for n in range(2, 302)]


def test_a_column_that_is_missing_or_there_twice() -> None:
    assert blamed("在籍", header="区分") == [(1, "headcount"), (1, None)]
    assert blamed("3,2026-08", header="人数,開始月") == [(1, "route"), (1, None)]
    told = blamed("在籍,3,3,4,2026-10", header="区分,人数,headcount,区 分,在留期限")
    assert told == [(1, "headcount"), (1, "区 分")]


def test_a_column_that_a_plan_does_not_have_is_told_and_left_out() -> None:
    content = "区分,人数,備考,在留期限,\n在籍,3,急ぐ,2026-10,x\n".encode()
    reading = open_plan(content, "plan.csv")
    assert rows(reading.plan) == rows(roster(current(3, "2026-10")))
    assert reading.told == ("「備考」の列は使いません。", "E列(見出しなし)は使いません。")


def test_personal_data_is_refused_by_its_column_and_never_repeated() -> None:
    content = "区分,人数,氏名,在留カード番号\n在籍,x,山田花子,AB12345678CD\n".encode()
    told = problems(content)
    assert [(row, column) for row, column, _m in told] == [(1, "氏名"), (1, "在留カード番号")]
    said = "".join(message for _r, _c, message in told)
    assert "個人情報" in said
    assert "山田" not in said
    assert "AB12345678CD" not in said


def test_cells_beyond_the_header_are_told_with_all_the_rest() -> None:
    assert blamed(GOOD + ",x", ",,在籍,0,2025-10,,2026-10,,") == [(2, None), (3, "人数")]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b",,,\n1,2,3\n", b"\xef\xbb\xbf", " \n　".encode()], ids=repr
)
def test_a_file_without_a_header(content: bytes) -> None:
    for name, delimiter in (("plan.csv", b","), ("plan.tsv", b"\t")):
        told = problems(content.replace(b",", delimiter), name)
        assert told[-1][1] is None
        assert "見出し" in told[-1][2]


def test_a_file_of_a_header_alone() -> None:
    for lines in ((), ("",), (",,,,,,,,",)):
        (told,) = problems("\n".join((JAPANESE, *lines)).encode())
        assert told[:2] == (None, None)
        assert "計画の行がありません" in told[2]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x80\x81\xff", "plan.csv"),
        (b'"\xe5\x8c\xba', "plan.csv"),
        ('"区分,人数\n在籍,3'.encode(), "plan.csv"),
        ('区分,人数\n"在籍"x,3'.encode(), "plan.csv"),
        (b"PK\x03\x04rubbish", "plan.xlsx"),
        (b"", "plan.xlsx"),
    ],
    ids=["no encoding", "cut", "quote open", "quote inside", "no zip", "nothing"],
)
def test_what_cannot_be_read_is_one_problem_of_the_whole_file(content: bytes, name: str) -> None:
    (told,) = problems(content, name)
    assert told[:2] == (None, None)


def test_the_error_gives_a_line_for_each_problem() -> None:
    with pytest.raises(ProblemsError) as told:
        read_plan("区分,人数,開始月\n海外,0,2026-10\n派遣,3,".encode(), "in/plan.csv")
    lines = str(told.value).splitlines()
    assert lines[0].startswith("in/plan.csv:row 2, column 人数: 「0」")
    assert lines[1].startswith("in/plan.csv:row 3, column 区分: 「派遣」")
    assert len(lines) == 2


def test_a_problem_is_one_line_whatever_breaks_a_cell_has() -> None:
    content = '区分,人数,"在留\n期限"\n在籍,3,"未\r\n定"\n'.encode()
    (told,) = problems(content)
    assert told[:2] == (2, "在留 期限")
    assert told[2].startswith("「未 定」")


def test_a_formula_without_a_value_is_told_once() -> None:
    told = problems(xlsx_of([["区分", "人数", "開始月"], ["海外", "=1+4", "4月"]]), "plan.xlsx")
    assert [(row, column, "数式" in message) for row, column, message in told] == [
        (2, "人数", True),
        (2, "開始月", False),
    ]


# The header


def test_a_header_that_a_reader_explains_is_found_among_titles_and_values() -> None:
    # A date in a title and the months of a row could be headers of a wide table, and are not.
    lines = ("令和8年4月1日,,,", "kubun,人数,kaishi,kigen", "在籍,3,2025-10,2026-10")
    for delimiter in (",", "\t", ";"):
        content = "\n".join(lines).replace(",", delimiter).encode()
        with pytest.raises(ColumnsMissingError) as raised:
            open_plan(content, "plan.csv")
        assert raised.value.missing == ("route", "hires_per_year")
        assert raised.value.headers == ("kubun", "kaishi", "kigen")
        said = {"kubun": "route", "kaishi": "start", "kigen": "expiry"}
        reading = open_plan(content, "plan.csv", mapping=said)
        assert rows(reading.plan) == rows(roster(current(3, "2026-10", "2025-10")))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_columns_are_told_apart_where_no_header_is_known(delimiter: str) -> None:
    content = "a,b,c\nx,3,2026-08\n".replace(",", delimiter).encode()
    with pytest.raises(ColumnsMissingError) as raised:
        open_plan(content, "plan.csv")
    assert raised.value.headers == ("a", "b", "c")
    said = {"A": "site", "ｂ": "headcount", "c": "month"}
    assert list(open_plan(content, "plan.csv", mapping=said).plan["headcount"]) == [3]


def test_no_value_of_a_file_without_header_is_repeated_beside_personal_data() -> None:
    # The first name is not known as one, the others are: it stands where a header would.
    told = problems("鏑木弥紗,3\n山田花子,4\n山田太郎,5\n".encode())
    assert [(row, column) for row, column, _message in told] == [(1, "A列(見出しなし)")]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("事業所,2026年度,2027", ["2027"]),
        ("事業所,2026年4月,5月,6月末", ["5月", "6月末"]),
        ("事業所,令和8年度,平成39年度", ["平成39年度"]),
        ("事業所,2026年度,2026年度計,備考", []),
    ],
)
def test_a_column_whose_month_cannot_be_told_is_an_error(header: str, told: list[str]) -> None:
    content = f"{header}\n本社{',5' * header.count(',')}\n".encode()
    if told:
        assert [(row, column) for row, column, _m in problems(content)] == [(1, t) for t in told]
    else:
        assert len(open_plan(content, "plan.csv").told) == 2


# Totals


@pytest.mark.parametrize(
    "word", ["合計", "計", "小計", "総 計", "合計(人)", "【合計】", "全社計", "本社合計", "Total"]
)
def test_a_row_of_totals_is_told_and_left_out(word: str) -> None:
    for content in (
        f"事業所,2026年度\n本社,5\n{word},5\n",
        f"事業所,区分,人数,開始月\n本社,海外,5,2026-08\n{word},,5,\n",
        f"年度,人数\n2026,5\n{word},5\n",
        f"No,区分,人数,開始月\n1,海外,5,2026-08\n{word},,5,\n",
    ):
        reading = open_plan(content.encode(), "plan.csv")
        assert list(reading.plan["headcount"]) == [5]
        assert any("合計の行(3行目)" in told for told in reading.told)


@pytest.mark.parametrize("word", ["山田設計", "会計部", "時計工場", "計画部"])
def test_a_site_that_is_called_like_a_total_is_one(word: str) -> None:
    assert list(read_plan(f"事業所,2026年度\n{word},5\n".encode(), "p")["site"]) == [word]


def test_a_remark_about_totals_leaves_its_row_in() -> None:
    content = "区分,人数,開始月,備考\n海外,3,2026-08,合計\n".encode()
    assert len(open_plan(content, "plan.csv").plan) == 1


# What is told


def test_how_much_was_read_is_told_with_what_was_left_out() -> None:
    content = "事業所,区分,人数,開始月,備考\n" + "本社,海外,3,2026-08,x\n" * 9 + ",合計,27,,\n"
    reading = open_plan(content.encode(), "plan.csv")
    assert reading.account == (
        "9行・27人を読みました。",
        "文字コードはUTF-8。",
        "合計の行(11行目)は数えていません。",
        "「備考」の列は使いません。",
    )
    wide = open_plan("事業所,2026年度,2027年度\n本社,5,6\n仙台,,7\n".encode(), "plan.csv")
    assert wide.account[0] == "2行・3件の目標の人数を読みました。"


# Limits

FEW = PAGE_LIMITS._replace(rows=20)


def test_the_rows_of_the_page_are_limited_and_those_of_the_command_line_are_not() -> None:
    def content(rows: int, site: str) -> str:
        return "".join(["事業所,区分,人数,開始月\n", *[f"{site},海外,3,2026-08\n"] * rows])

    # 《 holds the byte of a line feed in UTF-16; a quoted cell may hold line feeds.
    for site in ("本社", "《本社》", '"本\n\n社"', '"本社"'):
        for codec in ("utf-8", "utf-16"):
            allowed, large = (content(rows, site).encode(codec) for rows in (20, 31))
            assert len(open_plan(allowed, "plan.csv", limits=FEW).plan) == 20
            assert len(open_plan(large, "plan.csv").plan) == 31
            with pytest.raises(ProblemsError, match="20行を超えています"):
                open_plan(large, "plan.csv", limits=FEW)
    line: list[str | float | date | None] = ["海外", 3, "2026-08"]
    lines: Cells = [["区分", "人数", "開始月"], *[line] * 31]
    assert len(open_plan(xlsx_of(lines), "plan.xlsx").plan) == 31
    with pytest.raises(ProblemsError, match="20行を超えています"):
        open_plan(xlsx_of(lines), "plan.xlsx", limits=FEW)


def test_the_size_of_a_file_on_the_page_is_limited() -> None:
    content = "区分,人数,開始月\n海外,3,2026-08\n".encode() + b"\n" * 1024**2
    limits = PAGE_LIMITS._replace(megabytes=1)
    with pytest.raises(ProblemsError, match="1MBを超えています"):
        open_plan(content, "plan.csv", limits=limits)
    assert len(open_plan(content, "plan.csv").plan) == 1
    assert (PAGE_LIMITS.megabytes, PAGE_LIMITS.rows) == (10, 200_000)


def test_equal_lines_are_looked_at_once_and_each_is_counted() -> None:
    content = "区分,人数,開始月\n" + "海外,3,2026-08\n海外, 3 ,2026/8\n在籍,x,\n" * 2
    assert blamed(*content.splitlines()[1:], header="区分,人数,開始月") == [
        (row, column) for row in (4, 7) for column in ("人数", "expiry")
    ]
    reading = open_plan(content.replace("在籍,x,\n", "").encode(), "plan.csv")
    assert list(reading.plan["headcount"]) == [3] * 4
    assert list(reading.rows) == [2, 3, 4, 5]
    assert reading.added_up["headcount"].sum() == 12


# Rubbish

SAMPLE = (DATA / "sample_plan.csv").read_bytes()
WORKBOOK = xlsx_of([line.split(",") for line in SAMPLE.decode().splitlines()])
NAMES = st.sampled_from(("plan.csv", "plan.tsv", "plan.xlsx"))


def assert_read_or_refused(content: bytes, name: str) -> None:
    """Read a file: a roster or a list of problems, nothing else."""
    try:
        plan = read_plan(content, name)
    except ProblemsError as error:
        assert error.problems  # noqa: PT017
    else:
        assert len(PLAN.validate(plan)) > 0


@examples(15)
@given(content=st.binary(max_size=400), name=NAMES)
def test_rubbish_is_refused(content: bytes, name: str) -> None:
    assert_read_or_refused(content, name)


@examples(15)
@given(
    content=st.sampled_from((SAMPLE, WORKBOOK)),
    changes=st.lists(
        st.tuples(st.integers(0, 1 << 16), st.integers(0, 3), st.binary(max_size=4)),
        min_size=1,
        max_size=6,
    ),
)
def test_a_damaged_plan_is_read_or_refused(
    content: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    damaged = bytearray(content)
    for place, length, put in changes:
        at = place % len(damaged)
        damaged[at : at + length] = put
    assert_read_or_refused(bytes(damaged), "plan.csv" if content is SAMPLE else "plan.xlsx")


WORDS = st.sampled_from(
    ("", "在籍", "海外", "国内", "3", "2026-10", "2025-10", "介護", "12", "0", "全社", "x")
)


DIGITS = st.text(st.characters(categories=("Nd", "No")), min_size=1, max_size=4)
CELLS_OF_ANY_TEXT = st.one_of(WORDS, DIGITS, st.text(max_size=8))


@examples(15)
@given(cells=st.lists(st.lists(CELLS_OF_ANY_TEXT, min_size=9, max_size=9), max_size=4))
def test_a_plan_of_any_text_is_read_or_refused(cells: list[list[str]]) -> None:
    content = pd.DataFrame(cells, columns=JAPANESE.split(",")).to_csv(index=False)
    assert_read_or_refused(content.encode(), "plan.csv")


# Scenario files


def test_a_scenario_file_is_an_object() -> None:
    assert read_scenario(b'{"years": 3, "name": "\xe7\x94\xb2"}', "s.json") == {
        "years": 3,
        "name": "甲",
    }
    assert read_scenario(b'\xef\xbb\xbf{"years": 3}', "s.json") == {"years": 3}


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"", 1),
        (b"{", 1),
        (b'{"years": 3,\n "name": }', 2),
        (b"[1]", None),
        (b"3", None),
        (b"\xff\xff", None),
        (b"[" * 100_000, None),
    ],
    ids=["empty", "cut", "line 2", "list", "number", "no text", "nested"],
)
def test_what_is_no_scenario_file(content: bytes, row: int | None) -> None:
    with pytest.raises(ProblemsError) as told:
        read_scenario(content, "s.json")
    (problem,) = told.value.problems
    assert (problem.row, problem.column, told.value.source) == (row, None, "s.json")


@examples(15)
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_rubbish_for_a_scenario_is_refused(content: bytes) -> None:
    try:
        assert isinstance(read_scenario(content, "s.json"), dict)
    except ProblemsError as error:
        assert error.problems  # noqa: PT017
