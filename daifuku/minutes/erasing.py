"""When a person is erased the talks with him lose their words, and so does what was made of their lines."""

from __future__ import annotations

from typing import Any

from daifuku.minutes.models import Draft, Minutes
from daifuku.staff.models import Person


def forget_lines(record: Any, by: Person) -> None:
    """In the transaction of the erasure. A draft may speak of anybody: those that are open are thrown away."""
    if record.object_key in {"contact", "lead"}:
        Minutes.objects.filter(**{f"talk__{record.object_key}": record}).update(accepted=[])
        Draft.objects.all().delete()
