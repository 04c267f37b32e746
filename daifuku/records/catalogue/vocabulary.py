"""The fields of an object as they are now: the standard ones, with the administrator's choices, and his own.

Every process keeps a copy; a number in the database, read once a request, tells it when to read the vocabulary anew, so
a new field works everywhere at once without a restart.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock

from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Option, build
from daifuku.records.catalogue.types.choice import Choice
from daifuku.records.models import CatalogueVersion, CustomField, ObjectName
from daifuku.records.models import Choice as ChoiceRow
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Vocabulary:
    """The fields of every object by key, and what this firm calls the objects."""

    fields: dict[str, dict[str, Field]]
    names: dict[str, Option]


_lock = Lock()
_known: tuple[int, Vocabulary] | None = None
_steady: ContextVar[list[Vocabulary] | None] = ContextVar("records_vocabulary", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Inside, the vocabulary is looked up at most once: for one request, one job step."""
    token = _steady.set([])
    try:
        yield
    finally:
        _steady.reset(token)


def fields_of(object_key: str) -> dict[str, Field]:
    """All fields of the object by key, in order."""
    return _now().fields[object_key]


def name_of(object_key: str) -> str | None:
    """What this firm calls these records, where it has a name of its own for them."""
    option = _now().names.get(object_key)
    return option.name if option else None


def sections_of(object_key: str) -> list[tuple[str, str]]:
    """The sections of the object's page in order, key and name: the shipped ones and those of fields of one's own."""
    shipped = [(key, str(label)) for key, label in registry.get(object_key).sections]
    known = {key for key, _name in shipped}
    own = dict.fromkeys(
        field.section for field in fields_of(object_key).values() if field.section not in known
    )
    return [*shipped, *((key, key) for key in own)]


def fields_for(viewer: Viewer, object_key: str) -> dict[str, Field]:
    """Those that this person may see."""
    hidden = viewer.hidden_fields(object_key)
    roles = {role.key for role in viewer.roles}
    return {
        key: field
        for key, field in fields_of(object_key).items()
        if key not in hidden and not (field.hidden_from_roles and roles <= set(field.hidden_from_roles))
    }


def editable_for(viewer: Viewer, object_key: str) -> dict[str, Field]:
    """Those that this person may change."""
    return {
        key: field
        for key, field in fields_for(viewer, object_key).items()
        if field.editable and not viewer.field_rule(object_key, key)
    }


def changed() -> None:
    """Tells every process that the vocabulary is another one; call inside the transaction that changed it."""
    CatalogueVersion.bump()
    held = _steady.get()
    if held:
        held.clear()


def _now() -> Vocabulary:
    held = _steady.get()
    if held is None:
        return _current()
    if not held:
        held.append(_current())
    return held[0]


def _current() -> Vocabulary:
    global _known
    number = CatalogueVersion.read()
    known = _known
    if known is None or known[0] != number:
        with _lock:
            known = _known = (number, _load())
    return known[1]


def _load() -> Vocabulary:
    edited: dict[tuple[str, str], list[Option]] = {}
    for row in ChoiceRow.objects.all():
        option = Option(row.key, row.label, row.colour, row.label_en, row.active)
        edited.setdefault((row.object, row.field), []).append(option)
    own: dict[str, list[Field]] = {}
    for custom in CustomField.objects.filter(retired_at__isnull=True):
        own.setdefault(custom.object, []).append(custom_field(custom))
    fields = {
        object_type.key: {
            field.key: _with_choices(object_type.key, field, edited)
            for field in [*object_type.fields, *own.get(object_type.key, [])]
        }
        for object_type in registry.every()
    }
    names = {
        row.object: Option(row.object, row.label, label_en=row.label_en) for row in ObjectName.objects.all()
    }
    return Vocabulary(fields, names)


def custom_field(row: CustomField) -> Field:
    kind = build(row.type, row.options)
    return Field(
        key=row.key, label=Option(row.key, row.label, label_en=row.label_en), type=kind, section=row.section,
        required=row.required, help=row.help, default=row.default, custom=True, sortable=row.type != "address",
        indexed=row.index_state == CustomField.IndexState.READY, hidden_from_roles=tuple(row.hidden_from_roles),
        personal=True,
    )  # fmt: skip


def _with_choices(object_key: str, field: Field, edited: dict[tuple[str, str], list[Option]]) -> Field:
    if not isinstance(field.type, Choice):
        return field
    rows = edited.get((object_key, field.key), [])
    replaced = {option.key for option in rows}
    kept = [option for option in field.type.options if option.key not in replaced]
    return replace(field, type=field.type.with_options((*rows, *kept)))
