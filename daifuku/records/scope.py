"""The same rule as the read door, asked of one record in memory."""

from __future__ import annotations

from typing import Any

from daifuku.records.models.share import shared_ids
from daifuku.staff.viewer import Viewer


def sees(viewer: Viewer, record: Any, action: str) -> bool:
    """May this person `action` this record? Must agree with `RecordQuerySet.visible_to`."""
    reach = viewer.reach(record.object_key, action)
    if reach.nobody:
        return False
    if record.owner_id == viewer.pk:
        return True
    if record.pk in shared_ids(viewer, record.object_key, action):
        return True
    if record.privacy == "team":
        colleagues = viewer._people_of(viewer.team_ids)
        return record.owner_id in colleagues or record.team_id in viewer.team_ids
    if record.privacy:
        return False
    return reach.everyone or record.owner_id in reach.people or record.team_id in reach.teams
