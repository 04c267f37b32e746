"""The administrator says who writes, who reads, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.daily.models import Habits, habits
from daifuku.foundation.whole import whole
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions import cleaning
from daifuku.staff.actions.changes import old_values, put
from daifuku.staff.models import Person, Role

LATEST_SWITCH = 11


def edit_habits(changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Habits:
    """What is not named stays; nothing different means nothing written. Raises Invalid, Forbidden."""
    need_settings(by)
    values = cleaning.clean_all(changes, CLEANERS)
    with ledger.writing():
        row: Habits = Habits.objects.select_for_update().order_by("pk").first() or habits()
        done = put(row, values)
        if done or undoes is not None:
            row.version += 1
            row.save()
            ledger.record("daily.habits_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_habits(event: Event, by: Person) -> Undone:
    edit_habits(old_values(event, habits()), by=by, undoes=event)
    return Undone(1)


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
