"""Whatever is paid, set off, released, taken back and undone: no yen is spent twice, and what is owed adds up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daifuku.billing import owed
from daifuku.billing.actions import payments
from daifuku.billing.models import Invoice, Payment, SetOff
from daifuku.billing.tests.paying import TODAY, customer, owes
from daifuku.foundation.errors import DomainError
from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.undoing import may_be_undone, undo

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
LATER = date(2027, 12, 31)
STEP = st.tuples(
    st.sampled_from(["owe", "pay", "choose", "set", "release", "cancel", "trash", "restore", "correct", "undo"]),
    st.integers(1, 9), st.integers(0, 5),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_yen_is_spent_twice_and_what_is_owed_adds_up(
    cast: Cast, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        firm = customer(cast.aoyama)
        for what, thousands, which in steps:
            with suppress(DomainError), transaction.atomic():
                _do(what, thousands * 1_000, which, firm, cast.aoyama)
            _holds(firm)
        transaction.set_rollback(True)


def _do(what: str, amount: int, which: int, firm: Any, by: Any) -> None:
    invoices = list(Invoice.plain.filter(account=firm, total__gt=0).order_by("pk"))
    known = list(Payment.plain.filter(account=firm).order_by("pk"))
    invoice = invoices[which % len(invoices)] if invoices else None
    payment = known[which % len(known)] if known else None
    values = {"account": firm, "paid_on": "2026-11-20", "amount": amount, "fee": 440 if which == 3 else 0}
    if what == "owe":
        owes(firm, amount, date(2026, 10, 1 + which))
    elif what == "pay":
        payments.record(values, by=by, today=TODAY)
    elif what == "choose" and invoice:
        payments.record(values, {str(invoice.uid): which * 1_000}, by=by, today=TODAY)
    elif what == "undo":
        _undo(which, by)
    elif what == "correct" and invoice and not Invoice.plain.filter(corrects=invoice).exists():
        owes(firm, -min(amount, invoice.total), corrects=invoice, kind="correction")
    elif payment:
        {
            "set": lambda: payments.set_off(payment, None, by=by, today=TODAY),
            "release": lambda: payments.release(payment, None, by=by),
            "cancel": lambda: payments.cancel(payment, "組戻し", by=by, today=TODAY),
            "trash": lambda: actions.trash(payment, by=by),
            "restore": lambda: actions.restore(payment, by=by),
        }.get(what, lambda: None)()


def _undo(which: int, by: Any) -> None:
    done = [
        event
        for event in Event.objects.filter(kind__startswith="payment.").order_by("-pk")[:8]
        if kinds.get(event.kind).undo and may_be_undone(event)
    ]
    if done:
        undo(done[which % len(done)], by=by)


def _holds(firm: Any) -> None:
    invoices = list(Invoice.plain.filter(account=firm))
    known = list(Payment.plain.filter(account=firm))
    for payment in known:
        used = sum(row.amount for row in SetOff.objects.filter(payment=payment, counts=True))
        assert used == payment.used
        assert used <= (payment.worth if payment.counts else 0)
        assert payment.left == (payment.worth - used if payment.counts else 0)
    for invoice in invoices:
        paid = sum(row.amount for row in SetOff.objects.filter(invoice=invoice, counts=True))
        assert paid == invoice.paid <= max(0, invoice.total)
        assert invoice.open >= 0
    asked = sum(each.total for each in invoices)
    paid_in = sum(each.worth for each in known if each.counts)
    assert owed.balance([firm], LATER) == {firm.pk: asked - paid_in}
    assert asked - paid_in == sum(each.open for each in invoices) - sum(each.left for each in known)
