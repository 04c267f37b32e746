"""A person's own marks: follow a record, keep it among the favourites, remember what was looked at last.

These change nothing that others see, so they have no line in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from daifuku.foundation import behind
from daifuku.foundation.errors import NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.catalogue import registry
from daifuku.records.models import Mark
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

REMEMBERED = 50


def follow(record: Any, *, by: Person) -> None:
    """From now on this person is told what happens with the record. Raises NotFound."""
    _put(record, Mark.Kind.FOLLOW, by)


def unfollow(record: Any, *, by: Person) -> None:
    _take(record, Mark.Kind.FOLLOW, by)


def add_favourite(record: Any, *, by: Person) -> None:
    """Raises NotFound."""
    _put(record, Mark.Kind.FAVOURITE, by)


def remove_favourite(record: Any, *, by: Person) -> None:
    _take(record, Mark.Kind.FAVOURITE, by)


def saw(record: Any, *, by: Person) -> None:
    """Puts the record at the head of what this person looked at last, behind the answer; never one from the trash."""
    if record.trashed_at is not None:
        return
    work = partial(_write_seen, by.pk, record.object_key, record.pk, moment())
    behind.later(("seen", by.pk, record.object_key, record.pk), work)


def _write_seen(person_id: int, object_key: str, record_id: int, at: datetime) -> None:
    mark = Mark(person_id=person_id, kind=Mark.Kind.SEEN, object=object_key, record_id=record_id, at=at)
    with ledger.writing():
        Mark.objects.bulk_create(
            [mark], update_conflicts=True, update_fields=["at"],
            unique_fields=["person_id", "kind", "object", "record_id"],
        )  # fmt: skip


def forget_old_looks() -> None:
    """Every night: what a person looked at before the last fifty."""
    seen = Mark.objects.filter(kind=Mark.Kind.SEEN)
    for person in seen.values_list("person_id", flat=True).distinct():
        with ledger.writing():
            kept = seen.filter(person_id=person).order_by("-at").values_list("pk", flat=True)[:REMEMBERED]
            seen.filter(person_id=person).exclude(pk__in=list(kept)).delete()


def marks_on(record: Any, person: Person) -> set[str]:
    """Which marks of this person the record has."""
    rows = Mark.objects.filter(person=person, object=record.object_key, record_id=record.pk)
    return set(rows.values_list("kind", flat=True))


def marks_about(record: Any) -> QuerySet[Mark]:
    """Who follows the record and whose favourite it is, the first first."""
    about = Mark.objects.filter(object=record.object_key, record_id=record.pk)
    return about.exclude(kind=Mark.Kind.SEEN).select_related("person").order_by("at")


def followers_of(record: Any) -> list[Person]:
    marks = Mark.objects.filter(
        kind=Mark.Kind.FOLLOW, object=record.object_key, record_id=record.pk, person__is_active=True
    )
    return [mark.person for mark in marks.select_related("person").order_by("at")]


def marked(viewer: Viewer, kind: str, limit: int = 10) -> list[Any]:
    """The records with this mark of the person, the latest first; what he may no longer see is left out."""
    marks = list(Mark.objects.filter(person_id=viewer.pk, kind=kind).order_by("-at")[: limit * 2])
    found = _records(viewer, ((mark.object, mark.record_id) for mark in marks))
    rows = [found[mark.object, mark.record_id] for mark in marks if (mark.object, mark.record_id) in found]
    return rows[:limit]


def _records(viewer: Viewer, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    by_object: dict[str, list[int]] = {}
    for object_key, key in wanted:
        by_object.setdefault(object_key, []).append(key)
    known = {object_type.key: object_type.model for object_type in registry.every()}
    return {
        (object_key, record.pk): record
        for object_key, keys in by_object.items()
        if object_key in known
        for record in known[object_key].objects.visible_to(viewer).filter(pk__in=keys)
    }


def _put(record: Any, kind: str, by: Person) -> None:
    _need_sight(record, by)
    with ledger.writing():
        Mark.objects.get_or_create(person=by, kind=kind, object=record.object_key, record_id=record.pk)


def _take(record: Any, kind: str, by: Person) -> None:
    with ledger.writing():
        Mark.objects.filter(person=by, kind=kind, object=record.object_key, record_id=record.pk).delete()


def _need_sight(record: Any, by: Person) -> None:
    if record.trashed_at is not None or not sees(viewer_of(by), record, "view"):
        raise NotFound
