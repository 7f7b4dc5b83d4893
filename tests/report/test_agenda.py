"""What is said in a meeting follows from the result, whatever that is."""

import re
from typing import Any

import hypothesis
import pytest

from onlineready.domain.vocabulary import Per, Procedure
from onlineready.model.result import Result, evaluate, under
from onlineready.readiness.checklist import Answers, read_answers
from onlineready.report import findings, wording
from onlineready.report.briefing import Briefing, ChartKind, Slide
from tests import briefings
from tests.briefings import CASES, OUR_WORDS, SHIPPED, case, told, words, workbook
from tests.chance import examples
from tests.day import TODAY
from tests.plans import (
    SAMPLE_PLAN,
    TABLES,
    Situation,
    business_case,
    current,
    resolved,
    roster,
    situations_of_any_kind,
)


def result(name: str) -> Result:
    book = workbook(*CASES[name])
    return evaluate(book.plan, book.scenarios[0], TABLES)


def titles(name: str) -> list[str]:
    return [slide.title for slide in case(name).slides]


@pytest.mark.parametrize("name", CASES)
def test_there_are_six_screens_of_one_finding_each(name: str) -> None:
    slides = case(name).slides
    assert len(slides) == 6
    assert all(slide.title and slide.lead for slide in slides)
    assert all(len(slide.metrics) <= 4 and len(slide.points) <= 5 for slide in slides)


def test_a_gain_is_told_with_the_figures_of_page_1() -> None:
    year = result("gain").per_year
    first = case("gain").slides[0]
    assert (
        first.title
        == f"オンラインに切り替えると、年間 {wording.about(year['net_saving_yen'])}の削減"
    )
    assert [metric.value for metric in first.metrics] == [
        wording.gain(year["net_saving_yen"]),
        wording.gain(year["cash_saving_yen"]),
        wording.hours(year["hours_saved"] - year["hours_spent"]),
        wording.payback(result("gain").worth.payback_months),
    ]
    assert not any(metric.loss for metric in first.metrics)


def test_a_loss_is_told_as_plainly_as_a_gain() -> None:
    loss = wording.about(-result("loss").per_year["net_saving_yen"])
    told = titles("loss")
    assert told[0] == f"オンラインに切り替えると、年間 {loss}の負担増"
    assert "多い" in told[2]
    assert told[3].startswith("期間中は回収なし")
    assert told[5] == "お願い: 今の前提では替えず、前提を見直して出し直すことの承認"
    assert all(metric.loss for metric in case("loss").slides[0].metrics)


def test_a_plan_without_extensions_says_what_it_has() -> None:
    told = titles("certificates only")
    assert told[1] == "申請は3年間で5.0件、すべて認定(COE)"
    assert not any("更新" in point for point in case("certificates only").slides[1].points)
    assert "会社が払う手数料は、窓口もオンラインも0円" in case("certificates only").slides[2].points


def test_a_plan_without_applications_asks_for_nothing() -> None:
    told = titles("nothing filed")
    assert told[0] == "この計画では、5年間に出す申請がありません"
    assert told[1] == "この計画の申請は、5年間で0件"
    assert told[5].startswith("判断は要りません")
    assert case("nothing filed").slides[1].figure is None


def test_a_start_after_the_period_has_no_payback() -> None:
    told = titles("too late")
    assert "2035年1月" in told[0]
    assert told[3] == "開始が2035年1月のため、回収なし"
    assert case("too late").slides[3].metrics == ()


def a_month_later(now: Result) -> tuple[str, Result, Result]:
    later = under(now, now.scenario.later(1), TABLES)
    return findings.a_month_later(now, later), now, later


def test_what_a_month_of_delay_takes_is_a_loss() -> None:
    told, now, later = a_month_later(business_case(SAMPLE_PLAN, {"go_live": "2027-02"}))
    lost = now.totals - later.totals
    yen, hours = lost["net_saving_yen"], lost["hours_saved"] - lost["hours_spent"]
    assert (
        told
        == f"開始(2027年2月)が1か月遅れると、{wording.yen(yen)}と{wording.hours(hours)}の負担増"
    )


def test_what_a_month_of_delay_saves_is_a_gain() -> None:
    raw = {"company_fee_share": 0, "realised_time_share": 0, "go_live": "2031-03"}
    now = business_case(SAMPLE_PLAN, raw)
    yen = wording.yen(-now.totals["net_saving_yen"])
    hours = wording.hours(now.totals["hours_spent"] - now.totals["hours_saved"])
    told = findings.a_month_later(now, under(now, now.scenario.later(1), TABLES))
    assert told == f"開始(2031年3月)が1か月遅れると、{yen}と{hours}の削減"


@pytest.mark.parametrize(
    ("name", "month"),
    [("gain", "2027年1月"), ("too late", "2035年1月"), ("nothing filed", "2027年1月")],
)
def test_a_month_that_changes_nothing_is_told(name: str, month: str) -> None:
    told, _now, _later = a_month_later(result(name))
    assert told == f"開始({month})が1か月遅れても、期間中の効果は同じ"


def test_what_is_paid_back_once_and_lost_again_is_told() -> None:
    leaving = roster(current(18, "2027-06", "2022-07"))
    lost = business_case(leaving, {"start_month": "2026-04", "years": 10})
    total = wording.gain(lost.cumulative_yen.iloc[-1], wording.about)
    assert total.endswith("の負担増")
    assert (
        findings.payback(lost).title
        == f"{lost.worth.payback_months}か月で一度は回収、開始後120か月分の累計は{total}"
    )


@pytest.mark.parametrize("name", CASES)
def test_the_table_of_costs_adds_up_to_the_chart(name: str) -> None:
    slide = case(name).slides[2]
    assert slide.table
    assert slide.figure
    *_kinds, total = slide.table.rows
    for said, drawn in zip(total[1:3], slide.figure.table.sum(), strict=True):
        assert said == f"{drawn:,.0f}"


@pytest.mark.parametrize("name", CASES)
def test_the_years_of_a_chart_stand_in_their_order(name: str) -> None:
    for slide in case(name).slides:
        if slide.figure and slide.figure.kind is not ChartKind.LINE:
            assert slide.figure.spec["encoding"]["x"]["sort"]["field"] == "place"


def test_the_chart_of_applications_has_all_of_them() -> None:
    figure = case("gain").slides[1].figure
    assert figure
    totals = result("gain").totals
    named = {"認定(COE)": Procedure.COE, "変更": Procedure.CHANGE, "更新": Procedure.EXTENSION}
    for name, drawn in figure.table.sum().items():
        assert drawn == pytest.approx(totals[f"applications_{named[str(name)]}"])


@pytest.mark.parametrize("name", CASES)
def test_no_english_words_are_left(name: str) -> None:
    sources = {note for slide in case(name).slides for note in slide.notes}
    for text in words(case(name)):
        if text not in sources and not text.startswith(("http", "#")):
            assert set(re.findall(r"[A-Za-z]{2,}", text)) <= OUR_WORDS, text


def readiness_of(**answers: Any) -> Slide:
    raw = {"gate": {question.id: "yes" for question in SHIPPED.checklist.questions}, **answers}
    return told(workbook(None, {}, read_answers(raw))).slides[4]


def test_the_gate_is_told() -> None:
    first = SHIPPED.checklist.questions[0].id
    shut = readiness_of(gate={first: "no"})
    assert shut.title.startswith("担当者の講習が済めば、")
    assert any("申請等取次者" in point for point in shut.points)
    assert "すべて「はい」" in readiness_of().points[0]
    assert "3件が未確認" in case("gain").slides[4].points[0]


def test_who_is_ready_is_not_told_to_hurry() -> None:
    items = SHIPPED.checklist.items
    done = {item.id: {"status": "done"} for item in items if item.who is Per.ORGANIZATION}
    mine = {item.id: {"status": "done"} for item in items if item.who is Per.OFFICER}
    officer = {"label": "担当者A", "items": mine}
    ready = readiness_of(organization=done, officers=[officer])
    assert ready.title == "準備は済み、2026年11月からオンラインで申請できます"
    assert ready.table is None


def test_a_start_before_everything_is_ready_is_not_asked_for() -> None:
    early = told(workbook(None, {"go_live": "2026-12"}))
    assert "準備の見込み(2027年1月)より早い" in "".join(early.slides[4].points)
    assert early.slides[5].title == "お願い: 2027年1月からオンライン申請に替えることの承認"


def test_an_assumption_of_ones_own_does_not_keep_the_confidence_of_another() -> None:
    table = case("loss").slides[5].table
    assert table
    rows = {row[0]: row for row in table.rows}
    assert rows["手数料の会社負担割合"][1:] == ("0%", "0%〜100%", "自社の値(初期値 100%)")
    assert rows["年間の離職率"][3] == "計算"


def test_a_sheet_for_each_officer_has_a_box_for_all_that_applies() -> None:
    sheets = case("gain").sheets
    assert [sheet.title for sheet in sheets] == [
        "準備チェックリスト 担当者A",
        "準備チェックリスト 担当者B",
    ]
    assert all(str(TODAY) in sheet.summary for sheet in sheets)
    boxes = [box for section in sheets[0].sections for box in section.boxes]
    assert "取次者の承認を受ける(開始月に関わらない)" in [box.label for box in boxes]
    online = [item for item in SHIPPED.checklist.items if "way" not in item.applies_when]
    assert len(boxes) >= len(online)
    assert not any(box.ticked for box in boxes)
    assert all(bool(box.due) != ("開始月に関わらない" in box.label) for box in boxes)


def test_signs_that_cannot_be_printed_are_left_out() -> None:
    book = workbook(None, {"name": "a\x00b\u202ec\x0bd"}, Answers())
    assert told(book, "x\ud800y").stamp.scenario == "a b c d"
    assert told(book, "x\ud800y").stamp.plan == "x y"


@examples(5)
@hypothesis.given(situations_of_any_kind())
def test_there_is_something_to_say_of_any_result(situation: Situation) -> None:
    book = briefings.workbook(situation.plan, {"go_live": None, **situation.raw})
    said: Briefing = told(book)
    pays = evaluate(book.plan, resolved(situation.raw), TABLES).worth.npv_yen
    assert all(slide.title for slide in said.slides)
    if round(pays) > 0 and "go_live" in situation.raw:
        assert not said.slides[5].title.startswith("お願い: 今の前提では替えず")
