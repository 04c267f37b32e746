"""Lines of the ledger as JSON for one person: only of records that he sees, only of fields that he sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from daifuku.ledger import kinds
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.presenting.links import LINKS, Links, hidden, kind_of
from daifuku.records.scope import sees
from daifuku.staff.models import Company, Person
from daifuku.staff.viewer import Viewer

Key = tuple[str, int]


class Words(dict[str, str]):
    """What a sentence may name; what is not known stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


class LinePresenter:
    """With `all_lines` (whoever may audit) nothing is left out."""

    def __init__(self, viewer: Viewer, *, all_lines: bool = False) -> None:
        self.viewer, self.all_lines, self.links = viewer, all_lines, Links(viewer)

    def many(self, events: Sequence[Event]) -> list[dict[str, Any]]:
        """Those of the lines that the person may know of; the events need their subjects and actors fetched."""
        records = self._records(events)
        undone = set(Event.objects.filter(undoes__in=events).values_list("undoes_id", flat=True))
        return [
            self._json(event, records, undone=event.pk in undone)
            for event in events
            if self._seen(event, records)
        ]

    def _records(self, events: Sequence[Event]) -> dict[Key, Any]:
        wanted: dict[str, set[int]] = {}
        for event in events:
            for subject in event.subjects.all():
                wanted.setdefault(subject.object, set()).add(subject.record_id)
        found: dict[Key, Any] = {}
        for object_type in registry.every():
            if keys := wanted.get(object_type.key):
                rows = object_type.model.objects.unrestricted(reason="each is asked below").filter(
                    pk__in=keys
                )
                found |= {(object_type.key, row.pk): row for row in rows if sees(self.viewer, row, "view")}
        if people := wanted.get("person"):
            found |= {("person", person.pk): person for person in Person.objects.filter(pk__in=people)}
        return found

    def _seen(self, event: Event, records: dict[Key, Any]) -> bool:
        if self.all_lines:
            return True
        main = [subject for subject in event.subjects.all() if subject.role == Subject.MAIN]
        if any(subject.object not in objects() for subject in main) or not main:
            return event.actor_id == self.viewer.pk
        return all((subject.object, subject.record_id) in records for subject in main)

    def _json(self, event: Event, records: dict[Key, Any], *, undone: bool) -> dict[str, Any]:
        kind = kinds.get(event.kind)
        subjects = [self._subject(subject, records) for subject in event.subjects.all()]
        actor = {"uid": str(event.actor.uid), "label": str(event.actor)} if event.actor else None
        name = next((subject["label"] for subject in subjects if subject["role"] == Subject.MAIN), "")
        words = Words(actor=actor["label"] if actor else _("システム"), subject=name)
        return {
            "id": event.pk,
            "at": event.at.isoformat(timespec="milliseconds"),
            "kind": event.kind,
            "label": str(kind.label),
            "sentence": str(kind.sentence).format_map(words),
            "actor": actor,
            "via": event.via,
            "cause": event.cause_id,
            "undoes": event.undoes_id,
            "undoable": kind.undo is not None and not event.erased and not undone,
            "erased": event.erased,
            "subjects": subjects,
            "changes": self._changes(event),
        }

    def _subject(self, subject: Subject, records: dict[Key, Any]) -> dict[str, Any]:
        record = records.get((subject.object, subject.record_id))
        named: dict[str, Any]
        if record is not None:
            named = {"uid": str(record.uid), "label": str(record)}
        elif subject.object in objects():
            named = hidden(f"record:{subject.object}")
        else:
            named = {
                "uid": None,
                "label": str(Company.objects.first() or "") if subject.object == "company" else "",
            }
        return {"object": subject.object, "role": subject.role, **named}

    def _changes(self, event: Event) -> dict[str, list[Any]]:
        """Old and new values of the fields that the person sees, with links named anew."""
        changes = event.data.get("changes")
        object_key = event.kind.partition(".")[0]
        if not isinstance(changes, dict) or object_key not in objects():
            return {}
        fields = vocabulary.fields_for(self.viewer, object_key)
        return {
            key: [self._value(fields[key], value) for value in pair]
            for key, pair in changes.items()
            if key in fields and isinstance(pair, list)
        }

    def _value(self, field: Field, value: Any) -> Any:
        if not isinstance(field.type, LINKS) or not isinstance(value, dict):
            return value
        if kind_of(field) == "team":
            return {"id": value.get("id"), "label": value.get("label")}
        if kind_of(field) == "person":
            return {"uid": value.get("uid"), "label": value.get("label")}
        return self.links.json(field, value.get("id"))


def objects() -> set[str]:
    """The keys of the kinds of records."""
    return {object_type.key for object_type in registry.every()}
