"""The plan on the page: which one is shown, reading one's own, and what is wrong with it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.vocabulary import LABELS, PlanKind
from onlineready.export.template import EXAMPLES, INSIDE, to_template_csv, to_template_xlsx
from onlineready.language import translate as _
from onlineready.load.files import PLAN_ENDINGS
from onlineready.load.headers import title
from onlineready.load.plans import PAGE_LIMITS, ColumnsMissingError, PersonalDataError, open_plan
from onlineready.report import wording
from onlineready.ui.state import mistakes, session, shell
from onlineready.ui.state.saving import show_save


class Upload(NamedTuple):
    """What became of the file in the uploader: read, or refused with its problems.

    Attributes:
        file_id: which file it was, so that it is read once.
        name: what the reader called it.
        sheets: all sheets of a spreadsheet; empty for CSV or where it was refused.
        problems: why it was refused; empty where it was read.
        missing: keys of columns that were not found.
        headers: headers that stand for no column yet.
        forgotten: whether the file was taken out of the uploader, as it held personal data.
    """

    file_id: str
    name: str
    sheets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    forgotten: bool = False


def show_upload() -> None:
    """Offer to read a plan, and to go back to the sample where another is shown."""
    st.caption(
        _(
            "**人数だけ**の表を選びます。氏名・在留カード番号・生年月日などの個人情報は入れないでください"
            "(見つけたときは読み込みません)。{size}MB、{rows:,}行まで。サーバーには残りません。"
        ).format(size=PAGE_LIMITS.megabytes, rows=PAGE_LIMITS.rows)
    )
    st.file_uploader(
        _("計画のファイル(CSV・Excel)"),
        type=[ending.lstrip(".") for ending in PLAN_ENDINGS],
        max_upload_size=PAGE_LIMITS.megabytes,
        key=_uploader(),
        help=_(
            "名簿: 事業所、分野、区分(在籍・海外・国内)、人数、開始月、通算済月数、在留期限、"
            "初回在留期間、更新在留期間。目標の人数: 事業所と、年度(または年月)ごとの人数。"
            "見出しの言い回しや元号、全角の数字はそのままで読めます。"
        )
        + _(INSIDE[PlanKind.ROSTER]),
    )
    _show_choices()
    with st.popover(_("ひな形")):
        _show_templates()
    samples = {
        PlanKind.ROSTER: _("見本の計画に戻す"),
        PlanKind.TARGETS: _("目標の人数の見本を見る"),
    }
    for kind, label in samples.items():
        if not session.workbook().plan.equals(shell.sample_plan(kind)):
            st.button(label, on_click=session.use_sample, args=(kind,), key=f"sample_{kind}")


def _uploader() -> str:
    """Return the key of the uploader: another one, and so an empty one, after personal data."""
    emptied = st.session_state.get("emptied_uploaders", 0)
    return f"upload_{emptied}" if emptied else "upload"


def take_in() -> None:
    """Read the file in the uploader, once; keep the plan shown and tell why where it is refused."""
    file: Any = st.session_state.get(_uploader())
    known: Upload | None = st.session_state.get("uploaded")
    if file is None:
        if known is not None and not known.forgotten:
            del st.session_state["uploaded"]
    elif known is None or known.file_id != file.file_id:
        with st.spinner(_("計画を読んでいます…")):
            _read(file)


def _read(file: Any, *, sheet: str | None = None, mapping: dict[str, str] | None = None) -> None:
    found = Upload(file.file_id, file.name)
    try:
        reading = open_plan(
            file.getvalue(), file.name, sheet=sheet, mapping=mapping, limits=PAGE_LIMITS
        )
    except ProblemsError as error:
        found = found._replace(problems=error.problems)
        if isinstance(error, PersonalDataError):
            found = found._replace(forgotten=True)
            st.session_state["emptied_uploaders"] = st.session_state.get("emptied_uploaders", 0) + 1
        elif isinstance(error, ColumnsMissingError):
            found = found._replace(missing=error.missing, headers=error.headers)
    else:
        found = found._replace(sheets=reading.sheets)
        session.use_plan(
            reading.plan.reset_index(drop=True),
            _("読み込んだ計画「{name}」").format(name=file.name),
            told=reading.account,
        )
    st.session_state["uploaded"] = found


def show_plan_name() -> None:
    """Say which plan the figures are of, and every problem of a file that could not be read."""
    now = session.state()
    st.markdown(
        _("**表示中: {name}** {what}").format(
            name=wording.plain(now.plan_name), what=wording.plan_summary(now.workbook.plan)
        )
    )
    found: Upload | None = st.session_state.get("uploaded")
    if found is not None and found.problems:
        st.error(
            _(
                "「{name}」は読み込めませんでした({count:,}か所)。直してもう一度選んでください。"
            ).format(name=wording.plain(found.name), count=len(found.problems)),
            icon="⚠️",
        )
        mistakes.show_problems(found.problems, key="upload_problems")


def _show_choices() -> None:
    """Offer another sheet, or to say which header stands for a column that was not found."""
    found: Upload | None = st.session_state.get("uploaded")
    if found is None:
        return
    if len(found.sheets) > 1:
        st.selectbox(
            _("読むシート"),
            options=found.sheets,
            index=None,
            placeholder=_("ほかのシートを読む"),
            key="sheet",
            on_change=_read_sheet,
        )
    if found.missing and found.headers:
        st.caption(_("見つからない列を、ファイルの見出しから選べます。"))
        for key in found.missing:
            st.selectbox(
                _("「{title}」にあたる列").format(title=_(title(key))),
                options=found.headers,
                index=None,
                placeholder=_("見出しを選ぶ"),
                key=f"mapping_{key}",
            )
        st.button(_("この対応で読む"), on_click=_read_mapped, args=(found.missing,))


def _read_sheet() -> None:
    sheet = st.session_state["sheet"]
    if sheet is not None:
        _read(st.session_state[_uploader()], sheet=sheet)


def _read_mapped(missing: Sequence[str]) -> None:
    chosen = {key: st.session_state.get(f"mapping_{key}") for key in missing}
    mapping = {header: key for key, header in chosen.items() if header is not None}
    if mapping:
        _read(st.session_state[_uploader()], mapping=mapping)


def _show_templates() -> None:
    """Offer templates: one workbook that explains itself, and CSV in both encodings."""
    show_save(
        _("記入の説明つき(Excel)"), to_template_xlsx, "onlineready-template.xlsx", "template_xlsx"
    )
    for kind in EXAMPLES:
        name = _(LABELS[kind])
        for encoding, label in (("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS")):
            show_save(
                _("{kind}(CSV・{encoding})").format(kind=name, encoding=label),
                partial(to_template_csv, kind, encoding),
                f"onlineready-{kind}-{label}.csv",
                f"template_{encoding}_{kind}",
            )
