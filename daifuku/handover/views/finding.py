"""The hand-over and the customer that an address names; unknown and forbidden are the same."""

from __future__ import annotations

import uuid

from daifuku.foundation.errors import NotFound
from daifuku.handover.models import Handover, Item
from daifuku.staff.viewer import Viewer


def find(uid: uuid.UUID, viewer: Viewer) -> Handover:
    found = Handover.objects.visible_to(viewer).select_related("giver", "created_by").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def find_item(uid: uuid.UUID, viewer: Viewer) -> Item:
    found = Item.objects.select_related("handover__giver", "successor").filter(uid=uid).first()
    if found is None or not Handover.objects.visible_to(viewer).filter(pk=found.handover_id).exists():
        raise NotFound
    return found
