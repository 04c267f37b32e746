"""Where invoices are found in the program: one entry, from whose list the others are reached."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.billing.objects.invoice import INVOICE
from daifuku.foundation import menu


def register() -> None:
    shown: dict[str, Any] = {
        "icon": INVOICE.icon,
        "order": 36,
        "object": "invoice",
        "arguments": (INVOICE.slug,),
    }
    names, name = lazy(lambda: INVOICE.names, str)(), lazy(lambda: INVOICE.name, str)()
    menu.add(menu.Entry("main", names, "records:list", **shown))
    INVOICE.tools.append(
        menu.Entry(
            "main", _("締め請求"), "billing:closing", "calendar", 30, object="invoice", action="create",
            help=_("締め日ごとに、取引先の合計請求書をまとめて発行します"),
        )
    )  # fmt: skip
    menu.add(menu.Entry("new", name, "records:new", action="create", **shown))
