"""Links in custom fields: the record they name is another one."""

from __future__ import annotations

from typing import Any

from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.formulas.rolling import leads_to
from daifuku.records.hanging.moving import Turn
from daifuku.records.hanging.returning import CUSTOM
from daifuku.records.hanging.ways import Image, Special, say_special


def register() -> None:
    say_special(Special("custom_links", move_links))


def move_links(turn: Turn) -> list[Image]:
    images = []
    target = registry.get(turn.object).model.plain.get(pk=turn.to)
    for object_type in registry.every():
        for field in vocabulary.fields_of(object_type.key).values():
            if field.custom and isinstance(field.type, RecordLink) and field.type.target == turn.object:
                images += _move(object_type.model, field, turn, field.type.to_json(target))
    return [image for image in images if image["rows"]]


def _move(model: Any, field: Any, turn: Turn, new: Any) -> list[Image]:
    """No record shall lead to itself: such a link is emptied."""
    rows = model.plain.select_for_update(of=("self",), no_key=True).filter(
        leads_to(field, list(turn.sources))
    )
    moved, kept = [], []
    for row in rows.order_by("pk"):
        value = None if (row.object_key, row.pk) == (turn.object, turn.to) else new
        kept.append([row.pk, [row.custom.get(field.key)], [value]])
        row.custom = {**row.custom, field.key: value} if value else _without(row.custom, field.key)
        row.version += 1
        moved.append(row)
    model.plain.bulk_update(moved, ["custom", "version"], batch_size=100)
    return [{"model": model._meta.label, "columns": [f"{CUSTOM}{field.key}"], "rows": kept}]


def _without(custom: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in custom.items() if name != key}
