"""Where accounting is found: from the lists of invoices, payments and orders, and in the settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.billing.objects.invoice import INVOICE
from daifuku.billing.objects.payment import PAYMENT
from daifuku.foundation import menu
from daifuku.orders.objects.order import ORDER


def register() -> None:
    papers = menu.Entry("main", _("書類の検索"), "accounting:papers", "search", 39)
    journal = menu.Entry(
        "main", _("会計ソフトへの書き出し"), "accounting:journal", "export", 39, object="payment"
    )
    INVOICE.tools += [journal, papers]
    PAYMENT.tools += [journal, papers]
    ORDER.tools.append(papers)
    menu.add(
        menu.Entry(
            "settings.records", _("会計"), "accounting:settings", "book-open", 64, power="settings",
            help=_("会計ソフト、勘定科目、締めた期間"),
        )
    )  # fmt: skip
