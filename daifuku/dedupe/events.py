"""What can happen around doubles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.dedupe.actions import deciding, settling
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        Kind(
            "lead.kept_apart", _("別々の記録とした"), _("{actor}が{subject}を別々の記録としました"), "people",
            undo=deciding.undo_kept_apart, detail="reason",
        ),
        Kind(
            "lead.rejoined", _("別々の記録の印を外した"), _("{actor}が{subject}の「別々の記録」の印を外しました"),
            "people", undo=deciding.undo_rejoined, detail="reason",
        ),
        Kind("dedupe.scanned", _("名寄せ"), _("{actor}が全件の名寄せを行いました"), "people", NOTHING),
        Kind(
            "dedupe.exported", _("名寄せの書き出し"), _("{actor}が名寄せの結果を書き出しました"), "download", NOTHING,
            quiet=True,
        ),
        Kind(
            "dedupe.setup_changed", _("名寄せの設定"), _("{actor}が名寄せの設定を変えました"), "people", NOTHING,
            settling.undo_setup,
        ),
    )  # fmt: skip
