"""The ZIP of everything: what is in it, and that it is the same each time."""

import csv
import io
import zipfile
from functools import cache

import pandas as pd

from onlineready.export.bundle import File, to_zip
from onlineready.load.shipped import load_sample_plan, load_sample_targets
from onlineready.report.stamp import stamp
from onlineready.ui.meeting import downloads
from tests.briefings import told, workbook
from tests.day import TODAY
from tests.plans import TABLES, business_case, current, resolved, roster

CASE = {"start_month": "2026-04", "go_live": "2027-02"}


def files(plan: pd.DataFrame) -> list[File]:
    """Return what a bundle of a plan is made of."""
    made_from = stamp(resolved(CASE), "計画", TODAY, TABLES.fees)
    briefing = cache(lambda: told(workbook(plan, CASE)))
    return list(downloads.files(business_case(plan, CASE), plan, TABLES, made_from, briefing))


@cache
def of_the_sample() -> dict[str, bytes]:
    """Return the names and contents of the bundle of the sample, made once for all tests."""
    return contents(files(load_sample_plan()))


def contents(files: list[File]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_zip(files))) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_the_zip_holds_every_paper_every_chart_and_every_table() -> None:
    found = of_the_sample()
    charts = {
        "waterfall",
        "applications_by_year",
        "costs_by_year",
        "cumulative_saving",
        "hours_by_step",
    }
    tables = charts | {"plan", "applications", "months", "fiscal_years", "fees", "tasks"}
    assert set(found) == {
        "README.txt",
        "onlineready.xlsx",
        *("ringi.pdf", "happyo.pdf", "happyo.pptx", "checklist.pdf"),
        *(f"charts/{name}.{kind}" for name in charts for kind in ("png", "svg")),
        *(f"tables/{name}.csv" for name in tables),
    }
    listed = found["README.txt"].decode("utf-8-sig")
    assert "シナリオ: 標準" in listed
    assert all(name.rpartition(".")[0] in listed for name in found if name != "README.txt")


def test_every_table_has_japanese_headers_and_the_numbers_of_the_model() -> None:
    found = of_the_sample()
    for name, content in found.items():
        if name.endswith(".csv"):
            heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            assert rows
            assert not [head for head in heads if head.isascii()], name
    months = pd.read_csv(io.BytesIO(found["tables/months.csv"]), index_col=0)
    result = business_case(load_sample_plan(), CASE)
    net = months["節約(窓口−オンライン化) 差引きの効果(円)"]
    assert abs(net.sum() - result.totals["net_saving_yen"]) < 1e-6


def test_other_plans_can_be_packed() -> None:
    # Papers of any plan are made in the tests of each kind.
    targets, odd = (
        contents([one for one in files(plan) if one[0].startswith("tables/")])
        for plan in (load_sample_targets(), roster(current(1, "2027-04", site="=1+1")))
    )
    assert "人数" in targets["tables/plan.csv"].decode("utf-8-sig")
    assert '"\'=1+1"' in odd["tables/applications.csv"].decode("utf-8-sig")


def test_the_same_files_give_the_same_zip() -> None:
    files = [("a.txt", lambda: b"a"), ("b/b.txt", lambda: b"b")]
    assert to_zip(files) == to_zip(files)
