"""How far every number can be trusted, in words, and which are a reader's own."""

from collections import Counter

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import LABELS, Channel, Evidence, Procedure, Valued
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report import wording

SIGNS = {
    Evidence.CONFIRMED: ("green", "■"),
    Evidence.REPORTED: ("blue", "◆"),
    Evidence.DERIVED: ("violet", "="),
    Evidence.ASSUMED: ("orange", "?"),
}
"""Colour and sign of each degree of confidence; the word always stands with them."""

MEANINGS = {
    Evidence.CONFIRMED: mark("公式ページか法令の条文で読んだ"),
    Evidence.REPORTED: mark("公式でない公開資料にあった。公式ページで要確認"),
    Evidence.DERIVED: mark("公式・報告の値から計算した。式は出典に"),
    Evidence.ASSUMED: mark("資料がない。自社の値に置き換える"),
}


def marked(degree: str, more: str = "") -> str:
    """Return a degree of confidence in its colour, with its sign and its word, in Markdown."""
    evidence = Evidence(degree)
    colour, sign = SIGNS[evidence]
    return f":{colour}-background[{sign} {_(LABELS[evidence])} {more}]".replace(" ]", "]")


def meaning(degree: str) -> str:
    """Return a degree of confidence, marked, and what it means."""
    return f"{marked(degree)} {_(MEANINGS[Evidence(degree)])}"


def counted(tables: Tables, assumptions: pd.DataFrame) -> Counter[str]:
    """Return how many numbers that the model reads stand on what, by degree of confidence."""
    used = tables.fees[tables.fees["procedure"].isin(list(Procedure))]
    return Counter(pd.concat([one["confidence"] for one in (used, tables.tasks, assumptions)]))


def own_rates(scenario: Scenario, tasks: pd.DataFrame) -> list[bool]:
    """Tell of each row of the task table whether its minutes or yen are a reader's own."""
    rates = [(scenario.tasks[task].minutes, scenario.tasks[task].yen) for task in tasks["id"]]
    first = zip(tasks["minutes"], tasks["yen"], strict=True)
    return [now != before for now, before in zip(rates, first, strict=True)]


def own_assumptions(scenario: Scenario, assumptions: pd.DataFrame) -> list[bool]:
    """Tell of each row of the table of assumptions whether its value is a reader's own."""
    return [getattr(scenario, str(key)) != base for key, base in assumptions["base"].items()]


def of_tasks(scenario: Scenario, tasks: pd.DataFrame) -> list[str]:
    """Return how sure minutes and yen of each task are, or that they are the reader's own."""
    return [
        _("自社の値") if own else _(LABELS[Evidence(letter)])
        for own, letter in zip(own_rates(scenario, tasks), tasks["confidence"], strict=True)
    ]


def of_assumptions(scenario: Scenario, assumptions: pd.DataFrame) -> list[str]:
    """Return how sure the value of each assumption is, or that it is the reader's own."""
    said = _("自社の値(初期値 {first})")
    rows = assumptions.to_dict("records")
    return [
        said.format(first=wording.quantity(row["base"], row["unit"]))
        if own
        else _(LABELS[Evidence(row["confidence"])])
        for own, row in zip(own_assumptions(scenario, assumptions), rows, strict=True)
    ]


def assumptions(now: Scenario, rows: pd.DataFrame) -> pd.DataFrame:
    """Return assumptions in words: range, source, and the value now where it is the reader's."""
    own = zip(own_assumptions(now, rows), rows["unit"].items(), strict=True)
    return pd.DataFrame(
        {
            _("前提"): rows["label_ja"],
            _("低い値〜**基準**〜高い値"): [
                _range(row["low"], row["base"], row["high"], row["unit"])
                for row in rows.to_dict("records")
            ],
            _("自社の値"): [
                "● " + wording.quantity(getattr(now, str(key)), unit) if changed else ""
                for changed, (key, unit) in own
            ],
            _("出典"): rows["source"],
            _("確認先・確認日"): [
                f"{wording.link(url)} {day:%Y-%m-%d}".strip()
                for url, day in zip(rows["check_at"], rows["checked_on"], strict=True)
            ],
        }
    )


def tasks(now: Scenario, rows: pd.DataFrame) -> pd.DataFrame:
    """Return tasks in words: ranges, source, and the rates now where they are the reader's."""
    found = []
    for row, own in zip(rows.to_dict("records"), own_rates(now, rows), strict=True):
        rate = now.tasks[row["id"]]
        said = _("● {minutes}分・{yen}円").format(
            minutes=wording.exact(rate.minutes), yen=wording.exact(rate.yen)
        )
        done_for = _("{channel}: {done_for}").format(
            channel=_(LABELS[Channel(row["channel"])]), done_for=wording.done_for(row)
        )
        words = {
            _("作業"): row["label_ja"],
            _("何ごとに"): done_for,
            _("時間(分)"): _range(row["minutes_low"], row["minutes"], row["minutes_high"]),
            _("実費(円)"): _range(row["yen_low"], row["yen"], row["yen_high"]),
            _("自社の値"): said if own else "",
            _("出典"): row["source"],
            _("確認日"): f"{row['checked_on']:%Y-%m-%d}",
        }
        found.append(words)
    return pd.DataFrame(found)


def _range(low: float, base: float, high: float, unit: str = "") -> str:
    """Return a range with its base in bold; the base alone where no range is known."""
    middle = f"**{wording.quantity(base, unit)}**"
    if pd.isna(low):
        return middle
    return f"{wording.quantity(low, unit)}〜{middle}〜{wording.quantity(high, unit)}"


def advantages(listed: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """Return what is said for filing online, in words: its worth, its place, what is true of it.

    Args:
        listed: the advantages, as `tables.ADVANTAGES`.
        worth: hours and yen of each a year, as `derivation.advantages` returns them.
    """
    return pd.DataFrame(
        {
            _("利点"): listed["label_ja"],
            _("年の値"): [
                _worth(valued, row)
                for valued, row in zip(listed["valued"], worth.to_dict("records"), strict=True)
            ],
            _("数字のどこにあるか"): listed["figures_ja"],
            _("注意"): listed["caveat_ja"],
            _("確からしさと出典"): [
                f"{marked(letter)} {source}"
                for letter, source in zip(listed["confidence"], listed["source"], strict=True)
            ],
        }
    )


def _worth(valued: str, row: dict[object, float]) -> str:
    hours, yen = row["hours"], row["yen"]
    match valued:
        case Valued.FEE:
            return _("手数料 {gain}").format(gain=wording.gain(yen))
        case Valued.TASKS:
            return _("{hours}、実費 {gain}").format(
                hours=wording.change_of_hours(hours), gain=wording.gain(yen)
            )
        case Valued.FASTER:
            return wording.change_of_hours(hours)
        case _:
            return _("—(評価していません)")
