"""How the figures are computed, in plain words, and what they leave out."""

import streamlit as st

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.language import mark
from onlineready.language import translate as _

METHOD = (
    mark(
        "**申請件数** = 計画の人数から。海外は認定1件(開始の前)、国内は変更1件、その後は"
        "在留期限ごとに更新1件、通算60か月まで。退職者は年間の離職率で減らすため、件数は小数の期待値です。"
    ),
    mark(
        "**来庁の回数** = 同じ事業所・同じ月の申請をまとめ、件数 ÷ 1回の件数(切り上げ)。"
        "申請と受取(変更と更新だけ)を別に数えます。"
    ),
    mark(
        "**手数料** = 件数 × 1件の額 × 会社の負担割合。額は手続・方法・受付の月・許可される期間で"
        "手数料表から選びます。オンラインは決済手数料を含みます。"
    ),
    mark(
        "**時間と実費** = 回数 × 1回の時間(分) ÷ 60、回数 × 1回の実費。回数は作業ごとに、"
        "申請・来庁・受取の数か、開始時の1回、維持の周期です。"
    ),
    mark(
        "**窓口とオンラインの比べ方**: すべて窓口の場合と、開始月からオンラインで出す場合"
        "(窓口に残す割合は窓口のまま)を、月ごとに比べます。"
    ),
    mark("**現金の節約** = 手数料の差 + 実費の差(準備と維持の実費を引く)。"),
    mark(
        "**時間の価値** = 時間単価 ×"
        "(他の業務に使える割合 × 減る時間 − 増える時間 − 準備と維持の時間)。"
        "減る時間は現金ではないので、現金とは別に示します。"
    ),
    mark("**差引きの効果** = 現金の節約 + 時間の価値。"),
    mark("**1年あたり** = オンライン開始から期間の終わりまでの合計 ÷ オンラインの月数 × 12。"),
    mark("**回収まで** = 開始の月から差引きの効果を足し、累計が0円以上になるまでの月数。"),
    mark(
        "**正味現在価値(NPV)** = 各月の差引きの効果 ÷ (1 + 割引率)の(開始からの月数 ÷ 12)乗"
        " の合計。"
    ),
    mark(
        "**損益分岐の件数** = 準備と維持の費用 ÷(申請1件の効果 × オンラインの年数)。"
        "どれも割り引いた値です。"
    ),
)
"""How the figures are computed, one formula in plain words each."""

NOT_MODELLED = (
    mark("不許可: すべての申請が許可されるとしています。"),
    mark("更新の件数は、申請の時ではなく在留期限の時にいる見込みの人数で数えます。"),
    mark("来庁は申請した月に数えます(受取も)。"),
    mark("名簿形式の計画では、退職した人を補充しません(目標人数の計画では補充します)。"),
    mark("出産・育児・病気・けがの休みは通算60か月に数えませんが、入れていません。"),
    mark("2号試験に惜しくも落ちた人の、6年目の在留は入れていません。"),
    mark("橋渡しの特定活動(6か月)による申請は入れていません。"),
    mark("生活が苦しい人などへの手数料の減免は入れていません(窓口だけの制度です)。"),
    mark("実費にかかる消費税は入れていません。"),
    mark("受付から納付までの時間差は入れていません(受付の月に払うとします)。"),
    mark("手数料の月の途中での改定は表せません(月単位です)。"),
)
"""What the figures leave out (docs/model.md, section 9), one sentence each."""


def show_method() -> None:
    """Say in plain words how the figures are computed, and what they leave out."""
    how, without = st.columns([3, 2], gap="large")
    with how:
        st.title(_("計算のしかた"), anchor="method")
        st.markdown("\n".join(f"- {_(line)}" for line in METHOD))
    with without:
        st.header(_("入っていないもの"), anchor="left-out")
        st.markdown("\n".join(f"- {_(line)}" for line in NOT_MODELLED))
    st.markdown(
        _(
            "計算方法の改定日 **{changed}**、版 **{version}**。"
            "これより前の印刷物とは数字が違うことがあります。"
        ).format(changed=MODEL_CHANGED_ON, version=__version__)
    )
