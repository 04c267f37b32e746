"""請求書を作る: what will be billed is shown, filled in, and issued with one press."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.billing import contents, paper, unbilled
from daifuku.billing.actions import bill_deliveries
from daifuku.billing.actions import bill_order as bill_whole
from daifuku.billing.actions.asking import due_of
from daifuku.billing.contents import Content
from daifuku.billing.models import Invoice
from daifuku.documents.amounts import totals
from daifuku.documents.models.issuer import issuer
from daifuku.orders.models import Delivery
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.views.forms import Quiet, told_in

EITHER = ["GET", "HEAD", "POST"]


class BillForm(Quiet):
    """Days as text: what is no day keeps standing there with its sentence."""

    issued_on = forms.CharField(
        label=gettext_lazy("発行日"), required=False, widget=forms.TextInput({"type": "date"})
    )
    due_on = forms.CharField(
        label=gettext_lazy("支払期日"), required=False, widget=forms.TextInput({"type": "date"})
    )
    title = forms.CharField(label=gettext_lazy("件名"), required=False)
    note = forms.CharField(
        label=gettext_lazy("備考"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("請求書に印刷します"),
    )  # fmt: skip


@require_http_methods(EITHER)
def bill_order(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    order = record_at(request, "orders", uid)[1]
    object_at(request, "invoices", "create")
    found = unbilled.delivered(Q(delivery__order=order))
    if found:
        return _deliveries(request, order, _of(found))
    by, today = viewer_at(request).person, timezone.localdate()
    ahead = unbilled.ordered(order)
    content = contents.of_order(ahead, order.due_on, order.number)
    return _page(
        request, order, [], content, order.included, today, order.title,
        lambda values, chosen: bill_whole(order, values, by=by, today=today),
    )  # fmt: skip


@require_http_methods(EITHER)
def bill_delivery(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    delivery = record_at(request, "deliveries", uid)[1]
    object_at(request, "invoices", "create")
    return _deliveries(request, delivery, [delivery])


@require_http_methods(EITHER)
def bill_account(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Whatever was delivered to this customer and not billed yet."""
    account = record_at(request, "accounts", uid)[1]
    object_at(request, "invoices", "create")
    return _deliveries(request, account, _of(unbilled.delivered(Q(delivery__account=account))))


def _of(found: Sequence[unbilled.Open]) -> list[Delivery]:
    return list(dict.fromkeys(each.line.delivery for each in found))


def _deliveries(request: HttpRequest, back: Any, deliveries: Sequence[Delivery]) -> HttpResponse:
    viewer, today = viewer_at(request), timezone.localdate()
    seen = Delivery.objects.visible_to(viewer).filter(pk__in=[each.pk for each in deliveries])
    offered = list(seen.select_related("order", "account").order_by("delivered_on", "pk"))
    sent = set(request.POST.getlist("delivery")) if request.method == "POST" else None
    chosen = [each for each in offered if sent is None or len(offered) == 1 or str(each.uid) in sent]
    found = unbilled.delivered(Q(delivery__in=chosen) | Q(delivery__corrects__in=chosen))
    content = contents.of_deliveries(found) if found else Content([], [])
    last = max((each.line.delivery.delivered_on for each in found), default=today)
    titles = {each.order.title for each in chosen}
    title = titles.pop() if len(titles) == 1 else ""
    return _page(
        request, back, [(each, each in chosen) for each in offered], content,
        bool(chosen and chosen[0].order.included), last, title or _("%(month)s月分のご請求") % {"month": last.month},
        lambda values, deliveries: bill_deliveries(deliveries, values, by=viewer.person, today=today),
    )  # fmt: skip


def _page(
    request: HttpRequest, back: Any, offered: Sequence[tuple[Delivery, bool]], content: Content, included: bool,
    last: date, title: str, act: Callable[[dict[str, Any], list[Delivery]], Invoice],
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    account = getattr(back, "account", back)
    opened = {
        "issued_on": today.isoformat(),
        "due_on": due_of(account, max(last, today)).isoformat(),
        "title": title,
    }
    form = BillForm(request.POST or None, initial=opened)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = act(form.cleaned_data, [each for each, chosen in offered if chosen])
            telling.done(request, _("請求書 %(number)s を発行しました。") % {"number": made.number})
            return redirect(made.get_absolute_url())
    context = {
        "back": back, "account": account, "form": form, "offered": offered,
        "rows": paper.printed(content.values), "sums": totals(content.rows, issuer().rounding, included=included),
        "ahead": not offered and bool(content.rows), "registered": paper.Firm().registered,
    }  # fmt: skip
    return render(request, "billing/bill.html", context, status=422 if form.errors else 200)
