"""What can happen with a quote beyond what happens with every record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.quotes.actions.approving import undo_approved
from daifuku.quotes.actions.moving import undo_step
from daifuku.quotes.actions.policy import undo_changed

PERSONAL = frozenset({"changes", "to", "note", "reason"})


def register() -> None:
    def kind(
        what: str, label: Any, sentence: Any, icon: str, undo: Undo | None = None, detail: str = ""
    ) -> Kind:
        return Kind(f"quote.{what}", label, sentence, icon, PERSONAL, undo, detail=detail)

    register_kinds(
        kind("asked", _("見積の承認の申請"), _("{actor}が{subject}の承認を申請しました"), "inbox", None, "note"),
        kind("withdrawn", _("見積の申請の取り下げ"), _("{actor}が{subject}の申請を取り下げました"), "undo"),
        kind("approved", _("見積の承認"), _("{actor}が{subject}を承認しました"), "check", undo_approved),
        kind("approval_taken_back", _("見積の承認の取り消し"), _("{actor}が{subject}の承認を取り消しました"), "undo"),
        kind("returned", _("見積の差戻し"), _("{actor}が{subject}を差し戻しました"), "reply", None, "reason"),
        kind("issued", _("見積書の発行"), _("{actor}が{subject}を発行しました"), "file"),
        kind("replaced", _("見積の新しい版"), _("{actor}が{subject}を新しい版に替えました"), "copy"),
        kind("voided", _("見積の取り消し"), _("{actor}が{subject}を取り消しました"), "close", undo_step, "reason"),
        kind("linked", _("見積のリンク"), _("{actor}が{subject}をお客様に見せるリンクを作りました"), "link"),
        kind("link_revoked", _("見積のリンクの停止"), _("{actor}が{subject}のリンクを止めました"), "lock"),
        kind("sent", _("見積書の送付"), _("{actor}が{subject}をメールで送りました"), "mail", None, "to"),
        kind("opened_by_customer", _("見積書の閲覧"), _("お客様が{subject}を開きました"), "eye"),
        kind("accepted", _("見積の承諾"), _("{subject}が承諾されました"), "handshake", undo_step),
        kind("declined", _("見積の辞退"), _("{subject}が辞退されました"), "close", undo_step),
        Kind(
            "quotes.policy_changed", _("見積の設定の変更"), _("{actor}が見積の設定を変更しました"), "sliders",
            frozenset(), undo_changed,
        ),
    )  # fmt: skip
