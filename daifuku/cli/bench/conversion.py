"""A lead with fifty talks becomes a customer; ten thousand of them do in a job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.conversion.actions import Wanted, convert
from daifuku.conversion.actions.many import MAKE, Way, for_each
from daifuku.conversion.models import Result
from daifuku.customers.models import Lead
from daifuku.ledger import writing as ledger
from daifuku.records import actions
from daifuku.staff.models import Person

ONE, MANY = "120", "120,000"
TALKS, LEADS = 50, 10_000


def one() -> Callable[[int], int]:
    """The verb alone: the lead and its talks are made before the first is timed."""
    waiting: list[Any] = []

    def run(number: int) -> int:
        if not waiting:
            waiting.extend(_leads(number))
        convert(waiting.pop(), Wanted(deal=True), by=_rep())
        return 0

    return run


def many(number: int) -> int:
    """Each into an account, a contact and a deal of its own."""
    by = Person.objects.get(email="mizuno@example.jp")
    keys = list(
        Lead.plain.filter(converted_at__isnull=True).order_by("-pk").values_list("pk", flat=True)[:LEADS]
    )
    with ledger.writing():
        event = ledger.record("lead.bulk_converted", by=by, data={"title": "bench", "count": len(keys)})
    for_each(sorted(keys), event, by=by, way=Way.now(True, MAKE))
    assert Result.objects.filter(event=event).exclude(state="blocked").count() == len(keys)
    return 0


def _rep() -> Person:
    found: Person = Person.objects.filter(email__startswith="rep").order_by(
        "pk"
    ).first() or Person.objects.get(email="mizuno@example.jp")
    return found


def _leads(number: int) -> list[Lead]:
    by, start = _rep(), timezone.now() - timedelta(days=2)
    made = []
    for place in range(20):
        values = {"family_name": "山田", "company": f"みどり商店{number}-{place}", "interest": "ヨーグルト"}
        lead = actions.create("lead", values, by=by)
        talk = {"lead": lead, "started_at": start, "method": "phone", "content": "question", "text": "電話"}
        actions.create_many("talk", [talk] * TALKS, by=by)
        made.append(lead)
    return made
