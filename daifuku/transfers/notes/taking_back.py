"""Undo of an import of notes: comments and files go as they came, line by line, and after a kill only what is left."""

from __future__ import annotations

from typing import Any

from daifuku.foundation.errors import DomainError
from daifuku.ledger import kinds
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.models import Attachment, Comment, Tagging
from daifuku.staff.models import Person
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.notes.running import BEGUN
from daifuku.transfers.progress import Progress

OWN = ("comment.written", "file.added", "tag.put")
NEW_TAGS = "tag.edited"
State = ImportedNote.State


def take_back(imported: Import, *, by: Person, progress: Progress) -> dict[str, int]:
    """Returns how many comments, files and tags went, and how many stay because somebody changed them since."""
    event = imported.event
    if event is None or imported.state != Import.State.UNDOING:
        return {}
    done = kept = 0
    lines = _lines(event).filter(kind__in=OWN).order_by("-pk")
    progress.expect(lines.count())
    with through("job", cause=event):
        for key in list(lines.values_list("pk", flat=True)):
            line = Event.objects.get(pk=key)
            if not _touched(line) and _undo(line, by):
                done += 1
            else:
                kept += 1
            with ledger.writing():
                progress.advance(1)
        for line in _lines(event).filter(kind=NEW_TAGS):
            if not Tagging.objects.filter(tag_id=line.data.get("tag")).exists():
                _undo(line, by)
    result = {"undone": done, "kept": kept}
    with ledger.writing():
        ledger.record("ledger.undone", by=by, data={"done": done, "kept": kept}, undoes=event)
        imported.state, imported.counts = Import.State.UNDONE, imported.counts | result
        imported.save(update_fields=["state", "counts"])
        forget_marks(imported)
    return result


def forget_marks(imported: Import) -> None:
    """The same notes may come in again."""
    imported.notes.filter(state__in=(State.PART, State.DONE)).update(state=State.UNDONE)


def undone_elsewhere(event: Event, undone: Undone) -> None:
    """Its line was taken back from a timeline or by the API."""
    if event.kind == BEGUN:
        for imported in Import.objects.filter(event=event):
            with ledger.writing():
                forget_marks(imported)


def forget_person(record: Any, by: Person) -> None:
    """Of somebody who is erased the list of notes tells nothing either."""
    rows = ImportedNote.objects.filter(object=record.object_key, record_id=record.pk)
    rows.update(title="", excerpt="", tags=[], written_at=None)


def _lines(event: Event) -> Any:
    return Event.objects.filter(cause=event, undoes__isnull=True, undone_by__isnull=True)


def _undo(line: Event, by: Person) -> bool:
    how = kinds.get(line.kind).undo
    if how is None or line.erased:
        return False
    try:
        how(line, by)
    except DomainError:
        return False
    return True


def _touched(line: Event) -> bool:
    """What somebody has changed since stays."""
    if line.kind == "comment.written":
        return bool(
            Comment.objects.filter(pk=line.data["comment"], version__gt=1, removed_at__isnull=True).exists()
        )
    if line.kind == "file.added":
        found = Attachment.objects.filter(pk=line.data["attachment"]).first()
        return found is not None and found.versions.count() > 1
    return False
