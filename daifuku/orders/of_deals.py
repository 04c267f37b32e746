"""What orders do for the deal that they name: it is won, delivered and paid as they are, left alone when
they are, and a card dropped there opens the form of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from daifuku.deals import alone, processes, ways
from daifuku.deals.actions import following
from daifuku.deals.alone import Reason
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import LOST
from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.reversing import url_of
from daifuku.orders.models import Order
from daifuku.orders.models.order import OPEN
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ACCEPTED, ISSUED
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.catalogue.panel import Panel
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 20
DELIVERED, PAID = ("delivered", "invoiced", "paid"), "paid"
COMES = {"delivered": "delivery", "invoiced": "delivery", "paid": "payment", "cancelled": ""}
_later: ContextVar[bool] = ContextVar("orders_deal_later", default=False)


def register() -> None:
    from daifuku.orders.objects.order import ORDER

    following.standing.append(stand)
    alone.further.append(reasons)
    ways.openers.update(order=open_order, delivery=open_delivery)
    ORDER.after_save.append(after_save)
    DEAL.panels.append(Panel("orders", ORDER.label, "orders/panels/deal.html", of_deal, "main", 7))


def stand(deals: Sequence[int]) -> dict[int, set[str]]:
    """Delivered and paid it is when all of its orders are."""
    states: dict[int, list[str]] = {}
    for key, state in _standing(deals).values_list("deal_id", "state"):
        states.setdefault(key, []).append(state)
    found = {key: {"order"} for key in states}
    for key, of in states.items():
        if all(state in DELIVERED for state in of):
            found[key].add("delivery")
        if all(state == PAID for state in of):
            found[key].add("payment")
    return found


def _standing(deals: Sequence[int]) -> Any:
    return Order.plain.filter(deal__in=deals, trashed_at__isnull=True, cancelled_on__isnull=True)


@contextmanager
def when_all_is_written() -> Iterator[None]:
    """An order is not much without its lines: the deal follows when both are there."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def after_save(saved: Saved, by: Person) -> None:
    """A new order, one that went into the trash or came out of it, one that names another deal or another day."""
    for order, changed in saved:
        left = getattr(order, "left_deal", None)
        if left is not None:
            following.follow([left], by=by)
        if order.deal_id is None or _later.get():
            continue
        if order.version == 1 or "deal" in changed or not changed:
            follow(order, by)
        elif "due_on" in changed:
            alone.look_again([order.deal_id])


def follow(order: Order, by: Person | None) -> None:
    """The deal goes where this order puts it, or back where it does not hold any more."""
    gone = order.trashed_at is not None or order.cancelled_on is not None
    came = "" if gone else COMES.get(order.state, "order")
    values = {"closed_on": order.ordered_on, "amount": order.net or None}
    following.follow([order.deal_id], by=by, came=came, values=values)
    if order.deal_id is not None:
        alone.look_again([order.deal_id])


def reasons(deals: Sequence[Deal], today: date) -> dict[int, list[Reason]]:
    """Past its day and not delivered; delivered and, where the house invoices here, not invoiced."""
    from daifuku.orders import state

    found: dict[int, list[Reason]] = {}
    days, rows = alone.limits().days["uninvoiced"], _standing([deal.pk for deal in deals])
    for key, how, due_on, delivered_on in rows.values_list("deal_id", "state", "due_on", "delivered_on"):
        if how in OPEN and due_on < today:
            found.setdefault(key, []).append(Reason("undelivered", due_on + timedelta(days=1)))
        elif how == "delivered" and delivered_on and state.FURTHER:
            found.setdefault(key, []).extend(alone.after("uninvoiced", delivered_on, days, today))
    return {key: _oldest(each) for key, each in found.items()}


def _oldest(found: Iterable[Reason]) -> list[Reason]:
    """One of each kind."""
    first: dict[str, Reason] = {}
    for reason in sorted(found, key=lambda each: each.since):
        first.setdefault(reason.key, reason)
    return list(first.values())


def open_order(deal: Deal, viewer: Viewer) -> str | None:
    """The order form, filled from the quote that the customer has, where there is one."""
    if not viewer.may("order", "create"):
        return None
    holds = Q(state=ACCEPTED) | Q(state=ISSUED) & ~Q(valid_until__lt=timezone.localdate())
    quotes = Quote.objects.visible_to(viewer).filter(holds, deal=deal, orders__isnull=True)
    # "accepted" comes before "issued".
    if viewer.may("quote", "view") and (quote := quotes.order_by("state", "-day", "-id").first()):
        return f"{url_of('orders:enter')}?{urlencode({'quote': str(quote.uid)})}"
    words = {"deal": str(deal.uid), "title": deal.name}
    for name in ("account", "contact"):
        other = getattr(deal, name)
        if other is not None and sees(viewer, other, "view"):
            words[name] = str(other.uid)
    return f"{url_of('orders:enter')}?{urlencode(words)}"


def open_delivery(deal: Deal, viewer: Viewer) -> str | None:
    """The delivery of what is still open; where nothing was ordered yet, the order comes first."""
    if not viewer.may("delivery", "create"):
        return None
    waiting = (
        Order.objects.visible_to(viewer).filter(deal=deal, state__in=OPEN).order_by("due_on", "pk").first()
    )
    return url_of("orders:deliver", waiting.uid) if waiting is not None else open_order(deal, viewer)


def will_move(uid: str, viewer: Viewer) -> tuple[Deal, str] | None:
    """The deal that an order would bring on, and the name of the stage."""
    key = as_uid(uid) if uid else None
    deal = Deal.objects.visible_to(viewer).filter(uid=key, trashed_at__isnull=True).first() if key else None
    process, now = (processes.process(deal.process), processes.stage(deal.stage)) if deal else (None, None)
    stage = process.following("order") if process else None
    if deal is None or now is None or stage is None or (now.kind != LOST and now.place >= stage.place):
        return None
    return deal, stage.label


def of_deal(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    """Its orders with how far each is, and the way to a new one."""
    if not viewer.may("order", "view"):
        return None
    fields = vocabulary.fields_for(viewer, "order")
    rows = Order.objects.visible_to(viewer).filter(deal=deal).order_by("-ordered_on", "-pk")[:MOST]
    states: Any = fields["state"].type if "state" in fields else None
    told = [(order, states.option(order.state) if states else None) for order in rows]
    address = open_order(deal, viewer) if deal.trashed_at is None and deal.state != LOST else None
    if not told and not address:
        return None
    return {"orders": told, "total": "total" in fields, "address": address or ""}
