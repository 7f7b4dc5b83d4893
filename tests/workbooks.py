"""Random workbooks, with names of sites that a careless writer would change."""

from typing import Any

from hypothesis import strategies as st

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Channel, Procedure
from onlineready.filing.actuals import read_actuals
from onlineready.readiness.checklist import read_answers
from onlineready.workbook import FIRST_DAY, LAST_DAY, MAX_SCENARIOS, Workbook
from tests.checklists import raw_answers
from tests.plans import SITES, TABLES, plan_rows, roster, target_rows, targets
from tests.plans import scenarios as raw_scenarios

ODD_NAMES = (
    "髙﨑①㈱",
    "=1+1",
    "\"引用\" '符'",
    "🏭👩‍🔧第二",
    "北,南;東\t西",
    "<b>太字</b>**強調**",
    "\\u5317\\n",
    "  前後の空白  ",
    "か\u3099",
)
"""Names of sites that a careless writer would change, and that occur in nothing else."""


@st.composite
def raw_actuals(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw the `actuals` of a workbook: none in most of them."""
    keys = st.tuples(
        st.sampled_from(("2020-01", "2026-10", "2026-11", "2070-12")),
        st.sampled_from([str(procedure) for procedure in Procedure]),
        st.sampled_from([str(channel) for channel in Channel]),
    )
    rows = []
    for month, procedure, channel in draw(st.lists(keys, max_size=3, unique=True)):
        filed = draw(st.integers(0, 100_000))
        row = {"month": month, "procedure": procedure, "channel": channel, "filed": filed}
        if draw(st.booleans()):
            row["minutes"] = draw(st.integers(0, filed * 10_000)) / 4
        rows.append(row)
    return rows


def workbooks(
    names: st.SearchStrategy[str] | None = None, most_rows: int = 5
) -> st.SearchStrategy[Workbook]:
    """Draw a workbook whose three sites have names of a kind, odd ones if none is given."""
    return _workbooks(st.sampled_from(ODD_NAMES) if names is None else names, most_rows)


@st.composite
def _workbooks(draw: st.DrawFn, names: st.SearchStrategy[str], most_rows: int) -> Workbook:
    as_of = draw(st.dates(FIRST_DAY, LAST_DAY))
    drawn = draw(st.lists(names, min_size=len(SITES), max_size=len(SITES), unique=True))
    called = dict(zip(SITES, drawn, strict=True))
    raws = draw(st.lists(raw_scenarios(), min_size=1, max_size=MAX_SCENARIOS))
    for raw in raws:
        if "sites" in raw:
            raw["sites"] = {called[site]: rates for site, rates in raw["sites"].items()}
    begin, years = raws[0]["start_month"], raws[0]["years"]
    of_kind = roster
    if draw(st.integers(1, 3)) == 1:
        of_kind, rows = targets, draw(target_rows(begin, years))
    else:
        rows = draw(st.lists(plan_rows(begin, years), min_size=1, max_size=most_rows))
        rows += draw(st.lists(st.sampled_from(rows), max_size=2))
    plan = of_kind(*({**row, "site": called[row["site"]]} for row in rows))
    return Workbook(
        as_of=as_of,
        scenarios=tuple(resolve(raw, TABLES.tasks, as_of) for raw in raws),
        plan=plan.reset_index(drop=True),
        readiness=read_answers(draw(raw_answers())),
        actuals=read_actuals(draw(raw_actuals())),
    )
