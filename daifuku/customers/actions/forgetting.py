"""When a person is erased, her posts and the notes about her likenesses go as well."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.customers.models import Affiliation, Separation
from daifuku.staff.models import Person


def forget_posts(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    if record.object_key == "contact":
        Affiliation.objects.filter(contact=record).delete()
    pairs = Separation.objects.filter(object=record.object_key)
    pairs.filter(Q(first_id=record.pk) | Q(second_id=record.pk)).delete()
