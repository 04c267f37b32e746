"""When a person is erased, what she answered and where she was written to goes. Issued papers stay as the tax law
asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.quotes.models import Approval, Link, Quote
from daifuku.records.actions.erasing import forget
from daifuku.staff.models import Person


def forget_answers(record: Any, by: Person) -> None:
    """In the transaction of the erasure. 法人税法施行規則 第59条 and 電子帳簿保存法 want issued papers kept for
    years."""
    if record.object_key != "contact":
        return
    Link.objects.filter(quote__contact=record).update(to="")
    Approval.objects.filter(quote__contact=record).update(note="", reason="")
    rows = Quote.plain.select_for_update(of=("self",), no_key=True).filter(contact=record)
    for quote in rows.order_by("pk"):
        forget(quote, by=by)


def say(record: Any) -> str:
    if record.object_key != "contact":
        return ""
    n = Quote.plain.filter(contact=record).count()
    return (
        _("見積 {n}件の回答と送り先（発行した見積書の控えは、法律で決められた期間残ります）").format(n=n)
        if n
        else ""
    )
