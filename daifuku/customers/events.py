"""What can happen with customers beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.customers.actions.posts import undo_posts
from daifuku.customers.actions.relating import undo_related, undo_unrelated
from daifuku.customers.actions.separating import undo_joined, undo_separated
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

POSTS = frozenset({"changes", "posts"})
RELATION = frozenset({"relation"})
NAMES = frozenset({"names", "reason"})


def register() -> None:
    register_kinds(
        _posts("post_added", _("所属の追加"), _("{actor}が{subject}の所属を追加しました"), "plus"),
        _posts("post_changed", _("所属の変更"), _("{actor}が{subject}の所属を変更しました"), "pencil"),
        _posts("post_removed", _("所属の削除"), _("{actor}が{subject}の所属を削除しました"), "trash"),
        _posts("moved", _("異動"), _("{actor}が{subject}の異動を登録しました"), "arrow"),
        _posts("left", _("退職"), _("{actor}が{subject}の退職を登録しました"), "arrow"),
        _posts("posts_restored", _("所属の復元"), _("{actor}が{subject}の所属を元に戻しました"), "undo"),
        Kind(
            "account.related", _("関係の追加"), _("{actor}が{subject}の関係先を追加しました"), "link",
            RELATION, undo_related,
        ),
        Kind(
            "account.unrelated", _("関係の解除"), _("{actor}が{subject}の関係先を外しました"), "link",
            RELATION, undo_unrelated,
        ),
    )  # fmt: skip
    for key in ("account", "contact", "lead"):
        register_kinds(
            Kind(
                f"{key}.separated", _("別々の記録"), _("{actor}が{subject}を別々の記録としました"), "split",
                NAMES, undo_separated,
            ),
            Kind(
                f"{key}.joined", _("別々の印の解除"), _("{actor}が{subject}の別々の印を外しました"), "undo",
                NAMES, undo_joined,
            ),
        )  # fmt: skip


def _posts(what: str, label: object, sentence: object, icon: str) -> Kind:
    return Kind(f"contact.{what}", label, sentence, icon, POSTS, undo_posts)
