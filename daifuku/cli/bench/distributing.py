"""Ten thousand leads that nobody has, given to twenty people in turn, some of whom have enough for today."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from daifuku.customers.models import Lead
from daifuku.customers.models.lead import STILL_A_LEAD
from daifuku.distribution.actions import distribute, edit_setup, keep_taker
from daifuku.distribution.models import Decision
from daifuku.duties.working import Calendar
from daifuku.ledger.channel import through
from daifuku.staff.models import Person

LEADS, TAKERS, FULL = 10_000, 20, 4


def give(number: int) -> int:
    """In working hours, of whatever day it is."""
    administrator = Person.objects.get(email="mizuno@example.jp")
    _open(administrator)
    leads = Lead.plain.filter(STILL_A_LEAD)
    keys = list(leads.order_by("-pk").values_list("pk", flat=True)[:LEADS])
    leads.filter(pk__gte=keys[-1]).update(owner=None)
    Decision.objects.filter(lead__in=leads.filter(pk__gte=keys[-1])).delete()
    with through("job", at=_in_working_hours()):
        outcome = distribute(keys, by=None)
    assert outcome.done == len(keys), outcome
    return 0


def _open(administrator: Person) -> None:
    """By turn, whoever enters little as well: how often somebody entered is measured elsewhere."""
    edit_setup({"on": True, "by_rate": False}, by=administrator)
    reps = Person.objects.filter(email__startswith="rep").order_by("pk")[:TAKERS]
    for place, person in enumerate(reps):
        keep_taker(person, {"most_a_day": 1 if place < FULL else 0}, by=administrator)


def _in_working_hours() -> datetime:
    today = timezone.localdate()
    day = Calendar([], today).working_days(today, 1)
    return datetime.combine(day, time(10), timezone.get_default_timezone())
