"""Ten thousand customers who close on one day, each with two deliveries of three things, billed by one run."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from daifuku.billing.actions import start_closing
from daifuku.customers.models import Account
from daifuku.foundation.sql.inserting import insert_many
from daifuku.foundation.sql.transaction import write_transaction
from daifuku.jobs import queue, running
from daifuku.orders.models import Delivery, DeliveryLine, Order, OrderLine
from daifuku.staff.models import Person

CUSTOMERS, DELIVERIES, THINGS, BATCH = 10_000, 2, 3, 1_000


def close(number: int) -> int:
    """All that was put into the tables beforehand (`deliver`)."""
    by = Person.objects.get(email="mizuno@example.jp")
    closes_on = timezone.localdate().replace(day=1) - timedelta(days=1)
    run = start_closing(closes_on, by=by, today=timezone.localdate())
    while run.state == run.State.RUNNING and (job := queue.claim()) is not None:
        running.carry_out(job)
        run.refresh_from_db()
    assert run.issued == len(run.accounts), (run.issued, run.failed)
    return 0


def deliver() -> None:
    """Straight into the tables, once: what was delivered in the month that is over."""
    if Delivery.plain.exists():
        return
    keys = list(Account.plain.filter(trashed_at__isnull=True).order_by("pk").values_list("pk", flat=True))
    closes_on = timezone.localdate().replace(day=1) - timedelta(days=1)
    for at in range(0, min(len(keys), CUSTOMERS), BATCH):
        some = keys[at : min(at + BATCH, CUSTOMERS)]
        with write_transaction():
            Account.plain.filter(pk__in=some).update(closing_day="end", payment_terms="月末締め翌月末払い")
            _deliver(list(Account.plain.filter(pk__in=some)), closes_on)


def _deliver(accounts: list[Any], day: date) -> None:
    orders = [
        Order(**_of(account), title="梱包材", ordered_on=day - timedelta(days=20), due_on=day) for account in accounts
    ]  # fmt: skip
    insert_many(orders)
    ordered = [
        OrderLine(
            order=order, **_of(order), ordered_on=order.ordered_on, counts=True, delivered=Decimal(DELIVERIES),
            **_thing(place, DELIVERIES),
        )
        for order in orders
        for place in range(THINGS)
    ]  # fmt: skip
    insert_many(ordered)
    deliveries = [
        Delivery(order=order, **_of(order), delivered_on=day - timedelta(days=turn), title="梱包材")
        for order in orders
        for turn in range(DELIVERIES)
    ]
    insert_many(deliveries)
    lines = {order.pk: ordered[at * THINGS : (at + 1) * THINGS] for at, order in enumerate(orders)}
    insert_many(
        [
            DeliveryLine(delivery=delivery, order_line=line, **_thing(place, 1))
            for delivery in deliveries
            for place, line in enumerate(lines[delivery.order_id])
        ]
    )


def _of(of: Any) -> dict[str, Any]:
    account = of.pk if isinstance(of, Account) else of.account_id
    return {
        "account_id": account, "owner_id": of.owner_id, "team_id": of.team_id, "privacy": of.privacy,
        "keeper_id": of.owner_id,
    }  # fmt: skip


def _thing(place: int, quantity: int) -> dict[str, Any]:
    reduced = place == THINGS - 1
    return {
        "place": place, "name": f"梱包材{place}", "code": f"B-{place}", "unit": "箱", "quantity": Decimal(quantity),
        "unit_price": Decimal(1280 + place), "amount": quantity * (1280 + place),
        "tax_class": "reduced" if reduced else "standard", "rate": Decimal(8 if reduced else 10),
    }  # fmt: skip
