"""Closed word lists of the domain, in the Immigration Services Agency's own English."""

from enum import StrEnum
from typing import Self

from onlineready.language import mark


class Word(StrEnum):
    """A word of a closed list, in data and code, and beside it what it is called where shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Return the word, which equals its value."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Procedure(Word):
    """An application that an accepting organization files for an SSW(i) worker."""

    COE = "coe", mark("認定(COE)")
    CHANGE = "change", mark("変更")
    EXTENSION = "extension", mark("更新")


class Channel(Word):
    """Where an application is filed."""

    COUNTER = "counter", mark("窓口")
    ONLINE = "online", mark("オンライン")


class Case(Word):
    """One of the two futures compared: everything at the counter, or online from go-live on."""

    COUNTER = "counter"
    ONLINE = "online"


class Route(Word):
    """How a worker comes under the organization's SSW(i) employment."""

    CURRENT = "current", mark("在籍")
    OVERSEAS = "overseas", mark("海外")
    DOMESTIC = "domestic", mark("国内")


class PlanKind(Word):
    """How a headcount plan is written.

    By groups of workers, by how many a site is to have, or by how many it has and hires a year.
    """

    ROSTER = "roster", mark("名簿")
    TARGETS = "targets", mark("目標の人数")
    OUTLINE = "outline", mark("人数と採用")


class Driver(Word):
    """What a task is done once for (docs/model.md, section 5)."""

    APPLICATION = "application", mark("申請1件")
    SUBMIT_VISIT = "submit_visit", mark("申請の来庁1回")
    COLLECT_VISIT = "collect_visit", mark("受取1回")
    COLLECT_TRIP = "collect_trip", mark("受取だけの来庁1回")
    SETUP = "setup", mark("開始時に1回")
    UPKEEP = "upkeep", mark("維持")


VISIT_DRIVERS = (Driver.SUBMIT_VISIT, Driver.COLLECT_VISIT, Driver.COLLECT_TRIP)
"""Drivers whose minutes and yen depend on how far the office is: a site may override them."""


class Per(Word):
    """Whom a set-up or upkeep task is done once for."""

    ORGANIZATION = "organization", mark("会社")
    OFFICER = "officer", mark("担当者1人")
    UNCERTIFIED_OFFICER = "uncertified_officer", mark("承認のない担当者1人")


class WorkStep(Word):
    """A step on the way of an application, to which a task belongs."""

    PREPARE = "prepare", mark("書類の準備")
    TRAVEL = "travel", mark("移動")
    WAIT = "wait", mark("待ち")
    FILE = "file", mark("申請")
    RECEIVE = "receive", mark("受取と支払い")
    KEEP = "keep", mark("準備と維持")


class CostKind(Word):
    """What a cost consists of."""

    FEE = "fee", mark("手数料")
    OUTLAY = "outlay", mark("実費")
    STAFF_TIME = "staff_time", mark("時間")


class Hours(Word):
    """Staff hours by how they are valued: freed at the share put to use, the others in full."""

    FREED = "freed", mark("減る時間(申請の時間が減る月の合計)")
    EXTRA = "extra", mark("増える時間(申請の時間が増える月の合計)")
    SPENT = "spent", mark("準備と維持にかかる時間")


class Valued(Word):
    """How an advantage of online filing stands in the figures."""

    FEE = "fee"
    TASKS = "tasks"
    FASTER = "faster"
    NO = "no"


class Evidence(Word):
    """How far a figure can be trusted."""

    CONFIRMED = "C", mark("公式")
    REPORTED = "R", mark("報告")
    DERIVED = "D", mark("計算")
    ASSUMED = "A", mark("仮定")
    MEASURED = "M", mark("実測")


class Deadline(Word):
    """A day by which something is to be done, so that filing online stays possible."""

    USER_ID = "user_id_expiry", mark("定期報告(利用者IDの期限の1か月前まで)")
    CERTIFICATE = "certificate_expiry", mark("取次者証明書の更新")
    YEARLY_REPORT = "yearly_report", mark("定期届出の提出")
    PLANNED = "planned_day", mark("予定日")
    FEE_CHECK = "fee_check", mark("手数料表の確認")


class Preset(Word):
    """A ready-made view of what is uncertain: how far online filing can be expected to pay."""

    CAUTIOUS = "cautious", mark("保守")
    STANDARD = "standard", mark("標準")
    BOLD = "bold", mark("積極")


class Estimate(Word):
    """Which of three estimates of the same thing is meant."""

    LOW = "low"
    BASE = "base"
    HIGH = "high"


class Side(Word):
    """On which side of a switching value online filing pays."""

    ABOVE = "above", mark("上回る")
    BELOW = "below", mark("下回る")


class Status(Word):
    """How far an item of the readiness checklist is; BLOCKED is derived, never stored."""

    TODO = "todo", mark("未着手")
    DOING = "doing", mark("対応中")
    DONE = "done", mark("完了")
    BLOCKED = "blocked", mark("まだ開始できません")
    NA = "na", mark("該当なし")


class Reply(Word):
    """The answer to a question of the readiness checklist."""

    YES = "yes", mark("はい")
    NO = "no", mark("いいえ")
    UNKNOWN = "unknown", mark("未確認")


class Way(Word):
    """How the declaration of use is handed in."""

    ONLINE = "online"
    POST = "post", mark("郵送")
    COUNTER = "counter"


class Agent(Word):
    """What an officer can show: an agent's certificate, that the conditions are met, or neither."""

    CERTIFICATE = "certificate", mark("証明書がある")
    CONDITIONS = "conditions", mark("要件を満たす(受講証明書など)")
    NEITHER = "neither"


class Condition(Word):
    """When an item of the readiness checklist applies: by way of declaring, by kind of agent."""

    ALWAYS = "always"
    WAY_ONLINE = "way_online"
    WAY_POST = "way_post"
    WAY_COUNTER = "way_counter"
    WAY_PAPER = "way_paper"
    AGENT_CERTIFICATE = "agent_certificate"
    AGENT_CONDITIONS = "agent_conditions"
    AGENT_NEITHER = "agent_neither"


class Topic(Word):
    """What a question that people ask is about."""

    WHO = "who", mark("だれが使えるか")
    START = "start", mark("始めるまで")
    FEES = "fees", mark("手数料")
    TIME = "time", mark("日数")
    PAPERS = "papers", mark("書類")
    FILING = "filing", mark("申請")
    AFTER = "after", mark("許可の後と維持")
    PLAN = "plan", mark("計画と効果")


class Trial(Word):
    """What can be tried instead of what is assumed now: `model/trials.py` says what it sets."""

    NOTHING = "nothing", mark("何もしない(窓口のまま)")
    HALF = "half", mark("半分だけオンライン")
    LATER_12 = "later_12", mark("開始が1年遅れる")
    LATER_6 = "later_6", mark("開始が6か月遅れる")
    LATER_3 = "later_3", mark("開始が3か月遅れる")
    LATER_1 = "later_1", mark("開始が1か月遅れる")
    OLD_FEES = "old_fees", mark("旧手数料(6,000円/5,500円)")
    NEW_FEES = "new_fees", mark("新手数料")
    NO_DISCOUNT = "no_discount", mark("オンラインの割引なし")
    WORKER_PAYS = "worker_pays", mark("手数料は本人負担")
    STRICT = "strict", mark("手数料は本人負担、減る時間は0円")
    GRANTS_36 = "grants_36", mark("36か月の許可")
    ID_12 = "id_12", mark("IDの有効期間1年")
    ID_36 = "id_36", mark("IDの有効期間3年")
    FARTHER = "farther", mark("窓口までの片道が30分長い")


FIELDS = (
    "介護",
    "ビルクリーニング",
    "工業製品製造業",
    "建設",
    "造船・舶用工業",
    "自動車整備",
    "航空",
    "宿泊",
    "自動車運送業",
    "鉄道",
    "農業",
    "漁業",
    "飲食料品製造業",
    "外食業",
    "林業",
    "木材産業",
    "リネンサプライ",
    "物流倉庫",
    "資源循環",
)
"""The SSW fields, the last three since 2026-04."""

LABELS: dict[StrEnum, str] = {
    word: word.label for words in Word.__subclasses__() for word in words if word.label
}
"""What each word is called, translated where it is shown.

A case is called by its channel, and so are two of the ways of declaring.
"""
