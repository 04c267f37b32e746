"""Delivered and not invoiced: which lines of deliveries are still to be billed, and how many of each.

Ordered things may have been billed before they were delivered (前金). The deliveries that follow are covered by that,
the oldest first, up to what was billed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from daifuku.billing.models import InvoiceLine
from daifuku.orders.models import DeliveryLine, OrderLine

ZERO = Decimal(0)


@dataclass(frozen=True)
class Open:
    """So many of a delivered line are to be billed; negative where goods came back."""

    line: DeliveryLine
    quantity: Decimal


def delivered(where: Q) -> list[Open]:
    """What is open of the deliveries that `where` chooses (names begin at the line: `delivery__account`)."""
    rows = list(
        not_billed(DeliveryLine.objects.filter(where, delivery__trashed_at__isnull=True))
        .select_related("delivery__order", "delivery__corrects")
        .order_by("delivery__delivered_on", "delivery_id", "place", "id")
    )
    ahead = billed_ahead({row.order_line_id for row in rows})
    if not ahead:
        return [Open(row, row.quantity) for row in rows]
    open_ = uncovered(ahead)
    found = [Open(row, open_.get(row.pk, row.quantity)) for row in rows]
    return [each for each in found if each.quantity]


def not_billed(lines: QuerySet[DeliveryLine]) -> QuerySet[DeliveryLine]:
    live = InvoiceLine.objects.filter(delivery_line=OuterRef("pk"), live=True)
    return lines.filter(~Exists(live))


def billed_ahead(order_lines: Iterable[int]) -> dict[int, Decimal]:
    """How many of each ordered thing were billed without a delivery."""
    rows = InvoiceLine.objects.filter(
        order_line__in=list(order_lines), delivery_line__isnull=True, live=True
    ).values_list("order_line")
    return dict(rows.annotate(n=Sum("quantity")).values_list("order_line", "n"))


def uncovered(ahead: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """By delivered line: what is left to bill of it. One that was billed itself used up what its bill did not name."""
    by_order: dict[int, list[DeliveryLine]] = defaultdict(list)
    rows = DeliveryLine.objects.filter(order_line__in=list(ahead), delivery__trashed_at__isnull=True)
    for row in rows.order_by("delivery_id", "place", "id"):
        by_order[row.order_line_id].append(row)
    billed = dict(
        InvoiceLine.objects.filter(delivery_line__order_line__in=list(ahead), live=True).values_list(
            "delivery_line", "quantity"
        )
    )
    found: dict[int, Decimal] = {}
    for key, lines in by_order.items():
        found |= spend(ahead[key], [(line.pk, line.quantity, billed.get(line.pk)) for line in lines])
    return found


def spend(ahead: Decimal, lines: Sequence[tuple[int, Decimal, Decimal | None]]) -> dict[int, Decimal]:
    """Pure. `lines` in the order of their delivery: key, quantity, how many of it were billed (None: not)."""
    found: dict[int, Decimal] = {}
    for key, quantity, billed in lines:
        covered = min(ahead, max(quantity, ZERO)) if billed is None else quantity - billed
        ahead -= covered
        found[key] = quantity - covered if billed is None else ZERO
    return found


def ordered(order: Any) -> list[tuple[OrderLine, Decimal]]:
    """What of an order may still be billed before it is delivered: neither billed nor delivered."""
    lines = list(
        OrderLine.plain.filter(order=order, trashed_at__isnull=True, counts=True).order_by("place", "pk")
    )
    ahead = billed_ahead(line.pk for line in lines)
    rest = [(line, line.quantity - max(line.delivered, ahead.get(line.pk, ZERO))) for line in lines]
    return [(line, quantity) for line, quantity in rest if quantity > 0]
