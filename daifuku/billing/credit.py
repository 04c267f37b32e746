"""与信: how much a customer owes, has on order and may owe; who comes near his limit, and by how much he is over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from daifuku.billing import owed
from daifuku.billing.models import CreditLimit, Invoice, InvoiceLine, Payment
from daifuku.billing.settled import ISSUED
from daifuku.foundation.sql.prepared import Prepared
from daifuku.orders.models import Order
from daifuku.staff.viewer import Viewer

# Of the limit; from here on it is said.
NEAR = Decimal("0.8")
ON_THE_WAY = ("open", "partly", "delivered")
# Of most customers nothing is owed, ordered or limited: the page of each asks these first.
TRACES = (
    Prepared(lambda account: Invoice.plain.filter(ISSUED, ~Q(open=0), account=account).values_list("pk")[:1]),
    Prepared(lambda account: Payment.plain.filter(account=account, left__gt=0).values_list("pk")[:1]),
    Prepared(
        lambda account: Order.plain.filter(
            account=account, state__in=ON_THE_WAY, trashed_at__isnull=True
        ).values_list("pk")[:1]
    ),
    Prepared(lambda account: CreditLimit.objects.filter(account=account).values_list("pk")[:1]),
)


@dataclass(frozen=True)
class Standing:
    """`balance` is owed, `ordered` is on order and not invoiced yet, both in yen with tax. Without `limit` nobody has
    set one."""

    balance: int = 0
    ordered: int = 0
    limit: int | None = None
    overdue: int = 0

    @property
    def used(self) -> int:
        return self.balance + self.ordered

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used

    @property
    def over(self) -> bool:
        return self.limit is not None and self.used > self.limit

    @property
    def near(self) -> bool:
        return self.limit is not None and not self.over and self.used >= self.limit * NEAR


def anything(account: Any) -> bool:
    """Whether there can be something to say of this customer at all."""
    return any(trace(account.pk) for trace in TRACES)


def standings(accounts: Iterable[Any], today: date, viewer: Viewer | None = None) -> dict[int, Standing]:
    """Constant questions, however many customers. Made of what `viewer` may know of, where somebody looks."""
    keys = owed.keys_of(accounts)
    if not keys:
        return {}
    balances, ordered = balances_now(keys, viewer), on_order(keys, viewer)
    limits = dict(CreditLimit.objects.filter(account__in=keys).values_list("account", "amount"))
    seen = owed.known(Invoice, viewer)
    late = seen.filter(ISSUED, account__in=keys, open__gt=0, due_on__lt=today).order_by()
    overdue = dict(late.values_list("account").annotate(Sum("open")))
    return {
        key: Standing(balances[key], ordered.get(key, 0), limits.get(key), overdue.get(key, 0))
        for key in keys
    }


def balances_now(keys: list[int], viewer: Viewer | None = None) -> dict[int, int]:
    """What is open of all issued invoices, less advances."""
    found = dict.fromkeys(keys, 0)
    rows = owed.known(Invoice, viewer).filter(ISSUED, account__in=keys).filter(~Q(open=0)).order_by()
    for key, amount in rows.values_list("account").annotate(Sum("open")):
        found[key] += amount
    for key, amount in owed.advances(keys, viewer).items():
        found[key] -= amount
    return found


def on_order(keys: list[int], viewer: Viewer | None = None) -> dict[int, int]:
    """What was ordered and is on no invoice yet, with tax."""
    orders = owed.known(Order, viewer).filter(account__in=keys, state__in=ON_THE_WAY, trashed_at__isnull=True)
    rows = list(orders.values_list("pk", "account", "total", "net", "included"))
    billed: dict[int, int] = dict(
        InvoiceLine.objects.filter(order_line__order__in=[row[0] for row in rows], live=True)
        .order_by()
        .values_list("order_line__order")
        .annotate(Sum("amount"))
    )
    found: dict[int, int] = {}
    for key, account, total, net, included in rows:
        whole = total if included else net
        share = Decimal(billed.get(key, 0)) / whole if whole else Decimal(0)
        found[account] = found.get(account, 0) + max(0, int(total * (1 - share)))
    return found


def warn(account: Any, viewer: Viewer, today: date) -> list[str]:
    """What whoever takes an order of this customer should know; nothing where all is well.

    The limit is held against all that is owed; figures are told only of what this person may know of.
    """
    if not owed.may_see(viewer):
        return []
    whole = standings([account.pk], today)[account.pk]
    if not (whole.over or whole.near or whole.overdue):
        return []
    now, found = standings([account.pk], today, viewer)[account.pk], []
    if whole.over and now.over:
        sentence = _(
            "与信限度額を%(over)s円超えています（限度額%(limit)s円、売掛残高%(balance)s円、受注残%(ordered)s円）。"
        )
        found.append(sentence % {
            "over": f"{now.used - (now.limit or 0):,}", "limit": f"{now.limit:,}", "balance": f"{now.balance:,}",
            "ordered": f"{now.ordered:,}",
        })  # fmt: skip
    elif whole.over:
        found.append(_("与信超過"))
    elif now.near:
        sentence = _("与信限度額まで、残り%(left)s円です（限度額%(limit)s円）。")
        found.append(sentence % {"left": f"{now.left:,}", "limit": f"{now.limit:,}"})
    if now.overdue:
        found.append(_("支払期日を過ぎた請求が%(overdue)s円あります。") % {"overdue": f"{now.overdue:,}"})
    return found
