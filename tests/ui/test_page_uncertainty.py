"""The topic 「結果の幅とリスク」: what it says is what the model computed, and only when asked."""

from typing import Any

from streamlit.testing.v1 import AppTest

from onlineready.load.shipped import load_assumptions
from onlineready.model.comparison import npv_by_rate, returns
from onlineready.model.result import Result
from onlineready.model.uncertainty import monte_carlo, switching_values, tornado
from onlineready.report import wording
from onlineready.report.assumed import Assumed
from onlineready.ui.costs import risk
from tests import pages
from tests.briefings import FORECAST
from tests.pages import assume
from tests.plans import SAMPLE_PLAN, TABLES, business_case

TOPIC = "結果の幅とリスク"
HARD = {
    "company_fee_share": 0.0,
    "realised_time_share": 0.25,
    "officers": 10,
}
"""The worker pays the fees and many officers register: some assumptions now decide."""


def told(page: AppTest) -> str:
    return "\n".join(str(text.value) for text in [*page.markdown, *page.caption])


def metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def case(**changes: Any) -> Result:
    return business_case(SAMPLE_PLAN, {"go_live": FORECAST, **changes})


def open_investment(page: AppTest) -> None:
    page.session_state["investment"] = True
    page.run()


def test_ratios_are_shown_only_where_the_set_up_is_an_investment() -> None:
    page = pages.with_roster()
    page.segmented_control(key="topic").set_value(TOPIC).run()
    open_investment(page)
    assert case().worth.payback_months == 4
    assert "4か月で回収でき、1年もお金を寝かせません" in told(page)
    assert (
        not {"内部収益率(IRR、年)", "投資利益率(ROI)", "費用の何倍の効果か"} & metrics(page).keys()
    )

    assume(page, "officers", 20)
    page.segmented_control(key="topic").set_value(TOPIC).run()
    open_investment(page)
    result = case(officers=20)
    found = returns(result.series, result.scenario)
    assert result.worth.ties_up_money
    assert found.irr is not None
    assert metrics(page)["内部収益率(IRR、年)"] == f"{found.irr:,.0%}"
    assert metrics(page)["費用の何倍の効果か"] == f"{found.benefit_cost_ratio:,.1f}倍"


def test_the_topic_says_what_the_model_computes() -> None:
    page = pages.with_roster()
    page.segmented_control(key="topic").set_value(TOPIC).run()
    assert not page.exception
    assert "正味現在価値(NPV)" not in metrics(page)
    result = case()
    open_investment(page)
    assert metrics(page)["正味現在価値(NPV)"] == wording.yen(result.worth.npv_yen)
    for npv in npv_by_rate(result.series):
        assert wording.yen(npv) in told(page)
    chance = monte_carlo(result, TABLES, load_assumptions())
    for yen in (chance.p10_yen, chance.p90_yen):
        assert wording.yen(yen) in told(page)
    assert "100,000回" in told(page)
    assert "相関" in told(page)
    assert "答えは変わりません(効果がプラスになる)" in told(page)

    page.segmented_control(key=risk.RATE).set_value(0.01).run()
    result = case(discount_rate=0.01)
    assert metrics(page)["正味現在価値(NPV)"] == wording.yen(result.worth.npv_yen)
    kept = page.session_state["made"]["uncertainty"]
    page.run()
    assert page.session_state["made"]["uncertainty"] is kept

    for key, value in (("company_fee_share", 0), ("realised_time_share", 25), ("officers", 10)):
        assume(page, key, value)
    page.segmented_control(key="topic").set_value(TOPIC).run()
    result = case(discount_rate=0.01, **HARD)
    ends = tornado(SAMPLE_PLAN, result, TABLES, load_assumptions())
    turning = switching_values(SAMPLE_PLAN, result, TABLES, ends).dropna()
    assert not turning.empty
    assumed = Assumed(load_assumptions(), TABLES.tasks.set_index("id"), TABLES.fees)
    outcome = "効果がプラスにならない" if result.worth.npv_yen > 0 else "効果がプラスになる"
    for row in turning.to_dict("records"):
        (line,) = [
            line
            for line in told(page).splitlines()
            if line.startswith(f"- {assumed.name(*row['key'].split('.'))}が")
        ]
        assert f"と、{outcome}(今は" in line
        above = (row["pays"] == "above") == (result.worth.npv_yen <= 0)
        words = ("以上", "を上回る") if above else ("未満", "を下回る")
        assert words[row["key"] not in ("batch_size", "officers")] in line
