"""What the second typing of a card found wrong is put right in the record, where it still stands as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.cards.fields import NAMES, of_contact
from daifuku.cards.models import Card, Recheck
from daifuku.foundation.errors import DomainError
from daifuku.ledger import writing as ledger
from daifuku.records.actions import edit
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Refused
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def mend(card: Card, row: Recheck, *, by: Person) -> list[str]:
    """Within the transaction of the judgement. Returns which of the wrong fields stand in the record as before: changed
    meanwhile, none of its fields, or not to be changed by this person."""
    if not row.wrong:
        return []
    right = {**row.first, **{name: row.values.get(name, "") for name in row.wrong}}
    card.values = {name: right[name] for name in NAMES if right.get(name)}
    card.version += 1
    card.save(update_fields=["values", "version"])
    record = card.record
    if record is None or record.trashed_at is not None or not sees(viewer_of(by), record, "edit"):
        return list(row.wrong)
    fields = vocabulary.editable_for(viewer_of(by), record.object_key)
    changes, left = {}, []
    for name in row.wrong:
        change = _change(record, name, row.first, right, fields)
        changes.update(change)
        if not change:
            left.append(name)
    try:
        with ledger.writing():
            if changes:
                edit(record, changes, by=by)
    except DomainError:
        return list(row.wrong)
    return left


def _change(
    record: Any, name: str, first: Mapping[str, Any], right: Mapping[str, Any], fields: Mapping[str, Field]
) -> dict[str, str]:
    """The field of the record that this one of the card became, with its value; nothing where it was changed since."""
    one = {**first, name: right.get(name, "")}
    before, after = (first, one) if record.object_key == "lead" else (of_contact(first), of_contact(one))
    for key, field in fields.items():
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            return {key: new} if _same(field, record, old) else {}
    return {}


def _same(field: Field, record: Any, typed: str) -> bool:
    try:
        return str(field.type.clean(typed, None) or "") == str(field.get(record) or "")
    except Refused:
        return False
