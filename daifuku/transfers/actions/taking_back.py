"""Undo of a whole import, in short transactions and resumable: new records to the trash, changed ones as they were."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.records import actions
from daifuku.records.actions.many import Batches
from daifuku.records.actions.rows import RowChange
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.undoing import was_undone
from daifuku.staff.models import Person
from daifuku.transfers.models import Import
from daifuku.transfers.progress import Progress


def begin_undo(imported: Import, *, by: Person) -> Import:
    """Marks it, so that nobody begins a second time. Call inside `writing()`. Raises Conflict."""
    event = imported.event
    if event is None or not imported.may_be_undone or was_undone(event):
        raise Conflict(_("この取り込みは元に戻せません。"), code="cannot_undo")
    states = [Import.State.DONE, Import.State.CANCELLED, Import.State.FAILED]
    if not Import.objects.filter(pk=imported.pk, state__in=states).update(state=Import.State.UNDOING):
        raise Conflict(_("この取り込みはすでに元に戻されています。"), code="already_undone")
    imported.state = Import.State.UNDOING
    return imported


def take_back(imported: Import, *, by: Person, progress: Progress) -> dict[str, int]:
    """Returns how many records were taken back and how many were kept because somebody worked with them since."""
    event = imported.event
    if event is None or imported.state != Import.State.UNDOING:
        return {}
    created = _keys_of(event, imported.object, "created")
    edited = _edits(event, imported.object)
    progress.expect(len(created) + edited.count())
    with through("job", cause=event), vocabulary.steady():
        done, kept = _trash(imported.object, created, by, progress)
        for batch in Batches(edited.values_list("pk", flat=True)):
            put_back, left = _put_back(imported.object, batch, by, progress)
            done, kept = done + put_back, kept + left
    result = {"undone": done, "kept": kept}
    with ledger.writing():
        ledger.record("ledger.undone", by=by, data={"done": done, "kept": kept}, undoes=event)
        imported.state, imported.counts = Import.State.UNDONE, imported.counts | result
        imported.save(update_fields=["state", "counts"])
    return result


def undone_elsewhere(event: Event) -> None:
    """Its line is taken back from a timeline or by the API: the state says so, and no second undo begins."""
    imported = _import_of(event)
    if imported is not None:
        begin_undo(imported, by=imported.by)
        Import.objects.filter(pk=imported.pk).update(state=Import.State.UNDONE)


def count_elsewhere(event: Event, undone: Undone) -> None:
    imported = _import_of(event)
    if imported is not None:
        imported.counts |= {"undone": undone.done, "kept": len(undone.kept)}
        with ledger.writing():
            imported.save(update_fields=["counts"])


def _import_of(event: Event) -> Import | None:
    if not event.kind.endswith(".imported"):
        return None
    found: Import | None = Import.objects.select_related("event", "by").filter(event=event).first()
    return found


def _keys_of(event: Event, object_key: str, what: str) -> list[int]:
    lines = Event.objects.filter(cause=event, kind=registry.get(object_key).event(what), undoes__isnull=True)
    subjects = Subject.objects.filter(event__in=lines.values("pk"), role=Subject.MAIN, object=object_key)
    return list(subjects.order_by("record_id").values_list("record_id", flat=True))


def _edits(event: Event, object_key: str) -> Any:
    """The changes that are not taken back yet, the last first."""
    kind = registry.get(object_key).event("edited")
    lines = Event.objects.filter(cause=event, kind=kind, undoes__isnull=True, undone_by__isnull=True)
    return lines.order_by("-pk")


def _trash(object_key: str, keys: list[int], by: Person, progress: Progress) -> tuple[int, int]:
    """What somebody has worked with since stays."""
    model = registry.get(object_key).model
    rows = model.objects.unrestricted(reason="undo of what made them")
    touched = set(
        rows.filter(pk__in=keys, version__gt=1, trashed_at__isnull=True).values_list("pk", flat=True)
    )
    outcome = actions.trash_many(
        object_key, [key for key in keys if key not in touched], by=by, told=progress.advance
    )
    return outcome.done + outcome.unchanged, len(touched) + len(outcome.refused)


def _put_back(object_key: str, lines: Sequence[int], by: Person, progress: Progress) -> tuple[int, int]:
    fields = vocabulary.fields_of(object_key)
    events = list(Event.objects.filter(pk__in=lines).order_by("-pk").prefetch_related("subjects"))
    keys = {event.pk: event.subjects.all()[0].record_id for event in events}
    records = registry.get(object_key).model.plain.in_bulk(list(keys.values()))
    changes = []
    for event in events:
        record = records.get(keys[event.pk])
        if record is None:
            continue
        back = {
            key: fields[key].type.from_json(old)
            for key, (old, new) in event.changes.items()
            if key in fields and fields[key].json(record) == new
        }
        if back:
            changes.append(RowChange(record.pk, back, undoes=event))
    results = actions.change_rows(
        object_key, changes, by=by, inside=lambda _results: progress.advance(len(events))
    )
    done = sum(not isinstance(result, DomainError) for result in results)
    return done, len(events) - done
