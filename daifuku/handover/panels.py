"""What a person's page tells: customers that are still his, and the way to hand them over."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from daifuku.customers.models import Account, Lead
from daifuku.duties.whose import sees_person
from daifuku.staff.absence import is_absent
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def left_behind(person: Person, viewer: Viewer) -> dict[str, Any] | None:
    """`urgent` where he has left or is away: then nobody looks after them."""
    if not sees_person(viewer, person.pk) or not viewer.may("account", "edit"):
        return None
    accounts, leads = (
        model.objects.visible_to(viewer).filter(owner=person).count() for model in (Account, Lead)
    )
    if not accounts and not leads:
        return None
    return {"accounts": accounts, "leads": leads, "urgent": is_absent(person, timezone.localdate())}
