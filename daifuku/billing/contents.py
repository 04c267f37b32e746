"""The lines of an invoice out of what was delivered or ordered: all that is printed, as it stands at this moment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.billing.unbilled import Open
from daifuku.documents.amounts import COUNTED, Kind, line_amount
from daifuku.documents.lines import TEXTS, LineValue, plain, said
from daifuku.documents.tax import ZERO, checked_rate
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.orders.models import Delivery, DeliveryLine, OrderLine


@dataclass(frozen=True)
class Content:
    """`values` are printed, `rows` say what is billed; both in the same order."""

    values: list[LineValue]
    rows: list[InvoiceLine]


def of_deliveries(found: Sequence[Open]) -> Content:
    """By day and delivery. The rate is that of the day of the order's line, which the delivery has taken over."""
    values, rows = [], []
    for each in found:
        line, delivery = each.line, each.line.delivery
        _check_rate(line, delivery)
        value = _value(line, each.quantity, delivery.delivered_on, delivery.number)
        values.append(value)
        rows.append(_row(value, line.order_line_id, line.pk, quantity=each.quantity))
    return Content(values, _placed(rows))


def _check_rate(line: DeliveryLine, delivery: Delivery) -> None:
    """消費税法 第28条: the rate of the day on which the goods changed hands; of what came back, of the day on
    which it had been brought. Raises Invalid."""
    if line.tax_class:
        brought = delivery.corrects or delivery
        checked_rate(line.tax_class, brought.delivered_on, line.rate, field="lines")


def of_order(found: Sequence[tuple[OrderLine, Decimal]], day: date, number: str) -> Content:
    """Billed before it is delivered."""
    values = [_value(line, quantity, day, number) for line, quantity in found]
    pairs = zip(values, found, strict=True)
    return Content(values, _placed([_row(value, line.pk, None, quantity=n) for value, (line, n) in pairs]))


def of_draft(invoice: Invoice, day: date) -> Content:
    """As it was typed, at the rates of the days of the trades. Raises Invalid for a rate that was not in force."""
    linked = _linked(invoice)
    values, rows = [], []
    for place, typed in enumerate(invoice.lines, 1):
        value, link = dict(typed), linked.get(typed["id"])
        if value["kind"] in COUNTED:
            value = _dated(value, link, invoice.traded_on or day)
            value["rate"] = plain(_rate(value, link, place))
        values.append(value)
        rows.append(_row(value, *(link.keys if link else (None, None)), quantity=_quantity(value)))
    return Content(values, _placed(rows))


@dataclass(frozen=True)
class Link:
    """What a line of a draft bills. `on` is the day that decides on its rate, `traded_on` the one that is printed."""

    keys: tuple[int | None, int | None]
    traded_on: date | None = None
    on: date | None = None
    paper: str = ""


def _linked(invoice: Invoice) -> dict[str, Link]:
    """`links` holds by the id of a line: order line, delivered line."""
    if not invoice.links:
        return {}
    keys = [pair[1] for pair in invoice.links.values() if pair[1]]
    rows = DeliveryLine.objects.filter(pk__in=keys).select_related("delivery__corrects")
    deliveries = {row.pk: row.delivery for row in rows}
    found = {}
    for key, (order_line, delivery_line) in invoice.links.items():
        delivery = deliveries.get(delivery_line)
        if delivery is None:
            found[key] = Link((order_line, None))
            continue
        brought = delivery.corrects or delivery
        found[key] = Link(
            (order_line, delivery_line), delivery.delivered_on, brought.delivered_on, delivery.number
        )
    return found


def _dated(value: LineValue, link: Link | None, day: date) -> LineValue:
    if link is not None and link.traded_on is not None:
        return value | {"on": link.traded_on.isoformat(), "paper": link.paper}
    return value | {"on": day.isoformat()}


def _rate(value: LineValue, link: Link | None, place: int) -> Decimal:
    if not value.get("tax_class"):
        return ZERO
    day = (link.on if link else None) or date.fromisoformat(value["on"])
    named = Decimal(value["rate"]) if "rate" in value else None
    try:
        return checked_rate(value["tax_class"], day, named)
    except Invalid as error:
        raise Invalid([FieldProblem("lines", said(place, value, error.message), code="rate")]) from error


def turned(invoice: Invoice) -> Content:
    """What takes an issued invoice back: each line with the opposite sign."""
    values = []
    for value in invoice.lines:
        back = {**value, "id": uuid.uuid4().hex}
        if value["kind"] in COUNTED:
            back["amount"] = -value["amount"]
            if value["kind"] == Kind.GOODS:
                back["quantity"] = plain(-Decimal(value["quantity"]))
            else:
                back["unit_price"] = plain(-Decimal(value.get("unit_price", "0")))
        values.append(back)
    kept = list(invoice.rows.order_by("place", "pk"))
    rows = [
        _row(value, row.order_line_id, row.delivery_line_id, quantity=-row.quantity, live=False)
        for value, row in zip(values, kept, strict=True)
    ]
    return Content(values, _placed(rows))


def links_of(invoice: Invoice) -> dict[str, list[int | None]]:
    """By the id of a printed line: what it bills, so that a draft made from it bills the same."""
    rows = invoice.rows.order_by("place", "pk")
    pairs = zip(invoice.lines, rows, strict=True)
    return {
        value["id"]: [row.order_line_id, row.delivery_line_id] for value, row in pairs if row.order_line_id
    }


def _value(line: Any, quantity: Decimal, day: date, paper: str) -> LineValue:
    amount = line_amount(quantity, line.unit_price, line.discount)
    value: LineValue = {
        "id": uuid.uuid4().hex, "kind": line.kind, **{key: getattr(line, key) for key in TEXTS if getattr(line, key)},
        "tax_class": line.tax_class, "rate": plain(line.rate), "on": day.isoformat(), "paper": paper,
    }  # fmt: skip
    if line.kind == Kind.DISCOUNT:
        return value | {"unit_price": str(-amount), "amount": -amount}
    if line.discount:
        value["discount"] = plain(line.discount)
    return value | {"quantity": plain(quantity), "unit_price": plain(line.unit_price), "amount": amount}


def _quantity(value: LineValue) -> Decimal:
    return Decimal(value.get("quantity", 1 if value["kind"] == Kind.DISCOUNT else 0))


def _row(
    value: LineValue,
    order_line: int | None,
    delivery_line: int | None,
    *,
    quantity: Decimal,
    live: bool = True,
) -> InvoiceLine:
    day = value.get("on")
    return InvoiceLine(
        kind=value["kind"], name=value.get("name", ""), quantity=quantity,
        tax_class=value.get("tax_class", ""), rate=Decimal(value.get("rate", 0)), amount=value.get("amount", 0),
        traded_on=date.fromisoformat(day) if day else None, order_line_id=order_line,
        delivery_line_id=delivery_line, live=live,
    )  # fmt: skip


def _placed(rows: list[InvoiceLine]) -> list[InvoiceLine]:
    for place, row in enumerate(rows, 1):
        row.place = place
    return rows
