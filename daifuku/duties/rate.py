"""入力率: what was entered in time, of what was expected. One question for many people, and the items behind it.

rate = sum(weight x credit) / sum(weight); on time 1, late 0.5, missing 0 (settings); fewer than five are not judged.
What is excused, what is not due yet, and what has no weight is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When
from django.db.models import Count as CountOf
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.models.policy import policy
from daifuku.duties.working import window
from daifuku.staff.models import Person

COUNTED = (State.ON_TIME, State.LATE, State.MISSING)


@dataclass
class Count:
    """So many duties in each state, and their weight."""

    number: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))
    weight: dict[str, int] = field(default_factory=lambda: dict.fromkeys(State.values, 0))

    def add(self, state: str, number: int, weight: int) -> None:
        self.number[state] += number
        self.weight[state] += weight

    @property
    def on_time(self) -> int:
        return self.number[State.ON_TIME]

    @property
    def late(self) -> int:
        return self.number[State.LATE]

    @property
    def missing(self) -> int:
        return self.number[State.MISSING]

    @property
    def excused(self) -> int:
        return self.number[State.EXCUSED]

    @property
    def open(self) -> int:
        return self.number[State.OPEN]

    @property
    def counted(self) -> int:
        return sum(self.number[state] for state in COUNTED)


@dataclass
class Rate:
    """`share` is 0 to 1, or None where too few duties came due to judge (判定なし)."""

    rules: Policy
    total: Count = field(default_factory=Count)
    kinds: dict[str, Count] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    people: tuple[int, ...] = ()

    def add(self, kind: str, state: str, number: int, weight: int) -> None:
        self.total.add(state, number, weight)
        self.kinds.setdefault(kind, Count()).add(state, number, weight)

    @property
    def share(self) -> Decimal | None:
        return self.share_of(self.total)

    def share_of(self, count: Count) -> Decimal | None:
        whole = sum(count.weight[state] for state in COUNTED)
        if count.counted < self.rules.fewest or not whole:
            return None
        late, missing = Decimal(self.rules.credit_late) / 100, Decimal(self.rules.credit_missing) / 100
        earned = (
            count.weight[State.ON_TIME]
            + count.weight[State.LATE] * late
            + count.weight[State.MISSING] * missing
        )
        return Decimal(earned) / whole

    @property
    def percent(self) -> int | None:
        return percent(self.share)

    @property
    def words(self) -> str:
        """92%, or that there is too little to judge."""
        return in_words(self.percent)

    @property
    def explanation(self) -> str:
        """13件のうち 期限内 5件、遅れ 2件、入力漏れ 6件。"""
        told = {"all": self.total.counted, "on_time": self.total.on_time, "late": self.total.late,
                "missing": self.total.missing}  # fmt: skip
        return _("%(all)s件のうち、期限内 %(on_time)s件、遅れ %(late)s件、入力漏れ %(missing)s件") % told

    def items(self, state: str = "", kind: str = "", now: datetime | None = None) -> QuerySet[Duty]:
        """The duties behind the number; `visible_to` comes on top for whoever looks."""
        assert self.since is not None and self.until is not None
        rows = Duty.objects.filter(
            owner_id__in=self.people, due_on__gte=self.since, due_on__lte=self.until, weight__gt=0
        )
        if kind:
            rows = rows.filter(kind=kind)
        found: QuerySet[Duty] = in_state(rows, state, now or timezone.now())
        return found.order_by("due_at", "id")


def percent(share: Decimal | None) -> int | None:
    """Rounded down, so that only all in time is 100."""
    return None if share is None else int(share * 100)


def in_words(percent: int | None) -> str:
    return _("判定なし") if percent is None else f"{percent}%"


def in_state(rows: Any, state: str, now: datetime) -> Any:
    """Those that stand so at this moment; "" are all that are counted or excused, open ones are not due yet."""
    if state == State.MISSING:
        return rows.missing(now)
    if state == State.OPEN:
        return rows.filter(state=State.OPEN, due_at__gt=now)
    if state:
        return rows.filter(state=state)
    return rows.exclude(state=State.OPEN, due_at__gt=now)


def rates(
    people: Iterable[Person | int],
    since: date | None = None,
    until: date | None = None,
    *,
    now: datetime | None = None,
) -> dict[int, Rate]:
    """{key of a person: his rate} over days on which duties came due; without days the last ten working days."""
    now = now or timezone.now()
    rules = policy()
    if since is None or until is None:
        since, until = window(timezone.localdate(now), rules)
    keys = [each.pk if isinstance(each, Person) else each for each in people]
    found = {key: Rate(rules, since=since, until=until, people=(key,)) for key in keys}
    for owner, kind, state, number, weight in counts(keys, since, until, now):
        found[owner].add(kind, state, number, weight)
    return found


def together(each: Iterable[Rate]) -> Rate:
    """The rate of a team: of all duties of its people, so that whoever has more of them weighs more."""
    rates_of = list(each)
    first = rates_of[0] if rates_of else Rate(policy())
    people = tuple(key for rate in rates_of for key in rate.people)
    whole = Rate(first.rules, since=first.since, until=first.until, people=people)
    for rate in rates_of:
        for kind, count in rate.kinds.items():
            for state in State.values:
                whole.add(kind, state, count.number[state], count.weight[state])
    return whole


def counts(people: list[int], since: date, until: date, now: datetime) -> Any:
    """(owner, kind, state, number, weight) each; the index `duty_rate` answers it alone."""
    return _summed(people, since, until, now, "owner_id", "kind", "standing")


def counts_by_day(people: list[int], since: date, until: date, now: datetime) -> Any:
    """(day, state, number, weight) each, of all of them together."""
    return _summed(people, since, until, now, "due_on", "standing")


def _summed(people: list[int], since: date, until: date, now: datetime, *by: str) -> Any:
    rows = Duty.objects.filter(owner_id__in=people, due_on__gte=since, due_on__lte=until, weight__gt=0)
    summed = rows.annotate(standing=standing(now)).order_by().values(*by)
    return summed.annotate(number=CountOf("id"), whole=Sum("weight")).values_list(*by, "number", "whole")


def standing(now: datetime) -> Case:
    """The state as it is at this moment, in SQL."""
    return Case(
        When(Q(state=State.OPEN, due_at__lte=now), then=Value(State.MISSING.value)),
        default=F("state"), output_field=CharField(),
    )  # fmt: skip


def gaps(person: Person | int, day: date) -> list[Duty]:
    """What this person has still to enter by the end of the day, the oldest first: open and missing, not put off."""
    key = person.pk if isinstance(person, Person) else person
    rows = Duty.objects.waiting().of(key).filter(due_on__lte=day)
    return list(
        rows.exclude(snoozed_until__gt=day).select_related("owner", "substitute").order_by("due_at", "id")
    )


def troubles(people: Iterable[Person | int], day: date, now: datetime | None = None) -> QuerySet[Duty]:
    """What was missing or late on one day, for the morning page; `visible_to` comes on top."""
    now = now or timezone.now()
    keys = [each.pk if isinstance(each, Person) else each for each in people]
    rows = Duty.objects.filter(owner_id__in=keys, due_on=day, weight__gt=0)
    wrong = rows.filter(Q(state=State.LATE) | Q(state=State.OPEN, due_at__lte=now))
    return wrong.select_related("owner", "substitute").order_by("owner_id", "due_at", "id")
