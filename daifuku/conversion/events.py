"""What can happen with a lead that becomes a customer, and with the way in which the firm does it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.conversion.actions import mapping, settling
from daifuku.conversion.actions.taking_back import undo_converted
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records import undoing

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        Kind(
            "lead.converted", _("取引の開始"), _("{actor}が{subject}の取引を開始しました"), "check",
            undo=undo_converted,
        ),
        Kind(
            "lead.unconverted", _("取引の開始の取り消し"), _("{actor}が{subject}の取引の開始を取り消しました"), "undo",
            NOTHING,
        ),
        Kind(
            "lead.reopened", _("再見込み"), _("{actor}が{subject}をもう一度見込み客にしました"), "undo", NOTHING,
        ),
        Kind(
            "lead.bulk_converted", _("一括の取引の開始"), _("{actor}が見込み客の取引をまとめて開始しました"), "check",
            NOTHING, undoing.undo_effects, detail="title",
        ),
        Kind(
            "conversion.setup_changed", _("取引の開始の設定"), _("{actor}が取引の開始の設定を変えました"), "sliders",
            NOTHING, settling.undo_setup,
        ),
        Kind(
            "conversion.mapping_changed", _("見込み客の変換の関連付け"),
            _("{actor}が見込み客の変換の関連付けを変えました"), "sliders", NOTHING, mapping.undo_mapping,
            detail="name",
        ),
    )  # fmt: skip
