"""Sites on the page: the office each goes to, what a visit takes there, and what each saves."""

import pandas as pd
import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import figures, findings, wording
from onlineready.ui.state import columns, session, shared
from onlineready.ui.state.drawing import show_chart

MOST_SITES = 200

VISITS = {
    "travel_minutes": (("counter_travel_submit", "minutes"), ("counter_travel_collect", "minutes")),
    "fare_yen": (("counter_travel_submit", "yen"), ("counter_travel_collect", "yen")),
    "wait_submit_minutes": (("counter_wait_submit", "minutes"),),
    "wait_collect_minutes": (("counter_wait_collect", "minutes"),),
}
"""What a column of the table sets: the same office is visited to hand in and to collect."""


def show_sites(result: Result) -> None:
    """Show the table of sites, and the savings by site and by procedure."""
    _show_table()
    if not result.starts:
        st.markdown(f"## {findings.no_effect(result)}")
        return
    fees = shared.tables().fees
    by_site, by_procedure = st.columns(2, gap="medium")
    with by_site:
        show_chart(figures.savings_by_site(result, fees))
    with by_procedure:
        show_chart(figures.savings_by_procedure(result, fees))
    st.caption(
        _(
            "分け方: 手数料と申請ごとの作業は、その事業所・手続のもの。来庁の時間と実費は、"
            "その月に事業所から窓口へ運ぶ件数(受取は変更と更新だけ)で手続に割り振る。"
            "準備と維持はどれにも割り振らない。合計は差引きの効果の累計に一致する。"
        )
    )


def _show_table() -> None:
    """Edit what a visit takes at single sites: an office nearer or farther than the standard."""
    sites = [str(site) for site in session.workbook().plan["site"].drop_duplicates()]
    st.markdown("## " + _("事業所ごとの来庁の時間と実費"))
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
    bureaus, chosen = shared.bureaus()["bureau"], _prefectures()
    prefectures = st.column_config.SelectboxColumn(_("都道府県"), options=list(bureaus.index))
    titles = {
        "travel_minutes": _("往復の移動(分)"),
        "fare_yen": _("往復の運賃(円)"),
        "wait_submit_minutes": _("申請の待ち・窓口(分)"),
        "wait_collect_minutes": _("受取の待ち(分)"),
    }
    table = {
        "site": (_("事業所"), sites),
        "prefecture": (prefectures, pd.array([chosen.get(site) for site in sites], "str")),
        "bureau": (
            _("管轄の入管局(要確認)"),
            [bureaus.get(chosen.get(site), "") for site in sites],
        ),
        **{
            column: (
                columns.number_column(titles[column], places[0][1]),
                pd.array([_rate(site, *places[0]) for site in sites], "Float64"),
            )
            for column, places in VISITS.items()
        },
        "state": (_("値"), [_state(site) for site in sites]),
    }
    columns.show_editor("sites", table, _store, sites, placeholder="—")
    if "sites" in session.changed_keys():
        st.button(_("事業所ごとの値を消す"), on_click=session.reset, args=("sites",))


def _caption() -> str:
    tasks = session.base().tasks
    standard = {
        column: wording.exact(getattr(tasks[task], unit))
        for column, ((task, unit), *_more) in VISITS.items()
    }
    return _(
        "{count}事業所のうち{standard}事業所が全国一律の標準値のままです。札幌と那覇では窓口までの"
        "距離が違います。実際に行く窓口(支局・出張所を含む)までの値を入れてください。"
    ) + _(
        "「—」は標準(往復{travel_minutes}分・{fare_yen}円、待ちは申請{wait_submit_minutes}分・"
        "受取{wait_collect_minutes}分)。都道府県は管轄を見るためだけのもので、計算にもファイルにもリンクにも入りません。"
    ).format(**standard)


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


def _prefectures() -> dict[str, str]:
    """Return the prefecture chosen for each site: kept in the session only, it changes nothing."""
    kept: dict[str, str] = st.session_state.setdefault("prefectures", {})
    return kept


def _store(editor: str, names: list[str]) -> None:
    sites = session.base().model_dump(mode="json", exclude_none=True)["sites"]
    for site, cells in columns.edits(editor, names):
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
    session.change(sites={site: tasks for site, tasks in kept.items() if tasks})


def _choose(site: str, prefecture: object) -> None:
    if prefecture is None:
        _prefectures().pop(site, None)
    elif prefecture in shared.bureaus().index:
        _prefectures()[site] = str(prefecture)
    else:
        session.tell(_("「{name}」という都道府県はありません。").format(name=str(prefecture)[:40]))
