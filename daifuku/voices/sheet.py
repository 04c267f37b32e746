"""What this room tells on a customer's sheet: what they asked for, and what they were answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.sheet import MOST, Item, Items, Section, register
from daifuku.staff.viewer import Viewer
from daifuku.voices import finding
from daifuku.voices.models import Voice
from daifuku.voices.showing import voice_line


def register_sections() -> None:
    register(
        Section(
            "voices",
            pgettext_lazy("many", "お客様の声"),
            voices,
            65,
            empty=_("回答を待っている声や新しい回答はありません。"),
            ahead=voices_of_many,
        )
    )


def voices(record: Any, viewer: Viewer, today: date) -> Sequence[Item] | None:
    """New answers and what is open; the answer where there is one, else the words."""
    if not finding.may_see(viewer):
        return None
    return _items(finding.of_customer(record.object_key, record.pk, viewer), viewer)


def voices_of_many(records: Sequence[Any], viewer: Viewer) -> Items:
    if not finding.may_see(viewer):
        return lambda record, viewer, today: None
    found = finding.of_customers(records, viewer, timezone.now())
    return lambda record, viewer, today: _items(found.get((record.object_key, record.pk), []), viewer)


def _items(rows: Sequence[Voice], viewer: Viewer) -> Sequence[Item]:
    lines = [voice_line(voice, viewer, ("account", "contact", "lead")) for voice in rows[:MOST]]
    return [
        Item(
            str(line.record), line.answer or line.text, line.record.get_absolute_url(),
            [(option.name, option.colour) for option in line.words], line.product, line.late,
        )
        for line in lines
    ]  # fmt: skip
