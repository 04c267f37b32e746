"""What a closing run would bill: who closes on that day, what was delivered to him, what he owes from before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Sum

from daifuku.billing import owed
from daifuku.billing.models import Invoice
from daifuku.billing.models.invoice import CLOSING, ISSUED
from daifuku.billing.terms import terms_of
from daifuku.billing.unbilled import not_billed
from daifuku.customers.models import Account
from daifuku.orders.models import DeliveryLine
from daifuku.staff.viewer import Viewer

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """Of one customer: his deliveries that no invoice bills, and the yen on their lines."""

    deliveries: int
    amount: int
    first: date
    last: date


@dataclass(frozen=True)
class Row:
    account: Account
    waiting: Waiting | None
    previous: int
    received: int
    carried: int

    @property
    def amount(self) -> int:
        return self.waiting.amount if self.waiting else 0


@dataclass(frozen=True)
class Balance:
    """`previous` less `received` is `carried`."""

    previous: int
    received: int
    carried: int


def rows(closes_on: date, viewer: Viewer, *, with_balance: bool = False) -> list[Row]:
    """By the reading of the names. With `with_balance` those as well who only owe something from before."""
    chosen = who(closes_on, viewer)
    found = waiting(closes_on)
    known = balances(chosen, closes_on)
    asked = told([account.pk for account in chosen], closes_on) if with_balance else set()
    return [
        Row(account, found.get(account.pk), *_of(known.get(account.pk)))
        for account in chosen
        if account.pk in found or (with_balance and account.pk not in asked and _of(known.get(account.pk))[2])
    ]


def told(accounts: Sequence[int], closes_on: date) -> set[int]:
    """Whom a paper of this closing day has told his balance: another one would ask for the same money again."""
    rows = Invoice.plain.filter(
        account__in=accounts, kind=CLOSING, state=ISSUED, closes_on=closes_on, reversed_on__isnull=True
    )
    return set(rows.values_list("account", flat=True))


def who(closes_on: date, viewer: Viewer) -> list[Account]:
    """Whoever this person may see and whose terms close on that day."""
    seen = Account.objects.visible_to(viewer).only(
        "pk", "uid", "name", "kana", "closing_day", "payment_terms", "owner", "team", "privacy"
    )
    return [each for each in seen.order_by("name", "pk") if closes(each, closes_on)]


def closes(account: Account, day: date) -> bool:
    terms = terms_of(account)
    return terms.closing_day is not None and terms.closes(day) == day


def waiting(closes_on: date) -> dict[int, Waiting]:
    """By account, in one question; what was billed ahead is not taken off here, the run itself does."""
    lines = DeliveryLine.objects.filter(
        delivery__trashed_at__isnull=True, delivery__delivered_on__lte=closes_on
    )
    groups = not_billed(lines).values_list("delivery__account").annotate(
        n=Count("delivery", distinct=True), sum=Sum("amount"), first=Min("delivery__delivered_on"),
        last=Max("delivery__delivered_on"),
    )  # fmt: skip
    columns = ("delivery__account", "n", "sum", "first", "last")
    return {
        key: Waiting(n, amount or 0, first, last)
        for key, n, amount, first, last in groups.values_list(*columns)
    }


def balances(accounts: Sequence[Account], closes_on: date) -> dict[int, Balance]:
    """What each owed on the closing day before anything new, and what he paid in its period."""
    keys = [account.pk for account in accounts]
    carried = owed.balance(keys, closes_on)
    received: dict[int, int] = {}
    for first, group in _by_period(accounts, closes_on).items():
        received |= owed.received(group, first - DAY, closes_on)
    found = {}
    for key in keys:
        paid, rest = received.get(key, 0), carried.get(key, 0)
        if paid or rest:
            found[key] = Balance(rest + paid, paid, rest)
    return found


def _by_period(accounts: Iterable[Account], closes_on: date) -> dict[date, list[int]]:
    found: dict[date, list[int]] = {}
    for account in accounts:
        found.setdefault(terms_of(account).period(closes_on)[0], []).append(account.pk)
    return found


def _of(known: Balance | None) -> tuple[int, int, int]:
    return (known.previous, known.received, known.carried) if known else (0, 0, 0)


def days(today: date) -> list[date]:
    """The closing days that firms use, the last ones first: what is offered to choose from."""
    from daifuku.billing.closing import LAST, Terms

    found: set[date] = set()
    for day in (5, 10, 15, 20, 25, LAST):
        found.update(Terms(closing_day=day).closings(today - 62 * DAY, today))
    return sorted(found, reverse=True)


def summed(found: Sequence[Row]) -> dict[str, Any]:
    return {
        "customers": len(found), "deliveries": sum(each.waiting.deliveries for each in found if each.waiting),
        "amount": sum(each.amount for each in found), "carried": sum(each.carried for each in found),
    }  # fmt: skip
