"""The firm's own particulars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import NotFound
from daifuku.staff import actions
from daifuku.staff.history import lines_about
from daifuku.staff.models import Company
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in


class CompanyForm(Quiet):
    name = forms.CharField(label=_lazy("会社名"), max_length=120)
    kana = forms.CharField(label=_lazy("会社名カナ"), max_length=120, required=False)
    postal_code = forms.CharField(label=_lazy("郵便番号"), max_length=12, required=False)
    address = forms.CharField(label=_lazy("住所"), max_length=200, required=False)
    phone = forms.CharField(label=_lazy("電話番号"), max_length=40, required=False)
    corporate_number = forms.CharField(
        label=_lazy("法人番号"), max_length=20, required=False, help_text=_lazy("13桁の数字です。")
    )
    invoice_number = forms.CharField(
        label=_lazy("インボイス登録番号"),
        max_length=20,
        required=False,
        help_text=_lazy("「T」と13桁の数字です。"),
    )
    fiscal_start_month = forms.TypedChoiceField(
        label=_lazy("会計年度の開始月"), choices=list(MONTHS.items()), coerce=int
    )
    second_factor_required = forms.BooleanField(
        label=_lazy("二段階認証を必須にする"),
        required=False,
        help_text=_lazy("設定していない人は、次の操作のときに設定画面へ案内されます。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def company(request: HttpRequest) -> HttpResponse:
    by, company = with_power(request, "settings"), Company.objects.first()
    if company is None:
        raise NotFound
    form = CompanyForm(request.POST or None, initial=_initial(company))
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        version = changes.pop("version")
        with told_in(form):
            actions.edit_company(changes, by=by, version=version)
            messages.success(request, _("会社情報を保存しました。"))
            return redirect("staff:company")
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"form": form, "history": lines_about("company", company.pk, viewer, company.name)}
    return render(request, "staff/company.html", context, status=422 if form.errors else 200)


def _initial(company: Company) -> dict[str, Any]:
    return {name: getattr(company, name) for name in CompanyForm.base_fields}
