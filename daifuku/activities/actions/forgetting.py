"""When a person is erased, what was talked and planned with him keeps when, how and by whom; the words go as well."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.activities.models import Plan, Series, Talk, Task
from daifuku.ledger.channel import moment
from daifuku.records.actions.erasing import forget
from daifuku.staff.models import Person

PEOPLE = ("contact", "lead")


def forget_words(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    if record.object_key not in PEOPLE:
        return
    with_him = {record.object_key: record}
    for model in (Talk, Plan, Task):
        for each in (
            model.plain.select_for_update(of=("self",), no_key=True).filter(**with_him).order_by("pk")
        ):
            if isinstance(each, Task):
                each.items = []
            forget(each, by=by)
    _end_series(record)


def say(record: Any) -> str:
    """How many talks, plans and tasks will lose their words, the trash included."""
    if record.object_key not in PEOPLE:
        return ""
    n = sum(model.plain.filter(**{record.object_key: record}).count() for model in (Talk, Plan, Task))
    words = _("取引履歴・活動予定・タスク {n}件の件名と内容（日時・方法・だれが対応したかは残ります）")
    return words.format(n=n) if n else ""


def _end_series(record: Any) -> None:
    """No plan with him is made any more, and what those plans would have said goes too."""
    for series in Series.objects.select_for_update().filter(**{f"pattern__{record.object_key}": record.pk}):
        series.ended_at = series.ended_at or moment()
        series.pattern = {**series.pattern, "subject": "", "place": "", "text": "", "custom": {}}
        series.save(update_fields=["ended_at", "pattern"])
