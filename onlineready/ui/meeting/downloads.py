"""Files for the meeting, made when they are asked for, never at a rerun of the page."""

from collections.abc import Callable
from contextvars import copy_context
from functools import partial

import pandas as pd
import streamlit as st

from onlineready.domain.tables import PLAN, TARGETS, Tables, plan_kind
from onlineready.domain.vocabulary import LABELS, Channel, Evidence, PlanKind, Procedure, Route
from onlineready.export.bundle import File, to_zip
from onlineready.export.csv import to_csv
from onlineready.export.fonts import NoFontError, font_folder
from onlineready.export.stamp import Stamp, stamp
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import wording
from onlineready.report.briefing import Briefing
from onlineready.report.figures import Figure
from onlineready.ui.costs import answer
from onlineready.ui.meeting import handouts, screens
from onlineready.ui.state import session, share, shell


def panel(result: Result, token: str | None) -> None:
    """Offer the papers of a meeting, the workbook that recalculates, and everything in one ZIP.

    `token` is what the address of the page carries.
    """
    with st.expander(_("資料を作る"), key="downloads"):
        st.caption(
            _(
                "ボタンを押すと、いま表示している内容で作ります。"
                "ZIPは、すべての図を描くので数秒かかります。サーバーには残りません。"
            )
        )
        # Streamlit asks for a file outside the session, where nothing of it can be looked up.
        plan, tables = session.workbook().plan, shell.tables()
        as_of = session.workbook().as_of
        link = share.address(token) if token and st.context.url else None
        made_from = stamp(result.scenario.name, wording.plan_summary(plan), as_of, tables, link)
        briefing = screens.maker()
        papers, excel, everything = st.columns(3, gap="large")
        with papers:
            st.subheader(_("会議の資料"), anchor=False)
            for handout in handouts.HANDOUTS:
                handouts.download(handout)
        with excel:
            st.subheader("Excel", anchor=False)
            st.markdown(
                _(
                    "前提から年度別の効果まで、数式のまま入ります。"
                    "時間単価や手数料を変えると、Excelの中で計算し直されます。"
                )
            )
            _offer(
                _("Excelで保存"),
                partial(_to_xlsx, result, plan, tables, made_from),
                f"onlineready-{as_of}.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        with everything:
            st.subheader(_("まとめて保存"), anchor=False)
            st.markdown(
                _("会議の資料、Excel、すべての図(PNG・SVG)、すべての表(CSV)を1つのZIPにします。")
            )
            try:
                font_folder()
            except NoFontError as error:
                st.error(str(error), icon="⚠️")
                return
            _offer(
                _("ZIPで保存"),
                partial(_to_zip, result, plan, tables, made_from, briefing),
                f"onlineready-{as_of}.zip",
                "application/zip",
            )


def _offer(label: str, make: Callable[[], bytes], name: str, mime: str) -> None:
    """Offer a file that is made when the button is pressed, in the language of this session."""
    context = copy_context()
    st.download_button(
        label,
        data=lambda: context.copy().run(make),
        file_name=name,
        mime=mime,
        key=f"make_{name.rpartition('.')[2]}",
        on_click="ignore",
    )


def _to_xlsx(result: Result, plan: pd.DataFrame, tables: Tables, made_from: Stamp) -> bytes:
    # Here, not above: the page is shown before anyone wants a file.
    from onlineready.export.xlsx import to_xlsx  # noqa: PLC0415

    return to_xlsx(result, plan, tables, made_from)


def _to_zip(
    result: Result,
    plan: pd.DataFrame,
    tables: Tables,
    made_from: Stamp,
    briefing: Callable[[], Briefing],
) -> bytes:
    return to_zip(files(result, plan, tables, made_from, briefing))


def files(
    result: Result,
    plan: pd.DataFrame,
    tables: Tables,
    made_from: Stamp,
    briefing: Callable[[], Briefing],
) -> list[File]:
    """Return everything that the ZIP holds: papers, the workbook, charts, tables, and a list."""
    figures = answer.all_figures(result)
    made: list[File] = [
        ("onlineready.xlsx", partial(_to_xlsx, result, plan, tables, made_from)),
    ]
    papers = {f"{one.name}.{one.ending}": one for one in handouts.HANDOUTS}
    made += [(name, partial(_paper, one, briefing)) for name, one in papers.items()]
    for figure in figures:
        made += [
            (f"charts/{figure.name}.png", partial(_to_png, figure)),
            (f"charts/{figure.name}.svg", partial(_to_svg, figure)),
        ]
    named = {figure.name: (figure.finding, figure.table) for figure in figures}
    named |= _tables(result, plan, tables)
    made += [(f"tables/{name}.csv", partial(to_csv, table)) for name, (_is, table) in named.items()]
    titles = {
        "onlineready.xlsx": _("前提から年度別の効果まで、数式で計算し直せるExcel"),
        **{name: _(one.label) for name, one in papers.items()},
        **{f"charts/{figure.name}": figure.finding for figure in figures},
        **{f"tables/{name}.csv": title for name, (title, _table) in named.items()},
    }
    return [("README.txt", partial(_contents, titles, made_from)), *made]


def _paper(handout: handouts.Handout, briefing: Callable[[], Briefing]) -> bytes:
    return handout.made(briefing())


def _contents(titles: dict[str, str], made_from: Stamp) -> bytes:
    """Return the list of what is in the ZIP, and where its figures come from."""
    lines = [_("在留申請オンライン化の費用と効果"), ""]
    lines += [f"{label}: {value}" for label, value in made_from.lines()]
    lines += ["", *(f"{name}: {title}" for name, title in titles.items())]
    # A byte order mark and both signs of a line's end: for the editor of Windows.
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _to_png(figure: Figure) -> bytes:
    from onlineready.export.images import to_png  # noqa: PLC0415

    return to_png(figure.chart.to_dict(), figure.finding, figure.measure)


def _to_svg(figure: Figure) -> bytes:
    from onlineready.export.images import to_svg  # noqa: PLC0415

    return to_svg(figure.chart.to_dict(), figure.finding, figure.measure)


def _tables(
    result: Result, plan: pd.DataFrame, tables: Tables
) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return the tables that belong to no chart, by the name of their file, each with its title."""
    return {
        "plan": (_("人員の計画"), _plan(plan)),
        "applications": (
            _("月・事業所・手続・許可された月数ごとの申請件数"),
            _applications(result),
        ),
        "months": (_("月別の費用と節約"), _named(result.months, _("月"))),
        "fiscal_years": (_("年度別の費用と節約"), _named(result.fiscal_years, _("年度"))),
        "fees": (_("手数料表"), _fees(tables.fees)),
        "tasks": (_("作業の所要時間と費用"), _tasks(result, tables.tasks)),
    }


def _plan(plan: pd.DataFrame) -> pd.DataFrame:
    columns = (PLAN if plan_kind(plan) is PlanKind.ROSTER else TARGETS).columns
    shown = plan.dropna(axis="columns", how="all")
    if "route" in shown:
        shown = shown.assign(route=[_(LABELS[Route(route)]) for route in shown["route"]])
    words = shown.rename(columns={key: _(columns[key].title) for key in shown})
    return words.set_index(words.columns[0])


def _applications(result: Result) -> pd.DataFrame:
    filed = result.applications
    return pd.DataFrame(
        {
            _("月"): filed["month"].astype(str),
            _("事業所"): filed["site"],
            _("手続"): [_(LABELS[Procedure(procedure)]) for procedure in filed["procedure"]],
            _("許可された月数(か月)"): filed["granted_months"],
            _("申請件数(件)"): filed["applications"],
        }
    ).set_index(_("月"))


def _named(series: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return the series of months or fiscal years under their names, units included."""
    from onlineready.export.xlsx.series import month_lines  # noqa: PLC0415

    names = {
        line.key: line.title if line.key == "fiscal_year" else f"{line.group} {line.title}"
        for line in month_lines()
    }
    kept = [key for key in names if key in series]
    return series[kept].rename(columns=names).rename_axis(index)


def _fees(fees: pd.DataFrame) -> pd.DataFrame:
    known = fees[fees["procedure"].isin([str(procedure) for procedure in Procedure])]
    return pd.DataFrame(
        {
            _("手続"): [_(LABELS[Procedure(procedure)]) for procedure in known["procedure"]],
            _("窓口・オンライン"): [_(LABELS[Channel(channel)]) for channel in known["channel"]],
            _("受付の月(から)"): known["accepted_from"].astype(str),
            _("許可された月数(から・か月)"): known["granted_months_from"],
            _("許可された月数(まで・か月)"): known["granted_months_to"],
            _("手数料(円/件)"): known["fee_yen"],
            _("決済手数料(円/件)"): known["payment_charge_yen"],
            _("確からしさ"): [_(LABELS[Evidence(letter)]) for letter in known["confidence"]],
            _("出典"): known["source"],
            _("確認先(公式)"): known["check_at"],
            _("確認日"): known["checked_on"].dt.strftime("%Y-%m-%d"),
        }
    ).set_index(_("手続"))


def _tasks(result: Result, tasks: pd.DataFrame) -> pd.DataFrame:
    rates = [result.scenario.tasks[task] for task in tasks["id"]]
    return pd.DataFrame(
        {
            _("作業"): tasks["label_ja"],
            _("窓口・オンライン"): [_(LABELS[Channel(channel)]) for channel in tasks["channel"]],
            _("所要時間(分/回)"): [rate.minutes for rate in rates],
            _("費用(円/回)"): [rate.yen for rate in rates],
            _("確からしさ"): [_(LABELS[Evidence(letter)]) for letter in tasks["confidence"]],
            _("根拠"): tasks["source"],
        }
    ).set_index(_("作業"))
