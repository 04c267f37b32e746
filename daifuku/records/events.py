"""What can happen with records in general, and with the views of their lists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.actions import members, view_guests, views


def register() -> None:
    register_kinds(
        Kind("ledger.undone", _("取り消し"), _("{actor}が操作を元に戻しました"), icon="undo"),
        Kind(
            "members.rule",
            _("メンバーの権限"),
            _("{actor}がメンバーの権限を変えました"),
            icon="people",
            undo=members.undo_rule,
        ),
        *_views(),
    )


def _views() -> list[Kind]:
    def kind(what: str, label: Any, sentence: Any, undo: Undo, quiet: bool = False) -> Kind:
        return Kind(f"view.{what}", label, sentence, "view", undo=undo, quiet=quiet, detail="name")

    return [
        kind("created", _("ビュー"), _("{actor}がビューを作りました"), views.undo_created),
        kind("edited", _("ビューの変更"), _("{actor}がビューを変更しました"), views.undo_edited),
        kind("guests", _("ビューの共有"), _("{actor}がビューの共有を変えました"), view_guests.undo_guests),
        kind("trashed", _("ビューの削除"), _("{actor}がビューを削除しました"), views.undo_trashed),
        kind("restored", _("ビューの復元"), _("{actor}がビューを元に戻しました"), views.undo_created),
        kind("pinned", _("ビューの固定"), _("{actor}がビューのタブを変えました"), views.undo_pinned, True),
        kind(
            "opens", _("最初に開くビュー"), _("{actor}が最初に開くビューを変えました"), views.undo_opens, True
        ),
    ]
