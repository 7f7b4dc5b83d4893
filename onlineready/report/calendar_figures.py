"""Charts along the calendar: the steps to the approval, applications and hours by month."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Channel
from onlineready.filing.apportionment import nearest
from onlineready.filing.windows import by_month_and_site
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.model.workload import PEAK_RATIO, hours_by_channel, peak_level, total_hours
from onlineready.readiness.checklist import Stage
from onlineready.readiness.forecast import Forecast, Step
from onlineready.report import charts, wording
from onlineready.report.figures import Figure

MOST_SITES = 10


def steps_to_approval(
    found: Forecast,
    steps: Iterable[Step],
    stages: Iterable[Stage],
    officers: Mapping[int | None, str],
    today: tuple[str, date],
) -> Figure | None:
    """Return from when to when each stage keeps each officer; None where nothing takes time.

    Args:
        found: the forecast.
        steps: what applies.
        stages: in their order.
        officers: whose steps are drawn, by their places, and what they are called; None is the
            organization.
        today: the name of the day that gets a line, and the day.
    """
    kinds = [_("開始月を左右する"), _("並行して進む")]
    bars: dict[tuple[int, int | None], list[tuple[date, date, bool]]] = {}
    for step in steps:
        first, last = found.days[step.key]
        if first and last and first < last and not step.entry.optional:
            critical = step in found.critical_path
            bars.setdefault((step.entry.stage, step.officer), []).append((first, last, critical))
    rows = []
    for stage, (place, who) in product(stages, officers.items()):
        if bar := bars.get((stage.id, place)):
            firsts, lasts, critical_ones = zip(*bar, strict=True)
            task = _("{number}. {label} {who}").format(
                number=stage.id, label=stage.label_ja, who=who
            )
            rows.append((task, kinds[not any(critical_ones)], min(firsts), max(lasts)))
    if not rows:
        return None
    name, day = today
    table = pd.DataFrame(rows, columns=[_("段階"), _("開始月"), _("始まり"), _("終わり")])
    tasks = table.set_axis(["task", "kind", "start", "finish"], axis="columns")
    tasks = tasks.astype({"start": "datetime64[s]", "finish": "datetime64[s]"})
    finding = _("最初の承認は{day}の見込み、{days}日後")
    if not found.critical_path:
        finding = _("最初の承認は済み({day})")
    return Figure(
        finding.format(day=wording.day(found.approved_on), days=(found.approved_on - day).days),
        _("段階ごとの始まりと終わり。縦の線は{name}").format(name=name),
        charts.schedule(tasks, {"day": [pd.Timestamp(day)], "label": [name]}, kinds),
        table.set_index(_("段階")),
        "{}",
        "steps_to_approval",
    )


def filings_by_month(windows: pd.DataFrame, months: pd.PeriodIndex) -> Figure:
    """Return how many applications each site files in each month."""
    table, others = by_month_and_site(windows, months, MOST_SITES)
    names = [
        _("ほか{count}事業所").format(count=others) if pd.isna(site) else str(site)
        for site in table.index
    ]
    table = table.set_axis(names)
    total = table.sum()
    return Figure(
        _("{months}か月に出す申請は{total}、最も多い月は{busiest}の{most}").format(
            months=len(months),
            total=_about(float(total.sum())),
            busiest=wording.month(months[int(total.to_numpy().argmax())]),
            most=_about(float(total.max())),
        ),
        _("申請する月(計画の申請月)と事業所別の件数(期待値・件)。空欄は0件"),
        charts.applications_by_month_and_site(table.set_axis(_labels(months), axis="columns")),
        _by_month(table.T, months),
        wording.TENTHS,
        "filings_by_month",
    )


def _about(number: float) -> str:
    return wording.about_applications(nearest(number), number)


def hours_by_month(result: Result, months: pd.PeriodIndex) -> Figure:
    """Return the staff hours of each month by channel, and in which months staff may be short."""
    hours, labels = hours_by_channel(result, months), pd.Series(_labels(months), months)
    table = hours.set_axis([_(LABELS[channel]) for channel in Channel], axis="columns")
    total = total_hours(hours)
    peaks = total.loc[total["peak"], "hours"]
    marked = pd.DataFrame(
        {
            "row": labels[peaks.index],
            "value": peaks,
            "label": [wording.TENTHS.format(amount) for amount in peaks],
        }
    ).astype({"row": "str", "label": "str"})
    line = _("月平均の{ratio}倍").format(ratio=PEAK_RATIO)
    level = pd.DataFrame({"value": [peak_level(hours)], "label": [line]})
    return Figure(
        _("担当者の時間は{months}か月で{total}").format(
            months=len(months), total=wording.hours(float(total["hours"].sum()))
        )
        + _busiest(total["hours"], len(peaks)),
        _(
            "月別の時間(時間)。開始まで窓口、準備と維持はオンライン。"
            "表示中の月平均の{ratio}倍を超える月に数字"
        ).format(ratio=PEAK_RATIO),
        charts.hours_by_month(table.set_axis(labels), marked, level),
        _by_month(table, months),
        wording.TENTHS,
        "hours_by_month",
    )


def _busiest(hours: pd.Series, peaks: int) -> str:
    """Name the month with the most hours, and tell how many peaks there are; nothing without hours.

    Args:
        hours: by month.
        peaks: how many months exceed the mean by half.
    """
    if not hours.any():
        return ""
    most = pd.PeriodIndex(hours.index)[int(hours.to_numpy().argmax())]
    told = _("、最も多い月は{month}の{hours}(平均の{ratio}倍を超える月は{count})")
    return told.format(
        month=wording.month(most),
        hours=wording.hours(float(hours.max())),
        ratio=PEAK_RATIO,
        count=_("{count}か月").format(count=peaks) if peaks else _("なし"),
    )


def _labels(months: pd.PeriodIndex) -> list[str]:
    """Name months on an axis by their number, the year below where it begins."""
    return [
        f"{month.month}\n{month.year}" if place == 0 or month.month == 1 else f"{month.month}"
        for place, month in enumerate(months)
    ]


def _by_month(table: pd.DataFrame, months: pd.PeriodIndex) -> pd.DataFrame:
    """Name the rows of a table of months."""
    return table.set_axis([wording.month(month) for month in months]).rename_axis(_("月"))
