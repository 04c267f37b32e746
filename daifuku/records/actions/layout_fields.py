"""The layout of a page and fields of one's own keep step: such a field belongs to the section where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from daifuku.records.catalogue import arranging
from daifuku.records.catalogue.arranging import Section
from daifuku.records.models import CustomField, Layout


def follow_fields(object_key: str) -> None:
    """Call inside the verb that gave fields of one's own another section or order: the layout has them so as well."""
    row = held(object_key)
    if not row.content:
        return
    own = CustomField.objects.filter(object=object_key, retired_at__isnull=True)
    homes = {each.key: each.section for each in own}
    places = {each.key: place for place, each in enumerate(own)}
    found = arranging.read(row.content)
    stays = {key for each in found.sections for key in each.fields if homes.get(key) == each.key}
    moved = [key for key in homes if key not in stays and key not in found.left_out]
    sections = {
        each.key: replace(each, fields=tuple(key for key in each.fields if key not in homes or key in stays))
        for each in found.sections
    }
    for key in moved:
        home = sections.get(homes[key]) or Section(homes[key])
        sections[home.key] = replace(home, fields=(*home.fields, key))
    ordered = [replace(each, fields=_own_in_order(each.fields, places)) for each in sections.values()]
    content = replace(found, sections=tuple(ordered)).json()
    if content != row.content:
        write(row, content)


def _own_in_order(keys: Iterable[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """Fields of one's own in their order, in the places that such fields have among the others."""
    keys = list(keys)
    own = iter(sorted((key for key in keys if key in places), key=lambda key: places[key]))
    return tuple(next(own) if key in places else key for key in keys)


def held(object_key: str) -> Layout:
    """The row of this object, locked; a new one begins with version 0, which is what readers took it for."""
    row, _new = Layout.objects.get_or_create(object=object_key, defaults={"version": 0})
    return Layout.objects.select_for_update().get(pk=row.pk)


def write(row: Layout, content: dict[str, Any]) -> None:
    row.content = content
    row.version += 1
    row.save(update_fields=["content", "version"])


def homes_of(object_key: str) -> list[list[str]]:
    """The section of each field of one's own, in their order."""
    rows = CustomField.objects.filter(object=object_key)
    return [[row.key, row.section] for row in rows]


def bring_home(object_key: str, placed: Iterable[tuple[str, str]]) -> None:
    """Fields of one's own belong to the section in which they stand, so that pages of fields tell the same."""
    rows = {row.key: row for row in CustomField.objects.select_for_update().filter(object=object_key)}
    sections = {key: section for key, section in placed if key in rows}
    order = [*sections, *(key for key in rows if key not in sections)]
    for position, key in enumerate(order):
        row = rows[key]
        section = sections.get(key, row.section)
        if (row.position, row.section) != (position, section):
            row.position, row.section = position, section
            row.save(update_fields=["position", "section"])
