"""The ledger's step of the morning, and whether the firm uses the ledger at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from daifuku.duties.models import Policy
from daifuku.duties.morning import Step
from daifuku.penalties.actions.entering import enter_clean_weeks, enter_misses, reconcile
from daifuku.penalties.models import Entry, Terms
from daifuku.staff.viewer import Viewer


def note(today: date, now: datetime, rules: Policy) -> int:
    reconcile()
    return enter_misses(today, now) + enter_clean_weeks(today, now)


STEP = Step("penalties", _("入力漏れの台帳"), note, 60)


def in_use(viewer: Viewer) -> bool:
    """Asked once a request: it is on, or there is something left in it for this person."""
    memo: dict[str, Any] = viewer.memo
    if "penalties" not in memo:
        memo["penalties"] = (
            Terms.objects.filter(on=True).exists() or Entry.objects.visible_to(viewer).exists()
        )
    return cast("bool", memo["penalties"])
