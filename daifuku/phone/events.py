"""What can happen with the settings of the phone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.phone.actions.wording import undo_changed


def register() -> None:
    register_kinds(
        Kind(
            "phone.wordings_changed", _("文例の変更"), _("{actor}が文例を変更しました"), "sliders", frozenset(),
            undo_changed, detail="name",
        ),
    )  # fmt: skip
