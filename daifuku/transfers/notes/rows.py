"""Notes as the page and the API list them, with the names of their records, as far as the viewer may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer
from daifuku.transfers.models import ImportedNote
from daifuku.transfers.notes.choosing import known_before


@dataclass(frozen=True)
class Place:
    """A record that a note goes to, or may go to."""

    record: Any
    object_type: ObjectType
    subtitle: str

    @property
    def key(self) -> str:
        return f"{self.object_type.key}:{self.record.uid}"


@dataclass(frozen=True)
class NoteRow:
    note: ImportedNote
    place: Place | None
    candidates: list[Place]
    known: bool


def rows_of(notes: Sequence[ImportedNote], viewer: Viewer) -> list[NoteRow]:
    wanted: dict[str, set[int]] = {}
    for note in notes:
        for object_key, key in [*note.candidates, *([[note.object, note.record_id]] if note.object else [])]:
            wanted.setdefault(object_key, set()).add(key)
    places = {
        (object_key, pk): place_of(record, viewer)
        for object_key, keys in wanted.items()
        for pk, record in seen_by_keys(registry.get(object_key).model, keys, viewer).items()
    }
    known = known_before(notes)
    return [
        NoteRow(
            note,
            places.get((note.object, note.record_id or 0)),
            [places[key, pk] for key, pk in note.candidates if (key, pk) in places],
            note.state == ImportedNote.State.WAITING and (note.digest, note.object, note.record_id) in known,
        )
        for note in notes
    ]


def place_of(record: Any, viewer: Viewer) -> Place:
    object_type = registry.of(record)
    return Place(record, object_type, object_type.subtitle(record, viewer))
