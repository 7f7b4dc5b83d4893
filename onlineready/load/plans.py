"""A reader's headcount plan: which columns it has, what is told, what is refused, what is read."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandera.pandas import DataFrameSchema

from onlineready.domain.problem import Problem, ProblemsError, by_row, rows_named
from onlineready.domain.tables import DEFAULT_SITE, OUTLINE, PLAN, PLANS, TARGETS, plan_kind
from onlineready.domain.vocabulary import PlanKind, Route
from onlineready.language import lettered, mark
from onlineready.language import translate as _
from onlineready.load import cells as words
from onlineready.load import personal_data
from onlineready.load.excel import corners_of
from onlineready.load.files import source_of
from onlineready.load.frames import Reader, checked, different_rows, problems_of, typed
from onlineready.load.headers import (
    PLAN_KEYS,
    Header,
    header_of,
    kind_of,
    known,
    spellings,
    title,
)
from onlineready.load.source import HEAD_RECORDS, Limits, Records, Source

PAGE_LIMITS = Limits(megabytes=10, rows=200_000)
"""What the page takes in; the command line has no limits."""

_TOTALS = re.compile(
    ".*合計[人名数]{0,2}|(?:総|小|全社|全体|人数|人員)?計|総数|(?:sub|grand)?totals?"
)
_AMOUNTS = ("headcount", "hires_per_year")
"""Columns that a row of totals adds up."""

_SIGNS = re.compile(r"[\W_]")
_NO_RESULT = mark("数式の結果が保存されていません。Excelで開いて保存し直すか、値を入れてください。")
_END = np.iinfo(np.int64).max
_MOST_NAMED = 5
"""Sheets, titles or cells that a remark names; of more it tells the number."""


def _readers(source: Source | None = None) -> Mapping[str, Reader]:
    months = partial(words.months, first_serial=source.first_serial if source else None)
    return {
        "site": lambda names: words.texts(name.strip() or DEFAULT_SITE for name in names),
        "field": words.fields,
        "route": words.routes,
        "headcount": words.people,
        "hires_per_year": words.people_a_year,
        "start": months,
        "used_months": words.spans,
        "expiry": months,
        "first_period": words.spans,
        "period": words.spans,
        "month": months,
        "fiscal_year": words.fiscal_years,
    }


class ColumnsMissingError(ProblemsError):
    """Raised where columns are missing: a reader may say which header stands for which.

    Attributes:
        missing: the keys of the columns.
        headers: the headers that stand for none so far.
    """

    def __init__(
        self, problems: Sequence[Problem], source: str, missing: Sequence[str], headers: list[str]
    ) -> None:
        super().__init__(problems, source)
        self.missing = tuple(missing)
        self.headers = tuple(headers)


class PersonalDataError(ProblemsError):
    """Raised where a file seems to hold personal data: nothing of it may be kept."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A plan as it was read, and all that its reader has to know about the reading.

    Attributes:
        kind: of the plan.
        different: the plan's different rows, as in `tables.PLANS`.
        which: for each row of the plan, which of the different rows it is.
        rows: for each row of the plan, the row of the file as a spreadsheet counts.
        sheets: of a spreadsheet, all that it has, and which of them was read.
        read_as: the encoding or the sheet that was read, in the reader's words.
        told: what was left out, taken for granted or is worth a look, in the reader's words.
    """

    kind: PlanKind
    different: pd.DataFrame
    which: np.ndarray
    rows: np.ndarray
    sheets: tuple[str, ...]
    read_as: str
    told: tuple[str, ...]

    @cached_property
    def plan(self) -> pd.DataFrame:
        """The plan, row by row; the index counts rows of the file."""
        return self.different.take(self.which).set_axis(pd.Index(self.rows))

    @property
    def account(self) -> tuple[str, ...]:
        """All that is told of the reading: how much was read, from what, and what is `told`."""
        return (self._amount, self.read_as, *self.told)

    @property
    def _amount(self) -> str:
        rows = len(np.unique(self.rows))
        if self.kind is PlanKind.TARGETS:
            message = _("{rows:,}行・{targets:,}件の目標の人数を読みました。")
            return message.format(rows=rows, targets=len(self.which))
        workers = int(self.added_up["headcount"].sum())
        return _("{rows:,}行・{workers:,}人を読みました。").format(rows=rows, workers=workers)

    @cached_property
    def added_up(self) -> pd.DataFrame:
        """The plan with equal rows added up: the same to the model, and shorter."""
        times = np.bincount(self.which, minlength=len(self.different))
        return self.different.assign(headcount=self.different["headcount"] * times)


def read_plan(content: bytes, name: str) -> pd.DataFrame:
    """Return the plan in a file, row by row, as `open_plan` reads it."""
    return open_plan(content, name).plan


def open_plan(
    content: bytes,
    name: str,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Reading:
    """Return the plan in a file, and what its reader has to know about the reading.

    Optional columns that a plan lacks are added, empty; an empty site is 全社. A roster without
    routes is one of current staff.

    Args:
        content: CSV or an Excel workbook, as `files.source_of` takes it.
        name: the file's name, named in every problem.
        sheet: the sheet to read, chosen by its header where none is named.
        mapping: which column of a plan a header of the file stands for, beyond those known.
        limits: none by default.

    Raises:
        ColumnsMissingError: the columns of no kind of plan are all there.
        PersonalDataError: it seems to hold personal data, by column, no value repeated.
        ProblemsError: everything that is wrong with the file, by row and column.
    """
    said = mapping or {}
    recognise = partial(known, mapping=said)
    source = source_of(content, name, recognise, sheet=sheet, limits=limits or Limits())
    header = header_of(source.records.each(HEAD_RECORDS), said)
    if header is None:
        message = _("見出しがありません。1行目に列の名前を入れてください。")
        raise ProblemsError([Problem(None, None, message)], name)
    body = source.records.between(header.row + 1, _END)
    if personal := list(_personal_data(source, header, body)):
        raise PersonalDataError(personal, name)
    if problems := list(_header_problems(header)):
        unknown = [header.texts[place] for place in header.unknown if header.texts[place]]
        if header.missing:
            raise ColumnsMissingError(problems, name, header.missing, unknown)
        raise ProblemsError(problems, name)
    filled = _filled_down(source, header, body)
    rows, told = _content(source, header, body, filled)
    strays = [*_strays(source, header, body, rows, frozenset(filled.areas))]
    if not len(rows.rows):
        message = _("計画の行がありません。見出しの下に1行以上入れてください。")
        raise ProblemsError(strays or [Problem(None, None, message)], name)
    different, which, numbers, problems = _READ[header.kind](header, rows, _readers(source))
    if problems or strays:
        raise ProblemsError(by_row(_beside(strays, problems)), name)
    if different.empty:
        message = _("人数がひとつも入っていません。")
        raise ProblemsError([Problem(None, None, message)], name)
    return Reading(
        kind=plan_kind(different),
        different=different,
        which=which,
        rows=numbers,
        sheets=source.sheets,
        read_as=_read_as(source),
        told=tuple(told),
    )


def plan_from_rows(rows: object, source: str) -> pd.DataFrame:
    """Return the plan that a list of JSON objects describes, keys as in `tables.PLANS`.

    Raises:
        ProblemsError: everything that is wrong with it; rows are counted from 1.
    """
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        message = _("計画の行がありません。項目と値の組の一覧にしてください。")
        raise ProblemsError([Problem(None, "plan", message)], source)
    keys = {key for row in rows for key in row}
    schema = PLANS[kind_of({"headcount"} | keys & PLAN_KEYS) or PlanKind.ROSTER]
    problems = [
        Problem(number, str(key), _unfit_for_plan(key, schema))
        for number, row in enumerate(rows, start=1)
        for key, value in row.items()
        if key not in schema.columns or not _is_value(key, value)
    ]
    if problems:
        raise ProblemsError(problems, source)
    names = list(schema.columns)
    cells = pd.DataFrame(
        [[_as_text(row.get(key)) for key in names] for row in rows],
        columns=names,
        index=pd.RangeIndex(1, len(rows) + 1),
        dtype="str",
    )
    return read_cells(cells, source).reset_index(drop=True)


def read_cells(cells: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the plan that a table of text holds, its columns named as in `tables`.

    Args:
        cells: one row per row of the plan, every column of its kind; the index numbers the rows.
        source: named in the error.

    Raises:
        ProblemsError: everything that is wrong with it, by row and column.
    """
    return checked(cells, PLANS[plan_kind(cells)], source, _readers())


def _is_value(key: str, value: object) -> bool:
    """Tell whether a JSON value can stand in a plan: text, a whole number, any number of hires."""
    if isinstance(value, float):
        return key == "hires_per_year"
    return isinstance(value, str | int | None) and not isinstance(value, bool)


def _as_text(value: str | float | None) -> str:
    """Return a JSON value as the text of a cell, no number with an exponent."""
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return "" if value is None else str(value)


def _unfit_for_plan(key: object, schema: DataFrameSchema) -> str:
    if key in PLAN_KEYS - schema.columns.keys():
        return _(
            "名簿の項目(区分など)、目標の人数の項目(月・年度)、人数と採用の項目(年間採用)が"
            "一つの計画に混ざっています。どれか一つの書き方にしてください。"
        )
    return _("計画にない項目か、文字でも整数でもない値です。")


def read_scenario(content: bytes, name: str) -> dict[str, Any]:
    """Return the keys and values of a scenario file, a JSON object, still unchecked.

    Raises:
        ProblemsError: the file is not a JSON object.
    """
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        message = _(
            "JSONとして読めません。{line}行目あたりの括弧・引用符・カンマを確かめてください。"
        )
        raise ProblemsError([Problem(line, None, message.format(line=line or 1))], name) from None
    if not isinstance(raw, dict):
        message = _("項目と値の組({ }で囲んだJSON)ではありません。")
        raise ProblemsError([Problem(None, None, message)], name)
    return raw


# Refused


def _above(source: Source, header: Header) -> list[str]:
    """Return all that is written above the header."""
    cells = source.records.between(0, header.row).each()
    return [cell for cell in cells.astype("str").to_numpy().ravel().tolist() if cell.strip()]


def _different_words(column: pd.Series) -> list[str]:
    """Return the different texts of a column without the spaces around them, but for empty ones."""
    there = np.bincount(column.cat.codes, minlength=len(column.cat.categories)) > 0
    return [word for word in map(str.strip, column.cat.categories[there]) if word]


def _personal_data(source: Source, header: Header, body: Records) -> Iterator[Problem]:
    """Tell where a file seems to hold personal data: the place and the kind, never a value."""
    elsewhere: Mapping[str, Iterable[str]] = {
        _("シートの名前"): source.sheets,
        _("コメント"): source.remarks,
        _("見出しより上の行"): _above(source, header),
    }
    for where, texts in elsewhere.items():
        if kind := next(filter(None, map(personal_data.in_text, texts)), None):
            yield _personal(None, where, kind)
    # An outline is told from few columns: one without a header is as suspect as in any table.
    sure = {place for place in header.places.values() if header.texts[place] or header.periods}
    recognised = sure | {*header.periods}
    # Of a file without a header the first record is a row of values: none of them is repeated.
    is_header = known(header.texts) > 0
    for place, text in enumerate(header.texts):
        values = _different_words(body.different[place])
        if not (text or values):
            continue
        kind = personal_data.in_column(text, values, place in recognised)
        if kind is None and place not in recognised:
            kind = personal_data.in_text(text)
        if kind is not None:
            decides = personal_data.in_column(text, [], recognised=False) is not None
            named = (is_header or decides) and personal_data.in_text(text) is None
            yield _personal(header.row, text if text and named else _column(place), kind)


def _personal(row: int | None, column: str, kind: personal_data.PersonalData) -> Problem:
    message = _(
        "個人情報({kind})のようです。このファイルは読み込んでいません。"
        "人数だけの表にして、この列や記載を消してから選び直してください。"
    )
    return Problem(row, column, message.format(kind=_(kind.label)))


def _header_problems(header: Header) -> Iterator[Problem]:
    for place, first in header.twice.items():
        message = _("「{other}」と同じ意味の列です。片方を消してください。")
        yield Problem(header.row, header.texts[place], message.format(other=header.texts[first]))
    for place in header.undated:
        message = _(
            "「{header}」がいつか分かりません。「2026年4月」「2026年度」のように年から書いてください。"
        )
        text = header.texts[place]
        yield Problem(header.row, text, message.format(header=text))
    for key in header.missing:
        message = _(
            "「{title}」の列がありません。見出しの行に加えてください(使える名前: {known})。"
        )
        known_names = "、".join(spellings(key))
        yield Problem(header.row, key, message.format(title=title(key), known=known_names))
    if header.missing:
        message = _(
            "計画の書き方は三つです。人数と採用なら 現在人数・年間採用 の列(人数を保つなら"
            "事業所と人数の列だけ)、名簿なら 区分・人数 の列(在籍だけなら 在留期限・人数 の列)、"
            "目標の人数なら 年度(または年月)・人数 の列か、「2026年度」「2026年4月」のような"
            "見出しの列が要ります。"
        )
        yield Problem(header.row, None, message)


def _strays(
    source: Source, header: Header, body: Records, rows: Records, filled_areas: Set[str]
) -> Iterator[Problem]:
    """Tell cells that no column takes in, cells merged into one, and formulas without a value.

    `rows` are those of the body that are read; merged areas that were filled down are none to tell.
    A row of nothing but such formulas looks empty.
    """
    if source.lengths is not None:
        at = np.searchsorted(source.records.rows, header.row)
        width = int(source.lengths[source.records.which[at]])
        beyond = _filled(rows.different.loc[:, width:])
        for row in rows.rows_of(beyond):
            message = _(
                "見出しより多くのセルがあります。余分なセルを消すか、見出しを加えてください"
                "(桁区切りのカンマは引用符で囲みます)。"
            )
            yield Problem(row, None, message)
    last = rows.rows.max(initial=0)
    used = {*header.places.values(), *header.periods}
    for area in source.merged:
        top, bottom, left, right = corners_of(area)
        there = bottom >= header.row and top <= last and area not in filled_areas
        if there and used & set(range(left, right + 1)):
            message = _(
                "{area} のセルが結合されています。"
                "結合を解除し、それぞれのセルに値を入れてください。"
            )
            column = header.texts[left] if left < len(header.texts) else lettered(left)
            yield Problem(top, column, message.format(area=area))
    filled = body.being(_filled(body.different))
    for cell in source.without_value:
        row, _bottom, place, _right = corners_of(cell)
        passed_over = row <= header.row or (row in filled and row not in rows)
        if place in used and not passed_over:
            yield Problem(row, header.texts[place], _(_NO_RESULT))


# Told


class _FilledDown(NamedTuple):
    """The rows of a plan with merged cells of the site's column filled down.

    Attributes:
        body: the rows, each with its site.
        areas: the merged areas that were filled down, as `A3:A5`.
        cells: for each different row, whether its site was filled in.
    """

    body: Records
    areas: Sequence[str]
    cells: np.ndarray


def _filled_down(source: Source, header: Header, body: Records) -> _FilledDown:
    """Give every row below a merged cell in the site's column its site, as its reader sees it.

    Left to be refused: what is merged with the header or with another column, overlaps, or covers
    another value. Only sheets have merged cells, and in a sheet each record is a row of its own.
    """
    place = header.places.get("site")
    written = [] if place is None else body.different[place].astype("str").to_list()
    sites, areas, end = [*written], [], header.row
    for area in sorted(source.merged, key=corners_of):
        top, bottom, left, right = corners_of(area)
        if not left == right == place or top <= end:
            continue
        end = bottom
        first, below = np.searchsorted(body.rows, [top, top + 1])
        past = np.searchsorted(body.rows, bottom, side="right")
        name = sites[first] if first < below else ""
        if {*sites[below:past]} <= {name, ""}:
            sites[below:past] = [name] * (past - below)
            areas.append(area)
    if not areas:
        return _FilledDown(body, (), np.zeros(len(body.different), dtype=bool))
    different = body.different.copy()
    different[place] = pd.Series(sites, dtype="str").astype("category")
    cells = np.array([site != before for site, before in zip(sites, written, strict=True)])
    return _FilledDown(Records(different, body.which, body.rows), areas, cells)


def _content(
    source: Source, header: Header, body: Records, filled: _FilledDown
) -> tuple[Records, list[str]]:
    """Return the rows of a plan's content, and what is told of the rest.

    A row whose site alone was filled in is blank; a row of totals is one with its site or without.
    """
    blank = ~_filled(body.different)
    totals = _totals(body.different, header) & ~blank
    if filled.areas:
        totals |= _totals(filled.body.different, header) & ~blank
    read = ~blank & ~totals
    rows = filled.body.being(read)
    told = [*_told_of(source, header), *_told_of_kind(header)]
    if count := int(filled.cells[read].sum()):
        told.append(
            _(
                "{column}の結合されたセル({areas})は、下の{count:,}個のセルにも"
                "同じ値があるものとして読みました。"
            ).format(
                column=_column(header.places["site"], header.texts[header.places["site"]]),
                areas=_some(filled.areas),
                count=count,
            )
        )
    if passed_over := len(body.rows_of(blank)):
        told.append(_("空の行{count:,}行は数えていません。").format(count=passed_over))
    if totals.any():
        named = rows_named(body.rows_of(totals))
        told.append(_("合計の行({rows})は数えていません。").format(rows=named))
    if hidden := [row for row in source.hidden_rows if row in rows]:
        told.append(
            _("非表示の行({rows})も計算に入れています。不要なら行を消してください。").format(
                rows=rows_named(hidden)
            )
        )
    for place in header.unknown:
        if _different_words(rows.different[place]):
            column = _column(place, header.texts[place])
            told.append(_("{column}は使いません。").format(column=column))
    return rows, told


def _read_as(source: Source) -> str:
    if source.encoding:
        return _("文字コードは{encoding}。").format(encoding=source.encoding)
    others = [_("「{sheet}」").format(sheet=name) for name in source.sheets if name != source.sheet]
    if not others:
        return _("シート「{sheet}」。").format(sheet=source.sheet)
    return _("シート「{sheet}」(ほかのシート {others} は読んでいません)。").format(
        sheet=source.sheet, others=_some(others)
    )


def _told_of(source: Source, header: Header) -> Iterator[str]:
    if source.hidden_sheets:
        yield _("非表示のシート({sheets})があります。").format(
            sheets=_some([f"「{name}」" for name in source.hidden_sheets])
        )
    if titles := _above(source, header):
        yield _("見出し({row}行目)より上の行は題名とみなしました: {titles}").format(
            row=header.row, titles=_some([f"「{words.on_one_line(text)[:40]}」" for text in titles])
        )


def _told_of_kind(header: Header) -> Iterator[str]:
    if header.kind is PlanKind.ROSTER and "route" not in header.places:
        yield _("区分の列がないため、全員を在籍として読みました。")
    if header.kind is PlanKind.OUTLINE and "hires_per_year" not in header.places:
        yield _(
            "年間採用の列がないため、今の人数を保つ(離職した分だけ採用する)ものとして読みました。"
        )


def _totals(cells: pd.DataFrame, header: Header) -> np.ndarray:
    """Tell each row whether it is a row of totals.

    合計 or the like stands in one of its columns; in one that a plan does not have it may be a
    remark, unless the row tells nothing else but numbers.
    """
    own = [place for key, place in header.places.items() if key not in _AMOUNTS]
    remarked = _any_cell(cells[header.unknown], _is_total) & ~_filled(cells[own])
    found: np.ndarray = _any_cell(cells[own], _is_total) | remarked
    return found


def _is_total(word: str) -> bool:
    return _TOTALS.fullmatch(_SIGNS.sub("", words.plain(word))) is not None


def _filled(cells: pd.DataFrame) -> np.ndarray:
    """Tell each row whether any of its cells has something in it."""
    return _any_cell(cells, lambda word: bool(word.strip()))


def _any_cell(cells: pd.DataFrame, holds: Callable[[str], bool]) -> np.ndarray:
    found = np.zeros(len(cells), dtype=bool)
    for _place, column in cells.items():
        answers = np.array([holds(word) for word in column.cat.categories.tolist()], dtype=bool)
        found |= answers[column.cat.codes]
    return found


def _some(names: Sequence[str]) -> str:
    """Return the first names and how many more there are."""
    more = len(names) - _MOST_NAMED
    listed = "、".join(names[:_MOST_NAMED])
    return listed + (_("、ほか{count:,}").format(count=more) if more > 0 else "")


def _column(place: int, text: str = "") -> str:
    if text:
        return _("「{header}」の列").format(header=text)
    return _("{letter}列(見出しなし)").format(letter=lettered(place))


# Read

_PlanRows = tuple[pd.DataFrame, np.ndarray, np.ndarray, list[Problem]]
"""The different rows of a plan; for each row which of them it is, and its row in the file; what is
wrong with them."""


def _roster(header: Header, rows: Records, readers: Mapping[str, Reader]) -> _PlanRows:
    cells = _columns(header, rows.different, PLAN)
    if "route" not in header.places:
        cells["route"] = pd.Categorical([str(Route.CURRENT)] * len(cells))
    firsts, which = different_rows(cells)
    few = cells.iloc[firsts].reset_index(drop=True)
    which = which[rows.which]
    different = typed(few, PLAN, readers)
    found = problems_of(different, few, PLAN, lambda at, key: (at, _spelled(header, key)))
    problems = [*_for_every_row(found, which, rows.rows)] if found else []
    return different, which, rows.rows, problems


def _for_every_row(
    problems: Sequence[Problem], which: np.ndarray, numbers: np.ndarray
) -> Iterator[Problem]:
    """Tell the problems of each different row for all rows of the file that are like it."""
    by_row = np.argsort(which, kind="stable")
    ends = np.cumsum(np.bincount(which))
    for problem in problems:
        if problem.row is None:
            yield problem
            continue
        begin = ends[problem.row - 1] if problem.row else 0
        for row in numbers[by_row[begin : ends[problem.row]]].tolist():
            yield Problem(row, problem.column, problem.message)


def _targets(header: Header, rows: Records, readers: Mapping[str, Reader]) -> _PlanRows:
    """Read a row for each value, of which a wide table has many in a row; a blank one is none."""
    each = rows.each()
    values = each[list(header.periods) or [header.places["headcount"]]].astype("str").stack()
    values = values[values.str.strip().ne("")]
    numbers, places = (values.index.get_level_values(level).to_numpy(int) for level in (0, 1))
    cells = _columns(header, each.loc[numbers], TARGETS).assign(headcount=values.to_numpy())
    if header.periods:
        dates = [header.periods[place] for place in places]
        for key in ("month", "fiscal_year"):
            cells[key] = [date if named == key else "" for named, date in dates]
    cells = cells.reset_index(drop=True).astype("str").astype("category")
    frame = typed(cells, TARGETS, readers)

    def place_of(at: int, key: str) -> tuple[int, str]:
        wide = header.periods and key != "site"
        return int(numbers[at]), header.texts[places[at]] if wide else _spelled(header, key)

    problems = problems_of(frame, cells, TARGETS, place_of)
    return frame, np.arange(len(frame)), numbers, problems


def _outline(header: Header, rows: Records, readers: Mapping[str, Reader]) -> _PlanRows:
    """Read each row by itself, for a site has but one."""
    each = rows.each()
    numbers = each.index.to_numpy(int)
    cells = _columns(header, each, OUTLINE).reset_index(drop=True)
    frame = typed(cells, OUTLINE, readers)
    problems = problems_of(
        frame, cells, OUTLINE, lambda at, key: (int(numbers[at]), _spelled(header, key))
    )
    return frame, np.arange(len(frame)), numbers, problems


_READ: Mapping[PlanKind | None, Callable[[Header, Records, Mapping[str, Reader]], _PlanRows]] = {
    PlanKind.ROSTER: _roster,
    PlanKind.TARGETS: _targets,
    PlanKind.OUTLINE: _outline,
}


def _columns(header: Header, rows: pd.DataFrame, schema: DataFrameSchema) -> pd.DataFrame:
    """Return the cells of a schema's columns, empty ones where the file has no such column."""
    empty = pd.Series("", index=rows.index, dtype="category")
    return pd.DataFrame(
        {key: rows[header.places[key]] if key in header.places else empty for key in schema.columns}
    )


def _beside(strays: Sequence[Problem], problems: Iterable[Problem]) -> list[Problem]:
    """Return all problems; a formula without a result is not told once more as an empty cell."""
    told = {(stray.row, stray.column) for stray in strays if stray.message == _(_NO_RESULT)}
    return [
        *strays,
        *(problem for problem in problems if (problem.row, problem.column) not in told),
    ]


def _spelled(header: Header, key: str) -> str:
    """Return a column as the file spells it, or its canonical name where the file lacks it."""
    return header.texts[header.places[key]] if key in header.places else key
