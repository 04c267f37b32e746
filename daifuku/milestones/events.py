"""What can happen with milestones beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.milestones.actions.plans import undo_changed
from daifuku.milestones.reminding import COMING, PASSED


def register() -> None:
    register_kinds(
        Kind(COMING, _("節目の予告"), _("{subject}の期日が近づいたことを知らせました"), "bell", frozenset()),
        Kind(PASSED, _("節目の遅れ"), _("{subject}が期日を過ぎたことを知らせました"), "bell", frozenset()),
        Kind(
            "milestones.plan_changed", _("節目のひな型の変更"), _("{actor}が節目のひな型を変更しました"), "sliders",
            frozenset(), undo_changed, detail="name",
        ),
    )  # fmt: skip
