"""口座明細: the bank's file is given in, its lines stand with a proposal each, and are booked by one press."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.billing import bank_csv, proposing
from daifuku.billing.actions import bank as actions
from daifuku.billing.models import BankFile, BankLine
from daifuku.billing.objects.payment import PAYMENT
from daifuku.billing.views.payments import created
from daifuku.customers.models import Account
from daifuku.foundation.errors import DomainError, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Money, RecordLink, Refused
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at

SHOWN = 100
LARGEST_AGAIN = 1_000_000
WHATS = (
    ("day", _later("入金日")), ("came", _later("入金額（入金だけの列）")),
    ("both", _later("入出金額（出金がマイナスの列）")),
    ("payer", _later("振込名義・摘要")), ("remark", _later("補足")),
)  # fmt: skip


@require_safe
def bank_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """A file, or the same once more with what its columns are."""
    need(request)
    name, data = _given(request)
    columns = _columns(request) if "columns" in request.POST else None
    try:
        found = actions.take_in(name, data, columns, by=viewer_at(request).person, today=timezone.localdate())
    except DomainError as error:
        if error.status != 422:
            raise
        return _page(request, refused=error.message)
    if isinstance(found, actions.Unclear):
        return _ask_columns(request, name, data, found, asked=columns is not None)
    _tell(request, found)
    return redirect("billing:bank")


@require_POST
def book(request: HttpRequest, line: int) -> HttpResponse:
    found, viewer = _line(request, line), viewer_at(request)
    try:
        account, fee = _said(request, viewer)
        payment = actions.book(found, account, fee, by=viewer.person, today=timezone.localdate())
    except DomainError as error:
        if error.status not in {409, 422}:
            raise
        return _page(request, refused=error.message, at=found.pk)
    said = {"line": found, "account": payment.account}
    telling.done(request, _("%(line)s を %(account)s の入金として記録しました。") % said, _undo_of(payment))
    return redirect("billing:bank")


@require_POST
def book_sure(request: HttpRequest) -> HttpResponse:
    need(request)
    done, refused = actions.book_sure(by=viewer_at(request).person, today=timezone.localdate())
    if refused:
        return _page(request, refused=" ".join(refused[:5]))
    words = ngettext("%(n)s件の入金を記録しました。", "%(n)s件の入金を記録しました。", done) % {"n": done}
    telling.done(request, words)
    return redirect("billing:bank")


@require_POST
def aside(request: HttpRequest, line: int) -> HttpResponse:
    actions.put_aside(_line(request, line), by=viewer_at(request).person)
    telling.done(request, _("対象外にしました。「対象外」から戻せます。"))
    return redirect("billing:bank")


@require_POST
def take_up(request: HttpRequest, line: int) -> HttpResponse:
    actions.take_up(_line(request, line), by=viewer_at(request).person)
    telling.done(request, _("確認待ちに戻しました。"))
    return redirect("billing:bank")


def need(request: HttpRequest) -> None:
    """Raises NotFound where somebody may not know of payments at all, Forbidden where he keeps not everybody's."""
    viewer = viewer_at(request)
    if not viewer.may("payment", "view"):
        raise NotFound
    if not actions.may_use(viewer):
        raise Forbidden


def _page(request: HttpRequest, refused: str = "", at: int = 0) -> HttpResponse:
    need(request)
    viewer, state = viewer_at(request), request.GET.get("state", "waiting")
    state = state if state in {"waiting", "booked", "aside"} else "waiting"
    if state == "waiting":
        proposals = proposing.propose(actions.waiting(), viewer)
        sure = sum(each.sure for each in proposals)
        proposals = sorted(proposals, key=lambda each: not each.sure)[:SHOWN]
    else:
        sure = 0
        rows = BankLine.objects.filter(state=state).select_related("payment__account").order_by("-day", "-pk")
        proposals = [proposing.Proposal(line) for line in rows[:SHOWN]]
    context: dict[str, Any] = {
        "rows": [(each, _form(each, viewer, request, at)) for each in proposals], "sure": sure, "state": state,
        "refused": refused, "at": at,
        "tabs": [(key, label, _count(key)) for key, label in BankLine.STATES], "most": SHOWN,
        "files": BankFile.objects.select_related("read_by")[:5],
    }  # fmt: skip
    return render(request, "billing/bank.html", context, status=422 if refused else 200)


def _form(proposal: proposing.Proposal, viewer: Any, request: HttpRequest, at: int) -> RecordForm | None:
    """Where it is not certain who paid, he can be chosen; what was typed stands there again."""
    line = proposal.line
    if line.state != "waiting" or proposal.sure or line.taken_back:
        return None
    asked = [vocabulary.fields_of("payment")[key] for key in ("account", "fee")]
    start = {"account": str(proposal.account.uid)} if proposal.account else {}
    sent = request.POST if at == line.pk else None
    return RecordForm(PAYMENT, asked, viewer, data=sent, initial=start, prefix_id=f"line{line.pk}")


def _count(state: str) -> int:
    return BankLine.objects.filter(state=state).count()


def _given(request: HttpRequest) -> tuple[str, bytes]:
    """The file itself; or, with the answer about its columns, what of it was kept in the form."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > actions.LARGEST:
            return file.name or "", b""
        return file.name or "", file.read()
    try:
        return request.POST.get("name", ""), base64.b64decode(request.POST.get("kept", ""), validate=True)
    except (binascii.Error, ValueError):
        return "", b""


def _columns(request: HttpRequest) -> bank_csv.Columns:
    said = {what: request.POST.get(f"column-{what}", "") for what, _label in WHATS}
    return bank_csv.Columns(
        **{what: int(at[:4]) for what, at in said.items() if at.isascii() and at.isdigit()}
    )


def _ask_columns(
    request: HttpRequest, name: str, data: bytes, found: actions.Unclear, *, asked: bool
) -> HttpResponse:
    columns = found.columns.as_json()
    context = {
        "name": name, "kept": base64.b64encode(data).decode() if len(data) <= LARGEST_AGAIN else "", "asked": asked,
        "headings": list(enumerate(found.sheet.headings)), "rows": [cells for _n, cells in found.sheet.rows[:4]],
        "whats": [(what, label, columns[what]) for what, label in WHATS],
    }  # fmt: skip
    return render(request, "billing/bank_columns.html", context, status=422 if asked else 200)


def _tell(request: HttpRequest, found: actions.Taken) -> None:
    file = found.file
    said = {"new": file.lines_new, "known": file.lines_known, "others": file.lines_other}
    words = _("入金の明細を%(new)s件取り込みました。") % said
    if file.lines_known:
        words += _("%(known)s件は取り込み済みのため、重ねて登録していません。") % said
    if found.wrong:
        lines = "、".join(str(number) for number, _code in found.wrong[:10])
        words += _("%(count)s行は日付か金額を読めませんでした（%(lines)s行目）。") % {
            "count": len(found.wrong), "lines": lines,
        }  # fmt: skip
    telling.done(request, words)


def _line(request: HttpRequest, line: int) -> BankLine:
    need(request)
    found = BankLine.objects.filter(pk=line).first()
    if found is None:
        raise NotFound
    return found


def _said(request: HttpRequest, viewer: Any) -> tuple[Account | None, int | None]:
    """Who was chosen, None: as proposed; and the fee, None: as it is reckoned."""
    sent = request.POST
    said, label = sent.get("account", "").strip(), sent.get("account.label", "").strip()
    uid = sent.get("account.uid", "")
    try:
        account = RecordLink("account").clean(uid if uid and (said == label or not said) else said, viewer)
        fee = Money().clean(sent.get("fee", ""))
    except Refused as error:
        raise Invalid([FieldProblem("account", error.message, code=error.code)]) from error
    if fee is not None and fee < 0:
        raise Invalid([FieldProblem("fee", _("手数料は0円以上で入力してください。"), code="negative")])
    return account, fee


def _undo_of(payment: Any) -> Any:
    return created(payment) or telling.written(payment)
