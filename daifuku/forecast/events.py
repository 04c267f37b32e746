"""What can happen here beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.forecast.actions.settings import undo_changed
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "forecast.setting_changed", _("予実の設定の変更"), _("{actor}が予実の設定を変更しました"), "sliders",
            frozenset(), undo_changed,
        )
    )  # fmt: skip
