"""Page 2 without a browser: what it asks, opens, blocks and forecasts is what the model says."""

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.vocabulary import LABELS, Agent, Estimate, Per, Reply, Status, Way
from onlineready.readiness.checklist import Answer, Answers, Officer, answered, as_agent
from onlineready.readiness.forecast import forecast, steps
from onlineready.report import wording
from onlineready.ui.state import addresses, shared
from onlineready.workbook import Workbook, from_token, to_token
from tests import pages
from tests.checklists import CHECKLIST, QUESTIONS
from tests.day import TODAY

PAGE = "pages/1_readiness.py"
BLOCKED = LABELS[Status.BLOCKED]
PAPERS = ("paper_check_sheet", "paper_identification", "paper_employment", "paper_pledge")


def start(link: str | None = None) -> AppTest:
    """Open the checklist, with or without a link."""
    return checked(pages.opened(PAGE, **({} if link is None else {addresses.LINK_PARAMETER: link})))


@pytest.fixture
def dashboard() -> AppTest:
    return start()


def checked(dashboard: AppTest) -> AppTest:
    """Hold on every run: no exception, and every choice has a label."""
    assert not dashboard.exception
    for choice in (*dashboard.radio, *dashboard.selectbox, *dashboard.multiselect):
        assert choice.label.strip()
    return dashboard


def workbook(dashboard: AppTest) -> Workbook:
    return pages.in_session(dashboard)


def answers(dashboard: AppTest) -> Answers:
    return workbook(dashboard).readiness


def reply(dashboard: AppTest, question: str, given: Reply) -> AppTest:
    dashboard.radio(key=f"gate_{question}").set_value(given)
    return checked(dashboard.run())


def open_gate(dashboard: AppTest) -> AppTest:
    for question in QUESTIONS:
        reply(dashboard, question, Reply.YES)
    return dashboard


def situation(dashboard: AppTest, officer: int, agent: Agent) -> AppTest:
    dashboard.radio(key=f"agent_{officer}").set_value(agent)
    return checked(dashboard.run())


def set_status(dashboard: AppTest, officer: int | None, item: str, status: Status) -> AppTest:
    name = f"status_{'' if officer is None else officer}_{item}"
    dashboard.selectbox(key=name).set_value(status)
    return checked(dashboard.run())


def set_way(dashboard: AppTest, way: Way) -> AppTest:
    dashboard.segmented_control(key="way").set_value(way)
    return checked(dashboard.run())


def set_officers(dashboard: AppTest, count: int) -> AppTest:
    dashboard.number_input(key="officer_count").set_value(count)
    return checked(dashboard.run())


def press(dashboard: AppTest, name: str) -> AppTest:
    """Press the button of a key or of a label."""
    button = next(one for one in dashboard.button if name in (one.key, one.label))
    assert not button.disabled
    return checked(button.click().run())


def told(dashboard: AppTest) -> list[str]:
    """Return the messages as a reader sees them, without the marks that keep text from Markdown."""
    return [one.value.replace("\\", "") for one in dashboard.warning]


def keys(dashboard: AppTest, prefix: str) -> set[str]:
    widgets = (*dashboard.selectbox, *dashboard.button, *dashboard.radio)
    return {str(one.key) for one in widgets if str(one.key).startswith(prefix)}


def read_aloud(dashboard: AppTest) -> list[str]:
    """Return the texts of the page as they are shown, the escapes of Markdown left out."""
    return [one.value.replace("\\", "") for one in (*dashboard.markdown, *dashboard.info)]


def written(dashboard: AppTest) -> str:
    """Return all running text of the dashboard."""
    parts = (*dashboard.markdown, *dashboard.caption, *dashboard.warning, *dashboard.info)
    return "\n".join(part.value for part in parts)


def answer(dashboard: AppTest) -> str:
    return next(header.value for header in dashboard.header if header.proto.anchor == "answer")


def progress(dashboard: AppTest, stage: int) -> str:
    return next(head.value for head in dashboard.subheader if head.proto.anchor == f"stage{stage}")


def first_actions(dashboard: AppTest) -> list[str]:
    listed = next(text.value for text in dashboard.markdown if text.value.startswith("1. "))
    return [line.split(". ", 1)[1] for line in listed.splitlines()]


def months(given: Answers) -> dict[Estimate, str]:
    found = steps(CHECKLIST, given)
    return {one: wording.month(forecast(found, TODAY, one).go_live) for one in Estimate}


def assert_follows_the_model(dashboard: AppTest) -> None:
    """What the headline says is the forecast of what the workbook holds."""
    month = months(answers(dashboard))
    assert f"{month[Estimate.BASE]}から始められる見込み" in answer(dashboard)
    spread = f"(早くて{month[Estimate.LOW]}、遅くて{month[Estimate.HIGH]})"
    assert spread in written(dashboard)


def edit_dates(dashboard: AppTest, edits: Mapping[tuple[int | None, str], Any]) -> AppTest:
    """Type days into the table, as the browser sends them: by the row that is shown."""
    shown = [
        step.key for step in steps(CHECKLIST, answers(dashboard)) if step.entry.id not in QUESTIONS
    ]
    rows = {str(shown.index(key)): cells for key, cells in edits.items()}
    states = dashboard._tree.get_widget_states()
    editor = next(table.proto.id for table in dashboard.dataframe if "dates_" in table.proto.id)
    sent = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=editor, string_value=json.dumps(sent))
    return checked(dashboard._run(states))


# The empty checklist


def test_an_empty_checklist_says_when_and_asks_first_for_the_answers(dashboard: AppTest) -> None:
    assert answer(dashboard) == "準備に今すぐかかれば、2027年1月から始められる見込み"
    assert_follows_the_model(dashboard)
    first = first_actions(dashboard)[0]
    assert "三つの問いに答える" in first
    assert "(#stage0)" in first
    assert "(#stage1)" in first
    anchors = {head.proto.anchor for head in dashboard.subheader}
    assert {f"stage{stage.id}" for stage in CHECKLIST.stages} <= anchors


def test_every_step_of_the_empty_checklist_stands_on_the_page(dashboard: AppTest) -> None:
    shown = written(dashboard)
    for step in steps(CHECKLIST, Answers()):
        assert step.entry.label_ja in shown
        assert step.entry.check_at in shown
        assert step.entry.why_ja in shown


def test_nothing_blocked_can_be_set(dashboard: AppTest) -> None:
    for step in steps(CHECKLIST, Answers()):
        if step.entry.id in QUESTIONS:
            continue
        key = f"status_{'' if step.officer is None else step.officer}_{step.entry.id}"
        assert (key in keys(dashboard, "status_")) == (step.status is Status.TODO)


def test_the_choices_of_a_status_do_not_offer_what_is_computed(dashboard: AppTest) -> None:
    for choice in dashboard.selectbox:
        assert len(choice.options) == 4
        assert not any(BLOCKED in option for option in choice.options)


# The gate


@pytest.mark.parametrize("question", CHECKLIST.questions, ids=QUESTIONS)
def test_a_no_says_why_and_what_next_with_the_official_page(
    dashboard: AppTest, question: Any
) -> None:
    assert not dashboard.warning
    reply(dashboard, question.id, Reply.NO)
    (message,) = told(dashboard)
    assert question.why_ja in message
    assert question.action_ja in message
    assert question.check_at in message
    assert any(question.action_ja in action for action in first_actions(dashboard))
    assert not keys(dashboard, "status_0_register_user")
    reply(dashboard, question.id, Reply.YES)
    assert not dashboard.warning
    assert not any(question.action_ja in action for action in first_actions(dashboard))


def test_three_yes_open_user_registration(dashboard: AppTest) -> None:
    for question in QUESTIONS[:-1]:
        reply(dashboard, question, Reply.YES)
        assert not keys(dashboard, "status_0_register_user")
    reply(dashboard, QUESTIONS[-1], Reply.YES)
    assert keys(dashboard, "status_0_register_user")
    assert keys(dashboard, "status_1_register_user")
    assert "三つの問いは、すべて「はい」" in written(dashboard)
    assert "3件中3件完了" in progress(dashboard, 1)
    assert not any("問いに答える" in action for action in first_actions(dashboard))


def test_not_checked_yet_keeps_it_shut_without_blame(dashboard: AppTest) -> None:
    for question in QUESTIONS[1:]:
        reply(dashboard, question, Reply.YES)
    assert not dashboard.warning
    assert not dashboard.error
    assert "1件が未確認" in written(dashboard)
    assert not keys(dashboard, "status_0_register_user")


def test_taking_a_yes_back_tells_what_is_blocked_again(dashboard: AppTest) -> None:
    open_gate(dashboard)
    reply(dashboard, "hello_work", Reply.UNKNOWN)
    (message,) = told(dashboard)
    assert "担当者A: 利用者登録をする" in message
    assert "担当者B: 利用者登録をする" in message


# The way of declaring


def test_online_lists_five_papers_and_paper_2_belongs_to_post_and_counter(
    dashboard: AppTest,
) -> None:
    form = next(item for item in CHECKLIST.items if item.paper == 2)
    for way, item in (
        (Way.POST, "declare_post"),
        (Way.ONLINE, "declare_online"),
        (Way.COUNTER, "declare_counter"),
    ):
        set_way(dashboard, way)
        rows = [text.value for text in dashboard.markdown]
        on_paper = way is not Way.ONLINE
        assert (f"(2) {form.label_ja}" in rows) == on_paper
        assert ("申出先の入管を確かめる" in rows) == on_paper
        assert bool(keys(dashboard, f"status_0_{form.id}")) == on_paper
        assert sum(text.startswith(tuple(f"({n}) " for n in range(1, 7))) for text in rows) == (
            6 if on_paper else 5
        )
        for other in ("declare_post", "declare_online", "declare_counter"):
            label = next(one.label_ja for one in CHECKLIST.items if one.id == other)
            assert (label in rows) == (other == item)
        assert_follows_the_model(dashboard)


# The officers


def test_a_certificate_moves_the_forecast_and_the_scenario_follows(dashboard: AppTest) -> None:
    scenario = workbook(dashboard).scenarios[0]
    assert f"うち証明書のない人{scenario.uncertified_officers}人)のまま" in written(dashboard)
    before = months(answers(dashboard))

    situation(dashboard, 0, Agent.CERTIFICATE)
    assert months(answers(dashboard))[Estimate.BASE] != before[Estimate.BASE]
    assert_follows_the_model(dashboard)
    scenario = workbook(dashboard).scenarios[0]
    assert (scenario.officers, scenario.uncertified_officers) == (2, 1)
    assert "担当者2人(うち証明書のない人1人)を「費用と効果」の準備費用に使っています" in written(
        dashboard
    )
    assert "2件中1件完了" in progress(dashboard, 0)

    situation(dashboard, 1, Agent.CONDITIONS)
    assert workbook(dashboard).scenarios[0].uncertified_officers == 0
    situation(dashboard, 0, Agent.NEITHER)
    assert workbook(dashboard).scenarios[0].uncertified_officers == 1
    assert any("取次者証明書か講習の受講証明書の写し" in one for one in told(dashboard))


def test_the_first_page_reckons_with_the_officers_and_the_month(dashboard: AppTest) -> None:
    situation(dashboard, 0, Agent.CERTIFICATE)
    month = months(answers(dashboard))[Estimate.BASE]
    checked(dashboard.switch_page("app.py").run())
    pages.panel(dashboard, "ほかの前提")
    assert f"準備の見込み({month})に従っています" in written(dashboard)
    assert pages.look_at(dashboard, "officers").number_input(key="listed_officers").value == 2
    pages.look_at(dashboard, "uncertified_officers")
    assert dashboard.number_input(key="listed_uncertified_officers").value == 1


@pytest.mark.parametrize("count", [0, 1_001])
def test_a_number_of_officers_that_does_not_fit_is_told_and_not_taken(
    dashboard: AppTest, count: int
) -> None:
    before = len(workbook(dashboard).readiness.officers)
    set_officers(dashboard, count)
    assert told(dashboard) == ["1〜1,000の数を入れてください。"]
    assert dashboard.number_input(key="officer_count").value == before


def test_only_four_officers_stand_abreast_whatever_their_number(dashboard: AppTest) -> None:
    set_officers(dashboard, 1)
    assert keys(dashboard, "agent_") == {"agent_0"}
    assert workbook(dashboard).scenarios[0].officers == 1
    assert_follows_the_model(dashboard)

    set_officers(dashboard, 5)
    assert [officer.label for officer in answers(dashboard).officers] == [
        f"担当者{letter}" for letter in "ABCDE"
    ]
    assert keys(dashboard, "agent_") == {f"agent_{place}" for place in range(4)}
    assert workbook(dashboard).scenarios[0].officers == 5
    assert workbook(dashboard).scenarios[0].uncertified_officers == 5

    dashboard.multiselect(key="officers_shown").set_value([4])
    checked(dashboard.run())
    assert keys(dashboard, "agent_") == {"agent_4"}
    situation(dashboard, 4, Agent.CERTIFICATE)
    assert workbook(dashboard).scenarios[0].uncertified_officers == 4

    set_officers(dashboard, 2)
    assert keys(dashboard, "agent_") == {"agent_0", "agent_1"}
    assert workbook(dashboard).scenarios[0].officers == 2
    assert workbook(dashboard).scenarios[0].uncertified_officers == 2


def test_fewer_officers_than_those_chosen_to_be_seen(dashboard: AppTest) -> None:
    set_officers(dashboard, 8)
    dashboard.multiselect(key="officers_shown").set_value([6, 7])
    checked(dashboard.run())
    assert keys(dashboard, "agent_") == {"agent_6", "agent_7"}
    set_officers(dashboard, 6)
    shown = keys(dashboard, "agent_")
    assert shown
    assert shown <= {f"agent_{place}" for place in range(6)}


# Statuses


def test_under_way_is_kept_and_moves_nothing(dashboard: AppTest) -> None:
    before = answer(dashboard)
    set_status(dashboard, 0, "agent_seminar", Status.DOING)
    assert answers(dashboard).officers[0].items["agent_seminar"].status is Status.DOING
    assert answer(dashboard) == before
    assert dashboard.selectbox(key="status_0_agent_seminar").value == Status.DOING


def test_not_applicable_lets_what_follows_begin(dashboard: AppTest) -> None:
    assert not keys(dashboard, "status_0_paper_certificate")
    set_status(dashboard, 0, "agent_seminar", Status.DONE)
    set_status(dashboard, 0, "agent_approval", Status.NA)
    assert dashboard.radio(key="agent_0").value == Agent.CONDITIONS
    assert keys(dashboard, "status_0_paper_certificate")
    assert not keys(dashboard, "status_1_paper_certificate")
    assert_follows_the_model(dashboard)


def test_what_no_first_month_waits_for_is_marked(dashboard: AppTest) -> None:
    named = [markdown.value for markdown in dashboard.markdown]
    for item in CHECKLIST.items:
        marked = any(item.label_ja in one and "(開始月に関わらない)" in one for one in named)
        assert marked == item.optional, item.id


def test_who_wants_no_approval_says_so_from_the_start(dashboard: AppTest) -> None:
    before = answer(dashboard)
    assert keys(dashboard, "rule_out_") == {f"rule_out_{n}_agent_approval" for n in range(2)}
    press(dashboard, "rule_out_0_agent_approval")
    assert answers(dashboard).officers[0].items["agent_approval"].status is Status.NA
    assert dashboard.selectbox(key="status_0_agent_approval").value == Status.NA
    assert keys(dashboard, "rule_out_") == {"rule_out_1_agent_approval"}
    assert dashboard.radio(key="agent_0").value == Agent.NEITHER
    assert answer(dashboard) == before
    set_status(dashboard, 0, "agent_approval", Status.TODO)
    assert len(keys(dashboard, "rule_out_")) == 2


def test_the_page_says_what_the_longer_way_brings(dashboard: AppTest) -> None:
    shown = written(dashboard)
    assert "承認まで受けると（約1か月）、証明書は3年使え、窓口でも職員が代わりに出せる" in shown


def test_done_is_plain_text_with_its_day_and_a_button_to_reopen(dashboard: AppTest) -> None:
    set_status(dashboard, 1, "paper_pledge", Status.DONE)
    assert answers(dashboard).officers[1].items["paper_pledge"] == Answer(
        status=Status.DONE, done_on=TODAY
    )
    assert f"担当者B: 完了 {TODAY}" in read_aloud(dashboard)
    assert not keys(dashboard, "status_1_paper_pledge")
    assert keys(dashboard, "status_0_paper_pledge")
    assert keys(dashboard, "reopen_") == {"reopen_1_paper_pledge"}
    assert "14件中1件完了" in progress(dashboard, 3)


def test_reopening_tells_what_is_blocked_again(dashboard: AppTest) -> None:
    open_gate(dashboard)
    set_status(dashboard, 0, "register_user", Status.DONE)
    assert keys(dashboard, "status_0_receive_user_id")
    press(dashboard, "reopen_0_register_user")
    (message,) = told(dashboard)
    assert message.endswith("また開始できなくなりました: 担当者A: 利用者IDを受け取る")
    assert not keys(dashboard, "status_0_receive_user_id")
    assert answers(dashboard).officers[0].items["register_user"] == Answer()
    checked(dashboard.run())
    assert not dashboard.warning


def test_reopening_what_nothing_waits_for_tells_nothing(dashboard: AppTest) -> None:
    set_status(dashboard, 0, "paper_pledge", Status.DONE)
    press(dashboard, "reopen_0_paper_pledge")
    assert not dashboard.warning
    assert keys(dashboard, "status_0_paper_pledge")


@pytest.mark.parametrize("way", [Way.ONLINE, Way.POST])
def test_from_nothing_to_the_first_online_filing(dashboard: AppTest, way: Way) -> None:
    open_gate(dashboard)
    situation(dashboard, 0, Agent.CERTIFICATE)
    set_way(dashboard, way)
    on_paper = () if way is Way.ONLINE else ("paper_declaration_form",)
    if on_paper:
        set_status(dashboard, None, "regional_office", Status.DONE)
    for item in ("register_user", "receive_user_id", *PAPERS, "paper_certificate", *on_paper):
        set_status(dashboard, 0, item, Status.DONE)
        assert_follows_the_model(dashboard)
    assert not keys(dashboard, "status_0_declaration_review")
    set_status(dashboard, 0, f"declare_{way}", Status.DONE)
    assert_follows_the_model(dashboard)
    assert "審査を経て承認を受ける" in first_actions(dashboard)[0]
    set_status(dashboard, 0, "declaration_review", Status.DONE)
    assert answer(dashboard) == "準備は済み、2026年11月からオンラインで申請できます"
    assert keys(dashboard, "status__periodic_report")
    assert keys(dashboard, "status_0_certificate_renewal")
    assert not keys(dashboard, "status_1_handover")


def test_with_everything_done_nothing_is_asked_for_any_more(dashboard: AppTest) -> None:
    done = Answer(status=Status.DONE)
    everything = Answers(
        gate=dict.fromkeys(QUESTIONS, Reply.YES),
        organization={i.id: done for i in CHECKLIST.items if i.who is Per.ORGANIZATION},
        officers=(
            Officer(
                label="担当者A",
                items={i.id: done for i in CHECKLIST.items if i.who is Per.OFFICER},
            ),
        ),
    )
    sample = workbook(dashboard)
    opened = start(to_token(Workbook(TODAY, sample.scenarios, sample.plan, readiness=everything)))
    assert "残っている項目はありません" in written(opened)
    assert not keys(opened, "status_")
    assert "日数のかかる項目は残っていません" in written(opened)


# Taking back


def test_changes_are_taken_back_one_by_one(dashboard: AppTest) -> None:
    assert dashboard.button(key="undo_readiness").disabled
    changes: list[Callable[[], object]] = [
        *(lambda q=q: reply(dashboard, q, Reply.YES) for q in QUESTIONS),
        lambda: situation(dashboard, 0, Agent.CERTIFICATE),
        lambda: set_officers(dashboard, 3),
        lambda: situation(dashboard, 2, Agent.CONDITIONS),
        lambda: set_way(dashboard, Way.POST),
        lambda: set_status(dashboard, None, "regional_office", Status.DONE),
        *(lambda i=i: set_status(dashboard, 0, i, Status.DOING) for i in PAPERS),
        *(lambda i=i: set_status(dashboard, 0, i, Status.DONE) for i in PAPERS),
        lambda: press(dashboard, "reopen_0_paper_pledge"),
        lambda: reply(dashboard, "agent", Reply.NO),
        lambda: edit_dates(dashboard, {(1, "paper_pledge"): {"planned": "2026-12-24"}}),
        lambda: set_officers(dashboard, 2),
        lambda: set_way(dashboard, Way.COUNTER),
    ]
    stood = []
    for change in changes:
        stood.append(workbook(dashboard))
        change()
        assert workbook(dashboard) != stood[-1]
    for before in reversed(stood):
        press(dashboard, "undo_readiness")
        assert workbook(dashboard) == before
        assert_follows_the_model(dashboard)
    assert dashboard.button(key="undo_readiness").disabled


def test_an_assumption_set_after_an_answer_is_taken_back_before_it(dashboard: AppTest) -> None:
    reply(dashboard, "agent", Reply.YES)
    press(dashboard, "fix_go_live_readiness")
    press(dashboard, "undo_readiness")
    assert workbook(dashboard).scenarios[0].go_live is None
    assert answers(dashboard) != Answers()
    press(dashboard, "undo_readiness")
    assert answers(dashboard) == Answers()


def test_a_change_before_another_file_was_opened_is_not_taken_back(
    dashboard: AppTest,
) -> None:
    reply(dashboard, "agent", Reply.YES)
    opened = Workbook(
        TODAY,
        workbook(dashboard).scenarios,
        workbook(dashboard).plan,
        readiness=answered(Answers(way=Way.POST), None, "agent", Reply.NO),
    )
    pages.hold(dashboard, opened)
    checked(dashboard.run())
    assert dashboard.button(key="undo_readiness").disabled


# Planned and actual days


def test_a_planned_day_takes_the_place_of_the_estimate(dashboard: AppTest) -> None:
    situation(dashboard, 0, Agent.CERTIFICATE)
    before = months(answers(dashboard))[Estimate.BASE]
    edit_dates(dashboard, {(0, "paper_pledge"): {"planned": "2027-09-10"}})
    kept = answers(dashboard).officers[0].items["paper_pledge"]
    assert kept == Answer(planned=datetime.date(2027, 9, 10))
    edit_dates(dashboard, {(1, "paper_pledge"): {"planned": "2027-09-10"}})
    assert months(answers(dashboard))[Estimate.BASE] != before
    assert_follows_the_model(dashboard)
    edit_dates(dashboard, {(0, "paper_pledge"): {"planned": None}})
    assert answers(dashboard).officers[0].items["paper_pledge"] == Answer()
    assert months(answers(dashboard))[Estimate.BASE] == before


def test_an_actual_day_makes_the_item_done_on_that_day(dashboard: AppTest) -> None:
    edit_dates(
        dashboard,
        {
            (0, "paper_pledge"): {"done_on": "2026-11-20"},
            (0, "agent_seminar"): {"done_on": "2026-11-19", "planned": "2026-11-18"},
        },
    )
    items = answers(dashboard).officers[0].items
    assert items["paper_pledge"] == Answer(status=Status.DONE, done_on=datetime.date(2026, 11, 20))
    assert items["agent_seminar"].done_on == datetime.date(2026, 11, 19)
    assert keys(dashboard, "reopen_") == {"reopen_0_paper_pledge", "reopen_0_agent_seminar"}
    assert "担当者A: 完了 2026-11-20" in read_aloud(dashboard)
    assert_follows_the_model(dashboard)


@pytest.mark.parametrize("day", ["2009-12-31", "2061-01-01", "9999-12-31", "soon"])
@pytest.mark.parametrize("column", ["planned", "done_on"])
def test_a_day_out_of_reach_is_told_and_the_answers_stay(
    dashboard: AppTest, column: str, day: str
) -> None:
    reply(dashboard, "agent", Reply.YES)
    before = workbook(dashboard)
    edit_dates(dashboard, {(0, "paper_pledge"): {column: day}})
    assert workbook(dashboard) == before
    assert told(dashboard) == ["日付は2010-01-01〜2060-12-31で入れてください。"]


def test_days_leave_the_officers_of_the_scenario_unless_they_make_an_agent(
    dashboard: AppTest,
) -> None:
    before = workbook(dashboard).scenarios[0]
    edit_dates(dashboard, {(0, "paper_pledge"): {"done_on": "2026-11-20"}})
    assert workbook(dashboard).scenarios[0] == before
    edit_dates(dashboard, {(0, "agent_approval"): {"done_on": "2026-11-20"}})
    assert workbook(dashboard).scenarios[0].uncertified_officers == 1


# The month of going live


def test_the_month_is_fixed_and_follows_again_by_the_buttons(dashboard: AppTest) -> None:
    assert workbook(dashboard).scenarios[0].go_live is None
    press(dashboard, "fix_go_live_readiness")
    assert str(workbook(dashboard).scenarios[0].go_live) == "2027-01"
    assert "**2027年1月に固定**" in written(dashboard)

    situation(dashboard, 0, Agent.CERTIFICATE)
    open_gate(dashboard)
    month = months(answers(dashboard))[Estimate.BASE]
    assert month != "2027年1月"
    assert str(workbook(dashboard).scenarios[0].go_live) == "2027-01"
    assert f"**2027年1月に固定**されています(準備の見込みは{month})" in written(dashboard)

    checked(dashboard.switch_page("app.py").run())
    checked(pages.panel(dashboard, "ほかの前提"))
    assert "**2027年1月に固定**" in written(dashboard)
    press(dashboard, "follow_go_live_input")
    assert f"準備の見込み({month})に従っています" in written(dashboard)
    checked(dashboard.switch_page(PAGE).run())
    assert workbook(dashboard).scenarios[0].go_live is None
    assert f"準備の見込み({month})に従っています" in written(dashboard)


# The link


def test_an_item_that_this_version_does_not_know_is_told_and_kept(dashboard: AppTest) -> None:
    kept = answered(Answers(), 0, "removed_item", Answer(status=Status.DONE))
    kept = answered(kept, None, "removed_question", Reply.NO)
    sample = workbook(dashboard)
    opened = start(to_token(Workbook(TODAY, sample.scenarios, sample.plan, readiness=kept)))
    assert any("removed_item, removed_question" in text for text in read_aloud(opened))
    assert "2027年1月から" in answer(opened)

    reply(opened, "agent", Reply.YES)
    situation(opened, 0, Agent.CERTIFICATE)
    assert answers(opened).officers[0].items["removed_item"].status is Status.DONE
    assert answers(opened).gate["removed_question"] is Reply.NO
    token = "".join(opened.query_params[addresses.LINK_PARAMETER])
    passed_on = from_token(token, shared.tables()).readiness
    assert passed_on == answers(opened)
    assert "removed_item" in passed_on.officers[0].items


def test_the_address_carries_the_answers(dashboard: AppTest) -> None:
    assert addresses.LINK_PARAMETER not in dashboard.query_params
    open_gate(dashboard)
    situation(dashboard, 1, Agent.CERTIFICATE)
    token = "".join(dashboard.query_params[addresses.LINK_PARAMETER])
    opened = start(token)
    expected = as_agent(Answers(gate=dict.fromkeys(QUESTIONS, Reply.YES)), 1, Agent.CERTIFICATE)
    assert answers(opened) == expected == answers(dashboard)
    assert answer(opened) == answer(dashboard)
    assert opened.radio(key="agent_1").value == Agent.CERTIFICATE


def test_a_label_in_a_link_cannot_bring_an_image(dashboard: AppTest) -> None:
    # The reader's browser would ask the server of whoever made the link.
    label = "![x](http://a.example/x.png)"
    officers = (Officer(label=label, items={"![y](z)": Answer()}),)
    sample = workbook(dashboard)
    opened = start(
        to_token(Workbook(TODAY, sample.scenarios, sample.plan, Answers(officers=officers)))
    )
    labels = [one.label for one in (*opened.radio, *opened.selectbox)]
    assert "![" not in written(opened) + "".join(labels)
    assert any(label in text for text in read_aloud(opened))
