"""Invoices beyond what every record has: from deliveries, orders, drafts; corrections, mail, copies, closing runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed
from daifuku.billing import actions, closing_preview, drawing, owed, paper
from daifuku.billing.models import ClosingRun, Invoice
from daifuku.documents import sealing
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid, NotFound
from daifuku.records.catalogue.types import Date, Refused

WORDS = noop("請求")
INVOICE, MADE = answering("Invoice"), answering("Invoice", "201", "Created")


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class InvoiceSaid(Strict):
    values: dict[str, str] = Field(
        default_factory=dict,
        description=noop("issued_on、due_on、title、payment、note、memo。省くと受注と取引先から"),
    )


class InvoiceOfDeliveries(InvoiceSaid):
    deliveries: list[str] = Field(..., description=noop("同じ取引先の納品の uid"))


class InvoiceIssued(Strict):
    issued_on: str = Field("", description=noop("発行日。省くと今日"))


class InvoiceCorrected(Strict):
    reason: str = Field(..., description=noop("理由"))
    issued_on: str = Field("", description=noop("発行日。省くと今日"))
    rewrite: bool = Field(True, description=noop("直した請求書の下書きも作る"))


class InvoiceMail(Strict):
    to: str
    subject: str
    text: str = Field(..., description=noop("{リンク} が、請求書を見るアドレスになります"))


class InvoiceCopy(Schema):
    uid: str
    number: str
    issued_on: str
    amount: int
    partner: str
    sha256: str


class ClosingAsked(Strict):
    closes_on: str = Field(..., description=noop("締め日"))
    issued_on: str = Field("", description=noop("発行日。省くと締め日"))
    with_balance: bool = Field(False, description=noop("新しい請求がなくても、残高のある取引先に発行する"))
    leave_out: list[str] = Field(default_factory=list, description=noop("発行しない取引先の uid"))


class ClosingRow(Schema):
    account: str
    name: str
    deliveries: int
    amount: int
    previous: int
    received: int
    carried: int


class Closing(Schema):
    uid: str
    closes_on: str
    issued_on: str
    state: str
    job: str | None
    customers: int
    issued: int
    passed: int
    failed: int
    total: int


@fixed.post(
    "/invoices/bill", operation_id="bill_deliveries", summary=noop("納品の請求書"), openapi_extra=MADE
)
def bill_deliveries(request: Asked, body: InvoiceOfDeliveries) -> Answer:
    """One invoice over deliveries of one customer."""
    found = [_record(request, "deliveries", uid) for uid in dict.fromkeys(body.deliveries)]
    today = timezone.localdate()
    return _shown(
        request, actions.bill_deliveries(found, body.values, by=request.auth.person, today=today), 201
    )


@fixed.post("/orders/{uid}/bill", operation_id="bill_order", summary=noop("受注の請求書"), openapi_extra=MADE)
def bill_order(request: Asked, uid: str, body: InvoiceSaid) -> Answer:
    """What of it was delivered; where nothing was, all that was ordered, in advance."""
    order, today = _record(request, "orders", uid), timezone.localdate()
    return _shown(request, actions.bill_order(order, body.values, by=request.auth.person, today=today), 201)


@fixed.post(
    "/invoices/{uid}/issue", operation_id="issue_invoice", summary=noop("請求書の発行"), openapi_extra=INVOICE
)
def issue_invoice(request: Asked, uid: str, body: InvoiceIssued) -> Answer:
    """A draft gets its number and is kept as printed."""
    values = {"issued_on": body.issued_on}
    made = actions.issue(_invoice(request, uid), values, by=request.auth.person, today=timezone.localdate())
    return _shown(request, made)


@fixed.post(
    "/invoices/{uid}/correct",
    operation_id="correct_invoice",
    summary=noop("請求書の訂正"),
    openapi_extra=MADE,
)
def correct_invoice(request: Asked, uid: str, body: InvoiceCorrected) -> Answer:
    """The paper that takes it back; a draft of the right one is made with it."""
    made, _draft = actions.correct(
        _invoice(request, uid), body.reason, by=request.auth.person, today=timezone.localdate(),
        issued_on=body.issued_on, rewrite=body.rewrite,
    )  # fmt: skip
    return _shown(request, made, 201)


@fixed.post(
    "/invoices/{uid}/mails", operation_id="send_invoice", summary=noop("請求書の送付"), openapi_extra=INVOICE
)
def send_invoice(request: Asked, uid: str, body: InvoiceMail) -> Answer:
    """With a link of its own, which is in the mail alone."""
    invoice, by = _invoice(request, uid), request.auth.person
    actions.send(invoice, body.to, body.subject, body.text, by=by, today=timezone.localdate())
    return _shown(request, _invoice(request, uid))


@fixed.delete(
    "/invoices/{uid}/links/{link}", operation_id="revoke_invoice_link", summary=noop("請求書のリンクの停止"),
    tags=[WORDS], response={204: None},
)  # fmt: skip
def revoke_invoice_link(request: Asked, uid: str, link: str) -> Answer:
    """Nobody can open it any more."""
    found = _invoice(request, uid).addresses.filter(uid=uid_of(link)).select_related("invoice").first()
    if found is None:
        raise NotFound
    actions.revoke(found, by=request.auth.person)
    return Answer(None, status=204)


@fixed.get(
    "/invoices/{uid}/copies", operation_id="list_invoice_copies", summary=noop("請求書の控え"), tags=[WORDS],
    response=list[InvoiceCopy],
)  # fmt: skip
def list_invoice_copies(request: Asked, uid: str) -> Answer:
    """As issued, with the hash of the file."""
    invoice = _invoice(request, uid)
    sealing.need_open(request.auth.viewer, paper.KEY)
    drawing.copy_of(invoice)
    return Answer(
        [
            {
                "uid": str(copy.uid), "issued_on": copy.issued_on.isoformat(),
                **{name: getattr(copy, name) for name in ("number", "amount", "partner", "sha256")},
            }
            for copy in sealing.copies_of(invoice)
        ]
    )  # fmt: skip


@fixed.get(
    "/closings/preview", operation_id="preview_closing", summary=noop("締め請求の確認"), tags=[WORDS],
    response=list[ClosingRow],
)  # fmt: skip
def preview_closing(request: Asked, closes_on: str = "", with_balance: bool = False) -> Answer:
    """Who closes on that day (else the last closing day), and what he will be billed."""
    _need_bill(request)
    day = _day(closes_on, "closes_on") if closes_on else closing_preview.days(timezone.localdate())[0]
    found = closing_preview.rows(day, request.auth.viewer, with_balance=with_balance)
    return Answer(
        [
            {
                "account": str(row.account.uid), "name": str(row.account), "amount": row.amount,
                "deliveries": row.waiting.deliveries if row.waiting else 0, "previous": row.previous,
                "received": row.received, "carried": row.carried,
            }
            for row in found
        ]
    )  # fmt: skip


@fixed.post(
    "/closings", operation_id="start_closing", summary=noop("締め請求"), tags=[WORDS], response={202: Closing}
)
def start_closing(request: Asked, body: ClosingAsked) -> Answer:
    """A job; what was billed before is not billed again."""
    run = actions.start_closing(
        _day(body.closes_on, "closes_on"), _day(body.issued_on, "issued_on") if body.issued_on else None,
        by=request.auth.person, today=timezone.localdate(), with_balance=body.with_balance, leave_out=body.leave_out,
    )  # fmt: skip
    return Answer(_closing(run), status=202)


@fixed.get(
    "/closings/{uid}",
    operation_id="get_closing",
    summary=noop("締め請求の進み具合"),
    tags=[WORDS],
    response=Closing,
)
def get_closing(request: Asked, uid: str) -> Answer:
    """How far it is."""
    _need_bill(request)
    run = ClosingRun.objects.filter(uid=uid_of(uid)).first()
    if run is None:
        raise NotFound
    return Answer(_closing(run))


def _closing(run: ClosingRun) -> dict[str, Any]:
    return {
        "uid": str(run.uid), "closes_on": run.closes_on.isoformat(), "issued_on": run.issued_on.isoformat(),
        "state": run.state, "job": str(run.job) if run.job else None, "customers": len(run.accounts),
        **{name: getattr(run, name) for name in ("issued", "passed", "failed", "total")},
    }  # fmt: skip


def _need_bill(request: Asked) -> None:
    if not request.auth.viewer.may("invoice", "create") or not owed.may_see(request.auth.viewer):
        raise Forbidden


def _day(text: str, field: str) -> date:
    try:
        found: date | None = Date().clean(text)
    except Refused as error:
        raise Invalid([FieldProblem(field, error.message, code=error.code)]) from error
    if found is None:
        raise Invalid([FieldProblem(field, noop("日付を入力してください。"), code="required")])
    return found


def _invoice(request: Asked, uid: str) -> Invoice:
    invoice: Invoice = _record(request, "invoices", uid)
    return invoice


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _shown(request: Asked, invoice: Invoice, status: int = 200) -> Answer:
    return shown(request, object_of(request.auth.viewer, "invoices"), invoice, status=status)
