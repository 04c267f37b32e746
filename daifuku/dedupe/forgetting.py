"""When a person is erased, the pairs and marks about him go as well; what was learnt from them names nobody."""

from __future__ import annotations

from typing import Any

from daifuku.dedupe.models import Apart, Pair
from daifuku.dedupe.models.pair import touching
from daifuku.staff.models import Person


def forget_pairs(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    for model in (Pair, Apart):
        model.objects.filter(touching(record.object_key, record.pk)).delete()
