"""A long text takes no more than its share of time to be looked at for personal data."""

import time
from collections.abc import Callable

import pytest

from onlineready.load.personal_data import in_column, in_text

PIECES = [
    *(
        "a",
        "1",
        "A ",
        "a.",
        "a@",
        "a@a.",
        "1-",
        "0-1 ",
        "0(",
        "+1",
        "ab1",
        "AB 1",
        "東",
        "東京都",
        "区1-",
    ),
    *(
        "ア",
        "ア ",
        "山田 ",
        "グエン ",
        "Nguyen ",
        "nguyen van ",
        "Tokyo, ",
        "1/",
        "平成1年",
        "12 A ",
        "1丁",
    ),
    *(
        "-ku 1-",
        "duong xa ",
        "1 phuong ",
        "名前:",
        "Name: ",
        "〒1",
        "\u0301",
        "\u0315\u0300",
        "e\u0301 ",
        " ",
    ),
    *(
        "20100401",
        "ー1",
        "1ー",
        "担当 ",
        "さん",
        "マイナンバー",
        "passport ",
        "tel ",
        "コード 0",
    ),
]

LENGTH = 10_000


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of this process alone: others may be busy."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_length_takes_no_sixteen_times_as_long(piece: str) -> None:
    short, long = (piece * LENGTH)[:LENGTH], (piece * 4 * LENGTH)[: 4 * LENGTH]
    assert seconds(lambda: in_text(long)) < 10 * max(seconds(lambda: in_text(short)), 0.001)
    in_short = seconds(lambda: in_column("", (short,), recognised=False))
    assert seconds(lambda: in_column("", (long,), recognised=False)) < 10 * max(in_short, 0.001)
