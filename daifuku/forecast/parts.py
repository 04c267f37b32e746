"""Of which product groups a won deal is: as its orders say, else its accepted quote, else the product that it names.

A deal has one amount; it is divided as the goods were, to the yen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Sum

from daifuku.catalog.models import Product
from daifuku.deals.models import Deal
from daifuku.documents.amounts import Kind
from daifuku.orders.models import OrderLine
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ACCEPTED

Parts = dict[str, int]


def of_deals(deals: Sequence[Deal]) -> dict[int, Parts]:
    """What weighs how much in each, by key; a few questions however many there are."""
    keys = [deal.pk for deal in deals]
    found = _ordered(keys)
    found |= _quoted([key for key in keys if key not in found])
    named = {deal.pk: deal.product for deal in deals if deal.pk not in found and deal.product}
    groups = dict(
        Product.plain.filter(name__in=set(named.values()), trashed_at__isnull=True).values_list(
            "name", "group"
        )
    )
    return found | {key: {groups[name]: 1} for key, name in named.items() if name in groups}


def divided(amount: int, parts: Mapping[str, int]) -> Parts:
    """Pure. By their weight, the remainder to the heaviest: the parts are the whole."""
    weights = {part: weight for part, weight in sorted(parts.items()) if weight > 0}
    whole = sum(weights.values())
    if not whole:
        return {"": amount}
    found = {part: amount * weight // whole for part, weight in weights.items()}
    heaviest = max(weights, key=lambda part: weights[part])
    found[heaviest] += amount - sum(found.values())
    return found


def _ordered(keys: Sequence[int]) -> dict[int, Parts]:
    lines = OrderLine.plain.filter(
        order__deal__in=list(keys), counts=True, trashed_at__isnull=True, order__trashed_at__isnull=True
    ).order_by()
    rows = lines.values_list("order__deal", "product__group").annotate(sum=Sum("amount"))
    return _positive((key, group or "", amount) for key, group, amount in rows)


def _quoted(keys: Sequence[int]) -> dict[int, Parts]:
    quotes = list(Quote.plain.filter(deal__in=list(keys), state=ACCEPTED, trashed_at__isnull=True))
    goods = [(quote.deal_id, line) for quote in quotes for line in quote.lines if line["kind"] == Kind.GOODS]
    uids = {line["product"] for _key, line in goods if line.get("product")}
    groups = {
        str(uid): group for uid, group in Product.plain.filter(uid__in=uids).values_list("uid", "group")
    }
    return _positive(
        (key, groups.get(str(line.get("product")), ""), int(line.get("amount") or 0))
        for key, line in goods
        if key
    )


def _positive(rows: Iterable[tuple[int, str, int]]) -> dict[int, Parts]:
    found: dict[int, Parts] = {}
    for key, group, amount in rows:
        of = found.setdefault(key, {})
        of[group] = of.get(group, 0) + (amount or 0)
    return {key: of for key, of in found.items() if any(weight > 0 for weight in of.values())}
