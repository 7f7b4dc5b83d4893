"""Closed word lists of the domain, in the Immigration Services Agency's own English."""

from enum import StrEnum

from onlineready.language import mark


class Procedure(StrEnum):
    """An application that an accepting organization files for an SSW(i) worker."""

    COE = "coe"
    CHANGE = "change"
    EXTENSION = "extension"


class Channel(StrEnum):
    """Where an application is filed."""

    COUNTER = "counter"
    ONLINE = "online"


class Case(StrEnum):
    """One of the two futures compared: everything at the counter, or online from go-live on."""

    COUNTER = "counter"
    ONLINE = "online"


class Route(StrEnum):
    """How a worker comes under the organization's SSW(i) employment."""

    CURRENT = "current"
    OVERSEAS = "overseas"
    DOMESTIC = "domestic"


class PlanKind(StrEnum):
    """How a headcount plan is written: by groups of workers, or by how many a site is to have."""

    ROSTER = "roster"
    TARGETS = "targets"


class Driver(StrEnum):
    """What a task is done once for (docs/model.md, section 5)."""

    APPLICATION = "application"
    SUBMIT_VISIT = "submit_visit"
    COLLECT_VISIT = "collect_visit"
    COLLECT_TRIP = "collect_trip"
    SETUP = "setup"
    UPKEEP = "upkeep"


VISIT_DRIVERS = (Driver.SUBMIT_VISIT, Driver.COLLECT_VISIT, Driver.COLLECT_TRIP)
"""Drivers whose minutes and yen depend on how far the office is: a site may override them."""


class Per(StrEnum):
    """Whom a set-up or upkeep task is done once for."""

    ORGANIZATION = "organization"
    OFFICER = "officer"
    UNCERTIFIED_OFFICER = "uncertified_officer"


class CostKind(StrEnum):
    """What a cost consists of."""

    FEE = "fee"
    OUTLAY = "outlay"
    STAFF_TIME = "staff_time"


class Hours(StrEnum):
    """Staff hours by how they are valued: freed at the share put to use, the others in full."""

    FREED = "freed"
    EXTRA = "extra"
    SPENT = "spent"


class Valued(StrEnum):
    """How an advantage of online filing stands in the figures."""

    FEE = "fee"
    TASKS = "tasks"
    FASTER = "faster"
    NO = "no"


class Evidence(StrEnum):
    """How far a figure can be trusted."""

    CONFIRMED = "C"
    REPORTED = "R"
    DERIVED = "D"
    ASSUMED = "A"
    MEASURED = "M"


class Deadline(StrEnum):
    """A day by which something is to be done, so that filing online stays possible."""

    USER_ID = "user_id_expiry"
    CERTIFICATE = "certificate_expiry"
    YEARLY_REPORT = "yearly_report"
    PLANNED = "planned_day"
    FEE_CHECK = "fee_check"


class Preset(StrEnum):
    """A ready-made view of what is uncertain: how far online filing can be expected to pay."""

    CAUTIOUS = "cautious"
    STANDARD = "standard"
    BOLD = "bold"


class Estimate(StrEnum):
    """Which of three estimates of the same thing is meant."""

    LOW = "low"
    BASE = "base"
    HIGH = "high"


class Side(StrEnum):
    """On which side of a switching value online filing pays."""

    ABOVE = "above"
    BELOW = "below"


class Status(StrEnum):
    """How far an item of the readiness checklist is; BLOCKED is derived, never stored."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    BLOCKED = "blocked"
    NA = "na"


class Reply(StrEnum):
    """The answer to a question of the readiness checklist."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Way(StrEnum):
    """How the declaration of use is handed in."""

    ONLINE = "online"
    POST = "post"
    COUNTER = "counter"


class Agent(StrEnum):
    """What an officer can show: an agent's certificate, that the conditions are met, or neither."""

    CERTIFICATE = "certificate"
    CONDITIONS = "conditions"
    NEITHER = "neither"


class Condition(StrEnum):
    """When an item of the readiness checklist applies: by way of declaring, by kind of agent."""

    ALWAYS = "always"
    WAY_ONLINE = "way_online"
    WAY_POST = "way_post"
    WAY_COUNTER = "way_counter"
    WAY_PAPER = "way_paper"
    AGENT_CERTIFICATE = "agent_certificate"
    AGENT_CONDITIONS = "agent_conditions"
    AGENT_NEITHER = "agent_neither"


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
    Procedure.COE: mark("認定(COE)"),
    Procedure.CHANGE: mark("変更"),
    Procedure.EXTENSION: mark("更新"),
    Channel.COUNTER: mark("窓口"),
    Channel.ONLINE: mark("オンライン"),
    Route.CURRENT: mark("在籍"),
    Route.OVERSEAS: mark("海外"),
    Route.DOMESTIC: mark("国内"),
    PlanKind.ROSTER: mark("名簿"),
    PlanKind.TARGETS: mark("目標の人数"),
    Driver.APPLICATION: mark("申請1件"),
    Driver.SUBMIT_VISIT: mark("申請の来庁1回"),
    Driver.COLLECT_VISIT: mark("受取1回"),
    Driver.COLLECT_TRIP: mark("受取だけの来庁1回"),
    Driver.SETUP: mark("開始時に1回"),
    Driver.UPKEEP: mark("維持"),
    Per.ORGANIZATION: mark("会社"),
    Per.OFFICER: mark("担当者1人"),
    Per.UNCERTIFIED_OFFICER: mark("承認のない担当者1人"),
    CostKind.FEE: mark("手数料"),
    CostKind.OUTLAY: mark("実費"),
    CostKind.STAFF_TIME: mark("時間"),
    Evidence.CONFIRMED: mark("公式"),
    Evidence.REPORTED: mark("報告"),
    Evidence.DERIVED: mark("計算"),
    Evidence.ASSUMED: mark("仮定"),
    Preset.CAUTIOUS: mark("保守"),
    Preset.STANDARD: mark("標準"),
    Preset.BOLD: mark("積極"),
    Side.ABOVE: mark("上回る"),
    Side.BELOW: mark("下回る"),
    Hours.FREED: mark("空く時間(申請の時間が減る月の合計)"),
    Hours.EXTRA: mark("増える時間(申請の時間が増える月の合計)"),
    Hours.SPENT: mark("準備と維持にかかる時間"),
    Evidence.MEASURED: mark("実測"),
    Deadline.USER_ID: mark("利用者IDの更新(定期報告)"),
    Deadline.CERTIFICATE: mark("取次者証明書の更新"),
    Deadline.YEARLY_REPORT: mark("定期届出の提出"),
    Deadline.PLANNED: mark("予定日"),
    Deadline.FEE_CHECK: mark("手数料表の確認"),
    Status.TODO: mark("未着手"),
    Status.DOING: mark("対応中"),
    Status.DONE: mark("完了"),
    Status.BLOCKED: mark("まだ開始できません"),
    Status.NA: mark("該当なし"),
    Reply.YES: mark("はい"),
    Reply.NO: mark("いいえ"),
    Reply.UNKNOWN: mark("未確認"),
    Way.POST: mark("郵送"),
    Agent.CERTIFICATE: mark("証明書がある"),
    Agent.CONDITIONS: mark("要件を満たす(受講証明書など)"),
    Agent.NEITHER: mark("どちらもない"),
}
"""What each word is called, translated where it is shown.

A case is called by its channel, and so are two of the ways of declaring.
"""
