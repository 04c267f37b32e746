"""Sixteen people bill at the same moment: nothing twice, no number twice, none missing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.billing.actions import bank, bill_deliveries, payments
from daifuku.billing.actions.closing import start_closing
from daifuku.billing.models import (
    BankFile,
    BankLine,
    ClosingRun,
    Invoice,
    InvoiceLine,
    Payment,
    SetOff,
)
from daifuku.documents import sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, Invalid
from daifuku.orders.actions import deliver, enter

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, WRITERS = date(2026, 11, 27), 16


def at_once(work: Callable[[int], Any]) -> list[Exception]:
    """On SQLite in memory threads share one connection, so there they stand in line."""
    gate, wrong, line = threading.Barrier(WRITERS), list[Exception](), threading.Lock()
    shared = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])

    def run(number: int) -> None:
        try:
            gate.wait(30)
            with line if shared else threading.Lock():
                work(number)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return wrong


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn is not asked here."""
    monkeypatch.setattr(sealing, "draw", lambda draft: b"%PDF-")


def delivered(cast: Cast, firm: Any) -> Any:
    values = {"account": firm, "title": "箱", "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    order = enter(values, [{"name": "箱", "quantity": 3, "unit_price": 100}], by=cast.aoyama)
    return deliver(order, None, {}, by=cast.aoyama, today=TODAY)


def test_one_delivery_is_billed_once(cast: Cast, firm: Any) -> None:
    delivery = delivered(cast, firm)
    wrong = at_once(lambda number: bill_deliveries([delivery], by=cast.aoyama, today=TODAY))
    assert [type(each) for each in wrong] == [Conflict] * (WRITERS - 1), wrong
    assert (Invoice.plain.count(), InvoiceLine.objects.count()) == (1, 1)
    assert Sealed.objects.get(kind="invoice").number == "I2026-00001"


def test_sixteen_deliveries_have_sixteen_numbers_in_a_row(cast: Cast, firm: Any) -> None:
    deliveries = [delivered(cast, firm) for _number in range(WRITERS)]
    wrong = at_once(lambda number: bill_deliveries([deliveries[number]], by=cast.aoyama, today=TODAY))
    assert not wrong
    numbers = sorted(Invoice.plain.values_list("number", flat=True))
    assert numbers == [f"I2026-{place:05d}" for place in range(1, WRITERS + 1)]


def test_one_file_of_the_bank_is_taken_in_once(cast: Cast) -> None:
    text = "日付,摘要,入金額\n2026/11/25,アオバ,5000\n2026/11/25,ミドリ,6000\n"
    wrong = at_once(lambda number: bank.take_in("x.csv", text.encode(), by=cast.mizuno, today=TODAY))
    assert not wrong
    assert BankLine.objects.count() == 2
    assert sum(BankFile.objects.values_list("lines_known", flat=True)) == 2 * (WRITERS - 1)


def test_one_invoice_is_paid_once_and_the_money_of_the_others_stays_theirs(cast: Cast, firm: Any) -> None:
    """Each says that his payment is for this very invoice: one has it, the others are told what is left of it."""
    invoice = bill_deliveries([delivered(cast, firm)], by=cast.aoyama, today=TODAY)
    values = {"account": firm, "paid_on": TODAY, "method": "transfer", "amount": invoice.total}
    wrong = at_once(
        lambda number: payments.record(values, {str(invoice.uid): invoice.total}, by=cast.aoyama, today=TODAY)
    )
    assert [type(each) for each in wrong] == [Invalid] * (WRITERS - 1), wrong
    assert Payment.plain.count() == SetOff.objects.count() == 1
    fresh = Invoice.plain.get()
    assert (fresh.paid, fresh.open, fresh.settled) == (invoice.total, 0, "paid")


def test_a_closing_run_begins_once(cast: Cast, firm: Any) -> None:
    delivered(cast, firm)
    wrong = at_once(lambda number: start_closing(date(2026, 11, 30), by=cast.mizuno, today=TODAY))
    assert [type(each) for each in wrong] == [Conflict] * (WRITERS - 1), wrong
    assert ClosingRun.objects.count() == 1
