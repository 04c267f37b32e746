"""What is typed is kept while it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.daily import days
from daifuku.daily.actions.closing import check_day
from daifuku.daily.models import Draft, habits
from daifuku.daily.objects.report import DAILY_REPORT, WRITTEN
from daifuku.foundation.errors import Stale
from daifuku.foundation.sql import write_transaction
from daifuku.ledger.channel import moment
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.saving import require
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def keep_draft(day: date, values: dict[str, Any], *, by: Person, version: int | None = None) -> Draft:
    """Keeps remark and consultation of this day. `version` is that of the draft that was shown (0: there was none).

    Raises Stale when the same person wrote on another screen in the meantime, Invalid, Forbidden.
    """
    viewer = viewer_of(by)
    require(viewer, DAILY_REPORT, "create")
    check_day(day, days.business_day(moment(), habits()))
    said = Cleaner(DAILY_REPORT, viewer).changes({name: values.get(name, "") for name in WRITTEN})
    said = {name: said.get(name) or "" for name in WRITTEN}
    with write_transaction():
        draft = Draft.objects.select_for_update().filter(person=by, day=day).first()
        if version is not None and version != (draft.version if draft else 0):
            raise Stale(
                _("別の画面でも書いています。あちらの内容を確かめてから、こちらを開き直してください。"),
                context={"version": draft.version if draft else 0},
            )
        if draft is None:
            return Draft.objects.create(person=by, day=day, at=moment(), **said)
        if {name: getattr(draft, name) for name in WRITTEN} != said:
            for name, value in said.items():
                setattr(draft, name, value)
            draft.version, draft.at = draft.version + 1, moment()
            draft.save()
    return draft
