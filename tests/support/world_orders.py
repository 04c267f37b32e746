"""An order of each customer with its lines, part of it bought and delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from daifuku.staff.models import Person


def orders_of(account: Any, product: Any, sight: str, *, by: Person) -> dict[str, Any]:
    from daifuku.orders.actions import buy, deliver, enter
    from daifuku.orders.actions.entering import lines_of

    today = timezone.localdate()
    values = {"account": account, "title": "緩衝材", "ordered_on": today, "due_on": today + timedelta(days=9)}
    order = enter(values, [{"product": product, "quantity": "10"}], by=by)
    line = lines_of(order)[0]
    purchase = buy(account, [{"line": line, "quantity": "2"}], {}, by=by, today=today)
    delivery = deliver(order, {str(line.uid): "1"}, {}, by=by, today=today)
    return {
        f"order {sight}": order, f"order_line {sight}": line, f"purchase {sight}": purchase,
        f"delivery {sight}": delivery,
    }  # fmt: skip
