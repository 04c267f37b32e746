"""What a product costs: for whom, how many, on which day, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import fixed
from daifuku.catalog.models import Product
from daifuku.catalog.objects.unit_price import Quantity, plain
from daifuku.catalog.prices import Considered, may_read, price_for
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.catalogue.types import Date, Refused


class ConsideredPrice(Schema):
    amount: str
    kind: str = Field(..., description=noop("account・above・rank・everybody・standard のどれか"))
    price: str | None = Field(None, description=noop("価格の番号。標準価格のときは null"))
    counts: bool
    why: str


class ProductPrice(Schema):
    amount: str | None = Field(..., description=noop("1単位あたりの税抜きの価格。なければ null"))
    why: str
    considered: list[ConsideredPrice] = Field(..., description=noop("調べた価格。使うものが先頭です"))


@fixed.get(
    "/products/{uid}/price",
    operation_id="price_product",
    summary=noop("商品の価格とその理由"),
    response=ProductPrice,
)
def price_of_product(
    request: Asked, uid: str, account: str = "", quantity: str = "1", day: str = ""
) -> Answer:
    """For this customer (everybody without one), this quantity, on this day."""
    viewer = request.auth.viewer
    product: Product = record_of(viewer, object_of(viewer, "products"), uid)
    object_of(viewer, "prices")
    if not may_read(viewer):
        raise NotFound
    buyer = record_of(viewer, object_of(viewer, "accounts"), account) if account else None
    many, on = _read(quantity, day)
    found = price_for(product, buyer, many, on)
    return Answer({
        "amount": _said(found.amount), "why": found.why, "considered": [_told(each) for each in found.considered],
    })  # fmt: skip


def _read(quantity: str, day: str) -> tuple[Decimal, date]:
    values: dict[str, Any] = {}
    for key, kind, raw in (("quantity", Quantity(), quantity), ("day", Date(), day)):
        try:
            values[key] = kind.clean(raw)
        except Refused as error:
            raise Invalid([FieldProblem(key, error.message, code=error.code)]) from error
    many = values["quantity"]
    return Decimal(1) if many is None else many, values["day"] or timezone.localdate()


def _told(each: Considered) -> dict[str, object]:
    return {
        "amount": _said(each.amount), "kind": each.kind, "price": str(each.price.uid) if each.price else None,
        "counts": each.counts, "why": each.why,
    }  # fmt: skip


def _said(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{plain(amount):f}"
