"""Account, contact and deal as a conversion writes them: with every field of the lead, also those that the person who
does it may not see himself. What he typed beside goes through his own rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.conversion.mapping.drafting import Piece
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.records import derived
from daifuku.records.actions.cleaning import Cleaner, unknown
from daifuku.records.actions.creating import insert, new_record
from daifuku.records.actions.editing import Changes, apply, stamp
from daifuku.records.actions.saving import about, require, settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def make(
    object_key: str, values: Mapping[str, Any], typed: Mapping[str, Any], *, by: Person, viewer: Viewer
) -> Any:
    """Raises Invalid, whose problems name their fields `account.name`, Forbidden."""
    object_type = registry.get(object_key)
    require(viewer, object_type, "create")
    _need_editable(object_key, typed, viewer)
    cleaner = _open_cleaner(object_key, viewer)
    try:
        record = new_record(object_type, cleaner.new({**values, **typed}), cleaner, by=by)
        take_turn(object_type)
        settle(object_type, record, frozenset(cleaner.fields), viewer)
    except Invalid as error:
        raise named(object_key, error) from error
    insert(object_type, record, cleaner.fields, by=by)
    return record


def fill(
    record: Any, pieces: Mapping[str, Piece], links: Mapping[str, Any], over: frozenset[str], *, by: Person,
    viewer: Viewer,
) -> Changes:  # fmt: skip
    """Fills what is empty in a record that was there; what is filled stays, unless its key stands in `over` or the rule
    says to write behind it. Returns what was changed. The record is held already."""
    object_type, cleaner = registry.of(record), _open_cleaner(record.object_key, viewer)
    wanted = {
        **{key: new for key, piece in pieces.items() if (new := filling(record, piece, over)) is not None}
    }
    wanted |= {key: value for key, value in links.items() if cleaner.fields[key].get(record) is None}
    try:
        done = apply(record, cleaner.changes(wanted), cleaner.fields)
        if not done:
            return {}
        settle(object_type, record, frozenset(done), viewer)
    except Invalid as error:
        raise named(record.object_key, error) from error
    save(record, done, by=by, kind="edited")
    return done


def filling(record: Any, piece: Piece, over: frozenset[str]) -> Any:
    """What the field of this record would hold afterwards; None where it stays as it is."""
    there = piece.target.get(record)
    if piece.target.key == "privacy" and not there and piece.target.key not in over:
        return None  # open to all is no gap: a private lead does not hide a customer from everybody
    if piece.target.type.is_empty(there):
        return piece.value
    if piece.append and piece.text not in str(there):
        return f"{there}\n{piece.text}"
    if piece.target.key in over and not piece.target.type.same(there, piece.value):
        return piece.value
    return None


def save(record: Any, done: Changes, *, by: Person, kind: str) -> None:
    """The last steps of a save: the row, what is derived from it, what follows, its line."""
    object_type = registry.of(record)
    stamp(record)
    record.save()
    derived.keep(object_type, [record])
    object_type.follow([(record, frozenset(done))], by)
    spread(object_type, [(record, done)])
    if kind:
        ledger.record(
            object_type.event(kind), by=by, about=about(object_type, record), data={"changes": done}
        )


def named(object_key: str, error: Invalid) -> Invalid:
    return Invalid(
        [FieldProblem(f"{object_key}.{each.field}", each.message, code=each.code) for each in error.problems]
    )


def _open_cleaner(object_key: str, viewer: Viewer) -> Cleaner:
    cleaner = Cleaner(registry.get(object_key), viewer)
    cleaner.editable = {key: field for key, field in cleaner.fields.items() if field.editable}
    return cleaner


def _need_editable(object_key: str, typed: Mapping[str, Any], viewer: Viewer) -> None:
    editable = vocabulary.editable_for(viewer, object_key)
    strange = [unknown(key) for key in typed if key not in editable]
    if strange:
        raise named(object_key, Invalid(strange))
