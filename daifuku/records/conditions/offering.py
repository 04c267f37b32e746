"""What the condition editor offers: fields of an object and of the records it is linked with, and their operators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions.families.link import WORDS, PersonFamily, TeamFamily
from daifuku.records.conditions.families.moment import PERIODS
from daifuku.records.conditions.operator import Operator
from daifuku.records.conditions.path import Path, links_of
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Offered:
    """A field that conditions may name; `choices` are (value, label) pairs, empty where a value is typed."""

    key: str
    name: str
    field: Field
    operators: list[Operator]
    choices: list[tuple[str, str]]
    link: Field | None = None


def offered(object_key: str, viewer: Viewer) -> list[Offered]:
    return list(_offered(object_key, viewer))


def periods() -> list[tuple[str, str]]:
    """Names of periods for `within`."""
    return [(key, str(label)) for key, label in PERIODS.items()]


def _offered(object_key: str, viewer: Viewer) -> Iterator[Offered]:
    for field in vocabulary.fields_for(viewer, object_key).values():
        yield _offer(Path(field.key, field))
    for link, other in links_of(object_key, viewer):
        for field in vocabulary.fields_for(viewer, other).values():
            yield _offer(Path(f"{link.key}.{field.key}", field, link))


def _offer(path: Path) -> Offered:
    return Offered(path.key, path.name, path.field, path.family.offered(), _choices(path), path.link)


def _choices(path: Path) -> list[tuple[str, str]]:
    if isinstance(path.family, PersonFamily | TeamFamily):
        return [(word, str(WORDS[word])) for word in path.family.relative]
    offered: Any = getattr(path.field.type, "offered", None)
    if offered:
        return [(option.key, option.name) for option in offered()]
    return []
