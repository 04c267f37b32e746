"""売上と入金の仕訳: what issued invoices and payments are in double-entry bookkeeping, for any accounting package.

An invoice is one entry for each tax class and rate, because tax is reckoned once for each of them (適格請求書). A
correction is the same entry turned round, and so is a payment that was taken back. A payment pays the receivable also
where no invoice is named yet, as the customer's statement does. Rights are those of the records: what somebody does not
see, his file does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from daifuku.accounting.models import AccountingSetting
from daifuku.billing.models import Invoice, Payment
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer

OUT = ("outside", Decimal(0))
SALES, PAYMENTS = "sales", "payments"
# What the entries tell of each.
TOLD = {
    "invoice": {"account", "number", "issued_on", "net", "tax", "total"},
    "payment": {"account", "number", "paid_on", "amount", "fee"},
}


@dataclass(frozen=True)
class Side:
    """`tax` is (class, rate); "outside" of consumption tax for everything but sales."""

    account: str
    sub: str = ""
    tax: tuple[str, Decimal] = OUT


@dataclass(frozen=True)
class Entry:
    """`amount` is never negative and includes `taxed`, the consumption tax in it. `number` puts rows together."""

    number: str
    day: date
    debit: Side
    credit: Side
    amount: int
    taxed: int
    words: str
    partner: str
    due_on: date | None = None
    of: str = "sales"
    turned: bool = False


def may_read(viewer: Viewer) -> bool:
    """A journal with one half of the books in it would mislead."""
    return all(
        viewer.may(key, "view") and fields <= vocabulary.fields_for(viewer, key).keys()
        for key, fields in TOLD.items()
    )


def entries(begin: date, end: date, viewer: Viewer, how: AccountingSetting, what: str = "") -> list[Entry]:
    """In the order of their days; `what` is "sales", "payments" or both."""
    found: list[Entry] = []
    if what != PAYMENTS and viewer.may("invoice", "view"):
        found += sales(begin, end, viewer, how)
    if what != SALES and viewer.may("payment", "view"):
        found += payments(begin, end, viewer, how)
    return sorted(found, key=lambda each: (each.day, each.of != SALES, each.number))


def sales(begin: date, end: date, viewer: Viewer, how: AccountingSetting) -> Iterable[Entry]:
    rows = Invoice.objects.visible_to(viewer).filter(state="issued", issued_on__gte=begin, issued_on__lte=end)
    for invoice in rows.select_related("account").order_by("issued_on", "pk"):
        for sums in invoice.rate_sums:
            amount, tax = _gross(invoice, sums)
            if amount:
                yield _sale(invoice, sums, amount, tax, how)


def _gross(invoice: Any, sums: Any) -> tuple[int, int]:
    """With tax, whichever way the firm counts."""
    return int(sums.net) + int(sums.tax), int(sums.tax)


def _sale(invoice: Any, sums: Any, amount: int, tax: int, how: AccountingSetting) -> Entry:
    partner = invoice.account.name
    receivable = Side(how.receivable, partner if how.by_partner else "")
    sold = Side(how.sales, "", (sums.tax_class, sums.rate))
    debit, credit = (receivable, sold) if amount > 0 else (sold, receivable)
    words = f"{invoice.number} {invoice.title}".strip()
    return Entry(
        invoice.number,
        invoice.issued_on,
        debit,
        credit,
        abs(amount),
        abs(tax),
        words,
        partner,
        invoice.due_on,
        turned=amount < 0,
    )


def payments(begin: date, end: date, viewer: Viewer, how: AccountingSetting) -> Iterable[Entry]:
    rows = Payment.objects.visible_to(viewer).select_related("account").order_by("paid_on", "pk")
    for payment in rows.filter(paid_on__gte=begin, paid_on__lte=end):
        yield from _paid(payment, payment.paid_on, how)
    for payment in rows.filter(cancelled_on__gte=begin, cancelled_on__lte=end):
        yield from _paid(payment, payment.cancelled_on, how, back=True)


def _paid(payment: Any, day: date, how: AccountingSetting, *, back: bool = False) -> Iterable[Entry]:
    partner = payment.account.name
    receivable = Side(how.receivable, partner if how.by_partner else "")
    account = _account_of(payment.method, how)
    words = f"{payment.number} {payment.payer or partner}".strip()
    for name, amount in ((account, payment.amount), (how.fee, payment.fee)):
        if amount:
            sides = (receivable, Side(name)) if back else (Side(name), receivable)
            yield Entry(payment.number, day, *sides, amount, 0, words, partner, of=PAYMENTS, turned=back)


def _account_of(method: str, how: AccountingSetting) -> str:
    """Where the money is now."""
    others = {"cash": how.cash, "bill": how.bill, "electronic": how.bill, "offset": how.offset}
    return others.get(method, how.bank)
