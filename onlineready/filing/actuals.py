"""What was filed in fact, month by month: the `actuals` of a workbook. Counts and minutes only."""

import json
from collections.abc import Iterable, Sequence
from typing import Annotated

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import MonthRange, bounds
from onlineready.domain.vocabulary import Channel, Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.readiness import refusal

MONTHS = MonthRange("2020-01", "2070-12")
MAX_ACTUALS = 1_000
"""Rows that a workbook may hold: 3 procedures in 2 channels over more than 10 years."""
MAX_FILED = 100_000
MAX_MINUTES_EACH = bounds("minutes")[1]
"""As many minutes as a task may take."""


class Actual(BaseModel):
    """How many applications of a procedure were filed in a channel in a month.

    `minutes` is what handling the papers of all of them took together, travel and waiting left
    out; None where nobody took the time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    month: Annotated[pd.Period, MONTHS]
    procedure: Procedure
    channel: Channel
    filed: Annotated[int, Field(ge=0, le=MAX_FILED)]
    minutes: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None

    @field_validator("minutes")
    @classmethod
    def _minutes_fit(cls, minutes: float | None, known: ValidationInfo) -> float | None:
        # A wrong number of applications is told for itself.
        if minutes and minutes > known.data.get("filed", MAX_FILED) * MAX_MINUTES_EACH:
            raise ValueError
        return minutes

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is one row for: month, procedure and channel."""
        return str(self.month), str(self.procedure), str(self.channel)


def read_actuals(raw: object) -> tuple[Actual, ...]:
    """Return the actuals that the list of a workbook holds, in its order.

    Raises:
        ProblemsError: everything that is not as documented, the row counted from 1.
    """
    if not isinstance(raw, list) or len(raw) > MAX_ACTUALS:
        message = _("実績を{most:,}行までの一覧にしてください。").format(most=MAX_ACTUALS)
        raise ProblemsError([Problem(None, None, message)])
    actuals: list[Actual] = []
    problems: list[Problem] = []
    told: set[tuple[str, str, str]] = set()
    for number, row in enumerate(raw, start=1):
        try:
            # Words are read strictly, and only from JSON does pydantic read them at all.
            actual = Actual.model_validate_json(json.dumps(row))
        except ValidationError as error:
            problems += refusal.problems(error, _EXPECTED, number)
            continue
        if actual.key in told:
            message = _("同じ月・手続・方法の実績が、上の行にもあります。片方を消してください。")
            problems.append(Problem(number, "month", message))
        told.add(actual.key)
        actuals.append(actual)
    if problems:
        raise ProblemsError(problems)
    return tuple(actuals)


def with_actuals(actuals: Sequence[Actual], changed: Iterable[Actual]) -> tuple[Actual, ...]:
    """Return the actuals with some replaced or added, by month; those of no application fall out.

    A row of 0 without minutes says what no row says.
    """
    rows = {actual.key: actual for actual in (*actuals, *changed)}
    return tuple(rows[key] for key in sorted(rows) if rows[key].filed)


_EXPECTED = {
    "": mark("項目と値の組"),
    "month": mark("2020-01〜2070-12の月(YYYY-MMの形)"),
    "procedure": " / ".join(Procedure),
    "channel": " / ".join(Channel),
    "filed": mark("0〜100,000の整数(件)"),
    "minutes": mark("0以上、1件あたり10,000までの数(分)"),
}
