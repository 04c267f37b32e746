"""The statement of a month: what was noted, what was waived, what was paid, for one person or several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.calendar import add_months
from daifuku.penalties.actions.entering import CAPPED, NO_CONSENT, NO_WAGE
from daifuku.penalties.models import Entry, EntryState, Payment, Terms
from daifuku.penalties.periods import bounds, month_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

WHY_LESS = {
    NO_CONSENT: _("同意がないため点数のみ"), NO_WAGE: _("賃金が未登録のため点数のみ"),
    CAPPED: _("法律の上限まで"),
}  # fmt: skip
# How many months a page offers.
MONTHS = 13


@dataclass
class Sums:
    """`points` and `amount` are what counts; `held` are entries whose objection is not decided."""

    person: Person
    points: int = 0
    amount: int = 0
    entries: int = 0
    held: int = 0
    waived: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        return max(0, self.amount - self.paid)


def sums_of(people: Iterable[Person], month: date, rules: Terms) -> list[Sums]:
    """Two questions; those of whom nothing is noted are left out."""
    found = {person.pk: Sums(person) for person in people}
    first, last = bounds(month, rules.closing_day)
    rows: Any = Entry.objects.filter(person__in=list(found), day__gte=first, day__lte=last)
    for person, state, points, amount in rows.order_by().values_list(
        "person_id", "state", "points", "amount"
    ):
        sums = found[person]
        if state == EntryState.STANDS:
            sums.points, sums.amount, sums.entries = (
                sums.points + points,
                sums.amount + amount,
                sums.entries + 1,
            )
        elif state == EntryState.OBJECTED:
            sums.held += 1
        else:
            sums.waived += 1
    paid = Payment.objects.filter(person__in=list(found), month=month).order_by().values_list("person_id")
    for person, amount in paid.annotate(n=Sum("amount")):
        found[person].paid = amount
    return [each for each in found.values() if each.entries or each.held or each.waived or each.paid]


def entries_of(viewer: Viewer, people: Iterable[Person], month: date, rules: Terms) -> list[Entry]:
    first, last = bounds(month, rules.closing_day)
    rows = Entry.objects.visible_to(viewer).filter(person__in=[person.pk for person in people])
    found = rows.filter(day__gte=first, day__lte=last)
    return list(found.select_related("person", "duty", "decided_by").order_by("person", "day", "id"))


def payments_of(viewer: Viewer, people: Iterable[Person], month: date) -> list[Payment]:
    rows = Payment.objects.visible_to(viewer).filter(person__in=[person.pk for person in people], month=month)
    return list(rows.select_related("person", "created_by"))


def month_from(raw: str, today: date, rules: Terms) -> date:
    """2026-11; anything else is the period of today."""
    newest = month_of(today, rules.closing_day)
    try:
        month = date.fromisoformat(f"{raw}-01")
    except ValueError:
        return newest
    return min(month, newest)


def months_until(today: date, rules: Terms) -> list[date]:
    first = month_of(today, rules.closing_day)
    return [add_months(first, -n) for n in range(MONTHS)]
