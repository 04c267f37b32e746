"""The sums of a quote: totals with tax, what it costs, what is earned, how much was let off. Pure but for the
record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from daifuku.catalog.models import Product
from daifuku.documents.amounts import COUNTED, Kind, line_amount, totals
from daifuku.documents.lines import LineValue, counted, plain
from daifuku.quotes.models import Quote

TENTH = Decimal("0.1")
# What the column holds; a margin of minus a million per cent tells nobody more.
LARGEST = Decimal("99999.9")


def count(quote: Quote) -> None:
    """Raises Invalid where a rate was not in force on the day of the quote."""
    found = totals(counted(quote.lines, quote.day), quote.rounding, included=quote.included)
    quote.put_totals(found)
    ids = {line["id"] for line in quote.lines}
    quote.costs = {key: cost for key, cost in quote.costs.items() if key in ids}
    quote.costs |= _known_costs(quote.lines, quote.costs)
    quote.cost = cost_of(quote.lines, quote.costs)
    quote.margin = None if quote.cost is None else quote.net - quote.cost
    quote.margin_rate = None if quote.margin is None else rate(quote.margin, quote.net)
    quote.discount_rate = discount_of(quote.lines)


def cost_of(lines: Sequence[LineValue], costs: Mapping[str, str]) -> int | None:
    """None while the cost of a line is not known: a margin from half of them would mislead."""
    goods = [line for line in lines if line["kind"] == Kind.GOODS]
    if not goods or any(line["id"] not in costs for line in goods):
        return None
    return sum(line_amount(Decimal(line["quantity"]), Decimal(costs[line["id"]])) for line in goods)


def _known_costs(lines: Sequence[LineValue], costs: Mapping[str, str]) -> dict[str, str]:
    """Where nobody said a cost, that of the product: whoever may not see it does not get round the limits by that."""
    goods = [line for line in lines if line["kind"] == Kind.GOODS and "product" in line]
    unsaid = {line["id"]: line["product"] for line in goods if line["id"] not in costs}
    if not unsaid:
        return {}
    rows = Product.plain.filter(uid__in=set(unsaid.values()), cost__isnull=False, privacy="")
    known = {str(uid): plain(cost) for uid, cost in rows.values_list("uid", "cost")}
    return {key: known[uid] for key, uid in unsaid.items() if uid in known}


def best_rate(quote: Quote) -> Decimal | None:
    """The margin if everything of which nobody knows the cost cost nothing: it is that at most."""
    goods = {line["id"]: line for line in quote.lines if line["kind"] == Kind.GOODS}
    known = [goods[key] for key in quote.costs if key in goods]
    if not known:
        return None
    cost = sum(line_amount(Decimal(line["quantity"]), Decimal(quote.costs[line["id"]])) for line in known)
    return rate(quote.net - cost, quote.net)


def discount_of(lines: Sequence[LineValue]) -> Decimal:
    """Per cent of what the goods would have cost without any discount, on lines and below them."""
    whole = sum(
        line_amount(Decimal(line["quantity"]), Decimal(line["unit_price"]))
        for line in lines
        if line["kind"] == Kind.GOODS
    )
    paid = sum(line["amount"] for line in lines if line["kind"] in COUNTED)
    return max(Decimal(0), rate(whole - paid, whole) or Decimal(0)) if whole else Decimal(0)


def rate(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    found = (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)
    return max(-LARGEST, min(LARGEST, found))
