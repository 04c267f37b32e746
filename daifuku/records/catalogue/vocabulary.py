"""The fields of an object as they are now: the standard ones, with the administrator's choices, and his own.

Every process keeps a copy; a number in the database, read once a request, tells it when to read the vocabulary anew, so
a new field works everywhere at once without a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock

from daifuku.records.catalogue import arranging, registry
from daifuku.records.catalogue.arranging import Arrangement
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import COMPUTED, Option, build
from daifuku.records.catalogue.types.choice import HasOptions
from daifuku.records.formulas.plan import Plan, planned
from daifuku.records.models import CatalogueVersion, CustomField, Layout, ObjectName
from daifuku.records.models import Choice as ChoiceRow
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Vocabulary:
    """The fields of every object by key, what this firm calls the objects, how their pages are laid out, and what is
    worked out from what. `number` is another one after every change.
    """

    number: int
    fields: dict[str, dict[str, Field]]
    layouts: dict[str, Arrangement]
    names: dict[str, Option]
    plan: Plan


# (object, field) -> where its choices come from: areas above that keep them themselves fill it from `apps.ready()`, and
# call `changed()` when they are others.
sources: dict[tuple[str, str], Callable[[], list[Option]]] = {}
_lock = Lock()
_known: Vocabulary | None = None
_steady: ContextVar[list[Vocabulary] | None] = ContextVar("records_vocabulary", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Inside, the vocabulary is looked up at most once: for one request, one job step."""
    token = _steady.set([])
    try:
        yield
    finally:
        _steady.reset(token)


def number() -> int:
    """Which vocabulary this is: what was made with another one is out of date."""
    return _now().number


def number_at_hand() -> int:
    """The same, as this process has read it a moment ago in the same verb: asks the database nothing."""
    return _at_hand().number


def fields_of(object_key: str) -> dict[str, Field]:
    """All fields of the object by key, in order."""
    return _now().fields[object_key]


def name_of(object_key: str) -> str | None:
    """What this firm calls these records, where it has a name of its own for them."""
    option = _now().names.get(object_key)
    return option.name if option else None


def layout_of(object_key: str) -> Arrangement:
    """How the page of these records is laid out: every field is in it."""
    return _now().layouts[object_key]


def sections_of(object_key: str) -> list[tuple[str, str]]:
    """The sections of the object's page in order, key and name: the shipped ones and those of one's own."""
    return [(section.key, section.name) for section in layout_of(object_key).sections]


def fields_for(viewer: Viewer, object_key: str) -> dict[str, Field]:
    """Those that this person may see."""
    hidden = viewer.hidden_fields(object_key)
    roles = {role.key for role in viewer.roles}
    return {
        key: field
        for key, field in fields_of(object_key).items()
        if key not in hidden
        and not (field.hidden_from_roles and roles <= set(field.hidden_from_roles))
        and not (field.sources and _tells_of_hidden(viewer, object_key, field))
    }


def _tells_of_hidden(viewer: Viewer, object_key: str, field: Field) -> bool:
    """What is worked out from a field that somebody may not see would tell what it holds."""
    roles = {role.key for role in viewer.roles}
    for source_object, key in field.sources:
        if source_object != object_key and not viewer.may(source_object, "view"):
            return True
        source = fields_of(source_object).get(key)
        shut = source is not None and source.hidden_from_roles
        if key in viewer.hidden_fields(source_object) or (shut and roles <= set(shut)):
            return True
    return False


def editable_for(viewer: Viewer, object_key: str) -> dict[str, Field]:
    """Those that this person may change."""
    return {
        key: field
        for key, field in fields_for(viewer, object_key).items()
        if field.editable and not viewer.field_rule(object_key, key)
    }


def plan() -> Plan:
    """What is worked out from what, as it is now."""
    return _now().plan


def plan_at_hand() -> Plan:
    """The same, as this process has read it a moment ago in the same verb: asks the database nothing."""
    return _at_hand().plan


def plan_fields(object_key: str) -> dict[str, Field]:
    """The fields with which that plan was made."""
    return _at_hand().fields[object_key]


def _at_hand() -> Vocabulary:
    held, known = _steady.get(), _known
    if held:
        return held[0]
    return known or _now()


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
    if known is None or known.number != number:
        with _lock:
            known = _known = _load(number)
    return known


def _load(number: int) -> Vocabulary:
    edited: dict[tuple[str, str], list[Option]] = {}
    for row in ChoiceRow.objects.all():
        option = Option(row.key, row.label, row.colour, row.label_en, row.active)
        edited.setdefault((row.object, row.field), []).append(option)
    edited |= {place: source() for place, source in sources.items()}
    own: dict[str, list[Field]] = {}
    computed: list[CustomField] = []
    for custom in CustomField.objects.filter(retired_at__isnull=True):
        own.setdefault(custom.object, []).append(custom_field(custom))
        if custom.type in COMPUTED:
            computed.append(custom)
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
    fields, plan_of_all = planned(fields, computed)
    layouts = _layouts(fields)
    arranged = {key: arranging.arranged(fields[key], layout) for key, layout in layouts.items()}
    return Vocabulary(number, arranged, layouts, names, plan_of_all)


def _layouts(fields: dict[str, dict[str, Field]]) -> dict[str, Arrangement]:
    kept = {row.object: arranging.read(row.content) for row in Layout.objects.all() if row.content}
    found = {}
    for object_type in registry.every():
        known = fields[object_type.key]
        own = kept.get(object_type.key)
        found[object_type.key] = (
            arranging.completed(own, object_type, known) if own else arranging.shipped(object_type, known)
        )
    return found


def custom_field(row: CustomField) -> Field:
    kind = build(row.type, row.options)
    return Field(
        key=row.key, label=Option(row.key, row.label, label_en=row.label_en), type=kind, section=row.section,
        required=row.required, help=row.help, default=row.default, custom=True, sortable=row.type != "address",
        indexed=row.index_state == CustomField.IndexState.READY, hidden_from_roles=tuple(row.hidden_from_roles),
        personal=True, editable=row.type not in COMPUTED, computed=row.type if row.type in COMPUTED else "",
        formula=row.options.get("formula", "") if row.type == "formula" else "",
    )  # fmt: skip


def _with_choices(object_key: str, field: Field, edited: dict[tuple[str, str], list[Option]]) -> Field:
    if not isinstance(field.type, HasOptions):
        return field
    rows = edited.get(field.type.of or (object_key, field.key), [])
    replaced = {option.key for option in rows}
    kept = [option for option in field.type.options if option.key not in replaced]
    return replace(field, type=field.type.with_options((*rows, *kept)))
