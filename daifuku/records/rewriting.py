"""Values of thousands of records written anew because the vocabulary changed: in short transactions, a line a record.

The vocabulary is the firm's, so this reaches every record, whoever may see it; who may change the vocabulary was asked
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from daifuku.foundation.sql.updating import update_many
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event, Subject
from daifuku.ledger.writing import Line
from daifuku.records import derived
from daifuku.records.actions.editing import Changes, stamp
from daifuku.records.actions.many import Batches
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person

AT_ONCE = 200
PIECE = 2000
Change = Callable[[Any], Changes]
ChangesFor = Callable[[Sequence[int]], Change]
Told = Callable[[int], None]


def nobody_asks(done: int) -> None:
    """Small work is done within the request and tells nobody how far it is."""


def rewrite(
    field: Field, object_key: str, keys: Iterator[int], change_for: ChangesFor, *, by: Person | None, cause: Event,
    told: Told = nobody_asks,
) -> int:  # fmt: skip
    """`change_for(keys)` looks up what a batch needs and returns `change(record)`, which puts the new value on the
    record and returns `{field: [old, new]}`, empty where nothing differs.

    `told(n)` is called inside the transaction of each batch. Returns how many records were changed.
    """
    object_type, done = registry.get(object_key), 0
    columns = sorted({"custom", "custom" if field.custom else field.attribute})
    with through(cause=cause):
        for batch in Batches(keys):
            with ledger.writing():
                done += _batch(object_type, batch, columns, change_for(batch), by)
                told(len(batch))
    return done


def _batch(
    object_type: Any, keys: Sequence[int], columns: Sequence[str], change: Change, by: Person | None
) -> int:
    take_turn(object_type)
    rows = (
        object_type.model.plain.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=keys)
        .order_by("pk")
    )
    changed, lines = [], []
    for record in rows:
        done = change(record)
        if done:
            fill(object_type, record)
            stamp(record)
            changed.append(record)
            lines.append(Line(object_type.event("edited"), about(object_type, record), {"changes": done}))
    if changed:
        update_many(changed, [*columns, "version", "updated_at"])
        derived.keep(object_type, changed)
        spread(object_type, [(r, line.data["changes"]) for r, line in zip(changed, lines, strict=True)])
        ledger.record_many(lines, by=by)
    return len(changed)


def keys_of(object_key: str, wanted: Q) -> Iterator[int]:
    """The keys of the records in question, read in pieces, so that no cursor stays open over the writing."""
    model, after = registry.get(object_key).model, 0
    while True:
        rows = model.plain.filter(wanted, pk__gt=after).order_by("pk")
        piece = list(rows.values_list("pk", flat=True)[:PIECE])
        yield from piece
        if len(piece) < PIECE:
            return
        after = piece[-1]


def touched_by(cause: Event, object_key: str) -> Q:
    """The records that lines because of this one speak of."""
    subjects = Subject.objects.filter(event__cause=cause, object=object_key, role=Subject.MAIN)
    return Q(pk__in=subjects.values("record_id"))


def effects_on(cause: Event, object_key: str, keys: Sequence[int]) -> dict[int, Changes]:
    """What lines because of this one changed on each of these records."""
    subjects = Subject.objects.filter(
        event__cause=cause,
        event__undoes__isnull=True,
        object=object_key,
        record_id__in=keys,
        role=Subject.MAIN,
    )
    return {subject.record_id: subject.event.changes for subject in subjects.select_related("event")}
