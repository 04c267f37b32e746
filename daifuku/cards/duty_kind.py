"""A card that was begun and kept with gaps is an open duty until its due time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.cards import alone
from daifuku.cards.actions.taking import KIND
from daifuku.duties import morning
from daifuku.duties.kinds import Kind
from daifuku.duties.kinds import register as register_kind


def register() -> None:
    register_kind(
        Kind(KIND, gettext_lazy("途中の名刺"), 0, "card", _name, _do, 60),
        Kind(alone.KIND, gettext_lazy("連絡していない名刺"), 0, "card", alone.name, alone.do, 72),
    )
    if all(step.key != "cards" for step in morning.STEPS):
        label = gettext_lazy("名刺を交換したままのお客様")
        morning.STEPS.append(morning.Step("cards", label, alone.find, 45))


def _name(duty: Any, record: Any) -> str:
    return str(duty.label) or _("名刺の入力")


def _do(duty: Any, record: Any) -> tuple[str, Any]:
    return (f"{duty.url}desk/", _("続きを入力する")) if duty.url else ("", "")
