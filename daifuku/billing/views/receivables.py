"""売掛: what everybody owes, by age; of one customer his statement, on screen and as PDF; his limit of credit."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.billing import credit, owed, receivables, statement
from daifuku.billing.actions.credit import set_limit
from daifuku.billing.models import CreditLimit
from daifuku.billing.statement_paper import paper
from daifuku.documents import sealing
from daifuku.documents.views.copies import pdf_response
from daifuku.foundation.calendar import add_months
from daifuku.foundation.errors import Conflict, DomainError, Invalid, NotFound
from daifuku.records.catalogue.types import Date, Refused
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at

FILTERS = (
    ("", _later("すべて")),
    ("overdue", _later("期日超過")),
    ("over", _later("与信超過")),
    ("advance", _later("前受あり")),
)


@require_safe
def receivables_page(request: HttpRequest) -> HttpResponse:
    need(request)
    viewer, today = viewer_at(request), timezone.localdate()
    only, mine = request.GET.get("only", ""), "mine" in request.GET
    only = only if only in receivables.FILTERS else ""
    rows = receivables.rows(viewer, today, mine=mine, only=only)
    shown = [_linked(row, today) for row in rows[: receivables.MOST]]
    total = receivables.whole(rows)
    context = {
        "rows": shown, "ages": receivables.AGES, "total": _linked(total, today), "count": len(rows),
        "most": receivables.MOST, "only": only, "mine": mine, "today": today,
        "filters": [(key, label, key == only) for key, label in FILTERS],
    }  # fmt: skip
    return render(request, "billing/receivables.html", context)


@require_safe
def statement_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`begin` and `end`; where nothing is said, the last three months."""
    need(request)
    account = record_at(request, "accounts", uid)[1]
    viewer, today = viewer_at(request), timezone.localdate()
    problems: dict[str, str] = {}
    begin, end = _span(request, today, problems)
    found = statement.of(account, begin, end, viewer)
    context = {
        "account": account, "statement": found, "problems": problems, "begin": begin, "end": end,
        "row": _one(account, viewer, today), "ages": receivables.AGES, "limit": _limit(account),
        "standing": credit.standings([account], today, viewer)[account.pk],
        "may_receive": viewer.may("payment", "create"),
    }  # fmt: skip
    return render(request, "billing/statement.html", context, status=422 if problems else 200)


@require_safe
def statement_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """取引明細書, with `confirm` the 残高確認書 that the customer signs."""
    need(request)
    account = record_at(request, "accounts", uid)[1]
    today = timezone.localdate()
    begin, end = _span(request, today, {})
    found = statement.of(account, begin, end, viewer_at(request))
    if not found.whole:
        raise Conflict(
            _(
                "この取引先には、あなたから見えない請求か入金があります。書類は、すべて見える人が作成してください。"
            ),
            code="not_whole",
        )
    confirm = "confirm" in request.GET
    name = _("残高確認書") if confirm else _("取引明細書")
    content = sealing.draw(paper(found, today, confirm=confirm))
    return pdf_response(content, f"{name}_{account}_{end:%Y%m%d}.pdf", view="save" not in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
def limit_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    need(request)
    account = record_at(request, "accounts", uid, action="edit")[1]
    now = _limit(account)
    said = {"amount": str(now.amount) if now else "", "note": now.note if now else ""}
    problems: dict[str, str] = {}
    if request.method == "POST":
        said = {key: request.POST.get(key, "") for key in said}
        try:
            by = viewer_at(request).person
            set_limit(account, said["amount"], said["note"], by=by, today=timezone.localdate())
            telling.done(request, _("与信限度額を保存しました。"), telling.written(account))
            return redirect("billing:statement", account.uid)
        except Invalid as error:
            problems = {each.field: each.message for each in error.problems}
        except DomainError as error:
            if error.status != 409:
                raise
            problems = {"amount": error.message}
    context = {"account": account, "said": said, "problems": problems}
    return render(request, "billing/limit.html", context, status=422 if problems else 200)


def need(request: HttpRequest) -> None:
    """Raises NotFound where somebody may not know what is owed."""
    object_at(request, "invoices")
    if not owed.may_see(viewer_at(request)):
        raise NotFound


def _span(request: HttpRequest, today: date, problems: dict[str, str]) -> tuple[date, date]:
    found: dict[str, date | None] = {}
    for key in ("begin", "end"):
        try:
            found[key] = Date().clean(request.GET.get(key, ""))
        except Refused as error:
            found[key], problems[key] = None, str(error.message)
    end = found["end"] or today
    begin = found["begin"] or add_months(end.replace(day=1), -2)
    if begin > end:
        problems["end"] = _("終わりの日が始まりの日より前です。")
        begin = end
    return begin, end


def _linked(row: receivables.Row, today: date) -> dict[str, Any]:
    """The row with the list behind each of its numbers."""
    account = row.account
    ages = [
        (row.ages[age.key], receivables.invoices_address(today, account, age), age)
        for age in receivables.AGES
    ]
    return {
        "account": account, "row": row, "ages": ages, "advance": receivables.advances_address(account),
        "open": receivables.invoices_address(today, account),
    }  # fmt: skip


def _one(account: Any, viewer: Any, today: date) -> dict[str, Any]:
    found = receivables.rows(viewer, today, account=account)
    return _linked(found[0] if found else receivables.Row(account), today)


def _limit(account: Any) -> CreditLimit | None:
    return CreditLimit.objects.filter(account=account).select_related("set_by").first()
