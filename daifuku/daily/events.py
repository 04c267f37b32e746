"""What can happen with reports beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.daily.actions import closing, habits, reopening, sharing
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "daily_report.closed", _("日報の提出"), _("{actor}が{subject}の日報を締めました"), "check",
            undo=closing.undo_closed,
        ),
        Kind(
            "daily_report.reopened", _("日報の書き直し"), _("{actor}が{subject}の日報を書き直し始めました"), "undo",
            undo=reopening.undo_reopened,
        ),
        Kind("daily_report.read", _("日報の確認"), _("{actor}が{subject}の日報を確認しました"), "eye", frozenset()),
        Kind(
            "daily.shared", _("全員に共有"), _("{actor}が全員に共有しました"), "share", frozenset({"remark"}),
            undo=sharing.undo_shared, detail="remark",
        ),
        Kind("daily.withdrawn", _("共有の取り消し"), _("{actor}が共有を取り消しました"), "undo", frozenset()),
        Kind(
            "daily.habits_changed", _("日報の設定の変更"), _("{actor}が日報の設定を変更しました"), "sliders",
            frozenset(), habits.undo_habits,
        ),
    )  # fmt: skip
