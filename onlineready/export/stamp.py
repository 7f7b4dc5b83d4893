"""What every file says of where its figures come from."""

from datetime import date
from typing import NamedTuple

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.tables import Tables
from onlineready.language import translate as _


class Stamp(NamedTuple):
    """Of which scenario, plan, fees and version a file is.

    Attributes:
        scenario: what the scenario is called.
        plan: the plan in a few words.
        as_of: the day of the workbook on the page.
        fees_checked_on: the day on which the newest row of the fee table was checked.
        link: the address that opens the same workbook; None where there is none.
    """

    scenario: str
    plan: str
    as_of: date
    fees_checked_on: date
    link: str | None = None

    def lines(self) -> list[tuple[str, str]]:
        """Return label and value of each line, in the reader's language."""
        said = [
            (_("シナリオ"), self.scenario),
            (_("計画"), self.plan),
            (_("基準日"), self.as_of.isoformat()),
            (_("手数料表の確認日"), self.fees_checked_on.isoformat()),
            (_("計算方法の改定日"), MODEL_CHANGED_ON.isoformat()),
            (_("版"), __version__),
        ]
        return said if self.link is None else [*said, (_("同じ内容を開くリンク"), self.link)]


def stamp(scenario: str, plan: str, as_of: date, tables: Tables, link: str | None = None) -> Stamp:
    """Return the stamp of a file made under these tables."""
    return Stamp(scenario, plan, as_of, tables.fees["checked_on"].max().date(), link)
