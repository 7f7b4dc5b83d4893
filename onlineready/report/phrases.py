"""What of a reader's figures stands in the answers to the questions that people ask."""

from datetime import date

import pandas as pd

from onlineready.domain.vocabulary import Channel, Procedure
from onlineready.language import translate as _
from onlineready.load.faq import Phrases
from onlineready.model.fees import row_in_force
from onlineready.model.result import Result
from onlineready.report import wording
from onlineready.report.findings import YEAR_MONTHS, pays


def phrases(result: Result, fees: pd.DataFrame, as_of: date, fixed: bool) -> Phrases:
    """Return the phrases of the answers: the reader's own figures, each whole with its unit.

    Args:
        result: the business case.
        fees: the fee table, as `tables.FEES`.
        as_of: the day on which an application would be accepted.
        fixed: whether the reader has set the month of go-live, which else follows the checklist.
    """
    month = pd.Period(as_of, freq="M")
    # Change and extension cost the same.
    counter, online = (
        row_in_force(fees, Procedure.EXTENSION, channel, month, YEAR_MONTHS) for channel in Channel
    )
    told = _("{month}(決めてある開始月)") if fixed else _("{month}(準備の答えからの見込み)")
    return Phrases(
        break_even=_break_even(result),
        fee_counter_12=wording.yen(fees["fee_yen"].iloc[counter]),
        fee_online_12=wording.yen(fees["fee_yen"].iloc[online]),
        go_live=told.format(month=wording.go_live(result.scenario)),
    )


def _break_even(result: Result) -> str:
    volume = result.worth.break_even_applications_per_year
    if not result.break_even.applications:
        return _("ありません(開始の後にオンラインで出す申請がありません)")
    if volume is None:
        return _("ありません(申請1件あたりの削減がなく、件数が増えても効果がプラスになりません)")
    phrase = (
        _("年{applications}(いまの計画は、これを上回ります)")
        if pays(result)
        else _("年{applications}(いまの計画は、これに届きません)")
    )
    return phrase.format(applications=wording.applications(volume))
