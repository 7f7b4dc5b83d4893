"""Reading a plan of one's own from a file: which one it is, and what is wrong with it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.vocabulary import PlanKind
from onlineready.export.template import to_template_xlsx
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load.files import PLAN_ENDINGS
from onlineready.load.headers import title
from onlineready.load.plans import PAGE_LIMITS, ColumnsMissingError, PersonalDataError, open_plan
from onlineready.report import wording
from onlineready.ui.costs import editor
from onlineready.ui.state import mistakes, session
from onlineready.ui.state.saving import show_save

KINDS = {
    PlanKind.ROSTER: mark("一人ひとりの在留期限が分かる(名簿)"),
    PlanKind.TARGETS: mark("年度ごとの人数を決めている(目標の人数)"),
    PlanKind.OUTLINE: mark("事業所ごとの今の人数と採用だけ(人数と採用)"),
}
"""What a reader knows, and the kind of plan that says it."""


class Upload(NamedTuple):
    """What became of the file in the uploader: read, or refused with its problems.

    Attributes:
        file_id: which file it was.
        name: what the reader called it.
        sheets: all sheets of a spreadsheet; empty for CSV or where it was refused.
        problems: why it was refused; empty where it was read.
        missing: keys of columns that were not found.
        headers: headers that stand for no column yet.
        removed: whether the reader took it out of the uploader after it was read.
    """

    file_id: str
    name: str
    sheets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    removed: bool = False


def show_plan() -> None:
    """Offer the ways to bring a plan: a file, a table to paste into, what stands as a table."""
    file, table = st.columns(2, gap="large")
    with file:
        _show_uploader()
        _show_reading()
        _show_choices()
    with table:
        _show_kinds()
        _show_name()
    editor.show_plan()


def _show_uploader() -> None:
    st.file_uploader(
        _("計画のファイル(CSV・Excel)"),
        type=[ending.lstrip(".") for ending in PLAN_ENDINGS],
        max_upload_size=PAGE_LIMITS.megabytes,
        key=_uploader(),
        on_change=_take_in,
    )
    st.caption(
        _(
            "**人数だけ**の表を選びます。氏名・在留カード番号・生年月日などの個人情報は入れないでください"
            "(見つけたときは読み込みません)。{size}MB、{rows:,}行まで。サーバーには残りません。"
        ).format(size=PAGE_LIMITS.megabytes, rows=PAGE_LIMITS.rows)
    )


def _uploader() -> str:
    """Return the key of the uploader: another one, and so an empty one, after personal data."""
    key: str = st.session_state.get("uploader", "upload")
    return key


def _uploaded() -> Upload | None:
    found: Upload | None = st.session_state.get("uploaded")
    return found


def _file() -> Any:
    """Return the file in the uploader, None where it is empty: a closed panel empties it."""
    return st.session_state.get(_uploader())


def _take_in() -> None:
    """Read the file that was chosen; of one that is taken out again, ask what is to become."""
    if file := _file():
        _read(file)
    elif (known := _uploaded()) and not known.problems and session.state().said is None:
        st.session_state["uploaded"] = known._replace(removed=True)
    else:
        forget()


def forget() -> None:
    """Let nothing more be said of the file that was chosen last."""
    st.session_state.pop("uploaded", None)


def _read(file: Any, *, sheet: str | None = None, mapping: dict[str, str] | None = None) -> None:
    found = Upload(file.file_id, file.name)
    try:
        reading = open_plan(
            file.getvalue(), file.name, sheet=sheet, mapping=mapping, limits=PAGE_LIMITS
        )
    except ProblemsError as error:
        found = found._replace(problems=error.problems)
        if isinstance(error, PersonalDataError):
            st.session_state["uploader"] = f"upload_{file.file_id}"
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


def _show_reading() -> None:
    """Say beside the file what was read of it, and ask what becomes of a plan without its file."""
    found, now = _uploaded(), session.state()
    if now.told:
        read, *more = map(wording.plain, now.told)
        st.success("\n".join([f"**{read}**", "", *(f"- {sentence}" for sentence in more)]))
    if found is None or not found.removed:
        return
    name = wording.plain(found.name)
    st.info(_("「{name}」を外しました。その計画をどうしますか。").format(name=name), icon="ℹ️")
    with st.container(horizontal=True):
        st.button(_("この計画のまま使う"), key="keep_plan", on_click=forget)
        st.button(_("人数の入力に戻す"), key="drop_plan", on_click=_drop)


def _drop() -> None:
    forget()
    session.sum_up()


# A file that could not be read


def show_refusal() -> None:
    """Tell every problem of a file that could not be read, and whose figures stand below."""
    found = _uploaded()
    if found is None or not found.problems:
        return
    st.error(
        _("「{name}」は読み込めませんでした({count:,}か所)。直してもう一度選んでください。").format(
            name=wording.plain(found.name), count=len(found.problems)
        ),
        icon="⚠️",
    )
    mistakes.show_problems(found.problems, key="upload_problems")
    if leaves_no_answer():
        st.markdown(_("上の欄に自社の人数を入れると、ここに答えが出ます。"))
        st.button(_("サンプルの答えを見る"), key="see_sample", on_click=forget)
    else:
        name = wording.plain(session.state().plan_name)
        st.info(_("下の数字は、それまでの計画({name})のものです。").format(name=name), icon="ℹ️")
        st.button(_("この知らせを閉じる"), key="close_refusal", on_click=forget)


def leaves_no_answer() -> bool:
    """Tell whether a file was refused, and no plan of the reader's own stands in its place."""
    found = _uploaded()
    return found is not None and bool(found.problems) and session.is_sample()


def _show_choices() -> None:
    """Offer another sheet, or to say which header stands for a column that was not found."""
    found = _uploaded()
    if found is None or not _file():
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
    if sheet is not None and (file := _file()):
        _read(file, sheet=sheet)


def _read_mapped(missing: Sequence[str]) -> None:
    chosen = {key: st.session_state.get(f"mapping_{key}") for key in missing}
    mapping = {header: key for key, header in chosen.items() if header is not None}
    if mapping and (file := _file()):
        _read(file, mapping=mapping)


# What to bring


def _show_kinds() -> None:
    """Ask what the reader knows; offer the template and the empty table for that, and samples."""
    kind = st.radio(
        _("どこまで分かりますか"),
        options=list(KINDS),
        format_func=lambda one: _(KINDS[one]),
        key="kind",
    )
    with st.container(horizontal=True):
        show_save(
            _("入力用テンプレート(Excel)"),
            to_template_xlsx,
            "onlineready-template.xlsx",
            "template",
        )
        st.button(_("空の表に貼り付ける"), key="blank", on_click=editor.begin_blank, args=(kind,))
        st.button(_("見本を見る"), key="sample", on_click=session.use_sample, args=(kind,))


def _show_name() -> None:
    name = session.state().plan_name
    st.text_input(
        _("計画の名前"),
        max_chars=session.LONGEST_PLAN_NAME,
        **session.view("plan_name", name, session.rename_plan),
    )
