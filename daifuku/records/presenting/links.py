"""What records and their links are called outside of the program: for one person, with the names that he may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.sql.prepared import ask_ahead, by_keys
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, RecordLink, TeamLink
from daifuku.records.scope import sees
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer

LINKS = (PersonLink, TeamLink, RecordLink)


def address(record: Any) -> str:
    """The page of the record."""
    return f"/{registry.of(record).slug}/{record.uid}/"


def key_of(field: Field, record: Any) -> int | None:
    """The key of what a link points to, without fetching it."""
    if field.custom:
        kept = record.custom.get(field.key)
        return kept.get("id") if isinstance(kept, dict) else None
    key: int | None = getattr(record, record._meta.get_field(field.attribute).attname)
    return key


class Links:
    """What links point to, fetched together; of what the person may not see only that it is there."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._found: dict[tuple[str, int], dict[str, Any]] = {}

    def fetch(self, wanted: Iterable[tuple[Field, int | None]]) -> None:
        keys: dict[str, set[int]] = {}
        for field, key in wanted:
            kind = kind_of(field)
            if key is not None and (kind, key) not in self._found:
                keys.setdefault(kind, set()).add(key)
        ask_ahead(lambda: [by_keys(_model(kind)).told(missing) for kind, missing in keys.items()])
        for kind, missing in keys.items():
            self._found |= {(kind, key): shown for key, shown in self._fetched(kind, missing)}

    def json(self, field: Field, key: int | None) -> dict[str, Any] | None:
        if key is None:
            return None
        kind = kind_of(field)
        if (kind, key) not in self._found:
            self.fetch([(field, key)])
        return self._found.get((kind, key)) or hidden(kind)

    def _fetched(self, kind: str, keys: set[int]) -> Iterable[tuple[int, dict[str, Any]]]:
        if kind == "person":
            for person in by_keys(_model(kind))(keys):
                yield person.pk, {"uid": str(person.uid), "label": str(person)}
        elif kind == "team":
            for team in by_keys(_model(kind))(keys):
                yield team.pk, {"id": team.pk, "label": str(team)}
        else:
            for record in by_keys(_model(kind))(keys):
                if sees(self.viewer, record, "view"):
                    yield record.pk, {"uid": str(record.uid), "label": str(record)}


def kind_of(field: Field) -> str:
    if isinstance(field.type, RecordLink):
        return f"record:{field.type.target}"
    return "person" if isinstance(field.type, PersonLink) else "team"


def _model(kind: str) -> Any:
    if kind == "person":
        return Person
    return Team if kind == "team" else registry.get(kind.removeprefix("record:")).model


def hidden(kind: str) -> dict[str, Any]:
    name = registry.get(kind.removeprefix("record:")).name if kind.startswith("record:") else _("記録")
    return {"uid": None, "label": _("非公開の%(object)s") % {"object": name}}
