"""What can happen with an invoice beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

PERSONAL = frozenset({"changes", "to", "reason"})


def register() -> None:
    register_kinds(
        Kind(
            "invoice.issued", _("請求書の発行"), _("{actor}が{subject}を発行しました"), "receipt", PERSONAL,
            detail="number",
        ),
        Kind(
            "invoice.sent", _("請求書の送付"), _("{actor}が{subject}をメールで送りました"), "mail", PERSONAL,
            detail="to",
        ),
        Kind(
            "invoice.link_revoked", _("請求書のリンクの停止"), _("{actor}が{subject}のリンクを止めました"), "lock",
            PERSONAL,
        ),
        Kind(
            "invoice.opened_by_customer", _("請求書の閲覧"), _("お客様が{subject}を開きました"), "eye", PERSONAL,
        ),
        Kind(
            "invoices.closing_started", _("締め請求の開始"), _("{actor}が締め請求を始めました"), "receipt",
            frozenset(), detail="closes_on",
        ),
        Kind(
            "invoice.taken_back", _("請求書の訂正"), _("{actor}が{subject}を訂正しました"), "undo", PERSONAL,
            detail="reason",
        ),
    )  # fmt: skip
