"""What can happen when leads are passed on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.passing.actions import answering, passing_on, settling

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        Kind(
            "lead.passed_on", _("営業への引き渡し"), _("{actor}が{subject}を営業に引き渡しました"), "send",
            undo=passing_on.undo_passed,
        ),
        Kind("lead.pass_withdrawn", _("引き渡しの取り消し"), _("{actor}が{subject}の引き渡しを取り消しました"), "undo"),
        Kind(
            "lead.pass_accepted", _("引き渡しの引き受け"), _("{actor}が{subject}を引き受けました"), "check",
            undo=answering.undo_answered,
        ),
        Kind(
            "lead.given_back", _("引き渡しの差し戻し"), _("{actor}が{subject}を戻しました"), "undo",
            undo=answering.undo_answered,
        ),
        Kind("lead.pass_waits", _("引き渡しの返事の取り消し"), _("{actor}が{subject}への返事を取り消しました"), "undo"),
        Kind(
            "lead.pass_late", _("引き渡しの返事の遅れ"),
            _("{subject}の引き渡しに返事がないことを責任者に知らせました"), "clock", NOTHING,
        ),
        Kind(
            "passing.setup_changed", _("引き渡しの設定"), _("{actor}が営業への引き渡しの設定を変えました"), "send",
            NOTHING, settling.undo_setup,
        ),
    )  # fmt: skip
