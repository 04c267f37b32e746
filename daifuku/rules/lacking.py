"""What a record still lacks under the rules, and until when: said on its page and above its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties.models import Duty
from daifuku.records import panels
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.rules.kinds import form_of
from daifuku.rules.owing import key_of
from daifuku.rules.rulings import Ruling, rulings_of
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Lacking:
    """The duty of one rule that waits, with the fields that are empty."""

    ruling: Ruling
    duty: Duty
    names: str
    address: str


def still_owed(record: Any, viewer: Viewer) -> list[Lacking]:
    """What is due first comes first. Of a complete record nothing is asked; what a person may not see is not named."""
    seen = vocabulary.fields_for(viewer, record.object_key)
    counting = [each for each in rulings_of(record.object_key) if each.watched <= seen.keys()]
    empty = {key_of(each.rule.origin, record): (each, each.lacking(record)) for each in counting}
    keys = [key for key, (_ruling, fields) in empty.items() if fields]
    if not keys:
        return []
    duties = Duty.objects.waiting().filter(key__in=keys).order_by("due_at", "id")
    return [
        Lacking(ruling, duty, _("、").join(field.name for field in fields), form_of(record, fields))
        for duty in duties
        for ruling, fields in [empty[duty.key]]
    ]


def register() -> None:
    panels.everywhere.append(
        Panel("lacking", gettext_lazy("運用ルール"), "rules/panels/lacking.html", panel, "head", 1)
    )


def panel(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    if record.trashed_at is not None:
        return None
    owed = still_owed(record, viewer)
    if not owed:
        return None
    return {"owed": owed, "may_edit": sees(viewer, record, "edit")}
