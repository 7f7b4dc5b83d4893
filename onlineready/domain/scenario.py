"""What a reader may change: one immutable model, the bounds beside each field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import pandas as pd
from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from onlineready.domain.problem import UNKNOWN_KEY, Problem, ProblemsError, refusal
from onlineready.domain.vocabulary import VISIT_DRIVERS
from onlineready.language import translate as _

APRIL = 4
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class MonthRange:
    """Marks a field as a month, `YYYY-MM` in JSON and `pandas.Period` in Python, within bounds."""

    first: str
    last: str

    def parse(self, value: object) -> pd.Period:
        """Return the month, or raise pydantic's error where it is none or out of bounds."""
        if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
            value = pd.Period(value, freq="M")
        if isinstance(value, pd.Period) and self.first <= str(value) <= self.last:
            return value
        raise PydanticCustomError(
            "month", "a month within bounds", {"first": self.first, "last": self.last}
        )

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Tell pydantic how to read and write the month."""
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.to_string_ser_schema()
        )


START_MONTHS = MonthRange("2020-01", "2060-12")
GO_LIVE_MONTHS = MonthRange("2010-01", "2070-12")
FEE_MONTHS = MonthRange("2020-01", "2100-12")
"""Months whose fees may be held: the fee table begins with the first (see `data/fees.csv`)."""

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Minutes = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
FeeBasis = Literal["dated"] | Annotated[pd.Period, FEE_MONTHS]
Yen = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]

FIXED_FEES = pd.Period("2025-04", freq="M")
"""The fee basis of 6,000 yen at the counter and 5,500 yen online."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Rate(_Frozen):
    """Minutes and yen of one task, each time it is done."""

    minutes: Minutes
    yen: Yen


class SiteRate(_Frozen):
    """What one site changes of a task's minutes and yen; None leaves the scenario's value."""

    minutes: Minutes | None = None
    yen: Yen | None = None


PRICING = (
    "name",
    "fee_basis",
    "company_fee_share",
    "wage_yen_per_hour",
    "realised_time_share",
    "batch_size",
    "combined_trip_share",
    "discount_rate",
    "tasks",
    "sites",
)
"""Keys of a scenario that change neither head counts nor which applications are filed when."""


class Scenario(_Frozen):
    """One set of assumptions, in the units, ranges and defaults of docs/interface.md, section 1.

    `go_live` None means that online filing begins when the readiness checklist forecasts it; the
    engine wants a month, so an edge sets it with `going_live`.
    """

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)] = "標準"
    start_month: Annotated[pd.Period, START_MONTHS]
    years: Annotated[int, Field(ge=1, le=10)] = 5
    fiscal_year_start_month: Annotated[int, Field(ge=1, le=12)] = APRIL
    go_live: Annotated[pd.Period, GO_LIVE_MONTHS] | None = None
    fee_basis: FeeBasis = "dated"
    company_fee_share: Share = 1.0
    online_share: Share = 1.0
    officers: Annotated[int, Field(ge=1, le=1_000)] = 2
    uncertified_officers: Annotated[int, Field(ge=0, le=1_000)] = 0
    wage_yen_per_hour: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = 1_673
    realised_time_share: Share = 0.5
    batch_size: Annotated[int, Field(ge=1, le=100)] = 2
    combined_trip_share: Share = 0.5
    attrition_per_year: Annotated[float, Field(ge=0, le=0.99, allow_inf_nan=False)] = 0.15
    coe_lead_months: Annotated[int, Field(ge=0, le=12)] = 4
    change_lead_months: Annotated[int, Field(ge=0, le=12)] = 2
    extension_lead_months: Annotated[int, Field(ge=0, le=3)] = 2
    first_period_months: Annotated[int, Field(ge=1, le=36)] = 12
    period_months: Annotated[int, Field(ge=1, le=36)] = 12
    overseas_share: Share = 0.3
    ssw2_share: Share = 0.0
    ssw2_period_months: Annotated[int, Field(ge=6, le=36)] = 36
    id_validity_months: Literal[12, 36] = 36
    discount_rate: Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)] = 0.04
    tasks: dict[str, Rate]
    sites: dict[str, dict[str, SiteRate]] = {}

    @property
    def unpriced(self) -> "Scenario":
        """Itself without `PRICING`: where two are equal, head counts and applications are the same.

        For comparing only: what it lacks is None.
        """
        return self.model_copy(update=dict.fromkeys(PRICING))

    @property
    def months(self) -> int:
        """Length of the horizon in months."""
        return 12 * self.years

    def month(self, m: int) -> pd.Period:
        """Return the month that lies `m` months after the start."""
        return self.start_month + m

    @property
    def online_from(self) -> int:
        """Months from the start to the first month online: before 0 and past the end possible.

        Raises:
            ValueError: `go_live` is still open.
        """
        if self.go_live is None:
            raise ValueError("go_live is open: set it with going_live() before evaluating")
        return int(self.go_live.ordinal - self.start_month.ordinal)

    def going_live(self, month: pd.Period) -> "Scenario":
        """Return the scenario with `go_live` set to `month` where it is still open."""
        return self if self.go_live is not None else self.model_copy(update={"go_live": month})

    def later(self, months: int) -> "Scenario":
        """Return the scenario with online filing beginning so many months later."""
        later = None if self.go_live is None else self.go_live + months
        return self.model_copy(update={"go_live": later})


def fiscal_year(month: pd.Period, first_month: int) -> int:
    """Return the year in which the fiscal year of `month` begins."""
    return int(month.year if month.month >= first_month else month.year - 1)


def resolve(raw: Mapping[str, Any], tasks: pd.DataFrame, today: date) -> Scenario:
    """Return the scenario that `raw` asks for, every default filled except an open `go_live`.

    Args:
        raw: the keys that a reader set; months as `YYYY-MM`.
        tasks: the table of tasks, whose minutes and yen are the defaults of `tasks`.
        today: the day whose April-March year gives the default `start_month`.

    Raises:
        ProblemsError: every unknown key and every value out of bounds, by key.
    """
    this_month = pd.Period(today, freq="M")
    rates = zip(tasks["id"], tasks["minutes"], tasks["yen"], strict=True)
    defaults = {task: {"minutes": minutes, "yen": yen} for task, minutes, yen in rates}
    filled = {"start_month": f"{fiscal_year(this_month, APRIL)}-04", **raw}
    filled["tasks"] = _with_defaults(raw.get("tasks", {}), defaults)
    problems: list[Problem] = []
    try:
        scenario = Scenario.model_validate(filled)
    except ValidationError as error:
        problems += _problems(error.errors(include_url=False))
    told = {problem.column for problem in problems}
    problems += [problem for problem in _unfit(filled, tasks) if problem.column not in told]
    if problems:
        raise ProblemsError(problems)
    return scenario


def _with_defaults(given: object, defaults: Mapping[Any, Mapping[Any, float]]) -> object:
    if not isinstance(given, Mapping):
        return given
    rates = {
        task: {**defaults.get(task, {}), **rate} if isinstance(rate, Mapping) else rate
        for task, rate in given.items()
    }
    return {**defaults, **rates}


def _unfit(filled: Mapping[str, Any], tasks: pd.DataFrame) -> Iterator[Problem]:
    """What no single field shows: names unknown to the task table, more uncertified than staff."""
    officers = filled.get("officers", Scenario.model_fields["officers"].default)
    uncertified = filled.get("uncertified_officers", 0)
    if isinstance(officers, int) and isinstance(uncertified, int) and uncertified > officers:
        limit = _("0〜{officers}(officersの値)の整数").format(officers=officers)
        yield refusal(None, "uncertified_officers", uncertified, limit)
    for task in _names(filled["tasks"]) - set(tasks["id"]):
        yield _unknown(f"tasks.{task}", tasks["id"])
    visits = tasks.loc[tasks["driver"].isin(VISIT_DRIVERS), "id"]
    for site in _names(filled.get("sites")):
        for task in _names(filled["sites"][site]) - set(visits):
            yield _unknown(f"sites.{site}.{task}", visits)


def _names(table: object) -> set[str]:
    return {str(name) for name in table} if isinstance(table, Mapping) else set()


def _unknown(key: str, known: pd.Series) -> Problem:
    message = _("この名前の作業はありません。使えるのは {known} です。")
    return Problem(None, key, message.format(known=", ".join(known)))


def _problems(errors: list[ErrorDetails]) -> Iterator[Problem]:
    """Put pydantic's errors into the reader's words, one for each key."""
    told = set()
    for error in errors:
        location = [str(part) for part in error["loc"]]
        # pydantic appends the member of a union; the key is all that a reader knows.
        key = ".".join(location if location[0] in ("tasks", "sites") else location[:1])
        if key in told:
            continue
        told.add(key)
        if error["type"] == "extra_forbidden":
            yield Problem(None, key, _(UNKNOWN_KEY))
        elif error["type"] == "missing":
            yield Problem(None, key, _("値がありません。作業の名前も確かめてください。"))
        else:
            yield refusal(None, key, error["input"], expected(key))


_NUMERIC: dict[str, FieldInfo] = {
    name: field
    for name, field in {**Scenario.model_fields, **Rate.model_fields}.items()
    if field.annotation in (int, float)
}


def bounds(key: str) -> tuple[float, float]:
    """Return the least and the greatest value of a numeric key of a scenario, or of a rate."""
    rules = {type(rule): rule for rule in _NUMERIC[key].metadata}
    return rules[Ge].ge, rules[Le].le


def expected(key: str) -> str:
    """Return what a value of `key` has to be, as a phrase in the reader's language."""
    match key.rpartition(".")[2]:
        case "name":
            return _("1〜{most}文字の名前").format(most=LONGEST_NAME)
        case "start_month" | "go_live" as name:
            months = START_MONTHS if name == "start_month" else GO_LIVE_MONTHS
            return _("{first}〜{last}の月(YYYY-MMの形)").format(
                first=months.first, last=months.last
            )
        case "fee_basis":
            return _(
                "dated(受付日の手数料)か、その手数料で試算する{first}〜{last}の月(YYYY-MMの形)"
            ).format(first=FEE_MONTHS.first, last=FEE_MONTHS.last)
        case "id_validity_months":
            return _("12か36")
        case name if name in _NUMERIC:
            low, high = bounds(name)
            whole = _NUMERIC[name].annotation is int
            number = _("{low:,}〜{high:,}の整数") if whole else _("{low:,}〜{high:,}の数")
            return number.format(low=low, high=high)
        case _:
            return _('{{"作業の名前": {{"minutes": 分, "yen": 円}}}}の形').format()
