"""What of a day the ledger knows better than the records: what was registered, changed, finished, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from daifuku.daily.days import Span
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Choice, PersonLink
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 500
# Told in parts of the page of their own.
ELSEWHERE = frozenset({"talk", "plan", "daily_report"})


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, with the record that it is mainly about."""

    event: Event
    object: str
    key: int

    @property
    def made(self) -> bool:
        return self.event.kind.endswith(".created")

    @property
    def finished_a_task(self) -> bool:
        state = self.event.changes.get("state", [None, None])
        return self.object == "task" and state[1] == "done" and state[0] != "done"


@dataclass
class Recorded:
    """A record that somebody registered or changed on a day; `record` is None where the reader may not see it."""

    object_type: Any
    record: Any
    made: bool
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    later: str = ""

    @property
    def said(self) -> str:
        """状態: 新規 → 連絡中、電話番号."""
        return "、".join(f"{name}: {old} → {new}" if new else name for name, old, new in self.changes)


def kinds_of(objects: Iterable[str], *what: str) -> list[str]:
    return [f"{key}.{each}" for key in objects for each in what]


def lines_of(person: Person, span: Span) -> list[Entry]:
    """What he registered and changed himself, one by one: imports and bulk changes are not a day's work on a record."""
    objects = [each.key for each in registry.every() if each.key not in ELSEWHERE]
    return entries(span, kinds_of(objects, "created", "edited"), actor=person)


def entries(
    span: Span, kinds: Sequence[str], actor: Person | None = None, *, alone: bool = True
) -> list[Entry]:
    """Two questions: the lines of these kinds in this day, and what they are about. `alone` leaves out what followed
    from something else; without it what a rule or a bulk change did counts as well, but no import."""
    rows = Event.objects.within(span.start, span.end, kinds).new()
    if actor is not None:
        rows = rows.by_people([actor.pk])
    rows = rows.on_its_own() if alone else rows.exclude(via="import")
    found = list(rows.exclude(salt="").select_related("actor").order_by("id")[:MOST])
    about = Subject.objects.filter(event_id__in=[each.pk for each in found], role=Subject.MAIN)
    subjects = {subject.event_id: subject for subject in about.order_by("-id")}
    return [
        Entry(event, subjects[event.pk].object, subjects[event.pk].record_id)
        for event in found
        if event.pk in subjects
    ]


def told(lines: Sequence[Entry], viewer: Viewer, closed_at: datetime | None) -> list[Recorded]:
    """Each record once, in the order in which they were touched; tasks that were finished stand elsewhere."""
    grouped: dict[tuple[str, int], list[Entry]] = {}
    for entry in lines:
        if not (entry.object == "task" and (entry.made or entry.finished_a_task)):
            grouped.setdefault((entry.object, entry.key), []).append(entry)
    seen = seen_of_kinds(grouped, viewer)
    return [_told(grouped[at], seen.get(at), viewer, closed_at) for at in grouped]


def _told(entries: list[Entry], record: Any, viewer: Viewer, closed_at: datetime | None) -> Recorded:
    object_type = registry.get(entries[0].object)
    made = any(entry.made for entry in entries)
    found = Recorded(object_type, record, made)
    if record is None:
        return found
    if not made:
        found.changes = changes_of(entries, viewer)
    if closed_at is not None and entries[-1].event.at > closed_at:
        found.later = "added"
    return found


def changes_of(entries: Sequence[Entry], viewer: Viewer) -> list[tuple[str, str, str]]:
    """(field, old, new) from the first old value to the last new one; of long texts the name alone."""
    fields = vocabulary.fields_for(viewer, entries[0].object)
    values: dict[str, list[Any]] = {}
    for entry in entries:
        for key, (old, new) in entry.event.changes.items():
            values.setdefault(key, [old, new])[1] = new
    return [
        (fields[key].name, *words_of(fields[key], old, new))
        for key, (old, new) in values.items()
        if key in fields and old != new
    ]


def words_of(known: Field, old: Any, new: Any) -> tuple[str, str]:
    """Choices and people in words; of anything else only that it changed."""
    if not isinstance(known.type, Choice | PersonLink):
        return "", ""
    return word_of(known, old) or "―", word_of(known, new) or "―"


def word_of(known: Field, value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("label", ""))
    return known.type.display(known.type.from_json(value)) if value else ""
