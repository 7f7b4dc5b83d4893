"""What the tests feed the engine: plans and scenarios, random or spelled out, in every form."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
from hypothesis import strategies as st
from pandera.pandas import Column, DataFrameSchema

from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.tables import OUTLINE, PLAN, TARGETS
from onlineready.domain.vocabulary import FIELDS, VISIT_DRIVERS
from onlineready.load.shipped import load_sample_outline, load_sample_plan, load_tables
from onlineready.model.result import Result, evaluate
from tests.day import TODAY

TABLES = load_tables()
SAMPLE_PLAN = load_sample_plan().reset_index(drop=True)
SAMPLE_OUTLINE = load_sample_outline().reset_index(drop=True)
TASK_IDS = tuple(str(task) for task in TABLES.tasks["id"])
VISIT_TASK_IDS = tuple(
    str(task) for task in TABLES.tasks.loc[TABLES.tasks["driver"].isin(VISIT_DRIVERS), "id"]
)
FEE_CHANGES = ("2020-01", "2025-04", "2026-10")
SITES = ("全社", "本社", "仙台工場")


class Situation(NamedTuple):
    """A scenario as a reader writes it, and a plan that goes with it."""

    raw: dict[str, Any]
    plan: pd.DataFrame


# Plans spelled out


def overseas(headcount: int, start: str, **more: Any) -> dict[str, Any]:
    """Return a row of workers hired from abroad."""
    return {"route": "overseas", "headcount": headcount, "start": start, **more}


def domestic(headcount: int, start: str, **more: Any) -> dict[str, Any]:
    """Return a row of workers hired in Japan."""
    return {"route": "domestic", "headcount": headcount, "start": start, **more}


def current(headcount: int, expiry: str, start: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a row of workers who are here already."""
    return {"route": "current", "headcount": headcount, "expiry": expiry, "start": start, **more}


def target(date: str | int, headcount: int, site: str = "全社") -> dict[str, Any]:
    """Return a row of targets: so many from a month (text) or a fiscal year (number) on."""
    column = "month" if isinstance(date, str) else "fiscal_year"
    return {"site": site, column: date, "headcount": headcount}


def roster(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as a frame of `tables.PLAN`, as if read from a file."""
    return _frame(rows, PLAN)


def targets(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as a frame of `tables.TARGETS`, as if read from a file."""
    return _frame(rows, TARGETS)


def outline(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as a frame of `tables.OUTLINE`, as if read from a file."""
    return _frame(rows, OUTLINE)


def _frame(rows: Sequence[Mapping[str, Any]], schema: DataFrameSchema) -> pd.DataFrame:
    empty = dict.fromkeys(schema.columns)
    full = [{**empty, "site": "全社", **row} for row in rows]
    index = range(2, len(full) + 2)
    return pd.DataFrame(
        {
            key: pd.Series([row[key] for row in full], index=index, dtype=_dtype(column))
            for key, column in schema.columns.items()
        }
    )


def _dtype(column: Column) -> str:
    dtype = str(column.dtype)
    return "str" if dtype.startswith("string") else dtype


def rows(plan: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a plan as plain rows: months as text, None where a cell is empty."""
    plain = []
    for record in plan.to_dict("records"):
        plain.append({str(key): _plain(value) for key, value in record.items()})
    return plain


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return str(value) if isinstance(value, pd.Period) else value


def csv_of(plan: pd.DataFrame) -> bytes:
    """Return a plan as the bytes of a CSV file."""
    return plan.to_csv(index=False).encode()


# Scenarios spelled out


def resolved(raw: Mapping[str, Any]) -> Scenario:
    """Return the scenario with every default filled, an open go-live at its first month."""
    scenario = resolve(raw, TABLES.tasks, TODAY)
    return scenario.going_live(scenario.start_month)


def plain(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as the JSON object that it stands for, nothing left out but the unset."""
    return scenario.model_dump(mode="json", exclude_none=True)


def only(**rates: Mapping[str, float]) -> dict[str, Mapping[str, float]]:
    """Return rates for a scenario's `tasks` under which no other task takes time or money."""
    return {task: {"minutes": 0, "yen": 0, **rates.get(task, {})} for task in TASK_IDS}


def business_case(plan: pd.DataFrame, raw: Mapping[str, Any]) -> Result:
    """Return what the model says under the shipped tables."""
    return evaluate(plan, resolved(raw), TABLES)


def filed(result: Result) -> list[tuple[str, str, int | None, float]]:
    """Return the applications as month, procedure, months granted and number."""
    columns = ("month", "procedure", "granted_months", "applications")
    table = [result.applications[column].tolist() for column in columns]
    return [
        (str(month), procedure, None if pd.isna(granted) else granted, number)
        for month, procedure, granted, number in zip(*table, strict=True)
    ]


# Random scenarios and plans


def shares(highest: float = 1.0) -> st.SearchStrategy[float]:
    """Draw a share with at most three decimals, as people write them; both ends included."""
    return st.integers(0, round(highest * 1000)).map(lambda thousandths: thousandths / 1000)


def _months(first: str, last: str) -> st.SearchStrategy[str]:
    ordinals = (pd.Period(first, "M").ordinal, pd.Period(last, "M").ordinal)
    return st.integers(*ordinals).map(_month_text)


def _month_text(ordinal: int) -> str:
    return str(pd.Period(ordinal=ordinal, freq="M"))


_MINUTES = st.one_of(st.integers(0, 240), st.integers(0, 100_000).map(lambda n: n / 10))
_YEN = st.one_of(st.integers(0, 3_000), st.integers(0, 1_000_000))
_RATES = st.fixed_dictionaries({}, optional={"minutes": _MINUTES, "yen": _YEN})

_KEYS: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(("標準", "楽観", "a")),
    "fiscal_year_start_month": st.integers(1, 12),
    "fee_basis": st.one_of(
        st.just("dated"), st.sampled_from(FEE_CHANGES), _months("2020-01", "2100-12")
    ),
    "company_fee_share": shares(),
    "online_share": shares(),
    "wage_yen_per_hour": st.one_of(st.integers(0, 5_000), st.integers(0, 100_000)),
    "realised_time_share": shares(),
    "batch_size": st.one_of(st.integers(1, 5), st.integers(1, 100)),
    "combined_trip_share": shares(),
    "attrition_per_year": st.one_of(st.just(0), shares(0.99)),
    "coe_lead_months": st.integers(0, 12),
    "change_lead_months": st.integers(0, 12),
    "extension_lead_months": st.integers(0, 3),
    "first_period_months": st.integers(1, 36),
    "period_months": st.integers(1, 36),
    "overseas_share": shares(),
    "ssw2_share": shares(),
    "ssw2_period_months": st.integers(6, 36),
    "id_validity_months": st.sampled_from((12, 36)),
    "discount_rate": shares(0.5),
    "tasks": st.dictionaries(st.sampled_from(TASK_IDS), _RATES, max_size=4),
    "sites": st.dictionaries(
        st.sampled_from(SITES),
        st.dictionaries(st.sampled_from(VISIT_TASK_IDS), _RATES, max_size=2),
        max_size=2,
    ),
}


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a scenario as a reader writes it: any key may be left out, but for the start."""
    begin = draw(st.one_of(_months("2024-01", "2027-12"), _months("2020-01", "2060-12")))
    raw = draw(st.fixed_dictionaries({}, optional=_KEYS))
    years = draw(st.one_of(st.integers(1, 6), st.integers(1, 10)))
    raw |= {"start_month": begin, "years": years}
    if draw(st.booleans()):
        officers = draw(st.one_of(st.integers(1, 5), st.integers(1, 1_000)))
        raw |= {
            "officers": officers,
            "uncertified_officers": draw(st.integers(0, officers)),
        }
    months = 12 * years
    after = draw(
        st.one_of(
            st.none(),
            st.integers(0, months - 1),
            st.one_of(st.integers(-40, -1), st.sampled_from((-36, -24, -12))),
            st.integers(months, months + 6),
        )
    )
    if after is not None:
        last = pd.Period("2070-12", "M").ordinal
        raw["go_live"] = _month_text(min(pd.Period(begin, "M").ordinal + after, last))
    return raw


@st.composite
def plan_rows(draw: st.DrawFn, begin: str, years: int, most: int = 50) -> dict[str, Any]:
    """Draw a row of a roster whose months lie around the horizon."""

    def month(earliest: int, latest: int) -> int:
        return pd.Period(begin, "M").ordinal + draw(st.integers(earliest, latest))

    row: dict[str, Any] = {
        "site": draw(st.sampled_from(SITES)),
        "field": draw(st.sampled_from((None, *FIELDS[:2]))),
        "route": draw(st.sampled_from(("current", "overseas", "domestic"))),
        "headcount": draw(st.integers(1, most)),
        "period": draw(st.one_of(st.none(), st.sampled_from((4, 6, 12, 36)), st.integers(1, 36))),
        "first_period": draw(st.one_of(st.none(), st.integers(1, 12))),
    }
    if row["route"] == "current":
        expiry = month(-6, 12 * years + 6)
        used = draw(st.one_of(st.none(), st.integers(1, 60)))
        row["expiry"] = _month_text(expiry)
        row["start"] = None if used is None else _month_text(expiry - used)
    else:
        row["start"] = _month_text(month(-30, 12 * years + 14))
    if row["route"] == "domestic":
        row["used_months"] = draw(st.one_of(st.none(), st.integers(0, 59)))
        row["first_period"] = draw(st.one_of(st.none(), st.integers(1, 36)))
    return row


@st.composite
def situations(draw: st.DrawFn, most_rows: int = 6, most: int = 50) -> Situation:
    """Draw a scenario and a roster that goes with it."""
    raw = draw(scenarios())
    one = plan_rows(raw["start_month"], raw["years"], most)
    return Situation(raw, roster(*draw(st.lists(one, min_size=1, max_size=most_rows))))


@st.composite
def target_rows(
    draw: st.DrawFn, begin: str, years: int, most: int = 50, sites: Sequence[str] = SITES
) -> list[dict[str, Any]]:
    """Draw targets of one to all of the sites, by month or by fiscal year, around the horizon."""
    first = pd.Period(begin, "M")
    dates: st.SearchStrategy[str | int] = (
        st.integers(first.year - 2, first.year + years + 2)
        if draw(st.booleans())
        else st.integers(first.ordinal - 18, first.ordinal + 12 * years + 14).map(_month_text)
    )
    headcounts = st.one_of(st.integers(0, most), st.just(0))
    given = draw(
        st.dictionaries(
            st.sampled_from(sites),
            st.dictionaries(dates, headcounts, min_size=1, max_size=4),
            min_size=1,
        )
    )
    return [
        target(date, headcount, site)
        for site, values in given.items()
        for date, headcount in values.items()
    ]


@st.composite
def target_situations(draw: st.DrawFn, most: int = 50, sites: Sequence[str] = SITES) -> Situation:
    """Draw a scenario and targets that go with it."""
    raw = draw(scenarios())
    return Situation(
        raw, targets(*draw(target_rows(raw["start_month"], raw["years"], most, sites)))
    )


@st.composite
def outline_situations(draw: st.DrawFn, most: int = 50, sites: Sequence[str] = SITES) -> Situation:
    """Draw a scenario and an outline that goes with it."""
    hires = st.one_of(st.none(), st.integers(0, most), shares().map(lambda share: share * most))
    rows = draw(
        st.dictionaries(st.sampled_from(sites), st.tuples(st.integers(0, most), hires), min_size=1)
    )
    plan = outline(
        *(
            {"site": site, "headcount": headcount, "hires_per_year": hired}
            for site, (headcount, hired) in rows.items()
        )
    )
    return Situation(draw(scenarios()), plan)


def situations_of_any_kind() -> st.SearchStrategy[Situation]:
    """Draw a scenario and a plan of one of the three kinds."""
    return st.one_of(situations(), target_situations(), outline_situations())


# Spreadsheets


Cells = Sequence[Sequence[str | float | date | None]]


def xlsx_of(cells: Cells, **elsewhere: str | float) -> bytes:
    """Return a workbook with rows of cells on its first sheet, and single cells by their place."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for line in cells:
        sheet.append(list(line))
    for place, value in elsewhere.items():
        sheet[place] = value
    book.save(content)
    return content.getvalue()
