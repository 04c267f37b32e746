"""When a customer is erased, reasons that people gave about him go; that something was owed and entered stays."""

from __future__ import annotations

from typing import Any

from daifuku.activities.models import Plan, Talk, Task
from daifuku.duties.models import Duty
from daifuku.foundation.portions import portions
from daifuku.staff.models import Person

EMPTY = {"reason": "", "plea": "", "declined": "", "snooze_reason": "", "label": "", "url": ""}


def forget_reasons(record: Any, by: Person) -> None:
    """In the transaction of the erasure: of the record itself, and of what was talked and planned with it."""
    Duty.objects.filter(subject_object=record.object_key, subject_id=record.pk).update(**EMPTY)
    if record.object_key not in {"contact", "lead", "account"}:
        return
    for model in (Plan, Talk, Task):
        keys = list(model.plain.filter(**{record.object_key: record.pk}).values_list("pk", flat=True))
        for part in portions(keys):
            Duty.objects.filter(subject_object=model.object_key, subject_id__in=part).update(**EMPTY)
