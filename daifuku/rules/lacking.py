"""What a record still lacks under the rules, and until when: said on its page and above its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties.models import Duty
from daifuku.foundation.reversing import url_of
from daifuku.records import panels
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.rules.owing import key_of
from daifuku.rules.rulings import Ruling, rulings_of
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Lacking:
    """The duty of one rule that waits, with the fields that are empty."""

    ruling: Ruling
    duty: Duty
    names: str


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
        Lacking(empty[duty.key][0], duty, _("、").join(field.name for field in empty[duty.key][1]))
        for duty in duties
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
    edit = url_of("records:edit", registry.of(record).slug, record.uid)
    return {"owed": owed, "address": edit if sees(viewer, record, "edit") else ""}
