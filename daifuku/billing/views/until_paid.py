"""The page on which everybody sees his orders until the money is in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.billing import until_paid
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.records.views.finding import object_at, viewer_at


@require_safe
def until_paid_page(request: HttpRequest) -> HttpResponse:
    """`everybody` instead of one's own; `step` narrows to what comes next."""
    object_at(request, "orders")
    viewer, today = viewer_at(request), timezone.localdate()
    everybody, step = "everybody" in request.GET, request.GET.get("step", "")
    found = until_paid.rows(viewer, today, everybody=everybody)
    step = step if step in until_paid.STEPS else ""
    shown = [row for row in found if step in ("", row.step)]
    context = {
        "rows": [(row, row.late(today), _next(row, viewer)) for row in shown], "everybody": everybody, "step": step,
        "tabs": [(key, label, sum(key in ("", row.step) for row in found)) for key, label in until_paid.STEPS.items()],
        "most": until_paid.MOST, "count": len(found), "labels": until_paid.STEPS,
        "open": sum(row.open for row in shown), "totals": "total" in vocabulary.fields_for(viewer, "order"),
    }  # fmt: skip
    return render(request, "billing/until_paid.html", context)


def _next(row: until_paid.Row, viewer: Any) -> tuple[str, str] | None:
    """Address and words of the step that comes next, where this person may do it."""
    order = row.order
    if row.step == until_paid.TO_DELIVER and viewer.may("delivery", "create") and sees(viewer, order, "edit"):
        return url_of("orders:deliver", order.uid), _("納品する")
    if row.step == until_paid.TO_BILL and viewer.may("invoice", "create"):
        return url_of("billing:bill_order", order.uid), _("請求する")
    if row.step == until_paid.UNPAID and row.waiting and viewer.may("payment", "create"):
        return f"{url_of('billing:receive')}?invoice={row.waiting[0].uid}", _("入金を記録する")
    return None
