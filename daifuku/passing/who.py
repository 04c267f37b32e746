"""Who must answer, and who may see what was passed on: whoever sees the lead."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.customers.models import Lead
from daifuku.duties.whose import people_led
from daifuku.passing.models import Handing, State
from daifuku.staff.viewer import Viewer


def seen_by(viewer: Viewer) -> Any:
    """Of leads that this viewer sees."""
    if not viewer.may("lead", "view"):
        return Handing.objects.none()
    return Handing.objects.filter(lead__in=Lead.objects.visible_to(viewer).values("pk"))


def for_me(viewer: Viewer) -> Any:
    """What this person must answer, himself or as one of a team."""
    mine = Q(person=viewer.pk) | Q(person__isnull=True) & (Q(team__in=viewer.team_ids) | Q(team__isnull=True))
    waiting = seen_by(viewer).filter(mine, state=State.WAITING, lead__trashed_at__isnull=True)
    return waiting.select_related("lead", "by", "before", "person", "team").order_by("at", "pk")


def may_answer(viewer: Viewer, handing: Handing) -> bool:
    """Whoever it is for; for somebody else, whoever leads him."""
    if not handing.is_waiting:
        return False
    leads = viewer.has_power("staff")
    if handing.person_id is not None:
        return handing.person_id == viewer.pk or leads or handing.person_id in people_led(viewer)
    return leads or handing.team_id in {None, *viewer.team_ids}
