"""What verbs about two records share that look alike: who may say something of them, which two a line is about, and the
line itself."""

from __future__ import annotations

from typing import Any

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event, Subject
from daifuku.ledger.writing import About
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def need_both(one: Any, other: Any, *, by: Person) -> None:
    """Whoever sees both and may change one of them. Raises NotFound, Forbidden."""
    viewer = viewer_of(by)
    if not all(each.trashed_at is None and sees(viewer, each, "view") for each in (one, other)):
        raise NotFound
    if not any(sees(viewer, each, "edit") for each in (one, other)):
        raise Forbidden


def both_of(event: Event, by: Person) -> tuple[Any, Any]:
    """The two of a line of `note`, also where one of them went into another record since. Raises NotFound."""
    viewer = viewer_of(by)
    found = [
        registry.get(each.object).model.plain.filter(pk=each.record_id).first()
        for each in event.subjects.exclude(role=Subject.MERGED).order_by("role")[:2]
    ]
    if len(found) < 2 or not all(each is not None and sees(viewer, each, "view") for each in found):
        raise NotFound
    return found[0], found[1]


def note(what: str, one: Any, other: Any, reason: str, *, by: Person, undoes: Event | None) -> None:
    """A line of the first, with the second beside it."""
    about = [About(one.object_key, one.pk), About(other.object_key, other.pk, "related")]
    data = {"reason": reason, "names": [str(one), str(other)]}
    ledger.record(f"{one.object_key}.{what}", by=by, about=about, data=data, undoes=undoes)
