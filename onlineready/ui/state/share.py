"""Keep and pass on: the file, the link, and the address that survives a reload."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from onlineready import clock
from onlineready.domain.problem import ProblemsError
from onlineready.language import translate as _
from onlineready.report import wording
from onlineready.ui.state import addresses, mistakes, session, shared
from onlineready.ui.state.saving import show_save
from onlineready.workbook import (
    MAX_FILE_BYTES,
    SAFE_LINK_CHARACTERS,
    Workbook,
    changes_since,
    from_file,
    sites_lettered,
    to_file,
)

MAX_FILE_MB = MAX_FILE_BYTES // 1024**2


def remember() -> dict[str, str] | None:
    """Write the workbook into the page's address, so that a reload brings it back.

    Returns the parameters that carry it, as `session.parameters`.
    """
    parameters = session.parameters()
    if not parameters:
        st.query_params.pop(addresses.LINK_PARAMETER, None)
    elif parameters.items() - st.query_params.items():
        st.query_params.update(parameters)
    return parameters


def show_messages() -> None:
    """Show what has to be known before the figures: messages, what is not kept, what is old."""
    workbook, today = session.workbook(), clock.today()  # opening a link may tell something
    for message in session.messages():
        st.warning(wording.plain(message), icon="⚠️")
    if session.parameters() is None:
        st.warning(
            _(
                "内容が多く、アドレスに収まりません。再読み込みすると消えます。"
                "右上の「共有」からファイルに保存してください。"
            ),
            icon="⚠️",
        )
    if newer := changes_since(workbook, shared.tables()):
        st.warning(
            _(
                "基準日 {as_of} の内容です。{days} に計算方法か手数料表が変わり、"
                "当時の数字と違うことがあります。"
            ).format(as_of=workbook.as_of, days="、".join(map(str, newer))),
            icon="⚠️",
        )
    if workbook.as_of != today:
        st.button(
            _("基準日を {as_of} から今日({today})に移す").format(as_of=workbook.as_of, today=today),
            on_click=session.keep,
            args=(replace(workbook, as_of=today),),
        )


def show_sharing() -> None:
    """Offer to save and load the file, and the link with what it holds.

    It is no fragment: what a fragment still sends while another page comes has no place there, and
    Streamlit then shows nothing at all.
    """
    place = st.popover(_("共有"), key="share", on_change="rerun")
    if place.open:
        with place:
            _show_file()
            _show_link()


def _show_file() -> None:
    st.subheader(_("ファイルに保存"), anchor=False)
    st.caption(
        _("計画・前提・準備の回答のすべてが入ります(事業所名もそのまま)。サーバーには残りません。")
    )
    # Streamlit asks for the file outside the session, where the workbook cannot be looked up.
    workbook = session.workbook()
    if session.parameters() and not sites_lettered(workbook):
        st.caption(
            _(
                "再読み込みすると計画と事業所の名前は記号になります。"
                "名前を残すにはファイルに保存してください。"
            )
        )
    name = f"onlineready-{workbook.as_of}.json"
    show_save(_("保存する"), lambda: to_file(workbook), name, "save_workbook")
    st.file_uploader(
        _("保存したファイルを開く(JSON、{size}MBまで)").format(size=MAX_FILE_MB),
        type=["json"],
        max_upload_size=MAX_FILE_MB,
        key="saved",
        on_change=_open_file,
    )
    refused = st.session_state.get("refused_workbook")
    if refused is not None:
        st.error(_("このファイルは開けませんでした。今の内容はそのままです。"), icon="⚠️")
        mistakes.show_problems(refused, key="saved_problems")


def _open_file() -> None:
    file = st.session_state["saved"]
    st.session_state.pop("refused_workbook", None)
    if file is None:
        return
    try:
        opened = from_file(file.getvalue(), shared.tables())
    except ProblemsError as error:
        st.session_state["refused_workbook"] = error.problems
    else:
        session.open_workbook(opened, _("ファイル「{name}」の計画").format(name=file.name))


def _show_link() -> None:
    st.subheader(_("リンクで共有"), anchor=False)
    named = st.checkbox(
        _("事業所名をそのまま入れる"),
        key="link_site_names",
        help=_("外すと、事業所A、B…に置き換えます。ページのアドレスも置き換えた名前です。"),
    )
    st.caption(_holds(session.workbook(), named=named))
    token = session.link(site_names=named)
    if token is None:
        st.warning(
            _(
                "内容が多く、リンクに収まりません。再読み込みで消える前に、"
                "ファイルに保存してください。"
            ),
            icon="⚠️",
        )
        return
    link = address(str(st.context.url or ""), {addresses.LINK_PARAMETER: token})
    st.code(link, language=None, wrap_lines=False)
    if len(token) > SAFE_LINK_CHARACTERS:
        st.caption(
            _("{length:,}字あり、メールや社内プロキシで切れることがあります。").format(
                length=len(token)
            )
        )


def address(page: str, parameters: Mapping[str, str]) -> str:
    """Return the address of a page with parameters, also behind a base path."""
    here = urlsplit(page)
    return urlunsplit((here.scheme, here.netloc, here.path or "/", urlencode(parameters), ""))


def _holds(workbook: Workbook, *, named: bool) -> str:
    sites = _("事業所名") if named else _("事業所名は記号")
    return _(
        "リンクに入るもの: 計画({plan}、{sites})、すべての前提、準備の回答、"
        "基準日 {as_of}。シナリオの名前と担当者の呼び名は、入力したまま入ります。"
        "受け取った人は誰でも読めます。"
    ).format(plan=wording.plan_summary(workbook.plan), sites=sites, as_of=workbook.as_of)
