"""What every paper and file says of where its figures come from."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.scenario import Scenario
from onlineready.language import translate as _
from onlineready.model.fees import last_checked
from onlineready.report import wording


class Stamp(NamedTuple):
    """Of which scenario, plan, fees and version a paper or file is.

    Attributes:
        scenario: what the scenario is called.
        plan: what the plan is called, and its summary.
        fees: which fee table applies, and the day it was looked up.
        as_of: the day from which the forecast counts.
        link: the address that opens the same state; empty where there is none.
    """

    scenario: str
    plan: str
    fees: str
    as_of: date
    link: str

    def lines(self) -> list[tuple[str, str]]:
        """Return label and value of each line, in the reader's language."""
        said = [
            (_("シナリオ"), self.scenario),
            (_("計画"), self.plan),
            (_("手数料の表"), self.fees),
            (_("基準日"), self.as_of.isoformat()),
            (_("計算方法の改定日"), MODEL_CHANGED_ON.isoformat()),
            (_("版"), __version__),
        ]
        return [*said, (_("同じ内容を開くリンク"), self.link)] if self.link else said

    @property
    def line(self) -> str:
        """All of it but the link, in one line."""
        return "・".join(f"{label} {value}" for label, value in self._replace(link="").lines())


def stamp(scenario: Scenario, plan: str, as_of: date, fees: pd.DataFrame, link: str = "") -> Stamp:
    """Return the stamp of what is made of a scenario and a plan under a fee table."""
    table = _("{basis}、確認日 {checked}").format(
        basis=wording.fee_basis(scenario.fee_basis, fees), checked=last_checked(fees)
    )
    return Stamp(wording.printable(scenario.name), wording.printable(plan), table, as_of, link)
