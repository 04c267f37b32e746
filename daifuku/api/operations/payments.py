"""Payments, what they pay, and what is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, own_uid, shown
from daifuku.api.routing import fixed
from daifuku.billing import credit, owed, receivables, statement
from daifuku.billing.actions import payments
from daifuku.billing.actions.credit import set_limit
from daifuku.billing.models import CreditLimit
from daifuku.foundation.calendar import add_months
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.catalogue.types import Date, Refused
from daifuku.staff.viewer import Viewer

RECEIVED, PAYMENT = answering("Payment", "201", "Created"), answering("Payment")
PARTS = noop("請求の uid ごとの消込額。null は残りのぶん。省くと自動、空なら消し込みません")


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PaymentReceived(Strict):
    uid: str | None = Field(None, description=noop("入金の番号。自分で決めるとき"))
    values: dict[str, Any] = Field(..., description=noop("入金の項目"))
    set_off: dict[str, int | None] | None = Field(None, description=PARTS)


class SetOff(Strict):
    set_off: dict[str, int | None] | None = Field(None, description=PARTS)


class Released(Strict):
    invoices: list[str] | None = Field(None, description=noop("請求の uid。省くとすべて"))


class TakenBackPayment(Strict):
    reason: str = Field(..., description=noop("理由"))
    on: str = Field("", description=noop("日付。省くと今日"))


class Limit(Strict):
    amount: int | None = Field(None, description=noop("限度額（円）。null なら限度額なし"))
    note: str = Field("", description=noop("メモ"))


class Owed(Schema):
    uid: str
    name: str
    balance: int
    ages: dict[str, int]
    overdue: int
    advance: int
    ordered: int
    limit: int | None
    over_limit: bool


class Receivables(Schema):
    accounts: list[Owed]
    count: int
    balance: int


class StatementEntry(Schema):
    day: str
    words: str
    number: str
    asked: int
    paid: int
    balance: int


class Statement(Schema):
    begin: str
    end: str
    before: int
    asked: int
    paid: int
    after: int
    whole: bool
    entries: list[StatementEntry]


class Credit(Schema):
    balance: int
    ordered: int
    overdue: int
    limit: int | None
    note: str
    left: int | None
    warnings: list[str]


@fixed.post(
    "/payments/receive", operation_id="receive_payment", summary=noop("入金の記録と消込"), openapi_extra=RECEIVED
)  # fmt: skip
def receive_payment(request: Asked, body: PaymentReceived) -> Answer:
    """Registered and set off at once, or not at all; what is left over stays as an advance."""
    made = payments.record(
        body.values, body.set_off, by=request.auth.person, today=timezone.localdate(), uid=own_uid({"uid": body.uid})
    )  # fmt: skip
    return shown(request, object_of(request.auth.viewer, "payments"), made, status=201)


@fixed.post(
    "/payments/{uid}/set_off", operation_id="set_off_payment", summary=noop("消込"), openapi_extra=PAYMENT
)
def set_off_payment(request: Asked, uid: str, body: SetOff) -> Answer:
    """What is left of it, against the oldest or the named invoices."""
    found = _record(request, "payments", uid)
    made = payments.set_off(found, body.set_off, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "payments"), made)


@fixed.post(
    "/payments/{uid}/release", operation_id="release_payment", summary=noop("消込の取り外し"), openapi_extra=PAYMENT
)  # fmt: skip
def release_payment(request: Asked, uid: str, body: Released) -> Answer:
    """The money stays as an advance."""
    found = _record(request, "payments", uid)
    invoices = (
        None if body.invoices is None else [_record(request, "invoices", each) for each in body.invoices]
    )
    made = payments.release(found, invoices, by=request.auth.person)
    return shown(request, object_of(request.auth.viewer, "payments"), made)


@fixed.post(
    "/payments/{uid}/cancel", operation_id="cancel_payment", summary=noop("入金の取り消し"), openapi_extra=PAYMENT
)  # fmt: skip
def cancel_payment(request: Asked, uid: str, body: TakenBackPayment) -> Answer:
    """The money went back; until that day it counted."""
    found = _record(request, "payments", uid)
    made = payments.cancel(found, body.reason, body.on, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "payments"), made)


@fixed.get("/receivables", operation_id="receivables", summary=noop("売掛"), response=Receivables)
def list_receivables(request: Asked, mine: bool = False, only: str = "") -> Answer:
    """By customer and age; `only` is overdue, over or advance."""
    viewer = request.auth.viewer
    _need(viewer)
    if only not in receivables.FILTERS:
        raise Invalid([FieldProblem("only", _("一覧から選んでください。"), code="unknown")])
    rows = receivables.rows(viewer, timezone.localdate(), mine=mine, only=only)
    return Answer({
        "accounts": [_owed(row) for row in rows[: receivables.MOST]], "count": len(rows),
        "balance": receivables.whole(rows).balance,
    })  # fmt: skip


@fixed.get(
    "/accounts/{uid}/statement",
    operation_id="statement_account",
    summary=noop("取引明細"),
    response=Statement,
)
def statement_account(request: Asked, uid: str, begin: str = "", end: str = "") -> Answer:
    """Where nothing is said, the last three months."""
    viewer, today = request.auth.viewer, timezone.localdate()
    _need(viewer)
    account = _record(request, "accounts", uid)
    last = _day("end", end) or today
    first = _day("begin", begin) or add_months(last.replace(day=1), -2)
    if first > last:
        raise Invalid([FieldProblem("end", _("終わりの日が始まりの日より前です。"), code="before")])
    found = statement.of(account, first, last, viewer)
    entries = [
        {"day": each.day.isoformat(), "words": each.words, "number": each.number, "asked": each.asked,
         "paid": each.paid, "balance": each.balance}
        for each in found.entries
    ]  # fmt: skip
    return Answer({
        "begin": first.isoformat(), "end": last.isoformat(), "before": found.before, "asked": found.asked,
        "paid": found.paid, "after": found.after, "whole": found.whole, "entries": entries,
    })  # fmt: skip


@fixed.get("/accounts/{uid}/credit", operation_id="credit_account", summary=noop("与信"), response=Credit)
def credit_account(request: Asked, uid: str) -> Answer:
    """What is owed and on order against the limit, with the warnings that whoever enters an order is told."""
    _need(request.auth.viewer)
    return _credit(request, _record(request, "accounts", uid))


@fixed.put(
    "/accounts/{uid}/credit", operation_id="limit_account", summary=noop("与信限度額の設定"), response=Credit
)
def limit_account(request: Asked, uid: str, body: Limit) -> Answer:
    """null takes the limit away."""
    _need(request.auth.viewer)
    account = _record(request, "accounts", uid)
    set_limit(account, body.amount, body.note, by=request.auth.person, today=timezone.localdate())
    return _credit(request, account)


def _owed(row: receivables.Row) -> dict[str, Any]:
    return {
        "uid": str(row.account.uid), "name": str(row.account), "balance": row.balance, "ages": row.ages,
        "overdue": row.overdue, "advance": row.advance, "ordered": row.standing.ordered,
        "limit": row.standing.limit, "over_limit": row.standing.over,
    }  # fmt: skip


def _credit(request: Asked, account: Any) -> Answer:
    today, viewer = timezone.localdate(), request.auth.viewer
    now = credit.standings([account], today, viewer)[account.pk]
    row = CreditLimit.objects.filter(account=account).first()
    return Answer({
        "balance": now.balance, "ordered": now.ordered, "overdue": now.overdue, "limit": now.limit,
        "note": row.note if row else "", "left": now.left,
        "warnings": credit.warn(account, viewer, today),
    })  # fmt: skip


def _need(viewer: Viewer) -> None:
    object_of(viewer, "invoices")
    if not owed.may_see(viewer):
        raise NotFound


def _day(field: str, text: str) -> date | None:
    try:
        return Date().clean(text)
    except Refused as error:
        raise Invalid([FieldProblem(field, error.message, code=error.code)]) from error


def _record(request: Asked, slug: str, uid: str) -> Any:
    viewer = request.auth.viewer
    return record_of(viewer, object_of(viewer, slug), uid)
