"""Who else may use somebody's view: chosen people and teams, some of whom may also change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records import saved_views
from daifuku.records.actions.powers import need_power
from daifuku.records.models import View, ViewGuest
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import viewer_of

Guest = tuple[Person | Team, bool]
MOST = 200


def show_view_to(view: View, guests: Sequence[Guest], *, by: Person, undoes: Event | None = None) -> View:
    """These people and teams may use the view, and change it where the second of the pair says so; nobody else.

    Needs the power to share views, and that the view is one's own or shared with everybody. Raises NotFound, Forbidden,
    Invalid.
    """
    need_power(by, "share_views")
    if len(guests) > MOST:
        sentence = _("共有する相手は%(most)s件までです。") % {"most": MOST}
        raise Invalid([FieldProblem("guests", sentence, code="too_many")])
    viewer = viewer_of(by)
    with ledger.writing():
        known = View.objects.filter(saved_views.visible_to(viewer))
        fresh = View.objects.select_for_update().filter(pk__in=known.filter(pk=view.pk).values("pk")).first()
        if fresh is None:
            raise NotFound
        if not saved_views.owns(viewer, fresh):
            raise Forbidden
        old, new = written(fresh), _written(guests)
        if old == new and undoes is None:
            return fresh
        ViewGuest.objects.filter(view=fresh).delete()
        ViewGuest.objects.bulk_create(ViewGuest(view=fresh, **each) for each in _columns(new))
        data = {"id": fresh.pk, "object": fresh.object, "name": fresh.name, "old": old, "new": new}
        ledger.record("view.guests", by=by, about=[About("view", fresh.pk)], data=data, undoes=undoes)
    return fresh


def guests_of(view: View) -> list[Guest]:
    """People and teams with whether they may change it."""
    rows = ViewGuest.objects.filter(view=view).select_related("person", "team").order_by("pk")
    return [(guest, row.may_change) for row in rows if (guest := row.person or row.team)]


def written(view: View) -> list[dict[str, Any]]:
    """As the ledger keeps it."""
    return _written(guests_of(view))


def undo_guests(event: Event, by: Person) -> Undone:
    """Puts the guests back who were there before, where nobody chose others since."""
    view = View.objects.filter(pk=event.data.get("id")).first()
    if view is None:
        raise NotFound
    if written(view) != event.data["new"]:
        raise ChangedSince
    show_view_to(view, _read(event.data["old"]), by=by, undoes=event)
    return Undone(1)


def _written(guests: Iterable[Guest]) -> list[dict[str, Any]]:
    chosen = {("person" if isinstance(each, Person) else "team", each.pk): may for each, may in guests}
    return [{kind: key, "may_change": bool(may)} for (kind, key), may in sorted(chosen.items())]


def _columns(kept: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for each in kept:
        yield {"person_id": each.get("person"), "team_id": each.get("team"), "may_change": each["may_change"]}


def _read(kept: Iterable[dict[str, Any]]) -> list[Guest]:
    """Those of them who are still there."""
    found: list[Guest] = []
    for each in kept:
        model: Any = Person if "person" in each else Team
        guest = model.objects.filter(pk=each.get("person", each.get("team"))).first()
        if guest is not None:
            found.append((guest, each["may_change"]))
    return found
