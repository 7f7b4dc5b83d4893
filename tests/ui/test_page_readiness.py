"""Page 2 without a browser: what it asks, opens, blocks and forecasts is what the model says."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.vocabulary import Estimate, Per, Reply, Status, Way
from onlineready.readiness.checklist import AGENT_QUESTION, Answer, Answers, Officer, answered
from onlineready.readiness.forecast import forecast, present_stage, steps
from onlineready.report import outlook, wording
from onlineready.ui.state import addresses, shared
from onlineready.workbook import Workbook, from_token, to_token
from tests import pages
from tests.checklists import CHECKLIST, QUESTIONS
from tests.day import TODAY

PAGE = "pages/1_readiness.py"
ASKED = [question for question in QUESTIONS if question != AGENT_QUESTION]
STAGES = {entry.id: entry.stage for entry in CHECKLIST.entries}
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
    for choice in (*dashboard.checkbox, *dashboard.button_group, *dashboard.multiselect):
        assert choice.label.strip()
    return dashboard


def workbook(dashboard: AppTest) -> Workbook:
    return pages.in_session(dashboard)


def answers(dashboard: AppTest) -> Answers:
    return workbook(dashboard).readiness


def holding(dashboard: AppTest, given: Answers) -> AppTest:
    """Open a link to the same workbook with other answers."""
    now = workbook(dashboard)
    return start(to_token(Workbook(TODAY, now.scenarios, now.plan, readiness=given)))


def open_stage(dashboard: AppTest, stage: int) -> AppTest:
    """Open a stage, if it is not open yet."""
    if dashboard.session_state[f"stage{stage}"]:
        return dashboard
    present = present_stage(steps(CHECKLIST, answers(dashboard)))
    dashboard.session_state[f"stages_from_{present}"][stage] = True
    return checked(dashboard.run())


def reply(dashboard: AppTest, question: str, given: Reply) -> AppTest:
    open_stage(dashboard, STAGES[question])
    control = dashboard.segmented_control(key=f"gate_{question}")
    control.set_value(None if given is Reply.UNKNOWN else given)
    return checked(dashboard.run())


def tick(dashboard: AppTest, officer: int | None, item: str, *, done: bool = True) -> AppTest:
    open_stage(dashboard, STAGES[item])
    name = f"done_{'' if officer is None else officer}_{item}"
    dashboard.checkbox(key=name).set_value(done)
    return checked(dashboard.run())


def open_gate(dashboard: AppTest) -> AppTest:
    tick(dashboard, 0, "agent_seminar")
    for question in ASKED:
        reply(dashboard, question, Reply.YES)
    return dashboard


def settings(dashboard: AppTest) -> AppTest:
    return checked(pages.unfolded(dashboard, "settings"))


def set_way(dashboard: AppTest, way: Way) -> AppTest:
    settings(dashboard).segmented_control(key="way").set_value(way)
    return checked(dashboard.run())


def set_officers(dashboard: AppTest, count: int) -> AppTest:
    settings(dashboard).number_input(key="officer_count").set_value(count)
    return checked(dashboard.run())


def press(dashboard: AppTest, key: str) -> AppTest:
    assert not dashboard.button(key=key).disabled
    return checked(pages.press(dashboard, key))


def can_undo(dashboard: AppTest) -> bool:
    return any(one.key == "undo_readiness" for one in dashboard.button)


def told(dashboard: AppTest) -> list[str]:
    """Return the messages as a reader sees them, without the marks that keep text from Markdown."""
    return [pages.read(one.value) for one in dashboard.warning]


def boxes(dashboard: AppTest) -> set[str]:
    """Return the keys of what can be ticked."""
    return {str(one.key) for one in dashboard.checkbox if not one.disabled}


def box(dashboard: AppTest, key: str) -> str:
    """Return what stands beside a box, as it is read aloud."""
    label = str(dashboard.checkbox(key=key).label)
    return " ".join(pages.read(label).split())


def lines(dashboard: AppTest) -> list[str]:
    """Return the lines of the stages."""
    folds = [one.label.replace("*", "") for one in dashboard.expander]
    numbers = tuple(f"{stage.id}. " for stage in CHECKLIST.stages)
    return [label for label in folds if label.removeprefix("✓ ").startswith(numbers)]


def read_aloud(dashboard: AppTest) -> list[str]:
    """Return the texts of the page as they are shown, the escapes of Markdown left out."""
    return [pages.read(one.value) for one in (*dashboard.markdown, *dashboard.info)]


def written(dashboard: AppTest) -> str:
    """Return all running text of the dashboard."""
    parts = (*dashboard.markdown, *dashboard.caption, *dashboard.warning, *dashboard.info)
    return "\n".join(part.value for part in parts)


def answer(dashboard: AppTest) -> str:
    (title,) = dashboard.title
    return title.value


def first_actions(dashboard: AppTest) -> list[str]:
    listed = next(text.value for text in dashboard.markdown if text.value.startswith("## 次に"))
    return [line.split(". ", 1)[1] for line in listed.splitlines() if line.startswith("1. ")]


def last_change(dashboard: AppTest) -> str:
    """Return what the page says of the last change."""
    texts = list(dashboard.markdown)
    (after,) = [n for n, text in enumerate(texts) if text.value.startswith("## 次に")]
    return pages.read(texts[after + 1].value)


def months(given: Answers) -> dict[Estimate, str]:
    found = steps(CHECKLIST, given)
    return {one: wording.month(forecast(found, TODAY, one).go_live) for one in Estimate}


def assert_follows_the_model(dashboard: AppTest) -> None:
    """What the headline says is the forecast of what the workbook holds."""
    month = months(answers(dashboard))
    assert answer(dashboard) == f"{month[Estimate.BASE]}から始められる見込み"
    assert f"早くて{month[Estimate.LOW]}、遅くて{month[Estimate.HIGH]}" in written(dashboard)


def edit_items(dashboard: AppTest, edits: Mapping[tuple[int | None, str], Any]) -> AppTest:
    """Type into the table of a stage, as the browser sends it: by the row that is shown."""
    (stage,) = {STAGES[item] for _officer, item in edits}
    pages.unfolded(open_stage(dashboard, stage), f"edit_{stage}")
    rows = [
        step.key
        for step in steps(CHECKLIST, answers(dashboard))
        if step.entry.stage == stage and step.entry.id not in QUESTIONS
    ]
    cells: dict[int | str, Any] = {rows.index(key): typed for key, typed in edits.items()}
    return checked(pages.edit(dashboard, f"dates_{stage}", cells))


# The empty checklist


def test_an_empty_checklist_says_when_and_what_to_do_first(dashboard: AppTest) -> None:
    assert answer(dashboard) == "2027年1月から始められる見込み"
    assert_follows_the_model(dashboard)
    first, *others = first_actions(dashboard)
    assert first.startswith("[講習を受ける](#stage0)(担当者A・担当者B) [公式ページ](https://")
    assert len(others) == 2
    assert all("(#stage1)" in other for other in others)
    assert "ほかに4件、同時に進められます" in written(dashboard)


def test_a_stage_is_a_line_and_the_present_one_is_open(dashboard: AppTest) -> None:
    assert lines(dashboard) == [
        "0. 申請等取次者 2件中0件完了",
        "1. 事前の確認 3件中0件完了",
        "2. 利用者登録 あと4件は、事前の確認の後に",
        "3. 利用申出 14件中0件完了",
        "4. 承認後 あと4件は、事前の確認・利用申出の後に",
    ]
    assert boxes(dashboard) == {"done_0_agent_seminar", "done_1_agent_seminar"}
    tick(dashboard, 0, "agent_seminar")
    assert "done_0_agent_approval" in boxes(dashboard)
    tick(dashboard, 1, "agent_seminar")
    assert lines(dashboard)[0] == "✓ 0. 申請等取次者 2件完了"
    assert not any("agent" in key for key in boxes(dashboard))
    for question in ASKED:
        assert dashboard.segmented_control(key=f"gate_{question}").value is None


def test_a_stage_that_a_reader_opens_stays_open(dashboard: AppTest) -> None:
    tick(dashboard, 1, "paper_pledge")
    tick(dashboard, 1, "paper_employment")
    assert {"done_0_paper_pledge", "done_0_agent_seminar"} <= boxes(dashboard)


def test_every_step_of_the_empty_checklist_stands_behind_its_stage(dashboard: AppTest) -> None:
    for stage in CHECKLIST.stages:
        pages.unfolded(open_stage(dashboard, stage.id), f"details_{stage.id}")
    shown = written(dashboard)
    for step in steps(CHECKLIST, Answers()):
        assert step.entry.label_ja in shown
        assert step.entry.check_at in shown
        assert step.entry.why_ja in shown
    assert "承認まで受けると（約1か月）、証明書は3年使え、窓口でも職員が代わりに出せる" in shown


def test_nothing_blocked_can_be_ticked_and_it_is_counted_in_a_line(dashboard: AppTest) -> None:
    for stage in CHECKLIST.stages:
        open_stage(dashboard, stage.id)
    assert boxes(dashboard) == {
        f"done_{'' if step.officer is None else step.officer}_{step.entry.id}"
        for step in steps(CHECKLIST, Answers())
        if step.entry.id not in QUESTIONS and step.status is Status.TODO
    }
    assert [line for line in read_aloud(dashboard) if line.startswith("あと")] == [
        "あと2件は、前の項目の後に",
        "あと4件は、事前の確認の後に",
        "あと6件は、申請等取次者・利用者登録の後に",
        "あと4件は、事前の確認・利用申出の後に",
    ]


# The gate


@pytest.mark.parametrize("question", CHECKLIST.questions[1:], ids=ASKED)
def test_a_no_says_why_and_what_next_with_the_official_page(
    dashboard: AppTest, question: Any
) -> None:
    assert not dashboard.warning
    reply(dashboard, question.id, Reply.NO)
    (message,) = told(dashboard)
    assert question.why_ja in message
    assert question.action_ja in message
    assert question.check_at in message
    action = question.action_ja.removesuffix("。")
    assert any(action in one for one in first_actions(dashboard))
    reply(dashboard, question.id, Reply.YES)
    assert not dashboard.warning
    assert not any(question.label_ja in one for one in first_actions(dashboard))


def test_the_seminar_and_two_yes_open_user_registration(dashboard: AppTest) -> None:
    open_stage(dashboard, 1)
    assert "担当者のだれかが講習を終えると" in written(dashboard)
    tick(dashboard, 1, "agent_seminar")
    assert "✓ 申請等取次者: 担当者Bは要件を満たす" in written(dashboard)
    for question in ASKED:
        assert "あと4件は、事前の確認の後に" in lines(dashboard)[2]
        reply(dashboard, question, Reply.YES)
    assert lines(dashboard)[1] == "✓ 1. 事前の確認 3件完了"
    open_stage(dashboard, 2)
    assert {"done_0_register_user", "done_1_register_user"} <= boxes(dashboard)


def test_the_question_of_the_agent_is_not_asked(dashboard: AppTest) -> None:
    for stage in CHECKLIST.stages:
        open_stage(dashboard, stage.id)
    assert not any(AGENT_QUESTION in str(one.key) for one in dashboard.button_group)
    assert not dashboard.radio
    stored = holding(dashboard, answered(Answers(), None, AGENT_QUESTION, Reply.YES))
    assert "✓ 申請等取次者: はい" in written(open_stage(stored, 1))


def test_not_checked_yet_keeps_it_shut_without_blame(dashboard: AppTest) -> None:
    tick(dashboard, 0, "agent_seminar")
    reply(dashboard, ASKED[0], Reply.YES)
    assert not dashboard.warning
    assert not dashboard.error
    assert "事前の確認の後に" in lines(dashboard)[2]


def test_taking_a_yes_back_tells_what_is_blocked_again(dashboard: AppTest) -> None:
    open_gate(dashboard)
    reply(dashboard, "hello_work", Reply.UNKNOWN)
    assert last_change(dashboard) == (
        "「ハローワークへの届出」を「未確認」にしました。そのため、また開始できなくなりました: "
        "「利用者登録をする」(担当者A)、「利用者登録をする」(担当者B)"
    )


def test_a_no_after_the_approval_is_not_called_ready(dashboard: AppTest) -> None:
    held = answered(Answers(), 0, "declaration_review", Answer(status=Status.DONE, done_on=TODAY))
    opened = holding(dashboard, answered(held, None, "hello_work", Reply.NO))
    assert answer(opened) == "承認は済み、事前の確認に「いいえ」が残っています"


# The way of declaring


def test_papers_are_numbered_without_a_gap_whatever_the_way(dashboard: AppTest) -> None:
    form = next(item for item in CHECKLIST.items if item.paper == 2)
    for way in (Way.POST, Way.ONLINE, Way.COUNTER):
        set_way(dashboard, way)
        open_stage(dashboard, 3)
        on_paper = way is not Way.ONLINE
        rows = {text.split(" ", 1)[0] for text in read_aloud(dashboard) if text.startswith("(")}
        # The paper of the seminar waits for it.
        wanted = [1, 2, 3, 5, 6] if on_paper else [1, 2, 4, 5]
        assert rows == {f"({number})" for number in wanted}
        assert (f"done_0_{form.id}" in boxes(dashboard)) == on_paper
        assert ("done__regional_office" in boxes(dashboard)) == on_paper
        assert_follows_the_model(dashboard)


# The officers


def test_a_certificate_moves_the_forecast_and_the_scenario_follows(dashboard: AppTest) -> None:
    scenario = workbook(dashboard).scenarios[0]
    settings(dashboard)
    assert f"うち証明書のない人{scenario.uncertified_officers}人)のまま" in written(dashboard)
    before = months(answers(dashboard))

    tick(dashboard, 0, "agent_seminar")
    tick(dashboard, 0, "agent_approval")
    assert months(answers(dashboard))[Estimate.BASE] != before[Estimate.BASE]
    assert_follows_the_model(dashboard)
    scenario = workbook(dashboard).scenarios[0]
    assert (scenario.officers, scenario.uncertified_officers) == (2, 1)
    assert "担当者2人(うち証明書のない人1人)を「費用と効果」の準備費用に使っています" in written(
        dashboard
    )
    assert lines(dashboard)[0] == "0. 申請等取次者 2件中1件完了"

    tick(dashboard, 1, "agent_seminar")
    assert workbook(dashboard).scenarios[0].uncertified_officers == 0
    tick(dashboard, 0, "agent_approval", done=False)
    tick(dashboard, 0, "agent_seminar", done=False)
    assert workbook(dashboard).scenarios[0].uncertified_officers == 1
    assert "「取次者証明書か講習の受講証明書の写し」(担当者A)" in last_change(dashboard)


def test_the_first_page_reckons_with_the_officers_and_the_month(dashboard: AppTest) -> None:
    tick(dashboard, 0, "agent_seminar")
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


def test_only_five_officers_stand_abreast_whatever_their_number(dashboard: AppTest) -> None:
    def seminars(places: Iterable[int]) -> set[str]:
        return {f"done_{place}_agent_seminar" for place in places}

    set_officers(dashboard, 1)
    assert boxes(dashboard) == seminars([0])
    assert workbook(dashboard).scenarios[0].officers == 1
    assert_follows_the_model(dashboard)

    set_officers(dashboard, 6)
    assert [officer.label for officer in answers(dashboard).officers] == [
        f"担当者{letter}" for letter in "ABCDEF"
    ]
    assert boxes(dashboard) == seminars(range(5))
    assert workbook(dashboard).scenarios[0].officers == 6
    assert workbook(dashboard).scenarios[0].uncertified_officers == 6

    dashboard.multiselect(key="officers_shown").set_value([5])
    checked(dashboard.run())
    assert boxes(dashboard) == seminars([5])
    tick(dashboard, 5, "agent_seminar")
    assert workbook(dashboard).scenarios[0].uncertified_officers == 5

    set_officers(dashboard, 2)
    assert boxes(dashboard) == seminars([0, 1])
    assert workbook(dashboard).scenarios[0].officers == 2
    assert workbook(dashboard).scenarios[0].uncertified_officers == 2


def test_fewer_officers_than_those_chosen_to_be_seen(dashboard: AppTest) -> None:
    set_officers(dashboard, 8)
    dashboard.multiselect(key="officers_shown").set_value([6, 7])
    checked(dashboard.run())
    assert boxes(dashboard) == {"done_6_agent_seminar", "done_7_agent_seminar"}
    set_officers(dashboard, 6)
    shown = boxes(dashboard)
    assert shown
    assert shown <= {f"done_{place}_agent_seminar" for place in range(6)}


def test_an_officer_is_called_by_a_label(dashboard: AppTest) -> None:
    def call(label: str) -> str:
        settings(dashboard).text_input(key="officer_label_1").set_value(label)
        checked(dashboard.run())
        return answers(dashboard).officers[1].label

    assert call(" 本社\t1 ") == "本社 1"
    assert last_change(dashboard) == "「担当者B」を「本社 1」と呼びます"
    assert box(dashboard, "done_1_agent_seminar") == "本社 1 講習を受ける"
    assert "本社 1" in first_actions(dashboard)[0]
    assert call("x" * 70) == "x" * 60
    assert call("") == "担当者B"
    press(dashboard, "undo_readiness")
    assert answers(dashboard).officers[1].label == "x" * 60


@pytest.mark.parametrize(
    ("typed", "kind"), [("taro@example.com", "メールアドレス"), ("090-1234-5678", "電話番号")]
)
def test_a_label_that_is_personal_data_is_refused_and_not_repeated(
    dashboard: AppTest, typed: str, kind: str
) -> None:
    before = workbook(dashboard)
    settings(dashboard).text_input(key="officer_label_0").set_value(typed)
    checked(dashboard.run())
    assert workbook(dashboard) == before
    (message,) = told(dashboard)
    assert kind in message
    assert not pages.shown(dashboard, typed)


# Statuses


def test_where_nobody_sits_the_seminar_the_question_of_the_agent_is_next(
    dashboard: AppTest,
) -> None:
    edit_items(dashboard, {(n, "agent_seminar"): {"status": "na"} for n in range(2)})
    assert any("[担当者が講習を受けます](#stage1)" in one for one in first_actions(dashboard))


def test_under_way_is_kept_and_moves_nothing(dashboard: AppTest) -> None:
    before = answer(dashboard)
    edit_items(dashboard, {(0, "agent_seminar"): {"status": "doing"}})
    assert answers(dashboard).officers[0].items["agent_seminar"].status is Status.DOING
    assert answer(dashboard) == before
    assert box(dashboard, "done_0_agent_seminar") == "担当者A 講習を受ける 対応中"
    assert not dashboard.checkbox(key="done_0_agent_seminar").value


def test_not_applicable_lets_what_follows_begin(dashboard: AppTest) -> None:
    open_stage(dashboard, 3)
    assert "done_0_paper_certificate" not in boxes(dashboard)
    edit_items(
        dashboard,
        {(0, "agent_seminar"): {"status": "done"}, (0, "agent_approval"): {"status": "na"}},
    )
    assert dashboard.checkbox(key="done_0_agent_approval").disabled
    assert box(dashboard, "done_0_agent_approval").endswith("該当なし")
    assert "done_0_paper_certificate" in boxes(dashboard)
    assert "done_1_paper_certificate" not in boxes(dashboard)
    assert_follows_the_model(dashboard)


def test_what_no_first_month_waits_for_is_marked() -> None:
    for way in Way:
        found = steps(CHECKLIST, Answers(way=way))
        names = outlook.entry_names(found)
        for step in found:
            marked = "(開始月に関わらない)" in names[step.entry.id]
            assert marked == step.entry.optional, step.entry.id


def test_who_wants_no_approval_says_so_from_the_start(dashboard: AppTest) -> None:
    before = answer(dashboard)
    edit_items(dashboard, {(0, "agent_approval"): {"status": "na"}})
    assert answers(dashboard).officers[0].items["agent_approval"].status is Status.NA
    assert answer(dashboard) == before
    edit_items(dashboard, {(0, "agent_approval"): {"status": "todo"}})
    assert answers(dashboard).officers[0].items["agent_approval"] == Answer()


def test_one_click_is_done_today_and_another_opens_it_again(dashboard: AppTest) -> None:
    tick(dashboard, 1, "paper_pledge")
    assert answers(dashboard).officers[1].items["paper_pledge"] == Answer(
        status=Status.DONE, done_on=TODAY
    )
    assert box(dashboard, "done_1_paper_pledge") == "担当者B 誓約書 11月24日"
    assert last_change(dashboard) == "「誓約書」(担当者B)を完了にしました"
    assert "14件中1件完了" in lines(dashboard)[3]
    tick(dashboard, 1, "paper_pledge", done=False)
    assert answers(dashboard).officers[1].items["paper_pledge"] == Answer()
    assert last_change(dashboard) == "「誓約書」(担当者B)を未着手にしました"


def test_reopening_tells_what_is_blocked_again(dashboard: AppTest) -> None:
    open_gate(dashboard)
    tick(dashboard, 0, "register_user")
    assert "done_0_receive_user_id" in boxes(dashboard)
    tick(dashboard, 0, "register_user", done=False)
    assert last_change(dashboard).endswith(
        "また開始できなくなりました: 「利用者IDを受け取る」(担当者A)"
    )
    assert "done_0_receive_user_id" not in boxes(dashboard)
    assert answers(dashboard).officers[0].items["register_user"] == Answer()


@pytest.mark.parametrize("way", [Way.ONLINE, Way.POST])
def test_from_nothing_to_the_first_online_filing(dashboard: AppTest, way: Way) -> None:
    open_gate(dashboard)
    tick(dashboard, 0, "agent_approval")
    set_way(dashboard, way)
    on_paper = () if way is Way.ONLINE else ("paper_declaration_form",)
    if on_paper:
        tick(dashboard, None, "regional_office")
    for item in ("register_user", "receive_user_id", *PAPERS, "paper_certificate", *on_paper):
        tick(dashboard, 0, item)
        assert_follows_the_model(dashboard)
    open_stage(dashboard, 3)
    assert "done_0_declaration_review" not in boxes(dashboard)
    tick(dashboard, 0, f"declare_{way}")
    assert_follows_the_model(dashboard)
    assert "審査を経て承認を受ける" in first_actions(dashboard)[0]
    tick(dashboard, 0, "declaration_review")
    assert answer(dashboard) == "準備は済み、2026年11月からオンラインで申請できます"
    open_stage(dashboard, 4)
    assert {"done__periodic_report", "done_0_certificate_renewal"} <= boxes(dashboard)
    assert "done_1_handover" not in boxes(dashboard)


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
    opened = holding(dashboard, everything)
    assert "残っている項目はありません" in written(opened)
    assert all(line.startswith("✓ ") for line in lines(opened))
    assert not boxes(opened)
    assert not opened.get("vega_lite_chart")


# Taking back


def test_changes_are_told_and_taken_back_one_by_one(dashboard: AppTest) -> None:
    assert not can_undo(dashboard)
    planned: dict[tuple[int | None, str], Any] = {(1, "paper_pledge"): {"planned": "2026-12-24"}}
    changes: list[tuple[str, Callable[[], object]]] = [
        ("届出」を「はい」", lambda: reply(dashboard, "notifications", Reply.YES)),
        ("講習を受ける」(担当者A)を完了", lambda: tick(dashboard, 0, "agent_seminar")),
        ("担当者を3人", lambda: set_officers(dashboard, 3)),
        ("(担当者C)を完了", lambda: tick(dashboard, 2, "agent_seminar")),
        ("方法を郵送", lambda: set_way(dashboard, Way.POST)),
        ("入管を確かめる」を完了", lambda: tick(dashboard, None, "regional_office")),
        *(("(担当者A)を完了", lambda i=i: tick(dashboard, 0, i)) for i in PAPERS),
        ("未着手", lambda: tick(dashboard, 0, "paper_pledge", done=False)),
        ("「いいえ」", lambda: reply(dashboard, "notifications", Reply.NO)),
        ("日付を変え", lambda: edit_items(dashboard, planned)),
        ("担当者を2人", lambda: set_officers(dashboard, 2)),
        ("方法を窓口", lambda: set_way(dashboard, Way.COUNTER)),
        ("前提を変えました", lambda: press(dashboard, "fix_go_live_readiness")),
    ]
    stood = []
    for what, change in changes:
        stood.append(workbook(dashboard))
        change()
        assert workbook(dashboard) != stood[-1]
        assert what in last_change(dashboard)
    for before in reversed(stood):
        press(dashboard, "undo_readiness")
        assert workbook(dashboard) == before
        assert_follows_the_model(dashboard)
    assert not can_undo(dashboard)


def test_an_assumption_set_after_an_answer_is_taken_back_before_it(dashboard: AppTest) -> None:
    tick(dashboard, 0, "paper_pledge")
    press(settings(dashboard), "fix_go_live_readiness")
    press(dashboard, "undo_readiness")
    assert workbook(dashboard).scenarios[0].go_live is None
    assert answers(dashboard) != Answers()
    press(dashboard, "undo_readiness")
    assert answers(dashboard) == Answers()


def test_a_change_before_another_file_was_opened_is_not_taken_back(
    dashboard: AppTest,
) -> None:
    tick(dashboard, 0, "agent_seminar")
    opened = Workbook(
        TODAY,
        workbook(dashboard).scenarios,
        workbook(dashboard).plan,
        readiness=answered(Answers(way=Way.POST), None, "agent", Reply.NO),
    )
    pages.hold(dashboard, opened)
    checked(dashboard.run())
    assert not can_undo(dashboard)


# Planned and actual days


def test_a_planned_day_takes_the_place_of_the_estimate(dashboard: AppTest) -> None:
    tick(dashboard, 0, "agent_seminar")
    before = months(answers(dashboard))[Estimate.BASE]
    edit_items(dashboard, {(0, "paper_pledge"): {"planned": "2027-09-10"}})
    kept = answers(dashboard).officers[0].items["paper_pledge"]
    assert kept == Answer(planned=datetime.date(2027, 9, 10))
    assert box(dashboard, "done_0_paper_pledge").endswith("予定 2027年9月10日")
    edit_items(dashboard, {(1, "paper_pledge"): {"planned": "2027-09-10"}})
    assert months(answers(dashboard))[Estimate.BASE] != before
    assert_follows_the_model(dashboard)
    edit_items(dashboard, {(0, "paper_pledge"): {"planned": None}})
    assert answers(dashboard).officers[0].items["paper_pledge"] == Answer()
    assert months(answers(dashboard))[Estimate.BASE] == before


def test_an_actual_day_makes_the_item_done_on_that_day(dashboard: AppTest) -> None:
    edit_items(dashboard, {(0, "paper_pledge"): {"done_on": "2026-11-20"}})
    days = {"done_on": "2025-11-19", "planned": "2025-11-18"}
    edit_items(dashboard, {(0, "agent_seminar"): days})
    items = answers(dashboard).officers[0].items
    assert items["paper_pledge"] == Answer(status=Status.DONE, done_on=datetime.date(2026, 11, 20))
    assert items["agent_seminar"].done_on == datetime.date(2025, 11, 19)
    assert box(dashboard, "done_0_agent_seminar").endswith("2025年11月19日")
    assert box(open_stage(dashboard, 3), "done_0_paper_pledge").endswith("11月20日")
    assert_follows_the_model(dashboard)


@pytest.mark.parametrize("day", ["2009-12-31", "2061-01-01", "9999-12-31", "soon"])
@pytest.mark.parametrize("column", ["planned", "done_on"])
def test_a_day_out_of_reach_is_told_and_the_answers_stay(
    dashboard: AppTest, column: str, day: str
) -> None:
    tick(dashboard, 0, "agent_seminar")
    before = workbook(dashboard)
    edit_items(dashboard, {(0, "paper_pledge"): {column: day}})
    assert workbook(dashboard) == before
    assert told(dashboard) == ["日付は2010-01-01〜2060-12-31で入れてください。"]


def test_days_leave_the_officers_of_the_scenario_unless_they_make_an_agent(
    dashboard: AppTest,
) -> None:
    before = workbook(dashboard).scenarios[0]
    edit_items(dashboard, {(0, "paper_pledge"): {"done_on": "2026-11-20"}})
    assert workbook(dashboard).scenarios[0] == before
    edit_items(dashboard, {(0, "agent_approval"): {"done_on": "2026-11-20"}})
    assert workbook(dashboard).scenarios[0].uncertified_officers == 1


# The month of going live


def test_the_month_is_fixed_and_follows_again_by_the_buttons(dashboard: AppTest) -> None:
    assert workbook(dashboard).scenarios[0].go_live is None
    press(settings(dashboard), "fix_go_live_readiness")
    assert str(workbook(dashboard).scenarios[0].go_live) == "2027-01"
    assert "**2027年1月に固定**" in written(dashboard)

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


# The link


def test_an_item_that_this_version_does_not_know_is_told_and_kept(dashboard: AppTest) -> None:
    kept = answered(Answers(), 0, "removed_item", Answer(status=Status.DONE))
    kept = answered(kept, None, "removed_question", Reply.NO)
    sample = workbook(dashboard)
    opened = start(to_token(Workbook(TODAY, sample.scenarios, sample.plan, readiness=kept)))
    assert any("removed_item, removed_question" in text for text in read_aloud(opened))
    assert "2027年1月から" in answer(opened)

    reply(opened, "hello_work", Reply.YES)
    tick(opened, 0, "agent_seminar")
    assert answers(opened).officers[0].items["removed_item"].status is Status.DONE
    assert answers(opened).gate["removed_question"] is Reply.NO
    token = "".join(opened.query_params[addresses.LINK_PARAMETER])
    passed_on = from_token(token, shared.tables()).readiness
    assert passed_on == answers(opened)
    assert "removed_item" in passed_on.officers[0].items


def test_the_address_carries_the_answers(dashboard: AppTest) -> None:
    assert addresses.LINK_PARAMETER not in dashboard.query_params
    open_gate(dashboard)
    token = "".join(dashboard.query_params[addresses.LINK_PARAMETER])
    opened = start(token)
    done = Answer(status=Status.DONE, done_on=TODAY)
    expected = answered(Answers(gate=dict.fromkeys(ASKED, Reply.YES)), 0, "agent_seminar", done)
    assert answers(opened) == expected == answers(dashboard)
    assert answer(opened) == answer(dashboard)


def test_a_label_in_a_link_cannot_bring_an_image(dashboard: AppTest) -> None:
    # The reader's browser would ask the server of whoever made the link.
    label = "![x](http://a.example/x.png)"
    officers = (Officer(label=label, items={"![y](z)": Answer()}),)
    sample = workbook(dashboard)
    opened = start(
        to_token(Workbook(TODAY, sample.scenarios, sample.plan, Answers(officers=officers)))
    )
    labels = [one.label for one in opened.checkbox]
    assert "![" not in written(opened) + "".join(labels)
    assert label in box(opened, "done_0_agent_seminar")
