"""締め請求: which day, who will be billed what, how far the run is, and what became of each customer."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.billing import closing_preview, owed
from daifuku.billing.actions import start_closing
from daifuku.billing.models import ClosingResult, ClosingRun, Invoice, InvoicePaper
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue.types import Date, Refused
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.views.forms import Quiet, told_in

RUNS, SHOWN = 24, 400


class ClosingForm(Quiet):
    """Days as text: what is no day keeps standing there with its sentence."""

    closes_on = forms.CharField(
        label=gettext_lazy("締め日"), widget=forms.TextInput({"type": "date"}),
        error_messages={"required": gettext_lazy("締め日を入力してください。")},
    )  # fmt: skip
    issued_on = forms.CharField(
        label=gettext_lazy("発行日"), required=False, widget=forms.TextInput({"type": "date"}),
        help_text=gettext_lazy("空欄なら締め日"),
    )  # fmt: skip
    with_balance = forms.BooleanField(
        label=gettext_lazy("新しいご請求がなくても、残高のある取引先に発行する"), required=False
    )

    def clean_closes_on(self) -> date:
        return _day(self.cleaned_data["closes_on"])

    def clean_issued_on(self) -> date | None:
        sent = self.cleaned_data["issued_on"]
        return _day(sent) if sent else None


@require_safe
def closing_page(request: HttpRequest) -> HttpResponse:
    """The runs so far, and the days that may be closed."""
    _need(request)
    days = closing_preview.days(timezone.localdate())
    form = ClosingForm(initial={"closes_on": days[0].isoformat()})
    runs = ClosingRun.objects.select_related("by")[:RUNS]
    return render(request, "billing/closing.html", {"form": form, "days": days[:6], "runs": runs})


@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request: HttpRequest) -> HttpResponse:
    _need(request)
    viewer, today = viewer_at(request), timezone.localdate()
    form = ClosingForm(request.POST or request.GET or None)
    rows: list[closing_preview.Row] = []
    out = set(request.POST.getlist("out"))
    if form.is_valid():
        asked = form.cleaned_data
        rows = closing_preview.rows(asked["closes_on"], viewer, with_balance=asked["with_balance"])
        if request.method == "POST":
            with told_in(form):
                run = start_closing(
                    asked["closes_on"], asked["issued_on"], by=viewer.person, today=today,
                    with_balance=asked["with_balance"], leave_out=sorted(out),
                )  # fmt: skip
                telling.done(request, _("締め請求を始めました。画面を閉じても進みます。"))
                return redirect(run.get_absolute_url())
    context = {
        "form": form, "rows": [(row, str(row.account.uid) in out) for row in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN), "sums": closing_preview.summed(rows),
    }  # fmt: skip
    return render(request, "billing/closing_preview.html", context, status=422 if form.errors else 200)


@require_safe
def run_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    object_at(request, "invoices", "view")
    viewer = viewer_at(request)
    run = ClosingRun.objects.filter(uid=uid).select_related("by").first()
    if run is None:
        raise NotFound
    only = request.GET.get("only", "")
    results = run.results.select_related("account", "invoice")
    if only in {ClosingResult.ISSUED, ClosingResult.NOTHING, ClosingResult.FAILED}:
        results = results.filter(outcome=only)
    context: dict[str, Any] = {
        "run": run, "rows": _seen(list(results[:SHOWN]), viewer), "only": only, "most": SHOWN,
        "count": results.count(), "waiting": InvoicePaper.objects.filter(invoice__closing_run=run).count(),
        "done": run.issued + run.passed + run.failed, "all": len(run.accounts), "sums": owed.may_see(viewer),
        "whole": owed.may_see(viewer) and viewer.reach("invoice", "view").everyone,
    }  # fmt: skip
    return render(request, "billing/closing_run.html", context)


def _need(request: HttpRequest) -> None:
    """Whoever closes sees what everybody owes. Raises Forbidden, NotFound."""
    object_at(request, "invoices", "create")
    if not owed.may_see(viewer_at(request)):
        raise NotFound


def _seen(results: list[ClosingResult], viewer: Any) -> list[ClosingResult]:
    """Of customers whom this person may not see nothing is told."""
    from daifuku.customers.models import Account

    keys = [each.account_id for each in results]
    accounts = set(Account.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    invoices = [each.invoice_id for each in results if each.invoice_id]
    seen = set(Invoice.objects.visible_to(viewer).filter(pk__in=invoices).values_list("pk", flat=True))
    found = [each for each in results if each.account_id in accounts]
    for each in found:
        if each.invoice_id not in seen:
            each.invoice = None
    return found


def _day(text: str) -> date:
    try:
        found: date | None = Date().clean(text)
    except Refused as error:
        raise forms.ValidationError(error.message) from error
    if found is None:
        raise forms.ValidationError(_("日付を入力してください。"))
    return found
