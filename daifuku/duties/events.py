"""What people decide about duties; that they arise and are fulfilled follows from other lines."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.actions.excusing import undo_change
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

# Reasons may name the customer: they go when he is erased.
PERSONAL = frozenset({"changes", "why"})


def register() -> None:
    register_kinds(
        _decided("excused", _("入力漏れの免除"), _("{actor}が入力の期限を免除しました"), "check"),
        _decided("pleaded", _("理由の申し出"), _("{actor}が入力できなかった理由を申し出ました"), "comment"),
        _decided("declined", _("申し出への回答"), _("{actor}が申し出を認めませんでした"), "close"),
        _decided("snoozed", _("入力の先送り"), _("{actor}が入力を先送りしました"), "clock"),
        _decided("handed_on", _("入力の引き渡し"), _("{actor}が入力をほかの人に頼みました"), "send"),
        _decided("turned_back", _("入力の約束の復元"), _("{actor}が入力の約束を元に戻しました"), "undo", undone=False),
    )  # fmt: skip


def _decided(what: str, label: Any, sentence: Any, icon: str, *, undone: bool = True) -> Kind:
    return Kind(
        f"duty.{what}", label, sentence, icon, PERSONAL, undo_change if undone else None, detail="why"
    )
