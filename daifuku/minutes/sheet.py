"""What minutes tell on a customer's sheet: what was decided, and what was left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.activities.models import Talk
from daifuku.customers.sheet import MOST, Item, Section, register
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.reading.lines import DECISION, QUESTION
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer

LOOKED_THROUGH = 10


def register_sections() -> None:
    register(Section("decided", gettext_lazy("決まったこと・保留"), decided, 55))


def decided(record: Any, viewer: Viewer, today: date) -> Sequence[Item] | None:
    """Of the newest minutes that this person may read."""
    known = vocabulary.fields_for(viewer, "talk")
    if not viewer.may("talk", "view") or not {"text", record.object_key} <= set(known):
        return None
    return list(_items(record, viewer))[:MOST]


def _items(record: Any, viewer: Viewer) -> Iterator[Item]:
    talks: Any = Talk.objects.visible_to(viewer).filter(
        **{record.object_key: record}, trashed_at__isnull=True
    )
    rows = Minutes.objects.filter(talk__in=talks.values("pk")).select_related("talk__owner")
    for row in rows.order_by("-held_at", "-id")[:LOOKED_THROUGH]:
        talk, day = row.talk, timezone.localtime(row.held_at).date()
        for finding in read(talk.text, day).findings:
            if finding.kind in {DECISION, QUESTION}:
                open_one = finding.kind == QUESTION
                words = [(_("保留"), "yellow")] if open_one else []
                told = date_format(day, "Y/n/j(D)")
                yield Item(finding.text, told, talk.get_absolute_url(), words, str(talk.owner or ""))
