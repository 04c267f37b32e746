"""When a person is erased, what she said goes as well; that something was asked for, and of what product, stays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.records.actions.erasing import forget
from daifuku.staff.models import Person
from daifuku.voices.models import Voice

PEOPLE = ("contact", "lead")


def forget_voices(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    if record.object_key in PEOPLE:
        rows = Voice.plain.select_for_update(of=("self",), no_key=True).filter(**{record.object_key: record})
        for voice in rows.order_by("pk"):
            forget(voice, by=by)


def say(record: Any) -> str:
    """How many voices will lose their words, the trash included."""
    if record.object_key not in PEOPLE:
        return ""
    n = Voice.plain.filter(**{record.object_key: record}).count()
    return _("お客様の声 {n}件の本文と回答（分類・商品・対策は残ります）").format(n=n) if n else ""
