"""The bank's file: what came in, who is proposed to have paid it, and what is booked as a payment."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed
from daifuku.billing import proposing
from daifuku.billing.actions import bank
from daifuku.billing.bank_csv import Columns
from daifuku.billing.models import BankLine
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid, NotFound
from daifuku.staff.viewer import Viewer

PAYMENT = answering("Payment")
SHOWN = 100


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class BankFileGiven(Strict):
    name: str = Field("", description=noop("ファイル名"))
    content: str = Field(..., description=noop("ファイルの中身（Base64）"))
    columns: dict[str, int] | None = Field(
        None, description=noop("列の番号（0から）。day、came か both、payer、remark")
    )


class BankLineBooked(Strict):
    account: str | None = Field(None, description=noop("取引先の uid。省くと提案のもの"))
    fee: int | None = Field(None, description=noop("差し引かれた手数料。省くと提案のもの"), ge=0, le=100_000)


class BankFileTaken(Schema):
    new: int
    known: int
    others: int
    wrong: list[int]


class ProposedPart(Schema):
    invoice: str
    number: str
    amount: int


class BankLineShown(Schema):
    id: int
    day: str
    amount: int
    payer: str
    state: str
    taken_back: bool
    payment: str | None
    account: str | None
    why: str
    fee: int
    left: int
    sure: bool
    parts: list[ProposedPart]


class BankLines(Schema):
    lines: list[BankLineShown]


class BookedSure(Schema):
    booked: int
    refused: list[str]


@fixed.post(
    "/bank_files", operation_id="give_bank_file", summary=noop("口座明細の取り込み"), response=BankFileTaken
)
def give_bank_file(request: Asked, body: BankFileGiven) -> Answer:
    """CSV or 全銀; lines that are known already are counted and not kept again."""
    _need(request.auth.viewer)
    try:
        data = base64.b64decode(body.content, validate=True)
    except (binascii.Error, ValueError) as error:
        sentence = _("ファイルの中身をBase64で送ってください。")
        raise Invalid([FieldProblem("content", sentence, code="invalid")]) from error
    columns = _columns(body.columns)
    found = bank.take_in(body.name, data, columns, by=request.auth.person, today=timezone.localdate())
    if isinstance(found, bank.Unclear):
        sentence = _("どの列が何か分かりません。columns で教えてください。見出し: %(headings)s")
        said = {"headings": "、".join(found.sheet.headings)[:500]}
        raise Invalid([FieldProblem("columns", sentence % said, code="unclear")])
    file = found.file
    wrong = [number for number, _code in found.wrong]
    return Answer(
        {"new": file.lines_new, "known": file.lines_known, "others": file.lines_other, "wrong": wrong}
    )


@fixed.get("/bank_lines", operation_id="list_bank_lines", summary=noop("口座明細と提案"), response=BankLines)
def list_bank_lines(request: Asked, state: str = "waiting") -> Answer:
    """waiting with a proposal each, booked, aside."""
    viewer = request.auth.viewer
    _need(viewer)
    if state == "waiting":
        found = proposing.propose(bank.waiting(), viewer)
    else:
        rows = BankLine.objects.filter(state=state).select_related("payment").order_by("-day", "-pk")
        found = [proposing.Proposal(line) for line in rows[:SHOWN]]
    return Answer({"lines": [_line(each) for each in found]})


@fixed.post("/bank_lines/book_sure", operation_id="book_sure_bank_lines", summary=noop("確実な明細の記録"), response=BookedSure)  # noqa: E501  # fmt: skip
def book_sure_bank_lines(request: Asked) -> Answer:
    """Those whose payer is known and whose amount fits."""
    _need(request.auth.viewer)
    done, refused = bank.book_sure(by=request.auth.person, today=timezone.localdate())
    return Answer({"booked": done, "refused": refused})


@fixed.post(
    "/bank_lines/{line}/book", operation_id="book_bank_line", summary=noop("口座明細の記録"), openapi_extra=PAYMENT
)  # fmt: skip
def book_bank_line(request: Asked, line: int, body: BankLineBooked) -> Answer:
    """As a payment of the proposed customer or of the one that is named; his name is remembered."""
    found = _bank_line(request.auth.viewer, line)
    account = _record(request, "accounts", body.account) if body.account else None
    made = bank.book(found, account, body.fee, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "payments"), made)


@fixed.post("/bank_lines/{line}/aside", operation_id="put_aside_bank_line", summary=noop("口座明細を対象外に"), response=BankLineShown)  # noqa: E501  # fmt: skip
def put_aside_bank_line(request: Asked, line: int) -> Answer:
    """No customer's money."""
    found = bank.put_aside(_bank_line(request.auth.viewer, line), by=request.auth.person)
    return Answer(_line(proposing.Proposal(found)))


@fixed.post("/bank_lines/{line}/take_up", operation_id="take_up_bank_line", summary=noop("口座明細を確認待ちに"), response=BankLineShown)  # noqa: E501  # fmt: skip
def take_up_bank_line(request: Asked, line: int) -> Answer:
    """To be looked at again."""
    found = bank.take_up(_bank_line(request.auth.viewer, line), by=request.auth.person)
    return Answer(_line(proposing.Proposal(found)))


def _line(proposal: proposing.Proposal) -> dict[str, Any]:
    line = proposal.line
    parts = [
        {"invoice": str(part.invoice.uid), "number": part.invoice.number, "amount": part.amount}
        for part in proposal.parts
    ]
    return {
        "id": line.pk, "day": line.day.isoformat(), "amount": line.amount, "payer": line.payer, "state": line.state,
        "taken_back": line.taken_back, "payment": str(line.payment.uid) if line.payment else None,
        "account": str(proposal.account.uid) if proposal.account else None, "why": proposal.why, "fee": proposal.fee,
        "left": proposal.left, "sure": proposal.sure, "parts": parts,
    }  # fmt: skip


def _columns(said: dict[str, int] | None) -> Columns | None:
    if said is None:
        return None
    known = {"day", "year", "month", "dom", "came", "both", "payer", "remark"}
    if unknown := sorted(set(said) - known):
        raise Invalid(
            [FieldProblem("columns", _("この列は使えません: %(key)s") % {"key": unknown[0]}, code="unknown")]
        )
    return Columns(**{key: at for key, at in said.items() if at >= 0})


def _need(viewer: Viewer) -> None:
    object_of(viewer, "payments")
    if not bank.may_use(viewer):
        raise Forbidden


def _bank_line(viewer: Viewer, key: int) -> BankLine:
    _need(viewer)
    found = BankLine.objects.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def _record(request: Asked, slug: str, uid: str) -> Any:
    viewer = request.auth.viewer
    return record_of(viewer, object_of(viewer, slug), uid)
