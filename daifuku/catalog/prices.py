"""What a product costs: which of the prices that hold counts, and why.

The order, as a clerk would go through it: a price of this customer itself, then of the firm above it (a branch buys at
the prices of its head office), then of its rank, then of everybody, then the product's standard price. Among prices of
the same kind the one with the largest quantity that is reached counts, then the one that began last, then the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.catalog.models import Price, Product
from daifuku.customers.models import Account
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import Viewer

# So many firms above a branch are looked at; nobody has more.
HIGHEST = 12
ONE_YEN = Decimal(1)


@dataclass(frozen=True)
class Considered:
    """A price that holds for this customer and quantity on this day; `why` says why it counts or does not."""

    price: Price | None
    amount: Decimal
    kind: str
    why: str
    counts: bool


@dataclass(frozen=True)
class Found:
    """`amount` is None where nobody has said a price. `considered` begins with what counts."""

    product: Product
    amount: Decimal | None
    price: Price | None
    considered: Sequence[Considered]

    @property
    def why(self) -> str:
        return self.considered[0].why if self.considered else _("価格が登録されていません。")


def may_read(viewer: Viewer) -> bool:
    """A price is the amount, or a part of the standard price: whoever is kept from one of them is told none."""
    priced = {"amount", "rate"} <= vocabulary.fields_for(viewer, "price").keys()
    return viewer.may("price", "view") and priced and "price" in vocabulary.fields_for(viewer, "product")


def price_for(product: Product, account: Account | None, quantity: Decimal | int, day: date) -> Found:
    """The price of one unit, without tax, and the explanation."""
    return prices_for([product], account, quantity, day)[product.pk]


def prices_for(
    products: Iterable[Product], account: Account | None, quantity: Decimal | int, day: date
) -> dict[int, Found]:
    """The same for many products, with a fixed number of questions."""
    wanted = {product.pk: product for product in products}
    chain = firms_above(account)
    rows = Price.plain.filter(
        customers(chain, account), product__in=wanted, trashed_at__isnull=True, quantity__lte=quantity
    ).filter(holds_on(day))
    by_product: dict[int, list[Price]] = {key: [] for key in wanted}
    for price in rows:
        by_product[price.product_id].append(price)
    return {key: _choose(product, by_product[key], chain, quantity) for key, product in wanted.items()}


def holds_on(day: date) -> Q:
    return (Q(begins_on__isnull=True) | Q(begins_on__lte=day)) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )


def customers(chain: Sequence[Account], account: Account | None) -> Q:
    """Prices that hold for this customer: its own, those of the firms above, of its rank, of everybody."""
    everybody = Q(account__isnull=True, rank="")
    if account is None:
        return everybody
    found = everybody | Q(account__in=[each.pk for each in chain])
    return found | Q(account__isnull=True, rank=account.rank) if account.rank else found


def firms_above(account: Account | None) -> list[Account]:
    """The customer and what stands above it, from below."""
    chain: list[Account] = []
    while account is not None and len(chain) < HIGHEST and account not in chain:
        chain.append(account)
        account = account.parent
    return chain


def _choose(
    product: Product, prices: Iterable[Price], chain: Sequence[Account], quantity: Decimal | int
) -> Found:
    nearness: Mapping[Any, int] = {account.pk: place for place, account in enumerate(chain)}
    ranked = sorted(prices, key=lambda price: _order(price, nearness))
    considered: list[Considered] = []
    for price in ranked:
        first = not considered
        kind = _kind(price, nearness)
        why = _why_it_counts(price, kind) if first else _why_not(price, ranked[0], nearness)
        considered.append(Considered(price, amount_of(price, product), kind, why, first))
    if product.price is not None:
        why = (
            _("商品の標準価格です。より細かい価格がないときは、これになります。")
            if not considered
            else _("より細かい価格があるため、標準価格は使いません。")
        )
        considered.append(Considered(None, product.price, "standard", why, not considered))
    best = considered[0] if considered else None
    return Found(product, best.amount if best else None, best.price if best else None, considered)


def amount_of(price: Price, product: Product) -> Decimal:
    """The amount itself; of a rate, that part of the standard price, below one yen cut off where that has no 銭."""
    if price.amount is not None:
        return price.amount
    standard, rate = product.price or Decimal(0), price.rate or Decimal(0)
    exact = standard * rate / 100
    if standard == standard.to_integral_value():
        return exact.quantize(ONE_YEN, rounding=ROUND_DOWN)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def _order(price: Price, nearness: Mapping[Any, int]) -> tuple[Any, ...]:
    return (
        _place(price, nearness),
        -price.quantity,
        -(price.begins_on.toordinal() if price.begins_on else 0),
        -price.pk,
    )


def _place(price: Price, nearness: Mapping[Any, int]) -> int:
    if price.account_id is not None:
        return nearness[price.account_id]
    return HIGHEST + (1 if price.rank else 2)


def _kind(price: Price, nearness: Mapping[Any, int]) -> str:
    if price.account_id is not None:
        return "account" if nearness[price.account_id] == 0 else "above"
    return "rank" if price.rank else "everybody"


def _why_it_counts(price: Price, kind: str) -> str:
    words = {
        "account": _("この取引先の価格です。"),
        "above": _("上位の取引先の価格です。"),
        "rank": _("この取引先のランクの価格です。"),
        "everybody": _("すべての取引先の価格です。"),
    }
    why = words[kind]
    if price.quantity:
        why += _("数量%(quantity)s以上の価格です。") % {"quantity": f"{price.quantity.normalize():,f}"}
    return why


def _why_not(price: Price, best: Price, nearness: Mapping[Any, int]) -> str:
    """In which respect the one that counts goes before."""
    if _place(price, nearness) != _place(best, nearness):
        return _("より細かい相手の価格が先です。")
    if price.quantity != best.quantity:
        return _("より大きい数量の価格が先です。")
    if price.begins_on != best.begins_on:
        return _("適用開始日の新しい価格が先です。")
    return _("あとから登録された価格が先です。")
