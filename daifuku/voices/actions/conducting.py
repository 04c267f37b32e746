"""The administrator says how the firm treats voices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.whole import whole
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person
from daifuku.voices.models import Conduct
from daifuku.voices.objects.openness import open_or_close

DAYS, LONGEST = ("alarm_days", "news_days"), 3650


def edit_conduct(changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Conduct:
    """Raises Invalid, Forbidden."""
    need_settings(by)
    values = {name: _clean(name, raw) for name, raw in changes.items() if name in {"share_private", *DAYS}}
    with ledger.writing():
        row = Conduct.objects.select_for_update().first() or Conduct()
        done = {
            name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value
        }
        if not done and undoes is None:
            return row
        for name, (_old, value) in done.items():
            setattr(row, name, value)
        row.version = row.version + 1 if row.pk else 1
        row.save()
        if "share_private" in done:
            open_or_close(row.share_private)
        ledger.record("voices.conduct_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_changed(event: Event, by: Person) -> Undone:
    row = Conduct.objects.first() or Conduct()
    back = {name: old for name, (old, new) in event.changes.items() if getattr(row, name) == new}
    if not back:
        raise ChangedSince
    edit_conduct(back, by=by, undoes=event)
    return Undone(1)


def _clean(name: str, raw: Any) -> bool | int:
    if name == "share_private":
        return bool(raw)
    days = whole(raw)
    if days is None or not 0 <= days <= LONGEST:
        sentence = _("0から%(most)sまでの日数を入力してください。") % {"most": LONGEST}
        raise Invalid([FieldProblem(name, sentence, code="range")])
    return days
