"""The whole bill on the page: fees by year whoever pays them, and the work given away."""

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import FIXED_FEES
from onlineready.domain.vocabulary import LABELS, Case, Channel, Estimate, Procedure
from onlineready.language import translate as _
from onlineready.model.breakdown import fees_by_year, given_away_yen, work_yen, year_on_year
from onlineready.model.fees import fee
from onlineready.model.result import Result
from onlineready.report import charts, wording
from onlineready.ui.costs import answer
from onlineready.ui.state import shell

YEAR_MONTHS = 12


def whole(result: Result) -> None:
    """Show the fees of both cases by year, beside the year before, and the outside price."""
    tables = shell.tables()
    due = fees_by_year(result, tables.fees)
    years = year_on_year(result, due)
    chart, beside = st.columns(2, gap="medium")
    with chart:
        answer.shown(
            _finding(result, due),
            _("年度別の手数料(円)。決済手数料を含む。認定(COE)は0円"),
            _chart(due, answer.fee_notes(result)),
            _all_columns(years),
            "{:,.0f}",
            "fees_by_year",
        )
    with beside:
        st.markdown("#### " + _("前年度との差(円)"))
        st.table(_beside_the_year_before(years))
        st.caption(
            _(
                "件数の増減による差を含みます。12か月そろわない年度と、その次の年度は比べません。"
                "会社と本人の内訳は「表で見る」にあります。"
            )
        )
        _shares(due)
    _outside(result)


def _finding(result: Result, due: pd.DataFrame) -> str:
    """Say what the change of the law costs, which is more than filing online can save."""
    totals = due.groupby("case")["total_yen"].sum()
    words = {
        "years": result.scenario.years,
        "counter": wording.yen(totals[Case.COUNTER]),
        "online": wording.yen(totals[Case.ONLINE]),
    }
    if result.scenario.fee_basis != "dated":
        return _("{years}年間の手数料は、窓口のままで{counter}、替えると{online}").format(**words)
    fees = shell.tables().fees
    before, after = answer.fee_months()
    held = fees_by_year(result, fees, FIXED_FEES)
    was, now = (
        fee(fees, Procedure.EXTENSION, Channel.COUNTER, month, YEAR_MONTHS)
        for month in (before, after)
    )
    return _(
        "窓口の手数料は1年の許可1件で{was}から{now}に。{years}年間では{held}のはずが{counter}に増え、"
        "オンラインに替えても{online}"
    ).format(
        was=wording.yen(was),
        now=wording.yen(now),
        held=wording.yen(held[held["case"].eq(Case.COUNTER)]["total_yen"].sum()),
        **words,
    )


def _chart(due: pd.DataFrame, notes: dict[str, list[str]]) -> charts.Chart:
    words = {"company_yen": _("会社"), "worker_yen": _("本人")}
    payers = {payer: word for payer, word in words.items() if due[payer].any()} or words
    names = {
        (str(case), payer): f"{_(LABELS[case])} {word}"
        for case in Case
        for payer, word in payers.items()
    }
    by_case = due.groupby(["fiscal_year", "case"])[list(payers)].sum().reset_index()
    long = by_case.melt(["fiscal_year", "case"], var_name="payer", value_name="yen")
    long = long.assign(
        year=long["fiscal_year"].map(wording.fiscal_year),
        series=[names[key] for key in zip(long["case"], long["payer"], strict=True)],
        order=long["payer"].map(list(payers).index),
    ).sort_values(["fiscal_year", "case"])
    return charts.fees_by_year(long, list(names.values()), notes)


def _all_columns(years: pd.DataFrame) -> pd.DataFrame:
    names = {
        "counter_yen": _("窓口のまま"),
        "counter_company_yen": _("うち会社負担(窓口のまま)"),
        "at_counter_yen": _("替えた場合: 窓口に出す分"),
        "filed_online_yen": _("替えた場合: オンラインに出す分"),
        "online_yen": _("替えた場合の合計"),
        "online_company_yen": _("うち会社負担(替えた場合)"),
        "saving_yen": _("替えて減る額"),
    }
    return answer.by_year(years[list(names)].rename(columns=names))


def _beside_the_year_before(years: pd.DataFrame) -> pd.DataFrame:
    names = {
        "counter_yen": _("窓口のまま"),
        "counter_change_yen": _("窓口のまま、前年度との差"),
        "online_yen": _("替えた場合"),
        "online_change_yen": _("替えた場合、前年度との差"),
        "saving_yen": _("替えて減る額"),
    }
    rows = []
    for year, months in zip(years.index, years["months"], strict=True):
        part = "" if months == YEAR_MONTHS else _("({months}か月分)").format(months=months)
        rows.append(wording.fiscal_year(year) + part)
    table = years[list(names)].rename(columns=names).set_axis(rows).rename_axis(_("年度"))
    changes = [names["counter_change_yen"], names["online_change_yen"]]
    shown = answer.written(table, "{:,.0f}")
    shown[changes] = answer.written(table[changes], "{:+,.0f}")
    return shown


def _shares(due: pd.DataFrame) -> None:
    company = due.groupby("case")["company_yen"].sum()
    worker = due.groupby("case")["worker_yen"].sum()
    if not worker.sum():
        st.caption(_("手数料は全額を会社が負担する前提です(法令上の納付者は外国人本人)。"))
        return
    st.caption(
        _(
            "会社の負担は窓口のままで{counter}、替えると{online}。"
            "本人の負担は窓口のままで{counter_worker}、替えると{online_worker}。"
        ).format(
            counter=wording.yen(company[Case.COUNTER]),
            online=wording.yen(company[Case.ONLINE]),
            counter_worker=wording.yen(worker[Case.COUNTER]),
            online_worker=wording.yen(worker[Case.ONLINE]),
        )
    )


def _outside(result: Result) -> None:
    """Beside the own work: what giving it all to an outside professional would cost."""
    st.toggle(_("行政書士に頼む場合の費用も並べる"), key="outside")
    if not st.session_state["outside"]:
        return
    prices = shell.professional_fees()
    own, price = work_yen(result), given_away_yen(result, prices)
    years = result.scenario.years
    st.markdown(
        "#### "
        + _(
            "{years}年間の作業は、窓口{counter}、オンライン{online}、行政書士に頼むと{price}"
        ).format(
            years=years,
            counter=wording.yen(own[Case.COUNTER]),
            online=wording.yen(own[Case.ONLINE]),
            price=wording.yen(price[Estimate.BASE]),
        )
    )
    st.caption(
        _(
            "{years}年間の合計(円)。入管に納める手数料は、だれが申請しても要るため除いてあります。"
            "自社の時間は賃金で換算。頼む場合に社内に残る時間(書類をそろえるなど)は入れていません。"
        ).format(years=years)
    )
    given = _("行政書士に頼む({estimate})")
    amounts = {
        _("自社で窓口(実費と時間)"): own[Case.COUNTER],
        _("自社でオンライン(実費と時間、準備と維持を含む)"): own[Case.ONLINE],
        given.format(estimate=_("低い見積り")): price[Estimate.LOW],
        given.format(estimate=_("基準")): price[Estimate.BASE],
        given.format(estimate=_("高い見積り")): price[Estimate.HIGH],
    }
    table = pd.DataFrame({_("費用(円)"): pd.Series(amounts)}).rename_axis(_("だれがするか"))
    st.table(answer.written(table, "{:,.0f}"))
    rows = prices.rename(index={str(procedure): _(LABELS[procedure]) for procedure in Procedure})
    columns = {
        "yen_low": _("低い見積り(円)"),
        "yen": _("基準(円)"),
        "yen_high": _("高い見積り(円)"),
    }
    with st.expander(_("1件の料金と出典")):
        table = rows[list(columns)].map("{:,.0f}".format).rename(columns=columns)
        table[_("確からしさ")] = rows["confidence"].map(wording.confidence)
        table[_("出典")] = rows["source"]
        st.table(table.rename_axis(_("手続")))
    st.caption(
        _(
            "報酬を得て申請書類を作ることは、名目にかかわらず行政書士と弁護士だけに認められています"
            "(2026年1月からは法人への罰則もあります。公開資料の報告)。このアプリは書類の作成も"
            "申請もしません。この金額は上の数字に入らず、ファイルとリンクにも入りません。"
        )
    )
