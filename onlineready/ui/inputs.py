"""What a reader sets: the plan, the fee table, and the assumptions that matter most."""

import pandas as pd
import streamlit as st

from onlineready.language import translate as _
from onlineready.load import read_plan
from onlineready.problem import Problem, ProblemsError
from onlineready.scenario import Scenario, bounds, resolve
from onlineready.ui import shell, wording
from onlineready.vocabulary import LABELS, Evidence

MAX_UPLOAD_MB = 10
FIXED_FEES = pd.Period("2025-04", freq="M")
"""The table of 6,000 yen at the counter and 5,500 yen online."""
PLAN_TYPES = ["csv", "tsv", "xlsx", "xlsm"]


def fee_switch() -> None:
    """Choose between the fees of the acceptance date and the table of 6,000 and 5,500 yen."""
    words = {"dated": _("受付日に応じて"), str(FIXED_FEES): _("6,000円/5,500円で固定")}
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        key=_view("fee_basis", shell.changed_inputs().get("fee_basis", "dated")),
        required=True,
        on_change=_store,
        args=("fee_basis",),
    )


def sidebar(scenario: Scenario) -> None:
    """Show the plan's upload and the five assumptions that matter most, each with its source."""
    with st.sidebar:
        st.header(_("人員計画"))
        _upload()
        st.header(_("前提"))
        _share("company_fee_share", scenario.company_fee_share)
        _number("wage_yen_per_hour", scenario.wage_yen_per_hour, step=10.0)
        _share("realised_time_share", scenario.realised_time_share)
        _number("batch_size", scenario.batch_size, step=1)
        _go_live(scenario)
        if shell.changed_inputs():
            st.button(_("前提を初期値に戻す"), on_click=_reset)


def scenario() -> Scenario:
    """Return the scenario of this session, resolved; inputs that do not fit are given up, told.

    Where nobody has said when online filing begins, it begins this month.
    """
    today = shell.today()
    try:
        resolved = resolve(shell.changed_inputs(), shell.tables().tasks, today)
    except ProblemsError as error:
        for problem in error.problems:
            st.warning(f"{problem.column}: {problem.message}")
            shell.changed_inputs().pop(str(problem.column).split(".")[0], None)
        resolved = resolve(shell.changed_inputs(), shell.tables().tasks, today)
    return resolved.going_live(pd.Period(today, freq="M"))


def plan() -> pd.DataFrame:
    """Return the plan of this session: the reader's own, else the sample."""
    own = st.session_state.get("plan")
    return shell.sample_plan() if own is None else own


def plan_shown() -> None:
    """Say which plan the figures are of, and every problem of a file that could not be read."""
    rows = plan()
    name = st.session_state.get("plan_name")
    label = _("見本の計画(食品メーカー)") if name is None else _("読み込んだ計画「{name}」")
    st.markdown(
        _("**表示中: {label}** {sites}事業所・{workers:,}人({rows:,}行)").format(
            label=label.format(name=name),
            sites=rows["site"].nunique(),
            workers=int(rows["headcount"].sum()),
            rows=len(rows),
        )
    )
    problems = st.session_state.get("plan_problems", ())
    if problems:
        st.error(
            _(
                "「{name}」は読み込めませんでした({count}か所)。直してもう一度選んでください。"
            ).format(name=st.session_state["refused_name"], count=len(problems)),
            icon="⚠️",
        )
        st.table(_problem_table(problems))


def _problem_table(problems: tuple[Problem, ...]) -> pd.DataFrame:
    rows = [(str(p.row or "—"), p.column or _("ファイル全体"), p.message) for p in problems]
    return pd.DataFrame(rows, columns=[_("行"), _("列"), _("内容と直し方")]).set_index(_("行"))


def _upload() -> None:
    st.file_uploader(
        _("計画のファイル(CSV・Excel、{size}MBまで)").format(size=MAX_UPLOAD_MB),
        type=PLAN_TYPES,
        key="upload",
        on_change=_read_upload,
        help=_(
            "人数だけの表です。氏名・在留カード番号・生年月日は入れないでください。"
            "列: 事業所、分野、区分(在籍・海外・国内)、人数、開始月、通算済月数、在留期限、"
            "初回在留期間、更新在留期間"
        ),
    )
    if "plan" in st.session_state:
        st.button(_("見本の計画に戻す"), on_click=_forget_plan)


def _read_upload() -> None:
    """Keep the plan of a good file; keep the plan shown and tell the problems of a bad one."""
    file = st.session_state["upload"]
    st.session_state.pop("plan_problems", None)
    if file is None:
        return
    try:
        if file.size > MAX_UPLOAD_MB * 1024 * 1024:
            message = _("{size}MBを超えています。行を減らしてください。").format(size=MAX_UPLOAD_MB)
            raise ProblemsError([Problem(None, None, message)])
        rows = read_plan(file.getvalue(), file.name)
    except ProblemsError as error:
        st.session_state["plan_problems"] = error.problems
        st.session_state["refused_name"] = file.name
    else:
        st.session_state["plan"] = rows
        st.session_state["plan_name"] = file.name


def _forget_plan() -> None:
    for key in ("plan", "plan_name", "plan_problems", "refused_name"):
        st.session_state.pop(key, None)


def _share(key: str, value: float) -> None:
    """A share is set in per cent, the word of the office."""
    low, high = bounds(key)
    st.slider(
        _label(key, _("%")),
        min_value=round(low * 100),
        max_value=round(high * 100),
        step=5,
        key=_view(key, round(value * 100)),
        help=_source(key),
        on_change=_store_share,
        args=(key,),
    )
    st.caption(_range(key, percent=True))


def _number(key: str, value: float, step: int | float) -> None:
    kind = type(step)
    low, high = bounds(key)
    st.number_input(
        _label(key, str(shell.assumptions().at[key, "unit"])),
        min_value=kind(low),
        max_value=kind(high),
        step=step,
        format="%d" if kind is int else "%.0f",
        key=_view(key, kind(value)),
        help=_source(key),
        on_change=_store,
        args=(key,),
    )
    st.caption(_range(key))


def _go_live(scenario: Scenario) -> None:
    months = [str(scenario.month(m)) for m in range(scenario.months)]
    chosen = str(scenario.go_live)
    options = sorted({*months, chosen})
    st.selectbox(
        _("オンライン申請の開始月"),
        options=options,
        format_func=lambda text: wording.month(pd.Period(text, freq="M")),
        key=_view("go_live", chosen),
        help=_("この月に出す申請からオンラインに替えるものとして計算します。初期値は今月です。"),
        on_change=_store,
        args=("go_live",),
    )
    st.caption(_("試算の期間内の月・仮定"))


def _label(key: str, unit: str) -> str:
    label = shell.assumptions().at[key, "label_ja"]
    return _("{label}({unit})").format(label=label, unit=unit)


def _range(key: str, *, percent: bool = False) -> str:
    row = shell.assumptions().loc[key]
    times = 100 if percent else 1
    return _("{low:,.0f}〜{high:,.0f}(初期値 {base:,.0f})・{confidence}").format(
        low=row["low"] * times,
        high=row["high"] * times,
        base=row["base"] * times,
        confidence=_(LABELS[Evidence(str(row["confidence"]))]),
    )


def _source(key: str) -> str:
    row = shell.assumptions().loc[key]
    return _("出典: {source}(確認日 {checked})").format(
        source=row["source"], checked=f"{row['checked_on']:%Y-%m-%d}"
    )


def _view(key: str, value: object) -> str:
    """Make a widget show the value of the session's scenario; return the widget's key."""
    name = f"input_{key}"
    st.session_state[name] = value
    return name


def _store(key: str) -> None:
    shell.changed_inputs()[key] = st.session_state[f"input_{key}"]


def _store_share(key: str) -> None:
    shell.changed_inputs()[key] = st.session_state[f"input_{key}"] / 100


def _reset() -> None:
    shell.changed_inputs().clear()
