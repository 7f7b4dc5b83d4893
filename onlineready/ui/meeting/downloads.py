"""Files for the meeting, made when they are asked for, never at a rerun of the page."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from onlineready.domain.tables import Tables
from onlineready.export.bundle import File, to_zip
from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import findings, tabular
from onlineready.report.briefing import Briefing
from onlineready.report.figures import Figure, all_figures
from onlineready.report.stamp import Stamp, stamp
from onlineready.ui.meeting import handouts, screens
from onlineready.ui.state import shared


def show_downloads(result: Result) -> None:
    """Offer the papers of a meeting, the workbook that recalculates, and everything in one ZIP."""
    place = st.expander(_("資料"), key="downloads", on_change="rerun")
    if place.open:
        with place:
            _show_files(result)


def _show_files(result: Result) -> None:
    st.caption(
        _(
            "ボタンを押すと、いま表示している内容で作ります。"
            "ZIPは、すべての図を描くので数秒かかります。サーバーには残りません。"
        )
    )
    about, shipped = screens.subject(), shared.tables()
    plan, as_of = about.workbook.plan, about.workbook.as_of
    made_from = stamp(result.scenario, about.plan, as_of, shipped.fees, about.link)
    briefing = screens.maker()
    papers, excel, everything = st.columns(3, gap="large")
    with papers:
        st.subheader(_("会議の資料"), anchor=False)
        for handout in handouts.HANDOUTS:
            handouts.show_handout(handout)
    with excel:
        st.subheader("Excel", anchor=False)
        st.markdown(
            _(
                "前提から年度別の効果まで、数式のまま入ります。"
                "時間単価や手数料を変えると、Excelの中で計算し直されます。"
            )
        )
        handouts.show_download(
            _("Excelで保存"),
            partial(_to_xlsx, result, plan, shipped, made_from),
            "onlineready.xlsx",
            "make_xlsx",
        )
    with everything:
        st.subheader(_("まとめて保存"), anchor=False)
        st.markdown(
            _("会議の資料、Excel、すべての図(PNG・SVG)、すべての表(CSV)を1つのZIPにします。")
        )
        if not handouts.show_missing_typeface():
            handouts.show_download(
                _("ZIPで保存"),
                lambda: to_zip(files(result, plan, shipped, made_from, briefing)),
                "onlineready.zip",
                "make_zip",
            )


def _to_xlsx(result: Result, plan: pd.DataFrame, shipped: Tables, made_from: Stamp) -> bytes:
    # Here, not above: the page is shown before anyone wants a file.
    from onlineready.export.xlsx import to_xlsx  # noqa: PLC0415

    return to_xlsx(result, plan, shipped, shared.assumptions(), made_from)


def files(
    result: Result,
    plan: pd.DataFrame,
    shipped: Tables,
    made_from: Stamp,
    briefing: Callable[[], Briefing],
) -> list[File]:
    """Return everything that the ZIP holds: papers, the workbook, charts, tables, and a list."""
    from onlineready.export.xlsx.series import month_lines, named  # noqa: PLC0415

    figures, lines = all_figures(result, shipped, shared.assumptions()), month_lines()
    tables = {figure.name: (figure.finding, figure.table) for figure in figures}
    tables |= {
        "plan": (_("人員の計画"), tabular.plan(plan)),
        "applications": (
            _("月・事業所・手続・許可された月数ごとの申請件数"),
            tabular.applications(result),
        ),
        "months": (_("月別の費用と節約"), named(result.months, lines).rename_axis(_("月"))),
        "fiscal_years": (
            _("年度別の費用と節約"),
            named(result.fiscal_years, lines).rename_axis(_("年度")),
        ),
        "fees": (_("手数料表"), tabular.fees(shipped.fees)),
        "tasks": (_("作業の時間と実費"), tabular.tasks(result.scenario, shipped.tasks)),
    }
    made: list[tuple[str, str, Callable[[], bytes]]] = [
        (
            "onlineready.xlsx",
            _("前提から年度別の効果まで、数式で計算し直せるExcel"),
            partial(_to_xlsx, result, plan, shipped, made_from),
        )
    ]
    made += [(one.name, _(one.label), partial(_paper, one, briefing)) for one in handouts.HANDOUTS]
    made += [
        (f"charts/{figure.name}.{ending}", figure.finding, partial(_picture, figure, ending))
        for figure in figures
        for ending in ("png", "svg")
    ]
    made += [
        (f"tables/{name}.csv", title, partial(to_csv, table))
        for name, (title, table) in tables.items()
    ]
    titles = {name: title for name, title, _make in made}
    listed = ("README.txt", partial(_contents, titles, made_from))
    return [listed, *((name, make) for name, _title, make in made)]


def _paper(handout: handouts.Handout, briefing: Callable[[], Briefing]) -> bytes:
    return handout.made(briefing())


def _picture(figure: Figure, ending: str) -> bytes:
    from onlineready.export import images  # noqa: PLC0415

    draw = {"png": images.to_png, "svg": images.to_svg}[ending]
    return draw(figure.chart.specification(), figure.finding, figure.measure)


def _contents(titles: dict[str, str], made_from: Stamp) -> bytes:
    """Return the list of what is in the ZIP, and where its figures come from."""
    lines = [_(findings.APP_NAME), ""]
    lines += [f"{label}: {value}" for label, value in made_from.lines()]
    lines += ["", *(f"{name}: {title}" for name, title in titles.items())]
    # A byte order mark and both signs of a line's end: for the editor of Windows.
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
