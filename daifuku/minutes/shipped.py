"""The templates that come with the program; the administrator changes them, and what people write proposes more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Heading = tuple[Any, Any]
PRESENT: Heading = (_("出席者"), _("先方とこちらの名前、決める人かどうか"))
WISHES: Heading = (_("要望"), _("要望: で始めると、お客様の声にできます"))
DECIDED: Heading = (_("決定事項"), _("決定: で始めます"))
OPEN: Heading = (_("保留"), _("? で始めます"))
TO_DO: Heading = (_("次にすること"), _("ToDo: (担当) 内容 期日"))
NEXT: Heading = (_("次回"), _("次回: 12/10 14:00 見積の説明"))


@dataclass(frozen=True)
class Shipped:
    """`headings`: the name of each and what belongs there."""

    name: Any
    method: str
    content: str
    headings: tuple[Heading, ...]


SHIPPED = (
    Shipped(
        _("初回訪問"), "visit", "question",
        (
            PRESENT,
            (_("先方の事業と規模"), _("仕事の内容、人数、拠点")),
            (_("課題"), _("お困りのこと、いまのやり方")),
            WISHES,
            (_("予算と時期"), _("金額、いつまでに")),
            (_("決める流れ"), _("だれが、いつ決めるか")),
            DECIDED, TO_DO, NEXT,
        ),
    ),
    Shipped(
        _("定例訪問"), "visit", "other",
        (
            PRESENT,
            (_("前回からの動き"), _("納品、問い合わせ、先方の変化")),
            (_("課題"), _("お困りのこと、いまのやり方")),
            WISHES, DECIDED, TO_DO, NEXT,
        ),
    ),
    Shipped(
        _("見積・提案の説明"), "visit", "question",
        (
            PRESENT,
            (_("提案の内容"), _("商品、数量、金額")),
            (_("先方の反応"), ""),
            (_("懸念"), _("価格、納期、品質、競合")),
            DECIDED, OPEN, TO_DO, NEXT,
        ),
    ),
    Shipped(
        _("クレーム対応"), "visit", "complaint",
        (
            PRESENT,
            (_("起きたこと"), _("いつ、どこで、何が")),
            (_("先方のお怒りと要望"), _("クレーム: で始めます")),
            (_("原因"), ""),
            (_("応急の対応"), ""),
            (_("再発の防止"), ""),
            (_("約束したこと"), _("ToDo: (担当) 内容 期日")),
        ),
    ),
    Shipped(_("社内の打ち合わせ"), "other", "other", (PRESENT, (_("議題"), ""), DECIDED, OPEN, TO_DO)),
)  # fmt: skip
