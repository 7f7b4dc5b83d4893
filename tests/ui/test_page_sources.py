"""The page 前提と出典: every number with its source, and what is old is said."""

import datetime
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.vocabulary import Evidence, Procedure
from onlineready.load.shipped import load_advantages, load_assumptions
from onlineready.report import confidence, wording
from onlineready.ui.costs import topics
from tests import pages
from tests.day import TODAY
from tests.pages import computed
from tests.plans import TABLES

SOURCES = "pages/2_sources.py"


def told(page: AppTest) -> str:
    kinds = (page.title, page.header, page.markdown, page.caption)
    return "\n".join(str(text.value) for kind in kinds for text in kind)


def section(name: str, page: AppTest | None = None) -> AppTest:
    """Return the page with one of its sections open."""
    page = page or pages.opened(SOURCES)
    page.segmented_control(key="section").set_value(name).run()
    assert not page.exception
    assert not page.warning
    return page


def only_table(page: AppTest) -> pd.DataFrame:
    (table,) = page.table
    return table.value


def test_the_grounds_say_how_many_numbers_stand_on_what_and_what_was_compared() -> None:
    page = pages.opened(SOURCES)
    said = told(page)
    assert "手数料38は報告、前提21のうち14は仮定、作業の時間・実費19のうち18は仮定" in said
    assert "計算に使う78の数値" in said
    for word in ("■ 公式", "◆ 報告", "= 計算", "? 仮定"):
        assert word in said
    assert "公開手数料表3件が14の額すべてで一致" in said
    # A link ends where its address ends.
    assert "<https://www.moj.go.jp/isa/content/001469200.pdf> の検索" in said
    assert not page.table


def test_the_counts_add_up_to_the_numbers_that_the_model_reads() -> None:
    counts = confidence.counted(TABLES, load_assumptions())
    modelled = TABLES.fees["procedure"].isin(list(Procedure)).sum()
    assert counts.sum(axis="columns").tolist() == [
        modelled,
        len(load_assumptions()),
        len(TABLES.tasks),
    ]


def test_every_assumption_stands_on_the_page_with_its_source() -> None:
    assumptions = load_assumptions()
    table = only_table(section("前提"))
    rows = table.set_index("前提").to_dict("index")
    assert set(rows) == set(assumptions["label_ja"])
    assert rows["手数料の会社負担割合"]["低い値〜**基準**〜高い値"] == "0%〜**100%**〜100%"
    assert rows["試算の期間"]["低い値〜**基準**〜高い値"] == "**5年**"
    assert table[["出典", "確認日", "確からしさ"]].astype(bool).all(axis=None)
    # A column that would be empty is not there.
    assert "自社の値" not in table


def test_every_task_stands_on_the_page_with_its_source() -> None:
    table = only_table(section("作業の時間・実費"))
    assert table["作業"].tolist() == TABLES.tasks["label_ja"].tolist()
    assert table[["何ごとに", "出典", "確認日"]].astype(bool).all(axis=None)
    rows = table.set_index("作業")
    assert rows.at["印刷・コピー・綴じ込み", "1回の時間"] == "20〜**30**〜45分"
    assert rows.at["収入印紙の購入", "1回の実費"] == "**0**円"
    assert "自社の値" not in table


def test_a_readers_own_values_have_a_column_and_can_be_chosen() -> None:
    page = pages.opened()
    pages.set_other(page, "company_fee_share", 30)
    page = section("前提", page.switch_page(SOURCES).run())
    own = only_table(page).set_index("前提")["自社の値"]
    assert own["手数料の会社負担割合"] == "● 30%"
    assert own.astype(bool).sum() == 1
    choices = page.pills(key="chosen_assumptions")
    assert choices.options[-1] == "● 自社の値 1"
    choices.set_value(confidence.OWN).run()
    assert only_table(page)["前提"].tolist() == ["手数料の会社負担割合"]


@pytest.mark.parametrize("degree", list(confidence.SIGNS))
def test_a_degree_of_confidence_narrows_the_list_to_its_rows(degree: Evidence) -> None:
    rows = load_assumptions()
    of_degree = rows.loc[rows["confidence"].eq(degree), "label_ja"].tolist()
    choices = confidence.choices(rows, [False] * len(rows))
    assert (degree in choices) is bool(of_degree)
    chosen = confidence.chosen(rows, [False] * len(rows), degree, "")
    assert chosen["label_ja"].tolist() == of_degree


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ｼｬｶｲ 割引", []),
        ("割引率", ["割引率（年率）"]),
        ("離職　入管庁", ["年間の離職率"]),
        ("<script>alert(1)</script>", []),
    ],
)
def test_the_search_looks_through_names_and_sources(words: str, found: list[str]) -> None:
    page = section("前提")
    page.text_input(key="searched_source").set_value(words).run()
    assert [name for table in page.table for name in table.value["前提"]] == found
    assert ("見つかりません" in told(page)) is (not found)
    assert words not in told(page)


def test_the_fees_are_told_old_and_new_and_their_sources_a_click_away() -> None:
    page = section("手数料")
    assert "2026年10月から、1年の変更・更新は窓口33,000円、オンライン27,330円" in told(page)
    assert not page.table
    pages.unfolded(page, "fee_sources")
    assert "公開手数料表" in "".join(only_table(page)["出典"])
    pages.unfolded(page, "table_fee_change")
    year = list(page.table[0].value.loc["1年"])
    assert year == ["6,000", "5,500", "33,000", "27,330", "−5,670", "報告・要確認"]


def test_the_advantages_are_told_with_what_they_are_worth_by_the_readers_plan() -> None:
    page = pages.opened()
    pages.set_other(page, "company_fee_share", 30)
    said = only_table(section("利点", page.switch_page(SOURCES).run()))
    assert len(said) == len(load_advantages()) == 9
    fee = wording.gain(computed(company_fee_share=0.3).per_year["fee_saving_yen"])
    values = dict(zip(said["利点"], said["年の値"], strict=True))
    assert fee in values["手数料が安い"]
    assert "評価していません" in values["24時間申請できる"]
    assert "減る" in values["窓口へ行かず、待たない"]


def test_how_it_is_computed_and_what_is_left_out_is_told_with_its_version() -> None:
    said = told(section("計算のしかた"))
    assert __version__ in said
    assert str(MODEL_CHANGED_ON) in said
    assert "不許可" in said


def test_a_reader_is_led_to_where_values_are_set() -> None:
    page = pages.press(pages.opened(SOURCES), "own_values")
    assert page.segmented_control(key="topic").value == topics.LIST
    assert page.text_input(key="searched_assumption")


def test_fees_that_nobody_has_checked_for_long_are_told_on_both_pages() -> None:
    page = pages.opened()
    fresh = TODAY + datetime.timedelta(days=180)
    for later, old in ((fresh, False), (fresh + datetime.timedelta(days=1), True)):
        pages.hold(page, replace(pages.in_session(page), as_of=later))
        page.switch_page("app.py").run()
        assert any("180日" in warning.value for warning in page.warning) is old
        page.switch_page(SOURCES).run()
        assert any("180日" in warning.value for warning in page.warning) is old
