"""When a person is erased the talks with him lose their words, and so does what was made of their lines."""

from __future__ import annotations

from typing import Any

from daifuku.minutes.models import Draft, Minutes
from daifuku.staff.models import Person


def forget_lines(record: Any, by: Person) -> None:
    """In the transaction of the erasure. Nobody loses what he is typing about somebody else."""
    if record.object_key in {"contact", "lead"}:
        Minutes.objects.filter(**{f"talk__{record.object_key}": record}).update(accepted=[])
        Draft.objects.filter(**{f"talk__{record.object_key}": record}).delete()
        Draft.objects.filter(**{f"values__{record.object_key}": str(record.uid)}).delete()
