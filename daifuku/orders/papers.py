"""What is printed on 注文請書, 納品書 and 発注書: all that a page shows, taken from the records once and sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.objects.unit_price import plain
from daifuku.customers.models import Account, Contact
from daifuku.documents import kinds, sender
from daifuku.documents.amounts import COUNTED, subtotals
from daifuku.documents.kinds import PaperKind
from daifuku.documents.models import Line, Paper, Sealed
from daifuku.documents.models.issuer import issuer
from daifuku.documents.sealing import Draft
from daifuku.documents.tax import CLASSES
from daifuku.orders.models import Delivery, Order, Purchase
from daifuku.staff.models import Company

Compose = Callable[[str], Draft]
TEMPLATE = "orders/pdf/paper.html"
ORDER, CONFIRMATION, DELIVERY, PURCHASE = "order", "confirmation", "delivery", "purchase"
KINDS = (
    PaperKind(ORDER, _("受注"), "J{YYYY}-{NNNNN}", "order", 40),
    PaperKind(
        CONFIRMATION, _("注文請書"), "C{YYYY}-{NNNN}", "order", 42,
        ("number", "total", "note", "order_line.unit_price", "order_line.amount"),
        _("下記のとおり、ご注文をお請けいたします。"),
    ),
    PaperKind(
        PURCHASE, _("発注書"), "P{YYYY}-{NNNN}", "purchase", 44, ("number", "total"), _("下記のとおり発注いたします。")
    ),
    PaperKind(
        DELIVERY, _("納品書"), "D{YYYY}-{NNNNN}", "delivery", 46, ("number", "total"), _("下記のとおり納品いたします。")
    ),
)  # fmt: skip


def confirmation(order: Order, lines: Sequence[Line], day: date, before: Sealed | None) -> Compose:
    terms = [
        ("ご注文日", day_of(order.ordered_on)), ("ご注文番号", order.customer_number),
        ("納期", day_of(order.due_on)), ("納品先", order.place or address_of(order.account)),
        ("お支払条件", order.payment_terms), ("訂正する注文請書", before.number if before else ""),
    ]  # fmt: skip
    # Where every line follows the order's own day and place, they stand above once.
    with_due = any(getattr(line, "due_on", None) or getattr(line, "deliver_to", "") for line in lines)
    return _composer(
        CONFIRMATION, order, order, lines, day, order.account, order.contact, terms, with_due=with_due
    )


def delivery_note(delivery: Delivery, lines: Sequence[Line]) -> Compose:
    order = delivery.order
    terms = [
        ("受注番号", order.number), ("ご注文番号", order.customer_number),
        ("納品日", day_of(delivery.delivered_on)), ("納品先", delivery.place),
        ("運送会社・伝票番号", delivery.carrier),
        ("訂正する納品書", delivery.corrects.number if delivery.corrects else ""), ("理由", delivery.reason),
    ]  # fmt: skip
    return _composer(
        DELIVERY, delivery, delivery, lines, delivery.delivered_on, delivery.account, order.contact, terms
    )


def purchase_order(purchase: Purchase, lines: Sequence[Line], day: date) -> Compose:
    terms = [
        ("希望納期", day_of(purchase.wanted_on)), ("納品先", purchase.place),
        ("支払条件", purchase.payment_terms),
    ]  # fmt: skip
    return _composer(PURCHASE, purchase, purchase, lines, day, purchase.account, None, terms)


def _composer(
    kind: str,
    record: Any,
    paper: Paper,
    lines: Sequence[Line],
    day: date,
    partner: Account,
    person: Contact | None,
    terms: Iterable[tuple[str, str]],
    *,
    with_due: bool = False,
) -> Compose:
    of, company = issuer(), Company.objects.first() or Company()
    with translation.override("ja"):
        data: dict[str, Any] = {
            "kind": kind, "heading": str(kinds.get(kind).label), "day": day_of(day), "title": paper.title,
            "partner": partner.name, "person": person_of(person),
            "partner_address": [f"〒{partner.postal_code}" if partner.postal_code else "", address_of(partner)],
            "opening": str(of.texts.get(kind) or kinds.get(kind).text),
            "terms": [[name, value] for name, value in terms if value],
            "lines": _printed(lines, with_due=with_due), "with_due": with_due,
            "sums": [
                [_sum_words(each), f"{each.net:,}", f"{each.tax:,}", each.mark] for each in paper.rate_sums
            ],
            "net": f"{paper.net:,}", "tax": f"{paper.tax:,}", "total": f"{paper.total:,}",
            "included": paper.included, "marked": any(each.mark for each in paper.rate_sums),
            "note": getattr(record, "note", ""), "issuer": sender.said(company, of),
        }  # fmt: skip
    pictures = {"seal": of.seal} if of.seal else None
    return lambda number: Draft(
        TEMPLATE, {**data, "number": number}, partner.name, paper.total, partner.pk, pictures
    )


def _printed(lines: Sequence[Line], *, with_due: bool) -> list[dict[str, Any]]:
    found = []
    for line, subtotal in zip(lines, subtotals(lines), strict=True):
        counted = line.kind in COUNTED
        amount = subtotal if subtotal is not None else line.amount
        due = getattr(line, "due_on", None)
        found.append({
            "kind": line.kind, "code": line.code, "name": line.name, "spec": line.spec,
            "quantity": number_of(line.quantity) if counted else "", "unit": line.unit,
            "price": number_of(line.unit_price) if line.kind == "goods" else "",
            "amount": f"{amount:,}" if counted or subtotal is not None else "",
            "mark": CLASSES[line.tax_class].mark if line.tax_class in CLASSES else "",
            "discount": f"{number_of(line.discount)}%引" if line.discount else "",
            "due": day_of(due) if with_due else "", "to": getattr(line, "deliver_to", ""),
        })  # fmt: skip
    return found


def _sum_words(each: Any) -> str:
    tax = CLASSES[each.tax_class]
    return f"{number_of(each.rate)}%対象" if tax.taxed else str(tax.label)


def address_of(account: Account) -> str:
    return f"{account.prefecture}{account.city}{account.street} {account.building}".strip()


def person_of(contact: Contact | None) -> str:
    if contact is None:
        return ""
    return " ".join(part for part in (contact.department, contact.title, contact.full_name) if part)


def day_of(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def number_of(number: Decimal | None) -> str:
    return "" if number is None else f"{plain(Decimal(number)):,f}"
