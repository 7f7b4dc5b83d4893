"""The sheet with visits to the counter by site and month, and what one takes at each site."""

from collections.abc import Callable

import numpy as np

from onlineready.domain.vocabulary import LABELS, VISIT_DRIVERS, Case, Driver, Procedure
from onlineready.export.xlsx.layout import (
    FILINGS_SHEET,
    FIRST,
    FIRST_SITE,
    MINUTES_COLUMN,
    MOST_SITES,
    NAMES,
    RATES,
    TASKS_SHEET,
    VISITS_SHEET,
    YEN_COLUMN,
    Model,
    block_of_visits,
    month_cell,
    rate_row,
)
from onlineready.export.xlsx.series import CASES
from onlineready.export.xlsx.spreadsheet import (
    MONTH,
    WHOLE,
    YEN,
    Book,
    Sheet,
    cell,
    fixed,
    letter,
    quoted,
    said,
)
from onlineready.export.xlsx.tasks_sheet import rate_check
from onlineready.language import translate as _
from onlineready.model.applications import VISITS, carried
from onlineready.model.comparison import ONLINE
from onlineready.model.costs import by_case, per_visit


def visits_sheet(book: Book, model: Model) -> None:
    """Write the visits, month by month and site by site."""
    sites = model.sites
    sheet = Sheet(book, _(VISITS_SHEET), [34, 12] + [14] * len(sites))
    if model.by_site:
        notes = [
            _(
                "1回の来庁で「まとめ件数」まで持って行きます。件数nの来庁回数は、"
                "整数の間を結んだ期待値です(上の行は申請件数のシートからの集計)。"
            )
        ]
    else:
        notes = [
            _(
                "事業所が{most}か所を超えるか行が多いため、来庁回数は数式でなく値です。"
                "オンラインの割合とまとめ件数は、ここでは変えられません。"
            ).format(most=MOST_SITES)
        ]
    sheet.title(_("来庁回数と、事業所ごとの所要時間・費用"), *notes)
    sheet.legend(FIRST - 3)
    sheet.head(FIRST - 2, 0, _("事業所番号"))
    sheet.head(FIRST - 1, 0, _("事業所"))
    for row, text in ((FIRST - 2, ""), (FIRST - 1, _("単位・合計"))):
        sheet.head(row, 1, text)
    for n, site in enumerate(sites):
        sheet.value(FIRST - 2, FIRST_SITE + n, n + 1, "0")
        sheet.text(
            FIRST - 1, FIRST_SITE + n, _("ほかの全事業所") if site is None else site, wrap=True
        )
    _write_site_rates(sheet, model)
    if model.by_site:
        _write_carried(sheet, model)
    _write_visits(sheet, model)
    sheet.sheet.freeze_panes(FIRST, FIRST_SITE)
    sheet.sheet.repeat_rows(FIRST - 2, FIRST - 1)
    sheet.sheet.repeat_columns(0, 1)


def _write_site_rates(sheet: Sheet, model: Model) -> None:
    """Write minutes and yen of the visit tasks at each site, and what one visit takes."""
    tasks, done = model.tasks, model.result.quantities.done
    places, each = done.places(model.sites), per_visit(done.tasks, model.scenario)
    terms: dict[tuple[Driver, str], list[str]] = {}
    for place, n in enumerate(model.rows_of(*VISIT_DRIVERS)):
        task, driver = tasks["id"][n], Driver(tasks["driver"][n])
        for unit, title, column, number in (
            ("minutes", _("分/回"), MINUTES_COLUMN, "#,##0.##"),
            ("yen", _("円/回"), YEN_COLUMN, YEN),
        ):
            row = FIRST + 2 * place + (unit == "yen")
            sheet.text(row, 0, str(tasks["label_ja"][n]))
            sheet.text(row, 1, title)
            default = f"={quoted(_(TASKS_SHEET))}!{fixed(FIRST + n, column)}"
            rates, own = getattr(done, unit), getattr(done, f"own_{unit}")
            for column_of_site, site in enumerate(places, start=FIRST_SITE):
                value = float(rates[site, done.tasks.ids.index(task)])
                form = WHOLE if unit == "minutes" and value % 1 == 0 else number
                formula = "" if own[site, done.tasks.ids.index(task)] else default
                sheet.input(row, column_of_site, value, form, rate_check(unit), formula)
            made = Driver.SUBMIT_VISIT if driver is Driver.SUBMIT_VISIT else Driver.COLLECT_VISIT
            term = (
                f"*(1-{_(NAMES['combined_trip_share'])})" if driver is Driver.COLLECT_TRIP else ""
            )
            terms.setdefault((made, unit), []).append(f"{{column}}{row + 1}{term}")
    for driver, unit in RATES:
        row = rate_row(model, driver, unit)
        sheet.text(
            row,
            0,
            _("申請の来庁1回あたり") if driver is Driver.SUBMIT_VISIT else _("受取の来庁1回あたり"),
        )
        sheet.text(row, 1, _("分/回") if unit == "minutes" else _("円/回"))
        amounts = getattr(done, unit)[places] @ each[VISITS.index(driver)]
        for column, value in enumerate(amounts.tolist(), start=FIRST_SITE):
            summed = "+".join(terms.get((driver, unit), ["0"])).format(column=letter(column))
            sheet.formula(row, column, f"={summed}", value, "#,##0.0")


def _write_block(
    sheet: Sheet,
    model: Model,
    number: int,
    title: str,
    values: np.ndarray,
    formula: Callable[[int, int], str] | None,
) -> None:
    """Write a block: a row per month, a column per site, with sums at the right places."""
    begin, months = model.block(number), model.scenario.months
    sheet.heading(begin - 2, title)
    sheet.head(begin - 1, 0, _("月"))
    sheet.head(begin - 1, 1, _("合計"))
    for n in range(len(model.sites)):
        column = FIRST_SITE + n
        sheet.formula(begin - 1, column, f"={letter(column)}${FIRST - 1}", n + 1, "0")
    for m in range(months):
        row = begin + m
        sheet.value(row, 0, model.scenario.month(m), MONTH)
        across = f"{cell(row, FIRST_SITE)}:{cell(row, model.last_site)}"
        sheet.formula(row, 1, f"=SUM({across})", float(values[m].sum()), "#,##0.00")
        if formula is not None:
            for n in range(len(model.sites)):
                column = FIRST_SITE + n
                sheet.formula(row, column, formula(m, column), float(values[m, n]), "#,##0.00")
    if formula is None:
        sheet.values(begin, FIRST_SITE, values, "#,##0.00")
    total = begin + months
    sheet.text(total, 0, _("合計"))
    sums = [float(values.sum()), *values.sum(axis=0).tolist()]
    for column, value in enumerate(sums, start=1):
        summed = f"=SUM({cell(begin, column)}:{cell(total - 1, column)})"
        sheet.formula(total, column, summed, value, "#,##0.00", bold=True)


def _write_carried(sheet: Sheet, model: Model) -> None:
    """Write the applications of each site and month, all of them and those left at the counter."""
    filings = quoted(_(FILINGS_SHEET))
    area = [f"{filings}!{fixed(FIRST, n)}:{fixed(model.last_filing, n)}" for n in range(6)]
    titles = {
        Driver.SUBMIT_VISIT: (_("申請する件数(件)"), _("オンライン化しても窓口で申請する件数(件)")),
        Driver.COLLECT_VISIT: (
            _("受け取る件数(変更・更新、件)"),
            _("オンライン化しても窓口で受け取る件数(変更・更新、件)"),
        ),
    }
    scenario = model.scenario
    live = (np.arange(scenario.months) >= scenario.online_from).astype(float)
    loads = carried(model.result.quantities.volume.by_site).sum(axis=3)
    for n, driver in enumerate(VISITS):
        number = loads[n]

        def counted(m: int, column: int, n: int = n, driver: Driver = driver) -> str:
            row = model.block(n) + m
            fetched = (
                f',{area[3]},"<>"&{said(_(LABELS[Procedure.COE]))}'
                if driver is Driver.COLLECT_VISIT
                else ""
            )
            return (
                f"=SUMIFS({area[5]},{area[0]},$A{row + 1},"
                f"{area[1]},{letter(column)}${FIRST - 1}{fetched})"
            )

        def left(m: int, column: int, n: int = n) -> str:
            own = cell(model.block(n) + m, column)
            return f"={own}*(1-{_(NAMES['online_share'])}*{month_cell('live', m)})"

        _write_block(sheet, model, n, titles[driver][0], number, counted)
        rest = number - number * scenario.online_share * live[:, None]
        _write_block(sheet, model, 2 + n, titles[driver][1], rest, left)


def _write_visits(sheet: Sheet, model: Model) -> None:
    """Write the visits of both cases; site by site as formulas, added up as values."""
    names = {
        Driver.SUBMIT_VISIT: _("申請の来庁(回)"),
        Driver.COLLECT_VISIT: _("受取の来庁(回)"),
    }
    batch, visits = _(NAMES["batch_size"]), by_case(model.trips, model.scenario)
    for case in Case:
        for n, driver in enumerate(VISITS):
            number = block_of_visits(model, case, driver)
            title = f"{_(CASES[case])}: {names[driver]}"

            def made(m: int, column: int, source: int = 2 * list(Case).index(case) + n) -> str:
                x = cell(model.block(source) + m, column)
                return (
                    f"=(1-({x}-INT({x})))*ROUNDUP(INT({x})/{batch},0)"
                    f"+({x}-INT({x}))*ROUNDUP((INT({x})+1)/{batch},0)"
                )

            def chosen(m: int, column: int, n: int = n, driver: Driver = driver) -> str:
                at_counter = cell(
                    model.block(block_of_visits(model, Case.COUNTER, driver)) + m, column
                )
                online = cell(model.block(n) + m, column)
                return f"=IF({month_cell('live', m)}=1,{online},{at_counter})"

            formula: Callable[[int, int], str] | None = made
            if not model.by_site:
                formula = chosen if case is Case.ONLINE else None
            _write_block(sheet, model, number, title, visits[list(Case).index(case), n], formula)
    if not model.by_site:
        for n, driver in enumerate(VISITS):
            title = _("はじめの月からオンライン化した場合: {visits}").format(visits=names[driver])
            _write_block(sheet, model, n, title, model.trips[ONLINE, n], None)
