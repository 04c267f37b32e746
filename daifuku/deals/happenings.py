"""What of deals others in the firm should hear of: won, lost, moved on or back."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.deals import processes
from daifuku.deals.models.deal import LOST, OPEN, WON
from daifuku.ledger.models import Event
from daifuku.messages.sharing.happenings import (
    FULL_NOW,
    HEADLINE_NOW,
    MORNING_FULL,
    MORNING_HEADLINE,
    WEEKLY_HEADLINE,
    Happening,
    register,
)

EDITED = ("deal.edited",)


def register_happenings() -> None:
    register(
        Happening(
            "deal.won", _("商談の受注"), gettext_noop("商談「%(record)s」が受注になりました（%(actor)sさん）。"),
            EDITED, "deal", _became("won"), order=50,
            shipped={
                "manager": FULL_NOW, "president": HEADLINE_NOW, "clerk": FULL_NOW, "purchaser": HEADLINE_NOW,
                "accountant": MORNING_HEADLINE,
            },
        ),
        Happening(
            "deal.lost", _("商談の失注"), gettext_noop("商談「%(record)s」が失注になりました（%(actor)sさん）。"),
            EDITED, "deal", _became("lost"), order=51,
            shipped={"manager": FULL_NOW, "president": MORNING_FULL, "marketer": WEEKLY_HEADLINE},
        ),
        Happening(
            "deal.moved", _("商談の段階の変更"),
            gettext_noop("商談「%(record)s」の段階が変わりました（%(actor)sさん）。"),
            EDITED, "deal", _became("moved"), order=52,
            shipped={"manager": MORNING_HEADLINE},
        ),
    )  # fmt: skip


def _became(wanted: str) -> Callable[[Event], bool]:
    return lambda event: what(event) == wanted


def what(event: Event) -> str:
    """won, lost or moved; "" where its stage is the same as before."""
    before, after = event.changes.get("stage", [None, None])
    old, new = processes.stage(before or ""), processes.stage(after or "")
    if new is None or before == after:
        return ""
    if new.kind == LOST:
        return "lost"
    return "won" if new.kind == WON and (old is None or old.kind in {OPEN, LOST}) else "moved"
