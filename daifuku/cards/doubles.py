"""Whom a card may belong to already: people and firms, with what matches, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daifuku.cards.models import How
from daifuku.customers import same
from daifuku.customers.objects.lead import LEAD
from daifuku.staff.viewer import Viewer

MOST = 6


@dataclass(frozen=True)
class Double:
    """`proposed` is what the card most probably is, if this is whom it belongs to."""

    record: Any
    object_type: Any
    subtitle: str
    words: str
    proposed: str

    @property
    def reference(self) -> str:
        return f"{self.record.object_key}:{self.record.uid}"


def doubles_of(values: Mapping[str, str], viewer: Viewer) -> list[Double]:
    found = same.of_values(LEAD, values, viewer, most=MOST)
    return [
        Double(each.record, each.object_type, each.subtitle, each.words, _proposed(each.record, each.kinds))
        for each in found
    ]


def _proposed(record: Any, kinds: tuple[str, ...]) -> str:
    """Same person and same firm or address of mail: him. Same person elsewhere: moved. Same firm: a new colleague."""
    if record.object_key == "account":
        return How.COLLEAGUE
    person = "person" in kinds or "email" in kinds
    if person and ({"name", "email", "phone"} & set(kinds)):
        return How.SAME
    if person:
        return How.MOVED
    return How.COLLEAGUE if "name" in kinds else How.NEW


def likeliest(found: list[Double]) -> Double | None:
    """The one that is chosen from the start; a mere firm or number chooses nothing about the person by itself."""
    certain = [each for each in found if each.proposed == How.SAME]
    return certain[0] if certain else None
