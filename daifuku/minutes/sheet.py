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
from daifuku.customers.sheet import MOST, Item, Items, Section, register
from daifuku.foundation.sql.first_of_each import first_of_each
from daifuku.minutes.models import Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.reading.lines import DECISION, QUESTION
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer

LOOKED_THROUGH = 10


def register_sections() -> None:
    section = Section("decided", gettext_lazy("決まったこと・保留"), decided, 55, ahead=decided_of_many)
    register(section)


def decided(record: Any, viewer: Viewer, today: date) -> Sequence[Item] | None:
    """Of the newest minutes that this person may read."""
    return decided_of_many([record], viewer)(record, viewer, today)


def decided_of_many(records: Sequence[Any], viewer: Viewer) -> Items:
    """One question for all of them."""
    link = records[0].object_key if records else "account"
    known = vocabulary.fields_for(viewer, "talk")
    if not viewer.may("talk", "view") or not {"text", link} <= set(known):
        return lambda record, viewer, today: None
    found: dict[int, list[Minutes]] = {record.pk: [] for record in records}
    for row in _newest(link, list(found), viewer):
        found[getattr(row.talk, f"{link}_id")].append(row)
    return lambda record, viewer, today: list(_items(found[record.pk]))[:MOST]


def _newest(link: str, keys: Sequence[int], viewer: Viewer) -> Iterator[Minutes]:
    talks: Any = Talk.objects.visible_to(viewer).filter(**{f"{link}__in": keys}, trashed_at__isnull=True)
    rows = Minutes.objects.filter(talk__in=talks.values("pk")).select_related("talk__owner")
    found: Iterator[Minutes] = first_of_each(rows, f"talk__{link}", ["-held_at", "-id"], LOOKED_THROUGH)
    return found


def _items(rows: Sequence[Minutes]) -> Iterator[Item]:
    for row in rows:
        talk, day = row.talk, timezone.localtime(row.held_at).date()
        for finding in read(talk.text, day).findings:
            if finding.kind in {DECISION, QUESTION}:
                open_one = finding.kind == QUESTION
                words = [(_("保留"), "yellow")] if open_one else []
                told = date_format(day, "Y/n/j(D)")
                yield Item(finding.text, told, talk.get_absolute_url(), words, str(talk.owner or ""))
