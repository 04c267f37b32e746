"""The page of the order ledger, and the panel of it on a customer's and a product's page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import Invalid, NotFound
from daifuku.orders import ledger_reading as reading
from daifuku.orders.ledger_asking import FIELDS, read
from daifuku.orders.ledger_reading import Asked
from daifuku.orders.objects.order import ORDER
from daifuku.records.forms import RecordForm
from daifuku.records.views.finding import object_at, viewer_at


@require_safe
def ledger_page(request: HttpRequest) -> HttpResponse:
    object_at(request, "order-lines")
    viewer, today = viewer_at(request), timezone.localdate()
    if not reading.may_read(viewer):
        raise NotFound
    form = RecordForm(ORDER, FIELDS, viewer, data=request.GET)
    try:
        asked = read(request.GET, viewer)
    except Invalid as error:
        form.tell(error)
        return render(request, "orders/ledger.html", {"form": form}, status=422)
    context: dict[str, Any] = {
        "form": form, "asked": asked, "months": reading.by_month(asked, viewer), "every": reading.lines_address(asked),
        "products": reading.by_product(asked, viewer, today) if asked.product is None else [],
        "accounts": reading.by_account(asked, viewer, today) if asked.account is None else [],
        "together": [
            (product, n, share, _with(asked, product)) for product, n, share in reading.together(asked, viewer)
        ],
        "today": today, "most": reading.MOST, "may_export": viewer.may("order_line", "export"),
        "export": reading.lines_address(asked).partition("?")[2],
    }  # fmt: skip
    if asked.account is not None and asked.product is not None:
        days = reading.rows_of(asked, viewer).values_list("ordered_on", flat=True)
        context["usual"], context["next_on"] = reading.rhythm(days)
    context["most_amount"] = max((month.amount for month in context["months"]), default=0)
    return render(request, "orders/ledger.html", context)


def _with(asked: Asked, product: Any) -> str:
    words = {"product": str(product.uid)}
    if asked.account is not None:
        words["account"] = str(asked.account.uid)
    return urlencode(words)
