"""The page on which an order comes in: what, when, for whom, and its lines; and the page on which lines are changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.customers.models import Account
from daifuku.foundation.errors import DomainError, Invalid
from daifuku.orders import from_quote, of_deals, warnings
from daifuku.orders.actions import change_lines, enter
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Order
from daifuku.orders.objects.order import ORDER
from daifuku.orders.views.line_forms import LineForms
from daifuku.quotes.models import Quote
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.forms import RecordForm
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at

FIRST = ("account", "contact", "title", "ordered_on", "due_on", "customer_number", "owner")


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: HttpRequest) -> HttpResponse:
    object_at(request, "orders", "create")
    viewer = viewer_at(request)
    known = vocabulary.editable_for(viewer, "order")
    sent = request.POST if request.method == "POST" else None
    quote = _quote(request)
    opened = _opening(request, known) | (from_quote.opening(quote, viewer) if quote else {})
    form = RecordForm(ORDER, known.values(), viewer, data=sent, initial=opened)
    lines = LineForms(viewer, sent=sent, offered=from_quote.lines_of(quote, viewer) if quote else ())
    word = new_word()
    if sent is not None and sent.get("do") != "more":
        try:
            outcome, _now = once(sent, lambda: _entered(request, form, lines), by=viewer.person)
            return redirect("records:record", "orders", outcome["uid"])
        except DomainError as error:
            if not error.mendable:
                raise
            word = word if isinstance(error, SentBefore) else sent.get("once", "")
            _tell(error, form, lines)
    first = [form[key] for key in FIRST if key in form.fields]
    more = [form[key] for key in form.fields if key not in FIRST]
    context = {
        "form": form, "first": first, "more": more, "lines": lines, "once": word,
        "moves": of_deals.will_move(str(opened.get("deal", "")), viewer),
        "warnings": warnings.of(_account(opened, sent, viewer), viewer, timezone.localdate()),
    }  # fmt: skip
    refused = form.is_bound and (form.errors or lines.wrong)
    return render(request, "orders/enter.html", context, status=422 if refused else 200)


def _entered(request: HttpRequest, form: RecordForm, lines: LineForms) -> dict[str, str]:
    order = enter(form.values(), lines.rows(), by=viewer_at(request).person)
    telling.done(request, _("受注「%(order)s」を登録しました。") % {"order": order})
    return {"uid": str(order.uid)}


def _account(opened: dict[str, Any], sent: Any, viewer: Any) -> Account | None:
    """Of whom the order is, as far as that is known before it is registered."""
    uid = as_uid(str(sent.get("account.uid", "") if sent is not None else opened.get("account", "")))
    found: Account | None = Account.objects.visible_to(viewer).filter(uid=uid).first() if uid else None
    return found


def _quote(request: HttpRequest) -> Quote | None:
    """The quote of which the order is made. Raises NotFound where this person may not know of it."""
    uid = as_uid(request.GET.get("quote", "")) if request.GET.get("quote") else None
    found: Quote | None = record_at(request, "quotes", uid)[1] if uid else None
    return found


def _opening(request: HttpRequest, known: dict[str, Any]) -> dict[str, Any]:
    """Today, me, and what the address names: the customer, the deal."""
    start: dict[str, Any] = {
        "ordered_on": timezone.localdate().isoformat(), "owner": str(viewer_at(request).person.uid),
    }  # fmt: skip
    return start | {key: value for key, value in request.GET.items() if key in known}


@require_http_methods(["GET", "HEAD", "POST"])
def lines_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    order: Order = record_at(request, "orders", uid, action="edit")[1]
    viewer = viewer_at(request)
    sent = request.POST if request.method == "POST" else None
    kept = lines_of(order).select_related("product", "order", "account")
    lines = LineForms(viewer, kept, sent)
    problems: list[str] = []
    if sent is not None and sent.get("do") != "more":
        try:
            change_lines(order, lines.rows(), by=viewer.person)
            telling.done(request, _("明細を保存しました。"))
            return redirect(order.get_absolute_url())
        except DomainError as error:
            if not error.mendable:
                raise
            problems = _tell(error, None, lines)
    context = {"order": order, "lines": lines, "problems": problems}
    return render(
        request,
        "orders/lines.html",
        context,
        status=422 if problems or (sent is not None and lines.wrong) else 200,
    )


def _tell(error: DomainError, form: RecordForm | None, lines: LineForms) -> list[str]:
    others = lines.tell(error) if error.problems else []  # type: ignore[arg-type]
    if form is None:
        return [each.message for each in others] or ([] if error.problems else [error.message])
    if others or not error.problems:
        form.tell(Invalid(others) if others else error)
    return []
