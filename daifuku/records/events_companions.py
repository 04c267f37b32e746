"""What can happen with what hangs on records: tags, comments, files, shares; and with the words of the vocabulary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.actions import commenting, filing, sharing, tagging


def register() -> None:
    register_kinds(*_tags(), *_comments(), *_files(), *_shares())


def _tags() -> list[Kind]:
    def kind(what: str, label: Any, sentence: Any, undo: Undo) -> Kind:
        return Kind(f"tag.{what}", label, sentence, "tag", frozenset(), undo, detail="name")

    return [
        kind("put", _("タグ"), _("{actor}が{subject}にタグをつけました"), tagging.undo_put),
        kind("removed", _("タグ"), _("{actor}が{subject}のタグを外しました"), tagging.undo_removed),
        kind("edited", _("タグの変更"), _("{actor}がタグを変更しました"), tagging.undo_edited),
        kind("merged", _("タグの統合"), _("{actor}がタグを統合しました"), tagging.undo_merged),
    ]


def _comments() -> list[Kind]:
    texts = frozenset({"text", "old"})

    def kind(what: str, label: Any, sentence: Any, undo: Undo) -> Kind:
        return Kind(f"comment.{what}", label, sentence, "comment", texts, undo, detail="text")

    return [
        kind("written", _("コメント"), _("{actor}が{subject}にコメントしました"), commenting.undo_written),
        kind("edited", _("コメントの変更"), _("{actor}がコメントを変更しました"), commenting.undo_edited),
        kind("removed", _("コメントの削除"), _("{actor}がコメントを削除しました"), commenting.undo_removed),
        kind("restored", _("コメントの復元"), _("{actor}がコメントを戻しました"), commenting.undo_written),
    ]


def _files() -> list[Kind]:
    def kind(what: str, label: Any, sentence: Any, undo: Undo) -> Kind:
        return Kind(f"file.{what}", label, sentence, "paperclip", frozenset({"name"}), undo, detail="name")

    return [
        kind("added", _("ファイル"), _("{actor}が{subject}にファイルを追加しました"), filing.undo_added),
        kind("replaced", _("ファイルの更新"), _("{actor}がファイルを更新しました"), filing.undo_replaced),
        kind("trashed", _("ファイルの削除"), _("{actor}がファイルを削除しました"), filing.undo_trashed),
        kind("restored", _("ファイルの復元"), _("{actor}がファイルを戻しました"), filing.undo_added),
    ]


def _shares() -> list[Kind]:
    def kind(what: str, label: Any, sentence: Any) -> Kind:
        undo = sharing.undo_shared
        return Kind(f"share.{what}", label, sentence, "people", frozenset(), undo, detail="name")

    return [
        kind("given", _("共有"), _("{actor}が{subject}を共有しました")),
        kind("taken", _("共有の解除"), _("{actor}が{subject}の共有をやめました")),
    ]
