"""What can happen with what stands on every paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.documents.actions.issuer import undo_edit
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "issuer.edited", _("書類の設定の変更"), _("{actor}が書類の設定を変更しました"), "file",
            frozenset(), undo_edit,
        ),
    )  # fmt: skip
