"""Products while one types the name of a line, with the price of this customer for this quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.catalog.models import Product
from daifuku.catalog.prices import may_read, prices_for
from daifuku.customers.models import Account
from daifuku.documents.lines import commas, plain
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import DecimalNumber
from daifuku.records.catalogue.types.base import Refused
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.scope import seen_by_uid
from daifuku.records.search import search
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.viewer import Viewer

MOST = 8


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """`?q=` a part of name, kana or code; `account=` and `quantity=` decide the price."""
    viewer = viewer_at(request)
    object_at(request, "quotes")
    if not viewer.may("product", "view"):
        return JsonResponse({"products": []})
    found = _found(request.GET.get("q", "").strip()[:100], viewer)
    account = _account(request.GET.get("account", ""), viewer)
    prices = prices_for(found, account, _quantity(request.GET.get("quantity", "")), timezone.localdate())
    shown = [_shown(product, prices[product.pk].amount, viewer) for product in found]
    return JsonResponse({"products": shown})


def _found(text: str, viewer: Viewer) -> list[Product]:
    """A code that begins so, then what the search finds; what is sold no more is left out."""
    if not text:
        return []
    rows = Product.objects.visible_to(viewer)
    by_code = list(rows.filter(code__istartswith=text).order_by("code")[:MOST])
    by_words = [hit.record for hit in search(text, viewer, objects=("product",), limit=MOST * 2)]
    both = {product.pk: product for product in [*by_code, *by_words]}
    today = timezone.localdate()
    return [product for product in both.values() if product.is_sold(today)][:MOST]


def _account(text: str, viewer: Viewer) -> Account | None:
    uid = as_uid(text)
    found: Account | None = seen_by_uid(Account, uid, viewer) if uid else None
    return found


def _quantity(text: str) -> Decimal:
    try:
        found = DecimalNumber(3).clean(text)
    except Refused:
        found = None
    return Decimal(1) if found is None or found <= 0 else Decimal(found)


def _shown(product: Product, price: Decimal | None, viewer: Viewer) -> dict[str, Any]:
    """What the row takes over; of hidden fields nothing, and the standard price for whoever sees no others."""
    fields = vocabulary.fields_for(viewer, "product")
    value: dict[str, Any] = {
        key: getattr(product, key) for key in ("code", "spec", "unit", "tax_class") if key in fields
    }
    shown = {**value, "uid": str(product.uid), "name": product.name}
    amount = price if may_read(viewer) else product.price
    if "price" in fields and amount is not None:
        shown["price"] = plain(amount)
    if "cost" in fields and product.cost is not None:
        shown["cost"] = plain(product.cost)
    money = _("%(price)s円") % {"price": commas(shown["price"])} if "price" in shown else ""
    shown["words"] = "　".join(part for part in (value.get("code"), value.get("spec"), money) if part)
    return shown
