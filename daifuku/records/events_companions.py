"""What can happen with what hangs on records: tags, comments, files, shares; and with the words of the vocabulary."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.actions import (
    choices,
    commenting,
    custom_fields,
    filing,
    layouts,
    naming,
    replacing,
    retyping,
    sharing,
    standard_indexes,
    tagging,
)


def register() -> None:
    register_kinds(*_tags(), *_comments(), *_reactions(), *_files(), *_shares(), *_words())


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


def _reactions() -> list[Kind]:
    """Quiet: they stand below their comment, where they are taken back, and would bury what happened."""
    given, taken = (
        _("{actor}が{subject}のコメントにリアクションしました"),
        _("{actor}がリアクションを取り消しました"),
    )
    none: frozenset[str] = frozenset()
    return [
        Kind("reaction.given", _("コメントへのリアクション"), given, "comment", none, quiet=True),
        Kind("reaction.taken_back", _("リアクションの取り消し"), taken, "comment", none, quiet=True),
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


def _words() -> list[Kind]:
    def kind(key: str, label: Any, sentence: Any, undo: Undo) -> Kind:
        return Kind(key, label, sentence, "sliders", frozenset(), undo, detail="name")

    fields, order = _("項目の変更"), _("順序の変更")
    return [
        kind("vocabulary.edited", fields, _("{actor}が項目を変更しました"), custom_fields.undo_edited),
        kind("index.switched", _("索引"), _("{actor}が索引を変更しました"), standard_indexes.undo_switched),
        kind("vocabulary.ordered", order, _("{actor}が項目を並べ替えました"), custom_fields.undo_ordered),
        kind("vocabulary.retyped", fields, _("{actor}が項目の種類を変更しました"), retyping.undo_retyped),
        kind("choices.edited", _("選択肢の変更"), _("{actor}が選択肢を変更しました"), choices.undo_edited),
        kind("choices.ordered", order, _("{actor}が選択肢を並べ替えました"), choices.undo_ordered),
        kind(
            "choices.replaced", _("置き換え"), _("{actor}が選択肢を置き換えました"), replacing.undo_replaced
        ),
        kind(
            "layout.applied",
            _("ページの配置の変更"),
            _("{actor}がページの配置を変更しました"),
            layouts.undo_put,
        ),
        kind(
            "layout.reset",
            _("ページの配置を初めに戻す"),
            _("{actor}がページの配置を初めに戻しました"),
            layouts.undo_put,
        ),  # fmt: skip
        kind("object.renamed", _("名称の変更"), _("{actor}が記録の名称を変更しました"), naming.undo_renamed),
    ]
