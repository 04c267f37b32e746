"""Payments and what is owed: what is registered when the program starts."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.billing import (
    bound_payments,
    credit,
    demo_payments,
    events_payments,
    lists,
    numbers,
    of_deals,
    order_states,
    panels_payments,
    settled,
)
from daifuku.billing.models import Payment
from daifuku.billing.objects.invoice import INVOICE
from daifuku.billing.objects.payment import PAYMENT
from daifuku.catalog.openness import AS_OPEN
from daifuku.customers.demo import CHAPTERS
from daifuku.documents import kinds
from daifuku.foundation import menu
from daifuku.orders import state as orders_state
from daifuku.orders import warnings
from daifuku.orders.objects.order import ORDER
from daifuku.records import saved_views
from daifuku.records.catalogue import registry


def register() -> None:
    registry.register(PAYMENT)
    kinds.register(numbers.KIND)
    PAYMENT.after_save += [numbers.give_numbers, settled.follow_payments, bound_payments.follow_bank_lines]
    AS_OPEN.append(Payment)
    orders_state.FURTHER.append(order_states.paid)
    of_deals.register()
    bound_payments.register()
    events_payments.register()
    panels_payments.register()
    saved_views.more["invoice"] = (*saved_views.more.get("invoice", ()), *lists.OF_INVOICES)
    saved_views.more["payment"] = lists.OF_PAYMENTS
    warnings.WARNINGS.append(credit.warn)
    CHAPTERS.update(money=demo_payments.money)
    _menu()


def _menu() -> None:
    """入金, 口座明細 and 売掛 are reached from the list of invoices, and from one another."""
    names: Any = lazy(lambda: PAYMENT.names, str)()
    invoices: Any = lazy(lambda: INVOICE.names, str)()
    payments = menu.Entry(
        "main", names, "records:list", PAYMENT.icon, 40, object="payment", arguments=(PAYMENT.slug,)
    )
    bank = menu.Entry("main", _("口座明細"), "billing:bank", "import", 42, object="payment", action="create")
    owed = menu.Entry(
        "main", pgettext_lazy("menu", "売掛"), "billing:receivables", "list", 44, object="invoice"
    )
    back = menu.Entry(
        "main", invoices, "records:list", INVOICE.icon, 36, object="invoice", arguments=(INVOICE.slug,)
    )
    mine = menu.Entry("main", _("入金までの受注"), "billing:until_paid", "clock", 38, object="order")
    INVOICE.tools += [payments, bank, owed, mine]
    PAYMENT.tools += [back, bank, owed]
    ORDER.tools.append(mine)
