"""When a customer is erased, what people wrote about him in objections goes; the entry stays."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.activities.models import Plan, Talk, Task
from daifuku.penalties.models import Entry
from daifuku.staff.models import Person


def forget_objections(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    about = Q(duty__subject_object=record.object_key, duty__subject_id=record.pk)
    if record.object_key in {"contact", "lead", "account"}:
        for model in (Plan, Talk, Task):
            keys = list(
                model.plain.filter(**{record.object_key: record.pk}).values_list("pk", flat=True)[:5000]
            )
            about |= Q(duty__subject_object=model.object_key, duty__subject_id__in=keys)
    said = Entry.objects.filter(about).exclude(objection="", decision="").values_list("pk", flat=True)
    Entry.objects.filter(pk__in=list(said)).update(objection="", decision="")
