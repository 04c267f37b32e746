"""The administrator says how the firm treats voices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions.changes import Changes
from daifuku.staff.actions.cleaning import Cleaner, number, truth
from daifuku.staff.models import Person
from daifuku.voices.models import Conduct
from daifuku.voices.models.conduct import conduct
from daifuku.voices.objects.openness import open_or_close

LONGEST = 3650


def edit_conduct(changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Conduct:
    """Raises Invalid, Forbidden."""
    kind = "voices.conduct_changed"
    return settle(Conduct, changes, CLEANERS, kind, by=by, undoes=undoes, check=_follow)


def undo_changed(event: Event, by: Person) -> Undone:
    return settle_back(event, conduct(), edit_conduct, by)


def _follow(row: Conduct, done: Changes) -> None:
    if "share_private" in done:
        open_or_close(row.share_private)


CLEANERS: dict[str, Cleaner] = {
    "share_private": truth,
    "alarm_days": number(0, LONGEST),
    "news_days": number(0, LONGEST),
}
