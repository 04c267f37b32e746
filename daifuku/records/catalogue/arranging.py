"""How the page of a record is laid out: its sections and panels in three columns, which fields stand where, which
do not stand there at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Option

# The fields' column at the left, the one in the middle with what happened, the narrow one at the right.
COLUMNS = ("fields", "main", "side")
PANEL_COLUMNS = ("main", "side")


@dataclass(frozen=True)
class Section:
    """`shipped` is the name that it has where nobody gave it another one; a section of one's own has none."""

    key: str
    label: str = ""
    label_en: str = ""
    column: str = "fields"
    fields: tuple[str, ...] = ()
    shipped: Any = None

    @property
    def name(self) -> str:
        label = self.label or self.shipped or self.key
        return Option(self.key, label, label_en=self.label_en).name


@dataclass(frozen=True)
class Arrangement:
    """`panels` are (key, column) in their order."""

    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    panels: tuple[tuple[str, str], ...] = ()

    def json(self) -> dict[str, Any]:
        """As it is kept, stands in the ledger and in the API."""
        sections = [
            {
                "key": each.key, "label": each.label, "label_en": each.label_en, "column": each.column,
                "fields": list(each.fields),
            }
            for each in self.sections
        ]  # fmt: skip
        panels = [{"key": key, "column": column} for key, column in self.panels]
        return {"sections": sections, "left_out": list(self.left_out), "panels": panels}

    def with_fields(self, keys: Iterable[str]) -> list[tuple[Section, list[str]]]:
        """The sections that have any of these fields, each with those, in order."""
        wanted = set(keys)
        found = [(each, [key for key in each.fields if key in wanted]) for each in self.sections]
        return [pair for pair in found if pair[1]]


def read(content: Mapping[str, Any]) -> Arrangement:
    """What was kept; its form was checked then."""
    return Arrangement(
        tuple(Section(**{**each, "fields": tuple(each["fields"])}) for each in content["sections"]),
        tuple(content["left_out"]),
        tuple((each["key"], each["column"]) for each in content["panels"]),
    )


def shipped(object_type: ObjectType, fields: Mapping[str, Field]) -> Arrangement:
    """As the program brings it, with the fields of one's own in their sections."""
    sections = tuple(Section(key) for key, _label in object_type.sections)
    return completed(Arrangement(sections), object_type, fields)


def completed(found: Arrangement, object_type: ObjectType, fields: Mapping[str, Field]) -> Arrangement:
    """With every field and panel that there is now, once, and with none that is gone.

    What the arrangement does not name follows in its own section; what must be filled in is never left out.
    """
    labels = dict(object_type.sections)
    left_out = tuple(
        dict.fromkeys(
            key for key in found.left_out if key in fields and may_be_left_out(object_type, fields[key])
        )
    )
    placed: set[str] = set(left_out)
    sections: dict[str, Section] = {}
    for each in found.sections:
        keys = tuple(key for key in dict.fromkeys(each.fields) if key in fields and key not in placed)
        placed.update(keys)
        sections[each.key] = replace(each, fields=keys, shipped=labels.get(each.key))
    for key, field in fields.items():
        if key not in placed:
            home = sections.get(field.section) or Section(field.section, shipped=labels.get(field.section))
            sections[home.key] = replace(home, fields=(*home.fields, key))
    return Arrangement(tuple(sections.values()), left_out, _all_panels(found.panels, object_type))


def may_be_left_out(object_type: ObjectType, field: Field) -> bool:
    return not field.required and field.key != object_type.lookup


def _all_panels(found: Sequence[tuple[str, str]], object_type: ObjectType) -> tuple[tuple[str, str], ...]:
    there = {panel.key: panel for panel in sorted(object_type.panels, key=lambda each: each.order)}
    movable = {key: panel.place for key, panel in there.items() if panel.place in PANEL_COLUMNS}
    named = {key: column for key, column in found if key in movable}
    return (*named.items(), *((key, column) for key, column in movable.items() if key not in named))


def arranged(fields: Mapping[str, Field], arrangement: Arrangement) -> dict[str, Field]:
    """The same fields in the same order, each with the section in which it stands now."""
    sections = {key: each.key for each in arrangement.sections for key in each.fields}
    left_out = set(arrangement.left_out)
    return {
        key: replace(field, section=sections.get(key, field.section), on_page=key not in left_out)
        for key, field in fields.items()
    }
