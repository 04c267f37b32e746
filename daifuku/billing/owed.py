"""What is owed: of customers as of a day, and of an invoice now. The one place that reads it.

What a customer owes is the sum of his issued invoices (corrections are negative) less all that he paid, advances
included. A payment that was taken back counted until that day. Questions are constant in number, however many
customers are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from daifuku.billing.models import Invoice, Payment
from daifuku.billing.setting_off import Owed
from daifuku.billing.settled import ISSUED
from daifuku.staff.viewer import Viewer

PRESENT = Q(trashed_at__isnull=True)


def balance(accounts: Iterable[Any], on: date) -> dict[int, int]:
    """By account, what each owes at the end of the day `on`; customers who owe nothing are 0, a credit is negative."""
    keys = keys_of(accounts)
    found = dict.fromkeys(keys, 0)
    invoices = Invoice.plain.filter(ISSUED, account__in=keys, issued_on__lte=on)
    for key, total in invoices.order_by().values_list("account").annotate(Sum("total")):
        found[key] += total
    for key, worth in _paid(keys, paid_on__lte=on).items():
        found[key] -= worth
    for key, worth in _paid(keys, cancelled_on__lte=on).items():
        found[key] += worth
    return found


def received(
    accounts: Iterable[Any], after: date | Mapping[int, date | None] | None, until: date
) -> dict[int, int]:
    """By account, what came in after the day `after` (of each its own, where a mapping is given; None: from the
    beginning) up to `until`, fees that we bear included, less what was taken back in that time."""
    keys = keys_of(accounts)
    found = dict.fromkeys(keys, 0)
    rows = Payment.plain.filter(PRESENT, account__in=keys, paid_on__lte=until)
    for key, paid_on, cancelled_on, worth in rows.order_by().values_list(
        "account", "paid_on", "cancelled_on", F("amount") + F("fee")
    ):
        since = after.get(key) if isinstance(after, Mapping) else after
        if since is None or paid_on > since:
            found[key] += worth
        if cancelled_on is not None and cancelled_on <= until and (since is None or cancelled_on > since):
            found[key] -= worth
    return found


def open_invoices(account: Any, viewer: Viewer | None = None) -> list[Any]:
    """Issued and not paid in full, the oldest first; those that `viewer` may know of, where somebody looks."""
    rows = known(Invoice, viewer).filter(ISSUED, account=account, open__gt=0)
    return list(rows.order_by(Coalesce("due_on", "issued_on"), "pk"))


def as_owed(invoices: Sequence[Any]) -> list[Owed]:
    """For `setting_off`, which knows no records."""
    return [Owed(each.pk, each.due_on or each.issued_on, each.open) for each in invoices]


def known(model: Any, viewer: Viewer | None) -> Any:
    """All there are; where somebody looks, those that he may know of."""
    return model.plain if viewer is None else model.objects.visible_to(viewer)


def advances(accounts: Iterable[Any], viewer: Viewer | None = None) -> dict[int, int]:
    """By account, what was paid and is not set off against anything yet."""
    rows = known(Payment, viewer).filter(PRESENT, account__in=keys_of(accounts), left__gt=0)
    return dict(rows.order_by().values_list("account").annotate(Sum("left")))


def may_see(viewer: Viewer) -> bool:
    """Whether somebody may know amounts of invoices, payments and orders at all: what is owed is made of them."""
    hidden = {name for key in ("invoice", "payment", "order") for name in viewer.hidden_fields(key)}
    return viewer.may("invoice", "view") and not hidden & {"total", "open", "paid", "amount", "left"}


def keys_of(accounts: Iterable[Any]) -> list[int]:
    return [each if isinstance(each, int) else each.pk for each in accounts]


def _paid(keys: list[int], **when: Any) -> dict[int, int]:
    rows = Payment.plain.filter(PRESENT, account__in=keys, **when).order_by()
    return dict(rows.values_list("account").annotate(worth=Sum(F("amount") + F("fee"))))
