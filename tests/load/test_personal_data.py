"""Personal data is caught wherever it stands, and no ordinary plan is taken for it."""

import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from itertools import cycle, islice, product
from typing import NamedTuple, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp.in_ import calc_check_digit

from onlineready.domain.tables import PLAN
from onlineready.domain.vocabulary import FIELDS
from onlineready.load.personal_data import PersonalData, in_column, in_text
from tests.chance import examples

Asked = TypeVar("Asked", bound=Hashable)
MAIL, MY_NUMBER, CARD, PASSPORT, BIRTH, TELEPHONE, ADDRESS, NAME = PersonalData


class Column(NamedTuple):
    """A column as a reader's file has it."""

    header: str
    values: tuple[str, ...]
    recognised: bool = False

    def asked(self) -> PersonalData | None:
        return in_column(self.header, self.values, self.recognised)


def my_number(first: str) -> str:
    """Return an invented number with its check digit."""
    return first + calc_check_digit(first)


def wide(text: str) -> str:
    """Return a text in full width."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def half(text: str) -> str:
    """Return katakana in half width."""
    small = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
    apart = unicodedata.normalize("NFD", text).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ")
    return "".join(small.get(char, char) for char in apart)


# What is refused by its header, whatever stands below

HEADERS = {
    NAME: (
        *("氏名", "氏　名", "姓名", "名前", "お名前", "姓", "名字", "フリガナ", "ふりがな", "カナ"),
        *("ｶﾅ", "カナ氏名", "氏名（カナ）", "ローマ字氏名", "従業員氏名", "社員名", "本人名"),
        *("外国人氏名", "実習生名", "担当者名", "責任者名", "代表者氏名", "フルネーム", "対象者名"),
        *(
            "name",
            "Name",
            "ＮＡＭＥ",
            "full name",
            "Full_Name",
            "FullName",
            "FIRST NAME",
            "last-name",
        ),
        *(
            "Employee Name",
            "workerName",
            "Surname",
            "Family name",
            "given name",
            "Names",
            "Name (Kanji)",
        ),
        *("họ tên", "Họ và tên", "HO TEN", "ho_va_ten", "Hoten", "Tên", "Tên nhân viên"),
        *("Họ tên người lao động", "氏名 (Name)", "1.氏名", "会社名・氏名"),
    ),
    CARD: (
        *(
            "在留カード番号",
            "在留カード",
            "在留カードNo.",
            "カード番号",
            "ｶｰﾄﾞ番号",
            "在留カードの番号",
        ),
        *("Residence Card", "residence card no.", "RESIDENCE_CARD_NUMBER", "ResidenceCardNo"),
        *("Zairyu card number", "Card No", "số thẻ cư trú", "SO THE CU TRU", "Thẻ ngoại kiều"),
    ),
    PASSPORT: (
        *(
            "旅券番号",
            "旅券",
            "パスポート",
            "パスポート番号",
            "ﾊﾟｽﾎﾟｰﾄNo",
            "Passport",
            "passport no.",
        ),
        *("PASSPORT_NUMBER", "PassportNo", "số hộ chiếu", "So ho chieu", "Hộ chiếu"),
    ),
    MY_NUMBER: ("マイナンバー", "ﾏｲﾅﾝﾊﾞｰ", "個人番号", "My Number", "mynumber", "Mã số cá nhân"),
    BIRTH: (
        *(
            "生年月日",
            "生 年 月 日",
            "誕生日",
            "生年",
            "出生日",
            "生まれ年",
            "date of birth",
            "DOB",
        ),
        *(
            "D.O.B.",
            "DateOfBirth",
            "Birthday",
            "birth_date",
            "BIRTH DATE",
            "ngày sinh",
            "NGAY SINH",
        ),
        *("Năm sinh", "Ngày tháng năm sinh"),
    ),
    ADDRESS: (
        *(
            "住所",
            "現住所",
            "自宅住所",
            "住　所",
            "居住地",
            "居所",
            "郵便番号",
            "〒",
            "本籍",
            "事業所住所",
        ),
        *("Address", "HOME ADDRESS", "home_address", "postal code", "ZIP", "địa chỉ", "Dia chi"),
        *("Nơi ở",),
    ),
    TELEPHONE: (
        *(
            "電話",
            "電話番号",
            "携帯",
            "携帯電話",
            "携帯番号",
            "連絡先",
            "緊急連絡先",
            "ＴＥＬ",
            "本人TEL",
        ),
        *("Tel.", "Phone", "phone_number", "PhoneNo", "Mobile", "Cell phone", "FAX", "điện thoại"),
        *("So dien thoai", "SĐT"),
    ),
    MAIL: (
        *("メール", "ﾒｰﾙｱﾄﾞﾚｽ", "メールアドレス", "Ｅメール", "E-mail", "email", "EmailAddress"),
        *("e_mail address", "MAIL", "Thư điện tử"),
    ),
}


@pytest.mark.parametrize("kind", PersonalData)
def test_a_header_that_asks_for_personal_data(kind: PersonalData) -> None:
    asked = [(header, row) for header in HEADERS[kind] for row in ((), ("A", "B"), ("3", "12"))]
    missed = [(h, row) for h, row in asked if in_column(h, row, recognised=False) is not kind]
    assert missed == []


# What is refused by its shape: values of invented people, in every place in which they may stand

ANYWHERE: dict[PersonalData, tuple[str, ...]] = {
    CARD: (
        *("AB12345678CD", "ab12345678cd", "AB 12345678 CD", "AB-1234-5678-CD", "AB20260401CD"),
        *(wide("AB12345678CD"), "ＡＢ－１２３４５６７８－ＣＤ", "在留カードAB12345678CD"),
    ),
    MY_NUMBER: tuple(
        spelled
        for first in ("98765432109", "45678912345", "31415926535")
        for number in [my_number(first)]
        for spelled in (
            *(number, f"{number[:4]}-{number[4:8]}-{number[8:]}", wide(number)),
            *(f"{number[:4]} {number[4:8]} {number[8:]}", f"マイナンバー:{number}"),
        )
    ),
    TELEPHONE: (
        *("03-1234-5678", "0312345678", "(03)1234-5678", "03(1234)5678", "045-123-4567"),
        *("0467-12-3456", "090-1234-5678", "09012345678", "080 1234 5678", "070.1234.5678"),
        *(
            "０９０－１２３４－５６７８",
            "０９０ー１２３４ー５６７８",
            "090−1234−5678",
            "０３１２３４５６７８",
        ),
        *("+81-90-1234-5678", "+81 3 1234 5678", "+819012345678", "+81(0)90-1234-5678"),
        *("+84 912 345 678", "+84912345678", "0912 345 678", "0084912345678", "TEL03-1234-5678"),
        *("電話番号 03-1234-5678", "Tel.03-1234-5678", "0120-123-456", "☎03-1234-5678"),
    ),
    MAIL: (
        *("taro@example.com", "TARO.YAMADA@EXAMPLE.CO.JP", "taro＠example.com"),
        *("an_nguyen@example.vn", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "連絡は taro@example.jp まで"),
        "taro @ example.com",
    ),
    ADDRESS: (
        *("東京都港区架空台1-2-3", "東京都港区架空台1丁目2番3号", "東京都港区架空台一丁目2-3"),
        *(
            "大阪府大阪市北区架空町4番地",
            "千葉県架空市架空町１２３４－５",
            "港区架空台1-2 ハイツ101",
        ),
        *("〒123-4567 東京都港区", "〒1234567", "架空郡架空町大字架空12番地3", "住所:千葉県架空市"),
        *(
            "東京都港区架空台１－２－３",
            "港区架空台1−2−3",
            "架空荘203号室",
            "東京都港区架空台1丁目",
        ),
        *("1-2-3 Kakudai, Minato-ku, Tokyo", "12 Main Street, Springfield", "5-chome, Minato-ku"),
        *("12 Đường Hoa, Phường 5, Quận 1", "số nhà 7, ngõ 12, phố Hoa", "12 duong Hoa, phuong 5"),
        *("45/6 Hoa, Phường 5, Quận 1", "Thôn 3, xã Hoa, huyện Mai, tỉnh Lan"),
        "SO 12 DUONG HOA PHUONG 5 QUAN 1",
    ),
    NAME: (
        *("NGUYEN VAN AN", "Nguyễn Văn An", "nguyen van an", "NGUYEN VAN A", "Trần Thị Bích"),
        *(
            "TRAN THI BICH",
            "Lê Thị Hoa",
            "LE THI HOA",
            "Phạm Minh Đức",
            "pham thi lan",
            "Le Van Ba",
        ),
        *(
            "Huỳnh Ngọc Lan",
            "VO THI SAU",
            "Đặng Văn Tú",
            "Bui Van Nam",
            "Nguyen An",
            "Đỗ Thị Mai",
            "NGUYEN, VAN AN",
        ),
        *(
            "Ｎｇｕｙｅｎ Ｖａｎ Ａｎ",
            "Văn An Nguyễn",
            "グエン ヴァン アン",
            "グエン・ヴァン・アン",
        ),
        *(
            "グエンヴァンアン",
            "チャン ティ ビック",
            "ファム ミン ドゥック",
            "レ ティ ホア",
            half("グエン ヴァン アン"),
        ),
        *(
            "山田 太郎",
            "山田　太郎",
            "佐藤 花子",
            "鈴木 一郎",
            "山田・太郎",
            "田中 さくら",
            "佐藤 健",
        ),
        *("ヤマダ タロウ", half("ヤマダ タロウ"), "やまだ たろう", "高橋 美紗子", "伊藤 優之介"),
        *("Yamada Taro", "YAMADA TARO", "Taro Yamada", "SUZUKI, Hanako", "松本 花子", "千葉 健太"),
    ),
}
IN_SOME_COLUMNS: dict[PersonalData, tuple[str, ...]] = {
    PASSPORT: (
        *("TR1234567", "tr1234567", "ＴＲ１２３４５６７", "B1234567", "C 7654321", "AB-12345678"),
        "P1234567A",
    ),
    BIRTH: (
        *("1998-04-01", "1998/4/1", "1998.04.01", "1998年4月1日", "19980401", "平成10年4月1日"),
        *("昭和63年1月7日", "平成元年5月3日", "H10.4.1", "S63/1/7", "01/04/1998", "1-4-1998"),
        *(
            "4/23/1998",
            "１９９８年４月１日",
            "１９９８／０４／０１",
            "1 April 1998",
            "April 1, 1998",
        ),
        *("ngày 1 tháng 4 năm 1998", "1 thang 4 nam 1998", "2008-12-31", "1998年4月1日生"),
        "1998-04-01 00:00:00",
    ),
    NAME: (
        *(
            "山田太郎",
            "佐藤花子",
            "高橋美紗子",
            "田中誠",
            "ヤマダタロウ",
            "やまだたろう",
            "山田太郎さん",
        ),
        *("Maria Santos", "John Smith", "AUNG KYAW", "Siti Nur Aini", "Dela Cruz, Maria"),
    ),
}
UNTOLD = ("", "列3", "Column1", "未定")


def shaped() -> Iterator[tuple[PersonalData, Column]]:
    """Yield every shape in every column in which it is refused."""
    for kind, values in ANYWHERE.items():
        for value, header in product(values, (*UNTOLD, "備考", "部署")):
            yield kind, Column(header, (value,))
        for value in values:
            yield kind, Column("事業所", (value,), recognised=True)
            yield kind, Column("事業所", ("本社", value, "千葉第二工場"), recognised=True)
    for kind, values in IN_SOME_COLUMNS.items():
        for value, header in product(values, (*UNTOLD, "備考")):
            yield kind, Column(header, (value,))


SHAPED = [*shaped()]


@pytest.mark.parametrize("kind", PersonalData)
def test_values_that_look_like_personal_data(kind: PersonalData) -> None:
    of_kind = [column for one, column in SHAPED if one is kind]
    assert of_kind
    assert [column for column in of_kind if column.asked() is not kind] == []


LINES = ("{}", "{}の分", "人員計画 {}", "2026年度 人員計画\n{}", "({})", "担当 {}")
WHOLE = {PASSPORT: ("{}", "旅券 {}", "Passport No. {}", "2026年度 人員計画\n{}")}


def lines() -> Iterator[tuple[PersonalData, str]]:
    """Yield title lines, names of sheets and comments with personal data."""
    for kind, values in (*ANYWHERE.items(), *IN_SOME_COLUMNS.items()):
        for value in values:
            for line in WHOLE.get(kind, LINES[:1] if kind in (NAME, ADDRESS) else LINES):
                yield kind, line.format(value)


IN_LINES = [
    *lines(),
    *(
        (NAME, line.format(name))
        for line in ("担当:{}", "作成者 {}", "責任者名:{}", "2026年度計画 担当 {}", "氏名:{}")
        for name in ("佐藤", "鈴木", "山田太郎", "山田 太郎", "佐々木")
    ),
    *(
        (NAME, line.format(name))
        for line in ("Prepared by {}", "Name: {}", "作成者 {}", "人事部 {}", "{}さん(ベトナム)")
        for name in ("Nguyen Van An", "TRAN THI BICH", "Yamada Taro", "Nguyễn Văn An")
    ),
    (NAME, "Prepared by Bertha Quill"),
    (NAME, "Họ tên: Lê Hoa"),
    (NAME, "人事部 山田 太郎"),
    (NAME, "山田太郎が確認"),
    (NAME, "佐藤さんの後任"),
    (NAME, "本社\n山田 太郎:\n人数を確認"),
    (BIRTH, "生年月日 1998"),
    (BIRTH, "1998年生まれ"),
    (BIRTH, "DOB: 23.4.98"),
    (PASSPORT, "パスポートはTR1234567です"),
    (PASSPORT, "Hộ chiếu số B1234567"),
    (MY_NUMBER, "マイナンバー 123456789012"),
    (ADDRESS, "株式会社架空 東京都港区架空台1-2-3 人事部"),
    (TELEPHONE, "株式会社架空 人事部 内線なし TEL 03-1234-5678"),
]


@pytest.mark.parametrize("kind", sorted({kind for kind, _text in IN_LINES}))
def test_texts_that_hold_personal_data(kind: PersonalData) -> None:
    texts = [text for one, text in IN_LINES if one is kind]
    assert [text for text in texts if in_text(text) is not kind] == []


def test_enough_that_is_refused_is_generated() -> None:
    assert sum(map(len, HEADERS.values())) >= 120
    assert len({column for _kind, column in SHAPED}) >= 200
    assert len({text for _kind, text in IN_LINES}) >= 200
    assert set(HEADERS) == set(ANYWHERE) | set(IN_SOME_COLUMNS) == set(PersonalData)


# What a column's company makes of a value


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        # A role, and below it a surname alone.
        (NAME, Column("担当者", ("人事部", "佐藤"))),
        (NAME, Column("Manager", ("佐藤",))),
        (NAME, Column("責任者", ("千葉",))),
        # Two short words in every row, though none is known.
        (NAME, Column("", ("鏑木 大翔", "鷹取 結衣"))),
        (NAME, Column("列1", ("佐藤 蓮音", "高橋 心奏", "鈴木 律"))),
        # Surnames and nothing else.
        (NAME, Column("", ("佐藤", "鈴木", "高橋"))),
        # A plan's column in which most sites would be called like people.
        (NAME, Column("事業所", ("山田太郎", "佐藤花子", "鈴木一郎", "本社"), recognised=True)),
        # Names from elsewhere, where nothing is known of the column.
        (NAME, Column("", ("Bertha Quill", "Orla Fenwick", "Tokyo Plant"))),
        (NAME, Column("", ("アウン チョー", "ブディ サントソ"))),
        # Half of the cells, at least.
        (PASSPORT, Column("列1", ("TR1234567", "未定"))),
        (MY_NUMBER, Column("", (my_number("98765432109"), "123456789012"))),
        # The header itself is a person.
        (NAME, Column("山田 太郎", ("3",))),
    ],
    ids=str,
)
def test_what_most_of_a_column_shows(kind: PersonalData, column: Column) -> None:
    assert column.asked() is kind


@pytest.mark.parametrize(
    "column",
    [
        Column("事業所", ("佐藤", "鈴木", "高橋"), recognised=True),
        Column("部門", ("佐藤", "鈴木", "高橋")),
        Column("", ("佐藤", "本社", "千葉工場", "鈴木")),
        Column("", ("千葉", "福島", "松本", "山口")),
        Column("事業所", ("山田太郎", "本社", "千葉工場", "大阪"), recognised=True),
        Column("事業所", ("山田太郎",), recognised=True),
        Column("部署", ("Bertha Quill", "Orla Fenwick")),
        Column("", ("Tokyo Plant", "Head Office", "Bertha Quill")),
        Column("部署", ("フロア カイゼン",)),
        Column("", ("フロア", "ゲート")),
        Column("", ("第一 フロア ゲート",)),
        Column("", ("フード サービス",)),
        Column("備考", ("チャン フーズ", "グエン レストラン")),
        Column("備考", ("Nguyen Kitchenette", "Nguyen An Office", "Nguyen Van Plant Two")),
        Column("備考", ("Công ty TNHH Nguyễn An", "Restaurant Nguyen", "quan an tran")),
        Column("備考", ("Lương tháng và thưởng", "Đang Làm Thủ Tục", "Le Mai", "Ha Long Bay")),
        Column("備考", ("田中学", "東洋美", "佐藤まで確認")),
        Column("列1", ("TR1234567", "未定", "本社")),
        Column("事業所", ("A1234567", "B1234567"), recognised=True),
        Column("", (my_number("98765432109"), "123456789012", "123456789013")),
        Column("", ("佐藤 本社", "鈴木 加工部")),
    ],
    ids=str,
)
def test_what_too_little_of_a_column_shows(column: Column) -> None:
    assert column.asked() is None


# Headers that only sound like it

INNOCENT_HEADERS = (
    *(
        "事業所名",
        "会社名",
        "工場名",
        "部署名",
        "支店名",
        "店舗名",
        "法人名",
        "分野名",
        "国名",
        "品名",
    ),
    *(
        "職種名",
        "在留資格名",
        "シート名",
        "sheet 名",
        "ファイル名",
        "プロジェクト名",
        "勘定科目名",
        "件名",
    ),
    *("会社名カナ", "事業所名(フリガナ)", "工場の名前", "社員名簿", "営業所コード", "国籍", "職種"),
    *(
        "従業員数",
        "社員数",
        "従業員",
        "外国人数",
        "本人負担率",
        "住所変更件数",
        "電話代",
        "通信費(電話)",
    ),
    *(
        "携帯電話台数",
        "メール便",
        "在留カード更新件数",
        "旅券更新費用",
        "パスポート期限",
        "氏名変更",
    ),
    *(
        "マイナンバー対応",
        "備考(氏名は書かないでください)",
        "個人番号不要",
        "カナダ",
        "年齢",
        "出身国",
    ),
    *("site", "Site Name", "site_name", "SiteName", "field name", "Company Name", "plant name"),
    *("Department name", "sheet name", "Project Name", "Name of site", "Headcount", "Hotel", "HO"),
    *(
        "number of phones",
        "Phone cost",
        "passport renewals",
        "address changes",
        "Tenure",
        "Content",
    ),
    *("Contract", "Mailroom", "Cell", "Birthplace", "IP address", "Tên công ty", "Tên nhà máy"),
    *(
        "Số lượng",
        "Chi phí điện thoại",
        "Quốc tịch",
        "2026年度",
        "2026-04",
        "FY2026",
        "合計",
        "備考",
    ),
    *("人数(名)", "開始月", "在留期限", "分野", "区分", "予算コード", "原価センター", "管理番号"),
    *("列1", "Unnamed: 3", "メモ", "作成日", "更新日", "契約開始日", "拠点", "勤務地", "所在地"),
)


def alarms(asked: Mapping[Asked, PersonalData | None]) -> dict[Asked, PersonalData]:
    """Return what was taken for personal data."""
    return {what: kind for what, kind in asked.items() if kind is not None}


def test_a_header_that_asks_for_no_personal_data() -> None:
    asked = {header: in_column(header, ("3", "12"), False) for header in INNOCENT_HEADERS}
    assert alarms(asked) == {}


# Plans that raise no alarm

SITES = (
    *("田中工場", "佐藤水産", "スズキ", "東京都港区", "千葉第二工場", "松本", "本田技研", "中村屋"),
    *("山田食品 本社", "株式会社マルハ", "大阪 太郎丸工場", "田中", "山田太郎商店", "鈴木 本店"),
    *(
        "松本 城北工場",
        "千葉 みなと",
        "福島 第一",
        "山口 光",
        "長野 東",
        "石川 王子工場",
        "高橋水産(株)",
    ),
    *(
        "Tokyo Plant",
        "Head Office",
        "North Factory",
        "Suzuki Plant",
        "Honda Motors",
        "Tanaka Foods Inc",
    ),
    *(
        "全社",
        "本社",
        "札幌市中央区",
        "港区芝公園",
        "銀座四丁目店",
        "本町3丁目食堂",
        "川崎市 第1-2工場",
    ),
    *(
        "第二 製造部",
        "サイトA",
        "A-1",
        "ホンダ カーズ",
        "ヤマダ デンキ",
        "マイ ホーム",
        "リー フーズ",
    ),
    *(
        "グエン食堂",
        "グエンフーズ",
        "レ ミルズ",
        "ベトナム ハノイ",
        "Ho Chi Minh",
        "Hà Nội",
        "Đà Nẵng",
    ),
    *(
        "Nguyen Foods",
        "Quận 1, TP.HCM",
        "Khu công nghiệp",
        "松本清商店",
        "三重県四日市市",
        "小田原",
    ),
    *(
        "〇〇農園",
        "介護ホーム さくら",
        "特養ひまわり",
        "みどり苑",
        "有限会社 山本製作所",
        "渡辺(株)九州",
    ),
    *(
        "佐藤製麺 第3ライン",
        "大阪市 4-6月",
        "東京都港区チーム3-4名",
        "本社1-2階",
        "3号館",
        "第1-2-3工場",
    ),
    *("田中 加工センター", "中村 物流", "Kita Kyushu", "Chiba Minato", "SSW Team", "Le Mans Plant"),
    *(
        "木村塗装",
        "林業 山田班",
        "森 永工場",
        "東 工場",
        "関 東",
        "木下 工業",
        "小林 畜産",
        "加藤鉄工所",
    ),
    *(
        "佐藤 野菜",
        "山田 魚介",
        "田中 代行",
        "木村 晴海",
        "高橋 電子",
        "渡辺 寿司",
        "山本 果樹園",
        "清水 桜",
    ),
    *(
        "村上工場 2-3-1",
        "千葉市第二工場 1-2",
        "小田原 第一",
        "山本 惣菜センター",
        "大久保 日勤",
        "港区 3号店",
    ),
)
TITLES = (
    *("2026年度 特定技能 人員計画(案)", "株式会社〇〇食品 人事部", "作成日 2026/11/23", "単位:人"),
    *(
        "2026年4月1日現在",
        "令和8年度人員計画",
        "作成日:2011/04/01",
        "Headcount Plan FY2026",
        "社外秘",
    ),
    *(
        "設立 1985年4月1日",
        "Sheet1",
        "計画",
        "2026年度",
        "千葉工場",
        "Plan",
        "集計",
        "Headcount",
        "松本",
    ),
    *("氏名・在留カード番号などは入力しないでください", "担当:人事部", "担当 松本工場", "版 2.1"),
    *("作成者:\n人数を確認してください", "予算コード 123456789012", "原価センター 03-1234-5678"),
    *(
        "原価センター 0312345678",
        "2026-04~2027-03",
        "202604-202703",
        "FY 2026-2027 HQ",
        "as of 2026-11-23",
    ),
    *(
        "Prepared by Kakudai cafeteria",
        "Site Name: Kakudai Mura",
        "Prepared by Human Resources",
        "Kế hoạch nhân sự năm 2026",
        "Số lượng lao động",
        "様式 A1234567",
    ),
    *(
        "期間 2026/04/01-2027/03/31",
        "人数は4月1日時点、単位は名",
        "1998年4月1日改正に対応",
        "PL20260401",
    ),
    *(
        "前提:離職率 3.5%、更新 12か月",
        "ho so dang lam thu tuc",
        "Site Name: Tokyo Plant",
        "202611231530",
    ),
    *(
        "本田様向け増産分を含む",
        "＠1,200円×3名",
        "5名@1.5か月",
        "山田食品 本社工場",
        "松本清商店 計画",
    ),
    *(
        "(株)佐藤水産 総務部",
        "Master Data",
        "Lookup List",
        "ver 1.2.3",
        "更新 2010.04.01",
        "No. 0312345678",
    ),
)
REMARKS = (
    *("新ライン稼働のため増員", "4月に3名受入予定", "更新は年1回", "寮は5月完成", "要確認", "未定"),
    *(
        "離職率を見直し中",
        "2010年4月1日開設",
        "2005年10月稼働",
        "1998-04",
        "10月から夜勤2交代",
        "1-2名増",
    ),
    *(
        "本社から異動 2名",
        "介護 5名・外食 3名",
        "宿泊業は繁忙期のみ",
        "N4以上",
        "To Be Confirmed",
        "OK",
    ),
    *(
        "在留カードの更新を確認する",
        "電話で確認済み",
        "パスポートの更新待ち",
        "住所変更の届出が必要",
    ),
    *(
        "佐藤水産から移管",
        "Not Yet Decided",
        "Waiting for approval",
        "đang làm thủ tục",
        "dang lam thu tuc",
    ),
)
FURTHER = {
    "列3": (
        *("0.1234567890", "0012345678", "01 02 03 04 05", "0101-2026-04", "01012345678"),
        *("012345678-90", "0-1234-56789", "2026-0401-0331", "202604202703", "20260401"),
    ),
    "予算コード": ("123456789012", my_number("98765432109"), "A1234567", "0312345678"),
    "原価センター": ("03-1234-5678", "0312345678", "090-1234-5678", my_number("31415926535")),
    "Cost Center": ("0312345678", "C1234567", "CC-03-1234-5678"),
    "管理番号": ("TR1234567", "19980401", "0901234567"),
    "営業所コード": ("0012345678", "A1234567", "001"),
    "部署名": (
        "人事部",
        "製造第一課",
        "Human Resources",
        "Food Processing",
        "フード サービス",
        "生産 管理",
    ),
    "国籍": ("ベトナム", "Viet Nam", "Sri Lanka", "ミャンマー", "インドネシア", "フィリピン"),
    "従業員数": ("120", "1,200", "35"),
    "年度": ("2026", "2026年度", "2026-2027", "FY2026"),
    "売上高": ("1234567890", "123,456,789,012", "9012345678"),
    "備考": REMARKS,
    "設立日": ("1998-04-01", "1985年4月1日", "平成10年4月1日"),
    "職種": ("溶接", "Machine Maintenance", "Food Service", "仕上げ 検査"),
    "": ("済", "○", "増員", "Tokyo", "Head Office"),
    "所在地": ("東京都港区", "千葉県 船橋市", "大阪"),
    "郵便料金": ("84", "110"),
}
MONTHS = (
    "1998-04",
    "平成10年4月",
    "2026-10",
    "2026年10月",
    "1998-04-01",
    "2026/4",
    "令和8年4月1日",
)


def plans() -> Iterator[tuple[str, list[str], list[Column]]]:
    """Yield ordinary plans: the name of the sheet, the lines above, the columns."""
    sheets = (
        "Sheet1",
        "計画",
        "2026年度",
        "千葉工場",
        "Plan",
        "田中工場",
        "スズキ",
        "人員計画(案)",
    )
    titles, remarks, sites = cycle(TITLES), cycle(REMARKS), cycle(SITES)
    further = cycle(FURTHER.items())
    for sheet, count, number in product(sheets, (1, 2, 3, 8), range(8)):
        header, values = next(further)
        own = tuple(islice(sites, count))
        yield (
            sheet,
            [*islice(titles, number % 4)],
            [
                Column("site" if number % 2 else "事業所", own, recognised=True),
                Column("分野", FIELDS[number : number + count], recognised=True),
                Column("区分", ("在籍", "海外(認定)", "国内"), recognised=True),
                Column("人数", ("3", "12", "1,200", "１２"), recognised=True),
                Column("開始月", MONTHS, recognised=True),
                Column("在留期限", MONTHS, recognised=True),
                Column(header, values),
                Column("備考", tuple(islice(remarks, count))),
            ],
        )


PLANS = [*plans()]


def test_an_ordinary_plan_raises_no_alarm() -> None:
    texts = {text for sheet, titles, _columns in PLANS for text in (sheet, *titles)}
    columns = {column for _sheet, _titles, columns in PLANS for column in columns}
    assert alarms({text: in_text(text) for text in texts}) == {}
    assert alarms({column: column.asked() for column in columns}) == {}


def test_a_site_is_no_person() -> None:
    assert alarms({site: in_text(site) for site in SITES}) == {}
    assert alarms({site: in_column("事業所", (site,), True) for site in SITES}) == {}
    among = {site: in_column("拠点名", (site, "本社", "千葉工場"), False) for site in SITES}
    assert alarms(among) == {}


def test_an_ordinary_line_is_no_personal_data() -> None:
    assert alarms({line: in_text(line) for line in (*TITLES, *REMARKS)}) == {}


def test_an_ordinary_cell_is_no_personal_data() -> None:
    cells = [(header, value) for header, values in FURTHER.items() for value in values]
    assert alarms({(h, value): in_column(h, (value,), False) for h, value in cells}) == {}


def test_the_plans_own_headers_are_no_personal_data() -> None:
    titles = [*(str(column.title) for column in PLAN.columns.values()), *PLAN.columns]
    for recognised in (True, False):
        assert alarms({title: in_column(title, ("1",), recognised) for title in titles}) == {}


def test_enough_that_is_accepted_is_generated() -> None:
    assert len(PLANS) >= 200
    asked = {column for _sheet, _titles, columns in PLANS for column in columns}
    assert len(asked) >= 200
    assert set(SITES) <= {value for column in asked for value in column.values}


# What holds for any text


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
PIECES = st.sampled_from(
    [*(value for values in ANYWHERE.values() for value in values), *SITES, *TITLES, "\n", "\0", ""]
)


@examples(60)
@given(ANY_TEXT | PIECES, st.lists(ANY_TEXT | PIECES, max_size=5), st.booleans())
def test_an_answer_is_a_kind_and_nothing_of_the_text(
    header: str, values: list[str], recognised: bool
) -> None:
    for answer in (in_column(header, values, recognised), in_text(header)):
        assert answer is None or type(answer) is PersonalData
    assert all(value.isascii() and value.isidentifier() for value in PersonalData)


@examples(60)
@given(st.sampled_from(SHAPED), st.sampled_from(["\u200b", "\u00ad", "\ufeff"]), st.integers(0, 30))
def test_invisible_characters_hide_nothing(
    case: tuple[PersonalData, Column], invisible: str, at: int
) -> None:
    kind, column = case
    hidden = tuple(value[:at] + invisible + value[at:] for value in column.values)
    assert column._replace(values=hidden).asked() is kind


def test_one_bad_cell_is_found_among_many() -> None:
    sites = [f"第{number}工場" for number in range(20_000)]
    assert in_column("事業所", sites, recognised=True) is None
    assert in_column("事業所", [*sites, "山田 太郎", *sites], recognised=True) is NAME
    assert in_text("\n".join([*sites, "090-1234-5678"])) is TELEPHONE


def test_every_kind_has_a_name() -> None:
    assert all(kind.label for kind in PersonalData)
    assert len({kind.label for kind in PersonalData}) == len(PersonalData)
