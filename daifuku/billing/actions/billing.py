"""請求書 from what was delivered, or from an order before it is delivered, in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.billing import contents, unbilled
from daifuku.billing.actions.asking import cleaned, due_of
from daifuku.billing.actions.issuing import BILLED_BEFORE, issue_new
from daifuku.billing.contents import Content
from daifuku.billing.models import Invoice
from daifuku.billing.models.invoice import SINGLE
from daifuku.billing.objects.invoice import INVOICE
from daifuku.documents.models.issuer import issuer
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.orders.models import Delivery, Order
from daifuku.records.actions.saving import require
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

Values = Mapping[str, Any]


def bill_deliveries(
    deliveries: Sequence[Delivery], values: Values | None = None, *, by: Person, today: date
) -> Invoice:
    """One invoice over deliveries of one customer, with what came back of them. `values` as `asking.ASKED`; what is
    not said follows from order and customer.

    Raises Conflict (billed before, nothing left), Invalid (two customers, days, rates), NotFound, Forbidden.
    """
    viewer = viewer_of(by)
    require(viewer, INVOICE, "create")
    said = cleaned(values or {}, today)
    orders = _of_one_customer(deliveries, viewer)
    keys = {each.pk for each in deliveries}

    def make() -> tuple[Invoice, Content]:
        found = unbilled.delivered(Q(delivery__in=keys) | Q(delivery__corrects__in=keys))
        if not found:
            raise Conflict(BILLED_BEFORE, code="billed")
        content = contents.of_deliveries(found)
        last = max(each.line.delivery.delivered_on for each in found)
        return _invoice(orders, said, last, last if len(keys) == 1 else None), content

    return issue_new(make, said["issued_on"], by=by)


def bill_order(order: Order, values: Values | None = None, *, by: Person, today: date) -> Invoice:
    """What of it was delivered and not billed; where nothing was delivered, all that was ordered, before it is (前金).

    Raises Conflict (nothing to bill, cancelled), Invalid, NotFound, Forbidden."""
    viewer = viewer_of(by)
    require(viewer, INVOICE, "create")
    said = cleaned(values or {}, today)
    if not sees(viewer, order, "view") or order.trashed_at is not None:
        raise NotFound
    if order.cancelled_on is not None:
        raise Conflict(_("取り消した受注は請求できません。"), code="cancelled")
    return issue_new(_of_order(order, said), said["issued_on"], by=by)


def _of_order(order: Order, said: dict[str, Any]) -> Callable[[], tuple[Invoice, Content]]:
    def make() -> tuple[Invoice, Content]:
        found = unbilled.delivered(Q(delivery__order=order))
        if found:
            days = sorted({each.line.delivery.delivered_on for each in found})
            traded = days[0] if len(days) == 1 else None
            return _invoice([order], said, days[-1], traded), contents.of_deliveries(found)
        ahead = unbilled.ordered(order)
        if not ahead:
            raise Conflict(_("この受注には、請求するものが残っていません。"), code="nothing_left")
        day = said["issued_on"]
        return _invoice([order], said, day, None), contents.of_order(ahead, order.due_on, order.number)

    return make


def _invoice(orders: Sequence[Order], said: dict[str, Any], last: date, traded: date | None) -> Invoice:
    """`last` is the last day of trade, from which the terms count."""
    order = orders[0]
    account = order.account
    due = said["due_on"] or due_of(account, max(last, said["issued_on"]))
    return Invoice(
        kind=SINGLE, account=account, owner=order.owner, contact=order.contact, traded_on=traded, due_on=due,
        title=said["title"] or _title(orders, last), note=said["note"], memo=said["memo"],
        payment=said["payment"] or order.payment_terms or account.payment_terms,
        rounding=issuer().rounding, included=order.included,
    )  # fmt: skip


def _title(orders: Sequence[Order], last: date) -> str:
    titles = {order.title for order in orders}
    if len(titles) == 1 and orders[0].title:
        return str(orders[0].title)
    return str(_("%(month)s月分のご請求") % {"month": last.month})


def _of_one_customer(deliveries: Sequence[Delivery], viewer: Viewer) -> list[Order]:
    if not deliveries:
        raise Invalid([FieldProblem("deliveries", _("請求する納品を選んでください。"), code="required")])
    if any(not sees(viewer, each, "view") or each.trashed_at is not None for each in deliveries):
        raise NotFound
    orders = list(dict.fromkeys(each.order for each in deliveries))
    if len({order.account_id for order in orders}) > 1:
        sentence = _("1枚の請求書にできるのは、同じ取引先の納品だけです。")
        raise Invalid([FieldProblem("deliveries", sentence, code="two_customers")])
    if len({order.included for order in orders}) > 1:
        sentence = _("税込みの受注と税抜きの受注は、1枚の請求書にできません。分けて発行してください。")
        raise Invalid([FieldProblem("deliveries", sentence, code="two_ways")])
    return orders
