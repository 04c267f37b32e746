"""How fast cards are entered and how exactly: counted from what the program measured itself, never estimated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import median
from typing import Any

from daifuku.cards.fields import COMPARED
from daifuku.cards.models import Card, Recheck, State
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person

DAYS, MOST = 90, 20_000
# The two-sided 95 % interval of a normal distribution.
Z = 1.959964


@dataclass(frozen=True)
class Speed:
    """Of one clerk: cards, the middle one's seconds, how many within the target."""

    person: Person
    cards: int
    seconds: int
    within: int

    @property
    def percent(self) -> int:
        return round(100 * self.within / self.cards)


@dataclass(frozen=True)
class Exactness:
    """Errors among what was compared, and between which rates the true one lies with 95 %."""

    label: Any
    compared: int
    wrong: int

    @property
    def rate(self) -> str:
        return percent(self.wrong / self.compared)

    @property
    def between(self) -> tuple[str, str]:
        low, high = wilson(self.wrong, self.compared)
        return percent(low), percent(high)


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def wilson(wrong: int, number: int) -> tuple[float, float]:
    """Wilson's interval, which holds for few cases and for none wrong (E. B. Wilson, JASA 22, 1927)."""
    if number == 0:
        return 0.0, 1.0
    share, square = wrong / number, Z * Z
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = Z * sqrt(share * (1 - share) / number + square / (4 * number**2)) / (1 + square / number)
    return max(0.0, middle - half), min(1.0, middle + half)


def speeds(now: datetime, target: int) -> list[Speed]:
    """Of the last ninety days, whoever entered most first."""
    rows = Card.objects.filter(
        state=State.DONE, done_at__gte=now - timedelta(days=DAYS), entered_by__isnull=False
    )
    spent: dict[int, list[int]] = defaultdict(list)
    for person, seconds in rows.order_by("-done_at").values_list("entered_by", "seconds")[:MOST]:
        spent[person].append(seconds)
    people = Person.objects.in_bulk(list(spent))
    found = [
        Speed(people[key], len(all_), round(median(all_)), sum(each <= target for each in all_))
        for key, all_ in spent.items()
    ]
    return sorted(found, key=lambda each: (-each.cards, each.person.pk))


def exactness(now: datetime) -> tuple[Exactness | None, list[Exactness]]:
    """Of all fields together, and of each; from cards that were typed twice and of which it was said who was right."""
    rows = Recheck.objects.filter(judged_at__gte=now - timedelta(days=DAYS)).values_list("fields", "wrong")
    compared, wrong = _counted(rows[:MOST])
    fields = vocabulary.fields_of("lead")
    each = [Exactness(fields[name].name, compared[name], wrong[name]) for name in COMPARED if compared[name]]
    if not each:
        return None, []
    return Exactness("", compared.total(), wrong.total()), each


def _counted(rows: Iterable[tuple[list[str], list[str]]]) -> tuple[Counter[str], Counter[str]]:
    compared: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for fields, mistaken in rows:
        compared.update(fields)
        wrong.update(mistaken)
    return compared, wrong
