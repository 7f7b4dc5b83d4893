"""Who declares the use, and how; whether the figures of page 1 follow."""

import streamlit as st

from onlineready.domain.vocabulary import LABELS, Way
from onlineready.language import translate as _
from onlineready.load import personal_data
from onlineready.readiness import checklist, forecast
from onlineready.report import wording
from onlineready.ui.readiness import ahead
from onlineready.ui.state import fields, session, shared

MOST_OFFICERS_ABREAST = 5
MOST_LABELS = 12
"""Officers who can be called otherwise on the page, from the first on."""


def show_settings() -> None:
    """Offer to change who declares, and how; the label stays, or it would close at each change."""
    place = st.popover(
        _("担当者・方法・開始月を変える"), key="settings", on_change="rerun", width="stretch"
    )
    if place.open:
        with place:
            _show_declaring()
            _show_labels()
            _show_staff()
            ahead.show_go_live(place="readiness")


def show_unknown() -> None:
    """Tell which items of the answers this version does not have."""
    if unknown := checklist.unknown_ids(shared.checklist(), session.workbook().readiness):
        st.info(
            _("この版にない項目があります。消さずに残しています: {ids}").format(
                ids=wording.plain(", ".join(unknown))
            ),
            icon="ℹ️",
        )


def show_officers() -> list[int]:
    """Let officers be chosen where there are many, and return whom to show abreast."""
    officers = session.workbook().readiness.officers
    if len(officers) <= MOST_OFFICERS_ABREAST:
        return list(range(len(officers)))
    chosen: list[int] = st.multiselect(
        _("並べて見る担当者({most}人まで)").format(most=MOST_OFFICERS_ABREAST),
        options=list(range(len(officers))),
        default=list(range(MOST_OFFICERS_ABREAST)),
        max_selections=MOST_OFFICERS_ABREAST,
        format_func=lambda place: officers[place].label,
        key="officers_shown",
    )
    return sorted(chosen) or [0]


def _show_declaring() -> None:
    answers = session.workbook().readiness
    st.segmented_control(
        _("利用申出の方法"),
        options=list(Way),
        format_func=lambda way: _(LABELS[way]),
        required=True,
        **session.view("way", answers.way, _set_way),
    )
    fields.show_number(
        _("申請を担当する職員(人)"),
        "officer_count",
        len(answers.officers),
        (1, checklist.MAX_OFFICERS),
        _set_officers,
        step=1,
        help=_(
            "一人ずつ登録と利用申出をします。"
            "減らすときは、辞めた人の離職を入管に届け出ます(「承認後」の段階)。"
        ),
    )


def _show_labels() -> None:
    """Let officers be called by other labels."""
    officers = session.workbook().readiness.officers
    st.caption(_("呼び名は、役割や番号にします(例: 本社1、工場の担当)。氏名は入れません。"))
    for place, officer in enumerate(officers[:MOST_LABELS]):
        st.text_input(
            _("{officer}の呼び名").format(officer=checklist.officer_label(place)),
            max_chars=checklist.LONGEST_LABEL,
            **session.view(f"officer_label_{place}", officer.label, _set_label, place),
        )


def _show_staff() -> None:
    """Say of how many officers page 1 counts the cost."""
    staff, scenario = forecast.staff(session.workbook().readiness), session.base()
    counted = {key: getattr(scenario, key) for key in staff}
    told = _(
        "「費用と効果」の準備費用は担当者{officers}人(うち証明書のない人{uncertified_officers}人)の"
        "ままです。講習・承認か人数を変えると、ここに合わせます。"
    )
    if counted == staff:
        told = _(
            "担当者{officers}人(うち証明書のない人{uncertified_officers}人)を「費用と効果」の"
            "準備費用に使っています。"
        )
    st.caption(told.format(**counted))


def _set_way(way: Way) -> None:
    session.keep_answers(session.workbook().readiness.model_copy(update={"way": Way(way)}))


def _set_officers(count: int) -> None:
    officers = session.workbook().readiness.officers[:count]
    added = tuple(
        checklist.Officer(label=checklist.officer_label(n)) for n in range(len(officers), count)
    )
    session.keep_answers(
        session.workbook().readiness.model_copy(update={"officers": (*officers, *added)})
    )


def _set_label(place: int, typed: str) -> None:
    """Call an officer by what was typed, by the letter where that is empty; refuse personal data.

    The refusal names the kind and never repeats the text.
    """
    label = " ".join(typed.split())[: checklist.LONGEST_LABEL]
    if (kind := personal_data.in_text(label)) is not None:
        session.tell(
            _("{kind}らしい呼び名は使えません。役割や番号にしてください(例: 本社1)。").format(
                kind=_(kind.label)
            )
        )
        return
    session.keep_answers(
        checklist.called(
            session.workbook().readiness, place, label or checklist.officer_label(place)
        )
    )
