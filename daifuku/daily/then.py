"""How things stood at the end of a day that is over: what was changed since is put back, in memory, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from daifuku.activities.models import Plan
from daifuku.activities.models.plan import OPEN
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import vocabulary

# An old day does not look for what was changed since further away than this.
AROUND, MOST = timedelta(days=31), 2000
PUT_BACK = ("state", "reason", "started_at", "ended_at")


def open_plans(rows: Any, begin: datetime | None, end: datetime, until: datetime) -> tuple[Any, list[Plan]]:
    """Those that lay in this time and were still to happen at `until`: the rows that stand as they stood, and beside
    them, as they were, those that got their result, were put off or called off since."""
    within = Q(started_at__lt=end) if begin is None else Q(started_at__gte=begin, started_at__lt=end)
    # By owner and state: nearly all plans were changed before then, and the index of changes would walk them all.
    by_state = rows.alias(touched=Coalesce("updated_at", "created_at"))
    still = by_state.filter(within, state__in=OPEN, touched__lt=until)
    near = Q(started_at__gte=(begin or end) - AROUND, started_at__lt=end + AROUND)
    changed = rows.filter(near, created_at__lt=until, updated_at__gte=until).order_by("started_at", "id")
    back = as_it_was(list(changed[:MOST]), until)
    return still, [
        plan
        for plan in back
        if plan.state in OPEN and plan.started_at < end and (begin is None or plan.started_at >= begin)
    ]


def as_it_was(plans: Sequence[Plan], until: datetime) -> list[Plan]:
    """One question; of each field the oldest change since then says what stood there before. Nothing is saved."""
    by_key = {plan.pk: plan for plan in plans}
    if not by_key:
        return []
    fields, done = vocabulary.fields_of("plan"), set()
    lines = Event.objects.filter(
        at__gte=until, subjects__object="plan", subjects__record_id__in=by_key, subjects__role=Subject.MAIN
    )
    for key, data in lines.order_by("id").values_list("subjects__record_id", "data"):
        for name, (old, _new) in data.get("changes", {}).items():
            if name in PUT_BACK and (key, name) not in done:
                done.add((key, name))
                fields[name].put(by_key[key], fields[name].type.from_json(old))
    return list(plans)
