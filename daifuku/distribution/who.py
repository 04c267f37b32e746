"""Who may distribute leads by hand, and whose turn somebody may look into."""

from __future__ import annotations

from daifuku.duties.whose import people_led
from daifuku.foundation.errors import Forbidden
from daifuku.staff.models import Person
from daifuku.staff.models.role import Scope
from daifuku.staff.viewer import Viewer, viewer_of


def may_distribute(viewer: Viewer) -> bool:
    """Whoever leads people, keeps the settings, or may change every lead (the clerk, the marketer)."""
    if viewer.has_power("settings") or viewer.has_power("staff"):
        return True
    scope = viewer.scope("lead", "edit")
    return scope == Scope.ALL or (scope != Scope.NONE and bool(people_led(viewer)))


def need_distributing(by: Person) -> Viewer:
    """Raises Forbidden."""
    viewer = viewer_of(by)
    if not may_distribute(viewer):
        raise Forbidden
    return viewer


def sees_turn_of(viewer: Viewer, person: int) -> bool:
    """His own, and those of whoever may be told where the leads go."""
    return person == viewer.pk or may_distribute(viewer)
