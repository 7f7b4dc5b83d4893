"""Every chart once, of a few rows each."""

import pandas as pd

from onlineready.report import charts

VOLUME = pd.DataFrame(
    {
        "year": ["2026年度", "2027年度"],
        "procedure": ["更新", "更新"],
        "order": [0, 0],
        "applications": [3.5, 4.0],
    }
)

NOTES = {"2026年度": ["10月 手数料改定"]}

COSTS = pd.DataFrame(
    {
        "year": ["2026年度", "2027年度"] * 2,
        "case": ["counter"] * 2 + ["online"] * 2,
        "series": ["窓口 手数料"] * 2 + ["オンライン 手数料"] * 2,
        "order": [0] * 4,
        "yen": [100.0, 110.0, 90.0, 99.0],
    }
)

SAVING = pd.DataFrame({"month": pd.to_datetime(["2026-04-01", "2026-05-01"]), "yen": [-5.0, 7.0]})

PAYBACK = SAVING.iloc[[1]].assign(label="2026年5月に回収")

CHANGES = pd.DataFrame({"month": pd.to_datetime(["2026-05-01"]), "label": ["手数料改定"]})

FEES_DUE = COSTS.assign(series=["窓口"] * 2 + ["オンライン"] * 2)

SAVED = pd.DataFrame(
    {
        "row": ["標準\n+7円", "保守\n±0円"] * 2,
        "kind": ["現金"] * 2 + ["時間"] * 2,
        "yen": [9.0, 1.0, -2.0, -1.0],
    }
)

NET = pd.DataFrame({"row": ["標準\n+7円", "保守\n±0円"], "yen": [7.0, 0.0]})

TORNADO = pd.DataFrame(
    {
        "assumption": ["時給"] * 2,
        "end": ["低い", "高い"],
        "base_yen": [10.0] * 2,
        "npv_yen": [4.0, 12.0],
        "label": ["1,177円: 4円", "2,543円: 12円"],
        "left": [True, False],
    }
)

LINE = pd.DataFrame({"applications_per_year": [0.0, 20.0], "npv_yen": [-5.0, 15.0]})

POINTS = LINE.iloc[[1]].assign(label="計画", plan=True)

BARS = pd.DataFrame(
    {"from_yen": [-10, 0], "to_yen": [0, 10], "draws": [3, 7], "sign": ["損", "得"]}
)

MARKS = pd.DataFrame({"npv_yen": [-5.0, 5.0], "label": ["P10", "P90"]})

FEES = pd.DataFrame(
    {
        "accepted_from": pd.to_datetime(["2025-04-01", "2026-10-01"]),
        "line": ["1年 窓口"] * 2,
        "channel": ["窓口"] * 2,
        "yen": [6_000, 33_000],
    }
)

FILINGS = pd.DataFrame(
    {
        "month": ["11\n2026", "12"],
        "site": ["仙台工場", "仙台工場"],
        "applications": [2.0, 0.0],
        "number": ["2.0", ""],
        "dark": [True, False],
    }
)

HOURS = pd.DataFrame(
    {
        "month": ["11\n2026", "12"],
        "channel": ["窓口", "オンライン"],
        "order": [0, 1],
        "hours": [9.0, 1.0],
    }
)

PEAKS = pd.DataFrame({"month": ["11\n2026"], "hours": [9.0], "label": ["山 9.0"]})

LEVEL = pd.DataFrame({"hours": [7.5], "label": ["月平均の1.5倍"]})

STAFFING = pd.DataFrame({"year": ["2026年度"], "series": ["採用"], "workers": [2.5]})

TASKS = pd.DataFrame({"task": ["写真"] * 2, "case": ["窓口", "オンライン"], "hours": [2.0, 1.0]})

STEPS = pd.DataFrame(
    {
        "task": ["研修", "承認"],
        "kind": ["研修"] * 2,
        "start": pd.to_datetime(["2026-11-23", "2026-12-01"]),
        "finish": pd.to_datetime(["2026-12-01", "2026-12-15"]),
    }
)

CHARTS = {
    "staffing": charts.staffing_by_year(STAFFING, ["採用"]),
    "hours by task": charts.hours_by_task(TASKS, ["写真"], ["窓口", "オンライン"]),
    "schedule": charts.schedule(STEPS, STEPS[["start"]].rename(columns={"start": "day"}), ["研修"]),
    "fees": charts.fees_by_year(FEES_DUE, ["窓口", "オンライン"], NOTES),
    "fees by payer": charts.fees_by_year(
        FEES_DUE, ["窓口", "窓口 本人", "オンライン", "オンライン 本人"], NOTES
    ),
    "savings": charts.savings(SAVED, NET, ["現金", "時間"]),
    "filings": charts.applications_by_month_and_site(FILINGS, ["仙台工場"]),
    "hours by month": charts.hours_by_month(HOURS, PEAKS, LEVEL, ["窓口", "オンライン"]),
    "applications": charts.applications_by_year(VOLUME, ["認定(COE)", "変更", "更新"], NOTES),
    "costs": charts.costs_by_year(COSTS, ["窓口 手数料", "オンライン 手数料"], {}),
    "saving": charts.cumulative_saving(SAVING, PAYBACK, CHANGES),
    "saving without payback or change": charts.cumulative_saving(
        SAVING, PAYBACK.iloc[:0], CHANGES.iloc[:0]
    ),
    "tornado": charts.tornado(TORNADO, pd.DataFrame({"npv_yen": [10.0]}), ["低い", "高い"]),
    "break-even": charts.break_even(LINE, POINTS),
    "simulation": charts.simulation(BARS, MARKS, ["得", "損"]),
    "fee history": charts.fee_history(
        FEES, FEES.iloc[[1]].assign(label="1年 33,000円"), ["窓口", "オンライン"]
    ),
}
