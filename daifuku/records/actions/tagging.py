"""Tags: put on records and taken off, one or many; named, coloured and merged by whoever edits the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text, fold
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About, Line
from daifuku.records.actions.editing import locked
from daifuku.records.actions.many import Batches, Outcome
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.models import Tag, Tagging
from daifuku.records.models.choice import COLOURS
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def tags_of(record: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(
        taggings__object=record.object_key, taggings__record_id=record.pk, retired_at__isnull=True
    )


def offered(person_id: int) -> QuerySet[Tag]:
    """Those that everybody may know of, and those that this person made."""
    return Tag.objects.filter(Q(public=True) | Q(by_id=person_id), retired_at__isnull=True)


def put_tag(record: Any, name: str, *, by: Person, undoes: Event | None = None) -> Tag:
    """Puts the tag on the record; a new name makes a new tag. Raises Invalid, NotFound, Forbidden."""
    with ledger.writing():
        record = locked(record, viewer_of(by), "edit")
        tag = _named(name, by)
        if not Tagging.objects.filter(_on(record), tag=tag).exists():
            Tagging.objects.create(tag=tag, object=record.object_key, record_id=record.pk, by=by, at=moment())
            _publish(tag, [record])
            _tell("tag.put", record, tag, by, undoes)
    return tag


def remove_tag(record: Any, tag: Tag, *, by: Person, undoes: Event | None = None) -> None:
    """Takes the tag off the record; one that is not there stays away. Raises NotFound, Forbidden."""
    with ledger.writing():
        record = locked(record, viewer_of(by), "edit")
        if Tagging.objects.filter(_on(record), tag=tag).delete()[0]:
            _tell("tag.removed", record, tag, by, undoes)


def tag_named(name: str, *, by: Person, colour: str | None = None) -> Tag:
    """The tag of this name, made where there is none, and in this colour, which makes it one for everybody. Raises
    Invalid; Forbidden where an existing one would change its colour and the person may not."""
    with ledger.writing():
        tag = _named(name, by, colour)
        if colour is not None:
            _publish(tag)
        return tag


def publish_tags() -> None:
    """Every night: a tag is offered to everybody once a record that has it is no longer private."""
    for tag in Tag.objects.filter(public=False):
        for object_type in registry.every():
            keys = Tagging.objects.filter(tag=tag, object=object_type.key).values("record_id")
            if object_type.model.plain.filter(pk__in=keys, privacy="", trashed_at__isnull=True).exists():
                with ledger.writing():
                    _publish(tag)
                break


def put_tag_on_many(
    kind: str, keys: Iterable[int], tag: Tag, *, by: Person, told: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Puts the tag on every record of `keys` that this person may edit."""
    return _many(kind, keys, tag, put=True, by=by, told=told)


def remove_tag_from_many(
    kind: str, keys: Iterable[int], tag: Tag, *, by: Person, told: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Takes the tag off every record of `keys` that this person may edit."""
    return _many(kind, keys, tag, put=False, by=by, told=told)


def edit_tag(tag: Tag, *, by: Person, name: str | None = None, colour: str | None = None) -> Tag:
    """Renames or recolours a tag, everywhere at once. Raises Forbidden, Invalid, Conflict (merge them instead)."""
    need_settings(by)
    with ledger.writing():
        tag = _held(tag)
        changes: dict[str, list[Any]] = {}
        if name is not None and (cleaned := _clean(name)) != tag.name:
            if Tag.objects.filter(name_key=_key(cleaned)).exclude(pk=tag.pk).exists():
                raise Conflict(
                    _("「%(name)s」というタグはすでにあります。1つにするには統合してください。")
                    % {"name": cleaned},
                    code="tag_exists", field="name",
                )  # fmt: skip
            changes["name"] = [tag.name, cleaned]
            tag.name, tag.name_key = cleaned, _key(cleaned)
        if colour is not None and colour != tag.colour:
            changes["colour"] = [tag.colour, _checked_colour(colour)]
            tag.colour = colour
        _save(tag, changes, by)
    return tag


def retire_tag(tag: Tag, *, by: Person) -> Tag:
    """Hides the tag everywhere; the records remember it, so that bringing it back brings it back on them."""
    return _set_retired(tag, moment(), by)


def bring_back_tag(tag: Tag, *, by: Person) -> Tag:
    return _set_retired(tag, None, by)


def merge_tags(tag: Tag, into: Tag, *, by: Person) -> Tag:
    """Every record with `tag` gets `into` instead; `tag` is retired. Can be undone."""
    need_settings(by)
    with ledger.writing():
        tag, into = _held(tag), _held(into)
        if tag.pk == into.pk:
            raise Conflict(_("同じタグです。別のタグを選んでください。"), code="same_tag", field="into")
        have = set(Tagging.objects.filter(tag=into).values_list("object", "record_id"))
        rows = list(Tagging.objects.filter(tag=tag))
        moved = [row for row in rows if (row.object, row.record_id) not in have]
        doubled = [row for row in rows if (row.object, row.record_id) in have]
        for part in _parts([row.pk for row in moved]):
            Tagging.objects.filter(pk__in=part).update(tag=into)
        for part in _parts([row.pk for row in doubled]):
            Tagging.objects.filter(pk__in=part).delete()
        if tag.public:
            _publish(into)
        tag.retired_at = moment()
        tag.version += 1
        tag.save()
        ledger.record(
            "tag.merged", by=by, about=[About("tag", tag.pk)],
            data={
                "name": tag.name, "into": into.name, "tag": tag.pk, "into_tag": into.pk,
                "moved": [[row.object, row.record_id] for row in moved],
                "doubled": [[row.object, row.record_id] for row in doubled],
            },
        )  # fmt: skip
    return into


def undo_put(event: Event, by: Person) -> Undone:
    from daifuku.records.undoing import subject_of

    remove_tag(subject_of(event), _of(event), by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    from daifuku.records.undoing import subject_of

    put_tag(subject_of(event), _of(event).name, by=by, undoes=event)
    return Undone(1)


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts name, colour and retirement back as they were before."""
    need_settings(by)
    with ledger.writing():
        tag = _held(_of(event))
        changes = {}
        for key, (old, _new) in event.changes.items():
            if key == "retired":
                changes[key] = [tag.retired_at is not None, old]
                tag.retired_at = moment() if old else None
            else:
                changes[key] = [getattr(tag, key), old]
                setattr(tag, key, old)
        tag.name_key = _key(tag.name)
        if Tag.objects.filter(name_key=tag.name_key).exclude(pk=tag.pk).exists():
            raise Conflict(_("その後、同じ名前のタグが作られています。"), code="tag_exists")
        _save(tag, changes, by, undoes=event)
    return Undone(1)


def undo_merged(event: Event, by: Person) -> Undone:
    """Gives the records that had the merged tag theirs back."""
    need_settings(by)
    with ledger.writing():
        tag = _held(_of(event))
        into = event.data["into_tag"]
        for object_key, key in event.data["moved"]:
            Tagging.objects.filter(tag_id=into, object=object_key, record_id=key).update(tag=tag)
        Tagging.objects.bulk_create(
            [
                Tagging(tag=tag, object=object_key, record_id=key, by=by)
                for object_key, key in event.data["doubled"]
            ],
            ignore_conflicts=True,
        )
        tag.retired_at = None
        _save(tag, {"retired": [True, False]}, by, undoes=event)
    return Undone(1)


def _many(
    kind: str, keys: Iterable[int], tag: Tag, *, put: bool, by: Person, told: Callable[[int], None]
) -> Outcome:
    outcome = Outcome()
    for batch in Batches(keys):
        with ledger.writing():
            _batch(kind, batch, tag, put=put, by=by, outcome=outcome)
            told(len(batch))
    return outcome


def _batch(kind: str, keys: Sequence[int], tag: Tag, *, put: bool, by: Person, outcome: Outcome) -> None:
    object_type, viewer = registry.get(kind), viewer_of(by)
    rows = Tagging.objects.filter(tag=tag, object=kind, record_id__in=keys)
    have, changed = set(rows.values_list("record_id", flat=True)), []
    for record in object_type.model.plain.filter(pk__in=keys, trashed_at__isnull=True).order_by("pk"):
        if not sees(viewer, record, "edit"):
            outcome.refused.append((record.pk, Forbidden()))
        elif (record.pk in have) == put:
            outcome.unchanged += 1
        else:
            changed.append(record)
    if put:
        Tagging.objects.bulk_create(
            Tagging(tag=tag, object=kind, record_id=record.pk, by=by, at=moment()) for record in changed
        )
        _publish(tag, changed)
    else:
        rows.filter(record_id__in=[record.pk for record in changed]).delete()
    what = "tag.put" if put else "tag.removed"
    ledger.record_many([Line(what, about(object_type, r), _data(tag)) for r in changed], by=by)
    outcome.done += len(changed)


def _named(name: str, by: Person, colour: str | None = None) -> Tag:
    """One line, whatever is new about it: undone, a new tag is retired again."""
    cleaned = _clean(name)
    tag = Tag.objects.filter(name_key=_key(cleaned)).first() or Tag(
        name=cleaned, name_key=_key(cleaned), version=0, retired_at=moment(), public=False
    )
    changes: dict[str, list[Any]] = {}
    if colour is not None and colour != tag.colour:
        if tag.pk:
            need_settings(by)
        changes["colour"] = [tag.colour, _checked_colour(colour)]
        tag.colour = colour
    if tag.retired_at is not None:
        changes["retired"] = [True, False]
        tag.retired_at, tag.by = None, by
    _save(tag, changes, by)
    return tag


def _publish(tag: Tag, records: Iterable[Any] | None = None) -> None:
    """Everybody may know of a tag that was put on a record which is not private, and remembers it from then on."""
    if not tag.public and (records is None or any(not record.privacy for record in records)):
        tag.public = True
        tag.save(update_fields=["public"])


def _checked_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Invalid([FieldProblem("colour", _("色を一覧から選んでください。"), code="choice")])
    return colour


def _clean(name: Any) -> str:
    if not isinstance(name, str) or not (cleaned := clean_text(name)):
        raise Invalid([FieldProblem("name", _("タグの名前を入力してください。"), code="required")])
    if len(cleaned) > 40 or len(_key(cleaned)) > 80:
        raise Invalid([FieldProblem("name", _("タグは40文字以内で入力してください。"), code="too_long")])
    return cleaned


def _key(name: str) -> str:
    return fold(name) or name


def _on(record: Any) -> Q:
    return Q(object=record.object_key, record_id=record.pk)


def _data(tag: Tag) -> dict[str, Any]:
    return {"tag": tag.pk, "name": tag.name}


def _tell(kind: str, record: Any, tag: Tag, by: Person, undoes: Event | None) -> None:
    object_type = registry.of(record)
    ledger.record(kind, by=by, about=about(object_type, record), data=_data(tag), undoes=undoes)


def _held(tag: Tag) -> Tag:
    fresh = Tag.objects.select_for_update().filter(pk=tag.pk).first()
    if fresh is None:
        raise NotFound
    return fresh


def _of(event: Event) -> Tag:
    tag = Tag.objects.filter(pk=event.data.get("tag")).first()
    if tag is None:
        raise NotFound
    return tag


def _set_retired(tag: Tag, at: Any, by: Person) -> Tag:
    need_settings(by)
    with ledger.writing():
        tag = _held(tag)
        if (tag.retired_at is None) != (at is None):
            changes = {"retired": [tag.retired_at is not None, at is not None]}
            tag.retired_at = at
            _save(tag, changes, by)
    return tag


def _save(tag: Tag, changes: dict[str, list[Any]], by: Person, undoes: Event | None = None) -> None:
    if not changes and undoes is None:
        return
    tag.version += 1
    tag.save()
    ledger.record(
        "tag.edited",
        by=by,
        about=[About("tag", tag.pk)],
        data=_data(tag) | {"changes": changes},
        undoes=undoes,
    )


def _parts(keys: list[int], size: int = 500) -> Iterable[list[int]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
