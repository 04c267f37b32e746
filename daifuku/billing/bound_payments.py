"""What holds a payment: a closing invoice on which the customer was told of it; and the bank's line it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import BankLine, Invoice, Payment
from daifuku.billing.objects.payment import FIXED, PAYMENT
from daifuku.billing.settled import ISSUED
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

SENTENCE = _(
    "締め請求書「%(number)s」に載っている入金です。変更や削除の代わりに「入金を取り消す」をお使いください。"
)


def register() -> None:
    PAYMENT.bound.append(told)
    PAYMENT.checks.append(stays_as_told)


def told(payment: Payment) -> DomainError | None:
    number = _told_on(payment)
    return Conflict(SENTENCE % {"number": number}, code="closed") if number else None


def stays_as_told(payment: Payment, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    fixed = changed & FIXED
    if payment.pk is not None and fixed and (number := _told_on(payment)):
        yield FieldProblem(min(fixed), SENTENCE % {"number": number}, code="closed")


def follow_bank_lines(saved: Saved, by: Person) -> None:
    """A payment in the trash gives its line back to be looked at; one that comes back takes it again."""
    for payment, changed in saved:
        if changed:
            continue
        state = "waiting" if payment.trashed_at is not None else "booked"
        BankLine.objects.filter(payment=payment).update(state=state)


def _told_on(payment: Payment) -> str:
    """The closing invoice that was made after the payment was known, and takes its day in."""
    rows: Any = Invoice.plain.filter(
        ISSUED, account=payment.account_id, kind="closing", closes_on__gte=payment.paid_on,
        created_at__gte=payment.created_at,
    )  # fmt: skip
    return str(rows.order_by("pk").values_list("number", flat=True).first() or "")
