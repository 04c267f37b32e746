"""The administrator says what counts as an actual figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.forecast import sources
from daifuku.forecast.models import Setting
from daifuku.forecast.models.setting import setting
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person


def edit_setting(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setting:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    kind, about = "forecast.setting_changed", "forecast_setting"
    return settle(Setting, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, about=about)


def undo_changed(event: Event, by: Person) -> Undone:
    return settle_back(event, setting(), edit_setting, by)


def _basis(raw: Any) -> str:
    if raw not in {source.key for source in sources.every() if source.basis}:
        raise ValueError(_("実績の基準を選んでください。"))
    return str(raw)


CLEANERS: dict[str, cleaning.Cleaner] = {"basis": _basis}
