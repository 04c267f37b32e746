"""What is paid of an invoice and what is left of a payment: reckoned from the set-offs, whenever one of them changes.

Of an invoice is owed what it asks, less what corrections took back of it, less its set-offs. Where a correction takes
back what was paid already, the money returns to its payments as an advance.
Whoever changes set-offs holds the customer first (`hold`), so that two people cannot spend the same yen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Q, Sum

from daifuku.billing.models import Invoice, InvoiceLine, Payment, SetOff
from daifuku.customers.models import Account
from daifuku.foundation.sql.updating import update_many
from daifuku.orders.state import recount as recount_orders
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

ISSUED = Q(state="issued", trashed_at__isnull=True)
LIVE = Q(trashed_at__isnull=True, cancelled_on__isnull=True)
OF_INVOICE = ("paid", "open", "settled", "settled_on")
OF_PAYMENT = ("used", "left", "state")
# Told of invoices and payments that count otherwise now, in the same transaction. Areas above add to them.
INVOICES: list[Callable[[list[int]], None]] = []
PAYMENTS: list[Callable[[list[int]], None]] = []


def hold(accounts: Iterable[int]) -> None:
    """Until the transaction ends nobody else sets off anything of these customers."""
    wanted = sorted({key for key in accounts if key is not None})
    list(Account.plain.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def follow(invoices: Sequence[Any], by: Person | None = None) -> None:
    """After invoices were issued or corrected: theirs and those that they correct, their payments, their orders."""
    hold(each.account_id for each in invoices)
    keys = {each.pk for each in invoices} | {each.corrects_id for each in invoices if each.corrects_id}
    _show(recount(keys, by), invoices, OF_INVOICE)


def recount(keys: Iterable[int], by: Person | None = None) -> dict[int, Any]:
    """These invoices, as they are then; too much set off is given back first."""
    found = list(Invoice.plain.filter(pk__in=sorted(set(keys))).order_by("pk"))
    if found:
        taken, sums = _taken_back(found), _set_off(found)
        for invoice in found:
            _count(invoice, taken.get(invoice.pk, 0), *sums.get(invoice.pk, (0, None)))
        update_many(found, OF_INVOICE)
        recount_orders(orders_of(found), by)
        for told in INVOICES:
            told([invoice.pk for invoice in found])
    return {invoice.pk: invoice for invoice in found}


def recount_payments(keys: Iterable[int]) -> dict[int, Payment]:
    found = list(Payment.plain.filter(pk__in=sorted(set(keys))).order_by("pk"))
    sums = dict(
        SetOff.objects.filter(payment__in=found, counts=True)
        .order_by()
        .values_list("payment")
        .annotate(Sum("amount"))
    )
    for payment in found:
        payment.used = sums.get(payment.pk, 0)
        payment.left = payment.worth - payment.used if payment.counts else 0
        payment.state = state_of(payment)
    if found:
        update_many(found, OF_PAYMENT)
        for told in PAYMENTS:
            told([payment.pk for payment in found])
    return {payment.pk: payment for payment in found}


def state_of(payment: Payment) -> str:
    if payment.cancelled_on is not None:
        return "cancelled"
    if not payment.used:
        return "unset"
    return "partly" if payment.left else "set"


def orders_of(invoices: Iterable[Any]) -> set[int]:
    """Which orders these bill."""
    keys = [each.pk for each in invoices] + [each.corrects_id for each in invoices if each.corrects_id]
    rows = InvoiceLine.objects.filter(invoice__in=keys, order_line__isnull=False).order_by()
    return set(rows.values_list("order_line__order", flat=True).distinct())


def follow_payments(saved: Saved, by: Person) -> None:
    """After payments were registered, changed, thrown away or taken out of the trash."""
    keys = [payment.pk for payment, _changed in saved]
    touched: set[int] = set()
    known = SetOff.objects.filter(payment__in=keys).exists()
    for payment, changed in saved:
        if known and not changed:
            hold([payment.account_id])
            touched |= revive(payment) if payment.counts else park(payment)
    recount(touched, by)
    _show(recount_payments(keys), [payment for payment, _changed in saved], OF_PAYMENT)


def park(payment: Payment) -> set[int]:
    """Its set-offs count no more; they are kept, should it come back. Gives the invoices."""
    rows = SetOff.objects.filter(payment=payment, counts=True)
    keys = set(rows.values_list("invoice", flat=True))
    rows.update(counts=False)
    return keys


def revive(payment: Payment) -> set[int]:
    """Its set-offs count again, as far as their invoices were not paid otherwise since. Gives the invoices."""
    keys = set()
    for row in SetOff.objects.filter(payment=payment, counts=False).select_related("invoice").order_by("pk"):
        if row.amount <= row.invoice.open:
            row.counts = True
            row.save(update_fields=["counts"])
            keys.add(row.invoice_id)
        else:
            row.delete()
    return keys


def _show(fresh: Mapping[int, Any], held: Iterable[Any], names: Sequence[str]) -> None:
    """On the records that the caller has in hand as well."""
    for record in held:
        for name in names:
            setattr(record, name, getattr(fresh[record.pk], name))


def _set_off(invoices: list[Any]) -> dict[int, tuple[int, date | None]]:
    """Of each how much is set off, and the day of the last payment."""
    rows = SetOff.objects.filter(invoice__in=[each.pk for each in invoices], counts=True).order_by()
    found = rows.values_list("invoice").annotate(Sum("amount"), Max("payment__paid_on"))
    return {key: (amount, last) for key, amount, last in found}


def _taken_back(invoices: list[Any]) -> dict[int, int]:
    """What issued corrections took back of each."""
    rows = Invoice.plain.filter(ISSUED, corrects__in=[each.pk for each in invoices], total__lt=0)
    return {key: -total for key, total in rows.order_by().values_list("corrects").annotate(Sum("total"))}


def _count(invoice: Any, taken: int, paid: int, last: date | None) -> None:
    counts = invoice.state == "issued" and invoice.trashed_at is None
    # What a correction takes back stands in what is owed of the invoice that it names.
    asked = invoice.total - taken if counts and not (invoice.corrects_id and invoice.total < 0) else 0
    if paid > max(asked, 0):
        paid -= _give_back(invoice, paid - max(asked, 0))
    invoice.paid, invoice.open = paid, asked - paid
    invoice.settled = "" if not asked else "paid" if invoice.open <= 0 else "partly" if paid else "waiting"
    invoice.settled_on = (last or invoice.issued_on) if invoice.settled == "paid" else None


def _give_back(invoice: Any, amount: int) -> int:
    """The latest set-offs of it go, until so much is free again."""
    left, payments = amount, set()
    for row in SetOff.objects.filter(invoice=invoice, counts=True).order_by("-pk"):
        payments.add(row.payment_id)
        if row.amount <= left:
            left -= row.amount
            row.delete()
        else:
            row.amount -= left
            left = 0
            row.save(update_fields=["amount"])
        if not left:
            break
    recount_payments(payments)
    return amount
