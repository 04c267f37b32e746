"""The administrator says what counts as an actual figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.forecast import sources
from daifuku.forecast.models import Setting
from daifuku.foundation.errors import ChangedSince
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions import cleaning
from daifuku.staff.actions.changes import check_version, put
from daifuku.staff.models import Person


def edit_setting(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setting:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    need_settings(by)
    values = cleaning.clean_all(changes, CLEANERS)
    with ledger.writing():
        row = Setting.objects.select_for_update().first() or Setting()
        check_version(row, version)
        done = put(row, values)
        if not done and undoes is None:
            return row
        row.version = row.version + 1 if row.pk else 2
        row.save()
        about = [ledger.About("forecast_setting", row.pk)]
        ledger.record("forecast.setting_changed", by=by, about=about, data={"changes": done}, undoes=undoes)
    return row


def undo_changed(event: Event, by: Person) -> Undone:
    row = Setting.objects.first() or Setting()
    back = {name: old for name, (old, new) in event.changes.items() if getattr(row, name) == new}
    if not back:
        raise ChangedSince
    edit_setting(back, by=by, undoes=event)
    return Undone(1)


def _basis(raw: Any) -> str:
    if raw not in {source.key for source in sources.every() if source.basis}:
        raise ValueError(_("実績の基準を選んでください。"))
    return str(raw)


CLEANERS: dict[str, cleaning.Cleaner] = {"basis": _basis}
