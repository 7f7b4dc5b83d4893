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

The rules and the shapes stand here, the words in data/personal_data.toml.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from stdnum.jp.in_ import is_valid as is_my_number

from onlineready.domain.vocabulary import Word
from onlineready.language import mark
from onlineready.load.word_lists import DATA, word_lists

_WORDS = word_lists(DATA / "personal_data.toml")
_SETS = {key: frozenset(words) for key, words in _WORDS.items()}


class PersonalData(Word):
    """A kind of personal data that must not enter the program, in the order of asking a header."""

    MAIL = "mail", mark("メールアドレス")
    MY_NUMBER = "my_number", mark("マイナンバー")
    CARD_NUMBER = "card_number", mark("在留カード番号")
    PASSPORT = "passport", mark("旅券番号")
    BIRTH_DATE = "birth_date", mark("生年月日")
    TELEPHONE = "telephone", mark("電話番号")
    ADDRESS = "address", mark("住所")
    NAME = "name", mark("氏名")


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


def _any(*keys: str) -> str:
    """Return the words of lists as the alternatives of a pattern."""
    return "|".join(word for key in keys for word in _WORDS[key])


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


def _header(table: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _either(_any(f"{table}.japanese"), _any(f"{table}.latin"))


_NAMED = {kind: _header(kind) for kind in PersonalData} | {
    PersonalData.NAME: _either(
        f"{_any('name.japanese')}|(?:{_any('persons.japanese')})の?お?(?:名(?![簿義称目])|カナ|かな)",
        f"{_any('name.latin')}|(?:{_any('persons.english')}) ?names?"
        f"|ten (?:{_any('persons.vietnamese')})",
    ),
}
"""The words of a header that name personal data; what is told first is asked first."""

_COUNTED = _either(f"(?:{_any('counted.japanese')})$", _any("counted.latin"))
"""Words with which a header counts or prices what it names, as in 住所変更件数 or phone cost."""

_DECLINED = re.compile(_any("declined.japanese"))

_ORGANIZATION_NAME = re.compile(
    f"(?:{_any('organizations.japanese')})名?の?"
    "(?:名前|フリガナ|ふりがな|よみがな|ヨミガナ|読み仮名|カナ|かな|ローマ字)"
)
_OTHER_NAME = re.compile(
    rf"\b(?:{_any('organizations.english')}) ?names?\b"
    r"|\bnames? of (?:the )?(?!(?:employee|worker|person|staff))[a-z]"
    rf"|\bten (?:{_any('organizations.vietnamese')})\b|\b(?:{_any('impersonal.english')})\b"
)


_BRACKETED = re.compile(r"\([^()]*\)")


def _named_by(header: str) -> PersonalData | None:
    words = _words(header)
    outside = _words(_BRACKETED.sub("", _lines([header]).text[:_CHUNK]))
    if words.says(_COUNTED) or outside.says(_COUNTED) or _DECLINED.search(words.japanese):
        return None
    named = _Words(_ORGANIZATION_NAME.sub("", words.japanese), _OTHER_NAME.sub("", words.latin))
    return next((kind for kind, pattern in _NAMED.items() if named.says(pattern)), None)


_CODE = _header("codes")
"""Words of a header whose numbers are codes or money."""

_EVENT = _header("events")
"""Words of a header whose dates are those of an event."""

_ROLE = _either(f"(?:{_any('persons.japanese', 'roles.japanese')})$", _any("roles.latin"))
"""Words of a header that mean a person without saying that the name is asked for."""

_DESCRIPTION = _header("descriptions")
"""Words of a header that tell what the column holds, no person among it."""


# Numbers

_DIGITS = re.compile("[0-9]+")
_MAIL = re.compile(r"[a-z0-9._%+-] ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2}")

_CARD = re.compile(
    r"(?<![a-z0-9])([a-z]{2})([ -]?[0-9](?:[ -]?[0-9]){7}[ -]?)([a-z]{2})(?![a-z0-9])"
)

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
_TELEPHONE_LABEL = re.compile(_any("labels.telephone"))
_CODE_LABEL = re.compile(
    f"{_any('labels.code')}|(?<![a-z])(?:{_any('labels.short_code')})(?![a-z])"
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
        words = not _SETS["labels.beside_date"].isdisjoint((first, last))
        if digits == middle or not (words or _PERIOD.fullmatch(digits)):
            return True
    return False


def _holds_my_number(lines: _Lines, place: _Place) -> bool:
    """Tell by the label, or by check digits that are right more often than by chance.

    One in ten codes of 12 digits has a right one, so half of them must.
    """
    if _MY_NUMBER_LABELLED.search(lines.low):
        return True
    numbers = [
        "".join(_DIGITS.findall(match[0]))
        for match in _MY_NUMBER.finditer(lines.low)
        if not _is_code(_before(lines, match.start()), place)
    ]
    right = [is_my_number(number) for number in numbers if not _PERIOD.fullmatch(number)]
    return any(right) and 2 * sum(right) >= len(right)


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
    if len(groups) > 4 or (
        len(groups) > 1 and not (2 <= len(groups[0]) <= 7 and len(groups[-1]) >= 3)
    ):
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
    cells = map(_PASSPORT.fullmatch, lines.low.split("\n"))
    shaped = sum(cell is not None and not _PERIOD.fullmatch(cell[2]) for cell in cells)
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
    r"|(?:(?:昭和|(?<![a-z])s|昭) ?(?:1[5-9]|[2-5][0-9]|6[0-4])"
    r"|(?:平成|(?<![a-z])h|平) ?(?:元|0?[1-9]|1[0-9]|2[0-4]))"
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
_EVENT_BEFORE = re.compile(_any("labels.event"))
_EVENT_AFTER = re.compile(f"日?[ 、()]{{0,2}}(?:{_any('labels.after_event')})")


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

_SURNAMES = [entry.split() for entry in _WORDS["surnames.written"]]
_KANJI_SURNAMES, _KANA_SURNAMES, _LATIN_SURNAMES = map(frozenset, zip(*_SURNAMES, strict=True))
_LONGEST_SURNAME = max(map(len, _KANJI_SURNAMES | _KANA_SURNAMES))
_PLACES = _SETS["surnames.places"]
_LATIN_PLACES = frozenset(latin for kanji, _kana, latin in _SURNAMES if kanji in _PLACES)

_GIVEN = [entry.split() for entry in _WORDS["given.written"]]
_KANJI_GIVEN, _KANA_GIVEN, _LATIN_WRITTEN = map(frozenset, zip(*_GIVEN, strict=True))
_LATIN_GIVEN = _LATIN_WRITTEN | _SETS["given.latin"]
_AMBIGUOUS_GIVEN = _SETS["given.ambiguous"]
_LATIN_AMBIGUOUS = frozenset(latin for kanji, _kana, latin in _GIVEN if kanji in _AMBIGUOUS_GIVEN)
_GIVEN_CHARACTERS = "".join(_WORDS["given.characters"])
_GIVEN_ENDING = re.compile(
    "[一-鿿]{1,2}[子美郎輔哉彦奈雄]|[一-鿿][之也太斗樹司志平]"
    f"|[{_GIVEN_CHARACTERS}][一二三]"
    f"|[{_GIVEN_CHARACTERS}]{{2,3}}|[ァ-ヺ]{{1,2}}[子美代]|[ァ-ヺー]{{2,4}}(?:コ|ロウ|スケ)"
)

_VIETNAMESE = _SETS["vietnamese.surnames"]
_VIETNAMESE_COMPANY = re.compile(rf"\b(?:{_any('vietnamese.companies')})\b")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ngh?|nh?|p|t)?"
)

_LATIN_NAME_WORDS = _LATIN_SURNAMES | _VIETNAMESE | _SETS["vietnamese.short"]
"""Words without which no run of Latin words is looked at further."""

_KATAKANA_JOINED = re.compile(
    f"(?<![ァ-ヺー])(?:{_any('katakana.joined')})(?:ヴァン|ティ)(?!シア|ー?ム)[ァ-ヺー]{{1,8}}"
)

_BUSINESS = _SETS["business.latin"]
_KATAKANA_BUSINESS = re.compile(_any("business.katakana"))

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
    f"(?:{_any('labels.name')})(?: ?[:=] ?| )"
    f"([{_KANJI}]{{1,6}}|[{_KANA}]{{2,10}})(?![{_KANJI}{_KANA}])"
)
_LATIN_LABEL = re.compile(rf"(?i:(?<![a-z])(?:{_any('labels.latin_name')}) ?[:=]? ?)(?=[A-ZÀ-ỸĐ])")
_ORGANIZATION_BEFORE_NAME = re.compile(f"(?i)(?:{_any('labels.organization')}) $")
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
    return text in _KANJI_SURNAMES or text in _KANA_SURNAMES or text in _SETS["katakana.surnames"]


def _is_given(text: str, surname: str) -> bool:
    text = text.translate(_HIRAGANA_TO_KATAKANA)
    if text in _KANJI_GIVEN or text in _KANA_GIVEN or text in _SETS["given.alone"]:
        # 千葉 みなと is a station, 佐藤 みなと a person.
        return not (surname in _PLACES and text in _AMBIGUOUS_GIVEN)
    if text in _SETS["given.never"]:
        return False
    return _GIVEN_ENDING.fullmatch(text) is not None


def _is_pair(pair: re.Match[str]) -> bool:
    """Tell whether a known surname and a typical given name stand side by side."""
    surname = pair[1].translate(_HIRAGANA_TO_KATAKANA)
    known = surname in _KANJI_SURNAMES or surname in _KANA_SURNAMES
    return known and _is_given(pair[2], surname)


def _is_joined_name(text: str) -> bool:
    """Tell whether a surname and a given name follow each other without a space."""
    return any(
        text[:at] in _KANJI_SURNAMES
        and text[at:] not in _AMBIGUOUS_GIVEN
        and _is_given(text[at:], surname=text[:at])
        and (at > 1 or text[at:] in _KANJI_GIVEN)
        for at in range(1, min(len(text), _LONGEST_SURNAME + 1))
    )


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
        after = text[match.end() : match.end() + 60].partition("\n")[0].split()[:3]
        words = [*takewhile(_CAPITALISED.fullmatch, (word.strip(",") for word in after))]
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
        if word in _SETS["katakana.surnames"] and len(words) - at <= 5:
            return True
        short = word in _SETS["katakana.short"] and len(rest) > 1
        if short and rest[0] in _SETS["katakana.middle"]:
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
        if word in _VIETNAMESE or word in _SETS["vietnamese.short"]
    ) or (
        1 < len(plain) <= 5
        and (plain[-1] in _SETS["vietnamese.sure"] or words[-1].lower() in _SETS["vietnamese.last"])
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
    if any(" ".join(plain[:end]) in _SETS["vietnamese.places"] for end in (2, 3)):
        return False
    marked = not "".join(words[:length]).isascii()
    if marked and words[0].lower() not in _SETS["vietnamese.marked"] and not words[0].isascii():
        return False
    middle = length > 2 and plain[1] in _SETS["vietnamese.middle"]
    whole = alone and length == len(words)
    if not capital:
        return whole and (middle or (plain[0] in _SETS["vietnamese.sure"] and length < 5))
    if plain[0] in _VIETNAMESE:
        return True
    return middle or (whole and marked) or (whole and length == 3)


def _is_known_foreign_name(text: str) -> bool:
    """Tell whether two to four capitalised words hold a given name that is common abroad."""
    words = [word.lower() for word in _latin_name_words(text)]
    return not _SETS["given.foreign"].isdisjoint(words)


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
