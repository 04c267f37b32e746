"""How far an order is: worked out from its lines, its deliveries and what areas above know. Nobody types it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from daifuku.documents.amounts import COUNTED, totals
from daifuku.foundation.sql.updating import update_many
from daifuku.orders import of_customers, of_deals
from daifuku.orders.models import Delivery, Order, OrderLine
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

# What is known of delivered orders beyond their delivery: {order's key: "invoiced" or "paid"}. Areas above add to it.
FURTHER: list[Callable[[list[int]], dict[int, str]]] = []
# Told of orders whose lines, deliveries or sums changed, in the same transaction. Areas above add to it.
RECOUNTED: list[Callable[[list[int]], None]] = []
KEPT = ("net", "tax", "total", "rates", "state", "delivered_on")


def recount(keys: Iterable[int], by: Person | None = None) -> None:
    """Sums and state of these orders, in the transaction in which something of theirs changed; their deals follow."""
    wanted = sorted(set(keys))
    if not wanted:
        return
    orders = list(Order.plain.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.plain.filter(order__in=wanted, trashed_at__isnull=True):
        lines[line.order_id].append(line)
    days: dict[int, Any] = {}
    rows = Delivery.plain.filter(order__in=wanted, trashed_at__isnull=True, corrects__isnull=True)
    for order_id, day in rows.values_list("order_id", "delivered_on"):
        days[order_id] = max(day, days.get(order_id, day))
    before = {order.pk: order.state for order in orders}
    further = {key: state for ask in FURTHER for key, state in ask(wanted).items()}
    for order in orders:
        counted = [line for line in lines[order.pk] if line.kind in COUNTED]
        order.put_totals(totals(counted, order.rounding, included=order.included))
        order.state = state_of(order, counted, further.get(order.pk, ""))
        order.delivered_on = days.get(order.pk) if any(line.delivered for line in counted) else None
    update_many(orders, KEPT)
    for told in RECOUNTED:
        told(wanted)
    for order in orders:
        if order.state != before[order.pk]:
            of_deals.follow(order, by)
    off = [order.account_id for order in orders if "cancelled" in {order.state, before[order.pk]}]
    if off:
        of_customers.follow(off, by)


def state_of(order: Order, lines: list[OrderLine], further: str = "") -> str:
    """Without a line nothing can be delivered."""
    if order.cancelled_on is not None:
        return "cancelled"
    goods = [line for line in lines if line.kind == "goods"]
    if goods and all(line.delivered >= line.quantity for line in goods):
        return further or "delivered"
    return "partly" if any(line.delivered for line in goods) else "open"


def follow_lines(saved: Saved, by: Person) -> None:
    """After lines were saved, thrown away or taken back."""
    recount((line.order_id for line, _changed in saved), by)


def follow_orders(saved: Saved, by: Person) -> None:
    """What lines keep of their order follows it; an order that counts otherwise is counted anew."""
    changed_keys = []
    for order, changed in saved:
        if order.version == 1 or not changed & {"account", "ordered_on", "owner", "team", "privacy"}:
            continue
        OrderLine.plain.filter(order=order).update(
            account=order.account_id, ordered_on=order.ordered_on, owner=order.owner_id, team=order.team_id,
            privacy=order.privacy, keeper=order.keeper_id,
        )  # fmt: skip
        changed_keys.append(order.pk)
    recount(changed_keys, by)
