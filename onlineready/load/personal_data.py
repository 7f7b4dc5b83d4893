"""What looks like data of a person, told by the words of a header and the shape of a value.

A plan holds counts only. Whoever reads a file asks here before anything of it is kept, and refuses
it whole; no answer repeats a value. It is guesswork by rule: a plan wrongly refused loses a user, a
name let through loses their trust, so every rule below says what it takes and what it leaves.

- A header decides by its words (氏名, passport no., ngày sinh), unless it counts or prices them
  (住所変更件数, phone cost) or names an organization (会社名カナ).
- Mail addresses, residence cards, My Numbers, telephones and full addresses are refused in every
  column. A header or a label of codes and money (予算コード, 原価センター) clears numbers that only
  look like telephones, My Numbers or passports.
- Names are believed where surname and given name are both known, or where a whole column of no
  known meaning has their shape. In a column of the plan a site may be called like a person.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from stdnum.jp.in_ import is_valid as is_my_number

from onlineready.language import mark


class PersonalData(StrEnum):
    """A kind of personal data that must not enter the program."""

    NAME = "name"
    CARD_NUMBER = "card_number"
    PASSPORT = "passport"
    MY_NUMBER = "my_number"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    MAIL = "mail"


LABELS: dict[PersonalData, str] = {
    PersonalData.NAME: mark("氏名"),
    PersonalData.CARD_NUMBER: mark("在留カード番号"),
    PersonalData.PASSPORT: mark("旅券番号"),
    PersonalData.MY_NUMBER: mark("マイナンバー"),
    PersonalData.BIRTH_DATE: mark("生年月日"),
    PersonalData.ADDRESS: mark("住所"),
    PersonalData.TELEPHONE: mark("電話番号"),
    PersonalData.MAIL: mark("メールアドレス"),
}
"""What each kind is called, translated where it is shown."""


def in_column(header: str, values: Sequence[str], recognised: bool) -> PersonalData | None:
    """Return what personal data a column seems to hold, None where it seems to hold none.

    Args:
        header: as the file spells it, empty for a column without a name.
        values: the distinct texts of its cells, empty ones left out.
        recognised: whether the header is one of the plan's own columns.
    """
    if recognised:
        return _found(_lines(values), _PLAN_COLUMN)
    words = _words(header)
    if (kind := _named_by(header) or in_text(header)) is not None:
        return kind
    described = words.says(_DESCRIPTION) or words.says(_CODE)
    place = _Place(
        in_column=True,
        codes=words.says(_CODE),
        dates=not (words.says(_EVENT) or words.says(_CODE)),
        bare_surnames=words.says(_ROLE),
        shapes_suffice=not described or words.says(_ROLE),
    )
    return _found(_lines(values), place)


def in_text(text: str) -> PersonalData | None:
    """Return what personal data a free text seems to hold, None where it seems to hold none.

    For title lines, the names of sheets, comments and hidden cells. Each line is looked at by
    itself, so that many cells may be asked about at once, joined by line breaks.
    """
    return _found(_lines([text]), _FREE_TEXT)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


class _Place(NamedTuple):
    """What a text may be where it stands."""

    plan: bool = False
    """A column of the plan: months are no birth dates, a site may be called like a person."""
    in_column: bool = False
    codes: bool = False
    """Numbers are codes or money."""
    dates: bool = True
    """A full date may be a birth date."""
    bare_surnames: bool = False
    """A surname alone is a person, as under 担当者."""
    shapes_suffice: bool = False
    """Nothing is known of the column: capitalised words in most of its cells are names."""


_PLAN_COLUMN = _Place(plan=True, in_column=True, dates=False)
_FREE_TEXT = _Place()


class _Lines(NamedTuple):
    """Texts in one spelling: joined by line breaks, the same in lower case, and apart."""

    text: str
    low: str
    each: list[str]


_CHUNK = 1000
"""Characters normalised at a time: reordering a long run of accents takes the square of it."""

_SPELLING = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−⁃﹘", "-"),
        **dict.fromkeys("\t\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", None),
    }
)
_ODD = re.compile(f"[{''.join(map(chr, _SPELLING))}]")
_LONG_MARK_AS_HYPHEN = re.compile(r"(?<=[0-9])ー(?=[0-9])")


def _lines(texts: Sequence[str]) -> _Lines:
    joined = "\n".join(texts)
    if len(max(texts, key=len, default="")) > _CHUNK:
        parts = (joined[at : at + _CHUNK] for at in range(0, len(joined), _CHUNK))
        text = "".join(unicodedata.normalize("NFKC", part) for part in parts)
    else:
        text = unicodedata.normalize("NFKC", joined)
    if _ODD.search(text):
        text = text.translate(_SPELLING)
    if not text.isascii():
        text = _LONG_MARK_AS_HYPHEN.sub("-", text)
    each = [line for line in map(str.strip, text.split("\n")) if line]
    text = "\n".join(each)
    return _Lines(text, text.lower(), each)


def _unaccented(text: str) -> str:
    """Return Latin letters without their marks; Japanese ones keep theirs (ガ is no カ)."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _ACCENT.sub("", apart))


_ACCENT = re.compile("[\u0300-\u036f]")


def _found(lines: _Lines, place: _Place) -> PersonalData | None:
    """Return the first kind found; what is surest is asked first."""
    tests = {
        PersonalData.MAIL: _holds_mail,
        PersonalData.CARD_NUMBER: _holds_card_number,
        PersonalData.MY_NUMBER: _holds_my_number,
        PersonalData.TELEPHONE: _holds_telephone,
        PersonalData.PASSPORT: _holds_passport,
        PersonalData.BIRTH_DATE: _holds_birth_date,
        PersonalData.ADDRESS: _holds_address,
        PersonalData.NAME: _holds_name,
    }
    return next((kind for kind, holds in tests.items() if holds(lines, place)), None)


# Headers


class _Words(NamedTuple):
    """A header in two spellings: Japanese without spaces, Latin words with one space between."""

    japanese: str
    latin: str

    def says(self, pattern: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
        """Tell whether one of the two spellings holds a word of the pattern."""
        japanese, latin = pattern
        return bool(japanese.search(self.japanese) or latin.search(self.latin))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_LATIN = re.compile(r"[^a-z0-9]+")
_NOT_JAPANESE = re.compile(r"[^ぁ-ゖァ-ヺー一-鿿々〒a-z0-9]+")


def _words(header: str) -> _Words:
    tidy = _unaccented(_CAMEL.sub(" ", " ".join(_lines([header]).each)[:_CHUNK])).casefold()
    return _Words(_NOT_JAPANESE.sub("", tidy), _NOT_LATIN.sub(" ", tidy).strip())


def _either(japanese: str, latin: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(japanese), re.compile(rf"\b(?:{latin})\b")


_PERSON = (
    "従業員|社員|職員|本人|労働者|外国人|実習生|技能者|スタッフ|作業員|人材|人物|個人|候補者|"
    "応募者|対象者|申請者|申請人|担当者?|責任者|管理者|作成者|承認者|記入者|入力者|取次者|支援者|"
    "代表者|上司|上長|家族|配偶者|保証人|メンバー|パート|アルバイト"
)
_PERSON_EN = (
    "full|first|last|given|family|middle|sur|fore|employee|worker|staff|person|personal|candidate|"
    "trainee|applicant|member|manager|supervisor|contact|nick|maiden|kana|romaji|kanji|japanese|"
    "english|legal|preferred|foreigner|intern|operator|leader|representative|your"
)
_PERSON_VI = "nhan vien|lao dong|nguoi lao dong|cong nhan|thuc tap sinh|ung vien|nguoi phu trach"

_NAMED = {
    PersonalData.MAIL: _either(
        "メール|メアド|^アドレス$|mailaddress",
        "e ?mails?|mails?|mail ?address|e ?mail ?address|thu dien tu|hom thu",
    ),
    PersonalData.MY_NUMBER: _either(
        "マイナンバー|個人番号",
        "my ?number|individual number|ma so ca nhan|so ca nhan|ma so dinh danh",
    ),
    PersonalData.CARD_NUMBER: _either(
        "在留カード|カード番号|カードno|在留番号|登録証番号",
        "(?:residence|resident|zairyu|id) ?card(?: ?(?:no|number|num|id))?|"
        "card ?(?:no|number|num)|the (?:cu|luu) tru|the ngoai kieu",
    ),
    PersonalData.PASSPORT: _either("パスポート|旅券", "passports?(?: ?(?:no|number))?|ho chieu"),
    PersonalData.BIRTH_DATE: _either(
        "生年(?!度)(?:月日?)?|誕生日|誕生年|出生日|出生年|生まれ",
        "d ?o ?b|birth|birth ?(?:date|day|year)|date ?of ?birth|born|"
        "ngay ?sinh|nam ?sinh|sinh ?nhat|ngay thang nam sinh",
    ),
    PersonalData.TELEPHONE: _either(
        "電話|携帯|連絡先|ファックス|ファクス|ファクシミリ",
        "tel|telephone|phone|fax|(?:tele|mobile ?|cell ?|home ?|work ?)?phone ?(?:no|number|num)?|"
        "tel ?no|mobile|mobile ?(?:no|number)|cell ?(?:no|number)|contact|contact ?(?:no|number)|"
        "dien thoai|so dt|sdt|di dong",
    ),
    PersonalData.ADDRESS: _either(
        "住所|居所|住居地|居住地|自宅|郵便番号|〒|番地|本籍",
        "address(?:es)?|addr|home|(?:home|street|postal|current) ?address|post ?code|postal ?code|"
        "zip|zip ?code|dia chi|noi o|noi cu tru|ma buu (?:dien|chinh)",
    ),
    PersonalData.NAME: _either(
        "氏名|姓名|名前|^[姓氏]$|名字|苗字|フリガナ|ふりがな|よみがな|ヨミガナ|読み仮名|"
        "^(?:半角|全角)?(?:カナ|かな|ヨミ|よみ|読み|ローマ字)名?$|ファーストネーム|ラストネーム|"
        f"フルネーム|(?:{_PERSON})の?お?(?:名(?![簿義称目])|カナ|かな)|^[人個]名|個人名",
        f"names?|(?:{_PERSON_EN}) ?names?|furigana|"
        f"ho ?(?:va ?)?ten|ten|ten (?:{_PERSON_VI})|ten dem",
    ),
}
"""The words of a header that name personal data; what is told first is asked first."""

_COUNTED = _either(
    "(?:数|件|費|費用|料|料金|代|円|率|割合|有無|済み?|期限|手当|予算|単価|額|回数|更新|変更|"
    "対応|区分|方法|状況|種別|種類|便|別)$|[別数]人数$",
    "counts?|head ?count|number of|no of|total|costs?|fees?|expenses?|budgets?|rate|ratio|qty|"
    "quantity|amount|yen|jpy|changes?|renewals?|expiry|expiration|chi phi|so luong|le phi",
)
"""Words with which a header counts or prices what it names, as in 住所変更件数 or phone cost."""

_DECLINED = re.compile("不要|しない|禁止|ないで|不可|除く|含まない|含めない|書かない")

_ORGANIZATION_NAME = re.compile(
    "(?:事業所|事業者|会社|企業|法人|機関|組織|団体|工場|支店|店舗|店|営業所|拠点|部署|部門|課|"
    "施設|学校|現場|取引先|得意先|分野|国|シート|ファイル|品目|商品|製品|科目|工程|チーム|班)名?の?"
    "(?:名前|フリガナ|ふりがな|よみがな|ヨミガナ|読み仮名|カナ|かな|ローマ字)"
)
_OTHER_NAME = re.compile(
    r"\b(?:site|field|company|plant|factory|office|branch|department|dept|division|section|team|"
    r"group|sheet|file|column|table|project|product|item|brand|store|shop|location|place|country|"
    r"city|region|area|business|organi[sz]ation|corporate|corporation|employer|facility|farm|hotel|"
    r"school|agency|job|role|position|account|cost cent(?:er|re)|budget|line|process|category|"
    r"status|visa|work ?place|establishment|unit|entity|cong ty|nha may|chi nhanh|bo phan|phong)"
    r" ?names?\b|\bnames? of (?:the )?(?!(?:employee|worker|person|staff))[a-z]"
    r"|\bten (?:cong ty|nha may|chi nhanh|bo phan|phong|nganh|co so|du an|xuong|don vi)\b"
    r"|\b(?:ip|mac|web|url) address\b|\bhome (?:page|country|office|market)\b"
)


_BRACKETED = re.compile(r"\([^()]*\)")


def _named_by(header: str) -> PersonalData | None:
    words = _words(header)
    outside = _words(_BRACKETED.sub("", _lines([header]).text[:_CHUNK]))
    if words.says(_COUNTED) or outside.says(_COUNTED) or _DECLINED.search(words.japanese):
        return None
    named = _Words(_ORGANIZATION_NAME.sub("", words.japanese), _OTHER_NAME.sub("", words.latin))
    return next((kind for kind, pattern in _NAMED.items() if named.says(pattern)), None)


_CODE = _either(
    "コード|番号|予算|原価|コスト|費|勘定|金額|単価|総額|売上|円|伝票|型番|品番|管理|整理|"
    "識別|cd$|id$|no$|code",
    "id|no|num|code|codes|cd|cost|costs|cost ?cent(?:er|re)s?|budgets?|accounts?|gl|sku|serial|"
    "ref|reference|key|amount|yen|jpy|usd|wbs|po|ma|ma so|chi phi|ngan sach",
)
"""Words of a header whose numbers are codes or money."""

_EVENT = _either(
    "設立|開設|創業|創立|開業|操業|稼働|契約|認可|許可|認定|登録|取得|更新|作成|改定|改訂|入社|入国|"
    "期限|開始|終了|適用|施行|締結|竣工|完了|締切|予定",
    "founded|established|opened|opening|contract|start(?:ed)?|end|ended|registered|approved|"
    "updated|created|hired|joined|expiry|effective|since|valid",
)
"""Words of a header whose dates are those of an event."""

_ROLE = _either(
    f"(?:{_PERSON}|リーダー|班長)$",
    "manager|supervisor|leader|person in charge|in charge|pic|prepared by|author|owner|"
    "nguoi phu trach|quan ly",
)
"""Words of a header that mean a person without saying that the name is asked for."""

_DESCRIPTION = _either(
    "備考|メモ|注|コメント|摘要|説明|内容|国|地域|部|課|係|班|組|チーム|職|役|業|分野|区|種|類|"
    "資格|会社|企業|法人|工場|店|拠点|所|場|地|名|ライン|シフト|プロジェクト|状|機関|団体|項目|"
    "作業|工程|品|ブランド|言語|理由|方針|在留|制度|カテゴリ|グループ|ステータス",
    "remarks?|notes?|comments?|memo|country|nationality|dept|department|division|section|team|"
    "group|line|job|role|position|occupation|fields?|site|plant|factory|office|location|place|"
    "company|status|visa|type|category|project|product|brand|region|area|city|description|item|"
    "process|shift|school|agency|partner|client|customer|language|skill|industry|reason|policy|"
    "ghi chu|quoc tich|bo phan|phong ban|nha may|cong ty|nganh|nghe|chi nhanh|dia diem|tinh trang",
)
"""Words of a header that tell what the column holds, no person among it."""


# Numbers

_DIGITS = re.compile("[0-9]+")
_MAIL = re.compile(r"[a-z0-9._%+-] ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2}")

_CARD = re.compile(
    r"(?<![a-z0-9])([a-z]{2})([ -]?[0-9](?:[ -]?[0-9]){7}[ -]?)([a-z]{2})(?![a-z0-9])"
)
_SHORT_WORDS = _listed("as of to no in by at on or is it fy up an we")

_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_PERIOD = re.compile(
    rf"(?:19|20)[0-9]{{2}}{_MONTH}{_DAY}(?:[01][0-9]|2[0-3])[0-5][0-9]"
    rf"|(?:19|20)[0-9]{{2}}{_MONTH}(?:19|20)[0-9]{{2}}{_MONTH}"
    rf"|(?:19|20)[0-9]{{2}}{_MONTH}{_DAY}"
    r"|(?:(?:19|20)[0-9]{2}){1,3}"
)
"""Digits that are a day, a minute, or years and months from and to."""

_MY_NUMBER = re.compile(
    r"(?<![0-9a-z.-])(?<![0-9] )[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{4}(?![0-9a-z]|[ .-][0-9])"
)
_MY_NUMBER_LABELLED = re.compile(
    r"(?:マイナンバー|個人番号|my ?number)[^0-9\n]{0,6}[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
)

_TELEPHONE = re.compile(
    r"(?<![0-9])(?<![0-9][.-])(?:"
    r"\+ ?\(?[1-9](?:[ .()-]{0,2}[0-9]){8,13}|00(?:81|84)(?:[ .()-]{0,2}[0-9]){8,11}"
    r"|\(?0(?:[ .()-]{0,2}[0-9]){9,10})(?![0-9]|-[0-9])"
)
_TELEPHONE_LABEL = re.compile(
    "tel|phone|fax|mobile|電話|携帯|連絡先|ファックス|điện thoại|dien thoai|sđt|sdt"
)
_CODE_LABEL = re.compile(
    "コード|番号|予算|原価|コスト|勘定|伝票|品番|型番|管理|code|cost|budget|account|(?<![a-z])"
    "(?:no|id|ref|gl|wbs)(?![a-z])|mã|chi phí"
)
_LABEL_REACH = 24
"""Characters before a number in which a label is looked for."""

_PASSPORT = re.compile(r"([a-z]{1,2})[ -]?([0-9]{7,8})[a-z]?")
_PASSPORT_LABELLED = re.compile(
    r"(?:旅券|パスポート|passport|hộ chiếu|ho chieu)[^0-9\n]{0,12}?[a-z]{1,2}[ -]?[0-9]{6,8}"
    r"(?![0-9])"
)


def _before(lines: _Lines, at: int) -> str:
    """Return what stands in the same line shortly before a place."""
    return lines.low[max(at - _LABEL_REACH, 0) : at].rpartition("\n")[2]


def _is_code(before: str, place: _Place) -> bool:
    """Tell whether a number is a code, from the label before it or from its column."""
    return place.codes or bool(_CODE_LABEL.search(before))


def _holds_mail(lines: _Lines, _place: _Place) -> bool:
    return "@" in lines.low and _MAIL.search(lines.low) is not None


def _holds_card_number(lines: _Lines, _place: _Place) -> bool:
    for match in _CARD.finditer(lines.low):
        first, middle, last = match.groups()
        digits = "".join(_DIGITS.findall(middle))
        # Written apart it may be two words around a date, "as of 2026-11-23 by".
        together = digits == middle
        words = first in _SHORT_WORDS or last in _SHORT_WORDS or _PERIOD.fullmatch(digits)
        if together or not words:
            return True
    return False


def _holds_my_number(lines: _Lines, place: _Place) -> bool:
    """Tell by the label, or by check digits that are right more often than by chance.

    One in ten codes of 12 digits has a right one, so half of them must.
    """
    if _MY_NUMBER_LABELLED.search(lines.low):
        return True
    right = wrong = 0
    for match in _MY_NUMBER.finditer(lines.low):
        number = "".join(_DIGITS.findall(match[0]))
        if _is_code(_before(lines, match.start()), place) or _PERIOD.fullmatch(number):
            continue
        if is_my_number(number):
            right += 1
        else:
            wrong += 1
    return right > 0 and right >= wrong


def _holds_telephone(lines: _Lines, place: _Place) -> bool:
    for match in _TELEPHONE.finditer(lines.low):
        before = _before(lines, match.start())
        if not _TELEPHONE_LABEL.search(before) and (
            # A letter or a hyphen right before makes it a part of a longer code.
            _is_code(before, place) or re.search("[a-z-]$", before)
        ):
            continue
        if match[0].startswith(("+", "0081", "0084")) or _is_domestic(match[0]):
            return True
    return False


def _is_domestic(number: str) -> bool:
    """Tell whether the groups of a number that begins with 0 are those of a telephone number."""
    groups = _DIGITS.findall(number)
    digits = "".join(groups)
    if len(groups) > 4 or (len(groups) > 1 and (len(groups[0]) > 7 or len(groups[-1]) < 3)):
        return False
    if len(groups) > 1 and len(groups[0]) < 2:
        return False
    if len(digits) == 10:
        return digits[1] != "0"
    return re.match("0[5-9]0|02", digits) is not None


def _holds_passport(lines: _Lines, place: _Place) -> bool:
    """Tell by the label, or by the shape of whole cells: of half of them in a column of no code.

    A letter and seven digits are as often a code, so a passport within other text needs its label,
    and a column of the plan is not asked: sites may be known by such a code.
    """
    if _PASSPORT_LABELLED.search(lines.low):
        return True
    if place.plan or place.codes:
        return False
    shaped = 0
    for line in lines.low.split("\n"):
        match = _PASSPORT.fullmatch(line)
        shaped += match is not None and not _PERIOD.fullmatch(match[2])
    return shaped > 0 and (not place.in_column or 2 * shaped >= len(lines.each))


# Dates

_YEAR = "(?:19[4-9][0-9]|200[0-9]|201[0-2])"
"""Years in which someone who works today may have been born."""

_MONTH_NAME = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_ANY_MONTH = "(?:0?[1-9]|1[0-2])"
_ANY_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_BIRTH_DATE = re.compile(
    rf"(?<![0-9-]){_YEAR} ?[-/.年] ?{_ANY_MONTH} ?[-/.月] ?{_ANY_DAY}(?![0-9])"
    rf"|(?<![0-9/.-])(?:{_ANY_DAY}[-/. ]{_ANY_MONTH}|{_ANY_MONTH}/{_ANY_DAY})[-/. ]{_YEAR}"
    r"(?![0-9/-])"
    rf"|(?<![0-9a-z.,-]){_YEAR}{_MONTH}{_DAY}(?![0-9a-z.,円件人名-])"
    r"|(?:昭和|(?<![a-z])s|昭) ?(?:1[5-9]|[2-5][0-9]|6[0-4])"
    rf" ?[./年] ?{_ANY_MONTH} ?[./月] ?{_ANY_DAY}(?![0-9])"
    r"|(?:平成|(?<![a-z])h|平) ?(?:元|0?[1-9]|1[0-9]|2[0-4])"
    rf" ?[./年] ?{_ANY_MONTH} ?[./月] ?{_ANY_DAY}(?![0-9])"
    rf"|(?<![0-9]){_ANY_DAY}(?:st|nd|rd|th)?[ -]{_MONTH_NAME}\.?,?[ -]{_YEAR}(?![0-9])"
    rf"|(?<![a-z]){_MONTH_NAME}\.? {_ANY_DAY}(?:st|nd|rd|th)?,? {_YEAR}(?![0-9])"
    rf"|(?<![0-9]){_ANY_DAY} (?:tháng|thang) {_ANY_MONTH},? (?:năm|nam) {_YEAR}(?![0-9])"
)
_DATE_HINT = re.compile(
    "[0-9元] ?(?:[-/.年月 ] ?[0-9]|[a-z]{2}|[ -][a-z])|[0-9]{8}|[a-z][.]? [0-9]"
)
"""What every date holds: most columns are done with it."""

_BIRTH_LABELLED = re.compile(
    r"(?:生年月日|誕生日|生まれ|(?<![a-z])(?:d\.?o\.?b\.?|date of birth|birth ?(?:date|day)|born))"
    r"(?: ?[:=は] ?| )?(?:昭和|平成|[sh])? ?[0-9]"
    r"|(?:ngày sinh|ngay sinh|năm sinh|nam sinh) ?:? ?[0-9]|[0-9]年?生まれ|[0-9]日生(?!産)"
)
_EVENT_BEFORE = re.compile(
    "設立|開設|創業|創立|開業|操業|契約|許可|登録|更新|作成|改定|改訂|基準|発行|印刷|施行|入社|開始|"
    "終了|竣工|締結|版|日付|created|updated|printed|as of|since|established|founded|effective|"
    "version|rev|from|until"
)
_EVENT_AFTER = re.compile(
    "日?[ 、()]{0,2}(?:現在|施行|改正|改定|改訂|設立|開設|創業|創立|開業|操業|稼働|竣工|付|時点|版|"
    "締結|作成|更新|より|から|開|以降|以後|まで)"
)


def _holds_birth_date(lines: _Lines, place: _Place) -> bool:
    if _BIRTH_LABELLED.search(lines.low):
        return True
    if not place.dates or not _DATE_HINT.search(lines.low):
        return False
    return any(
        not _EVENT_BEFORE.search(_before(lines, match.start()))
        and not _EVENT_AFTER.match(lines.low, match.end())
        for match in _BIRTH_DATE.finditer(lines.low)
    )


# Addresses

_TOWN = "[^\n0-9。、()|]"
_JAPANESE_ADDRESS = re.compile(
    rf"〒 ?[0-9]{{3}}-?[0-9]{{4}}|[0-9]丁目 ?[0-9]|[一二三四五六七八九十]丁目 ?[0-9]"
    rf"|[0-9]番地|[0-9]番 ?[0-9]{{1,4}}号(?!店|棟|線|車)"
    rf"|[都道府県市区町村郡]{_TOWN}{{0,20}}(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})丁目"
    r"(?=$|[\n ,()]|の[0-9])"
    r"|(?:ハイツ|コーポ|マンション|アパート|メゾン|レジデンス|荘) ?[0-9]{1,4}号室"
    r"|(?:住所|居住地|本籍)(?: ?[:=] ?| )[^\n]{0,30}?(?:[都道府県市区町村郡]|[0-9]-[0-9])"
)
_LOT_START = r"(?<![第0-9-])(?!(?:19|20)[0-9][0-9]-)[1-9][0-9]{0,3}-[0-9]{1,4}"
_THREE_PART_LOT = re.compile(
    rf"[都道府県市区町村郡](?![分場田])({_TOWN}{{0,20}}?) ?{_LOT_START}-[0-9]{{1,4}}(?![0-9-])"
)
_TWO_PART_LOT = re.compile(
    rf"[都道府県市区町村郡](?![分場田])({_TOWN}{{1,20}}?) ?{_LOT_START}"
    "(?![0-9-]|号|[年月期人名件日週階棟班%万千円台]|工場|ライン|[かヶカケ]月|グループ|チーム|倉庫|店|"
    "交代|シフト)"
)
_UNIT = "工場|店|部|課|棟|ライン|倉庫|センター|所|班|期|計画"
_NO_TOWN = re.compile(f"(?:{_UNIT}) ?$")
_NO_TOWN_OR_WORD = re.compile(f"(?:{_UNIT}|[ァ-ヺー]{{3,}}) ?$")
_ROMAJI_TOWN = re.compile(r"[a-z]-(?:ku|shi|cho|machi|gun|ken|mura)(?![a-z])|[0-9]-chome")
_ROMAJI_LOT = re.compile(rf"{_LOT_START}(?:-[0-9]{{1,4}})?(?![0-9-])|chome")
_ENGLISH_STREET = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{1,5}[A-Za-z]?,? (?:[A-Z][A-Za-z.']{0,20} ){1,4}"
    r"(?:Street|STREET|St(?=[.,\n]|$)|Road|ROAD|Rd|RD|Avenue|AVENUE|Ave|AVE|Boulevard|Lane|LANE|"
    r"Drive)(?![A-Za-z])"
)
_LOWER_LATIN = re.compile("[a-zß-öø-ɏḀ-ỿ]{2,}")
_VIETNAMESE_HINT = re.compile(
    r"\b(?:duong|pho|ngo|ngach|hem|kiet|nha|thon|xom|phuong|quan|huyen|xa|tinh|tp)\b"
)
_VIETNAMESE_STREET = re.compile(
    r"(?<![0-9a-z])[0-9]{1,4}[a-z]?(?:/[0-9]{1,4}){0,3},? (?:duong|pho|ngo|ngach|hem|kiet)(?![a-z])"
    r"|(?<![a-z])so nha [0-9]|(?<![a-z])(?:ngo|ngach|hem|kiet) [0-9]"
)
_VIETNAMESE_LEVEL = re.compile(
    r"(?<![a-z])(?:duong|thon|xom|ap|phuong|quan|xa|huyen|tinh|thanh pho|tp|thi xa|thi tran|"
    r"[pq](?=\.))(?![a-z])"
)
_HOUSE_FIRST = re.compile(r"(?:so )?[0-9]{1,4}[a-z]?(?:/[0-9]{1,4}){0,3}[ ,]")
_VILLAGES = frozenset(("thon", "xom", "ap", "xa"))


def _holds_address(lines: _Lines, _place: _Place) -> bool:
    """Tell whether a line names a house or its street: 東京都港区 alone is a place of work."""
    if _JAPANESE_ADDRESS.search(lines.text) or _ENGLISH_STREET.search(lines.text):
        return True
    if any(
        not no_town.search(lot[1])
        for pattern, no_town in ((_THREE_PART_LOT, _NO_TOWN), (_TWO_PART_LOT, _NO_TOWN_OR_WORD))
        for lot in pattern.finditer(lines.text)
    ):
        return True
    if _ROMAJI_TOWN.search(lines.low) and any(
        _ROMAJI_TOWN.search(line) and _ROMAJI_LOT.search(line) for line in lines.low.split("\n")
    ):
        return True
    words = _unaccented(" ".join(_LOWER_LATIN.findall(lines.low)))
    return _VIETNAMESE_HINT.search(words) is not None and any(
        map(_is_vietnamese_address, _unaccented(lines.low).split("\n"))
    )


def _is_vietnamese_address(line: str) -> bool:
    levels = set(_VIETNAMESE_LEVEL.findall(line))
    if _VIETNAMESE_STREET.search(line):
        return True
    house = _HOUSE_FIRST.match(line)
    if house and len(levels) >= (1 if "/" in house[0] or "so" in house[0] else 2):
        return True
    return len(levels) >= 3 and not levels.isdisjoint(_VILLAGES)


# Names

_SURNAMES_WRITTEN = """
佐藤/サトウ/sato 鈴木/スズキ/suzuki 高橋/タカハシ/takahashi 田中/タナカ/tanaka 伊藤/イトウ/ito
渡辺/ワタナベ/watanabe 山本/ヤマモト/yamamoto 中村/ナカムラ/nakamura 小林/コバヤシ/kobayashi
加藤/カトウ/kato 吉田/ヨシダ/yoshida 山田/ヤマダ/yamada 佐々木/ササキ/sasaki
山口/ヤマグチ/yamaguchi 松本/マツモト/matsumoto 井上/イノウエ/inoue 木村/キムラ/kimura
林/ハヤシ/hayashi 斎藤/サイトウ/saito 清水/シミズ/shimizu 山崎/ヤマザキ/yamazaki 森/モリ/mori
池田/イケダ/ikeda 橋本/ハシモト/hashimoto 阿部/アベ/abe 石川/イシカワ/ishikawa
山下/ヤマシタ/yamashita 中島/ナカジマ/nakajima 石井/イシイ/ishii 小川/オガワ/ogawa
前田/マエダ/maeda 岡田/オカダ/okada 長谷川/ハセガワ/hasegawa 藤田/フジタ/fujita
後藤/ゴトウ/goto 近藤/コンドウ/kondo 村上/ムラカミ/murakami 遠藤/エンドウ/endo
青木/アオキ/aoki 坂本/サカモト/sakamoto 福田/フクダ/fukuda 太田/オオタ/ota 西村/ニシムラ/nishimura
藤井/フジイ/fujii 金子/カネコ/kaneko 岡本/オカモト/okamoto 藤原/フジワラ/fujiwara
三浦/ミウラ/miura 中野/ナカノ/nakano 中川/ナカガワ/nakagawa 原田/ハラダ/harada
松田/マツダ/matsuda 竹内/タケウチ/takeuchi 小野/オノ/ono 田村/タムラ/tamura
中山/ナカヤマ/nakayama 和田/ワダ/wada 石田/イシダ/ishida 森田/モリタ/morita 上田/ウエダ/ueda
原/ハラ/hara 内田/ウチダ/uchida 柴田/シバタ/shibata 酒井/サカイ/sakai 宮崎/ミヤザキ/miyazaki
横山/ヨコヤマ/yokoyama 高木/タカギ/takagi 安藤/アンドウ/ando 宮本/ミヤモト/miyamoto
大野/オオノ/ono 小島/コジマ/kojima 谷口/タニグチ/taniguchi 今井/イマイ/imai 工藤/クドウ/kudo
高田/タカダ/takada 増田/マスダ/masuda 丸山/マルヤマ/maruyama 杉山/スギヤマ/sugiyama
村田/ムラタ/murata 大塚/オオツカ/otsuka 新井/アライ/arai 小山/コヤマ/koyama 平野/ヒラノ/hirano
藤本/フジモト/fujimoto 河野/コウノ/kono 上野/ウエノ/ueno 野口/ノグチ/noguchi 武田/タケダ/takeda
松井/マツイ/matsui 千葉/チバ/chiba 菅原/スガワラ/sugawara 岩崎/イワサキ/iwasaki
久保/クボ/kubo 木下/キノシタ/kinoshita 佐野/サノ/sano 野村/ノムラ/nomura 松尾/マツオ/matsuo
菊地/キクチ/kikuchi 市川/イチカワ/ichikawa 杉本/スギモト/sugimoto 古川/フルカワ/furukawa
大西/オオニシ/onishi 島田/シマダ/shimada 水野/ミズノ/mizuno 桜井/サクライ/sakurai
高野/タカノ/takano 吉川/ヨシカワ/yoshikawa 山内/ヤマウチ/yamauchi 西田/ニシダ/nishida
菊池/キクチ/kikuchi 飯田/イイダ/iida 西川/ニシカワ/nishikawa 小松/コマツ/komatsu
北村/キタムラ/kitamura 安田/ヤスダ/yasuda 五十嵐/イガラシ/igarashi 川口/カワグチ/kawaguchi
平田/ヒラタ/hirata 関/セキ/seki 中田/ナカタ/nakata 久保田/クボタ/kubota 服部/ハットリ/hattori
東/アズマ/azuma 岩田/イワタ/iwata 土屋/ツチヤ/tsuchiya 川崎/カワサキ/kawasaki
福島/フクシマ/fukushima 本田/ホンダ/honda 辻/ツジ/tsuji 樋口/ヒグチ/higuchi 秋山/アキヤマ/akiyama
田口/タグチ/taguchi 永井/ナガイ/nagai 山中/ヤマナカ/yamanaka 中西/ナカニシ/nakanishi
吉村/ヨシムラ/yoshimura 川上/カワカミ/kawakami 石原/イシハラ/ishihara 大橋/オオハシ/ohashi
松岡/マツオカ/matsuoka 浜田/ハマダ/hamada 馬場/ババ/baba 森本/モリモト/morimoto
矢野/ヤノ/yano 浅野/アサノ/asano 松下/マツシタ/matsushita 星野/ホシノ/hoshino
大久保/オオクボ/okubo 吉岡/ヨシオカ/yoshioka 小池/コイケ/koike 野田/ノダ/noda
荒木/アラキ/araki 熊谷/クマガイ/kumagai 松浦/マツウラ/matsuura 大谷/オオタニ/otani
内藤/ナイトウ/naito 黒田/クロダ/kuroda 尾崎/オザキ/ozaki 川村/カワムラ/kawamura
永田/ナガタ/nagata 望月/モチヅキ/mochizuki 堀/ホリ/hori 松村/マツムラ/matsumura
田辺/タナベ/tanabe 菅野/カンノ/kanno 荒井/アライ/arai 平井/ヒライ/hirai 大島/オオシマ/oshima
西山/ニシヤマ/nishiyama 早川/ハヤカワ/hayakawa 栗原/クリハラ/kurihara 広瀬/ヒロセ/hirose
横田/ヨコタ/yokota 石橋/イシバシ/ishibashi 岩本/イワモト/iwamoto 片山/カタヤマ/katayama
萩原/ハギワラ/hagiwara 関口/セキグチ/sekiguchi 宮田/ミヤタ/miyata 大石/オオイシ/oishi
本間/ホンマ/honma 須藤/スドウ/sudo 高山/タカヤマ/takayama 岡崎/オカザキ/okazaki
小田/オダ/oda 伊東/イトウ/ito 鎌田/カマタ/kamata 上村/ウエムラ/uemura 小西/コニシ/konishi
福井/フクイ/fukui
川島/カワシマ/kawashima 中井/ナカイ/nakai 大森/オオモリ/omori 桑原/クワバラ/kuwabara
白石/シライシ/shiraishi 松原/マツバラ/matsubara 今村/イマムラ/imamura 三宅/ミヤケ/miyake
渡部/ワタナベ/watanabe 渡邊/ワタナベ/watanabe 渡邉/ワタナベ/watanabe 斉藤/サイトウ/saito
齋藤/サイトウ/saito 齊藤/サイトウ/saito 高島/タカシマ/takashima 長野/ナガノ/nagano
秋田/アキタ/akita 宮城/ミヤギ/miyagi 香川/カガワ/kagawa 豊田/トヨタ/toyota 高松/タカマツ/takamatsu
堀内/ホリウチ/horiuchi 大川/オオカワ/okawa 成田/ナリタ/narita 神田/カンダ/kanda 目黒/メグロ/meguro
"""
_SURNAMES = [entry.split("/") for entry in _SURNAMES_WRITTEN.split()]
_KANJI_SURNAMES = frozenset(kanji for kanji, _kana, _latin in _SURNAMES)
_KANA_SURNAMES = frozenset(kana for _kanji, kana, _latin in _SURNAMES)
_LATIN_SURNAMES = frozenset(latin for _kanji, _kana, latin in _SURNAMES)
_LONGEST_SURNAME = max(map(len, _KANJI_SURNAMES | _KANA_SURNAMES))
_PLACES = _listed(
    "清水 池田 高田 三浦 和田 平田 横田 千葉 福島 宮崎 石川 山口 長野 秋田 宮城 香川 福井 "
    "松本 川崎 川口 岡崎 豊田 高松 成田 神田 目黒 上野 大野 中野 大塚 小松 高山 横山 市川 東 "
    "関 林 森 原 大島 小山 小田 本田 平野 熊谷"
)
"""Surnames that are as well places, or parts of words: they alone are no evidence."""

_GIVEN_WRITTEN = """
太郎/タロウ/taro 一郎/イチロウ/ichiro 次郎/ジロウ/jiro 二郎/ジロウ/jiro 三郎/サブロウ/saburo
健太/ケンタ/kenta 健一/ケンイチ/kenichi 大輔/ダイスケ/daisuke 翔太/ショウタ/shota 拓也/タクヤ/takuya
直樹/ナオキ/naoki 和也/カズヤ/kazuya 達也/タツヤ/tatsuya 哲也/テツヤ/tetsuya 浩二/コウジ/koji
浩一/コウイチ/koichi 裕太/ユウタ/yuta 雄太/ユウタ/yuta 雄大/ユウダイ/yudai 大樹/ダイキ/daiki
智也/トモヤ/tomoya 陽翔/ハルト/haruto 大翔/ヒロト/hiroto 悠斗/ユウト/yuto 蒼太/ソウタ/sota
結翔/ユイト/yuito 正樹/マサキ/masaki 英樹/ヒデキ/hideki 秀樹/ヒデキ/hideki 孝之/タカユキ/takayuki
隆之/タカユキ/takayuki 正之/マサユキ/masayuki 義男/ヨシオ/yoshio 和夫/カズオ/kazuo 正夫/マサオ/masao
幸雄/ユキオ/yukio 一男/カズオ/kazuo 清志/キヨシ/kiyoshi 正人/マサト/masato 和人/カズト/kazuto
勇人/ハヤト/hayato 隼人/ハヤト/hayato 直人/ナオト/naoto 賢人/ケント/kento 海斗/カイト/kaito
健二/ケンジ/kenji
賢治/ケンジ/kenji 慎吾/シンゴ/shingo 真一/シンイチ/shinichi 純一/ジュンイチ/junichi
洋介/ヨウスケ/yosuke 亮介/リョウスケ/ryosuke 康平/コウヘイ/kohei 恭平/キョウヘイ/kyohei
俊介/シュンスケ/shunsuke 祐介/ユウスケ/yusuke 裕介/ユウスケ/yusuke 圭介/ケイスケ/keisuke
花子/ハナコ/hanako 和子/カズコ/kazuko 幸子/サチコ/sachiko 洋子/ヨウコ/yoko 恵子/ケイコ/keiko
京子/キョウコ/kyoko 裕子/ユウコ/yuko 陽子/ヨウコ/yoko 久美子/クミコ/kumiko 由美子/ユミコ/yumiko
真由美/マユミ/mayumi 明美/アケミ/akemi 直美/ナオミ/naomi 由美/ユミ/yumi 久美/クミ/kumi
美咲/ミサキ/misaki 美穂/ミホ/miho 美香/ミカ/mika 美樹/ミキ/miki 美奈/ミナ/mina 美紀/ミキ/miki
友美/トモミ/tomomi 愛美/マナミ/manami 麻衣/マイ/mai 彩香/アヤカ/ayaka 彩花/アヤカ/ayaka
優花/ユウカ/yuka 結衣/ユイ/yui 結菜/ユイナ/yuina 陽菜/ヒナ/hina 莉子/リコ/riko 七海/ナナミ/nanami
千尋/チヒロ/chihiro 千夏/チナツ/chinatsu 智美/トモミ/tomomi 里美/サトミ/satomi 沙織/サオリ/saori
香織/カオリ/kaori 詩織/シオリ/shiori 絵里/エリ/eri 絵美/エミ/emi 恵美/エミ/emi 奈々/ナナ/nana
千代/チヨ/chiyo 誠/マコト/makoto 健/ケン/ken 翔/ショウ/sho 蓮/レン/ren 葵/アオイ/aoi
凛/リン/rin 修/オサム/osamu 隆/タカシ/takashi 淳/ジュン/jun 聡/サトシ/satoshi 剛/ツヨシ/tsuyoshi
徹/トオル/toru 智/サトシ/satoshi 茂/シゲル/shigeru 愛/アイ/ai 舞/マイ/mai 恵/メグミ/megumi
薫/カオル/kaoru 亮/リョウ/ryo 翼/ツバサ/tsubasa 樹/イツキ/itsuki 浩/ヒロシ/hiroshi
学/マナブ/manabu 明/アキラ/akira 清/キヨシ/kiyoshi 実/ミノル/minoru 豊/ユタカ/yutaka
勇/イサム/isamu 進/ススム/susumu 昇/ノボル/noboru 武/タケシ/takeshi 桜/サクラ/sakura
悟/サトル/satoru 涼/リョウ/ryo 湊/ミナト/minato 陸/リク/riku 颯太/ソウタ/sota
"""
_GIVEN = [entry.split("/") for entry in _GIVEN_WRITTEN.split()]
_KANJI_GIVEN = frozenset(kanji for kanji, _kana, _latin in _GIVEN)
_KANA_GIVEN = frozenset(kana for _kanji, kana, _latin in _GIVEN)
_LATIN_GIVEN = frozenset(latin for _kanji, _kana, latin in _GIVEN) | _listed(
    "akihiro akiko atsushi ayumi chie emiko eriko haruka haruki hideo hiroko hiroyuki kana kaoru "
    "katsumi kazuhiro kazuki kazuya kenji kentaro kiyoshi maki manabu masahiro masako mayumi "
    "megumi michiko mitsuru miyuki momoko naoko natsuki nobuyuki noriko rie rika ryota satoko "
    "satomi shinya shoichi shunya sayuri takahiro takuma takumi takuya tomoko tsubasa yasuhiro "
    "yasuko yoichi yoko yoshihiro yoshiko yuka yuki yukiko yumi yumiko yuri"
)
_LATIN_PLACES = frozenset(latin for kanji, _kana, latin in _SURNAMES if kanji in _PLACES)
_AMBIGUOUS_GIVEN = _listed(
    "学 明 清 実 豊 勇 進 昇 武 桜 湊 陸 樹 愛 アイ ケン マイ サクラ ミナト アオイ ミドリ "
    "ヒカリ ノゾミ"
)
"""Given names that are common words: only with a space before them, or in no place's company."""

_LATIN_AMBIGUOUS = frozenset(latin for kanji, _kana, latin in _GIVEN if kanji in _AMBIGUOUS_GIVEN)

_GIVEN_ALONE = _listed(
    "晃 稔 幹 零 輝 望 歩 渉 航 隼 怜 玲 蘭 楓 凜 瞳 遥 優 慎 崇 敦 篤 毅 誉 肇 匠 諒 駿 瞬 "
    "圭 啓 仁 宏 弘 寛 博 洋 豪 猛 巌 譲 亘 律 暁 旭 梓 杏 栞 雅 響 静 雫 雪 渚 汐 澪 碧 緑 "
    "紬 綾 純 絢 茜 萌 彩 椿 藍 瑛 瑠 治 充 アスカ カオリ クミコ ヒカリ ヒロシ マコト ミドリ "
    "ユカ ユカリ ユキ リナ サユリ サオリ ミユキ ヒトミ メグミ ナツミ アユミ トモミ ナオミ "
    "ヨウコ ケイコ ユウコ ヒロミ アヤ モモ ノゾミ シオリ カエデ"
)
"""Given names of one character, and more that are written in kana."""

_GIVEN_CHARACTERS = (
    "真綾拓康弘稔知実幹春香直陽翔太郎美咲結衣菜莉紗沙織里絵理恵奈々千尋夏秋冬雪花華優佑祐裕悠雄勇勲昭晃"
    "晴明義和正政雅昌誠聡智哲徹隆孝貴敬恭健賢憲謙浩博宏広寛洋治司史志忠忍信伸慎進晋純淳潤俊駿秀英栄瑛瑞"
    "瑠璃琴音心愛彩朱茜葵蓮颯湊樹輝亮涼良遼諒龍竜隼斗人仁也哉彦介輔助吾悟平兵之幸行紀典則徳辰達克勝剛毅"
    "武猛清澄静香薫桃桜梨杏柚芽萌望希未久寿喜佳嘉歌詩乃代子穂音凛凪海渚航帆空虹月星光絢綺友朋由有修京"
)
_GIVEN_ENDING = re.compile(
    "[一-鿿]{1,2}[子美郎輔哉彦奈雄]|[一-鿿][之也太斗樹司志平]"
    f"|[{_GIVEN_CHARACTERS}][一二三]"
    f"|[{_GIVEN_CHARACTERS}]{{2,3}}|[ァ-ヺ]{{1,2}}[子美代]|[ァ-ヺー]{{2,4}}(?:コ|ロウ|スケ)"
)
_NOT_GIVEN = _listed(
    "実行 進行 代行 平行 直行 介助 理由 代理 心理 人夫 菜花 香菜 晴海 真空 明太 茄子 柚子 "
    "唐辛子 黒子 白子 鳴子 障子 扇子 粒子 格子 種子 梯子 冊子 拍子 獅子 厨子 明太子 地平 不平 "
    "宮司 意志 褒美 賛美 雌雄 仁王 新人 王子 菓子 帽子 椅子 電子 調子 様子 販子 原子 分子 "
    "女子 男子 親子 双子 餃子 団子 硝子 玉子 辛子 精美 優美 新郎 仲介 紹介 媒介 会社 有志 "
    "同志 単一 統一 第一 第二 唯一 均一 公平 上司 行司 寿司 工夫 農夫 漁夫 水夫 丈夫 英雄 "
    "豆太 丸太 街路樹 果樹 植樹 針葉樹 水平 太平 北斗 泰斗 神奈 線香 平和 大和 千歳 光明 春日 "
    "昭和 平成 明治 令和 真実 正直 知人 海人 夏期 秋冬 春夏 月心 海星 星空 行政 信徳 新月 "
    "司令 有人 未知 未明 月光 月星 希望 幸徳 知行 心身 愛知 光星 由良 広島 海老 空海 夏秋 "
    "人心 大正 徳島 久喜 武蔵 有明 銚子 逗子 我孫子 四万十 美浜"
)

_FOREIGN_GIVEN = _listed(
    """
john james robert michael william david richard thomas mark paul peter george kevin brian daniel
joseph andrew anthony steven jose juan carlos antonio manuel pedro luis miguel ramon mary maria
patricia jennifer linda elizabeth barbara susan sarah karen lisa nancy anna rose grace joy angel
christine michelle jane emily emma alice ana marites rowena siti nur dewi sri putri ayu indah wati
ahmad muhammad mohammad mohamed agus budi eko dwi bambang joko wahyu rizki dian rina yanti ram
krishna hari bishnu sita gita laxmi bahadur kumar aung kyaw zaw win thant htet hnin khin thandar
mya su zin thida nilar ei phyo somchai suda
"""
)

_VIETNAMESE = _listed(
    "nguyen tran pham huynh hoang phan vu vo dang bui duong trinh truong doan ngo dinh luong"
)
_VIETNAMESE_SURE = _listed("nguyen tran pham huynh hoang")
_VIETNAMESE_SHORT = _listed("le do ho ly mai ha ta to cao lam dao luu chau thai kieu tang")
_VIETNAMESE_MARKED = _listed(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đào mai "
    "trương lâm lương cao đoàn hà tạ tô lưu châu thái kiều tăng nghiêm quách"
)
_VIETNAMESE_MIDDLE = frozenset(("van", "thi"))
_VIETNAMESE_PLACES = frozenset(
    (
        "ho chi minh",
        "cao bang",
        "lam dong",
        "ha noi",
        "ha long",
        "phan thiet",
        "phan rang",
        "cao lanh",
    )
)
_VIETNAMESE_LAST = _listed("nguyễn trần lê phạm huỳnh vũ võ đặng bùi đỗ ngô đinh trịnh")
"""Surnames that no place ends with (Hải Dương), for names in Western order."""

_VIETNAMESE_COMPANY = re.compile(
    r"\b(?:cong ty|tnhh|co phan|tap doan|doanh nghiep|nha may|chi nhanh|xuong|cua hang|nha hang|"
    r"khach san|khu cong nghiep|truong hoc|ke hoach)\b"
)
_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ngh?|nh?|p|t)?"
)

_LATIN_NAME_WORDS = _LATIN_SURNAMES | _VIETNAMESE | _VIETNAMESE_SHORT
"""Words without which no run of Latin words is looked at further."""

_KATAKANA_SURNAMES = _listed(
    "グエン グェン チャン トラン ファム フイン フィン ホアン ファン ヴォ ヴー ブイ ダン "
    "ズオン チュオン ドアン ゴー ディン ルオン チン"
)
_KATAKANA_SHORT = _listed(
    "レ レー ド ドー ホー ゴ ボー ブー ヴ リー リ マイ ハー ハ タ トー カオ ラム ダオ ルー"
)
_KATAKANA_MIDDLE = _listed("ヴァン バン ティ ティー テイ ヴアン ミン ゴック タイン")
_KATAKANA_JOINED = re.compile(
    "(?<![ァ-ヺー])(?:グエン|グェン|チャン|ファム|ホアン|フイン|ズオン|ヴォ|レ)(?:ヴァン|ティ)"
    "(?!シア|ー?ム)[ァ-ヺー]{1,8}"
)

_BUSINESS = _listed(
    """
accounting admin administration agency agriculture all and annual annex area asia assembly assistant
auto automotive aviation average base branch budget building business bureau care central center
centre chart chief city class clean cleaning client co code comment company confirmed construction
contract control corp corporation cost count country current customer daily data date day default
department depot dept description design detail details development director district division
domestic draft east eastern employee employees end engineering equipment estimate existing expected
expiry extension export facilities facility factory farm farms field final finance fiscal fish
fishery floor food foods forecast foreign forestry full general global grand group growth hall head
headcount headquarters health high hire hires home hospital hotel hotels house housing hq human
import inc industrial industries industry info llc plc gmbh pte sons lake mount bay river
information inspection international island item
japan job kitchen lab laboratory labor leader level limited line list local location logistics low
ltd machine machinery main maintenance manager manufacturing market marketing master material mill
month monthly name nationality new next night none north northern not note notes number nursing
office old online open operation operations other output overseas overview packaging pack packing
page park part pending period permanent personnel pilot pivot place plan planning plant port primary
print process processing procurement product production products program project public purchase
quality quarter rate ready record recycling region regional remark renewal report research reserve
residence resource resources restaurant retail review revised room route sales sample school second
secondary section service services sheet ship shipbuilding shipping shop site sites skill skilled
south southern specified staff standard start state station status stock storage store street
students sub summary support system table target team technical technology temporary term terminal
test third total town trading training transfer transport transportation trial type unit upper
vehicle version visa ward warehouse waste weekly welding west western work worker workers works
workshop yard year yearly zone first to be of the in on for with from by at no yes tbd na
tokyo osaka nagoya kyoto kobe yokohama sapporo sendai hiroshima fukuoka chiba saitama nara kyushu
hokkaido honshu shikoku kansai kanto tohoku chubu chugoku okinawa aichi shizuoka kanagawa hyogo
hamamatsu niigata toyama ishikawa gifu mie nagano gunma tochigi ibaraki kita minami higashi nishi
chuo shin kitakyushu sakai kawasaki hanoi saigon viet vietnam philippines indonesia myanmar
nepal china korea sri lanka thailand cambodia bangladesh india mongolia laos pakistan united states
kingdom hong kong united people republic red blue green black white yellow gold silver sun star
"""
)
"""Words of organizations, places, plans and tables: with one of them a text is no name."""

_KATAKANA_BUSINESS = re.compile(
    "サービス|フード|フーズ|センター|ライン|ホーム|ホテル|ショップ|ストア|マート|ビル|クリーニング|"
    "チーム|グループ|プラント|オフィス|ファクトリー|ジャパン|ケア|リネン|サプライ|システム|テック|"
    "ロジ|メタル|ケミカル|モータ|デンキ|カーズ|ハウス|パーク|キッチン|レストラン|カフェ|コード|"
    "セクション|エリア|データ|シート|リスト|プラン|メモ|コメント|テスト|サンプル|スリランカ|"
    "ベトナム|ミャンマー|ネパール|フィリピン|インドネシア|タイ$|モンゴル|ファーム|シフト|デイ|ナイト"
)

_KANJI = "一-鿿々〆ヶ"
_KANA = "ァ-ヺー"
_JOINED = (
    f"(?:[{_KANJI}]{{1,3}}[ぁ-ゖ]{{2,3}}(?![{_KANJI}{_KANA}ぁ-ゖ0-9])"
    f"|[{_KANJI}]{{3,6}}(?![{_KANJI}{_KANA}0-9]))"
)
_JOINED_NAME = re.compile(f"(?<![{_KANJI}{_KANA}]){_JOINED}")
_JOINED_LINE = re.compile(f"^{_JOINED}$", re.MULTILINE)
_PAIR = re.compile(
    rf"(?<![{_KANJI}{_KANA}ぁ-ゖ])([{_KANJI}]{{1,3}}|[{_KANA}]{{2,5}}|[ぁ-ゖ]{{2,5}})"
    r"[ ・=,_-]{1,2}"
    rf"(?=([{_KANJI}]{{1,3}}|[{_KANA}]{{2,5}}|[ぁ-ゖ]{{2,4}})"
    rf"(?:(?![{_KANJI}{_KANA}ぁ-ゖ0-9])|さん|様|氏|くん|ちゃん|[のがはをにと]))"
)
_SHAPED_PAIR = re.compile(
    rf"([{_KANJI}]{{1,3}})[ ・]{{1,2}}([{_KANJI}]{{1,3}}|[ぁ-ゖ{_KANA}]{{2,4}})"
)
_PLACE_OR_UNIT = re.compile(
    "[部課係室班組店屋所場館園市区町村県都府道駅局社校棟階線型式業品製勤北南東西中新旧本第内外計他無有済未]"
)
_LATIN_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ'’"
_LATIN_RUN = re.compile(
    rf"(?<![{_LATIN_LETTER}0-9])[{_LATIN_LETTER}]++"
    rf"(?:[ ,.・_-]{{1,2}}+[{_LATIN_LETTER}]++)+(?![0-9])"
)
_LONGEST_NAME = 60
_LATIN_LINE = re.compile(
    rf"^[{_LATIN_LETTER}]++(?:[ ,.]{{1,2}}+[{_LATIN_LETTER}]++){{1,3}}+\.?$", re.MULTILINE
)
_LATIN_WORD = re.compile(rf"[{_LATIN_LETTER}]+")
_CAPITALISED = re.compile(r"(?:[A-Z][a-z'’]+){1,2}|[A-Z]{2,}|[A-Z]\.?")
_KATAKANA_RUN = re.compile(f"(?<![{_KANA}])[{_KANA}]++(?:[ ・=]{{1,2}}+[{_KANA}]++)+")
_KATAKANA_WORD = re.compile(f"[{_KANA}]+")
_NAME_LABEL = re.compile(
    "(?:氏名|姓名|名前|担当者?名?|作成者?名?|責任者名?|承認者?名?|記入者名?|起案者?名?|文責|フリガナ)"
    f"(?: ?[:=] ?| )([{_KANJI}]{{1,6}}|[{_KANA}]{{2,10}})(?![{_KANJI}{_KANA}])"
)
_LATIN_LABEL = re.compile(
    r"(?i:(?<![a-z])(?:name|prepared by|author|created by|person in charge|họ (?:và )?tên|ho ten)"
    r" ?[:=]? ?)(?=[A-ZÀ-ỸĐ])"
)
_ORGANIZATION_BEFORE_NAME = re.compile(
    r"(?i)(?:company|site|plant|factory|file|sheet|project|field|branch|department|office) $"
)
_HONORIFIC = re.compile(f"(?<![{_KANJI}])([{_KANJI}]{{1,3}})(?:さん|氏)(?![{_KANJI}])")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def _holds_name(lines: _Lines, place: _Place) -> bool:
    if _holds_separate_names(lines.text):
        return True
    if place.plan:
        # A business may be called like its owner; most of a column cannot.
        joined = (_is_joined_name(line[0]) for line in _JOINED_LINE.finditer(lines.text))
        foreign = (_is_known_foreign_name(line[0]) for line in _LATIN_LINE.finditer(lines.text))
        return _most(chain(joined, foreign), len(lines.each), at_least=3)
    return (
        _mentions_name(lines)
        or (place.bare_surnames and any(map(_is_surname, lines.each)))
        or (
            place.in_column and _most(map(_is_shaped_pair, lines.each), len(lines.each), at_least=2)
        )
        or (place.shapes_suffice and _is_shaped_like_names(lines.each))
    )


def _holds_separate_names(text: str) -> bool:
    """Tell whether there is a full name whose parts stand apart, or that no business is called."""
    return (
        any(map(_is_pair, _PAIR.finditer(text)))
        or _KATAKANA_JOINED.search(text) is not None
        or any(_is_katakana_vietnamese(run[0]) for run in _KATAKANA_RUN.finditer(text))
        or any(_is_latin_name(run[0]) for run in _LATIN_RUN.finditer(text))
    )


def _mentions_name(lines: _Lines) -> bool:
    return (
        any(_is_joined_name(run[0]) for run in _JOINED_NAME.finditer(lines.text))
        or any(map(_is_joined_kana_name, lines.each))
        or any(match[1] in _KANJI_SURNAMES for match in _HONORIFIC.finditer(lines.text))
        or _is_labelled(lines.text)
        or any(_is_known_foreign_name(line[0]) for line in _LATIN_LINE.finditer(lines.text))
    )


def _is_shaped_like_names(values: Sequence[str]) -> bool:
    """Tell whether most of a column without a known meaning has the shape of names."""
    surnames = (_is_surname(value) and value not in _PLACES for value in values)
    return (
        _most(surnames, len(values), at_least=3)
        or _most(map(_is_shaped_like_latin_name, values), len(values))
        or _most(map(_is_shaped_like_katakana_name, values), len(values))
    )


def _most(found: Iterator[bool], of: int, at_least: int = 1) -> bool:
    """Tell whether half of the distinct values, and no fewer than `at_least`, were found."""
    return sum(found) >= max(at_least, of / 2)


def _is_surname(text: str) -> bool:
    return text in _KANJI_SURNAMES or text in _KANA_SURNAMES or text in _KATAKANA_SURNAMES


def _is_given(text: str, surname: str) -> bool:
    text = text.translate(_HIRAGANA_TO_KATAKANA)
    if text in _KANJI_GIVEN or text in _KANA_GIVEN or text in _GIVEN_ALONE:
        # 千葉 みなと is a station, 佐藤 みなと a person.
        return not (surname in _PLACES and text in _AMBIGUOUS_GIVEN)
    if text in _NOT_GIVEN:
        return False
    return _GIVEN_ENDING.fullmatch(text) is not None


def _is_pair(pair: re.Match[str]) -> bool:
    """Tell whether a known surname and a typical given name stand side by side."""
    surname = pair[1].translate(_HIRAGANA_TO_KATAKANA)
    known = surname in _KANJI_SURNAMES or surname in _KANA_SURNAMES
    return known and _is_given(pair[2], surname)


def _is_joined_name(text: str) -> bool:
    """Tell whether a surname and a given name follow each other without a space."""
    for at in range(1, min(len(text), _LONGEST_SURNAME + 1)):
        surname, given = text[:at], text[at:]
        if (
            surname in _KANJI_SURNAMES
            and given not in _AMBIGUOUS_GIVEN
            and _is_given(given, surname)
            and (at > 1 or given in _KANJI_GIVEN)
        ):
            return True
    return False


def _is_joined_kana_name(text: str) -> bool:
    kana = text.translate(_HIRAGANA_TO_KATAKANA)
    return any(kana[:at] in _KANA_SURNAMES and kana[at:] in _KANA_GIVEN for at in range(2, 6))


def _is_shaped_pair(text: str) -> bool:
    """Tell whether a text has the shape of 鏑木 弥紗: two short words, no place or unit."""
    match = _SHAPED_PAIR.fullmatch(text)
    if match is None or _PLACE_OR_UNIT.search(match[2]):
        return False
    return match[1] in _KANJI_SURNAMES or (match[2] in _KANJI_GIVEN and len(match[2]) > 1)


def _is_labelled(text: str) -> bool:
    """Tell whether a label like 作成者 or "Prepared by" is followed by a name."""
    for match in _NAME_LABEL.finditer(text):
        name = match[1]
        if (_is_surname(name) and name not in _PLACES) or _is_joined_name(name):
            return True
    for match in _LATIN_LABEL.finditer(text):
        words = []
        for word in text[match.end() : match.end() + 60].partition("\n")[0].split()[:3]:
            if not _CAPITALISED.fullmatch(word.strip(",")):
                break
            words.append(word.strip(","))
        before = text[max(match.start() - 20, 0) : match.start()]
        if (
            len(words) > 1
            and not _ORGANIZATION_BEFORE_NAME.search(before)
            and _BUSINESS.isdisjoint(word.lower() for word in words)
        ):
            return True
    return False


def _is_katakana_vietnamese(run: str) -> bool:
    if _KATAKANA_BUSINESS.search(run):
        return False
    words = _KATAKANA_WORD.findall(run)
    for at, word in enumerate(words[:-1]):
        rest = words[at + 1 : at + 5]
        if word in _KATAKANA_SURNAMES and len(words) - at <= 5:
            return True
        if word in _KATAKANA_SHORT and len(rest) > 1 and rest[0] in _KATAKANA_MIDDLE:
            return True
    return False


def _is_latin_name(run: str) -> bool:
    """Tell whether a run of Latin words holds a Vietnamese or a romanised Japanese name."""
    plain = _LATIN_WORD.findall(_unaccented(run).lower())
    if _LATIN_NAME_WORDS.isdisjoint(plain):
        return False
    words = _LATIN_WORD.findall(run)
    if plain[-1] in _BUSINESS or _VIETNAMESE_COMPANY.search(" ".join(plain)):
        return False
    if any(_is_romanised(*pair) or _is_romanised(*pair[::-1]) for pair in pairwise(plain)):
        return True
    return any(
        _is_vietnamese(words[at : at + 7], plain[at : at + 7], alone=at == 0)
        for at, word in enumerate(plain[:-1])
        if word in _VIETNAMESE or word in _VIETNAMESE_SHORT
    ) or (
        1 < len(plain) <= 5
        and (plain[-1] in _VIETNAMESE_SURE or words[-1].lower() in _VIETNAMESE_LAST)
        and all(map(_SYLLABLE.fullmatch, plain))
        and all(word[0].isupper() for word in words)
    )


def _is_romanised(surname: str, given: str) -> bool:
    return (
        surname in _LATIN_SURNAMES
        and given in _LATIN_GIVEN
        and not (surname in _LATIN_PLACES and given in _LATIN_AMBIGUOUS)
    )


def _is_vietnamese(words: list[str], plain: list[str], alone: bool) -> bool:
    """Tell whether a name begins here: a surname, then syllables written like it.

    In running text every word of a name begins with a capital. Without capitals and marks only the
    commonest surnames, or a middle name Văn or Thị, tell a name from the words of a sentence.
    """
    capital = words[0][0].isupper()
    length = 1
    while (
        length < min(len(words), 6)
        and _SYLLABLE.fullmatch(plain[length])
        and words[length][0].isupper() == capital
    ):
        length += 1
    if length < 2 or (length < len(words) and plain[length] in _BUSINESS):
        return False
    if any(" ".join(plain[:end]) in _VIETNAMESE_PLACES for end in (2, 3)):
        return False
    marked = not "".join(words[:length]).isascii()
    if marked and words[0].lower() not in _VIETNAMESE_MARKED and not words[0].isascii():
        return False
    middle = length > 2 and plain[1] in _VIETNAMESE_MIDDLE
    whole = alone and length == len(words)
    if not capital:
        return whole and (middle or (plain[0] in _VIETNAMESE_SURE and length < 5))
    if plain[0] in _VIETNAMESE:
        return True
    return middle or (whole and marked) or (whole and length == 3)


def _is_known_foreign_name(text: str) -> bool:
    """Tell whether two to four capitalised words hold a given name that is common abroad."""
    words = [word.lower() for word in _latin_name_words(text)]
    return not _FOREIGN_GIVEN.isdisjoint(words)


def _is_shaped_like_latin_name(text: str) -> bool:
    words = _latin_name_words(text)
    return any(len(word) > 2 for word in words)


def _latin_name_words(text: str) -> list[str]:
    """Return two to four capitalised words that no organization or table uses, or none."""
    if len(text) > _LONGEST_NAME:
        return []
    words = _unaccented(text).replace(",", " ").split()
    if not 2 <= len(words) <= 4 or not all(map(_CAPITALISED.fullmatch, words)):
        return []
    return words if _BUSINESS.isdisjoint(word.lower().strip(".") for word in words) else []


def _is_shaped_like_katakana_name(text: str) -> bool:
    return (
        len(text) <= 40
        and _KATAKANA_RUN.fullmatch(text) is not None
        and not _KATAKANA_BUSINESS.search(text)
    )
