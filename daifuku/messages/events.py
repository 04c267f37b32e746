"""What the ledger says about webhooks, and about what a restored copy may send."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.messages import holding
from daifuku.messages.sharing import changing
from daifuku.messages.webhooks import actions

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        Kind("sending.held", _("送信の保留"), _("復元したため、メールとWebhookの送信を止めました"), "mail", NOTHING),
        Kind("sending.released", _("送信の再開"), _("{actor}がメールとWebhookの送信を再開しました"), "mail", NOTHING),
        Kind(
            "sending.discarded", _("送信の見送り"), _("{actor}が復元前のメールとWebhookの送信を見送りました"), "mail",
            NOTHING, holding.undo_discarded,
        ),
        Kind(
            changing.CHANGED, _("情報共有の変更"), _("{actor}が情報共有の設定を変更しました"), "bell", NOTHING,
            changing.undo_changed, detail="name",
        ),
        _kind("created", _("Webhookの登録"), _("{actor}がWebhookを登録しました"), actions.undo_created),
        _kind("edited", _("Webhookの変更"), _("{actor}がWebhookを変更しました"), actions.undo_edited),
        _kind("removed", _("Webhookの削除"), _("{actor}がWebhookを削除しました"), actions.undo_removed),
        _kind("restored", _("Webhookの復元"), _("{actor}がWebhookを元に戻しました"), actions.undo_created),
        _kind("taken_over", _("Webhookの引き継ぎ"), _("{actor}がWebhookを引き継ぎました")),
        _kind("secret_changed", _("署名キーの変更"), _("{actor}がWebhookの署名キーを新しくしました")),
        _kind("stopped", _("Webhookの停止"), _("Webhookが自動で停止しました")),
        _kind("replayed", _("Webhookの送り直し"), _("{actor}がWebhookの送り直しを始めました")),
        _kind("dropped", _("送信の取りやめ"), _("{actor}がWebhookの送信待ちを取りやめました")),
    )  # fmt: skip


def _kind(what: str, label: Any, sentence: Any, undo: Undo | None = None) -> Kind:
    return Kind(f"webhook.{what}", label, sentence, "send", frozenset(), undo, detail="name")
