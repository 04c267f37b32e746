"""The administrator says who writes, who reads, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.daily.models import Habits, habits
from daifuku.foundation.whole import whole
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person, Role

LATEST_SWITCH = 11


def edit_habits(changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Habits:
    """What is not named stays; nothing different means nothing written. Raises Invalid, Forbidden."""
    return settle(Habits, changes, CLEANERS, "daily.habits_changed", by=by, undoes=undoes)


def undo_habits(event: Event, by: Person) -> Undone:
    return settle_back(event, habits(), edit_habits, by)


def _hour(raw: Any) -> int:
    hour = whole(raw)
    if hour is None or hour > LATEST_SWITCH:
        raise ValueError(_("0から11までの時刻を選んでください。"))
    return hour


def _roles(raw: Any) -> list[str]:
    known, given = set(Role.objects.values_list("key", flat=True)), set(raw or [])
    if not given <= known:
        raise ValueError(_("役割を選び直してください。"))
    return sorted(given)


CLEANERS: dict[str, cleaning.Cleaner] = {
    "switches_at": _hour,
    "due_at": cleaning.clock,
    "writers": _roles,
    "readers": _roles,
    "mails": cleaning.truth,
    "mails_at": cleaning.clock,
}
