"""Orders of the firm of the bench: two lines for each account, held by every fifth of them, over three years."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from daifuku.catalog.models import Product
from daifuku.customers.models import Account
from daifuku.orders.models import Order, OrderLine

GOODS, EVERY, ORDERS, LINES, DAYS, BATCH = 400, 5, 5, 2, 1095, 2_000


def order() -> list[str]:
    """The uids of some who order."""
    if not Product.plain.exists():
        _fill(Random("orders"))  # noqa: S311 - the same every time
    some = Account.plain.filter(
        pk__in=OrderLine.plain.order_by("pk").values("account")[: 200 * ORDERS * LINES]
    )
    return [str(uid) for uid in some.order_by("pk").values_list("uid", flat=True)[:200]]


def _fill(random: Random) -> None:
    """Straight into the tables: what the verbs write beside it, the ledger page never reads."""
    goods = Product.plain.bulk_create(
        Product(
            code=f"B-{number}", name=f"商品{number}", sort_key=f"{number:04d}", price=Decimal(100 + number)
        )
        for number in range(GOODS)
    )
    # The keys first: a cursor left open would keep SQLite's log from being written out.
    keys = list(Account.plain.order_by("pk").values_list("pk", flat=True))[::EVERY]
    for at in range(0, len(keys), BATCH):
        _orders(list(Account.plain.filter(pk__in=keys[at : at + BATCH]).order_by("pk")), goods, random)


def _orders(accounts: list[Any], goods: list[Product], random: Random) -> None:
    today = timezone.localdate()
    made, own = [], {}
    for account in accounts:
        own[account.pk] = random.sample(goods, 4)
        for _number in range(ORDERS):
            day = today - timedelta(days=random.randrange(DAYS))
            made.append(
                Order(
                    account=account, owner_id=account.owner_id, keeper_id=account.owner_id, team_id=account.team_id,
                    privacy=account.privacy, ordered_on=day, due_on=day + timedelta(days=7),
                )
            )  # fmt: skip
    orders = Order.plain.bulk_create(made, batch_size=BATCH)
    lines = []
    for each in orders:
        for place, product in enumerate(random.sample(own[each.account_id], LINES)):
            quantity, price = Decimal(random.randrange(1, 40)), product.price or Decimal(0)
            lines.append(
                OrderLine(
                    order=each, place=place, account_id=each.account_id, product=product, name=product.name,
                    code=product.code, quantity=quantity, unit_price=price, tax_class="standard",
                    rate=Decimal(10), amount=int(quantity * price), ordered_on=each.ordered_on,
                    owner_id=each.owner_id, keeper_id=each.keeper_id, team_id=each.team_id, privacy=each.privacy,
                )
            )  # fmt: skip
    OrderLine.plain.bulk_create(lines, batch_size=BATCH)
