"""The card that an address names, if this person may see it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from daifuku.cards.actions.bringing import may_bring
from daifuku.cards.actions.taking import reads_all
from daifuku.cards.enterers import may_enter
from daifuku.cards.fields import NAMES
from daifuku.cards.models import Card
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.records.scope import sees
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


def card_at(request: HttpRequest, uid: uuid.UUID) -> Card:
    found: Card | None = Card.objects.visible_to(viewer_at(request)).with_people().filter(uid=uid).first()
    if found is None:
        raise NotFound
    return as_shown(found, viewer_at(request))


def as_shown(card: Card, viewer: Viewer) -> Card:
    """Without its picture, where that says more than this person may see."""
    if not reads_all(card, viewer):
        card.picture = card.thumb = ""
    return card


def card_shown(uid: uuid.UUID, viewer: Viewer) -> Card:
    """Its picture is also for whoever sees the lead or contact that came of it."""
    found: Card | None = Card.objects.visible_to(viewer).filter(uid=uid).first()
    if found is not None and reads_all(found, viewer):
        return found
    card: Card | None = Card.objects.filter(uid=uid, trashed_at__isnull=True).first()
    record = card.record if card else None
    if card is None or record is None or not sees(viewer, record, "view") or hides(viewer, record):
        raise NotFound
    return card


def hides(viewer: Viewer, record: Any) -> bool:
    """A picture shows all that stands on the card: whoever may not see one of these fields does not see it either."""
    return bool(viewer.hidden_fields(record.object_key) & {*NAMES})


def enterer_at(request: HttpRequest) -> Viewer:
    """Whoever enters cards; for others there is no such page."""
    viewer = viewer_at(request)
    if not may_enter(viewer):
        raise NotFound
    return viewer


def bringer_at(request: HttpRequest) -> Viewer:
    viewer = viewer_at(request)
    try:
        may_bring(viewer.person)
    except Forbidden as error:
        raise NotFound from error
    return viewer
