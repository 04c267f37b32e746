"""What can happen with the way in which voices are treated; what happens with a voice, every record knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.voices.actions.conducting import undo_changed


def register() -> None:
    register_kinds(
        Kind(
            "voices.conduct_changed", _("お客様の声の設定の変更"),
            _("{actor}がお客様の声の設定を変更しました"), "sliders", frozenset(), undo_changed,
        ),
    )  # fmt: skip
