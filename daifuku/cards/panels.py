"""A person's cards over time on the page of the contact or lead: the way through firms, departments and titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.cards.fields import NAMES
from daifuku.cards.models import Card, State
from daifuku.cards.outcomes import exchanged
from daifuku.foundation.sql.prepared import Prepared
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.viewer import Viewer

CARDS_OF = Prepared(
    lambda object, record: Card.objects.filter(
        Q(object=object, record_id=record) | Q(former_object=object, former_id=record),
        state=State.DONE, trashed_at__isnull=True,
    ).select_related("brought_by")[:50]
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    card: Card
    day: Any
    words: str


def register() -> None:
    for key in ("contact", "lead"):
        panel = Panel(
            "cards", _("名刺"), "cards/panels/cards.html", cards_of, "side", 15,
            lambda record, viewer: [CARDS_OF.told(record.object_key, record.pk)],
        )  # fmt: skip
        known = Panel("known", _("この人を知っている社員"), "cards/panels/known.html", known_to, "side", 16)
        registry.get(key).panels += [panel, known]


def cards_of(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """The newest first. What the role hides of a lead is not told from his card either."""
    cards = shown_of(record, viewer)
    if not cards:
        return None
    seen = vocabulary.fields_for(viewer, "lead")
    rows = sorted(
        (Row(card, exchanged(card), _words(card, seen)) for card in cards),
        key=lambda row: (row.day, row.card.pk),
    )
    return {"rows": rows[::-1], "pictures": not viewer.hidden_fields(record.object_key) & {*NAMES}}


def shown_of(record: Any, viewer: Viewer) -> list[Card]:
    """Those of the time in which he was this record, and the later ones where one may see as whom he is known now."""
    cards = CARDS_OF(record.object_key, record.pk)
    here = (record.object_key, record.pk)
    later = {(card.object, card.record_id) for card in cards} - {here}
    seen = {here, *(seen_of_kinds(later, viewer, trashed=True) if later else ())}
    return [card for card in cards if (card.object, card.record_id) in seen]


def known_to(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """Only where more is known than who is in charge: that stands on the page anyway."""
    from daifuku.cards.knowing import known_by

    rows = known_by(record, viewer)
    if not rows or (len(rows) == 1 and len(rows[0].words) == 1):
        return None
    return {"rows": rows}


def _words(card: Card, seen: Any) -> str:
    names = ("company", "department", "title")
    return " ".join(card.values[name] for name in names if card.values.get(name) and name in seen)
