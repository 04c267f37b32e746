"""What was still missing on the morning after is noted; what turns out not to be missing is taken out again.

The program does this out of the duties, so no line is written; what people say about an entry is a line. Nothing here
moves money: an amount is what the firm's own terms say, within the consent of the person or the two caps of the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from daifuku.duties.models import Duty, State
from daifuku.foundation.portions import portions
from daifuku.foundation.uuid7 import uuid7
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.penalties.models import Consent, Entry, EntryKind, EntryState, Mode, Terms, Wage
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import bounds, month_of

# What was missing longer ago was noted then, or the program was not running: that is nobody's fault.
BACK = timedelta(days=14)
NO_CONSENT, NO_WAGE, CAPPED = "no_consent", "no_wage", "capped"
BATCH = 400


def enter_misses(today: date, now: datetime | None = None) -> int:
    """Notes what was due before today and is missing still; once for each duty. Returns how many are new."""
    rules, now = terms(), now or moment()
    if not rules.on:
        return 0
    since = max(rules.begins_on, today - BACK)
    missing = Duty.objects.missing(now).filter(due_on__gte=since, due_on__lt=today, weight__gt=0)
    noted = Entry.objects.filter(duty__isnull=False, day__gte=since).values("duty_id")
    fresh = list(missing.exclude(pk__in=noted).order_by("owner_id", "due_at", "id"))
    if not fresh:
        return 0
    people = {duty.owner_id for duty in fresh}
    amounts = Amounts(rules, people, today)
    with ledger.writing():
        rows = []
        for duty in fresh:
            amount, why_less = amounts.of(duty.owner_id, duty.due_on)
            rows.append(
                Entry(
                    uid=uuid7(), person_id=duty.owner_id, duty=duty, day=duty.due_on, amount=amount,
                    why_less=why_less, mode=rules.mode, created_at=now,
                )
            )  # fmt: skip
        Entry.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


class Amounts:
    """What an entry of a person costs on a day, by the terms; asked once for many people."""

    def __init__(self, rules: Terms, people: Iterable[int], today: date) -> None:
        self.rules = rules
        keys, closing = list(people), rules.closing_day
        self._agreed: dict[int, Consent] = {}
        self._wages: dict[int, Wage] = {}
        self._spent: dict[tuple[int, date], int] = {}
        if rules.mode == Mode.FUND:
            given = Consent.objects.filter(person__in=keys, withdrawn_at__isnull=True)
            self._agreed = {each.person_id: each for each in given}
        if rules.mode == Mode.DISCIPLINE:
            self._wages = {each.person_id: each for each in Wage.objects.filter(person__in=keys)}
            for person, day, amount in (
                Entry.objects.filter(
                    person__in=keys, day__gte=bounds(month_of(today - BACK, closing), closing)[0]
                )
                .exclude(state__in=(EntryState.WAIVED, EntryState.WITHDRAWN))
                .values_list("person_id", "day", "amount")
            ):
                key = (person, month_of(day, closing))
                self._spent[key] = self._spent.get(key, 0) + amount

    def of(self, person: int, day: date) -> tuple[int, str]:
        """(yen, why it is less than the terms say)."""
        if self.rules.mode == Mode.FUND:
            agreed = self._agreed.get(person)
            return (min(self.rules.amount, agreed.amount), "") if agreed else (0, NO_CONSENT)
        if self.rules.mode == Mode.DISCIPLINE:
            return self._cut(person, month_of(day, self.rules.closing_day))
        return 0, ""

    def _cut(self, person: int, month: date) -> tuple[int, str]:
        wage = self._wages.get(person)
        if wage is None:
            return 0, NO_WAGE
        spent = self._spent.get((person, month), 0)
        amount = max(0, min(self.rules.amount, wage.most_at_once, wage.most_in_all - spent))
        self._spent[person, month] = spent + amount
        return amount, CAPPED if amount < self.rules.amount else ""


def enter_clean_weeks(today: date, now: datetime | None = None) -> int:
    """On the first run after a week: whoever had something to enter and missed nothing gets a point back."""
    rules, now = terms(), now or moment()
    monday = today - timedelta(days=today.weekday() + 7)
    sunday = monday + timedelta(days=6)
    if not (rules.on and rules.clean_week) or monday < rules.begins_on:
        return 0
    week = Duty.objects.filter(due_on__gte=monday, due_on__lte=sunday, weight__gt=0).exclude(
        state=State.EXCUSED
    )
    busy = set(week.values_list("owner_id", flat=True))
    missed = set(week.missing(now).values_list("owner_id", flat=True))
    missed |= set(Entry.objects.filter(kind=EntryKind.MISS, day__gte=monday, day__lte=sunday).exclude(
        state=EntryState.WITHDRAWN).values_list("person_id", flat=True))  # fmt: skip
    balances = standing_of(busy - missed)
    known = set(Entry.objects.filter(kind=EntryKind.CLEAN, day=sunday).values_list("person_id", flat=True))
    rows = []
    for person, (points, amount) in balances.items():
        if points > 0 and person not in known:
            back = min(rules.amount, max(amount, 0)) if rules.with_money else 0
            rows.append(
                Entry(
                    uid=uuid7(), person_id=person, kind=EntryKind.CLEAN, day=sunday, points=-1, amount=-back,
                    mode=rules.mode, created_at=now,
                )
            )  # fmt: skip
    with ledger.writing():
        Entry.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def standing_of(people: Iterable[int]) -> dict[int, tuple[int, int]]:
    """{person: (points, yen)} of all that counts, payments not yet taken off."""
    rows = Entry.objects.counting().filter(person__in=list(people)).order_by().values("person_id")
    summed = rows.annotate(all_points=Sum("points"), all_yen=Sum("amount"))
    return {row["person_id"]: (row["all_points"], row["all_yen"]) for row in summed}


def reconcile(people: Iterable[int] | None = None) -> int:
    """What was excused, put off, or had been typed in time on a phone without signal is not missing after all."""
    rows: Any = Entry.objects.filter(kind=EntryKind.MISS)
    if people is not None:
        rows = rows.filter(person__in=list(people))
    in_time = Q(duty__state__in=(State.EXCUSED, State.ON_TIME)) | Q(
        duty__state=State.OPEN, duty__due_at__gt=moment()
    )
    with ledger.writing():
        out = rows.filter(in_time, state__in=(EntryState.STANDS, EntryState.OBJECTED)).values_list(
            "pk", flat=True
        )
        back = rows.filter(~in_time, state=EntryState.WITHDRAWN).values_list("pk", flat=True)
        out_keys, back_keys = list(out), list(back)
        for keys, state in ((out_keys, EntryState.WITHDRAWN), (back_keys, EntryState.STANDS)):
            for part in portions(keys, BATCH):
                Entry.objects.filter(pk__in=part).update(state=state)
    return len(out_keys) + len(back_keys)
