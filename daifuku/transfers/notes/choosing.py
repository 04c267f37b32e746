"""The person says to which record notes belong, or puts them aside."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_by_uid
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.reading.nature import ENEX

State = ImportedNote.State
ASSIGNABLE = (State.WAITING, State.ASIDE, State.REFUSED, State.KNOWN)
NOTES_AT_ONCE = 1000


def require_own(imported: Import, by: Person) -> None:
    """What people noted down for themselves nobody else is shown, not even who sets up the program."""
    if imported.form != ENEX or imported.by_id != by.pk:
        raise NotFound


def require_still(imported: Import) -> None:
    """Raises Conflict while it works, and when it was taken back."""
    if imported.working or imported.state == Import.State.UNDONE:
        raise Conflict(
            _("今は変更できません。取り込みが終わってから、もう一度お試しください。"), code="working"
        )


def record_named(object_key: str, uid: uuid.UUID | None, viewer: Viewer) -> Any:
    """Raises NotFound for what this person may not see."""
    known = {each.key for each in registry.known_to(viewer)}
    found = seen_by_uid(registry.get(object_key).model, uid, viewer) if uid and object_key in known else None
    if found is None:
        raise NotFound
    return found


def assign(imported: Import, numbers: Sequence[int], record: Any | None, *, by: Person) -> int:
    """Gives the notes to the record, or with None puts them aside; what is in already stays. Returns how many."""
    require_own(imported, by)
    require_still(imported)
    if len(numbers) > NOTES_AT_ONCE:
        raise Invalid([FieldProblem("notes", _("一度に選べるのは1000件までです。"), code="too_many")])
    where: dict[str, Any] = {"object": "", "record_id": None, "state": State.ASIDE, "reason": ""}
    if record is not None:
        where |= {"object": record.object_key, "record_id": record.pk, "state": State.WAITING}
    there = [number for number in numbers if 0 < number <= imported.rows]
    with ledger.writing():
        rows = assignable(imported).filter(number__in=there)
        return int(rows.update(**where))


def assignable(imported: Import) -> Any:
    """A note that is too large cannot be taken in, wherever it goes."""
    return imported.notes.filter(state__in=ASSIGNABLE).exclude(state=State.REFUSED, object="")


def standing(imported: Import) -> dict[str, int]:
    """How many notes stand how; states without any are 0."""
    counted = dict(imported.notes.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in State.values}


def choose_tags(imported: Import, wanted: bool, *, by: Person) -> None:
    require_own(imported, by)
    if imported.with_tags != wanted:
        with ledger.writing():
            imported.with_tags = wanted
            imported.save(update_fields=["with_tags"])


def known_before(notes: Iterable[ImportedNote]) -> set[tuple[str, str, int]]:
    """Which of the notes are on the record that they shall go to, out of this file or another."""
    digests = {note.digest for note in notes}
    rows = ImportedNote.objects.filter(digest__in=digests, state=State.DONE)
    return {(row.digest, row.object, row.record_id) for row in rows if row.record_id is not None}
