"""Page 1 without a browser: what it says is what the model computed, and nothing breaks it."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.vocabulary import Trial
from onlineready.report import wording
from onlineready.ui.costs import conditions
from onlineready.ui.costs.topics import TOPICS
from onlineready.workbook import Workbook, to_token
from tests import pages
from tests.briefings import CASES, NOTHING, told, workbook
from tests.pages import computed, expected_figures, figures, read, upload
from tests.plans import SAMPLE_OUTLINE
from tests.server import ROOT

GOOD = "区分,人数,開始月,在留期限\n在籍,3,2025-04,2027-04\n海外,2,2027-06,\n"
BAD = "区分,人数,開始月,在留期限\n在籍,x,2025-04,2027-04\n海外,2,,\n"
COE_ONLY = "区分,人数,開始月,初回在留期間\n海外,5,2031-05,12\n"


def linked(workbook: Workbook) -> AppTest:
    return pages.opened(w=to_token(workbook))


def answer(dashboard: AppTest) -> str:
    (title,) = dashboard.title
    return str(title.value)


def test_the_sample_is_shown_at_once(dashboard: AppTest) -> None:
    assert not dashboard.exception
    assert figures(dashboard) == expected_figures(computed())
    assert any("サンプル" in text.value for text in dashboard.markdown)


def test_the_answer_names_the_saving_rounded_and_to_the_yen(dashboard: AppTest) -> None:
    net = computed().per_year["net_saving_yen"]
    assert answer(dashboard).endswith(f"年間 {wording.gain(net, wording.about)}")
    assert wording.gain_a_year(net) in dashboard.title[0].proto.help


def test_the_switch_holds_the_fees(dashboard: AppTest) -> None:
    dashboard.segmented_control(key="switch_fee_basis").set_value("2025-04").run()
    assert figures(dashboard) == expected_figures(computed(fee_basis="2025-04"))


@pytest.mark.parametrize(
    ("key", "shown", "value"),
    [
        ("company_fee_share", 30, 0.3),
        ("wage_yen_per_hour", 2500.0, 2500.0),
        ("realised_time_share", 0, 0.0),
        ("batch_size", 5, 5),
        ("go_live", "2028-04", "2028-04"),
    ],
)
def test_each_input_changes_the_figures_as_the_model_does(
    dashboard: AppTest, key: str, shown: object, value: object
) -> None:
    pages.set_other(dashboard, key, shown)
    assert figures(dashboard) == expected_figures(computed(SAMPLE_OUTLINE, **{key: value}))


def test_inputs_go_back_to_their_first_values(dashboard: AppTest) -> None:
    pages.set_other(dashboard, "company_fee_share", 0)
    next(
        button for button in dashboard.button if button.label == "すべての前提を初期値に戻す"
    ).click().run()
    assert dashboard.number_input(key="input_company_fee_share").value == 100
    assert figures(dashboard) == expected_figures(computed())


def test_a_loss_is_said_as_plainly_as_a_saving(dashboard: AppTest) -> None:
    for key, value in (
        ("company_fee_share", 0),
        ("realised_time_share", 0),
        ("go_live", "2031-03"),
    ):
        pages.set_other(dashboard, key, value)
    assert "の負担増" in answer(dashboard)
    assert pages.metrics(dashboard)["回収まで"] == "回収なし"
    assert not dashboard.exception


WITHOUT_EFFECT = {
    **{name: CASES[name] for name in ("too late", "nothing filed")},
    "nothing filed, too late": (NOTHING, {"go_live": "2035-01"}),
}


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_where_there_is_no_effect_the_page_says_what_the_slides_say(
    name: str,
) -> None:
    case = workbook(*WITHOUT_EFFECT[name])
    dashboard = linked(case)
    slides = told(case).slides
    assert answer(dashboard) == slides[0].title
    said = [text.value for text in dashboard.markdown]
    assert f"{slides[0].points[0]}。" in said
    _parts, saving, volume, _cost = [
        text.removeprefix("## ").partition("\n")[0] for text in said if text.startswith("## ")
    ][:4]
    assert saving == slides[3].title.partition("。")[0]
    assert volume == slides[1].title


@pytest.mark.parametrize("topic", TOPICS)
def test_every_section_is_headed_next_below_the_answer(topic: str) -> None:
    """So that a screen reader leads from one to the next: no level is left out."""
    dashboard = pages.opened()
    dashboard.segmented_control(key="topic").set_value(topic).run()
    marks = {text.value.partition(" ")[0] for text in dashboard.markdown if text.value[0] == "#"}
    assert marks == {"##"}


def test_no_gain_is_told_as_one_where_online_filing_begins_too_late() -> None:
    dashboard = linked(workbook(*CASES["too late"]))
    for topic in TOPICS:
        dashboard.segmented_control(key="topic").set_value(topic).run()
        if topic == "条件を変えて試す":
            dashboard.selectbox(key=conditions.CHOSEN).set_value(Trial.FARTHER).run()
        assert not dashboard.exception
        said = "".join(text.value for text in [*dashboard.header, *dashboard.markdown])
        assert not re.search("年増減なし|年0.0時間|0円と|より変わりません|最も|確率", said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_plan_of_ones_own_replaces_the_sample(dashboard: AppTest, encoding: str) -> None:
    upload(dashboard, GOOD.encode(encoding))
    assert not dashboard.exception
    assert any(
        wording.plain("plan.csv") in text.value and "5人" in text.value
        for text in dashboard.markdown
    )
    assert figures(dashboard) != expected_figures(computed())


def test_a_plan_saved_by_a_spreadsheet_program_shows_the_same_in_every_format(
    dashboard: AppTest,
) -> None:
    files = sorted((ROOT / "tests/files/libreoffice").glob("*plan*"))
    assert len(files) == 3
    sample = figures(dashboard)
    shown = []
    for file in files:
        shown.append(figures(upload(dashboard, file.read_bytes(), file.name)))
        assert any(file.name in read(text.value) for text in dashboard.markdown)
    assert shown == [shown[0]] * 3
    assert shown[0] != sample


def test_every_problem_of_a_bad_plan_is_told_in_place_of_the_samples_answer(
    dashboard: AppTest,
) -> None:
    before = pages.in_session(dashboard)
    upload(dashboard, BAD.encode("cp932"))
    assert "2か所" in dashboard.error[0].value
    told = pages.problems_told(dashboard)
    assert list(told.index) == ["2行目", "3行目"]
    assert list(told["列"]) == ["人数", "開始月"]
    assert not dashboard.title
    assert pages.in_session(dashboard) == before


def test_a_plan_without_paid_applications_says_so_without_a_crash(dashboard: AppTest) -> None:
    upload(dashboard, COE_ONLY.encode())
    assert not dashboard.exception
    assert "円" in answer(dashboard)


def test_a_plan_without_any_application_is_told(dashboard: AppTest) -> None:
    upload(dashboard, "区分,人数,開始月\n海外,5,2045-05\n".encode())
    assert not dashboard.exception
    assert any("申請がありません" in text.value for text in dashboard.caption)


def test_back_to_the_sample(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode())
    dashboard.radio(key="kind").set_value("outline").run()
    pages.press(dashboard, "sample")
    assert figures(dashboard) == expected_figures(computed())


def test_the_topic_of_fees_shows_the_shipped_table(dashboard: AppTest) -> None:
    dashboard.segmented_control(key="topic").set_value("手数料の総額").run()
    fees = next(table.value for table in dashboard.table if "窓口との差" in table.value.columns)
    year = fees.loc["1年"]
    assert list(year)[:5] == ["6,000", "5,500", "33,000", "27,330", "−5,670"]
    assert year["確からしさ"] == "報告・要確認"


@pytest.mark.parametrize(
    ("amount", "words"), [(1234.4, "1,234円の削減"), (-0.6, "1円の負担増"), (0.4, "増減なし")]
)
def test_gains_and_losses_in_words(amount: float, words: str) -> None:
    assert wording.gain(amount) == words


def test_no_figure_is_written_as_minus_zero() -> None:
    assert wording.yen(-0.2) == "0円"
    assert wording.hours(-0.01) == "0.0時間"
    assert wording.month(pd.Period("2026-10", "M")) == "2026年10月"


def test_what_somebody_wrote_is_shown_letter_by_letter() -> None:
    # An image in Markdown would make the reader's browser ask the server of whoever wrote it.
    assert wording.plain("![x](http://a.example/x.png)") == r"!\[x\](http://a.example/x.png)"
    assert wording.plain("担当者A 髙﨑①㈱") == "担当者A 髙﨑①㈱"


def test_a_file_name_cannot_bring_an_image(dashboard: AppTest) -> None:
    upload(dashboard, GOOD.encode(), "![x](http://a.example/x.png).csv")
    upload(dashboard, BAD.encode(), "![y](http://a.example/y.png).csv")
    written = [text.value for text in [*dashboard.markdown, *dashboard.error]]
    assert not any("![" in text for text in written)
    assert any(r"!\[x" in text for text in written)
    assert any(r"!\[y" in text for text in written)
