"""What the ledger says about rules and the rule book."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.rules.actions import book, reading, rules

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        _rule("created", _("ルールの登録"), _("{actor}が運用ルールを登録しました"), rules.undo_created),
        _rule("edited", _("ルールの変更"), _("{actor}が運用ルールを変更しました"), rules.undo_edited),
        _rule("removed", _("ルールの削除"), _("{actor}が運用ルールを削除しました"), rules.undo_removed),
        _rule("restored", _("ルールの復元"), _("{actor}が運用ルールを元に戻しました"), rules.undo_created),
        Kind(
            "rules.installed", _("初めの運用ルール"), _("初めの運用ルールを入れました"), "book-open", NOTHING,
            rules.undo_installed,
        ),
        _book("written", _("ルールブックの編集"), _("{actor}が運用ルールの文章を変更しました"), book.undo_written),
        _book("published", _("ルールブックの公開"), _("{actor}が運用ルールを公開しました"), None),
        _book("confirmed", _("ルールブックの確認"), _("{actor}が運用ルールを確認しました"), reading.undo_confirmed),
        _book("unconfirmed", _("確認の取り消し"), _("{actor}が運用ルールの確認を取り消しました"), None),
        _book("reminded", _("ルールブックの確認のお願い"), _("{actor}が運用ルールの確認をお願いしました"), None),
    )  # fmt: skip


def _rule(what: str, label: Any, sentence: Any, undo: Undo) -> Kind:
    return Kind(f"rule.{what}", label, sentence, "book-open", NOTHING, undo, detail="title")


def _book(what: str, label: Any, sentence: Any, undo: Undo | None) -> Kind:
    return Kind(f"rule_book.{what}", label, sentence, "book-open", NOTHING, undo, detail="note")
