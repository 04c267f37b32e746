"""When a person is erased, where invoices were sent to and the name under which he paid go. Issued papers stay as the
tax law asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.billing.models import BankLine, Invoice, InvoiceLink, PayerName, Payment
from daifuku.billing.payers import payer_key
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


def forget_payer(record: Any, by: Person) -> None:
    """In the transaction of the erasure: a customer may be a person who paid under his own name."""
    if record.object_key != "contact" or record.account_id is None:
        return
    names = (record.full_name, f"{record.family_kana} {record.given_kana}")
    keys = {key for name in names if (key := payer_key(name))}
    said = PayerName.objects.filter(account=record.account_id, key__in=keys)
    his = Q(payment__account=record.account_id) | Q(payment=None, payer_key__in=said.values_list("key"))
    lines = BankLine.objects.filter(his, payer_key__in=keys).values_list("pk", flat=True)
    BankLine.objects.filter(pk__in=list(lines)).update(payer="", payer_key="", remark="")
    said.delete()
    rows = Payment.plain.select_for_update(of=("self",), no_key=True).filter(account=record.account_id)
    for payment in rows.exclude(payer="").order_by("pk"):
        if payer_key(payment.payer) in keys:
            forget(payment, by=by)


def say(record: Any) -> str:
    if record.object_key != "contact":
        return ""
    n = Invoice.plain.filter(contact=record).count()
    return (
        _("請求 {n}件の送り先（発行した請求書の控えは、法律で決められた期間残ります）").format(n=n)
        if n
        else ""
    )
