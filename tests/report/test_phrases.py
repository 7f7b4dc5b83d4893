"""What stands in an answer is the reader's own figure, whole, in gain, in loss and without one."""

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

from onlineready.load.faq import answered
from onlineready.load.shipped import load_faq
from onlineready.model.result import Result
from onlineready.report.phrases import phrases
from tests.plans import SAMPLE_PLAN, TABLES, business_case
from tests.situations import GAIN, LOSS, NO_BENEFIT

DAY = date(2026, 11, 23)
WHOLE = {
    "break_even": r"年[\d,]+\.\d件\(いまの計画は、.+(ます|ません)\)|ありません\(.+ません\)",
    "fee_counter_12": r"[\d,]+円",
    "fee_online_12": r"[\d,]+円",
    "go_live": r"20\d\d年\d+月\((決めてある開始月|準備の答えからの見込み)\)",
}
"""What a phrase looks like that can be read by itself, unit included."""
NOTHING = {**GAIN, "start_month": "2040-01", "go_live": "2040-01"}


def case(raw: dict[str, Any]) -> Result:
    return business_case(SAMPLE_PLAN, raw)


def break_even(raw: dict[str, Any]) -> str:
    return phrases(case(raw), TABLES.fees, DAY, fixed=False).break_even


def test_the_break_even_says_on_which_side_the_plan_is() -> None:
    for raw, side in ((GAIN, "これを上回ります"), (LOSS, "これに届きません")):
        result = case(raw)
        volume = result.worth.break_even_applications_per_year
        assert f"年{volume:,.1f}件(いまの計画は、{side})" == break_even(raw)
        assert (result.worth.npv_yen > 0) is (raw is GAIN)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (NO_BENEFIT, "申請1件あたりの削減がなく"),
        (NOTHING, "開始の後にオンラインで出す申請がありません"),
    ],
    ids=["no benefit", "nothing filed"],
)
def test_where_there_is_no_break_even_the_phrase_says_why(raw: dict[str, Any], why: str) -> None:
    assert case(raw).worth.break_even_applications_per_year is None
    assert break_even(raw).startswith(f"ありません({why}")


@pytest.mark.parametrize(
    ("day", "counter", "online"),
    [
        (date(2025, 3, 31), "4,000円", "4,000円"),
        (date(2026, 9, 30), "6,000円", "5,500円"),
        (date(2026, 10, 1), "33,000円", "27,000円"),
    ],
)
def test_the_fees_are_those_of_the_day_without_the_payment_charge(
    day: date, counter: str, online: str
) -> None:
    found = phrases(case(GAIN), TABLES.fees, day, fixed=False)
    assert (found.fee_counter_12, found.fee_online_12) == (counter, online)


def test_change_and_extension_cost_the_same() -> None:
    kept = ["channel", "accepted_from", "granted_months_from", "fee_yen"]
    change, extension = (
        TABLES.fees.loc[TABLES.fees["procedure"].eq(procedure), kept].reset_index(drop=True)
        for procedure in ("change", "extension")
    )
    pd.testing.assert_frame_equal(change, extension)


def test_the_month_says_when_it_was_set() -> None:
    for fixed, why in ((False, "準備の答えからの見込み"), (True, "決めてある開始月")):
        assert phrases(case(GAIN), TABLES.fees, DAY, fixed).go_live == f"2027年2月({why})"


@pytest.mark.parametrize("raw", [GAIN, LOSS, NO_BENEFIT, NOTHING])
def test_answers_read_as_sentences(raw: dict[str, Any]) -> None:
    filled = {
        one.id: one.answer_ja
        for one in answered(load_faq(), phrases(case(raw), TABLES.fees, DAY, fixed=False))
    }
    assert f"いまの計画での損益分岐: {break_even(raw)}。" in filled["worth_it"]
    assert "これを上回れば" not in filled["worth_it"]  # there may be no number
    assert "窓口33,000円、オンライン27,000円です" in filled["fee_now"]
    assert "オンライン申請の開始: 20" in filled["approval_days"]


def test_the_fee_answer_holds_on_any_day() -> None:
    """Only the rule is dated in the text; the amounts are those of the workbook's day."""
    found = phrases(case(GAIN), TABLES.fees, date(2026, 9, 30), fixed=False)
    (told,) = (one.answer_ja for one in answered(load_faq(), found) if one.id == "fee_now")
    assert told.startswith("いま受け付けられる変更と更新は")
    assert "窓口6,000円、オンライン5,500円です。2026年10月1日からの受付分は" in told


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("raw", [GAIN, LOSS, NO_BENEFIT, NOTHING])
def test_all_answers_are_filled_with_whole_phrases(raw: dict[str, Any], fixed: bool) -> None:
    questions = load_faq()
    found = phrases(case(raw), TABLES.fees, DAY, fixed)
    assert found._asdict().keys() == WHOLE.keys()
    for name, phrase in found._asdict().items():
        assert re.fullmatch(WHOLE[name], phrase)
    assert len(questions) == 27
    for asked, filled in zip(questions, answered(questions, found), strict=True):
        for field in ("answer_ja", "answer_en"):
            expected = getattr(asked, field)
            for name, phrase in found._asdict().items():
                expected = expected.replace(f"{{{name}}}", phrase)
            assert getattr(filled, field) == expected
            assert not {"{", "}"} & set(expected)
