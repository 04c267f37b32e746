"""The milestones of what is long at シャチホコ商事: machines on order, and the deals that are not decided yet."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from daifuku.customers.demo.stage import Stage, Step
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import OPEN
from daifuku.milestones import plans
from daifuku.milestones.actions import finish, lay_out
from daifuku.milestones.models import Milestone
from daifuku.orders.models import Order

ORDERS, DEALS = 6, 5


def milestones(random: Random) -> Iterator[Step]:
    """Laid out on what is open now, as if it had been done when it began."""
    yield Step(3, 17 * 60 + 30, _orders)
    yield Step(2, 17 * 60 + 30, _deals)
    yield Step(1, 17 * 60 + 30, _finish)


def _orders(stage: Stage) -> None:
    plan = plans.get("long_order")
    rows = Order.plain.filter(title="設備更新", trashed_at__isnull=True, owner__isnull=False)
    if plan is None:
        return
    for order in rows.order_by("-ordered_on", "-pk")[:ORDERS]:
        if order.owner is not None:
            lay_out(order, plan, by=order.owner, today=stage.now.date())


def _deals(stage: Stage) -> None:
    plan = plans.get("long_deal")
    rows = Deal.plain.filter(
        state=OPEN,
        close_on__gt=stage.now.date(),
        owner__isnull=False,
        amount__isnull=False,
        trashed_at__isnull=True,
    )
    if plan is None:
        return
    for deal in rows.order_by("-amount", "pk")[:DEALS]:
        if deal.owner is not None:
            lay_out(deal, plan, by=deal.owner, today=stage.now.date())


def _finish(stage: Stage) -> None:
    """What lies behind is done, but for a few."""
    today = stage.now.date()
    rows = Milestone.plain.filter(due_on__lt=today, done_on__isnull=True).select_related("owner")
    for number, milestone in enumerate(rows.order_by("due_on", "pk")):
        if number % 7 < 5 and milestone.owner is not None:
            finish(milestone, by=milestone.owner, today=today)
