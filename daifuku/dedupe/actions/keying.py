"""Gives records that were written before a kind of key existed their keys, without anybody asking for it.

Every save writes the keys of today; what stood there before an upgrade gets them here, in the background and in
portions, so that nobody waits. Killed, it goes on where it was.
"""

from __future__ import annotations

from time import monotonic

from daifuku.dedupe.models import Setup, setup
from daifuku.dedupe.reading import OBJECTS
from daifuku.ledger import writing as ledger
from daifuku.records import derived
from daifuku.records.actions.settling import held
from daifuku.records.catalogue import registry

# Raised with every change of what keys are made of.
OF_TODAY = 2
PORTION, SECONDS = 300, 20.0


def missing() -> bool:
    """Whether records may be without keys of today."""
    return bool(setup().keyed.get("version") != OF_TODAY)


def key_on(seconds: float = SECONDS) -> None:
    """So long at once; the schedule calls again where there is more."""
    until = monotonic() + seconds
    while missing():
        with ledger.writing():
            row = held(Setup)
            _portion(row)
            row.save(update_fields=["keyed"])
        if monotonic() >= until:
            return


def _portion(row: Setup) -> None:
    """The next records of the first kind that is not through; after the last kind all is of today."""
    if row.keyed.get("at") != OF_TODAY:
        row.keyed = {"at": OF_TODAY}
    object_key = next((each for each in OBJECTS if row.keyed.get(each) != "done"), None)
    if object_key is None:
        row.keyed = {"version": OF_TODAY}
        return
    object_type = registry.get(object_key)
    rows = object_type.model.plain.select_for_update(of=("self",)).filter(pk__gt=row.keyed.get(object_key, 0))
    portion = list(rows.order_by("pk")[:PORTION])
    derived.keep_keys(object_type, portion)
    row.keyed[object_key] = portion[-1].pk if len(portion) == PORTION else "done"
