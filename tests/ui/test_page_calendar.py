"""The filing calendar without a browser: what is due first, and what a reader enters."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.scenario import resolve
from onlineready.domain.vocabulary import LABELS, Deadline, Procedure, Status
from onlineready.filing.actuals import read_actuals
from onlineready.filing.settlement import Item
from onlineready.filing.windows import filing_windows
from onlineready.load.shipped import load_sample_plan, load_sample_targets
from onlineready.readiness.checklist import Answer, Answers, answered
from onlineready.ui.calendar import schedule, views
from onlineready.ui.state import addresses
from onlineready.workbook import Workbook, to_token
from tests import pages
from tests.day import TODAY
from tests.plans import SAMPLE_OUTLINE, TABLES, current, resolved, roster

PAGE = "pages/4_calendar.py"
TIMED = [
    {"month": "2026-11", "procedure": "extension", "channel": "online", "filed": 2, "minutes": 47}
]


def two_approved() -> Answers:
    """Two officers approved half a year ago; the certificate of the first has 47 days left."""
    given = Answers()
    for officer in (0, 1):
        done = Answer(status=Status.DONE, done_on=TODAY - timedelta(days=200))
        given = answered(given, officer, "declaration_review", done)
    held = Answer(status=Status.DONE, done_on=date(2024, 1, 10))
    return answered(given, 0, "agent_approval", held)


def workbook(**changes: Any) -> Workbook:
    plan = load_sample_plan().reset_index(drop=True)
    scenario = resolve({}, TABLES.tasks, TODAY)
    return replace(Workbook(as_of=TODAY, scenarios=(scenario,), plan=plan), **changes)


def start(kept: Workbook, page: str = PAGE) -> AppTest:
    """Open a page with the link of a workbook."""
    return checked(
        pages.opened(page, **{addresses.LINK_PARAMETER: to_token(kept, site_names=True)})
    )


def checked(dashboard: AppTest) -> AppTest:
    assert not dashboard.exception
    return dashboard


def answer(dashboard: AppTest) -> str:
    (title,) = dashboard.title
    assert title.proto.anchor == "answer"
    return str(title.value)


def view(dashboard: AppTest, name: str) -> AppTest:
    """Open a tab."""
    dashboard.session_state["calendar_view"] = name
    return checked(dashboard.run())


def next_one(dashboard: AppTest) -> str:
    return next(one.value for one in dashboard.markdown if one.value.startswith("次の期限"))


def strip(dashboard: AppTest) -> list[str]:
    """Return what keeps online filing possible, as it stands at the top."""
    text = next(one.value for one in dashboard.markdown if "続けるための期限**" in one.value)
    return [one.replace("  \n", " ") for one in text.split("\n- ")[1:]]


def shown(dashboard: AppTest) -> list[int]:
    """Return the numbers of the parts as they stand, those below one as 0."""
    found = [re.search(r"約([\d,]+)件|0件|1件未満", one.value) for one in dashboard.metric]
    return [int((one.group(1) or "0").replace(",", "")) for one in found if one]


def written(dashboard: AppTest) -> str:
    parts = (*dashboard.markdown, *dashboard.caption, *dashboard.warning, *dashboard.info)
    return "\n".join(part.value.replace("\\", "") for part in parts)


def kept(dashboard: AppTest) -> Workbook:
    return pages.in_session(dashboard)


def enter(dashboard: AppTest, row: int, **cells: Any) -> AppTest:
    """Type into the sheet of actuals, as the browser sends it."""
    view(dashboard, "計画と実績")
    states = dashboard._tree.get_widget_states()
    editor = next(one.proto.id for one in dashboard.dataframe if "actuals_" in one.proto.id)
    sent = {"edited_rows": {str(row): cells}, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=editor, string_value=json.dumps(sent))
    return checked(dashboard._run(states))


def test_a_certificate_near_its_end_is_told_before_the_applications() -> None:
    dashboard = start(workbook(readiness=two_approved()))
    told = "担当者A: 取次者証明書の更新は、あと47日(2027年1月10日)"
    assert next_one(dashboard) == f"次の期限: **{told}**"
    assert strip(dashboard)[0] == "**あと47日**(2027年1月10日) 担当者A: 取次者証明書の更新"
    assert len(strip(dashboard)) == schedule.MOST_CELLS
    table = view(dashboard, "続けるための期限").table[0].value
    assert table.iloc[0].to_list() == [
        "**あと47日**",
        "担当者A: 取次者証明書の更新(2026年11月10日から)",
    ]


def test_the_parts_of_the_sample_add_up_to_the_answer() -> None:
    dashboard = start(workbook())
    assert answer(dashboard) == "90日以内に期限が来る申請は約9件"
    assert {one.label: one.value for one in dashboard.metric} == {
        "今月が期限(超過のおそれ)": "⚠ 約3件",
        "1〜30日後": "0件",
        "31〜60日後": "約4件",
        "61〜90日後": "約2件",
    }
    listed = dashboard.table[0].value
    assert listed["件数"].to_list() == ["約3件", "約2件", "約2件", "約2件"]
    assert listed["状態"].iloc[0] == ":red[**⚠ 期限超過のおそれ、すぐ確かめる**]"
    assert listed.index[1] == "2027年1月(あと38日)"
    # The expectations stand one click away.
    unfolded = pages.unfolded(dashboard, "table_agenda").table[1].value
    assert unfolded["残り(件)"].to_list() == ["2.7", "2.0", "1.8", "2.6"]


@pytest.mark.parametrize("plan", ["outline", "roster", "targets", "many sites", "one worker"])
@pytest.mark.parametrize("as_of", [TODAY, date(2027, 2, 1), date(2028, 1, 31)])
def test_what_stands_on_the_page_adds_up(plan: str, as_of: date) -> None:
    rows = {
        "outline": SAMPLE_OUTLINE,
        "roster": load_sample_plan(),
        "targets": load_sample_targets(),
        "many sites": roster(
            *(current(n % 4 + 1, "2027-02", "2026-02", site=f"第{n}") for n in range(60))
        ),
        "one worker": roster(current(1, "2027-02", "2026-02")),
    }
    kept = workbook(plan=rows[plan].reset_index(drop=True), as_of=as_of)
    dashboard = start(kept)
    total = re.search(r"約([\d,]+)件", answer(dashboard))
    assert sum(shown(dashboard)) == (int(total.group(1).replace(",", "")) if total else 0)
    listed = dashboard.table[0].value["件数"] if dashboard.table else pd.Series(dtype=str)
    assert len(listed) <= schedule.MOST_ROWS
    counts = listed.str.extract(r"約([\d,]+)件")[0].fillna("0").str.replace(",", "")
    assert counts.astype(int).sum() == sum(shown(dashboard))


def test_the_report_of_all_user_ids_is_due_once_before_the_first_expires() -> None:
    dashboard = start(workbook(readiness=two_approved()))
    table = view(dashboard, "続けるための期限").table[0].value
    named = "定期報告(利用者IDの期限の1か月前まで)"
    (row,) = table[table["内容"].str.startswith(named)].reset_index().to_dict("records")
    # Approved 200 days ago, on 2026-05-08, for 36 months: by 2029-04-08, a mail comes in March.
    assert (row["期限"], row["内容"]) == (*("2029年4月8日", f"{named}(2029年3月8日から)"),)


def test_the_last_day_and_the_receipt_mail_are_told() -> None:
    dashboard = start(workbook())
    assert "在留期限の当日は、オンラインでは申請できません" in written(dashboard)
    assert "受付のメールを本人に持ってもらいます" in written(dashboard)


def test_what_is_overdue_comes_first_and_is_called_so() -> None:
    late = Answer(planned=TODAY - timedelta(days=12))
    dashboard = start(workbook(readiness=answered(two_approved(), 1, "handover", late)))
    assert next_one(dashboard).endswith("(予定日)は、12日前(2026年11月12日)に期限切れ(ほかに1件)**")
    assert strip(dashboard)[0].startswith(":red[**⚠ 12日超過**](2026年11月12日) 担当者B: ")


def test_without_approvals_the_applications_are_the_answer() -> None:
    dashboard = start(workbook())
    assert answer(dashboard) == "90日以内に期限が来る申請は約9件"
    assert next_one(dashboard) == "次の期限: **2027年1月に、申請約4件の期限が来ます**"
    done = Answer(status=Status.DONE)
    undated = start(workbook(readiness=answered(Answers(), 1, "agent_approval", done)))
    assert "期限を計算できません: 担当者Bの取次者の承認を受ける" in written(undated)


def test_targets_bring_expected_numbers_of_all_sites_together() -> None:
    dashboard = start(workbook(plan=load_sample_targets().reset_index(drop=True)))
    table = dashboard.table[0].value
    assert 0 < len(table) <= schedule.MOST_ROWS
    assert set(table["事業所"]) == {"全事業所"}


def test_nothing_due_and_nothing_planned_is_said_in_words() -> None:
    plan = roster(current(1, "2029-11", "2026-11", period=36)).reset_index(drop=True)
    dashboard = start(workbook(plan=plan))
    assert answer(dashboard) == "90日以内に期限が来る申請はありません"
    assert next_one(dashboard).startswith("次の期限: **2029年11月に、申請")
    assert "計画にありません" in written(dashboard)
    past = start(workbook(plan=plan, as_of=date(2045, 1, 1)))
    assert "これから期限の来る申請はありません" in written(past)
    assert "計画にありません" in written(past)


def test_the_first_page_names_the_next_due_date() -> None:
    def line(dashboard: AppTest) -> str:
        links = [str(link.proto.label) for link in dashboard.get("page_link")]
        return next(label for label in links if label.startswith("次の期限"))

    assert line(start(workbook(readiness=two_approved()), "app.py")) == (
        "次の期限: 担当者A: 取次者証明書の更新は、あと47日(2027年1月10日)"
    )
    assert line(start(workbook(), "app.py")).startswith("次の期限: 2027年1月に、申請")


# What is settled


def settle(dashboard: AppTest, *items: Item) -> AppTest:
    return checked(dashboard.pills(key="settled").set_value(list(items)).run())


def test_what_is_settled_leaves_the_numbers_and_fills_the_actuals() -> None:
    late = Item(pd.Period("2026-09", "M"), Procedure.EXTENSION)
    dashboard = settle(start(workbook()), late)
    assert answer(dashboard) == "90日以内に期限が来る申請は約6件"
    assert shown(dashboard) == [0, 0, 4, 2]
    assert [(one.month, one.procedure, one.filed) for one in kept(dashboard).actuals] == [
        (*late, 3)
    ]
    assert dashboard.table[0].value.iloc[0].to_list() == [
        *("✓ 提出済み", "全事業所", "更新", "3件", "2026年9月"),
    ]
    assert view(dashboard, "計画と実績").selectbox(key="actuals_month").options[-6:]
    dashboard = view(dashboard, "予定")
    assert dashboard.pills(key="settled").value == [late]
    opened = settle(dashboard)
    assert kept(opened).actuals == ()
    assert answer(opened) == "90日以内に期限が来る申請は約9件"
    assert kept(pages.press(settle(opened, late), "undo_settled")).actuals == ()


def test_what_was_filed_otherwise_than_planned_is_told() -> None:
    def rows(month: str, filed: int) -> pd.DataFrame:
        named = {"month": month, "procedure": "extension", "channel": "counter", "filed": filed}
        table: pd.DataFrame = start(workbook(actuals=read_actuals([named]))).table[0].value
        return table

    over = rows("2026-09", 1).iloc[0]
    assert (over["状態"], over["件数"]) == ("✓ 提出済み", "1件(計画約3件)")
    running = rows("2026-11", 1)
    (row,) = running[running["計画の申請月"].eq("2026年11月") & running["手続"].eq("更新")].values
    assert row.tolist()[:4] == [
        *("**● 今月出す**(全事業所で1件提出済み)", "福岡工場", "更新", "約1件"),
    ]


def test_a_browser_settles_only_what_is_offered() -> None:
    dashboard = start(workbook())
    name = next(one.proto.id for one in dashboard.pills if one.key == "settled")
    assert kept(pages.post(dashboard, name, ["3月 更新"])).actuals == ()


# Plan against actual


def test_what_was_filed_is_kept_and_compared() -> None:
    dashboard = enter(start(workbook()), 4, filed=3, minutes=90)
    assert kept(dashboard).actuals == read_actuals(
        [
            {
                "month": "2026-11",
                "procedure": "extension",
                "channel": "counter",
                "filed": 3,
                "minutes": 90,
            }
        ]
    )
    assert "実績を入れた1か月で**3件**、計画より" in written(dashboard)
    dashboard = enter(dashboard, 4, filed=0, minutes=None)
    assert kept(dashboard).actuals == ()


def test_minutes_without_a_number_are_not_kept() -> None:
    dashboard = enter(start(workbook()), 4, minutes=90)
    assert kept(dashboard).actuals == ()
    assert "出した数(1件以上)と一緒に" in written(dashboard)
    dashboard = enter(dashboard, 4, filed=1, minutes=10_001)
    assert kept(dashboard).actuals == ()
    assert "1件あたり10,000まで" in written(dashboard)


def test_measured_minutes_become_the_value_of_the_task() -> None:
    dashboard = view(start(workbook(actuals=read_actuals(TIMED))), "計画と実績")
    measured = dashboard.table[-1].value
    assert measured["今の値の確からしさ"].tolist() == ["仮定"]
    dashboard.button(key="use_measured").click()
    checked(dashboard.run())
    assert kept(dashboard).scenarios[0].tasks["online_enter_extension"].minutes == 23.5
    assert dashboard.table[-1].value["今の値の確からしさ"].tolist() == ["実測"]
    assert not any(button.key == "use_measured" for button in dashboard.button)


# The files


def test_the_events_are_all_that_is_ahead_and_keep_their_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        views, "show_save", lambda label, make, *_more, **_: files.setdefault(label, make)
    )
    plan = load_sample_plan().reset_index(drop=True)
    view(start(workbook(readiness=two_approved(), plan=plan)), "カレンダーに入れる")
    content = files["カレンダー(ICS)で保存"]()
    read = icalendar.Calendar.from_ical(content).walk("VEVENT")
    named = {str(event["uid"]): str(event["summary"]) for event in read}
    assert len(named) == len(read)
    assert named["certificate-expiry-1@onlineready"] == "担当者A: 取次者証明書の更新"
    assert [named[key] for key in named if key.startswith("user-id")] == [
        "定期報告(利用者IDの期限の1か月前まで)"
    ]
    assert "user-id-expiry@onlineready" in named
    assert all(
        ("在留期限の当日は、オンラインでは申請できません" in str(event["description"]))
        == (str(event["uid"]).startswith(("extension-", "change-")))
        for event in read
    )
    assert "yearly-report-2030@onlineready" in named
    assert sum(LABELS[Deadline.YEARLY_REPORT] in name for name in named.values()) == 4
    windows = filing_windows(plan, resolved({}))
    ahead = windows[windows["due_on"] >= "2026-11-01"]
    assert sum("の申請 " in name for name in named.values()) == len(ahead)
    assert any("本社工場" in name for name in named.values())
    assert files["CSVで保存"]().startswith(b"\xef\xbb\xbf")
    assert files["Excelで保存"]().startswith(b"PK")
