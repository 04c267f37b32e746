"""The same rule as the read door, asked of one record in memory."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any

from daifuku.foundation.sql.prepared import Prepared, Told, by_keys
from daifuku.records.catalogue import registry
from daifuku.records.models.record import queues_of
from daifuku.records.models.share import MINE, followed_ids, shared_ids
from daifuku.staff.models.role import Scope
from daifuku.staff.viewer import Viewer

ONLY_OWNER = ("owner",)
BY_TEAM = (Scope.TEAM, Scope.TREE)


def sees(viewer: Viewer, record: Any, action: str) -> bool:
    """May this person `action` this record? Must agree with `RecordQuerySet.visible_to`."""
    reach = viewer.reach(record.object_key, action)
    if reach.nobody:
        return False
    keepers = keepers_of(record)
    if viewer.pk in keepers:
        return True
    if record.pk in shared_ids(viewer, record.object_key, action):
        return True
    if is_member_of_customer(viewer, record, action) or waits_for(viewer, record, action):
        return True
    if record.privacy == "team":
        colleagues = viewer.people_of(viewer.team_ids)
        return not keepers.isdisjoint(colleagues) or record.team_id in viewer.team_ids
    if record.privacy:
        return False
    return reach.everyone or not keepers.isdisjoint(reach.people) or record.team_id in reach.teams


def is_member_of_customer(viewer: Viewer, record: Any, action: str) -> bool:
    """Is he a member of the account or lead with which this happened?"""
    followed = followed_ids(viewer, type(record), action) if record.follows else ()
    return any(getattr(record, f"{name}_id") in keys for name, keys in followed)


def waits_for(viewer: Viewer, record: Any, action: str) -> bool:
    """Does it wait, without anybody in charge, in the queue of one of his teams?"""
    if record.owner_id is not None or record.privacy:
        return False
    return record.team_id in queues_of(viewer, viewer.reach(record.object_key, action), action)


def keepers_of(record: Any) -> set[int]:
    """Who has the record as his own: the person in charge, of a talk also the one in charge of the customer."""
    if record.kept_by == ONLY_OWNER:
        return {record.owner_id}
    return {getattr(record, f"{name}_id") for name in record.kept_by}


def questions(viewer: Viewer, object_key: str, *, of_list: bool = False) -> list[Told]:
    """What is asked once a request to know which records of this object somebody may see and change."""
    by_team = of_list or any(viewer.scope(object_key, action) in BY_TEAM for action in ("view", "edit"))
    shares = [] if "shares" in viewer.memo else [MINE.told(viewer.pk)]
    return [*shares, *(viewer.questions() if by_team else ())]


def seen_by_uid(
    model: Any, uid: uuid.UUID, viewer: Viewer, *, linked: Iterable[str] = (), trashed: bool = False
) -> Any:
    """The record with what it links to, None where there is none that this person may see; with `trashed` it may lie
    in the trash.
    """
    record = _by_uid(model, tuple(linked)).first(uid)
    if record is None or (record.trashed_at is not None and not trashed):
        return None
    return record if sees(viewer, record, "view") else None


def seen_by_keys(
    model: Any, keys: Iterable[int], viewer: Viewer, *, linked: Iterable[str] = (), trashed: bool = False
) -> dict[int, Any]:
    """Those of these records that this person may see, by key in order, with what they link to; with `trashed` also
    from the trash.
    """
    if viewer.reach(model.object_key, "view").nobody:
        return {}
    rows = [row for row in by_keys(model, *linked)(keys) if trashed or row.trashed_at is None]
    return {row.pk: row for row in rows if sees(viewer, row, "view")}


def seen_of_kinds(
    places: Iterable[tuple[str, int | None]], viewer: Viewer, *, trashed: bool = False
) -> dict[tuple[str, int], Any]:
    """The same of records of several kinds, by (kind, key); a question for each kind. What names no record, or a kind
    of an area that was taken out, is passed over.
    """
    wanted: dict[str, set[int]] = {}
    for kind, key in places:
        if key is not None and registry.has(kind):
            wanted.setdefault(kind, set()).add(key)
    return {
        (kind, key): record
        for kind, keys in wanted.items()
        for key, record in seen_by_keys(registry.get(kind).model, keys, viewer, trashed=trashed).items()
    }


@cache
def _by_uid(model: Any, linked: tuple[str, ...]) -> Prepared:
    rows = model.plain.select_related(*linked) if linked else model.plain
    return Prepared(lambda uid: rows.filter(uid=uid))
