"""What the ledger says about backups."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    nothing: frozenset[str] = frozenset()
    register_kinds(
        Kind("backup.made", _("バックアップ"), _("バックアップを作成しました"), "backup", nothing, detail="place"),
        Kind(
            "backup.failed", _("バックアップの失敗"), _("バックアップに失敗しました"), "warning", nothing,
            detail="sentence",
        ),
        Kind(
            "backup.key_made", _("復旧キーの作成"), _("{actor}が新しい復旧キーを作りました"), "key", nothing,
            detail="key",
        ),
    )  # fmt: skip
