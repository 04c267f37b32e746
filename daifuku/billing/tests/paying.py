"""For the tests of payments: a customer who owes, without a page drawn for each of his invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from daifuku.billing import settled
from daifuku.billing.models import Invoice
from daifuku.records import actions

TODAY = date(2026, 11, 27)


def customer(by: Any, name: str = "青葉商事株式会社", kana: str = "アオバショウジ", **more: Any) -> Any:
    return actions.create("account", {"name": name, "kana": kana, **more}, by=by)


def owes(
    account: Any, total: int, due: date = date(2026, 11, 30), *, on: date | None = None, **more: Any
) -> Any:
    """An issued invoice of so many yen."""
    number = f"I-{Invoice.plain.count() + 1:05d}"
    invoice = Invoice(
        account=account, owner=account.owner, keeper=account.owner, state="issued", number=number, total=total,
        net=total, issued_on=on or date(2026, 10, 31), due_on=due, title="ご請求", **more,
    )  # fmt: skip
    with transaction.atomic():
        invoice.save()
        settled.follow([invoice])
    return invoice


def seen(invoice: Any) -> tuple[int, int, str]:
    """(paid, open, settled) as it stands."""
    found = Invoice.plain.get(pk=invoice.pk)
    return found.paid, found.open, found.settled
