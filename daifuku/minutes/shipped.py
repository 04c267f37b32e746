"""The templates that come with the program; the administrator changes them, and what people write proposes more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# The name, what belongs there, and its blanks.
Heading = tuple[Any, ...]
Blank = tuple[Any, ...]
PRODUCT: Blank = (_("商品"), "product")
QUANTITY: Blank = (_("数量"), "number")
PRESENT: Heading = (_("出席者"), _("先方とこちらの名前、決める人かどうか"))
WISHES: Heading = (_("要望"), _("要望: で始めると、お客様の声にできます"))
DECIDED: Heading = (_("決定事項"), _("決定: で始めます"))
OPEN: Heading = (_("保留"), _("? で始めます"))
TO_DO: Heading = (_("次にすること"), _("ToDo: (担当) 内容 期日"))
NEXT: Heading = (_("次回"), _("次回: 12/10 14:00 見積の説明"))


@dataclass(frozen=True)
class Shipped:
    """`headings`: the name of each, what belongs there, and its blanks (name, kind, choices)."""

    name: Any
    method: str
    content: str
    headings: tuple[Heading, ...]
    internal: bool = False


SHIPPED = (
    Shipped(
        _("初回訪問"), "visit", "question",
        (
            PRESENT,
            (_("先方の事業と規模"), _("仕事の内容、人数、拠点")),
            (_("課題"), _("お困りのこと、いまのやり方")),
            WISHES,
            (_("予算と時期"), _("金額、いつまでに"), ((_("予算"), "number"), (_("導入の時期"), "date"))),
            (_("決める流れ"), _("だれが、いつ決めるか"), ((_("決める人"), "person"),)),
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
            (_("提案の内容"), _("商品、数量、金額"), (PRODUCT, QUANTITY, (_("金額"), "number"))),
            (
                _("先方の反応"), "",
                ((_("手ごたえ"), "choice", (_("よい"), _("ふつう"), _("難しい"))), (_("返事の期日"), "date")),
            ),
            (_("懸念"), _("価格、納期、品質、競合")),
            DECIDED, OPEN, TO_DO, NEXT,
        ),
    ),
    Shipped(
        _("クレーム対応"), "visit", "complaint",
        (
            PRESENT,
            (_("起きたこと"), _("いつ、どこで、何が"), (PRODUCT, QUANTITY, (_("気づいた日"), "date"))),
            (_("先方のお怒りと要望"), _("クレーム: で始めます")),
            (_("原因"), ""),
            (_("応急の対応"), ""),
            (_("再発の防止"), ""),
            (_("約束したこと"), _("ToDo: (担当) 内容 期日")),
        ),
    ),
    Shipped(_("社内の打ち合わせ"), "other", "other", (PRESENT, (_("議題"), ""), DECIDED, OPEN, TO_DO), internal=True),
)  # fmt: skip


def as_kept(shipped: Shipped) -> list[dict[str, Any]]:
    """As an edition holds them, in the language that is on."""
    return [_heading(*each) for each in shipped.headings]


def _heading(name: Any, hint: Any, blanks: tuple[Blank, ...] = ()) -> dict[str, Any]:
    told: dict[str, Any] = {"name": str(name), "hint": str(hint)}
    if blanks:
        told["slots"] = [_blank(*each) for each in blanks]
    return told


def _blank(name: Any, kind: str, options: tuple[Any, ...] = ()) -> dict[str, Any]:
    told: dict[str, Any] = {"name": str(name), "type": kind}
    if options:
        told["options"] = [str(each) for each in options]
    return told
