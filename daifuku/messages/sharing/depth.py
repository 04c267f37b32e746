"""The content of a line for whoever is told more than the headline: only fields and records that he may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from daifuku.ledger.models import Event
from daifuku.messages.sharing.seeing import Sight
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.showing import hidden_name

LONGEST_VALUE, MOST_LINES = 600, 20
CUSTOMERS = ("account", "lead")
KEEPING = "keeping"
# How long it took is said by nobody who tells of a talk.
CLOCK = frozenset({"ended_at", "minutes", "entered_at"})


def linked_records(event: Event, object_key: str) -> dict[tuple[str, int], Any]:
    """The records that a line names among its values; a question for each kind of them."""
    wanted: dict[str, set[int]] = {}
    fields = vocabulary.fields_of(object_key)
    for key, values in event.changes.items():
        known = fields.get(key)
        if known is not None and isinstance(known.type, RecordLink):
            for value in values:
                if isinstance(value, dict) and "id" in value:
                    wanted.setdefault(known.type.target, set()).add(value["id"])
    return {
        (target, record.pk): record
        for target, keys in wanted.items()
        for record in registry.get(target).model.plain.filter(pk__in=keys)
    }


def details(event: Event, record: Any, linked: dict[tuple[str, int], Any], sight: Sight, person: int) -> str:
    """A line for each value that is new, and what was written."""
    lines = list(_changed(event, record, linked, sight, person))
    said = event.data.get("text") if event.kind.startswith("comment.") else None
    if said:
        lines.append(str(said)[:LONGEST_VALUE])
    return "\n".join(lines[:MOST_LINES])


def _changed(
    event: Event, record: Any, linked: dict[tuple[str, int], Any], sight: Sight, person: int
) -> Iterable[str]:
    fields = vocabulary.fields_for(sight.viewer(person), record.object_key)
    edited = event.kind.endswith(".edited")
    for key, (old, new) in event.changes.items():
        if key not in fields or not _worth_telling(fields[key], record, edited=edited):
            continue
        before, after = (_words(fields[key], value, linked, sight, person) for value in (old, new))
        if edited:
            yield f"{fields[key].name}: {before or '—'} → {after or '—'}"
        elif after:
            yield f"{fields[key].name}: {after}"


def _worth_telling(known: Field, record: Any, *, edited: bool) -> bool:
    """Of a new record not what its headline says (its name, the customer), nor when and by whom it was written down."""
    if not known.editable:
        return False
    if edited:
        return True
    said = known.key == registry.of(record).lookup or known.key in CUSTOMERS
    return not said and known.section != KEEPING and known.key not in CLOCK


def _words(known: Field, value: Any, linked: dict[tuple[str, int], Any], sight: Sight, person: int) -> str:
    if value is None:
        return ""
    if isinstance(value, dict) and "label" in value:
        if not isinstance(known.type, RecordLink):
            return str(value["label"])
        other = linked.get((known.type.target, value["id"]))
        seen = other is not None and sight.sees(person, other)
        return str(other) if seen else hidden_name(known.type.target)
    try:
        return known.type.display(known.type.from_json(value))[:LONGEST_VALUE]
    except (ValueError, TypeError, KeyError, AttributeError):
        return str(value)[:LONGEST_VALUE]
