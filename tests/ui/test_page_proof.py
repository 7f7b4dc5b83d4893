"""The workings on the page can be done again with a pocket calculator."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from streamlit.testing.v1 import AppTest

from onlineready.domain.scenario import resolve
from onlineready.report import wording
from onlineready.workbook import Workbook, to_token
from tests import pages
from tests.chance import examples
from tests.day import TODAY
from tests.plans import TABLES, Situation, situations_of_any_kind
from tests.situations import EMPTY, NOT_WITHIN_THE_HORIZON, SAMPLE

NET = "差引きの効果(年)"
NO_NET = ("増減なし", "申請がありません", "効果なし")
"""What the answer says where it names no amount."""


def open_card(card: str, situation: Situation) -> AppTest:
    """Open page 1 with the derivation of one card open."""
    scenario = resolve(situation.raw, TABLES.tasks, TODAY)
    scenario = scenario.going_live(scenario.start_month)
    plan = situation.plan.reset_index(drop=True)
    page = pages.page_at(w=to_token(Workbook(TODAY, (scenario,), plan)))
    page.session_state["derivation_of"] = card
    page.session_state["derivation_sources"] = True
    page.run()
    pages.press(page, "derivation_net_saving_yen")
    assert not page.exception
    return page


def calculated(words: str) -> float:
    """Return what a pocket calculator gives for a calculation as it stands on the page."""
    plain = re.sub(r"表\d", "", words).replace(",", "")
    for sign, typed in (("−", "-"), ("×", "*"), ("÷", "/"), ("%", "/100")):
        plain = plain.replace(sign, typed)
    typed = re.sub(r"[^0-9.+\-*/() ]", "", plain)
    return float(eval(typed))  # noqa: S307 (digits and signs only)


def number(words: str) -> float:
    return float(words.replace("−", "-").replace("円", "").replace("時間", "").replace(",", ""))


def slack(words: str) -> float:
    """Return how far the result may be off: the quantity is shown to six digits."""
    return 1e-6 * max(1.0, *(float(n.replace(",", "")) for n in re.findall(r"[\d,.]*\d", words)))


def card(page: AppTest, label: str) -> str:
    """Return a figure to the yen, the hour or the month, as its help has it."""
    if label == NET:
        found = re.search(r"差引きの効果は年([\d,]+円)の(削減|負担増)", page.title[0].proto.help)
        assert found
        return f"-{found[1]}" if found[2] == "負担増" else found[1]
    exact = next(metric.proto.help for metric in page.metric if metric.label == label)
    return re.split(r"[(。]", exact)[0]


def steps(page: AppTest) -> dict[str, str]:
    table = next(one.value for one in page.table if "内容" in one.value)
    return dict(zip(table["内容"], table["計算"], strict=True))


def redone(page: AppTest, which: int) -> tuple[float, float]:
    """Work a table of factors out row by row; return its sum, and how far it may be off."""
    titles = [text.value for text in page.markdown if re.match(r"\*\*表\d", text.value)]
    tables = [one.value for one in page.table if "項目" in one.value]
    (table,) = (
        table
        for title, table in zip(titles, tables, strict=True)
        if title.startswith(f"**表{which} ")
    )
    *rows, whole = table.to_dict("records")
    (result,) = (column for column in table if str(column).startswith("結果"))
    found = [calculated(row["計算"]) for row in rows]
    for row, amount in zip(rows, found, strict=True):
        assert number(row[result]) == pytest.approx(amount, abs=0.005 + slack(row["計算"]))
        assert row["根拠"]
    off = sum(slack(row["計算"]) for row in rows) + 1e-6
    assert number(whole[result]) == pytest.approx(sum(found), abs=0.005 + off)
    return sum(found), off


def check_net_and_cash(situation: Situation) -> None:
    for name, label, parts in (
        ("net_saving_yen", NET, (1, 2, 4)),
        ("cash_saving_yen", "現金の節約(年)", (1, 2)),
    ):
        page = open_card(name, situation)
        shown = steps(page)
        if label == NET and any(told in page.title[0].value for told in NO_NET):
            continue
        if "オンラインの月がありません" in shown["1年あたり"]:
            assert card(page, label) == "0円"
            continue
        (share,) = re.findall(r"[\d.]+(?=%)", shown["A 手数料の差"])
        (months,) = re.findall(r"(\d+)か月", shown["1年あたり"])
        weights = {1: float(share) / 100, 2: 1.0, 4: 1.0}
        sheets = {which: redone(page, which) for which in parts}
        total = sum(weights[which] * amount for which, (amount, _off) in sheets.items())
        off = sum(off for _amount, off in sheets.values()) * 12 / int(months)
        assert number(card(page, label)) == pytest.approx(total * 12 / int(months), abs=0.5 + off)
        assert number(card(page, label)) == pytest.approx(
            calculated(shown["1年あたり"]), abs=0.5 + 1e-4
        )
        if situation is SAMPLE:
            assert card(page, label) == wording.yen(total * 12 / int(months))


def check_hours(situation: Situation) -> None:
    page = open_card("hours", situation)
    shown = steps(page)["1年あたり"]
    if "オンラインの月がありません" in shown:
        assert card(page, "減る時間(年)") == "0.0時間"
        return
    (months,) = re.findall(r"(\d+)か月", shown)
    total, off = redone(page, 3)
    found = number(card(page, "減る時間(年)"))
    assert found == pytest.approx(total * 12 / int(months), abs=0.05 + off)
    assert found == pytest.approx(calculated(shown), abs=0.05 + 1e-4)


def check_payback(situation: Situation) -> None:
    page = open_card("payback_months", situation)
    if any("オンラインの月がありません" in text.value for text in page.markdown):
        assert card(page, "回収まで") == "回収なし"
        return
    (table,) = (one.value for one in page.table if "累計(円)" in one.value)
    amounts = table[[column for column in table if "(円)" in str(column)]].map(number)
    fee, outlay, time, net, total = (amounts[column] for column in amounts)
    assert (fee + outlay + time - net).abs().le(0.02).all()
    assert (net.cumsum() - total).abs().le(0.01 * len(table) + 0.01).all()
    paid = total.index[net.cumsum() >= -0.01 * len(table)]
    answer = card(page, "回収まで")
    if answer == "回収なし":
        assert len(paid) == 0 or net.abs().max() < 1
    else:
        assert answer == f"{table['開始から(か月目)'].iloc[-1]}か月"
        assert total.iloc[-1] >= -0.01
        assert (total.iloc[:-1] <= 0.01).all()


@pytest.mark.parametrize("check", [check_net_and_cash, check_hours, check_payback])
def test_a_reader_can_redo_the_cards(check: Callable[[Situation], None]) -> None:
    for situation in (SAMPLE, NOT_WITHIN_THE_HORIZON, EMPTY):
        check(situation)


@examples(1, 30)
@given(situation=situations_of_any_kind())
def test_a_reader_can_redo_the_cards_of_any_situation(situation: Situation) -> None:
    check_net_and_cash(situation)
    check_hours(situation)
    check_payback(situation)


def test_a_reader_can_redo_the_net_present_value() -> None:
    page = open_card("net_saving_yen", SAMPLE)
    page.session_state["investment"] = True
    page.segmented_control(key="topic").set_value("結果の幅とリスク").run()
    pages.press(page, "derivation_npv_yen")
    (table,) = (one.value for one in page.table if "× 割引係数" in one.value)
    net, factor = table["差引きの効果(円)"].map(number), table["× 割引係数"].astype(float)
    assert wording.yen((net * factor).sum()) == pages.metrics(page)["正味現在価値(NPV)"]
    assert factor.iloc[12] == pytest.approx(1 / 1.04, abs=1e-8)


def test_every_number_put_in_has_source_day_and_confidence() -> None:
    raw = {**SAMPLE.raw, "wage_yen_per_hour": 2_000, "tasks": {"counter_print": {"minutes": 5}}}
    page = open_card("net_saving_yen", Situation(raw, SAMPLE.plan))
    kinds = ("fees.csvの行", "tasks.csvの行", "前提")
    fees, tasks, assumptions = (
        next(one.value for one in page.table if kind in one.value) for kind in kinds
    )
    for table in (fees, tasks, assumptions):
        assert table[["出典", "確認日", "確からしさ"]].astype(bool).all(axis=None)
    wage = assumptions.set_index("前提").loc["担当者の時間単価"]
    assert (wage["値"], wage["確からしさ"]) == ("2,000円/時", "自社の値(初期値 1,673円/時)")
    printing = tasks.set_index("作業").loc["印刷・コピー・綴じ込み"]
    assert (printing["1回の時間(分)"], printing["確からしさ"]) == ("5", "自社の値")
    assert set(fees["確からしさ"]) == {"報告・要確認"}
