"""The page 前提と出典: every number with its source, and what is old is said."""

import datetime
from dataclasses import replace

import pandas as pd
from streamlit.testing.v1 import AppTest

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.load.shipped import load_advantages, load_assumptions
from onlineready.report import wording
from tests import pages
from tests.day import TODAY
from tests.pages import computed
from tests.plans import TABLES

SOURCES = "pages/2_sources.py"


def told(page: AppTest) -> str:
    kinds = (page.title, page.header, page.markdown, page.caption)
    return "\n".join(str(text.value) for kind in kinds for text in kind)


def test_every_number_stands_on_the_page_with_its_source() -> None:
    page = pages.opened()
    pages.set_other(page, "company_fee_share", 30)
    page.switch_page(SOURCES).run()
    assert not page.exception
    assert not page.warning

    tables = [one.value for one in page.table]
    listed = [one for one in tables if "前提" in one]
    rows = {row["前提"]: row for one in listed for row in one.to_dict("records")}
    assumptions = load_assumptions()
    assert set(rows) == set(assumptions["label_ja"])
    share = rows["手数料の会社負担割合"]
    assert share["低い値〜**基準**〜高い値"] == "0%〜**100%**〜100%"
    assert rows["試算の期間"]["低い値〜**基準**〜高い値"] == "**5年**"
    assert share["自社の値"] == "● 30%"
    assert rows["担当者の時間単価"]["自社の値"] == ""
    tasks = pd.concat([one for one in tables if "何ごとに" in one])
    assert sorted(tasks["作業"]) == sorted(TABLES.tasks["label_ja"])
    for one, day in ((tasks, "確認日"), *((one, "確認先・確認日") for one in listed)):
        assert one[["出典", day]].astype(bool).all(axis=None)

    assert "公式に確かめたものは0" in told(page)
    for word in ("■ 公式", "◆ 報告", "= 計算", "? 仮定"):
        assert word in told(page)
    assert __version__ in told(page)
    assert str(MODEL_CHANGED_ON) in told(page)
    assert "不許可" in told(page)

    (said,) = (one for one in tables if "利点" in one)
    assert len(said) == len(load_advantages()) == 9
    fee = wording.gain(computed(company_fee_share=0.3).per_year["fee_saving_yen"])
    values = dict(zip(said["利点"], said["年の値"], strict=True))
    assert fee in values["手数料が安い"]
    assert "評価していません" in values["24時間申請できる"]
    assert "減る" in values["窓口へ行かず、待たない"]


def test_fees_that_nobody_has_checked_for_long_are_told_on_both_pages() -> None:
    page = pages.opened()
    fresh = TODAY + datetime.timedelta(days=180)
    for later, old in ((fresh, False), (fresh + datetime.timedelta(days=1), True)):
        pages.hold(page, replace(pages.in_session(page), as_of=later))
        page.switch_page("app.py").run()
        assert any("180日" in warning.value for warning in page.warning) is old
        page.switch_page(SOURCES).run()
        assert any("180日" in warning.value for warning in page.warning) is old
