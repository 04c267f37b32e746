"""When a person is erased, where invoices were sent to goes. Issued papers stay as the tax law asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.billing.models import Invoice, InvoiceLink
from daifuku.records.actions.erasing import forget
from daifuku.staff.models import Person


def forget_addresses(record: Any, by: Person) -> None:
    """In the transaction of the erasure. 法人税法施行規則 第59条 and 電子帳簿保存法 want issued papers kept for
    years."""
    if record.object_key != "contact":
        return
    InvoiceLink.objects.filter(invoice__contact=record).update(to="")
    rows = Invoice.plain.select_for_update(of=("self",), no_key=True).filter(contact=record)
    for invoice in rows.order_by("pk"):
        forget(invoice, by=by)


def say(record: Any) -> str:
    if record.object_key != "contact":
        return ""
    n = Invoice.plain.filter(contact=record).count()
    return (
        _("請求 {n}件の送り先（発行した請求書の控えは、法律で決められた期間残ります）").format(n=n)
        if n
        else ""
    )
