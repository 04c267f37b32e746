"""受注台帳: what was ordered, by customer, by product, by month; how much, how often, at what price, what together.

Everything is read from the lines of orders that count, as far as the viewer sees them; every figure can be opened as
the list of its lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from daifuku.catalog.models import Product
from daifuku.customers.models import Account
from daifuku.foundation.reversing import url_of
from daifuku.orders.models import OrderLine
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

MOST = 200
TOGETHER = 8
# So many days of orders are enough to know a rhythm by.
RHYTHM = 3
MADE_OF = frozenset({"account", "product", "ordered_on", "quantity", "unit_price", "amount"})


@dataclass(frozen=True)
class Asked:
    """Whose orders, of which product, from when to when; None is everything."""

    account: Account | None = None
    product: Product | None = None
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Row:
    """A line of the ledger. `usual` is the median of days between orders, `next_on` when one more is to be expected."""

    what: Any
    name: str
    address: str
    lines: str
    orders: int
    quantity: Decimal
    amount: int
    price: Decimal | None
    first_on: date
    last_on: date
    usual: int | None = None
    next_on: date | None = None


@dataclass(frozen=True)
class Month:
    year: int
    month: int
    orders: int
    amount: int
    lines: str


def may_read(viewer: Viewer) -> bool:
    """The ledger is made of all of these: whoever is kept from one of them learns nothing of it by sums either."""
    known = vocabulary.fields_for(viewer, "order_line").keys()
    return viewer.may("order_line", "view") and known >= MADE_OF


def rows_of(asked: Asked, viewer: Viewer) -> Any:
    """The lines that are meant, as far as this viewer sees them."""
    rows = OrderLine.objects.visible_to(viewer).filter(counts=True)
    if asked.account is not None:
        rows = rows.filter(account=asked.account)
    if asked.product is not None:
        rows = rows.filter(product=asked.product)
    if asked.begin is not None:
        rows = rows.filter(ordered_on__gte=asked.begin)
    return rows.filter(ordered_on__lte=asked.end) if asked.end is not None else rows


def by_product(asked: Asked, viewer: Viewer, today: date) -> list[Row]:
    """What this customer (or everybody) orders, the largest sum first; of one customer with the rhythm."""
    found = list(_counted(rows_of(asked, viewer).filter(product__isnull=False), "product_id"))
    products = seen_by_keys(Product, [each["product_id"] for each in found], viewer, trashed=True)
    days = _days(asked, viewer, products) if asked.account is not None else {}
    return [
        _row(
            each, products.get(each["product_id"]), "product", asked, days.get(each["product_id"], ()), today
        )
        for each in found
    ]


def by_account(asked: Asked, viewer: Viewer, today: date) -> list[Row]:
    """Who orders this product (or anything), the largest sum first."""
    found = list(_counted(rows_of(asked, viewer), "account_id"))
    accounts = seen_by_keys(Account, [each["account_id"] for each in found], viewer, trashed=True)
    return [_row(each, accounts.get(each["account_id"]), "account", asked, (), today) for each in found]


def by_month(asked: Asked, viewer: Viewer) -> list[Month]:
    """The newest first."""
    rows = rows_of(asked, viewer).annotate(year=ExtractYear("ordered_on"), month=ExtractMonth("ordered_on"))
    counted = rows.order_by().values("year", "month").annotate(
        orders=Count("order_id", distinct=True), amount=Sum("amount")
    )  # fmt: skip
    found = sorted(counted, key=lambda each: (-each["year"], -each["month"]))
    return [
        Month(
            each["year"], each["month"], each["orders"], each["amount"],
            lines_address(asked, month=(each["year"], each["month"])),
        )
        for each in found
    ]  # fmt: skip


def together(asked: Asked, viewer: Viewer) -> list[tuple[Product, int, int]]:
    """Products in the same orders as this one: with how many of its orders, and how many per cent that is."""
    if asked.product is None:
        return []
    orders = list(rows_of(asked, viewer).order_by("-ordered_on").values_list("order_id", flat=True)[:2000])
    if not orders:
        return []
    rows = OrderLine.objects.visible_to(viewer).filter(
        counts=True, order__in=set(orders), product__isnull=False
    )
    counted = rows.exclude(product=asked.product).order_by().values("product_id").annotate(
        n=Count("order_id", distinct=True)
    )  # fmt: skip
    best = sorted(counted, key=lambda each: (-each["n"], each["product_id"]))[:TOGETHER]
    products = seen_by_keys(Product, [each["product_id"] for each in best], viewer, trashed=True)
    whole = len(set(orders))
    return [
        (products[each["product_id"]], each["n"], round(100 * each["n"] / whole))
        for each in best
        if each["product_id"] in products
    ]


def rhythm(days: Iterable[date]) -> tuple[int | None, date | None]:
    """The usual number of days between orders and the day on which the next is to be expected; nothing below three."""
    known = sorted(set(days))
    if len(known) < RHYTHM:
        return None, None
    usual = round(median((later - earlier).days for earlier, later in zip(known, known[1:], strict=False)))
    return usual, known[-1] + timedelta(days=usual)


def lines_address(asked: Asked, month: tuple[int, int] | None = None, **links: Any) -> str:
    """The list of the lines of which a figure is made."""
    where: list[dict[str, Any]] = []
    for name in ("account", "product"):
        record = links.get(name) or getattr(asked, name)
        if record is not None:
            where.append({"field": name, "op": "any_of", "value": [str(record.uid)]})
    begin, end = asked.begin, asked.end
    if month is not None:
        first = date(month[0], month[1], 1)
        last = date(month[0] + month[1] // 12, month[1] % 12 + 1, 1) - timedelta(days=1)
        begin, end = max(begin or first, first), min(end or last, last)
    if begin is not None:
        where.append({"field": "ordered_on", "op": "after", "value": (begin - timedelta(days=1)).isoformat()})
    if end is not None:
        where.append({"field": "ordered_on", "op": "before", "value": (end + timedelta(days=1)).isoformat()})
    query = {"where": json.dumps({"all": where})} if where else {"view": "all"}
    return f"{url_of('records:list', 'order-lines')}?{urlencode(query)}"


def _counted(rows: Any, by: str) -> Sequence[Mapping[str, Any]]:
    counted = rows.order_by().values(by).annotate(
        orders=Count("order_id", distinct=True), quantity=Sum("quantity"), amount=Sum("amount"),
        first_on=Min("ordered_on"), last_on=Max("ordered_on"),
    )  # fmt: skip
    return sorted(counted.order_by("-amount")[:MOST], key=lambda each: (-each["amount"], each[by]))


def _days(asked: Asked, viewer: Viewer, products: Mapping[int, Any]) -> dict[int, list[date]]:
    """On which days each product was ordered: a customer's, which are few."""
    rows = rows_of(asked, viewer).filter(product__in=products).order_by()
    found: dict[int, list[date]] = {}
    for product, day in rows.values_list("product_id", "ordered_on").distinct():
        found.setdefault(product, []).append(day)
    return found


def _row(
    each: Mapping[str, Any], what: Any, link: str, asked: Asked, days: Iterable[date], today: date
) -> Row:
    quantity = Decimal(each["quantity"] or 0)
    usual, next_on = rhythm(days)
    price = (Decimal(each["amount"]) / quantity).quantize(Decimal("0.01")) if quantity else None
    return Row(
        what, str(what) if what is not None else "", what.get_absolute_url() if what is not None else "",
        lines_address(asked, **{link: what}) if what is not None else "", each["orders"], quantity, each["amount"],
        price, each["first_on"], each["last_on"], usual, next_on,
    )  # fmt: skip
