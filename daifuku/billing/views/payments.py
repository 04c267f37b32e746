"""入金 is registered, set off, released and taken back; each on a page of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.billing import owed
from daifuku.billing.actions import payments as actions
from daifuku.billing.models import Invoice, Payment
from daifuku.billing.objects.payment import PAYMENT
from daifuku.customers.models import Account
from daifuku.foundation.errors import DomainError, Invalid
from daifuku.ledger.models import Event
from daifuku.ledger.remembering import remembered
from daifuku.orders.views.asking import Question, ask
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.forms import RecordForm
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.viewer import Viewer

EITHER = ["GET", "HEAD", "POST"]
FIRST = ("account", "paid_on", "method", "amount", "fee")
AUTO, CHOSEN, NONE = "auto", "chosen", "none"


class Choosing:
    """Which invoices the money pays, as somebody says it: by itself, these, or none."""

    def __init__(self, viewer: Viewer, account: Any, sent: Any, offered: Any = None) -> None:
        self.rows: list[dict[str, Any]] = []
        self.how = sent.get("how", AUTO) if sent is not None else CHOSEN if offered else AUTO
        for invoice in owed.open_invoices(account, viewer) if account is not None else []:
            key = str(invoice.uid)
            picked = key in sent.getlist("invoice") if sent is not None else offered == invoice
            said = sent.get(f"part-{key}", "") if sent is not None else ""
            self.rows.append({"invoice": invoice, "key": key, "picked": picked, "said": said})

    @property
    def parts(self) -> dict[str, Any] | None:
        if self.how == AUTO:
            return None
        chosen = [row for row in self.rows if row["picked"]] if self.how == CHOSEN else []
        return {row["key"]: row["said"] for row in chosen}

    def tell(self, error: DomainError) -> list[str]:
        """Keeps what is about an invoice; gives the sentences of the rest."""
        others = []
        for problem in error.problems:
            kind, _dot, key = problem.field.partition(".")
            row = next((row for row in self.rows if row["key"] == key), None)
            if kind != "set_off":
                continue
            if row is None:
                others.append(problem.message)
            else:
                row["problem"] = problem.message
        return others


@require_http_methods(EITHER)
def receive_page(request: HttpRequest) -> HttpResponse:
    """From an invoice everything is filled in already: one press registers that all of it was paid today."""
    object_at(request, "payments", "create")
    viewer = viewer_at(request)
    known = vocabulary.editable_for(viewer, "payment")
    sent = request.POST if request.method == "POST" else None
    invoice = _invoice(request)
    account = _account(request, sent, invoice)
    form = RecordForm(
        PAYMENT, known.values(), viewer, data=sent, initial=_opening(request, known, account, invoice)
    )
    choosing = Choosing(viewer, account, sent, invoice)
    word, others = new_word(), list[str]()
    if sent is not None and sent.get("do") != "show":
        try:
            outcome, _now = once(sent, lambda: _received(request, form, choosing), by=viewer.person)
            return redirect("records:record", *(outcome["back"] or ("payments", outcome["uid"])))
        except DomainError as error:
            if error.status not in {409, 422}:
                raise
            word = word if isinstance(error, SentBefore) else sent.get("once", "")
            others = _tell(error, form, choosing)
    context = {
        "form": form, "first": [form[key] for key in FIRST if key in form.fields],
        "more": [form[key] for key in form.fields if key not in FIRST], "choosing": choosing, "others": others,
        "once": word, "account": account, "invoice": invoice,
    }  # fmt: skip
    refused = form.is_bound and (form.errors or others or any("problem" in row for row in choosing.rows))
    return render(request, "billing/receive.html", context, status=422 if refused else 200)


@require_http_methods(EITHER)
def set_off_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    payment = record_at(request, "payments", uid, action="edit")[1]
    sent = request.POST if request.method == "POST" else None
    choosing, others = Choosing(viewer_at(request), payment.account, sent), list[str]()
    if sent is not None:
        try:
            by = viewer_at(request).person
            actions.set_off(payment, choosing.parts, by=by, today=timezone.localdate())
            telling.done(request, _("請求書に消し込みました。"), telling.written(payment))
            return redirect(payment.get_absolute_url())
        except DomainError as error:
            if error.status not in {409, 422}:
                raise
            others = [*choosing.tell(error), *([] if error.problems else [error.message])]
    context = {"payment": payment, "choosing": choosing, "others": others}
    return render(request, "billing/set_off.html", context, status=422 if sent is not None else 200)


@require_POST
def release(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Of one invoice (`invoice`), else of all."""
    payment = record_at(request, "payments", uid, action="edit")[1]
    named = request.POST.get("invoice", "")
    invoices = [record_at(request, "invoices", as_uid(named))[1]] if as_uid(named) else None  # type: ignore[arg-type]
    actions.release(payment, invoices, by=viewer_at(request).person)
    telling.done(request, _("消込を外しました。お金は前受として残っています。"), telling.written(payment))
    return redirect(payment.get_absolute_url())


@require_http_methods(EITHER)
def cancel_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    payment = record_at(request, "payments", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    question = Question(
        _("「%(payment)s」を取り消す") % {"payment": payment}, payment, _("入金を取り消す"),
        _("組戻しや不渡りで、お金が戻ったときに使います。取消日までは入金があったものとして残り、請求書は入金待ちに戻ります。"),
        days={"cancelled_on": (_("取消日"), today)}, texts={"reason": _("取り消しの理由")}, danger=True,
    )  # fmt: skip

    def act(sent: Any) -> Any:
        actions.cancel(payment, sent.get("reason", ""), sent.get("cancelled_on", ""), by=by, today=today)
        telling.done(request, _("入金を取り消しました。"), telling.written(payment))
        return payment

    return ask(request, question, act)


def _received(request: HttpRequest, form: RecordForm, choosing: Choosing) -> dict[str, Any]:
    by, today = viewer_at(request).person, timezone.localdate()
    payment = actions.record(form.values(), choosing.parts, by=by, today=today)
    telling.done(request, _said(payment), created(payment))
    back = request.GET.get("invoice", "")
    return {"uid": str(payment.uid), "back": ["invoices", back] if back and as_uid(back) else None}


def _said(payment: Payment) -> str:
    said = {"number": payment.number, "amount": f"{payment.amount:,}", "left": f"{payment.left:,}"}
    if payment.left:
        return _("入金 %(number)s（%(amount)s円）を記録しました。%(left)s円は前受として残っています。") % said
    return _("入金 %(number)s（%(amount)s円）を記録し、請求書に消し込みました。") % said


def created(payment: Payment) -> Event | None:
    """Taking back the registration takes back its set-offs as well."""
    for event, line in reversed(remembered()):
        if event.kind == "payment.created" and any(each.record_id == payment.pk for each in line.about):
            return event
    return None


def _invoice(request: HttpRequest) -> Invoice | None:
    uid = as_uid(request.GET.get("invoice", "")) if request.GET.get("invoice") else None
    found: Invoice | None = record_at(request, "invoices", uid)[1] if uid else None
    return found


def _account(request: HttpRequest, sent: Any, invoice: Invoice | None) -> Account | None:
    """Of whom we speak: the invoice's customer, or who was chosen."""
    if sent is not None:
        said, label = sent.get("account", "").strip(), sent.get("account.label", "").strip()
        uid = as_uid(sent.get("account.uid", "")) if said and said == label else None
    elif invoice is not None:
        return invoice.account
    else:
        uid = as_uid(request.GET.get("account", "")) if request.GET.get("account") else None
    if uid is None:
        return None
    found: Account | None = Account.objects.visible_to(viewer_at(request)).filter(uid=uid).first()
    return found


def _opening(request: HttpRequest, known: Any, account: Any, invoice: Invoice | None) -> dict[str, Any]:
    start: dict[str, Any] = {"paid_on": timezone.localdate().isoformat(), "method": "transfer"}
    if account is not None:
        start["account"] = str(account.uid)
    if invoice is not None and invoice.open > 0:
        start["amount"] = str(invoice.open)
    return start | {key: value for key, value in request.GET.items() if key in known}


def _tell(error: DomainError, form: RecordForm, choosing: Choosing) -> list[str]:
    others = choosing.tell(error)
    fields = [each for each in error.problems if not each.field.startswith("set_off")]
    if fields:
        form.tell(Invalid(fields))
    elif not error.problems:
        form.tell(error)
    return others
