"""Sites on the page: the office each goes to, what a visit takes there, and what each saves."""

from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.scenario import bounds
from onlineready.domain.vocabulary import LABELS, Procedure
from onlineready.language import translate as _
from onlineready.model.breakdown import largest, savings_by
from onlineready.model.result import Result
from onlineready.report import figures, findings, wording
from onlineready.ui.costs import answer
from onlineready.ui.state import session, shell

MOST_SITES = 200
MOST_BARS = 15

VISITS = {
    "travel_minutes": (("counter_travel_submit", "minutes"), ("counter_travel_collect", "minutes")),
    "fare_yen": (("counter_travel_submit", "yen"), ("counter_travel_collect", "yen")),
    "wait_submit_minutes": (("counter_wait_submit", "minutes"),),
    "wait_collect_minutes": (("counter_wait_collect", "minutes"),),
}
"""What a column of the table sets: the same office is visited to hand in and to collect."""


def topic(result: Result) -> None:
    """Show the table of sites, and the savings by site and by procedure."""
    _table()
    if not result.starts:
        st.markdown(f"#### {findings.no_effect(result)}")
        return
    by_site, by_procedure = st.columns(2, gap="medium")
    with by_site:
        _by_site(result)
    with by_procedure:
        _by_procedure(result)
    st.caption(
        _(
            "分け方: 手数料と申請ごとの作業は、その事業所・手続のもの。来庁の時間と実費は、"
            "その月に事業所から窓口へ運ぶ件数(受取は変更と更新だけ)で手続に割り振る。"
            "準備と維持はどれにも割り振らない。合計は差引きの効果の累計に一致する。"
        )
    )


def _table() -> None:
    """Edit what a visit takes at single sites: an office nearer or farther than the standard."""
    sites = [str(site) for site in session.workbook().plan["site"].drop_duplicates()]
    st.markdown("#### " + _("事業所ごとの来庁の時間と実費"))
    if len(sites) > MOST_SITES:
        st.caption(
            _("事業所が{count}あります。{most}を超えるときは前提のJSONで設定してください。").format(
                count=len(sites), most=MOST_SITES
            )
        )
        return
    here = session.base().sites
    standard = sum(site not in here for site in sites)
    st.caption(_caption().format(standard=standard, count=len(sites)))
    bureaus, chosen = shell.bureaus()["bureau"], _prefectures()
    table = pd.DataFrame(
        {
            "site": sites,
            "prefecture": pd.array([chosen.get(site) for site in sites], "str"),
            "bureau": [bureaus.get(chosen.get(site), "") for site in sites],
            **{
                column: pd.array([_rate(site, *places[0]) for site in sites], "Float64")
                for column, places in VISITS.items()
            },
            "state": [_state(site) for site in sites],
        }
    )
    editor = session.editor("sites", table)
    st.data_editor(
        table,
        hide_index=True,
        num_rows="fixed",
        placeholder="—",
        disabled=["site", "bureau", "state"],
        column_config={
            "site": _("事業所"),
            "prefecture": st.column_config.SelectboxColumn(
                _("都道府県"), options=list(bureaus.index)
            ),
            "bureau": _("管轄の入管局(要確認)"),
            "travel_minutes": _number(_("往復の移動(分)"), "minutes"),
            "fare_yen": _number(_("往復の運賃(円)"), "yen"),
            "wait_submit_minutes": _number(_("申請の待ち・窓口(分)"), "minutes"),
            "wait_collect_minutes": _number(_("受取の待ち(分)"), "minutes"),
            "state": _("値"),
        },
        key=editor,
        on_change=_store,
        args=(editor, sites),
    )
    if "sites" in session.changed_keys():
        st.button(_("事業所ごとの値を消す"), on_click=session.reset, args=("sites",))


def _caption() -> str:
    tasks = session.base().tasks
    travel = tasks["counter_travel_submit"]
    return _(
        "{count}事業所のうち{standard}事業所が全国一律の標準値のままです。札幌と那覇では窓口までの"
        "距離が違います。実際に行く窓口(支局・出張所を含む)までの値を入れてください。"
    ) + _(
        "「—」は標準(往復{travel:,.10g}分・{fare:,.10g}円、待ちは申請{submit:,.10g}分・"
        "受取{collect:,.10g}分)。都道府県は管轄を見るためだけのもので、計算にもファイルにもリンクにも入りません。"
    ).format(
        travel=travel.minutes,
        fare=travel.yen,
        submit=tasks["counter_wait_submit"].minutes,
        collect=tasks["counter_wait_collect"].minutes,
    )


def _rate(site: str, task: str, unit: str) -> float | None:
    change = session.base().sites.get(site, {}).get(task)
    value: float | None = getattr(change, unit) if change else None
    return value


def _state(site: str) -> str:
    if site not in session.base().sites:
        return _("標準のまま")
    for places in VISITS.values():
        if len({_rate(site, *place) for place in places}) > 1:
            return _("● 申請と受取で別の値")
    return _("● この事業所の値")


def _number(label: str, unit: str) -> Any:
    low, high = bounds(unit)
    return st.column_config.NumberColumn(label, min_value=low, max_value=high, format="localized")


def _prefectures() -> dict[str, str]:
    """Return the prefecture chosen for each site: kept in the session only, it changes nothing."""
    kept: dict[str, str] = st.session_state.setdefault("prefectures", {})
    return kept


def _store(editor: str, names: list[str]) -> None:
    sites = session.base().model_dump(mode="json", exclude_none=True)["sites"]
    for site, cells in session.edits(editor, names):
        for column, value in cells.items():
            if column == "prefecture":
                _choose(site, value)
                continue
            for task, unit in VISITS.get(column, (("counter_travel_submit", column),)):
                rates = sites.setdefault(site, {}).setdefault(task, {})
                rates[unit] = value
                if value is None:
                    del rates[unit]
    kept = {
        site: {task: rates for task, rates in tasks.items() if rates}
        for site, tasks in sites.items()
    }
    session.change("sites", {site: tasks for site, tasks in kept.items() if tasks})


def _choose(site: str, prefecture: object) -> None:
    if prefecture is None:
        _prefectures().pop(site, None)
    elif prefecture in shell.bureaus().index:
        _prefectures()[site] = str(prefecture)
    else:
        session.tell(_("「{name}」という都道府県はありません。").format(name=str(prefecture)[:40]))


def _by_site(result: Result) -> None:
    savings = savings_by(result, shell.tables().fees, "site")
    drawn = _named(largest(savings, MOST_BARS), {})
    first = savings["part"].iloc[0]
    finding = _("{years}年間の差引きの効果は{total}").format(
        years=result.scenario.years, total=wording.gain(savings["net_saving_yen"].sum())
    )
    if len(savings) > 1:
        finding += _("。最も大きいのは{site}の{gain}").format(
            site=first, gain=wording.gain(savings["net_saving_yen"].iloc[0])
        )
    _shown(finding, _("事業所別の差引きの効果"), result, savings, drawn, "savings_by_site")


def _by_procedure(result: Result) -> None:
    names = {str(procedure): _(LABELS[procedure]) for procedure in Procedure}
    savings = savings_by(result, shell.tables().fees, "procedure")
    drawn = _named(savings, names)
    told = [
        _("{procedure}で{gain}").format(procedure=name, gain=wording.gain(amount))
        for name, amount in zip(drawn.index[:-1], drawn[_("差引き")].iloc[:-1], strict=True)
    ]
    finding = "、".join(told) or _("申請がありません")
    savings = savings.assign(part=savings["part"].map(names))
    _shown(finding, _("手続別の差引きの効果"), result, savings, drawn, "savings_by_procedure")


def _named(savings: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return what is drawn of savings, each row by its name in words."""
    return pd.DataFrame(
        {
            _("現金の節約"): savings["cash_saving_yen"],
            _("時間の価値"): savings["time_value_yen"],
            _("差引き"): savings["net_saving_yen"],
        }
    ).set_axis(
        pd.Index(
            [
                _("準備と維持") if pd.isna(part) else names.get(part, part or _("ほかの事業所"))
                for part in savings["part"]
            ]
        )
    )


def _shown(
    finding: str,
    measure: str,
    result: Result,
    savings: pd.DataFrame,
    drawn: pd.DataFrame,
    name: str,
) -> None:
    columns = {
        "applications": _("申請(件)"),
        "fee_saving_yen": _("手数料の差(円)"),
        "outlay_saving_yen": _("実費の差(円)"),
        "hours": _("減る時間(時間)"),
        "time_value_yen": _("時間の価値(円)"),
        "net_saving_yen": _("差引き(円)"),
    }
    rows = _named(savings, {}).index.rename(_("内訳"))
    tenths = (columns["applications"], columns["hours"])
    answer.show_chart(
        finding,
        _("{measure}(円・{years}年間の合計)。黒い線が差引き。時間の価値は現金ではない").format(
            measure=measure, years=result.scenario.years
        ),
        figures.savings_chart(drawn),
        savings[list(columns)].rename(columns=columns).set_axis(rows),
        {name: "{:,.1f}" if name in tenths else "{:,.0f}" for name in columns.values()},
        name,
    )
