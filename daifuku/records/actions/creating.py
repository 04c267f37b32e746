"""A new record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.writing import Line
from daifuku.records import derived, following
from daifuku.records.actions.blanks import Blanks
from daifuku.records.actions.cleaning import Cleaner, Values
from daifuku.records.actions.saving import about, initial_changes, require, settle
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def create(kind: str, values: Mapping[str, Any], *, by: Person, uid: uuid.UUID | None = None) -> Any:
    """Registers a record of this kind; a phone that was offline brings its own `uid`.

    Raises Invalid (fields), Forbidden, Conflict (the uid belongs to another record).
    """
    object_type, viewer = registry.get(kind), viewer_of(by)
    require(viewer, object_type, "create")
    cleaner = Cleaner(object_type, viewer)
    record = new_record(object_type, cleaner.new(values), cleaner, by=by)
    with ledger.writing():
        take_turn(object_type)
        if uid is not None:
            take_uid(record, uid)
        settle(object_type, record, frozenset(cleaner.fields), viewer)
        insert(object_type, record, cleaner.fields, by=by)
    return record


def insert(object_type: ObjectType, record: Any, fields: dict[str, Field], *, by: Person) -> None:
    """The row of a record whose columns are settled, what is derived from it, and its line in the ledger.

    Call inside `ledger.writing()`; what the program makes by itself has passed no checks of what people type.
    """
    record.save(force_insert=True)
    derived.keep(object_type, [record], new=True)
    object_type.follow([(record, frozenset(fields))], by)
    spread(object_type, [(record, None)])
    data = {"changes": initial_changes(fields, record)}
    following.tell(Line(object_type.event("created"), about(object_type, record), data), by=by)


def new_record(object_type: ObjectType, values: Values, cleaner: Cleaner, *, by: Person) -> Any:
    """Unsaved; whoever registers it is in charge unless the values say otherwise."""
    if cleaner.blanks is None:
        cleaner.blanks = Blanks(object_type.model, by)
    record = cleaner.blanks.next()
    if "owner" not in values and "team" not in values:
        record.owner = by
    for key, value in values.items():
        cleaner.fields[key].put(record, value)
    return record


def take_uid(record: Any, uid: uuid.UUID) -> None:
    if type(record).plain.filter(uid=uid).exists():
        raise Conflict(_("この番号の記録はすでにあります。"), code="uid_taken", field="uid")
    record.uid = uid
