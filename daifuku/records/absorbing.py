"""Which record stands for one that was merged into another: for old addresses, links and conditions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError, WayOn
from daifuku.records.models import Absorbed
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


class Merged(DomainError):
    """What was asked for went into another record; `context` names it."""

    status = 410
    code = "merged"

    def __init__(self, survivor: Any) -> None:
        super().__init__(
            _("この記録は、ほかの記録に統合されました。統合先を開いてください。"),
            context={"into": str(survivor.uid), "name": str(survivor)},
        )
        self.survivor = survivor
        self.way_on = WayOn(survivor.get_absolute_url(), _("統合先を開く"))


def refuse_merged(model: Any, uid: uuid.UUID, viewer: Viewer) -> None:
    """Call where nothing was found. Raises Merged for whoever may see what stands for it now."""
    key = survivor_key(model.object_key, uid=uid)
    survivor = model.plain.filter(pk=key, trashed_at__isnull=True).first() if key is not None else None
    if survivor is not None and sees(viewer, survivor, "view"):
        raise Merged(survivor)


def survivor_key(object_key: str, *, uid: uuid.UUID | None = None, key: int | None = None) -> int | None:
    """The key of what stands for it at the end of the chain; None for one that was never merged away."""
    rows = Absorbed.objects.filter(object=object_key)
    row = rows.filter(Q(uid=uid) if uid is not None else Q(record_id=key)).first()
    if row is None:
        return None
    met = {row.record_id}
    while (further := rows.filter(record_id=row.into_id).first()) is not None and row.into_id not in met:
        met.add(further.record_id)
        row = further
    return int(row.into_id)


def survivor_of(record: Any) -> Any:
    """The record itself that stands for this one, None for one that was never merged away. Ask of trashed ones only."""
    key = survivor_key(record.object_key, key=record.pk)
    return None if key is None else type(record).plain.filter(pk=key).first()


def survivors(object_key: str, keys: Iterable[int]) -> dict[int, int]:
    """For each of these keys the key of what stands for it now: mostly itself."""
    ends = {key: key for key in keys}
    met, waiting = set[int](), set(ends)
    while waiting:
        rows = Absorbed.objects.filter(object=object_key, record_id__in=waiting)
        into = dict(rows.values_list("record_id", "into_id"))
        ends = {key: into.get(end, end) for key, end in ends.items()}
        met |= waiting
        waiting = set(into.values()) - met
    return ends


def absorbed_by(object_key: str, keys: Iterable[int]) -> list[int]:
    """The keys of all that were merged into one of these, however many steps ago."""
    found: list[int] = []
    wanted = list(keys)
    while wanted:
        rows = Absorbed.objects.filter(object=object_key, into_id__in=wanted)
        wanted = [key for key in rows.values_list("record_id", flat=True) if key not in found]
        found += wanted
    return found


def is_absorbed(record: Any) -> bool:
    return (
        record.trashed_at is not None
        and Absorbed.objects.filter(object=record.object_key, record_id=record.pk).exists()
    )
