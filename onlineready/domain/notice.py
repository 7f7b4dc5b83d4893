"""What is legal but worth telling: the model's remarks on a plan, and their words."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from onlineready.language import mark, translate


class NoticeKind(StrEnum):
    """Why the model remarks on a plan."""

    START_UNKNOWN = "start_unknown"
    START_AFTER_BEGIN = "start_after_begin"
    EXPIRY_PAST = "expiry_past"
    FIRST_TARGET_LATER = "first_target_later"
    TARGET_BELOW_STOCK = "target_below_stock"
    INTAKE_STOPPED = "intake_stopped"
    BEFORE_HORIZON = "before_horizon"
    NO_APPLICATIONS = "no_applications"


_WORDS = {
    NoticeKind.START_UNKNOWN: mark(
        "在籍{workers:,}人は開始月が空です。通算期間を更新の周期ごとに均等に割り振って計算しました。"
    ),
    NoticeKind.START_AFTER_BEGIN: mark(
        "在籍{workers:,}人の開始月が計算の開始月({begin})より後です。そのまま計算しました。"
    ),
    NoticeKind.EXPIRY_PAST: mark(
        "{workers:,}人の在留期限が計算の開始月({begin})より前です。期限どおりに更新したものとして計算しました。"
    ),
    NoticeKind.FIRST_TARGET_LATER: mark(
        "{sites:,}か所の事業所は、計算の開始月({begin})の人数がありません。最初に書かれた人数が開始月からいるものとして"
        "計算しました。後から開く事業所には、開始月かそれより前の月(年度)に0を入れてください。"
    ),
    NoticeKind.TARGET_BELOW_STOCK: mark(
        "{sites:,}か所の事業所で、目標の人数がその時の見込みの人数を下回ります(最初は{month})。"
        "人を減らすことはせず、離職と通算60か月で減るのを待つものとして計算しました。"
    ),
    NoticeKind.INTAKE_STOPPED: mark(
        "{field}は{month}から認定(海外からの受入れ)が止まっています。この間に申請する{workers:,}人も、"
        "申請できるものとして計算しました。"
    ),
    NoticeKind.BEFORE_HORIZON: mark(
        "計算の開始月({begin})より前に出す申請{applications:,.1f}件は、件数にも費用にも含めていません。"
    ),
    NoticeKind.NO_APPLICATIONS: mark("この計画では、計算の期間中に出す申請がありません。"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark: its kind and the values that its sentence names, months as `YYYY-MM`."""

    kind: NoticeKind
    begin: str = ""
    month: str = ""
    field: str = ""
    sites: int = 0
    workers: int = 0
    applications: float = 0.0

    def text(self) -> str:
        """Return the remark as a sentence in the reader's language."""
        return translate(_WORDS[self.kind]).format(**asdict(self))
