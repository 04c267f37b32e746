"""Where prices are shown: on the page of a product, for whom and from when; on a customer's page, what he pays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Price, Product
from daifuku.catalog.objects.price import whom
from daifuku.catalog.objects.product import PRODUCT
from daifuku.catalog.prices import amount_of, may_read
from daifuku.customers.models import Account
from daifuku.customers.objects.account import ACCOUNT
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FirstRows
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 30


@dataclass(frozen=True)
class Line:
    """A price as a panel tells it; `account` only where this person sees him."""

    price: Price
    amount: Any
    account: Account | None
    whom: str
    over: bool
    ahead: bool


def register() -> None:
    PRODUCT.panels += [
        Panel("range", _("販売の状態"), "catalog/panels/range.html", state, "head", 2),
        Panel("prices", _("価格"), "catalog/panels/prices.html", of_product, "main", 8),
    ]
    ACCOUNT.panels.append(Panel("prices", _("価格"), "catalog/panels/prices.html", of_account, "side", 45))


def state(product: Product, viewer: Viewer) -> dict[str, Any] | None:
    """That it is sold no more, and what is sold instead."""
    today = timezone.localdate()
    fields = vocabulary.fields_for(viewer, "product")
    ends = product.discontinued_on if "discontinued_on" in fields else None
    linked: dict[str, Any] = {
        name: other
        for name in ("successor", "higher")
        if name in fields and (other := getattr(product, name)) is not None and sees(viewer, other, "view")
    }
    if ends is None and not linked:
        return None
    return {"ends": ends, "over": ends is not None and ends < today, **linked}


def of_product(product: Product, viewer: Viewer) -> dict[str, Any] | None:
    if not may_read(viewer):
        return None
    rows = Price.objects.visible_to(viewer).filter(product=product).select_related("account", "product")
    found = list(rows.order_by("account_id", "rank", "quantity", "-begins_on", "-id")[: MOST + 1])
    return _told(found, viewer, {"product": product})


OF_ACCOUNT = FirstRows(
    Price,
    "account",
    lambda prices: prices.select_related("account", "product").order_by(
        "product_id", "quantity", "-begins_on", "-id"
    ),
)


def of_account(account: Account, viewer: Viewer) -> dict[str, Any] | None:
    """Prices of his own; without any the page has nothing to say."""
    if not may_read(viewer):
        return None
    found = OF_ACCOUNT(account.pk, viewer, MOST + 1)[: MOST + 1]
    return _told(found, viewer, {"account": account}) if found else None


def _told(found: list[Price], viewer: Viewer, of: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    ((link, record),) = of.items()
    where = {"all": [{"field": link, "op": "any_of", "value": [str(record.uid)]}]}
    return {
        "lines": [_line(price, viewer, today) for price in found[:MOST]], "of": link,
        "more": len(found) > MOST, "may_create": record.trashed_at is None and viewer.may("price", "create"),
        "every": f"{url_of('records:list', 'prices')}?{urlencode({'where': json.dumps(where)})}",
        "new": f"{url_of('records:new', 'prices')}?{urlencode({link: str(record.uid)})}",
        "try": f"{url_of('catalog:prices')}?{urlencode({link: str(record.uid)})}",
    }  # fmt: skip


def _line(price: Price, viewer: Viewer, today: date) -> Line:
    account = price.account if price.account_id and sees(viewer, price.account, "view") else None
    return Line(
        price, amount_of(price, price.product), account, "" if price.account_id else whom(price),
        price.ends_on is not None and price.ends_on < today,
        price.begins_on is not None and price.begins_on > today,
    )  # fmt: skip
