"""When a person is erased, what a conversion remembers of her goes too; then it cannot be taken back any more."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.conversion.models import Conversion, Result
from daifuku.staff.models import Person


def forget(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    if record.object_key not in {"lead", "contact"}:
        return
    rows = Conversion.objects.filter(Q(**{record.object_key: record}))
    leads = list(rows.values_list("lead_id", flat=True))
    rows.update(filled={}, carried={}, sealed=True)
    Result.objects.filter(lead__in=leads).update(sentence="")
