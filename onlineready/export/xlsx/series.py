"""The series of the months and of the fiscal years: names, units, and formulas by key."""

from typing import NamedTuple

from onlineready.domain.vocabulary import LABELS, Case, Procedure
from onlineready.export.xlsx.spreadsheet import HOURS, NUMBER, PRECISE, YEN
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.applications import VISITS
from onlineready.model.comparison import PAYBACK_TOLERANCE_YEN


class Line(NamedTuple):
    """A series of the months or of the fiscal years: its name, unit, and the formula of a cell."""

    key: str
    group: str
    title: str
    number: str
    formula: str


CASES = {Case.COUNTER: mark("窓口の場合"), Case.ONLINE: mark("オンライン化した場合")}


def month_lines() -> list[Line]:
    """Return the columns of the sheet of months in their order."""
    volume, filed = _("申請件数"), _("うちオンラインで申請")
    counter, online = _(CASES[Case.COUNTER]), _(CASES[Case.ONLINE])
    lasting, saving, value = _("準備・維持"), _("節約(窓口−オンライン化)"), _("現在価値と回収")
    lines = [
        Line("m", _("月"), _("経過(か月)"), "0", ""),
        Line(
            "fiscal_year",
            _("月"),
            _("年度"),
            "0",
            "YEAR({month})-IF(MONTH({month})<{fiscal_year_start_month},1,0)",
        ),
    ]
    for procedure in Procedure:
        title = _("{procedure}(件)").format(procedure=_(LABELS[procedure]))
        counted = (
            "SUMIFS({filings_number},{filings_month},{month},"
            f"{{filings_procedure}},{{said_{procedure}}})"
        )
        lines.append(Line(f"applications_{procedure}", volume, title, NUMBER, counted))
    lines.append(
        Line("live", filed, _("オンライン開始後(1=はい)"), "0", "IF({m}>={online_from},1,0)")
    )
    for procedure in Procedure:
        title = _("{procedure}(件)").format(procedure=_(LABELS[procedure]))
        share = f"{{applications_{procedure}}}*{{online_share}}*{{live}}"
        lines.append(Line(f"online_{procedure}", filed, title, NUMBER, share))
    for case, group in ((Case.COUNTER, counter), (Case.ONLINE, online)):
        lines += [
            Line(
                f"{case}_fee_yen",
                group,
                _("手数料(会社負担・円)"),
                YEN,
                f"SUMIFS({{filings_{case}_fee}},{{filings_month}},{{month}})",
            ),
            Line(
                f"{case}_submit_visits",
                group,
                _("申請の来庁(回)"),
                NUMBER,
                f"{{sum_{case}_submit_visit}}",
            ),
            Line(
                f"{case}_collect_visits",
                group,
                _("受取の来庁(回)"),
                NUMBER,
                f"{{sum_{case}_collect_visit}}",
            ),
            Line(f"{case}_outlay_yen", group, _("実費(円)"), YEN, _effort(case, "yen")),
            Line(
                f"{case}_hours", group, _("時間(時間)"), HOURS, f"({_effort(case, 'minutes')})/60"
            ),
        ]
    lines += [
        Line("setup_upkeep_outlay_yen", lasting, _("実費(円)"), YEN, _lasting("yen")),
        Line("setup_upkeep_hours", lasting, _("時間(時間)"), HOURS, f"({_lasting('minutes')})/60"),
        Line("fee_saving_yen", saving, _("手数料(円)"), YEN, "{counter_fee_yen}-{online_fee_yen}"),
        Line(
            "outlay_saving_yen",
            saving,
            _("実費(準備・維持を引く・円)"),
            YEN,
            "{counter_outlay_yen}-{online_outlay_yen}-{setup_upkeep_outlay_yen}",
        ),
        Line(
            "cash_saving_yen",
            saving,
            _("現金の節約(円)"),
            YEN,
            "{fee_saving_yen}+{outlay_saving_yen}",
        ),
        Line("hours_saved", saving, _("減る時間(時間)"), HOURS, "{counter_hours}-{online_hours}"),
        Line("hours_spent", saving, _("準備・維持の時間(時間)"), HOURS, "{setup_upkeep_hours}"),
        Line(
            "time_value_yen",
            saving,
            _("時間の価値(円)"),
            YEN,
            "{wage_yen_per_hour}*({realised_time_share}*MAX({hours_saved},0)"
            "+MIN({hours_saved},0)-{hours_spent})",
        ),
        Line(
            "net_saving_yen",
            saving,
            _("差引きの効果(円)"),
            YEN,
            "{cash_saving_yen}+{time_value_yen}",
        ),
        Line("cumulative_yen", value, _("差引きの効果の累計(円)"), YEN, "{above}+{net_saving_yen}"),
        Line("factor", value, _("割引係数"), PRECISE, "(1+{discount_rate})^(-{m}/12)"),
        Line("present_yen", value, _("現在価値(円)"), YEN, "{net_saving_yen}*{factor}"),
        Line(
            "paid",
            value,
            _("回収済み(1=はい)"),
            "0",
            f"IF(AND({{live}}=1,{{cumulative_yen}}>=-{PAYBACK_TOLERANCE_YEN}),1,0)",
        ),
    ]
    return lines


def _effort(case: Case, unit: str) -> str:
    """Return the formula of what the tasks of a case take in a month, in minutes or yen."""
    if case is Case.COUNTER:
        terms = [f"{{applications_{p}}}*{{counter_{p}_{unit}}}" for p in Procedure]
    else:
        terms = [
            f"({{applications_{p}}}-{{online_{p}}})*{{counter_{p}_{unit}}}"
            f"+{{online_{p}}}*{{online_{p}_{unit}}}"
            for p in Procedure
        ]
    terms += [f"SUMPRODUCT({{{case}_{d}_sites}},{{{d}_{unit}}})" for d in VISITS]
    return "+".join(terms)


def _lasting(unit: str) -> str:
    """Return the formula of what set-up and upkeep take in a month, in minutes or yen."""
    return (
        f"IF({{online_from}}>={{months}},0,"
        f"IF({{m}}=MAX({{online_from}},0),{{setup_{unit}}},0)+{{upkeep_{unit}}})"
    )


MONTH_COLUMNS = {line.key: n for n, line in enumerate(month_lines(), start=1)}

UNSUMMED = ("m", "fiscal_year", "live", "cumulative_yen", "factor", "paid")
"""Series of the months that have no sum."""


def year_lines() -> list[Line]:
    """Return the rows of the sheet of fiscal years; one without a key is a heading."""
    yen, hours, number = _("円"), _("時間"), _("件")
    summed = [
        ("", _("申請件数(期待値)"), "", ""),
        *((f"applications_{p}", _(LABELS[p]), number, NUMBER) for p in Procedure),
        ("applications", _("合計"), number, NUMBER),
        ("online_applications", _("うちオンラインで申請"), number, NUMBER),
        ("", _("窓口の場合の費用"), "", ""),
        ("counter_fee_yen", _("手数料(会社負担)"), yen, YEN),
        ("counter_outlay_yen", _("実費"), yen, YEN),
        ("counter_hours", _("時間"), hours, HOURS),
        ("counter_staff_yen", _("時間×時間単価"), yen, YEN),
        ("counter_cost_yen", _("合計(手数料+実費+時間×時間単価)"), yen, YEN),
        ("", _("オンライン化した場合の費用(準備・維持を含む)"), "", ""),
        ("online_fee_yen", _("手数料(会社負担)"), yen, YEN),
        ("all_online_outlay_yen", _("実費"), yen, YEN),
        ("all_online_hours", _("時間"), hours, HOURS),
        ("online_staff_yen", _("時間×時間単価"), yen, YEN),
        ("online_cost_yen", _("合計(手数料+実費+時間×時間単価)"), yen, YEN),
        ("", _("節約(窓口−オンライン化、損は−)"), "", ""),
        ("fee_saving_yen", _("手数料の節約"), yen, YEN),
        ("outlay_saving_yen", _("実費の節約(準備・維持を引く)"), yen, YEN),
        ("cash_saving_yen", _("現金の節約"), yen, YEN),
        ("hours_saved", _("減る時間"), hours, HOURS),
        ("hours_spent", _("準備・維持にかかる時間"), hours, HOURS),
        ("time_value_yen", _("時間の価値(活用できる分)"), yen, YEN),
        ("net_saving_yen", _("差引きの効果(現金の節約+時間の価値)"), yen, YEN),
        ("cumulative_yen", _("差引きの効果の累計"), yen, YEN),
        ("present_yen", _("差引きの効果の現在価値"), yen, YEN),
    ]
    return [
        Line(key, unit, title, form, _YEAR_FORMULAS.get(key, ""))
        for key, title, unit, form in summed
    ]


_YEAR_FORMULAS = {
    "applications": "+".join(f"{{applications_{p}}}" for p in Procedure),
    "online_applications": "+".join(f"{{of_online_{p}}}" for p in Procedure),
    "counter_staff_yen": "{counter_hours}*{wage_yen_per_hour}",
    "counter_cost_yen": "{counter_fee_yen}+{counter_outlay_yen}+{counter_staff_yen}",
    "all_online_outlay_yen": "{of_online_outlay_yen}+{of_setup_upkeep_outlay_yen}",
    "all_online_hours": "{of_online_hours}+{of_setup_upkeep_hours}",
    "online_staff_yen": "{all_online_hours}*{wage_yen_per_hour}",
    "online_cost_yen": "{online_fee_yen}+{all_online_outlay_yen}+{online_staff_yen}",
}
"""Rows of the fiscal years that are not one series of the months added up.

`{of_…}` is a series of the months in the fiscal year, any other key a row of the same sheet.
"""


def year_form() -> str:
    """Return the format in which a fiscal year is shown: 2026 as 2026年度."""
    return _('0"年度"')
