"""Every chart once, of a few rows each."""

import pandas as pd

from onlineready.report import charts

YEARS = ["2026年度", "2027年度"]

VOLUME = pd.DataFrame({"認定": [0.5, 0.0], "変更": [0.0, 1.0], "更新": [3.5, 4.0]}, YEARS)

NOTES = {"2026年度": ["10月改定"]}

COSTS = pd.DataFrame(
    [[100.0, 5.0, 40.0, 90.0, 4.0, 12.0], [110.0, 6.0, 44.0, 99.0, 4.5, 0.0]],
    YEARS,
    [f"{case} {kind}" for case in ("窓口", "オンライン") for kind in ("手数料", "実費", "時間")],
)

SAVING = pd.DataFrame(
    {
        "month": pd.to_datetime(["2026-04-01", "2026-05-01"]),
        "yen": [-5.0, 7.0],
        "low": [-9.0, 1.0],
        "high": [-4.0, 12.0],
    }
)

STEPS_OF_SUM = pd.DataFrame(
    {
        "row": ["手数料", "準備と維持", "合計"],
        "from_yen": [0.0, 9.0, 0.0],
        "to_yen": [9.0, 7.0, 7.0],
        "label": ["+9円", "-2円", "+7円"],
    }
)

PAYBACK = SAVING.iloc[[1]].assign(label="2026年5月に回収")

CHANGES = pd.DataFrame({"month": pd.to_datetime(["2026-05-01"]), "label": ["手数料改定"]})

FEES_DUE = pd.DataFrame(
    {
        "窓口": [100.0, 110.0],
        "窓口 本人": [10.0, 11.0],
        "オンライン": [90.0, 99.0],
        "オンライン 本人": [9.0, 9.9],
    },
    YEARS,
)

SAVED = pd.DataFrame(
    {"現金": [9.0, 1.0], "時間": [-2.0, -1.0], "差引き": [7.0, 0.0]},
    ["標準\n+7円", "保守\n±0円"],
)

TORNADO = pd.DataFrame(
    {
        "row": ["時間単価"] * 2,
        "base_yen": [10.0] * 2,
        "npv_yen": [4.0, 12.0],
        "label": ["1,177円: 4円", "2,543円: 12円"],
    }
)

LINE = pd.DataFrame({"applications_per_year": [0.0, 20.0], "npv_yen": [-5.0, 15.0]})

POINTS = LINE.iloc[[1]].assign(label="計画", plan=True)

BARS = pd.DataFrame(
    {"from_yen": [-10, 0], "to_yen": [0, 10], "draws": [3, 7], "sign": ["負担増", "削減"]}
)

MARKS = pd.DataFrame({"npv_yen": [-5.0, 5.0], "label": ["P10", "P90"]})

FEES = pd.DataFrame(
    {
        "band": ["1年", "1年"],
        "channel": ["窓口", "オンライン"],
        "before": [6_000, 5_500],
        "after": [33_000, 27_330],
    }
)

GROUNDS = pd.DataFrame(
    {"公式": [0, 0], "報告": [38, 1], "計算": [0, 0], "仮定": [0, 18]}, ["手数料", "作業"]
)

FILINGS = pd.DataFrame({"11\n2026": [2.0], "12": [0.0]}, ["仙台工場"])

HOURS = pd.DataFrame({"窓口": [9.0, 0.0], "オンライン": [0.0, 1.0]}, ["11\n2026", "12"])

PEAKS = pd.DataFrame({"row": ["11\n2026"], "value": [9.0], "label": ["9.0"]})

LEVEL = pd.DataFrame({"value": [7.5], "label": ["月平均の1.5倍"]})

STAFFING = pd.DataFrame({"年度末の人数": [9.0], "採用": [2.5], "離職": [0.5]}, YEARS[:1])

STEPS_OF_WORK = pd.DataFrame({"窓口": [2.0, 0.0], "オンライン": [1.0, 3.0]}, ["移動", "申請"])

STEPS = pd.DataFrame(
    {
        "task": ["研修", "承認"],
        "kind": ["研修", "承認"],
        "start": pd.to_datetime(["2026-11-23", "2026-12-01"]),
        "finish": pd.to_datetime(["2026-12-01", "2026-12-15"]),
    }
)

STOCK = pd.Series([25.0, 30.5], YEARS)

CASES = ["窓口", "オンライン"]

CHARTS = {
    "staffing": charts.staffing_by_year(STAFFING),
    "stock": charts.stock(STOCK),
    "hours by step": charts.hours_by_step(STEPS_OF_WORK),
    "schedule": charts.schedule(
        STEPS, {"day": [STEPS["start"].min()], "label": ["今日"]}, ["研修", "承認"]
    ),
    "fees": charts.fees_by_year(FEES_DUE[["窓口", "オンライン"]], NOTES, CASES, ["会社"]),
    "fees by payer": charts.fees_by_year(FEES_DUE, NOTES, CASES, ["会社", "本人"]),
    "savings": charts.savings(SAVED),
    "filings": charts.applications_by_month_and_site(FILINGS),
    "hours by month": charts.hours_by_month(HOURS, PEAKS, LEVEL),
    "applications": charts.applications_by_year(VOLUME, NOTES),
    "costs": charts.costs_by_year(COSTS, {}, CASES, ["手数料", "実費", "時間"]),
    "waterfall": charts.waterfall(STEPS_OF_SUM),
    "saving": charts.cumulative_saving(SAVING, PAYBACK, CHANGES),
    "saving without payback or change": charts.cumulative_saving(
        SAVING, PAYBACK.iloc[:0], CHANGES.iloc[:0]
    ),
    "tornado": charts.tornado(TORNADO, ["効果が増える", "効果が減る"]),
    "break-even": charts.break_even(LINE, POINTS),
    "simulation": charts.simulation(BARS, MARKS, ["削減", "負担増"]),
    "fee change": charts.fee_change(FEES),
    "grounds": charts.grounds(GROUNDS, ["手数料 38: ◆ 報告 38", "作業 19: ◆ 報告 1、? 仮定 18"]),
}
