"""Whatever is done to a file, it is read or its problems are told, in little time and memory."""

import io
import random
import resource
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest

from onlineready.domain.problem import ProblemsError
from onlineready.domain.tables import PLANS
from onlineready.load.plans import PAGE_LIMITS, Reading, open_plan
from tests import chance
from tests.memory import most_memory
from tests.plans import xlsx_of
from tests.sample_files import READ, SAMPLES, book, packed_up, table

MOST_MEMORY = 200 * 1024**2

Mutation = Callable[[random.Random], bytes]

TEXTS = [sample.content for sample in READ if not sample.content.startswith(b"PK")]
WORKBOOKS = [sample.content for sample in READ if sample.content.startswith(b"PK")]
WORDS = (
    *("", " ", "0", "-1", "9" * 30, "1e9", "nan", "inf", "None", "NULL", "=1+4", "#REF!", "∞", "½"),
    *("2026-13", "令和0年4月", "平成99年1月", "R8.4.31", "9999-12", "0000-00", "46113", "1/2/3"),
    *("合計", "計", "年度", "2026年度", "5月", "区分", "人数", "在籍", "海外", "事業所", "月"),
    *("現在人数", "年間採用", "在留期限"),
    *('"', '""', '"x', 'x"y', ",", ";", "\t", "\n", "\r", "\u2028", "\x0b", "\x85", "\ufeff"),
    *(
        "\u0301" * 300,
        "(" * 300,
        "ｱ" * 80,
        "𠮷野家",
        "👩‍👩‍👧",
        "é",
        "\uffff",
        "٣",
        "㋿",
        "①",
        "Ⅻ",
        "㈱",
    ),
)


def _bytes(numbers: random.Random) -> bytes:
    """Change some bytes of a sample: put, take out, double, cut."""
    content = bytearray(numbers.choice(numbers.choice((READ, READ, SAMPLES))).content)
    for _ in range(numbers.choice((1, 1, 2, 8))):
        at = numbers.randint(0, len(content))
        length = numbers.choice((0, 1, 1, 2, 4, 16))
        match numbers.randrange(5):
            case 0:
                content[at : at + length] = numbers.randbytes(length)
            case 1:
                content[at:at] = numbers.randbytes(length)
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + numbers.randint(1, 200)] * numbers.randint(1, 20)
            case _:
                del content[numbers.randint(len(content) // 2, len(content)) :]
    return bytes(content)


def _cells(numbers: random.Random) -> bytes:
    """Put other words into cells of a table, and lines and columns into another order."""
    sample = _text(numbers.choice(TEXTS))
    delimiter = numbers.choice(",\t;")
    lines = [line.split(",") for line in sample.splitlines() or [""]]
    for _ in range(numbers.choice((1, 1, 2, 6))):
        line = numbers.choice(lines)
        line[numbers.randrange(len(line))] = numbers.choice(WORDS)
        match numbers.randrange(12):
            case 0:
                line.insert(numbers.randrange(len(line)), numbers.choice(WORDS))
            case 1:
                lines.insert(numbers.randrange(len(lines)), [numbers.choice(WORDS)])
            case 2:
                numbers.shuffle(lines)
            case 3:
                lines += lines[-5:] * numbers.randint(1, 30)
            case _:
                pass
    text = numbers.choice(("\n", "\r\n", "\r")).join(map(delimiter.join, lines))
    codec = numbers.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp932", "euc_jp"))
    return text.encode(codec, "replace")


def _text(content: bytes) -> str:
    for codec in ("utf-8-sig", "cp932"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            pass
    return content.decode("utf-16")


def _xml(numbers: random.Random) -> bytes:
    """Change the inside of a workbook: an attribute, a value, a piece of a part, a whole part."""
    with zipfile.ZipFile(io.BytesIO(numbers.choice(WORKBOOKS))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for _ in range(numbers.randint(1, 4)):
        name = numbers.choice([part for part in parts if "theme" not in part] or [*parts])
        content = parts[name].decode("utf-8", "replace")
        pieces = content.split(numbers.choice(('"', ">", "<")))
        joint = content[len(pieces[0]) : len(pieces[0]) + 1]
        at = numbers.randrange(len(pieces))
        match numbers.randrange(5):
            case 0:
                pieces[at] = numbers.choice((*WORDS, "A1:XFD1048576", "1048576", "99999999999"))
            case 1:
                pieces[at], pieces[-1 - at] = pieces[-1 - at], pieces[at]
            case 2:
                del pieces[at]
            case 3:
                pieces[at:at] = pieces[at : at + 6] * numbers.randint(1, 40)
            case _:
                parts[numbers.choice([*parts])] = numbers.randbytes(40)
                continue
        parts[name] = joint.join(pieces).encode("utf-8", "replace")
    return packed_up(parts)


def read_or_told(content: bytes, numbers: random.Random) -> Reading | ProblemsError:
    limits = numbers.choice((None, PAGE_LIMITS))
    try:
        return open_plan(content, "plan.csv", limits=limits)
    except ProblemsError as error:
        return error


@pytest.mark.fuzz
@pytest.mark.parametrize(("mutate", "usual"), [(_bytes, 200), (_cells, 175), (_xml, 125)])
def test_a_mutation_is_read_or_told(mutate: Mutation, usual: int) -> None:
    outcomes: Counter[str] = Counter()
    before = _peak()
    for number in range(chance.count(usual, 10 * usual)):
        numbers = chance.numbers(number)
        content = mutate(numbers)
        try:
            found = read_or_told(content, numbers)
        except Exception as error:
            kept = chance.kept(f"{mutate.__name__}-{chance.SEED}-{number}", content)
            error.add_note(f"seed {chance.SEED!r}, number {number}, kept as {kept}")
            raise
        outcomes[type(found).__name__] += 1
        if isinstance(found, Reading):
            assert_sound(found)
        else:
            assert found.problems
            assert len(str(found).splitlines()) == len(found.problems)
            str(found).encode()  # it can be shown
            assert found.__context__ is None
    assert outcomes["Reading"]
    assert _peak() - before < MOST_MEMORY


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def assert_sound(reading: Reading) -> None:
    """Hold a reading to its schema and to what it says of its rows."""
    plan = reading.plan
    assert len(PLANS[reading.kind].validate(plan)) == len(reading.rows) > 0
    assert plan.index.is_monotonic_increasing
    assert reading.added_up["headcount"].sum() == plan["headcount"].sum()
    "\n".join(reading.account).encode()


def _gap(row: int) -> bytes:
    return book(
        lambda _book, sheet: table(sheet, [["区分", "人数", "開始月"], ["海外", 3, "2026-08"]]),
        sheet1=('<row r="2">', f'<row r="{row}">'),
    )


HEADER = "区分,人数,開始月\n"
ADVERSARIAL = {
    "a header of brackets": b"(" * 60_000 + b"\n",
    "a header of accents": HEADER.encode()
    + "海外,3,2026-04".encode()
    + "\u0301\u0316".encode() * 9_000,
    "a line of commas": b"," * 200_000,
    "a column of quotes": b'""\n' * 60_000,
    "one long cell": HEADER.encode() + b"x" * 2_000_000,
    "many wrong rows": HEADER.encode() + b"".join(b"a,%d,b\n" % -n for n in range(2_000)),
    "a stray cell far away": xlsx_of([["区分", "人数", "開始月"]], XFD50000="x"),
    "a row beyond the sheet": _gap(30_000_000),
    "nested brackets": b"[" * 100_000,
}


def test_a_row_at_the_end_of_the_sheet_is_read() -> None:
    reading = open_plan(_gap(1_048_576), "plan.xlsx", limits=PAGE_LIMITS)
    assert list(reading.rows) == [1_048_576]


@pytest.mark.parametrize("case", ADVERSARIAL)
def test_little_memory_is_taken_whatever_comes(case: str) -> None:
    assert most_memory(_read, case) < MOST_MEMORY


def _read(case: str) -> None:
    try:
        open_plan(ADVERSARIAL[case], "plan.csv", limits=PAGE_LIMITS)
    except ProblemsError as error:
        assert error.problems  # noqa: PT017
