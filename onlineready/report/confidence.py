"""How far every number can be trusted, in words, and which are a reader's own."""

from collections.abc import Mapping, Sequence

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import LABELS, Channel, Evidence, Procedure, Valued
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import bands_in_force, paid_changes
from onlineready.report import wording

SIGNS = {
    Evidence.CONFIRMED: ("blue", "■"),
    Evidence.REPORTED: ("blue", "◆"),
    Evidence.DERIVED: ("blue", "="),
    Evidence.ASSUMED: ("orange", "?"),
}
"""Colour and sign of each degree of confidence, the surest first; its word stands with them."""

MEANINGS = {
    Evidence.CONFIRMED: mark("公式ページか法令の条文で読んだ"),
    Evidence.REPORTED: mark("公式でない公開資料にあった。公式ページで要確認"),
    Evidence.DERIVED: mark("公式・報告の値から計算した。式は出典に"),
    Evidence.ASSUMED: mark("資料がない。自社の値に置き換える"),
}


FEES, ASSUMPTIONS, TASKS = mark("手数料"), mark("前提"), mark("作業の時間・実費")
"""The kinds of numbers that the model reads."""


def signed(degree: str, more: object = "") -> str:
    """Return a degree of confidence with its sign, and what more there is to say: ◆ 報告 38."""
    evidence = Evidence(degree)
    return f"{SIGNS[evidence][1]} {_(LABELS[evidence])} {more}".rstrip()


def marked(degree: str) -> str:
    """Return a degree of confidence in its colour, with its sign and its word, in Markdown."""
    return f":{SIGNS[Evidence(degree)][0]}-background[{signed(degree)}]"


def counted(tables: Tables, assumptions: pd.DataFrame) -> pd.DataFrame:
    """Return how many numbers that the model reads stand on what: kinds × degrees of confidence."""
    used = tables.fees[tables.fees["procedure"].isin(list(Procedure))]
    kinds = {_(FEES): used, _(ASSUMPTIONS): assumptions, _(TASKS): tables.tasks}
    return pd.DataFrame(
        {
            degree: [rows["confidence"].eq(degree).sum() for rows in kinds.values()]
            for degree in SIGNS
        },
        index=list(kinds),
    )


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


def explained() -> str:
    """Return what each degree of confidence means, in Markdown."""
    return "\n\n".join(f"{marked(degree)} {_(MEANINGS[degree])}" for degree in SIGNS)


def fees_compared(fees: pd.DataFrame) -> str:
    """Return with what the newest fees were compared, where to check them, and the day of it."""
    month = paid_changes(fees)[-1]
    newest = bands_in_force(fees, Procedure.EXTENSION, Channel.COUNTER, month).iloc[0]
    return _(
        "**手数料({month}から)を何と比べたか。** {source} — {official}、確認日 {day:%Y-%m-%d}"
    ).format(
        month=wording.month(month),
        source=wording.linked(newest["source"]),
        official=wording.link(newest["check_at"]),
        day=newest["checked_on"],
    )


OWN = "own"
"""What chooses the numbers that are a reader's own, beside the degrees of confidence."""


def choices(rows: pd.DataFrame, own: Sequence[bool]) -> dict[str, str]:
    """Return by what numbers can be chosen, in words: degrees of confidence, and the reader's own.

    Args:
        rows: of the table of assumptions or of tasks.
        own: of each, whether it is the reader's own.
    """
    counts = rows["confidence"].value_counts()
    words = {str(degree): signed(degree, counts[degree]) for degree in SIGNS if degree in counts}
    return words | ({OWN: _("● 自社の値 {count}").format(count=sum(own))} if any(own) else {})


def chosen(rows: pd.DataFrame, own: Sequence[bool], choice: str | None, words: str) -> pd.DataFrame:
    """Return the rows of one of the `choices`, of all where there is none, that hold words."""
    letters = rows["confidence"]
    texts = rows["label_ja"] + "\n" + rows["source"] + "\n" + letters.map(signed)
    keep = [
        (choice is None or (is_own if choice == OWN else letter == choice))
        and wording.holds(text, words)
        for letter, is_own, text in zip(letters, own, texts, strict=True)
    ]
    return rows[keep]


def assumptions(now: Scenario, rows: pd.DataFrame) -> pd.DataFrame:
    """Return assumptions in words: range, source, and the value now where any is the reader's."""
    own = [
        "● " + wording.quantity(getattr(now, str(key)), unit) if changed else ""
        for changed, (key, unit) in zip(
            own_assumptions(now, rows), rows["unit"].items(), strict=True
        )
    ]
    spread = [
        _range(row["low"], row["base"], row["high"], row["unit"]) for row in rows.to_dict("records")
    ]
    return _listed(
        _("前提"),
        rows,
        {_("低い値〜**基準**〜高い値"): spread},
        own,
        rows["check_at"].map(wording.link),
    )


def tasks(now: Scenario, rows: pd.DataFrame) -> pd.DataFrame:
    """Return tasks in words: ranges, source, and the rates now where any are the reader's."""
    own, done_for = [], []
    for row, changed in zip(rows.to_dict("records"), own_rates(now, rows), strict=True):
        rate = now.tasks[row["id"]]
        said = _("● {minutes}分・{yen}円").format(
            minutes=wording.exact(rate.minutes), yen=wording.exact(rate.yen)
        )
        own.append(said if changed else "")
        channel = _(LABELS[Channel(row["channel"])])
        done_for.append(
            _("{channel}: {done_for}").format(channel=channel, done_for=wording.done_for(row))
        )
    minutes, yen = (
        [
            told.format(spread=_range(*amounts))
            for amounts in zip(rows[f"{key}_low"], rows[key], rows[f"{key}_high"], strict=True)
        ]
        for key, told in (("minutes", _("{spread}分")), ("yen", _("{spread}円")))
    )
    columns = {_("何ごとに"): done_for, _("1回の時間"): minutes, _("1回の実費"): yen}
    return _listed(_("作業"), rows, columns, own)


def _listed(
    heading: str,
    rows: pd.DataFrame,
    columns: Mapping[str, Sequence[str]],
    own: Sequence[str],
    official: pd.Series | None = None,
) -> pd.DataFrame:
    """Return numbers in words, each with how sure it is and its source; no column is empty.

    Args:
        heading: of their names.
        rows: of the table of assumptions or of tasks.
        columns: what else is said of each, by heading.
        own: the reader's values, empty where the value is the first one.
        official: links to the pages to check.
    """
    days = rows["checked_on"].dt.strftime("%Y-%m-%d")
    checked = days if official is None else (official + " " + days).str.strip()
    return pd.DataFrame(
        {
            heading: rows["label_ja"],
            _("確からしさ"): rows["confidence"].map(marked),
            **columns,
            **({_("自社の値"): own} if any(own) else {}),
            _("確認日"): checked,
            _("出典"): rows["source"].map(wording.linked),
        }
    )


def _range(low: float, base: float, high: float, unit: str = "") -> str:
    """Return a range with its base in bold; the base alone where there is no range."""
    middle = f"**{wording.quantity(base, unit)}**"
    if pd.isna(low) or low == high:
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
            _("確からしさ"): listed["confidence"].map(marked),
            _("年の値"): [
                _worth(valued, row)
                for valued, row in zip(listed["valued"], worth.to_dict("records"), strict=True)
            ],
            _("数字のどこにあるか"): listed["figures_ja"],
            _("注意"): listed["caveat_ja"].map(wording.linked),
            _("出典"): listed["source"].map(wording.linked),
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
