"""Each sentence of the article that the product started from is answered where the data says it."""

import csv
import tomllib
from functools import cache
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.domain.vocabulary import Way
from onlineready.load.word_lists import DATA
from onlineready.report import findings
from onlineready.report.phrases import phrases
from tests import pages
from tests.day import TODAY
from tests.plans import TABLES

READINESS = tomllib.loads((DATA / "readiness.toml").read_text("utf-8"))
ADVANTAGES, FEES = (
    list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))
    for name in ("advantages.csv", "fees.csv")
)
ROWS: dict[str, dict[str, Any]] = {
    "readiness.toml": {
        str(one["id"]): one for kind in ("stages", "questions", "items") for one in READINESS[kind]
    },
    "faq.toml": {
        one["id"]: one for one in tomllib.loads((DATA / "faq.toml").read_text("utf-8"))["questions"]
    },
    "advantages.csv": {one["id"]: one for one in ADVANTAGES},
    "fees.csv": {
        f"{one['procedure']} {one['channel']} {one['accepted_from']}": one for one in FEES
    },
}


class Said(NamedTuple):
    """A claim of the article, and the words of the data that answer it: file, id, field."""

    claim: str
    file: str
    id: str
    field: str
    words: str


def readiness(claim: str, name: str, field: str, words: str) -> Said:
    return Said(claim, "readiness.toml", name, field, words)


def advantage(claim: str, name: str, words: str, field: str = "label_ja") -> Said:
    return Said(claim, "advantages.csv", name, field, words)


def faq(claim: str, name: str, words: str) -> Said:
    return Said(claim, "faq.toml", name, "answer_ja", words)


WAY_IN, SCREENS = "register_user", "declare_online"

ARTICLE = (
    # What the system is
    faq("任意である", "worth_it", "オンラインの利用は任意で"),
    faq("実質的に必須: 自社の損益分岐で答える", "worth_it", "{break_even}"),
    Said("手数料が違う", "fees.csv", "change counter 2025-04", "source", "窓口6,000円"),
    Said("手数料が違う", "fees.csv", "change online 2025-04", "source", "オンライン5,500円"),
    # The eight advantages
    advantage("窓口へ行かず待たない", "no_visit", "窓口へ行かず、待たない"),
    advantage("手数料が安い", "lower_fee", "手数料が安い"),
    advantage("郵送と紙が減る", "less_paper", "郵送・紙"),
    advantage("押印が要らない", "less_paper", "押印が減る"),
    advantage("24時間", "open_always", "24時間申請できる"),
    advantage("すぐ届き、早く進む", "faster", "すぐ届き、早く進む"),
    advantage("状況が分かる", "status_online", "審査の状況が画面で分かる"),
    advantage("届出の状況も分かる", "status_online", "電子届出システム", "caveat_ja"),
    advantage("再利用できる", "data_reused", "前回の内容を再利用でき"),
    advantage("誤りが減る(正確性)", "data_reused", "正確性", "figures_ja"),
    advantage("担当者の間で共有できる", "shared", "担当者の間で共有できる"),
    readiness("届出もオンラインでできる", "e_notification", "why_ja", "届出をオンラインで出し"),
    # The three questions
    readiness("取次者の証明書", "agent", "question_ja", "申請等取次者の証明書を持っているか"),
    readiness("入管庁への届出", "notifications", "question_ja", "入管庁への届出"),
    readiness(
        "19条の17", "notifications", "reminder_ja", "受入れの開始と終了の届出（入管法19条の17）"
    ),
    readiness("ハローワークへの届出", "hello_work", "question_ja", "外国人雇用状況届出"),
    readiness("三つそろえば進める", "1", "summary_ja", "三つの問いがすべて「はい」になると"),
    # The stages
    readiness("取次者", "0", "label_ja", "申請等取次者"),
    readiness("登録", "2", "label_ja", "利用者登録"),
    readiness("申出", "3", "label_ja", "利用申出"),
    readiness("承認後に申請できる", "4", "summary_ja", "オンラインで申請できます"),
    readiness(
        "登録だけでは申請できない", "2", "summary_ja", "利用者登録だけでは、まだ申請できません"
    ),
    readiness("画面は2026年1月のもの", "2", "summary_ja", "2026年1月時点"),
    # The way in
    readiness("検索の言葉", WAY_IN, "steps_ja", "「入管 オンライン申請」で検索"),
    readiness("ページの名", WAY_IN, "steps_ja", "「在留申請のオンライン手続き|出入国在留管理庁」"),
    readiness("ボタン", WAY_IN, "steps_ja", "「在留オンラインシステムのご利用はこちらから」を押す"),
    readiness("右下の新規登録", WAY_IN, "steps_ja", "右下の「新規登録」"),
    readiness("規約に同意する", WAY_IN, "steps_ja", "「同意する」を押す"),
    readiness("アドレスを入れる", WAY_IN, "steps_ja", "メールアドレスを入力する"),
    readiness("URLを開く", WAY_IN, "steps_ja", "届いたメールのURLを開く"),
    readiness("職員を選ぶ", WAY_IN, "steps_ja", "「所属機関等の職員」を選び"),
    readiness("パスワードを決める", WAY_IN, "steps_ja", "パスワードを決める"),
    readiness("確かめて登録する", WAY_IN, "steps_ja", "内容を確かめて登録する"),
    readiness("IDがメールで届く", "receive_user_id", "why_ja", "利用者IDがメールで届きます"),
    # The papers
    readiness("(1)", "paper_check_sheet", "label_ja", "必要書類チェックシート（新規利用申出）"),
    readiness("(2)", "paper_declaration_form", "label_ja", "利用申出書"),
    readiness(
        "(2) の例外", "paper_declaration_form", "why_ja", "オンラインで申し出るときは要りません"
    ),
    readiness("(3)", "paper_identification", "label_ja", "本人確認書類の写し"),
    readiness("(4)", "paper_certificate", "label_ja", "取次者証明書か講習の受講証明書の写し"),
    readiness("(5)", "paper_employment", "label_ja", "在職証明書"),
    readiness("(6)", "paper_pledge", "label_ja", "誓約書"),
    # The declaration
    readiness("郵送でもよい", "declare_post", "label_ja", "郵送で利用申出をする"),
    readiness("窓口でもよい", "declare_counter", "label_ja", "窓口で利用申出をする"),
    readiness("ログイン", SCREENS, "steps_ja", "利用者IDとパスワードでログインする"),
    readiness("手続きを開く", SCREENS, "steps_ja", "「オンライン申請手続き」を開く"),
    readiness("申出を選ぶ", SCREENS, "steps_ja", "「利用申出（新たに在留諸申請の実施を希望する"),
    readiness("同意", SCREENS, "steps_ja", "利用規約に同意する"),
    readiness("5点を添付する", SCREENS, "steps_ja", "書類5点を添付する"),
    readiness("確認", SCREENS, "steps_ja", "「確認へ進む」を押し"),
    readiness("申込み", SCREENS, "steps_ja", "「申込む」を押す"),
    readiness(
        "受付のメール", SCREENS, "steps_ja", "受付のメールが届いたことを確かめる（数分で届く）"
    ),
    readiness("届かないとき: アドレス", SCREENS, "reminder_ja", "登録したメールアドレス"),
    readiness("届かないとき: 迷惑メール", SCREENS, "reminder_ja", "迷惑メールのフォルダー"),
    readiness("届かないとき: 状況", SCREENS, "reminder_ja", "ログインして申出の状況を確かめ"),
    readiness("届かないとき: 尋ねる", SCREENS, "reminder_ja", "ヘルプデスクに尋ねてください"),
    readiness("結果のメール", "declaration_review", "why_ja", "結果がメールで届きます"),
)


@pytest.mark.parametrize("said", ARTICLE, ids=lambda said: said.claim)
def test_each_sentence_of_the_article_is_answered(said: Said) -> None:
    text = ROWS[said.file][said.id][said.field]
    assert any(said.words in part for part in ([text] if isinstance(text, str) else text))


def test_the_eight_advantages_and_the_papers_are_all_there() -> None:
    named = {said.id for said in ARTICLE if said.file == "advantages.csv"}
    assert named == ROWS["advantages.csv"].keys() - {"fewer_papers"}
    papers = [item["id"] for item in READINESS["items"] if "paper" in item]
    assert [said.id for said in ARTICLE if said.field == "label_ja" and said.id in papers] == papers


# On the page

SECTIONS = {"advantages.csv": "利点", "fees.csv": "手数料"}
"""What of the page of sources shows a file."""


@cache
def on_the_page(file: str, question: str = "") -> str:
    """Return what the page of a file says, to a first visitor; of the checklist, every way."""
    if file == "readiness.toml":
        page, texts = pages.unfolded(pages.opened(pages.READINESS), "settings"), []
        for stage in READINESS["stages"]:
            page.session_state["stages_from_0"][stage["id"]] = True
            page.session_state[f"details_{stage['id']}"] = True
        for way in Way:
            page.segmented_control(key="way").set_value(way).run()
            texts.append(texts_of(page))
        return "\n".join(texts)
    if file == "faq.toml":
        return texts_of(pages.opened(pages.SOURCES, faq=question))
    page = pages.opened(pages.SOURCES)
    page.segmented_control(key="section").set_value(SECTIONS[file]).run()
    return texts_of(pages.unfolded(page, "fee_sources") if file == "fees.csv" else page)


def texts_of(page: AppTest) -> str:
    assert not page.exception
    return pages.read(pages.sent(page).decode(errors="ignore"))


@pytest.mark.page
@pytest.mark.parametrize("said", ARTICLE, ids=lambda said: said.claim)
def test_each_answer_stands_on_the_page(said: Said) -> None:
    own = phrases(pages.computed(), TABLES.fees, TODAY, fixed=False)._asdict()
    words = said.words.format_map(own)
    assert words in on_the_page(said.file, said.id if said.file == "faq.toml" else "")


@pytest.mark.page
def test_how_far_it_is_mandatory_in_effect_is_answered_on_the_page_of_the_costs() -> None:
    page = pages.opened()
    page.segmented_control(key="topic").set_value("結果の幅とリスク").run()
    told = findings.break_even(pages.computed()).title
    assert "効果がプラスになる。計画は" in told
    assert told in texts_of(page)
    # The question at the foot leads to the same number.
    worth = "窓口より、どれだけ時間とお金を減らせますか。人数が少なくても減らせますか。"
    assert worth in texts_of(pages.unfolded(page, "faq"))
    least = pages.computed().break_even.applications_per_year
    assert f"いまの計画での損益分岐: 年{least:,.1f}件(" in on_the_page("faq.toml", "worth_it")
