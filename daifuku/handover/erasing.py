"""When a person is erased, what the predecessor wrote about her goes too."""

from __future__ import annotations

from typing import Any

from daifuku.handover.actions.printing import forget_all
from daifuku.handover.models import Item
from daifuku.staff.models import Person


def forget_notes(record: Any, by: Person) -> None:
    """In the transaction of the erasure. Papers tell of many: all of them go, and can be made anew."""
    forget_all()
    if record.object_key == "lead":
        Item.objects.filter(object="lead", record_id=record.pk).update(note="")
