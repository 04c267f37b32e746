"""The administrator says who writes, who reads, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.daily.models import Habits, habits
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person, Role

NAMES = ("switches_at", "due_at", "writers", "readers", "mails", "mails_at")
LATEST_SWITCH = 11


def edit_habits(changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Habits:
    """Changes the settings of daily reports; nothing different means nothing written. Raises Invalid, Forbidden."""
    need_settings(by)
    values = _cleaned(changes)
    with ledger.writing():
        row: Habits = Habits.objects.select_for_update().order_by("pk").first() or habits()
        done = {
            name: [_plain(getattr(row, name)), _plain(value)]
            for name, value in values.items()
            if getattr(row, name) != value
        }
        if not done and undoes is None:
            return row
        for name in done:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        ledger.record("daily.habits_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_habits(event: Event, by: Person) -> Undone:
    row = habits()
    if any(_plain(getattr(row, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    edit_habits({name: old for name, (old, _new) in event.changes.items()}, by=by, undoes=event)
    return Undone(1)


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, raw in changes.items():
        try:
            values[name] = _clean(name, raw)
        except ValueError as error:
            problems.append(FieldProblem(name, str(error)))
    if problems:
        raise Invalid(problems)
    return values


def _clean(name: str, raw: Any) -> Any:
    if name == "switches_at":
        text = str(raw).strip()
        if not text.isdecimal() or int(text[:3]) > LATEST_SWITCH:
            raise ValueError(str(_("0から11までの時刻を選んでください。")))
        return int(text)
    if name in ("due_at", "mails_at"):
        return _time(raw)
    if name == "mails":
        return raw in (True, "true", "on", "1", 1)
    if name in ("writers", "readers"):
        known, given = set(Role.objects.values_list("key", flat=True)), list(raw or [])
        if not set(given) <= known:
            raise ValueError(str(_("役割を選び直してください。")))
        return sorted(set(given))
    raise ValueError(str(_("この設定はありません。")))


def _time(raw: Any) -> time:
    if isinstance(raw, time):
        return raw
    try:
        return time.fromisoformat(str(raw).strip()[:5])
    except ValueError as error:
        raise ValueError(str(_("7:30のように時刻を入力してください。"))) from error


def _plain(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value
