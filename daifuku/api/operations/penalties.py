"""The ledger of what was not entered: entries, objections, payments, consent, terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named, manage, managed
from daifuku.api.finding import uid_of
from daifuku.api.operations.duties import DutyReason
from daifuku.api.routing import fixed
from daifuku.duties import groups
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.penalties import statement
from daifuku.penalties.actions import (
    cancel_payment,
    consent,
    decide,
    edit_terms,
    object_to,
    record_payment,
    set_wage,
    take_back_consent,
    waive,
)
from daifuku.penalties.models import Entry, Payment, Terms
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import bounds

WORDS = noop("入力漏れの台帳")
ONE = "/penalties/{uid}"


class PenaltyItem(Schema):
    uid: str
    person: dict[str, str]
    kind: str = Field(..., description=noop("miss（入力漏れ）か clean（入力漏れのない週）"))
    day: str
    points: int
    amount: int
    state: str = Field(..., description=noop("stands、objected、waived、withdrawn"))
    objection: str
    decision: str
    duty: str | None


class PenaltySums(Schema):
    person: dict[str, str]
    points: int
    amount: int
    paid: int
    left: int


class PaymentItem(Schema):
    uid: str
    person: dict[str, str]
    month: str
    amount: int
    paid_on: str
    note: str


class Statement(Schema):
    month: str
    first_day: str
    last_day: str
    sums: list[PenaltySums]
    entries: list[PenaltyItem]
    payments: list[PaymentItem]


class Verdict(DutyReason):
    accept: bool = Field(..., description=noop("異議を認めて免除するか"))


class NewPayment(Schema):
    model_config = ConfigDict(extra="forbid")

    person: str
    month: str = Field(..., description=noop("2026-11"))
    amount: int
    paid_on: str
    note: str = ""


class Agreeing(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., description=noop("署名の代わりの氏名"))


class Agreed(Schema):
    words: str
    amount: int
    given_at: str


class TermsItem(Schema):
    on: bool
    mode: str = Field(..., description=noop("points、fund、discipline"))
    amount: int
    begins_on: str
    clean_week: bool
    closing_day: int = Field(..., description=noop("賃金の締め日。31は月末"))
    work_rules: str
    version: int


class TermsChange(Schema):
    model_config = ConfigDict(extra="forbid")

    on: bool | None = None
    mode: str | None = None
    amount: int | None = None
    begins_on: str | None = None
    clean_week: bool | None = None
    closing_day: int | None = Field(None, description=noop("賃金の締め日（1〜28、31は月末）"))
    work_rules: str | None = None


class WageChange(Schema):
    model_config = ConfigDict(extra="forbid")

    daily: int | None = Field(None, description=noop("平均賃金（1日、円）"))
    period: int | None = Field(None, description=noop("一賃金支払期の賃金総額（円）"))


class WageItem(Schema):
    daily: int | None
    period: int | None
    most_at_once: int | None
    most_in_all: int | None


@fixed.get(
    "/penalties",
    operation_id="get_penalties",
    summary=noop("入力漏れの明細"),
    tags=[WORDS],
    response=Statement,
)
def get_penalties(
    request: Asked,
    who: str = Query("", description=noop("社員の番号、team-1、all"), max_length=40),
    month: str = Query("", description=noop("2026-11。省略すると今月"), max_length=7),
) -> Answer:
    """The statement of a month: one's own, of whom one leads, of all for whoever keeps the people."""
    viewer, today = request.auth.viewer, timezone.localdate()
    rules, people = terms(), groups.read(who, viewer).people
    called = statement.month_from(month, today, rules)
    first, last = bounds(called, rules.closing_day)
    return Answer(
        {
            "month": f"{called:%Y-%m}",
            "first_day": first,
            "last_day": last,
            "sums": [_sums(each) for each in statement.sums_of(people, called, rules)],
            "entries": [_entry(each) for each in statement.entries_of(viewer, people, called, rules)],
            "payments": [_payment(each) for each in statement.payments_of(viewer, people, called)],
        }
    )


@fixed.get(ONE, operation_id="get_penalty", summary=noop("一件の記帳"), tags=[WORDS], response=PenaltyItem)
def get_penalty(request: Asked, uid: str) -> Answer:
    """What was missing, what the person says, what was decided."""
    return Answer(_entry(_found(request, uid)))


@fixed.post(
    f"{ONE}/object", operation_id="object_to_penalty", summary=noop("異議の申し立て"), tags=[WORDS],
    response=PenaltyItem,
)  # fmt: skip
def object_to_penalty(request: Asked, uid: str, body: DutyReason) -> Answer:
    """For the person alone."""
    return Answer(_entry(object_to(_found(request, uid), body.reason, by=request.auth.person)))


@fixed.post(
    f"{ONE}/decide",
    operation_id="decide_penalty",
    summary=noop("異議の判断"),
    tags=[WORDS],
    response=PenaltyItem,
)
def decide_penalty(request: Asked, uid: str, body: Verdict) -> Answer:
    """For whoever leads the person."""
    entry, by = _found(request, uid), request.auth.person
    return Answer(_entry(decide(entry, accept=body.accept, reason=body.reason, by=by)))


@fixed.post(
    f"{ONE}/waive",
    operation_id="waive_penalty",
    summary=noop("記帳の免除"),
    tags=[WORDS],
    response=PenaltyItem,
)
def waive_penalty(request: Asked, uid: str, body: DutyReason) -> Answer:
    """For whoever leads the person."""
    return Answer(_entry(waive(_found(request, uid), body.reason, by=request.auth.person)))


@fixed.post(
    "/penalty_payments", operation_id="record_penalty_payment", summary=noop("支払いの記録"), tags=[WORDS],
    response={201: PaymentItem},
)  # fmt: skip
def record_penalty_payment(request: Asked, body: NewPayment) -> Answer:
    """What somebody paid, up to what is owed; nothing is deducted. Power and scope `staff`."""
    by = manage(request)
    person = colleague_named(body.person, "person", _("社員を選んでください。"))
    assert person is not None
    month, paid_on = _day(f"{body.month}-01", "month"), _day(body.paid_on, "paid_on")
    return Answer(_payment(record_payment(person, month, body.amount, paid_on, body.note, by=by)), 201)


@fixed.delete(
    "/penalty_payments/{uid}",
    operation_id="cancel_penalty_payment",
    summary=noop("支払いの取り消し"),
    tags=[WORDS],
)
def cancel_penalty_payment(request: Asked, uid: str) -> Answer:
    """It was written down by mistake. Power and scope `staff`."""
    by = manage(request)
    found = Payment.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    cancel_payment(found, by=by)
    return Answer(status=204)


@fixed.post(
    "/penalty_consent", operation_id="give_penalty_consent", summary=noop("積立への同意"), tags=[WORDS],
    response={201: Agreed},
)  # fmt: skip
def give_penalty_consent(request: Asked, body: Agreeing) -> Answer:
    """In one's own name alone; it can be taken back at any time."""
    made = consent(body.name, by=request.auth.person)
    return Answer({"words": made.words, "amount": made.amount, "given_at": made.given_at}, 201)


@fixed.delete(
    "/penalty_consent",
    operation_id="take_back_penalty_consent",
    summary=noop("積立への同意の取り消し"),
    tags=[WORDS],
)
def take_back_penalty_consent(request: Asked) -> Answer:
    """From now on the person's entries are points alone."""
    take_back_consent(by=request.auth.person)
    return Answer(status=204)


@fixed.get(
    "/penalty_terms", operation_id="get_penalty_terms", summary=noop("入力漏れの台帳の設定"), tags=[WORDS],
    response=TermsItem,
)  # fmt: skip
def get_penalty_terms(request: Asked) -> Answer:
    """What is noted, and what follows."""
    return Answer(_terms(terms()))


@fixed.patch(
    "/penalty_terms", operation_id="change_penalty_terms", summary=noop("入力漏れの台帳の設定の変更"),
    tags=[WORDS], response=TermsItem,
)  # fmt: skip
def change_penalty_terms(request: Asked, body: TermsChange) -> Answer:
    """What is not sent stays; power `settings`. Beyond the caps of the law it is refused."""
    return Answer(_terms(edit_terms(body.model_dump(exclude_unset=True), by=request.auth.person)))


@fixed.put(
    "/people/{person}/wage", operation_id="set_wage", summary=noop("減給の上限を計算する賃金"), tags=[WORDS],
    response=WageItem,
)  # fmt: skip
def put_wage(request: Asked, person: str, body: WageChange) -> Answer:
    """Both empty take it away. Power and scope `staff`."""
    wage = set_wage(managed(request, person), body.daily, body.period, by=request.auth.person)
    return Answer({name: getattr(wage, name, None) for name in WageItem.model_fields})


def _found(request: Asked, uid: str) -> Entry:
    rows = Entry.objects.visible_to(request.auth.viewer).select_related("person", "duty")
    found = rows.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "uid": str(entry.uid), "person": named(entry.person), "kind": str(entry.kind), "day": entry.day,
        "points": entry.points, "amount": entry.amount, "state": str(entry.state), "objection": entry.objection,
        "decision": entry.decision, "duty": str(entry.duty.uid) if entry.duty else None,
    }  # fmt: skip


def _sums(sums: statement.Sums) -> dict[str, Any]:
    return {
        "person": named(sums.person), "points": sums.points, "amount": sums.amount, "paid": sums.paid,
        "left": sums.left,
    }  # fmt: skip


def _payment(row: Payment) -> dict[str, Any]:
    return {
        "uid": str(row.uid), "person": named(row.person), "month": f"{row.month:%Y-%m}", "amount": row.amount,
        "paid_on": row.paid_on, "note": row.note,
    }  # fmt: skip


def _terms(rules: Terms) -> dict[str, Any]:
    return {name: getattr(rules, name) for name in TermsItem.model_fields}


def _day(raw: str, field: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise Invalid([FieldProblem(field, _("日付を確認してください。"), code="date")]) from error
