"""The price list of a customer, and the explanation of one price: which one counts, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from daifuku.catalog.models import Product
from daifuku.catalog.objects.product import PRODUCT
from daifuku.catalog.objects.unit_price import Quantity
from daifuku.catalog.prices import may_read, prices_for
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records import search
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, RecordLink, Refused
from daifuku.records.forms import RecordForm
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.viewer import Viewer

SHOWN = 100
ASKED = (
    Field("account", _("取引先"), RecordLink("account"), help=_("空欄なら、すべての取引先の価格")),
    Field("product", _("商品"), RecordLink("product"), help=_("1つの商品の価格と、その理由を見るとき")),
    Field("quantity", _("数量"), Quantity()),
    Field("day", _("日付"), Date(), help=_("空欄なら今日")),
)


@dataclass(frozen=True)
class Asked:
    account: Any = None
    product: Any = None
    quantity: Decimal = Decimal(1)
    day: date | None = None


@require_safe
def prices_page(request: HttpRequest) -> HttpResponse:
    """What each product costs for this customer; of one product, why."""
    object_at(request, "prices")
    viewer, today = viewer_at(request), timezone.localdate()
    if not may_read(viewer):
        raise NotFound
    form = RecordForm(PRODUCT, ASKED, viewer, data=_sent(request.GET))
    context: dict[str, Any] = {"form": form, "may_create": viewer.may("price", "create")}
    try:
        asked = read(request.GET, viewer)
    except Invalid as error:
        form.tell(error)
        return render(request, "catalog/prices.html", context, status=422)
    words = request.GET.get("q", "").strip()
    products = [asked.product] if asked.product else _products(viewer, words)
    found = prices_for(products[:SHOWN], asked.account, asked.quantity, asked.day or today)
    context |= {
        "asked": asked, "rows": list(found.values()), "more": len(products) > SHOWN, "q": words,
        "explained": found[asked.product.pk] if asked.product else None, "day": asked.day or today,
        "hidden": {
            "account": str(asked.account.uid) if asked.account else "", "quantity": f"{asked.quantity:f}",
            "day": request.GET.get("day", ""),
        },
    }  # fmt: skip
    return render(request, "catalog/prices.html", context)


def read(sent: Mapping[str, Any], viewer: Viewer) -> Asked:
    """Raises Invalid."""
    values: dict[str, Any] = {}
    problems = []
    for field in ASKED:
        try:
            values[field.key] = field.type.clean(_said(sent, field.key), viewer)
        except Refused as error:
            problems.append(FieldProblem(field.key, error.message, code=error.code))
    if problems:
        raise Invalid(problems)
    quantity = values["quantity"]
    return Asked(
        values["account"], values["product"], Decimal(1) if quantity is None else quantity, values["day"]
    )


def _said(sent: Mapping[str, Any], key: str) -> Any:
    """A record is named by its number where its name was picked, else by what was typed."""
    uid, label = sent.get(f"{key}.uid"), sent.get(f"{key}.label", "")
    said = sent.get(key, "")
    return uid if uid and str(said).strip() == str(label).strip() else said


def _sent(sent: QueryDict) -> QueryDict:
    """As it came; without a quantity it is one."""
    given = sent.copy()
    given["quantity"] = sent.get("quantity") or "1"
    return given


def _products(viewer: Viewer, words: str) -> list[Product]:
    """Those that are sold, in the order of the fifty sounds; one more than is shown."""
    rows = Product.objects.visible_to(viewer)
    if words:
        rows = search.narrow(rows, words, "product", viewer)
    return list(rows.order_by("sort_key", "pk")[: SHOWN + 1])
