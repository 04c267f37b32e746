"""取引明細・残高確認: what was invoiced to a customer and paid by him from one day to another, line by line, and what
he owed before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from daifuku.billing.models import Invoice, Payment
from daifuku.billing.settled import ISSUED
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Entry:
    """`asked` makes the balance larger, `paid` smaller. `record` opens when the line is pressed."""

    day: date
    words: str
    number: str
    record: Any
    asked: int
    paid: int
    balance: int
    due_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """`whole`: this person sees everything there is about the customer's money; only then it may go out."""

    account: Any
    begin: date
    end: date
    before: int
    entries: tuple[Entry, ...]
    whole: bool = True

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.entries)

    @property
    def paid(self) -> int:
        return sum(each.paid for each in self.entries)

    @property
    def after(self) -> int:
        return self.before + self.asked - self.paid


def of(account: Any, begin: date, end: date, viewer: Viewer) -> Statement:
    """As this person may see it."""
    invoices = Invoice.objects.visible_to(viewer).filter(ISSUED, account=account, issued_on__lte=end)
    payments = Payment.objects.visible_to(viewer).filter(account=account, paid_on__lte=end)
    before = _balance(invoices, payments, begin - timedelta(days=1))
    lines = [*_asked(invoices.filter(issued_on__gte=begin)), *_paid(payments, begin, end)]
    entries, balance = [], before
    for day, _place, words, record, asked, paid, due_on in sorted(
        lines, key=lambda each: (*each[:2], each[3].pk)
    ):
        balance += asked - paid
        entries.append(Entry(day, words, record.number, record, asked, paid, balance, due_on))
    return Statement(account, begin, end, before, tuple(entries), _sees_all(account, invoices, payments, end))


def _balance(invoices: Any, payments: Any, on: date) -> int:
    asked = invoices.filter(issued_on__lte=on).aggregate(n=Sum("total"))["n"] or 0
    worth = Sum(F("amount") + F("fee"))
    paid = payments.filter(paid_on__lte=on).aggregate(n=worth)["n"] or 0
    back = payments.filter(cancelled_on__lte=on).aggregate(n=worth)["n"] or 0
    return int(asked - paid + back)


def _asked(invoices: Any) -> list[tuple[Any, ...]]:
    return [
        (
            each.issued_on,
            0,
            _("訂正") if each.total < 0 and each.corrects_id else _("請求"),
            each,
            each.total,
            0,
            each.due_on,
        )
        for each in invoices
    ]


def _paid(payments: Any, begin: date, end: date) -> list[tuple[Any, ...]]:
    found = []
    names = dict(_methods())
    for each in payments.filter(Q(paid_on__gte=begin) | Q(cancelled_on__gte=begin)):
        if each.paid_on >= begin:
            words = _("入金（%(method)s）") % {"method": names.get(each.method, each.method)}
            found.append((each.paid_on, 1, words, each, 0, each.amount, None))
            if each.fee:
                found.append((each.paid_on, 2, _("振込手数料（当社負担）"), each, 0, each.fee, None))
        if each.cancelled_on is not None and begin <= each.cancelled_on <= end:
            found.append((each.cancelled_on, 3, _("入金の取り消し"), each, 0, -each.worth, None))
    return found


def _methods() -> list[tuple[str, str]]:
    from daifuku.billing.objects.payment import METHODS

    return [(option.key, str(option.label)) for option in METHODS]


def _sees_all(account: Any, invoices: Any, payments: Any, end: date) -> bool:
    every = Invoice.plain.filter(ISSUED, account=account, issued_on__lte=end).count()
    paid = Payment.plain.filter(account=account, paid_on__lte=end, trashed_at__isnull=True).count()
    return bool(every == invoices.count() and paid == payments.count())
