"""What can happen with payments, the bank's files and limits of credit beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.billing.actions import credit, payments
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "payment.set_off", _("入金の消込"), _("{actor}が{subject}を請求書に消し込みました"), "check", frozenset(),
            payments.undo_set_off,
        ),
        Kind(
            "payment.released", _("消込の取り外し"), _("{actor}が{subject}の消込を外しました"), "undo", frozenset(),
            payments.undo_released,
        ),
        Kind(
            "payment.cancelled", _("入金の取り消し"), _("{actor}が{subject}を取り消しました"), "close",
            frozenset({"reason"}), payments.undo_cancelled, detail="reason",
        ),
        Kind(
            "payment.counted_again", _("入金の取り消しの撤回"), _("{actor}が{subject}の取り消しを撤回しました"),
            "undo", frozenset(),
        ),
        Kind(
            "payment.bank_file", _("口座明細の取り込み"), _("{actor}が口座明細を取り込みました"), "import", frozenset(),
            detail="name",
        ),
        Kind(
            "payment.bank_line_aside", _("口座明細を対象外に"), _("{actor}が口座明細を対象外にしました"), "check",
            frozenset(),
        ),
        Kind(
            "payment.bank_line_waiting", _("口座明細を確認待ちに"), _("{actor}が口座明細を確認待ちに戻しました"),
            "undo", frozenset(),
        ),
        Kind(
            "account.credit_limit_set", _("与信限度額の設定"), _("{actor}が{subject}の与信限度額を変えました"), "edit",
            frozenset(), credit.undo_set, detail="words",
        ),
    )  # fmt: skip
