"""What can happen with the books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.accounting.actions.settings import undo_changed
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "accounting.setting_changed", _("会計の設定の変更"), _("{actor}が会計の設定を変更しました"), "sliders",
            frozenset(), undo_changed,
        ),
        Kind(
            "accounting.period_closed", _("会計期間の締め"), _("{actor}が会計期間の締めを変更しました"), "lock",
            frozenset(), undo_changed,
        ),
        Kind(
            "accounting.exported", _("仕訳の書き出し"), _("{actor}が会計ソフト用に仕訳を書き出しました"), "export",
            frozenset(), detail="package",
        ),
        Kind(
            "accounting.papers_exported", _("書類の書き出し"), _("{actor}が書類の検索の結果を書き出しました"),
            "export", frozenset(),
        ),
    )  # fmt: skip
