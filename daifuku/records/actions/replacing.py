"""A choice replaced by another one, or taken away, in every record that has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, Exact
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, NotFound
from daifuku.foundation.sql import JsonText
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.choices import choice_field
from daifuku.records.actions.editing import Changes
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Members, MultiChoice
from daifuku.records.rewriting import (
    AT_ONCE,
    Change,
    Told,
    effects_on,
    keys_of,
    nobody_asks,
    rewrite,
    touched_by,
)  # fmt: skip
from daifuku.records.undoing import InTwoSteps, say_undone
from daifuku.staff.models import Person


def count_choice(object_key: str, field_key: str, key: str) -> int:
    """How many records have this choice, those in the trash included."""
    return int(
        registry.get(object_key).model.plain.filter(_having(choice_field(object_key, field_key), key)).count()
    )


def replace_choice(object_key: str, field_key: str, old: str, new: str, *, by: Person) -> tuple[Event, int]:
    """Gives every record that has `old` the choice `new` instead ("" takes it away); many in a job.

    Returns the line by which all of it can be undone, and how many records there are. Raises NotFound, Conflict.
    """
    need_settings(by)
    field = choice_field(object_key, field_key)
    options = {option.key: option for option in field.type.options}  # type: ignore[attr-defined]
    if old not in options or (new and new not in options):
        raise NotFound
    if old == new:
        raise Conflict(_("別の選択肢を選んでください。"), code="same_choice", field="new")
    count = count_choice(object_key, field_key, old)
    with ledger.writing():
        cause = ledger.record(
            "choices.replaced", by=by,
            data={
                "object": object_key, "field": field_key, "old": old, "new": new, "count": count,
                "name": f"{options[old].name} → {options[new].name if new else '—'}",
            },
        )  # fmt: skip
        if count > AT_ONCE:
            title = _("選択肢の置き換え: %(name)s") % {"name": cause.data["name"]}
            queue.enqueue("records.replace_choice", {"event": cause.pk}, by=by, title=title)
    if count <= AT_ONCE:
        _replace(cause, by)
    return cause, count


def run(running: Any) -> None:
    """The job: what is replaced is found no more, so a second attempt goes on where the first ended."""
    cause = Event.objects.get(pk=running.payload["event"])
    running.expect(cause.data["count"])
    running.result["event"] = cause.pk
    running.result["done"] = _replace(cause, running.by, running.advance)


def take_back(event: Event, line: Event, by: Person, told: Told) -> Undone:
    """Gives the records that were changed the old choice back, where nobody has changed it since."""
    need_settings(by)
    object_key, field = event.data["object"], choice_field(event.data["object"], event.data["field"])
    keys = list(keys_of(object_key, touched_by(event, object_key)))
    back: set[int] = set()

    def change_for(batch: Sequence[int]) -> Change:
        effects = effects_on(event, object_key, batch)

        def change(record: Any) -> Changes:
            old, new = effects[record.pk][field.key]
            if field.json(record) != new:
                return {}
            back.add(record.pk)
            return _put(field, record, field.type.from_json(old))

        return change

    rewrite(field, object_key, iter(keys), change_for, by=by, cause=line, told=told)
    return Undone(len(back), [(key, str(_("その後に変更されています"))) for key in keys if key not in back])


def begin_undo(event: Event, by: Person) -> Event:
    need_settings(by)
    return say_undone(event, by)


undo_replaced = InTwoSteps(begin_undo, take_back)


def _replace(cause: Event, by: Person | None, told: Told = nobody_asks) -> int:
    data = cause.data
    field = choice_field(data["object"], data["field"])

    def change(record: Any) -> Changes:
        now = field.get(record)
        if isinstance(field.type, MultiChoice):
            kept = [data["new"] if key == data["old"] else key for key in now]
            return _put(field, record, list(dict.fromkeys(key for key in kept if key)))
        if isinstance(field.type, Members):
            return _put(field, record, field.type.with_role(now, data["old"], data["new"]))
        return _put(field, record, data["new"]) if now == data["old"] else {}

    keys = keys_of(data["object"], _having(field, data["old"]))
    return rewrite(field, data["object"], keys, lambda batch: change, by=by, cause=cause, told=told)


def _put(field: Field, record: Any, value: Any) -> Changes:
    old = field.json(record)
    field.put(record, value)
    new = field.json(record)
    return {} if old == new else {field.key: [old, new]}


def _having(field: Field, key: str) -> Q:
    """Choices are kept as keys, which hold no quotes: a list that has one has it in quotes."""
    if isinstance(field.type, Members):
        return Q(Contains(Cast(F(field.attribute), TextField()), f'"role": "{key}"'))
    if not isinstance(field.type, MultiChoice):
        return Q(Exact(field.expression, key))
    source = JsonText(F("custom"), field.key) if field.custom else Cast(F(field.attribute), TextField())
    return Q(Contains(source, f'"{key}"'))
