"""An order made of a quote: what was offered stands in the form, only the due date is asked for."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Product
from daifuku.documents.amounts import Kind
from daifuku.foundation.reversing import url_of
from daifuku.orders.models import Order
from daifuku.orders.objects.order import ORDER
from daifuku.quotes.actions import accept_by_order
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ACCEPTED, ISSUED
from daifuku.quotes.objects.quote import QUOTE
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.catalogue.panel import Panel
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

NAMES = {"payment": "payment_terms"}
COPIED = ("kind", "name", "spec", "quantity", "unit", "unit_price", "discount", "tax_class")


def register() -> None:
    QUOTE.panels.append(Panel("order", _("受注"), "orders/panels/quote.html", of_quote, "head", 2))
    ORDER.after_save.append(after_save)


def after_save(saved: Saved, by: Person) -> None:
    """Where its order is there, the customer is asked for no answer any more."""
    for order, changed in saved:
        if "quote" in changed and order.quote is not None and order.cancelled_on is None:
            accept_by_order(order.quote, by=by, on=order.ordered_on)


def of_quote(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    """The way to the order while the offer holds, or the orders that came of it."""
    found = (
        list(Order.objects.visible_to(viewer).filter(quote=quote).order_by("pk"))
        if viewer.may("order", "view")
        else []
    )
    holds = quote.state == ACCEPTED or (quote.state == ISSUED and not quote.is_over(timezone.localdate()))
    may = quote.trashed_at is None and holds and viewer.may("order", "create")
    if not found and not may:
        return None
    address = f"{url_of('orders:enter')}?quote={quote.uid}" if may and not found else ""
    return {"orders": found, "address": address, "accepted": quote.state == ACCEPTED}


def opening(quote: Quote, viewer: Viewer) -> dict[str, Any]:
    """The fields of the order, of those of the quote that this person sees."""
    seen = vocabulary.fields_for(viewer, "quote")
    offered = {
        "account": str(quote.account.uid), "contact": str(quote.contact.uid) if quote.contact else "",
        "deal": str(quote.deal.uid) if quote.deal else "", "title": quote.title, "place": quote.place,
        "payment": quote.payment, "note": quote.note, "owner": str(quote.owner.uid) if quote.owner else "",
    }  # fmt: skip
    known = {NAMES.get(key, key): value for key, value in offered.items() if key in seen}
    return {"quote": str(quote.uid), **known}


def lines_of(quote: Quote, viewer: Viewer) -> list[dict[str, Any]]:
    """The fields of its lines; a product that is gone or hidden leaves its words."""
    if "lines" not in vocabulary.fields_for(viewer, "quote"):
        return []
    uids = [line["product"] for line in quote.lines if line.get("product")]
    known = {str(each.uid): each for each in Product.objects.visible_to(viewer).filter(uid__in=uids)}
    return [_line(line, known) for line in quote.lines]


def _line(line: dict[str, Any], known: dict[str, Product]) -> dict[str, Any]:
    values = {key: line.get(key, "") for key in COPIED}
    if line.get("kind") == Kind.DISCOUNT:
        values |= {"quantity": "1", "unit_price": str(abs(int(line.get("amount") or 0))), "discount": ""}
    product = known.get(str(line.get("product", "")))
    return {**values, "product": str(product.uid) if product else ""}
