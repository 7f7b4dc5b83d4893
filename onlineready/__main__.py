"""The command line: the same model without a browser."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from onlineready import __version__, clock
from onlineready.domain.problem import ProblemsError
from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import Case, Procedure
from onlineready.language import translate as _
from onlineready.load.files import PLAN_ENDINGS
from onlineready.load.plans import Reading, open_plan, read_scenario
from onlineready.load.shipped import load_tables
from onlineready.model.applications import KEYS
from onlineready.model.result import Result, evaluate
from onlineready.report import findings, tabular, wording

BAD_INPUT = 1
CASE_KEYS = ("fee_yen", "outlay_yen", "hours", "submit_visits", "collect_visits")
SAVING_KEYS = (
    "fee_saving_yen",
    "outlay_saving_yen",
    "hours_saved",
    "hours_spent",
    "cash_saving_yen",
    "time_value_yen",
    "net_saving_yen",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 when done, 1 where a plan or a scenario is bad."""
    asked = _parser().parse_args(arguments)
    try:
        reading, result = _evaluate(asked.plan, asked.scenario)
    except ProblemsError as error:
        if asked.format == "json":
            _write_json({"errors": [asdict(problem) for problem in error.problems]})
        else:
            print(error, file=sys.stderr)
        return BAD_INPUT
    if asked.format == "json":
        _write_json(as_json(result, reading.told))
    else:
        print(as_table(result, reading.account))
    return 0


def as_json(result: Result, told: Sequence[str] = ()) -> dict[str, Any]:
    """Return the result as the documented JSON object; numbers are not rounded.

    `told` is what was worth telling of the reading of the plan: it goes before the model's notices.
    """
    filed = result.applications[[*KEYS, "applications"]].astype({"month": "str"}).astype(object)
    years = [
        {"fiscal_year": year, **_sums(result.fiscal_years.loc[year])}
        for year in result.fiscal_years.index.tolist()
    ]
    return {
        "scenario": result.scenario.model_dump(mode="json"),
        "applications": filed.where(filed.notna(), None).to_dict("records"),
        "fiscal_years": years,
        "totals": _sums(result.totals),
        "notices": [*told, *(notice.text() for notice in result.notices)],
        **result.worth._asdict(),
    }


def as_table(result: Result, told: Sequence[str] = ()) -> str:
    """Return the result as a text table in the reader's language, a line for each fiscal year.

    `told` is what is worth telling of the reading of the plan.
    """
    years, scenario, payback = tabular.years(result), result.scenario, findings.payback(result)
    rows = [list(row) for row in years.reset_index().itertuples(index=False, name=None)]
    lines = [
        _("オンライン申請の費用と効果 {begin}から{years}年間、オンライン開始 {go_live}").format(
            begin=scenario.start_month, years=scenario.years, go_live=scenario.go_live
        ),
        "",
        *_aligned([[str(years.index.name), *years], *rows]),
        "",
        _("正味現在価値 {npv}(割引率 {rate}/年)").format(
            npv=wording.yen(result.worth.npv_yen), rate=wording.percent(scenario.discount_rate)
        ),
        payback.title,
        payback.detail,
        findings.break_even(result).title,
        _(
            "時間の価値は、削減時間のうち他の業務に使える割合と時間単価による試算で、現金ではありません。"
        ),
        *[_("読み込み: {told}").format(told=sentence) for sentence in told],
        *[_("注意: {notice}").format(notice=notice.text()) for notice in result.notices],
    ]
    # The code pages of terminals know the hyphen alone.
    return "\n".join(lines).replace(wording.MINUS, "-")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m onlineready",
        description=_(
            "特定技能1号の在留申請を窓口からオンラインに替えたときの費用と効果を計算します。"
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "evaluate",
        help=_("人員計画から年度別の件数・費用・効果を計算する"),
        description=_(
            "人員計画を読み、申請件数、窓口とオンラインの費用、正味現在価値、回収月数を出します。"
            "画面と同じ計算です。"
        ),
        epilog=_(
            "計画の列: 事業所, 分野, 区分(在籍・海外・国内), 人数, 開始月, 通算済月数, 在留期限, "
            "初回在留期間, 更新在留期間。氏名などの個人情報は入れません。"
            "見本は data/sample_plan.csv。 "
            "終了コード: 0 計算した、1 計画か前提に誤りがある(すべて行と列で示す)、2 使い方の誤り。"
        ),
    )
    command.add_argument(
        "plan", type=_plan_file, metavar="PLAN", help=_("計画(.csv .tsv .xlsx .xlsm)")
    )
    command.add_argument(
        "--scenario", type=_existing, metavar="FILE", help=_("前提のJSON。書かない項目は初期値")
    )
    command.add_argument(
        "--format", choices=("table", "json"), default="table", help=_("表(初期値)か、丸めないJSON")
    )
    return parser


def _existing(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(_("{path} というファイルがありません").format(path=path))
    return path


def _plan_file(text: str) -> Path:
    path = _existing(text)
    if path.suffix.lower() not in PLAN_ENDINGS:
        expected = _("{path}: 計画は {endings} のどれかにしてください")
        raise argparse.ArgumentTypeError(expected.format(path=path, endings=" ".join(PLAN_ENDINGS)))
    return path


def _evaluate(plan: Path, scenario: Path | None) -> tuple[Reading, Result]:
    """Read and evaluate the two files.

    Raises:
        ProblemsError: what is wrong with the plan, or else with the scenario.
    """
    shipped = load_tables()
    reading = open_plan(plan.read_bytes(), str(plan))
    raw = read_scenario(scenario.read_bytes(), str(scenario)) if scenario else {}
    try:
        resolved = resolve(raw, shipped.tasks, clock.today())
    except ProblemsError as error:
        raise ProblemsError(error.problems, str(scenario)) from None
    return reading, evaluate(reading.added_up, resolved.going_live(resolved.start_month), shipped)


def _sums(row: pd.Series) -> dict[str, Any]:
    """Return the series of one period in the nested form of the documented JSON."""
    return {
        "applications": {str(p): float(row[f"applications_{p}"]) for p in Procedure},
        **{str(case): {key: float(row[f"{case}_{key}"]) for key in CASE_KEYS} for case in Case},
        "setup_upkeep": {key: float(row[f"setup_upkeep_{key}"]) for key in ("outlay_yen", "hours")},
        **{key: float(row[key]) for key in SAVING_KEYS},
    }


def _aligned(rows: list[list[str]]) -> list[str]:
    """Return the rows with every column right-aligned; a full-width letter is two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            " " * (width - _width(cell)) + cell for width, cell in zip(widths, row, strict=True)
        )
        for row in rows
    ]


def _width(text: str) -> int:
    return wording.width(text, half=1, full=2)


def _write_json(value: dict[str, Any]) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()


if __name__ == "__main__":
    sys.exit(main())
