"""From what the figures are made: orders by the day of the order, deliveries, won deals, and what is still open.

Each source says of some records what they come to; areas above add theirs with `register` (invoices).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils.translation import gettext_lazy as _

from daifuku.deals.models import Deal
from daifuku.deals.models.deal import DONE, OPEN, WON
from daifuku.forecast import parts
from daifuku.orders.models import DeliveryLine, Order, OrderLine

OPEN_DEALS, BACKLOG, UNCOUNTED = "open", "backlog", "omitted"


class Row(NamedTuple):
    """What a record comes to in a month, with all that decides who sees it."""

    month: date
    owner: int | None
    keeper: int | None
    team: int | None
    privacy: str
    part: str
    amount: int
    weighted: int
    records: int = 1


Rows = dict[int, list[Row]]


@dataclass(frozen=True)
class Source:
    """`rows(keys)` gives the rows of these records of `model`. `object` is the kind of record whose rights count.
    `basis`: it can be what counts as actual; then `list` names the list of its lines, `day` the field of its day and
    `owner` that of who it is of. `parts`: it is divided by product group, which `group` names in a condition.
    `ahead` are the sources that a month's landing adds to it; those that come `at_once` land in this month where
    theirs has passed."""

    key: str
    label: Any
    model: Any
    object: str
    rows: Callable[[Iterable[int]], Rows]
    list: str
    day: str
    basis: bool = True
    group: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    ahead: tuple[str, ...] = (OPEN_DEALS,)
    narrowed: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    parts: bool = True
    at_once: bool = False


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    for source in sources:
        _sources[source.key] = source


def get(key: str) -> Source:
    return _sources[key]


def every() -> list[Source]:
    return list(_sources.values())


def first_of(day: date) -> date:
    return day.replace(day=1)


def ordered(keys: Iterable[int]) -> Rows:
    """Lines that count, by product group, in the month of the order."""
    lines = OrderLine.plain.filter(
        order__in=list(keys), counts=True, trashed_at__isnull=True, order__trashed_at__isnull=True
    )
    return _grouped(lines, "order_id", "ordered_on", "product__group", "amount")


def delivered(keys: Iterable[int]) -> Rows:
    """What was delivered of these orders, and what came back as less, in the month of the delivery."""
    lines = DeliveryLine.objects.filter(
        delivery__order__in=list(keys), delivery__trashed_at__isnull=True, order_line__counts=True
    )
    of = "delivery__"
    return _grouped(
        lines, "delivery__order_id", "delivery__delivered_on", "order_line__product__group", "amount", of
    )


def backlog(keys: Iterable[int]) -> Rows:
    """What is ordered and not delivered yet, in the month in which it is due."""
    lines = OrderLine.plain.filter(
        order__in=list(keys), counts=True, trashed_at__isnull=True, order__trashed_at__isnull=True,
        quantity__gt=F("delivered"),
    ).select_related("order", "product").only(
        "order_id", "due_on", "owner_id", "keeper_id", "team_id", "privacy", "amount", "quantity", "delivered",
        "order__due_on", "product__group",
    )  # fmt: skip
    found: Rows = {}
    for line in lines:
        left = Decimal(line.amount) * (line.quantity - line.delivered) / line.quantity
        amount = int(left.quantize(Decimal(1), ROUND_HALF_UP))
        due = line.due_on or line.order.due_on
        group = line.product.group if line.product else ""
        found.setdefault(line.order_id, []).append(
            Row(
                first_of(due),
                line.owner_id,
                line.keeper_id,
                line.team_id,
                line.privacy,
                group,
                amount,
                amount,
            )
        )
    return found


def won(keys: Iterable[int]) -> Rows:
    rows = Deal.plain.filter(
        pk__in=list(keys), state__in=(WON, DONE), closed_on__isnull=False, trashed_at__isnull=True
    )
    deals = list(rows)
    weights, found = parts.of_deals(deals), {}
    for deal in deals:
        assert deal.closed_on is not None
        found[deal.pk] = [
            Row(
                first_of(deal.closed_on),
                deal.owner_id,
                deal.keeper_id,
                deal.team_id,
                deal.privacy,
                group,
                amount,
                amount,
            )
            for group, amount in parts.divided(deal.amount or 0, weights.get(deal.pk, {})).items()
        ]
    return found


def still_open(keys: Iterable[int]) -> Rows:
    rows = Deal.plain.filter(pk__in=list(keys), state=OPEN, close_on__isnull=False, trashed_at__isnull=True)
    found: Rows = {}
    names = (
        "pk",
        "close_on",
        "owner_id",
        "keeper_id",
        "team_id",
        "privacy",
        "forecast",
        "amount",
        "expected",
    )
    for key, on, owner, keeper, team, privacy, forecast, amount, expected in rows.values_list(*names):
        found[key] = [
            Row(first_of(on), owner, keeper, team, privacy, forecast, amount or 0, expected or 0)
        ]  # fmt: skip
    return found


def _grouped(lines: Any, by: str, day: str, group: str, amount: str, of: str = "") -> Rows:
    """Summed by the database: an order has few groups."""
    dims = (by, day, f"{of}owner_id", f"{of}keeper_id", f"{of}team_id", f"{of}privacy", group)
    counted = lines.order_by().values_list(*dims).annotate(sum=Sum(amount), lines=Count("pk"))
    found: Rows = {}
    for key, on, owner, keeper, team, privacy, part, total, n in counted:
        found.setdefault(key, []).append(
            Row(first_of(on), owner, keeper, team, privacy, part or "", total or 0, total or 0, n)
        )
    return found


def bounds(model: Any) -> tuple[int, int]:
    """The first and the last key of all records."""
    found = model.plain.aggregate(first=Min("pk"), last=Max("pk"))
    return found["first"] or 0, found["last"] or 0


OPEN_STATE = ({"field": "state", "op": "any_of", "value": [OPEN]},)
WON_STATES = ({"field": "state", "op": "any_of", "value": [WON, DONE]},)
NOT_OMITTED = ({"field": "forecast", "op": "none_of", "value": [UNCOUNTED]},)
UNDELIVERED = ({"field": "state", "op": "any_of", "value": ["open", "partly"]},)
register(
    Source(
        "ordered", _("受注"), Order, "order", ordered, "order-lines", "ordered_on", group="product.group",
        fields=(("order_line", "amount"), ("order_line", "ordered_on")),
    ),
    Source(
        "delivered", _("納品"), Order, "order", delivered, "deliveries", "delivered_on",
        fields=(("delivery", "net"), ("delivery", "delivered_on")), ahead=(BACKLOG, OPEN_DEALS),
    ),
    Source(
        "won", _("商談の受注"), Deal, "deal", won, "deals", "closed_on",
        fields=(("deal", "amount"), ("deal", "closed_on")), narrowed=WON_STATES,
    ),
    Source(
        OPEN_DEALS, _("進行中の商談"), Deal, "deal", still_open, "deals", "close_on", basis=False,
        fields=(("deal", "amount"), ("deal", "expected"), ("deal", "close_on")), narrowed=OPEN_STATE + NOT_OMITTED,
    ),
    Source(
        BACKLOG, _("受注残"), Order, "order", backlog, "orders", "due_on", basis=False,
        fields=(("order", "net"), ("order", "due_on")), narrowed=UNDELIVERED,
    ),
)  # fmt: skip
COUNTED = ~Q(source=OPEN_DEALS, part=UNCOUNTED)
