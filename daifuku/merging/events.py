"""What can happen when records become one, or are one party."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.merging.actions.linking import undo_linked, undo_unlinked
from daifuku.merging.actions.taking_back import undo_merged
from daifuku.merging.asking import KINDS

VALUES = frozenset({"changes", "names", "reason"})


def register() -> None:
    for key in KINDS:
        register_kinds(
            Kind(
                f"{key}.merged", _("統合"), _("{actor}が{subject}にほかの記録を統合しました"), "merge", VALUES,
                undo_merged, detail="names",
            ),
            Kind(
                f"{key}.unmerged", _("統合の取り消し"), _("{actor}が{subject}への統合を元に戻しました"), "split",
                VALUES, detail="names",
            ),
            Kind(
                f"{key}.same_linked", _("同じ相手"), _("{actor}が{subject}を別の記録と同じ相手としました"), "link",
                VALUES, undo_linked, detail="reason",
            ),
            Kind(
                f"{key}.same_unlinked", _("同じ相手の印の解除"), _("{actor}が{subject}の同じ相手の印を外しました"),
                "undo", VALUES, undo_unlinked, detail="reason",
            ),
        )  # fmt: skip
