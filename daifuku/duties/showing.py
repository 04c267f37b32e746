"""A duty as a line of a list, as far as this person may know what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daifuku.activities.models import Plan, Talk
from daifuku.activities.showing import who as who_of
from daifuku.duties import kinds
from daifuku.duties.models import Duty, State
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types.link import PersonLink, RecordLink, TeamLink
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

COLOURS = {
    State.OPEN: "blue", State.ON_TIME: "green", State.LATE: "orange", State.MISSING: "red", State.EXCUSED: "grey",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`who` are the customers that it is about besides the name: (name, address) each."""

    duty: Duty
    kind: kinds.Kind
    name: str
    state: State
    record: Any
    who: list[tuple[str, str]]
    address: str
    words: Any

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def state_words(self) -> Any:
        return self.state.label

    @property
    def counts(self) -> bool:
        return self.duty.weight > 0


def lines_of(duties: Iterable[Duty], viewer: Viewer, now: datetime) -> list[Line]:
    """One question for each kind of record that they are about, and one for each that these link to."""
    every = list(duties)
    keys: dict[str, set[int]] = {}
    for duty in every:
        if duty.subject_id and registry.has(duty.subject_object):
            keys.setdefault(duty.subject_object, set()).add(duty.subject_id)
    seen = {name: _records(name, wanted, viewer) for name, wanted in keys.items()}
    return [
        _line(duty, seen.get(duty.subject_object, {}).get(duty.subject_id or 0), viewer, now)
        for duty in every
    ]


def _records(name: str, keys: set[int], viewer: Viewer) -> dict[int, Any]:
    object_type = registry.get(name)
    return seen_by_keys(object_type.model, keys, viewer, linked=_linked(name), trashed=True)


def _line(duty: Duty, record: Any, viewer: Viewer, now: datetime) -> Line:
    alive = record if record is not None and record.trashed_at is None else None
    address, words = kinds.way_of(duty, alive)
    who = who_of(record, viewer, ()) if isinstance(record, Plan | Talk) else []
    return Line(
        duty,
        kinds.get(duty.kind),
        kinds.name_of(duty, record),
        duty.state_at(now),
        record,
        who,
        address,
        words,
    )


def _linked(name: str) -> list[str]:
    """The columns that name other records and people."""
    fields = vocabulary.fields_of(name).values()
    return [
        f.attribute for f in fields if not f.custom and isinstance(f.type, RecordLink | PersonLink | TeamLink)
    ]
