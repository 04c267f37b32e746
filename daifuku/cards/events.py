"""What can happen with cards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.cards.actions.finishing import undo_finished
from daifuku.cards.actions.taking import undo_aside, undo_trashed
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

NOTHING: frozenset[str] = frozenset()


# (key, label, sentence, icon, undo)
LINES = (
    ("brought", _("名刺の受け取り"), _("{actor}が名刺を送りました"), "card", None),
    ("cut", _("名刺の切り分け"), _("1枚の写真に写っていた名刺を分けました"), "card", None),
    ("unreadable", _("開けない名刺"), _("名刺の写真を開けませんでした"), "warning", None),
    ("described", _("名刺の情報の変更"), _("{actor}が名刺のきっかけや担当を変更しました"), "edit", None),
    ("drafted", _("名刺の途中保存"), _("{actor}が名刺の入力を途中で保存しました"), "edit", None),
    ("finished", _("名刺の入力"), _("{actor}が名刺を入力しました"), "check", undo_finished),
    ("undone", _("名刺の入力の取り消し"), _("{actor}が名刺の入力を元に戻しました"), "undo", None),
    ("put_aside", _("名刺の保留"), _("{actor}が名刺を保留にしました"), "inbox", undo_aside),
    ("brought_back", _("名刺の保留の取り消し"), _("{actor}が名刺を入力待ちに戻しました"), "undo", None),
    ("trashed", _("名刺の削除"), _("{actor}が名刺を削除しました"), "trash", undo_trashed),
    ("checked", _("名刺の確かめ"), _("{actor}が名刺の入力を確かめました"), "check", None),
    ("set_up", _("名刺の設定"), _("{actor}が名刺の設定を変更しました"), "settings", None),
    ("mailbox_forgotten", _("名刺のメールの設定の削除"), _("{actor}が名刺のメールの設定を削除しました"), "trash", None),
    ("letter_taken", _("名刺のメール"), _("{actor}がメールから名刺を受け取りました"), "mail", None),
)  # fmt: skip


def register() -> None:
    for key, label, sentence, icon, undo in LINES:
        register_kinds(Kind(f"cards.{key}", label, sentence, icon, NOTHING, undo))
