"""What keeps a conversion from being taken back: whatever has come to hang on the records that it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from daifuku.activities.of_deals import brought
from daifuku.conversion.models import Conversion
from daifuku.customers.models import Relation
from daifuku.records.absorbing import absorbed_by
from daifuku.records.catalogue import registry
from daifuku.records.models import Attachment, Comment
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 20


@dataclass(frozen=True)
class Block:
    """`record` is None where this person may not see it, or where it is no record."""

    kind: str
    record: Any = None
    count: int = 1

    @property
    def words(self) -> str:
        if self.record is not None:
            return _("%(kind)s「%(name)s」") % {"kind": self.kind, "name": self.record}
        return _("%(kind)s%(count)s件") % {"kind": self.kind, "count": self.count}


def of(conversion: Conversion, viewer: Viewer) -> list[Block]:
    """Nothing of what the conversion itself brought counts, nor the tasks that came with the stage of its deal. What
    hangs on several of the made is told once."""
    found: list[Block] = []
    for object_key in conversion.made:
        made = conversion.record(object_key)
        if made is not None:
            told = [*_records(conversion, made, viewer), *_others(conversion, made)]
            found += [each for each in told if each.record is None or each not in found]
    return found


def _records(conversion: Conversion, made: Any, viewer: Viewer) -> Iterator[Block]:
    for object_type in registry.every():
        mine = {key for key, _columns in conversion.carried.get(object_type.key, ())}
        if object_type.key == "task" and conversion.deal is not None:
            mine |= set(brought(conversion.deal).values_list("pk", flat=True))
        if object_type.key in conversion.OBJECTS and conversion.record(object_type.key) is not None:
            mine.add(conversion.record(object_type.key).pk)
        links = [
            field.name
            for field in object_type.model._meta.concrete_fields
            if field.is_relation and field.related_model is type(made)
        ]
        seen: set[int] = set()
        hidden = 0
        for name in links:
            rows = object_type.model.plain.filter(**{name: made}, trashed_at__isnull=True).exclude(
                pk__in=mine
            )
            for record in rows.exclude(pk__in=seen).order_by("pk")[:MOST]:
                seen.add(record.pk)
                if sees(viewer, record, "view"):
                    yield Block(object_type.name, record)
                else:
                    hidden += 1
        if hidden:
            yield Block(object_type.name, None, hidden)


def _others(conversion: Conversion, made: Any) -> Iterator[Block]:
    """What people wrote and laid there since, and what they have merged into it: it would go into the trash with it."""
    here = {"object": made.object_key, "record_id": made.pk}
    mine = {kind: [key for key, _columns in rows] for kind, rows in conversion.carried.items()}
    comments = Comment.objects.filter(**here, removed_at__isnull=True).exclude(pk__in=mine.get("comment", ()))
    files = Attachment.objects.filter(**here, trashed_at__isnull=True).exclude(pk__in=mine.get("file", ()))
    inside = len(absorbed_by(made.object_key, [made.pk]))
    counts = {_("コメント"): comments.count(), _("ファイル"): files.count(), _("統合された記録"): inside}
    if made.object_key == "account":
        counts[_("関係先")] = (
            Relation.objects.filter(source=made).count() + Relation.objects.filter(target=made).count()
        )
    for kind, count in counts.items():
        if count:
            yield Block(kind, None, count)
