"""The business cases that are shown: a scenario's own, and what it is held against."""

from typing import NamedTuple

import pandas as pd

from onlineready.domain.scenario import FIXED_FEES, Scenario
from onlineready.domain.tables import Tables
from onlineready.model.result import Result, evaluate, under


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
    result = evaluate(plan, scenario, tables)
    others = [scenario.model_copy(update={"fee_basis": basis}) for basis in ("dated", FIXED_FEES)]
    dated, fixed = (result if one == scenario else under(result, one, tables) for one in others)
    return Cases(result, dated, fixed, delayed=under(result, scenario.later(1), tables))
