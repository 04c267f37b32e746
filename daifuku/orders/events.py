"""What can happen with orders and purchases beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.orders.actions.cancelling import undo_cancelled
from daifuku.orders.actions.unpurchasing import undo_arrived, undo_cancelled_purchase


def register() -> None:
    register_kinds(
        Kind(
            "order.confirmed", _("注文請書の発行"), _("{actor}が{subject}の注文請書を発行しました"), "file",
            frozenset(), detail="number",
        ),
        Kind(
            "order.cancelled", _("受注の取り消し"), _("{actor}が{subject}を取り消しました"), "close",
            frozenset({"reason"}), undo_cancelled, detail="reason",
        ),
        Kind(
            "order.reopened", _("受注の取り消しの撤回"), _("{actor}が{subject}の取り消しを撤回しました"), "undo",
            frozenset(),
        ),
        Kind("order.late", _("納期の遅れ"), _("{subject}が納期を過ぎました"), "clock", frozenset()),
        Kind(
            "purchase.arrived", _("入荷"), _("{actor}が{subject}の入荷を登録しました"), "truck", frozenset(),
            undo_arrived,
        ),
        Kind(
            "purchase.unarrived", _("入荷の取り消し"), _("{actor}が{subject}の入荷を取り消しました"), "undo",
            frozenset(),
        ),
        Kind(
            "purchase.cancelled", _("発注の取り消し"), _("{actor}が{subject}を取り消しました"), "close",
            frozenset({"reason"}), undo_cancelled_purchase, detail="reason",
        ),
        Kind(
            "purchase.reopened", _("発注の取り消しの撤回"), _("{actor}が{subject}の取り消しを撤回しました"), "undo",
            frozenset(),
        ),
    )  # fmt: skip
