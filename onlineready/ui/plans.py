"""The plan on the page: which one is shown, reading one's own, and what is wrong with it."""

import pandas as pd
import streamlit as st

from onlineready.language import translate as _
from onlineready.load import PLAN_ENDINGS, read_plan
from onlineready.problem import Problem, ProblemsError
from onlineready.ui import session, shell, wording

MAX_UPLOAD_MB = 10


def upload() -> None:
    """Offer to read a plan, and to go back to the sample where another is shown."""
    st.file_uploader(
        _("計画のファイル(CSV・Excel、{size}MBまで)").format(size=MAX_UPLOAD_MB),
        type=list(PLAN_ENDINGS),
        max_upload_size=MAX_UPLOAD_MB,
        key="upload",
        on_change=_read_upload,
        help=_(
            "人数だけの表です。氏名・在留カード番号・生年月日は入れないでください。"
            "列: 事業所、分野、区分(在籍・海外・国内)、人数、開始月、通算済月数、在留期限、"
            "初回在留期間、更新在留期間"
        ),
    )
    if not session.workbook().plan.equals(session.sample().plan):
        st.button(_("見本の計画に戻す"), on_click=_show_sample)


def shown() -> None:
    """Say which plan the figures are of, and every problem of a file that could not be read."""
    plan = session.workbook().plan
    st.markdown(
        _("**表示中: {name}** {sites}事業所・{workers:,}人({rows:,}行)").format(
            name=wording.plain(session.plan_name()),
            sites=plan["site"].nunique(),
            workers=int(plan["headcount"].sum()),
            rows=len(plan),
        )
    )
    refused: tuple[str, tuple[Problem, ...]] | None = st.session_state.get("refused")
    if refused is not None:
        name, problems = refused
        st.error(
            _(
                "「{name}」は読み込めませんでした({count}か所)。直してもう一度選んでください。"
            ).format(name=wording.plain(name), count=len(problems)),
            icon="⚠️",
        )
        st.table(problem_table(problems))


def problem_table(problems: tuple[Problem, ...]) -> pd.DataFrame:
    """Return problems as a table to show: row, column, and what is wrong and expected."""
    rows = [
        (
            str(problem.row or "—"),
            wording.plain(problem.column or _("ファイル全体")),
            wording.plain(problem.message),
        )
        for problem in problems
    ]
    return pd.DataFrame(rows, columns=[_("行"), _("列"), _("内容と直し方")]).set_index(_("行"))


def _read_upload() -> None:
    """Show the plan of a good file; keep the plan shown and tell the problems of a bad one."""
    file = st.session_state["upload"]
    st.session_state.pop("refused", None)
    if file is None:
        return
    try:
        if file.size > MAX_UPLOAD_MB * 1024 * 1024:
            message = _("{size}MBを超えています。行を減らしてください。").format(size=MAX_UPLOAD_MB)
            raise ProblemsError([Problem(None, None, message)])
        plan = read_plan(file.getvalue(), file.name)
    except ProblemsError as error:
        st.session_state["refused"] = (file.name, error.problems)
    else:
        session.use_plan(plan, _("読み込んだ計画「{name}」").format(name=file.name))


def _show_sample() -> None:
    st.session_state.pop("refused", None)
    session.use_plan(shell.sample_plan(), _("見本の計画(食品メーカー)"))
