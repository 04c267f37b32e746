"""What was paid, and who agreed to pay at all. The program moves no money: people write down what they did."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.duties.actions.snoozing import day_from
from daifuku.duties.views.finding import Back
from daifuku.duties.views.verb import verb_page
from daifuku.duties.whose import POWER
from daifuku.foundation.errors import NotFound
from daifuku.penalties.actions import cancel_payment, consent, record_payment, take_back_consent
from daifuku.penalties.actions.consenting import words_of
from daifuku.penalties.models import Consent, Mode, Payment
from daifuku.penalties.models.terms import terms
from daifuku.penalties.statement import months_until
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted


class PaymentForm(Quiet):
    person = forms.ChoiceField(label=gettext_lazy("だれから"))
    month = forms.ChoiceField(label=gettext_lazy("対象の月"))
    amount = forms.CharField(
        label=pgettext_lazy("payment", "金額（円）"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    paid_on = forms.CharField(
        label=gettext_lazy("受領日"),
        required=False,
        widget=forms.TextInput({"type": "date", "autocomplete": "off"}),
    )
    note = forms.CharField(label=gettext_lazy("備考"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        people = [(str(each.uid), str(each)) for each in Person.objects.working()]
        months = [
            (f"{each:%Y-%m}", _("%(year)s年%(month)s月") % {"year": each.year, "month": each.month})
            for each in months_until(timezone.localdate(), terms())
        ]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["month"].choices = months  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def pay_page(request: HttpRequest) -> HttpResponse:
    by, today = with_power(request, POWER), timezone.localdate()
    start = {
        "person": request.GET.get("who", ""),
        "month": request.GET.get("month", ""),
        "paid_on": today.isoformat(),
    }

    def act(values: dict[str, Any]) -> None:
        person = Person.objects.get(uid=values["person"])
        month = day_from(f"{values['month']}-01")
        record_payment(person, month, values["amount"], day_from(values["paid_on"]), values["note"], by=by)

    return verb_page(
        request, PaymentForm(request.POST or None, initial=start), act,
        back=Back("penalties:statement", _("入力漏れの台帳")), title=_("支払いを記録"), button=_("記録する"),
        done=_("支払いを記録しました。"),
        lead=_("本人から受け取ったものを書き留めます。給与から自動で引くことはありません。"),
    )  # fmt: skip


@require_POST
def cancel_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by = with_power(request, POWER)
    found = Payment.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound
    cancel_payment(found, by=by)
    telling.done(request, _("支払いの記録を取り消しました。"), telling.written())
    return redirect("penalties:statement")


class ConsentForm(Quiet):
    name = forms.CharField(label=gettext_lazy("氏名（署名の代わり）"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def consent_page(request: HttpRequest) -> HttpResponse:
    """One's own alone: nobody agrees for somebody else."""
    by, rules = viewer_at(request).person, terms()
    agreed = Consent.objects.filter(person=by, withdrawn_at__isnull=True).first()
    if not (rules.on and rules.mode == Mode.FUND) and agreed is None:
        raise NotFound
    form = ConsentForm(request.POST if request.POST.get("do") != "take_back" else None)
    if request.method == "POST":
        if request.POST.get("do") == "take_back":
            take_back_consent(by=by)
            telling.done(
                request, _("同意を取り消しました。これからの記帳は点数だけになります。"), telling.written()
            )
            return redirect("penalties:statement")
        if accepted(form, lambda values: consent(values["name"], by=by)):
            telling.done(request, _("同意を記録しました。いつでも取り消せます。"), telling.written())
            return redirect("penalties:statement")
    context = {"form": form, "agreed": agreed, "agreement": words_of(rules.amount)}
    return render(request, "penalties/consent.html", context, status=422 if form.errors else 200)
