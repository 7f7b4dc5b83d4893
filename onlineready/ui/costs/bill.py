"""The whole bill on the page: fees by year whoever pays them, and the work given away."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import figures, findings, tabular
from onlineready.ui.sources import references
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart


def show_bill(result: Result) -> None:
    """Show the fees of both cases by year, beside the year before, and the outside price."""
    fees = shared.tables().fees
    chart, beside = st.columns(2, gap="medium")
    with chart:
        show_chart(figures.fees_due(result, fees))
    with beside:
        st.markdown("## " + _("前年度との差(円)"))
        st.table(tabular.fees_compared(result, fees))
        st.caption(
            _(
                "件数の増減による差を含みます。12か月そろわない年度と、その次の年度は比べません。"
                "会社と本人の内訳は「表で見る」にあります。"
            )
        )
        st.caption(findings.who_pays(result, fees))
    _show_given_away(result)
    _show_change()


def _show_change() -> None:
    """Show the fees before and after the newest change side by side, and who says so."""
    fees = shared.tables().fees
    found = findings.fee_change(fees)
    st.markdown(f"## {found.title}")
    st.caption(found.measure)
    change = session.made_once("fee_change", (fees,), lambda: figures.fee_change(fees))
    st.table(tabular.written(change.table, change.form))
    references.show_fee_sources()


def _show_given_away(result: Result) -> None:
    """Beside the own work: what giving it all to an outside professional would cost."""
    st.toggle(_("行政書士に頼む場合の費用も並べる"), key="outside")
    if not st.session_state["outside"]:
        return
    prices = shared.professional_fees()
    found = findings.given_away(result, prices)
    st.markdown(f"## {found.title}")
    st.caption(found.measure)
    st.table(tabular.given_away(result, prices))
    box = st.expander(_("1件の料金と出典"), key="prices", on_change="rerun")
    if box.open:
        box.table(tabular.prices(prices))
    st.caption(
        _(
            "報酬を得て申請書類を作ることは、名目にかかわらず行政書士と弁護士だけに認められています"
            "(2026年1月からは法人への罰則もあります。公開資料の報告)。このアプリは書類の作成も"
            "申請もしません。この金額は上の数字に入らず、ファイルとリンクにも入りません。"
        )
    )
