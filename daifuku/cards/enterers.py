"""Who enters cards: whoever the firm named, and while he is away whoever stands in for him."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db.models import Q
from django.utils import timezone

from daifuku.staff.absence import is_absent, standing_in_for
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

ROLE = "clerk"


def clerks() -> list[Person]:
    """Those named in the settings; where nobody is, whoever has the role 営業事務."""
    from daifuku.cards.models.setup import Setup

    rows = Person.objects.working().filter(pk__in=Setup.clerks.through.objects.values("person"))
    found = list(rows.select_related("substitute").order_by("pk"))
    if found:
        return found
    by_role = Person.objects.working().filter(roles__key=ROLE).distinct()
    return list(by_role.select_related("substitute").order_by("pk"))


def at_work(day: date) -> list[Person]:
    """Who does it that day: in place of each who is away his substitute."""
    found = {person.pk: person for person in (standing_in_for(each, day) for each in clerks())}
    return [person for person in found.values() if not is_absent(person, day)]


def may_enter(viewer: Viewer) -> bool:
    """The clerks, their substitutes on days when they are away, and who keeps the settings of the firm."""
    if "enters cards" not in viewer.memo:
        viewer.memo["enters cards"] = viewer.has_power("settings") or _does(viewer)
    return cast("bool", viewer.memo["enters cards"])


def _does(viewer: Viewer) -> bool:
    known = clerks()
    if any(person.pk == viewer.pk for person in known):
        return True
    if not Person.objects.filter(Q(substitute_id=viewer.pk)).exists():
        return False
    return any(person.pk == viewer.pk for person in at_work(timezone.localdate()))
