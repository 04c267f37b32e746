"""What シャチホコ商事 invoiced: every month what was delivered, one of it corrected, the newest not billed yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from django.db.models import Q

from daifuku.billing import unbilled
from daifuku.billing.actions import bill_deliveries, correct, issue
from daifuku.billing.models import Invoice
from daifuku.customers.demo.stage import Stage, Step
from daifuku.foundation.errors import Unavailable
from daifuku.records import actions

# Days before today on which the clerk bills what was delivered; what came later waits.
DAYS = (120, 90, 60, 32, 9)


def invoices(random: Random) -> Iterator[Step]:
    for day in DAYS:
        yield Step(day, 17 * 60 + 30, partial(_bill, day))
    yield Step(8, 10 * 60, _corrected)
    yield Step(7, 11 * 60, _service)


def _bill(day: int, stage: Stage) -> None:
    """One invoice for each customer. A server that cannot draw leaves them unbilled."""
    today, by = stage.now.date(), stage.people["toshiko"]
    waiting: dict[int, list[Any]] = {}
    for each in unbilled.delivered(Q(delivery__delivered_on__lte=today)):
        found = waiting.setdefault(each.line.delivery.account_id, [])
        if each.line.delivery not in found:
            found.append(each.line.delivery)
    for deliveries in waiting.values():
        try:
            bill_deliveries(deliveries, {"title": f"{today.month}月分のご請求"}, by=by, today=today)
        except Unavailable:
            return


def _corrected(stage: Stage) -> None:
    invoice = Invoice.plain.filter(state="issued", total__gt=0).order_by("-pk").first()
    if invoice is not None:
        correct(invoice, "ご指定の件名に直すため", by=stage.people["toshiko"], today=stage.now.date())


def _service(stage: Stage) -> None:
    """What is not delivered is written by hand: one issued, one still a draft."""
    by, today = stage.people["toshiko"], stage.now.date()
    account = stage.saved.get("firm1.0")
    if account is None:
        return
    for number, title in enumerate(("封かん機の年間保守", "出荷場の改善のご提案")):
        lines = [
            {"kind": "heading", "name": title},
            {"name": "技術料", "quantity": 2, "unit": "日", "unit_price": 45000},
            {"name": "出張費", "quantity": 1, "unit": "式", "unit_price": 12000},
        ]
        draft = actions.create("invoice", {"account": account, "title": title, "lines": lines}, by=by)
        if number == 0:
            try:
                issue(draft, by=by, today=today)
            except Unavailable:
                return
