"""What the customers of シャチホコ商事 ordered in two years: regular goods in their rhythm, part of it on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.stage import Stage, Step
from daifuku.deals.models import Deal
from daifuku.orders.actions import arrive, buy, confirm, deliver, enter
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Order
from daifuku.records import actions

# Whose rhythm, in days; with what (codes of the catalogue).
REGULARS = (
    (0, 30, ("HK-0101", "HK-0301")), (1, 28, ("HK-0201", "HK-0302", "HK-0401")), (2, 45, ("KG-1101", "KG-1201")),
    (3, 21, ("SH-0101", "SH-0202")), (4, 40, ("KG-2301", "KG-2302")), (5, 35, ("HK-0102", "HK-0301", "HK-0402")),
)  # fmt: skip
FEW, MANY = (1, 2), (5, 10, 12, 20)
ONCE = ("KG-2101", "KG-2201", "KG-3101", "SV-0103", "KG-2102", "SH-0102")
# Every paper is drawn, which takes its time, so the years before are left out.
FROM = 95
WON = 6
TITLES = ("定期のご注文", "梱包資材", "設備更新", "追加のご注文")


def orders(random: Random) -> Iterator[Step]:
    for firm, every, codes in REGULARS:
        day = FROM - random.randrange(every)
        number = 0
        while day > 1:
            yield from _life(random, f"order {firm}.{number}", firm, day, codes, whole=True)
            day -= every + random.randrange(-3, 4)
            number += 1
    for number in range(6):
        day = random.randrange(2, 40)
        codes = (random.choice(ONCE), random.choice(ONCE))
        yield from _life(random, f"order once.{number}", number + 10, day, codes, whole=number % 3 > 0)
    for number in range(WON):
        codes = (random.choice(ONCE), random.choice(ONCE))
        yield from _life(
            random, f"order won.{number}", None, random.randrange(2, 20), codes, whole=number % 2 > 0
        )


def _life(
    random: Random, key: str, firm: int | None, day: int, codes: tuple[str, ...], *, whole: bool
) -> Iterator[Step]:
    """Entered, some confirmed, bought for where it is a machine, delivered some days later. Without a firm it comes
    of a deal that waits for the answer to its quote."""
    dice = Random(key)  # noqa: S311
    yield Step(day, 9 * 60 + dice.randrange(480), partial(_enter, key, firm, codes, dice))
    if dice.random() < 0.2:
        yield Step(day, 18 * 60, partial(_confirm, key))
    if not whole and day > 3:
        yield Step(day - 1, 10 * 60, partial(_buy, key))
        if day > 8:
            yield Step(day - 6, 10 * 60, partial(_arrive, key))
    if day > 6:
        part = None if whole or dice.random() < 0.6 else 0.5
        yield Step(day - 5, 16 * 60, partial(_deliver, key, part))


def _enter(key: str, firm: int | None, codes: tuple[str, ...], dice: Random, stage: Stage) -> None:
    deal = (
        Deal.plain.filter(stage="quote", account__isnull=False, trashed_at__isnull=True)
        .order_by("pk")
        .first()
        if firm is None
        else None
    )
    account = deal.account if deal else stage.saved.get(f"firm{firm}.0")
    if account is None or account.owner is None:
        return
    today = stage.now.date()
    lines = [
        {
            "product": stage.saved[f"product {code}"],
            "quantity": dice.choice(FEW if code[:2] == "KG" else MANY),
        }
        for code in dict.fromkeys(codes)
    ]
    values: dict[str, Any] = {
        "account": account, "ordered_on": today, "due_on": today + timedelta(days=dice.choice((5, 7, 10))),
        "owner": account.owner, "deal": deal, "title": deal.name if deal else dice.choice(TITLES),
        "customer_number": f"PO-{dice.randrange(1000, 9999)}" if dice.random() < 0.4 else "",
    }  # fmt: skip
    stage.saved[key] = enter(values, lines, by=stage.people["toshiko"])


def _order(key: str, stage: Stage) -> Order | None:
    known = stage.saved.get(key)
    return Order.plain.get(pk=known.pk) if known is not None else None


def _confirm(key: str, stage: Stage) -> None:
    if order := _order(key, stage):
        confirm(order, by=stage.people["toshiko"], today=stage.now.date())


def _buy(key: str, stage: Stage) -> None:
    """From each supplier what of it he supplies."""
    order = _order(key, stage)
    if order is None:
        return
    groups: dict[Any, list[Any]] = {}
    for line in lines_of(order).select_related("product__supplier"):
        if line.product and line.product.supplier:
            groups.setdefault(line.product.supplier, []).append({"line": line, "quantity": line.quantity})
    for supplier, rows in groups.items():
        today = stage.now.date()
        made = buy(supplier, rows, {}, by=stage.people["osamu"], today=today)
        promised = {"promised_on": today + timedelta(days=4)}
        stage.saved[f"{key} bought"] = actions.edit(made, promised, by=stage.people["osamu"])


def _arrive(key: str, stage: Stage) -> None:
    if purchase := stage.saved.get(f"{key} bought"):
        arrive(purchase, None, by=stage.people["osamu"], today=stage.now.date())


def _deliver(key: str, part: float | None, stage: Stage) -> None:
    order = _order(key, stage)
    if order is None:
        return
    wanted = None
    if part is not None:
        lines = list(lines_of(order))
        wanted = {str(line.uid): "1" if line.quantity >= 1 else "0" for line in lines[:1]}
    deliver(order, wanted, {}, by=stage.people["toshiko"], today=stage.now.date())
