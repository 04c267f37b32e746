"""Quotes beyond what every record has: issue, approval, versions, sending, answers, copies, rules."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from django.views.decorators.debug import sensitive_variables
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.once import Tell, told_once
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed, in_steps
from daifuku.documents import sealing
from daifuku.foundation.errors import NotFound
from daifuku.quotes import actions
from daifuku.quotes.models import Quote
from daifuku.quotes.models.policy import Policy, policy
from daifuku.records.actions.powers import need_settings

WORDS = noop("見積")
QUOTE, MADE = answering("Quote"), answering("Quote", "201", "Created")


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class QuoteNote(Strict):
    note: str = Field("", description=noop("承認する人へ"))


class QuoteReason(Strict):
    reason: str


class QuoteAnswer(Strict):
    verdict: str = Field(..., description=noop("accepted か declined"))
    note: str = Field("", description=noop("お客様の言葉"))


class QuoteMail(Strict):
    to: str
    subject: str
    text: str = Field(..., description=noop("{リンク} が、見積書を見るアドレスになります"))


class QuoteLink(Schema):
    uid: str
    expires_on: str
    address: str | None = Field(None, description=noop("一度だけ返します"))


class QuoteCopy(Schema):
    uid: str
    number: str
    issued_on: str
    amount: int
    partner: str
    sha256: str


class QuotePolicy(Schema):
    discount_limit: str | None = Field(..., description=noop("承認が必要な値引率（%を超えるとき）"))
    margin_limit: str | None = Field(..., description=noop("承認が必要な粗利率（%未満のとき）"))
    amount_limit: int | None
    approvers: list[str] = Field(..., description=noop("承認する役割"))
    valid_days: int
    payment: str
    version: int


class QuotePolicyChange(Strict):
    discount_limit: str | None = None
    margin_limit: str | None = None
    amount_limit: int | None = None
    approvers: list[str] | None = None
    valid_days: int | None = None
    payment: str | None = None
    version: int | None = None


@fixed.post(
    "/quotes/{uid}/issue", operation_id="issue_quote", summary=noop("見積書の発行"), openapi_extra=QUOTE
)
def issue_quote(request: Asked, uid: str) -> Answer:
    """It gets its number and is kept as printed."""
    quote = _quote(request, uid)
    actions.issue(quote, by=request.auth.person, today=timezone.localdate())
    return _shown(request, quote)


@fixed.post(
    "/quotes/{uid}/ask",
    operation_id="ask_quote_approval",
    summary=noop("見積の承認の申請"),
    openapi_extra=QUOTE,
)
def ask_quote_approval(request: Asked, uid: str, body: QuoteNote) -> Answer:
    """Whoever may approve is told."""
    return _shown(request, actions.ask(_quote(request, uid), by=request.auth.person, note=body.note))


@fixed.post(
    "/quotes/{uid}/withdraw", operation_id="withdraw_quote_approval", summary=noop("見積の申請の取り下げ"),
    openapi_extra=QUOTE,
)  # fmt: skip
def withdraw_quote_approval(request: Asked, uid: str) -> Answer:
    """It can be changed again."""
    return _shown(request, actions.withdraw(_quote(request, uid), by=request.auth.person))


@fixed.post(
    "/quotes/{uid}/approve", operation_id="approve_quote", summary=noop("見積の承認"), openapi_extra=QUOTE
)
def approve_quote(request: Asked, uid: str) -> Answer:
    """For a role that approves, not for whoever asked."""
    return _shown(request, actions.approve(_quote(request, uid), by=request.auth.person))


@fixed.post(
    "/quotes/{uid}/return", operation_id="return_quote", summary=noop("見積の差戻し"), openapi_extra=QUOTE
)
def return_quote(request: Asked, uid: str, body: QuoteReason) -> Answer:
    """Back to whoever asked, with the reason."""
    return _shown(request, actions.send_back(_quote(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    "/quotes/{uid}/answer",
    operation_id="answer_quote",
    summary=noop("見積へのお客様の回答"),
    openapi_extra=QUOTE,
)
def answer_quote(request: Asked, uid: str, body: QuoteAnswer) -> Answer:
    """As the customer told it."""
    quote, by = _quote(request, uid), request.auth.person
    told = actions.record_answer(quote, body.verdict, by=by, today=timezone.localdate(), note=body.note)
    return _shown(request, told)


@fixed.post(
    "/quotes/{uid}/versions", operation_id="revise_quote", summary=noop("見積の新しい版"), openapi_extra=MADE
)
def revise_quote(request: Asked, uid: str) -> Answer:
    """A draft with the same lines; the issued one holds until this one is issued."""
    return _shown(request, actions.revise(_quote(request, uid), by=request.auth.person), 201)


@fixed.post(
    "/quotes/{uid}/void", operation_id="void_quote", summary=noop("見積の取り消し"), openapi_extra=QUOTE
)
def void_quote(request: Asked, uid: str, body: QuoteReason) -> Answer:
    """It holds no more; number and copy stay."""
    return _shown(request, actions.void(_quote(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    "/quotes/{uid}/mails", operation_id="send_quote", summary=noop("見積書の送付"), openapi_extra=QUOTE
)
def send_quote(request: Asked, uid: str, body: QuoteMail) -> Answer:
    """With a link of its own, which is in the mail alone."""
    quote, by = _quote(request, uid), request.auth.person
    actions.send(quote, body.to, body.subject, body.text, by=by, today=timezone.localdate())
    return _shown(request, quote)


@fixed.post(
    "/quotes/{uid}/links", operation_id="link_quote", summary=noop("見積のリンク"), tags=[WORDS],
    response={201: QuoteLink},
)  # fmt: skip
@in_steps
@sensitive_variables("address")
def link_quote(request: Asked, uid: str) -> HttpResponse:
    """Whoever has the address can read the quote and answer, until its validity ends. It is told this once: the same
    request again answers without it, because it is kept nowhere."""

    def act() -> tuple[Answer, Tell]:
        quote, by = _quote(request, uid), request.auth.person
        link, address = actions.open_link(quote, by=by, today=timezone.localdate())
        shown = {"uid": str(link.uid), "expires_on": link.expires_on.isoformat(), "address": None}
        return Answer(shown, status=201), lambda: {"address": address}

    return told_once(request, act)


@fixed.delete(
    "/quotes/{uid}/links/{link}", operation_id="revoke_quote_link", summary=noop("見積のリンクの停止"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def revoke_quote_link(request: Asked, uid: str, link: str) -> Answer:
    """Nobody can open it any more."""
    found = _quote(request, uid).links.filter(uid=uid_of(link)).select_related("quote").first()
    if found is None:
        raise NotFound
    actions.revoke(found, by=request.auth.person)
    return Answer(None, status=204)


@fixed.get(
    "/quotes/{uid}/copies", operation_id="list_quote_copies", summary=noop("見積書の控え"), tags=[WORDS],
    response=list[QuoteCopy],
)  # fmt: skip
def list_quote_copies(request: Asked, uid: str) -> Answer:
    """As issued, with the hash of the file."""
    quote = _quote(request, uid)
    sealing.need_open(request.auth.viewer, "quote")
    return Answer(
        [
            {
                "uid": str(copy.uid), "issued_on": copy.issued_on.isoformat(),
                **{name: getattr(copy, name) for name in ("number", "amount", "partner", "sha256")},
            }
            for copy in sealing.copies_of(quote)
        ]
    )  # fmt: skip


@fixed.get(
    "/quote_policy",
    operation_id="get_quote_policy",
    summary=noop("見積の設定"),
    tags=[WORDS],
    response=QuotePolicy,
)
def get_quote_policy(request: Asked) -> Answer:
    """Power `settings`."""
    need_settings(request.auth.person)
    return Answer(_policy(policy()))


@fixed.patch(
    "/quote_policy", operation_id="change_quote_policy", summary=noop("見積の設定の変更"), tags=[WORDS],
    response=QuotePolicy,
)  # fmt: skip
def change_quote_policy(request: Asked, body: QuotePolicyChange) -> Answer:
    """What is not sent stays; power `settings`."""
    changes = body.model_dump(exclude_unset=True)
    version = changes.pop("version", None)
    return Answer(_policy(actions.edit_policy(changes, by=request.auth.person, version=version)))


def _quote(request: Asked, uid: str) -> Quote:
    quote: Quote = record_of(request.auth.viewer, object_of(request.auth.viewer, "quotes"), uid)
    return quote


def _shown(request: Asked, quote: Quote, status: int = 200) -> Answer:
    return shown(request, object_of(request.auth.viewer, "quotes"), quote, status=status)


def _policy(rules: Policy) -> dict[str, Any]:
    limits = {
        name: None if getattr(rules, name) is None else str(getattr(rules, name))
        for name in ("discount_limit", "margin_limit")
    }
    return {**{name: getattr(rules, name) for name in (*Policy.FIELDS, "version")}, **limits}
