"""Files as people send them, each with what has to come of it.

What is expected stands beside how the file is made, down to its encoding: the plan's rows and what
is told, or every problem by row, column and a word of it.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.plans import Cells, current, domestic, outline, overseas, roster, rows, target, targets

Told = tuple[int | None, str | None, str]
"""Row, column and a word of the message of a problem."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """A file and what has to come of it.

    Attributes:
        name: of the file; its ending is what a reader gave it, not always what it is.
        content: its bytes.
        rows: the plan in it; None where it is refused.
        told: words of what is told of the reading.
        problems: everything that is wrong with it.
        secrets: what must not be repeated anywhere.
    """

    name: str
    content: bytes
    rows: Rows | None = None
    told: tuple[str, ...] = ()
    problems: tuple[Told, ...] = ()
    secrets: tuple[str, ...] = ()


# How they are made


def lines(*records: str, newline: str = "\r\n") -> str:
    """Return records as text, each with its line break."""
    return "".join(record + newline for record in records)


def book(make: Callable[[Workbook, Worksheet], None], **parts: tuple[str, str]) -> bytes:
    """Return a workbook; in a part named by a keyword (`sheet1`) one text is put for another."""
    content = io.BytesIO()
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "計画"
    make(workbook, sheet)
    workbook.properties.created = workbook.properties.modified = datetime(2026, 11, 23)  # noqa: DTZ001
    workbook.save(content)
    changed = {}
    with zipfile.ZipFile(content) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            if name == "docProps/core.xml":  # it tells the second of saving
                continue
            # One way to write XML, whichever library wrote it.
            text = ElementTree.canonicalize(part.decode())
            old, new = parts.get(Path(name).stem, ("", ""))
            if old not in text:
                raise ValueError(name, old, text)
            changed[name] = text.replace(old, new, 1).encode()
    return packed_up(changed)


def packed_up(parts: Mapping[str, bytes], stated_size: int | None = None) -> bytes:
    """Return a packed file of these parts, the first of them with a stated size where given."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
        if stated_size:
            packed.infolist()[0].file_size = stated_size
    return content.getvalue()


def table(sheet: Worksheet, cells: Cells) -> None:
    """Put rows of cells below what a sheet has."""
    for line in cells:
        sheet.append(list(line))


def of_cells(*cells: Sequence[Any]) -> bytes:
    """Return a workbook with these rows on its only sheet."""
    return book(lambda _book, sheet: table(sheet, cells))


HEADER = "事業所,分野,区分,人数,開始月,通算済月数,在留期限,初回在留期間,更新在留期間"
RECORDS = (
    "本社,介護,在籍,3,2024-10,,2026-10,,36",
    "髙﨑①㈱,飲食料品製造業,海外,2,2026-08,,,6,",
    "仙台,,国内,1,2027-01,24,,,12",
)
PLAN_TEXT = lines(HEADER, *RECORDS)
PLAN_CELLS = [record.split(",") for record in (HEADER, *RECORDS)]
PLAN_ROWS = rows(
    roster(
        current(3, "2026-10", "2024-10", site="本社", field="介護", period=36),
        overseas(2, "2026-08", site="髙﨑①㈱", field="飲食料品製造業", first_period=6),
        domestic(1, "2027-01", site="仙台", used_months=24, period=12),
    )
)
SHORT = "区分,人数,開始月"
HIRED = rows(roster(overseas(3, "2026-08")))


def hires(*months: str) -> Rows:
    """Return a plan of one hire from abroad in each month."""
    return rows(roster(*(overseas(1, month) for month in months)))


def yearly(*values: tuple[str, int, int]) -> Rows:
    """Return targets by site, fiscal year and number."""
    return rows(targets(*(target(year, number, site) for site, year, number in values)))


def monthly(*values: tuple[str, str, int]) -> Rows:
    """Return targets by site, month and number."""
    return rows(targets(*(target(month, number, site) for site, month, number in values)))


# What is read


def _formulas(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [SHORT.split(","), ["海外", "=1+2", "2026-08"]])


def _second_sheet(workbook: Workbook, sheet: Worksheet) -> None:
    sheet.title = "はじめに"
    table(sheet, [["この表の使い方"], ["次のシートに書いてください"]])
    table(workbook.create_sheet("人員"), [["区分", "人数", "開始月"], ["海外", 3, "2026-08"]])
    workbook.create_sheet("参考")


def _short(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [SHORT.split(","), ["海外", 3, "2026-08"]])


def _comment(_book: Workbook, sheet: Worksheet) -> None:
    _short(_book, sheet)
    sheet["B2"].comment = Comment("概数", "x")


def _formula_of_empty_text(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [[*SHORT.split(","), "分野"], ["海外", 3, "2026-08", '=""']])


def _hidden(workbook: Workbook, sheet: Worksheet) -> None:
    table(sheet, [SHORT.split(","), ["海外", 3, "2026-08"], ["海外", 4, "2026-09"]])
    sheet.row_dimensions[3].hidden = True
    workbook.create_sheet("控え").sheet_state = "hidden"


def _merged_title(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [["受入れ計画"], [], SHORT.split(","), ["海外", 3, "2026-08"]])
    sheet.merge_cells("A1:C1")


def _merged_sites(_book: Workbook, sheet: Worksheet) -> None:
    cells: Cells = [["拠点", *SHORT.split(",")], ["本社", "海外", 3, "2026-08"]]
    table(
        sheet,
        [*cells, [None, "海外", 4, "2026-09"], [None, "小計", 7], ["仙台", "海外", 1, "2026-10"]],
    )
    sheet.merge_cells("A2:A4")


def _dated_cells(_book: Workbook, sheet: Worksheet) -> None:
    table(
        sheet,
        [
            HEADER.split(","),
            ["本社", "介護", "在籍", 3, date(2024, 10, 1), None, date(2026, 10, 31), None, 36],
            [],
            ["髙﨑①㈱", "飲食料品製造業", "海外", 2.0, "2026年8月", None, None, 6],
            [
                "仙台",
                None,
                "国内",
                "１名",
                datetime(2027, 1, 4, 9, 30),  # noqa: DTZ001
                "2年",
                None,
                None,
                "12か月",
            ],
        ],
    )


def _wide_dates(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [["事業所", date(2026, 4, 1), date(2027, 4, 1)], ["本社", 5, 6]])


READ = (
    Sample("utf8.csv", PLAN_TEXT.encode(), PLAN_ROWS),
    Sample("utf8_bom.csv", PLAN_TEXT.encode("utf-8-sig"), PLAN_ROWS),
    Sample(
        "utf16_le.csv",
        b"\xff\xfe" + PLAN_TEXT.replace(",", "\t").encode("utf-16-le"),
        PLAN_ROWS,
    ),
    Sample("utf16_be.csv", b"\xfe\xff" + PLAN_TEXT.encode("utf-16-be"), PLAN_ROWS),
    Sample("two_byte_order_marks.csv", ("\ufeff" * 2 + PLAN_TEXT).encode(), PLAN_ROWS),
    Sample("cp932.csv", PLAN_TEXT.encode("cp932"), PLAN_ROWS),
    Sample(
        "cp932_half_width_kana.csv",
        lines("分野,区分,人数,開始月", "ﾋﾞﾙｸﾘｰﾆﾝｸﾞ,海外,3,2026-08").encode("cp932"),
        rows(roster(overseas(3, "2026-08", field="ビルクリーニング"))),
    ),
    Sample("tabs.tsv", PLAN_TEXT.replace(",", "\t").encode("cp932"), PLAN_ROWS),
    Sample("semicolons.csv", PLAN_TEXT.replace(",", ";").encode(), PLAN_ROWS),
    Sample("line_feeds.csv", PLAN_TEXT.replace("\r\n", "\n").encode(), PLAN_ROWS),
    Sample("carriage_returns.csv", PLAN_TEXT.replace("\r\n", "\r").encode(), PLAN_ROWS),
    Sample("no_last_newline.csv", PLAN_TEXT.removesuffix("\r\n").encode(), PLAN_ROWS),
    Sample(
        "quoted.csv",
        lines(
            '"事業所","区分\n(いつから)","人数","開始月"',
            '"本社, 1階\n東","海外","1,200","2026-08"',
        ).encode(),
        rows(roster(overseas(1200, "2026-08", site="本社, 1階\n東"))),
    ),
    Sample(
        "title_lines.csv",
        lines(
            "特定技能 受入れ計画,,", "作成日,2026年11月1日,", ",,", SHORT, "海外,3,2026-08"
        ).encode(),
        HIRED,
        ("題名とみなしました: 「特定技能 受入れ計画」、「作成日」、「2026年11月1日」",),
    ),
    Sample(
        "header_in_row_10.csv",
        lines(*["説明"] * 9, SHORT, "海外,3,2026-08").encode(),
        HIRED,
        ("見出し(10行目)より上の行",),
    ),
    Sample(
        "header_variants.csv",
        lines(
            "拠点,業種,採用区分,人員,就労開始年月,通算月数,満了日,初回の在留期間,更新時の在留期間",
            *RECORDS,
        ).encode(),
        PLAN_ROWS,
    ),
    Sample(
        "header_english.csv",
        lines(
            "Location,Sector,Route,Headcount,Start Month,Used Months,Expiry Date,First Period,"
            "PERIOD",
            *RECORDS,
        ).encode(),
        PLAN_ROWS,
    ),
    Sample(
        "header_full_width_and_units.csv",
        lines(
            "営業所名,特定産業分野,区　分,人数(名),開始年月(西暦),通算済月数［月］,在留期限日,"
            "初回在留期間（月）,在留期間(月)",
            *RECORDS,
        ).encode("cp932"),
        PLAN_ROWS,
    ),
    Sample(
        "number_units.csv",
        lines(
            "区分,人数,開始月,初回在留期間,更新在留期間",
            '海外,"1,200",2026-08,6月,1年',
            "海外,12名,2026-08,12ヶ月,36",
            "海外,３ 人,2026-08,12か月,1年6か月",
            "海外,００７,2026-08,12カ月間,",
        ).encode("utf-8-sig"),
        rows(
            roster(
                overseas(1200, "2026-08", first_period=6, period=12),
                overseas(12, "2026-08", first_period=12, period=36),
                overseas(3, "2026-08", first_period=12, period=18),
                overseas(7, "2026-08", first_period=12),
            )
        ),
    ),
    Sample(
        "months.csv",
        lines(
            SHORT,
            *(
                f"海外,1,{month}"
                for month in (
                    *("2026-04", "2026/4", "2026/4/1", "2026年4月", "2026年4月1日", "令和8年4月"),
                    *("R8.4", "R8.4.1", "r8/4/30", "２０２６／０４", "令和８年４月", "Ｒ８．４"),
                    *("令和 8年 4月", "2026-04-01 00:00:00", "2026‐04", "㋿8年4月"),
                    *("令和元年5月", "平成31年4月", "H31.4.30"),
                )
            ),
        ).encode(),
        hires(*["2026-04"] * 16, "2019-05", "2019-04", "2019-04"),
    ),
    Sample(
        "routes.csv",
        lines(
            "区分,人数,開始月,在留期限",
            "在籍,1,,2026-10",
            "現員,1,,2026-10",
            *(f"{word},1,2026-08," for word in ("海外", "認定", "ＣＯＥ")),
            *(f"{word},1,2026-08," for word in ("国内", "変更", "転職", "留学")),
            *(f"{word},1,2026-08," for word in ("技能実習", "技能実習修了", "実習修了")),
            *(f"{word},1,2026-08," for word in ("育成就労", "育成就労修了", "特定活動から")),
        ).encode("cp932"),
        rows(
            roster(
                *[current(1, "2026-10")] * 2,
                *[overseas(1, "2026-08")] * 3,
                *[domestic(1, "2026-08")] * 10,
            )
        ),
    ),
    Sample(
        "totals_and_blanks.csv",
        lines(
            "事業所,区分,人数,開始月",
            "本社,海外,3,2026-08",
            "小　計,,3,",
            ",,,",
            "仙台,海外,4,2026-08",
            "【合計】,,7,",
            "",
            ",,,",
        ).encode(),
        rows(roster(overseas(3, "2026-08", site="本社"), overseas(4, "2026-08", site="仙台"))),
        ("合計の行(3、6行目)", "空の行3行"),
    ),
    Sample(
        "totals_in_a_column_without_name.csv",
        lines(f",{SHORT}", "1,海外,3,2026-08", "計,,3,").encode(),
        HIRED,
        ("合計の行(3行目)", "A列(見出しなし)"),
    ),
    Sample(
        "unknown_columns.csv",
        lines(
            f"予算コード,{SHORT},原価センター,備考",
            "202604001234,海外,3,2026-08,0312345678,合計は別紙",
        ).encode(),
        HIRED,
        ("「予算コード」の列は使いません", "「原価センター」の列", "「備考」の列"),
    ),
    Sample(
        "columns_of_the_other_kind.csv",
        lines(f"{SHORT},年度", "海外,3,2026-08,2026").encode(),
        HIRED,
        ("「年度」の列は使いません",),
    ),
    Sample(
        "sites_like_people.csv",
        lines(
            "事業所,区分,人数,開始月",
            *(
                f"{site},海外,1,2026-08"
                for site in ("田中工場", "佐藤水産", "スズキ", "東京都港区")
            ),
        ).encode("cp932"),
        rows(
            roster(
                *(
                    overseas(1, "2026-08", site=site)
                    for site in ("田中工場", "佐藤水産", "スズキ", "東京都港区")
                )
            )
        ),
    ),
    Sample(
        "outline.csv",
        lines("拠点,現在人数(名),採用予定/年", "本社,25名,5", "仙台,１０,", "合計,35,5").encode(
            "cp932"
        ),
        rows(
            outline(
                {"site": "本社", "headcount": 25, "hires_per_year": 5},
                {"site": "仙台", "headcount": 10},
            )
        ),
        ("合計の行(4行目)",),
    ),
    Sample(
        "outline_held.xlsx",
        of_cells(["事業所", "人数"], ["本社", 25], ["仙台", "10人"]),
        rows(outline({"site": "本社", "headcount": 25}, {"site": "仙台", "headcount": 10})),
        ("今の人数を保つ",),
    ),
    Sample(
        "targets_long_months.csv",
        lines("事業所,年月,人数", "本社,令和8年4月,5", "本社,2027/4,0", "仙台,2026-04,").encode(),
        monthly(("本社", "2026-04", 5), ("本社", "2027-04", 0)),
    ),
    Sample(
        "targets_long_years.csv",
        lines("年度,人数", "2026年度,5人", "令和9年度,6", "合計,11").encode("cp932"),
        yearly(("全社", 2026, 5), ("全社", 2027, 6)),
        ("合計の行(4行目)",),
    ),
    Sample(
        "targets_wide_years.csv",
        lines(
            "事業所,2026年度,令和9年度,2028年度,合計",
            "本社,5,6,0,11",
            "仙台,,7,,7",
            "合計,5,13,0,18",
        ).encode("utf-8-sig"),
        yearly(("本社", 2026, 5), ("本社", 2027, 6), ("本社", 2028, 0), ("仙台", 2027, 7)),
        ("合計の行(4行目)", "「合計」の列は使いません"),
    ),
    Sample(
        "targets_wide_months.tsv",
        lines("\t令和8年4月\t2026年10月", "本社\t5\t6名").encode("utf-8"),
        monthly(("本社", "2026-04", 5), ("本社", "2026-10", 6)),
    ),
    Sample(
        "targets_wide_dates.xlsx",
        book(_wide_dates),
        monthly(("本社", "2026-04", 5), ("本社", "2027-04", 6)),
    ),
    Sample("text.xlsx", of_cells(*PLAN_CELLS), PLAN_ROWS),
    Sample("numbers_and_dates.xlsx", book(_dated_cells), PLAN_ROWS),
    Sample(
        "serials.xlsx",
        of_cells(SHORT.split(","), ["海外", 3, 46235], ["海外", 3, "46235"]),
        HIRED * 2,
    ),
    Sample("macros.xlsm", of_cells(SHORT.split(","), ["海外", 3, "2026-08"]), HIRED),
    Sample(
        "formulas.xlsx",
        book(_formulas, sheet1=("<f>1+2</f><v></v>", "<f>1+2</f><v>3</v>")),
        HIRED,
    ),
    Sample(
        "formula_of_empty_text.xlsx",
        book(
            _formula_of_empty_text,
            sheet1=('<c r="D2"><f>""</f>', '<c r="D2" t="str"><f>""</f>'),
        ),
        HIRED,
    ),
    Sample("second_sheet.xlsx", book(_second_sheet), HIRED),
    Sample(
        "hidden_row_and_sheet.xlsx",
        book(_hidden),
        rows(roster(overseas(3, "2026-08"), overseas(4, "2026-09"))),
        ("非表示の行(3行目)", "非表示のシート(「控え」)"),
    ),
    Sample("merged_title.xlsx", book(_merged_title), HIRED, ("「受入れ計画」",)),
    Sample(
        "merged_sites.xlsx",
        book(_merged_sites),
        rows(
            roster(
                overseas(3, "2026-08", site="本社"),
                overseas(4, "2026-09", site="本社"),
                overseas(1, "2026-10", site="仙台"),
            )
        ),
        ("「拠点」の列の結合されたセル(A2:A4)は、下の1個のセルにも", "合計の行(4行目)"),
    ),
    Sample(
        "current_without_route.csv",
        lines("事業所,人数,在留期限", "本社,3,2027-01", "仙台,2,令和9年4月").encode(),
        rows(roster(current(3, "2027-01", site="本社"), current(2, "2027-04", site="仙台"))),
        ("区分の列がないため、全員を在籍として読みました",),
    ),
    Sample("workbook_named.csv", of_cells(*PLAN_CELLS), PLAN_ROWS),
    Sample("text_named.xlsx", PLAN_TEXT.encode("cp932"), PLAN_ROWS),
)


# What is refused


def _merged_cells(_book: Workbook, sheet: Worksheet) -> None:
    cells: Cells = [["事業所", *SHORT.split(",")], ["本社", "海外", 3, "2026-08"]]
    table(sheet, [*cells, ["本社", "海外", None, "2026-09"]])
    sheet.merge_cells("C2:C3")


def _formulas_alone(_book: Workbook, sheet: Worksheet) -> None:
    table(sheet, [SHORT.split(","), ["海外", 3, "2026-08"], ["=A2", "=B2", "=C2"]])


def refused(name: str, content: bytes, *words: str) -> Sample:
    """Return a file that is refused as a whole, with these words."""
    return Sample(name, content, problems=tuple((None, None, word) for word in words))


def wrong(name: str, header: str, **cells: Sequence[str]) -> Sample:
    """Return a file in which every line is wrong in one column, named by its keyword."""
    ((column, words),) = cells.items()
    at = header.split(",").index(column)
    good = dict(zip(SHORT.split(","), ("海外", "3", "2026-08"), strict=True))
    records = []
    for word in words:
        record = [good.get(key, "") for key in header.split(",")]
        record[at] = word
        records.append(",".join(record))
    # What cannot be read is told as it is written.
    told = [(row, column, word.strip('"') or "空です") for row, word in enumerate(words, start=2)]
    return Sample(name, lines(header, *records).encode(), problems=tuple(told))


def _entity(declared: str) -> bytes:
    """Return a workbook whose sheet declares something before its content and uses it."""
    return book(_short, sheet1=("<worksheet", f"<!DOCTYPE x [{declared}]><worksheet"))


_BOMB = "".join(
    [
        '<!ENTITY a0 "ha">',
        *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)),
    ]
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
_NO_COLUMNS = (None, "名簿なら 区分・人数 の列")

REFUSED = (
    refused("euc_jp.csv", PLAN_TEXT.replace("髙﨑①㈱", "高崎").encode("euc_jp"), "EUC-JP"),
    refused("iso_2022_jp.csv", lines(SHORT).encode("iso2022_jp"), "ISO-2022-JP"),
    refused("utf16_without_mark.csv", PLAN_TEXT.encode("utf-16-le"), "BOMのないUTF-16"),
    refused("utf16_cut.csv", b"\xff\xfe" + PLAN_TEXT.encode("utf-16-le")[:-1], "途中で切れた"),
    refused("utf8_cut.csv", PLAN_TEXT.removesuffix("\r\n").encode() + b"\xe5\x8c", "文字コード"),
    refused("utf8_bom_cut.csv", PLAN_TEXT.encode("utf-8-sig") + b"\xe5\x8c", "途中で切れた"),
    refused(
        "latin1.csv", "site,route,headcount\nZürich,current,3\n".encode("latin-1"), "文字コード"
    ),
    refused(
        "cp932_undefined_bytes.csv", lines(SHORT).encode("cp932") + b"\x80\xa0\xff", "文字コード"
    ),
    refused("empty.csv", b"", "空のファイル"),
    refused("blank.csv", lines(",,", ",,").encode(), "見出しがありません"),
    refused("header_alone.csv", lines(SHORT, ",,").encode(), "計画の行がありません"),
    refused("open_quote.csv", lines(SHORT, '海外,"3,2026-08').encode(), "引用符"),
    refused("old_excel.csv", _OLD_EXCEL, "古い形式のExcel(.xls)"),
    refused("old_excel.xlsx", _OLD_EXCEL, "古い形式のExcel(.xls)"),
    refused("pdf.csv", b"%PDF-1.7\n%%EOF\n", "PDF"),
    refused("png.xlsx", _PNG, "画像"),
    refused("zip.csv", packed_up({"plan.csv": PLAN_TEXT.encode()}), "ZIPファイル"),
    refused(
        "open_document.xlsx",
        packed_up(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"<office:document-content/>",
            }
        ),
        "OpenDocument(.ods)",
    ),
    refused("binary_workbook.xlsx", packed_up({"xl/workbook.bin": b"\x83\x01"}), "(.xlsb)"),
    refused("word.xlsx", packed_up({"word/document.xml": b"<w:document/>"}), "Word"),
    refused("html.csv", b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
    refused("xml.csv", b'<?xml version="1.0"?><Workbook/>', "XML"),
    refused("json.csv", b'{"version": 1, "plan": []}', "JSON"),
    refused("json_list.csv", b'[{"route": "overseas", "headcount": 3}]', "JSON"),
    refused("damaged.xlsx", of_cells(*PLAN_CELLS)[:-100], "壊れている"),
    refused(
        "damaged_comment.xlsx",
        book(_comment, comment1=("<comment ", "<<comment ")),
        "壊れている",
    ),
    refused(
        "merged_nowhere.xlsx",
        book(_merged_title, sheet1=('ref="A1:C1"></mergeCell>', 'ref="A1:?"></mergeCell>')),
        "壊れている",
    ),
    refused(
        "row_beyond_the_sheet.xlsx",
        book(_short, sheet1=('<row r="2">', '<row r="30000000">')),
        "行の番号",
    ),
    refused(
        "rows_out_of_order.xlsx",
        book(_short, sheet1=('<row r="1">', '<row r="3">')),
        "行の番号",
    ),
    refused(
        "bomb_in_the_book.xlsx",
        book(_short, workbook=("<workbook", f"<!DOCTYPE x [{_BOMB}]><workbook")),
        "壊れている",
    ),
    refused("not_a_workbook.xlsx", packed_up({"xl/workbook.xml": b"<workbook"}), "壊れている"),
    refused("xml_bomb.xlsx", _entity(_BOMB), "壊れている"),
    refused(
        "external_entity.xlsx", _entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), "壊れている"
    ),
    refused(
        "too_many_parts.xlsx",
        packed_up({"xl/workbook.xml": b"", **{str(n): b"" for n in range(1_000)}}),
        "展開すると大きすぎます",
    ),
    refused(
        "too_large_unpacked.xlsx",
        packed_up({"xl/workbook.xml": b"<workbook/>"}, stated_size=201 * 1024**2),
        "展開すると大きすぎます",
    ),
    refused("columns_101.csv", lines(SHORT + "," * 98).encode(), "101列"),
    Sample(
        "columns_101.xlsx",
        of_cells(SHORT.split(","), [None] * 100 + ["x"]),
        problems=((2, None, "101列"),),
    ),
    wrong(
        "headcounts.csv",
        SHORT,
        人数=("▲3", "−3", "-3", "十", "5.5", "inf", "=1+4", "0", "100001", '"1,20"', "3台", ""),
    ),
    wrong(
        "months_wrong.csv",
        SHORT,
        開始月=(
            *("2026-13", "8/4", "4月", "令和0年4月", "平成39年4月", "平成31年5月", "令和元年4月"),
            *("2026.4", "2026-02-30", "46235", "2026", "26-04", "昭和64年1月", "Apr-26", "未定"),
        ),
    ),
    wrong("routes_wrong.csv", SHORT, 区分=("派遣", "3", "")),
    wrong(
        "spans_wrong.csv", f"{SHORT},更新在留期間", 更新在留期間=("37", "0", "4年", "1.5", "無期限")
    ),
    wrong("fields_wrong.csv", f"{SHORT},分野", 分野=("漁師",)),
    Sample(
        "rules.csv",
        lines(
            HEADER,
            ",,在籍,3,2025-10,,,,",
            ",,海外,3,,,,,",
            ",,海外,3,2026-10,,2027-10,13,",
            ",,在籍,3,2021-09,12,2026-10,,",
            ",,国内,3,2026-10,60,,,",
        ).encode("cp932"),
        problems=(
            (2, "在留期限", "在籍の行には"),
            (3, "開始月", "働き始める年月"),
            (4, "在留期限", "在籍の行だけ"),
            (4, "初回在留期間", "12か月まで"),
            (5, "在留期限", "1〜60か月"),
            (5, "通算済月数", "国内の行だけ"),
            (6, "通算済月数", "0〜59"),
        ),
    ),
    Sample(
        "cells_beyond_the_header.csv",
        lines(SHORT, "海外,1,200,2026-08", "海外,3,2026-08").encode(),
        problems=((2, None, "見出しより多くのセル"), (2, "開始月", "「200」")),
    ),
    Sample(
        "column_missing.csv",
        lines("区分,なにか,開始月", "海外,3,2026-08").encode(),
        problems=((1, "headcount", "人員、人員数"), (1, *_NO_COLUMNS)),
    ),
    Sample(
        "no_header.csv",
        lines("海外,3,2026-08", "海外,4,2026-09").encode(),
        problems=((1, "route", "採用区分"), (1, "headcount", "人員"), (1, *_NO_COLUMNS)),
    ),
    Sample(
        "header_in_row_11.csv",
        lines(*["説明,,"] * 10, SHORT, "海外,3,2026-08").encode(),
        problems=((1, "route", "採用区分"), (1, "headcount", "人員"), (1, *_NO_COLUMNS)),
    ),
    Sample(
        "column_twice.csv",
        lines("区分,人数,人員,開始月", "海外,3,3,2026-08").encode(),
        problems=((1, "人員", "「人数」と同じ意味"),),
    ),
    Sample(
        "targets_wide_without_years.csv",
        lines("事業所,2026年4月,5月,2026年13月,平成39年度", "本社,5,6,7,8").encode(),
        problems=(
            (1, "5月", "年から書いて"),
            (1, "2026年13月", "いつか分かりません"),
            (1, "平成39年度", "いつか分かりません"),
        ),
    ),
    Sample(
        "targets_twice.csv",
        lines("事業所,年度,人数", "本社,2026,5", "本社,令和8年度,6", "本社,2027,x").encode(),
        problems=((3, "年度", "上の行にも"), (4, "人数", "「x」")),
    ),
    Sample(
        "targets_mixed.csv",
        lines("事業所,2026年度,2027年4月", "本社,5,6").encode(),
        problems=((2, "2027年4月", "混ざっています"),),
    ),
    Sample(
        "merged_cells.xlsx",
        book(_merged_cells),
        problems=((2, "人数", "C2:C3 のセルが結合"), (3, "人数", "空です")),
    ),
    Sample(
        "formulas_without_value.xlsx",
        book(_formulas_alone),
        problems=tuple((3, column, "数式の結果") for column in SHORT.split(",")),
    ),
)


# What is personal


def _mail_in_comment(_book: Workbook, sheet: Worksheet) -> None:
    _short(_book, sheet)
    sheet["B2"].comment = Comment("hanako.yamada@example.jp に確認", "x")


def _name_of_sheet(workbook: Workbook, sheet: Worksheet) -> None:
    _short(workbook, sheet)
    workbook.create_sheet("山田 花子")


def personal(
    name: str, header: str, value: str, column: str, kind: str, codec: str = "utf-8"
) -> Sample:
    """Return a roster with one more column, which names or holds something of a person."""
    content = lines(f"{SHORT},{header}", f"海外,x,2026-08,{value}").encode(codec)
    return Sample(
        name, content, problems=((1, column, f"個人情報({kind})"),), secrets=(value, "「x」")
    )


PERSONAL = (
    personal("names.csv", "氏名", "山田花子", "氏名", "氏名", "cp932"),
    personal("names_vietnamese.csv", "Họ tên", "Nguyễn Thị Hoa", "Họ tên", "氏名"),
    personal("names_unnamed_column.csv", "", "山田 花子", "D列(見出しなし)", "氏名"),
    personal("card_numbers.csv", "番号", "AB12345678CD", "番号", "在留カード番号"),
    personal(
        "card_numbers_full_width.csv",
        "在留カード番号",
        "ＡＢ１２３４５６７８ＣＤ",
        "在留カード番号",
        "在留カード番号",
    ),
    personal("my_numbers.csv", "個人番号", "1234-5678-9018", "個人番号", "マイナンバー"),
    personal("telephones.csv", "備考", "090-1234-5678", "備考", "電話番号", "cp932"),
    personal(
        "telephones_full_width.csv", "", "０９０−１２３４−５６７８", "D列(見出しなし)", "電話番号"
    ),
    personal("mails.csv", "連絡", "hanako@example.jp", "連絡", "メールアドレス"),
    personal("birth_dates.csv", "生年月日", "1995/4/1", "生年月日", "生年月日"),
    personal("passports.csv", "旅券番号", "TR1234567", "旅券番号", "旅券番号"),
    personal("addresses.csv", "住所", "東京都港区芝1-2-3", "住所", "住所"),
    Sample(
        "name_in_title.csv",
        lines("作成者: 山田 花子,,", SHORT, "海外,3,2026-08").encode(),
        problems=((None, "見出しより上の行", "個人情報(氏名)"),),
        secrets=("山田", "花子"),
    ),
    Sample(
        "names_without_header.csv",
        lines("山田 花子,AB12345678CD,3", "佐藤 次郎,CD12345678AB,4").encode(),
        problems=(
            (1, "A列(見出しなし)", "個人情報(氏名)"),
            (1, "B列(見出しなし)", "個人情報(在留カード番号)"),
        ),
        secrets=("山田", "花子", "佐藤", "次郎", "AB12345678CD", "CD12345678AB"),
    ),
    Sample(
        "name_for_a_site.csv",
        lines("事業所,区分,人数,開始月", "山田 花子,海外,3,2026-08").encode(),
        problems=((1, "事業所", "個人情報(氏名)"),),
        secrets=("山田", "花子"),
    ),
    Sample(
        "mail_in_comment.xlsx",
        book(_mail_in_comment),
        problems=((None, "コメント", "個人情報(メールアドレス)"),),
        secrets=("hanako.yamada@example.jp", "hanako"),
    ),
    Sample(
        "name_of_sheet.xlsx",
        book(_name_of_sheet),
        problems=((None, "シートの名前", "個人情報(氏名)"),),
        secrets=("山田", "花子"),
    ),
)

SAMPLES = (*READ, *REFUSED, *PERSONAL)
