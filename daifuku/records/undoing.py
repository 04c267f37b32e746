"""Takes back what a ledger line says was done; each kind of line knows how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, DomainError, Forbidden, NotFound
from daifuku.ledger import kinds
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.records.actions.editing import edit
from daifuku.records.actions.many import restore_many, trash_many
from daifuku.records.actions.trashing import restore, trash
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

Told = Callable[[int], None]
_taking_back: ContextVar[bool] = ContextVar("records_taking_back", default=False)


@dataclass(frozen=True)
class InTwoSteps:
    """An undo that may take long. `begin(event, by)` writes the line that undoes `event`, with whatever must happen at
    once; `go_on(event, line, by, told)` does the rest, and after a kill only what is left of it."""

    begin: Callable[[Event, Person], Event]
    go_on: Callable[[Event, Event, Person, Told], Undone]

    def __call__(self, event: Event, by: Person) -> Undone:
        return self.go_on(event, self.begin(event, by), by, lambda done: None)


@dataclass(frozen=True)
class Beside:
    """What an area above keeps about a line. `begun(event)` is called in the transaction that says it was undone, and
    raises Conflict where it must not be; `done(event, undone)` when all of it was taken back."""

    begun: Callable[[Event], None]
    done: Callable[[Event, Undone], None]


beside: list[Beside] = []


def say_undone(event: Event, by: Person) -> Event:
    """Raises Forbidden for whoever may change no such record: he would undo nothing, and nobody else could then."""
    objects = {object_type.key for object_type in registry.every()}
    object_key, viewer = event.kind.partition(".")[0], viewer_of(by)
    if object_key in objects and not any(viewer.may(object_key, action) for action in ("edit", "delete")):
        raise Forbidden
    with ledger.writing():
        for each in beside:
            each.begun(event)
        return ledger.record("ledger.undone", by=by, undoes=event)


def may_be_undone(event: Event) -> bool:
    return kinds.get(event.kind).undo is not None and not event.erased and not was_undone(event)


def was_undone(event: Event) -> bool:
    return Event.objects.filter(undoes=event).exists()


def check(event: Event) -> None:
    """Raises Conflict if the line was undone before or cannot be undone."""
    if kinds.get(event.kind).undo is None or event.erased:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    if was_undone(event):
        raise Conflict(_("この操作はすでに元に戻されています。"), code="already_undone")


def taking_back() -> bool:
    """Whether what is written now puts back what was: rules about ways from one state to another do not count then."""
    return _taking_back.get()


@contextmanager
def put_back() -> Iterator[None]:
    token = _taking_back.set(True)
    try:
        yield
    finally:
        _taking_back.reset(token)


def undo(event: Event, *, by: Person) -> Undone:
    """Takes the line back as `by`, with `by`'s rights. Raises Conflict if that was done before or cannot be done."""
    check(event)
    how = kinds.get(event.kind).undo
    assert how is not None
    with through(cause=event), put_back():
        return how(event, by)


def subject_of(event: Event) -> Any:
    """The record that the line is about."""
    subject = event.subjects.filter(role=Subject.MAIN).first()
    if subject is None:
        raise NotFound
    record = registry.get(subject.object).model.plain.filter(pk=subject.record_id).first()
    if record is None:
        raise NotFound
    return record


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts the old values back where the new ones still stand; what somebody changed since then stays.

    So does, without being named, what this person may not change.
    """
    record = subject_of(event)
    known = vocabulary.fields_of(record.object_key)
    fields = vocabulary.editable_for(viewer_of(by), record.object_key)
    back, changed_since = {}, []
    for key in [key for key in event.changes if key in fields and not fields[key].momentary]:
        old, new = event.changes[key]
        if fields[key].json(record) == new:
            back[key] = fields[key].type.from_json(old)
        else:
            changed_since.append(fields[key].name)
    left = [(record.pk, "") for key in event.changes if key in known and key not in fields]
    if not back and not changed_since:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    if not back:
        raise ChangedSince(
            _("その後に変更されているため、元に戻せません: %(fields)s")
            % {"fields": str(_("、")).join(changed_since)}
        )
    edit(record, back, by=by, undoes=event)
    return Undone(1, [(record.pk, name) for name in changed_since] + left)


def undo_created(event: Event, by: Person) -> Undone:
    """The record goes to the trash, and what was registered along with it, unless somebody has worked with that."""
    result = Undone(1)
    along = Event.objects.filter(cause=event, kind__in=_kinds("created"), undone_by__isnull=True)
    with ledger.writing():
        _undo_created(along, by, result, lambda done: None)
        trash(subject_of(event), by=by, undoes=event)
    return result


def undo_trashed(event: Event, by: Person) -> Undone:
    """The record comes back, and so does what went along with it when its registration was taken back."""
    result = Undone(1)
    with ledger.writing():
        _undo_trashed(_along(event, "trashed"), by, result, lambda done: None)
        restore(subject_of(event), by=by, undoes=event)
    return result


def undo_restored(event: Event, by: Person) -> Undone:
    """The record goes again, and so does what came back along with it, unless somebody has worked with that."""
    result = Undone(1)
    with ledger.writing():
        for object_key, keys in _by_object(_along(event, "restored")).items():
            rows = registry.get(object_key).model.objects.unrestricted(
                reason="undo of what brought them back"
            )
            untouched = rows.filter(pk__in=keys, updated_at__lte=event.at)
            outcome = trash_many(object_key, list(untouched.values_list("pk", flat=True)), by=by)
            result.done += outcome.done
        trash(subject_of(event), by=by, undoes=event)
    return result


def _along(event: Event, what: str) -> Any:
    """The lines about other records that were written together with this one when something was taken back."""
    if event.undoes_id is None:
        return Event.objects.none()
    lines = Event.objects.filter(cause=event.undoes_id, kind__in=_kinds(what), undone_by__isnull=True)
    return lines.exclude(pk=event.pk)


def take_back_effects(event: Event, line: Event, by: Person, told: Told) -> Undone:
    """Takes back every line that `event` caused, the last first: an import, a bulk edit.

    What is done bears `line` as its cause, so a second attempt finds only what the first has left.
    """
    result = Undone()
    effects = Event.objects.filter(cause=event, undoes__isnull=True, undone_by__isnull=True).order_by("-id")
    created, trashed = _kinds("created"), _kinds("trashed")
    with through(cause=line), put_back():
        _undo_created(effects.filter(kind__in=created), by, result, told)
        _undo_trashed(effects.filter(kind__in=trashed), by, result, told)
        others = effects.exclude(kind__in=[*created, *trashed])
        for key in list(others.values_list("pk", flat=True)):
            _undo_one(Event.objects.get(pk=key), by, result)
            told(1)
    for each in beside:
        each.done(event, result)
    return result


undo_effects = InTwoSteps(say_undone, take_back_effects)


def _kinds(what: str) -> list[str]:
    return [object_type.event(what) for object_type in registry.every()]


def _undo_one(effect: Event, by: Person, result: Undone) -> None:
    how = kinds.get(effect.kind).undo
    if how is None or effect.erased:
        return
    try:
        how(effect, by)
        result.done += 1
    except DomainError as error:
        result.kept.append((effect.pk, error.message))


def _undo_created(effects: Any, by: Person, result: Undone, told: Told) -> None:
    """New records go to the trash, unless somebody has worked with them since."""
    for object_key, keys in _by_object(effects).items():
        model = registry.get(object_key).model
        touched = set(
            model.objects.unrestricted(reason="undo of what made them")
            .filter(pk__in=keys, version__gt=1, trashed_at__isnull=True)
            .values_list("pk", flat=True)
        )
        outcome = trash_many(object_key, [key for key in keys if key not in touched], by=by, told=told)
        result.done += outcome.done
        result.kept += [(key, str(_("その後に変更されています"))) for key in sorted(touched)]
        result.kept += [(key, error.message) for key, error in outcome.refused]


def _undo_trashed(effects: Any, by: Person, result: Undone, told: Told) -> None:
    for object_key, keys in _by_object(effects).items():
        outcome = restore_many(object_key, keys, by=by, told=told)
        result.done += outcome.done
        result.kept += [(key, error.message) for key, error in outcome.refused]


def _by_object(effects: Any) -> dict[str, list[int]]:
    rows = Subject.objects.filter(event__in=effects.values("pk"), role=Subject.MAIN)
    found: dict[str, list[int]] = {}
    for object_key, key in rows.order_by("record_id").values_list("object", "record_id"):
        found.setdefault(object_key, []).append(key)
    return found
