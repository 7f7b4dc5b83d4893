"""The business cases that are shown: a scenario's own, and what it is held against."""

from typing import NamedTuple

import pandas as pd

from onlineready.domain.scenario import FIXED_FEES, Scenario
from onlineready.domain.tables import Tables
from onlineready.model.result import Result, evaluate_under, postponed


class Cases(NamedTuple):
    """The business case of a scenario, and the same under other circumstances.

    Attributes:
        result: as the scenario has it; the same object as `dated` or `fixed` where it is one.
        dated: with the fees of the month in which each application is accepted.
        fixed: with 6,000 yen at the counter and 5,500 yen online throughout.
        delayed: with online filing beginning a month later.
    """

    result: Result
    dated: Result
    fixed: Result
    delayed: Result

    @property
    def elsewise(self) -> Result:
        """The same under other fees: those of the day where they are held, else those held."""
        return self.fixed if self.result is self.dated else self.dated


def evaluated(plan: pd.DataFrame, scenario: Scenario, tables: Tables) -> Cases:
    """Return the business cases of a plan under a scenario whose `go_live` is set."""
    bases = list(dict.fromkeys(["dated", FIXED_FEES, scenario.fee_basis]))
    found = evaluate_under(bases, plan, scenario, tables)
    result = found[bases.index(scenario.fee_basis)]
    return Cases(result, found[0], found[1], postponed(result, 1, tables))
