"""How the firm quotes, as the administrator sets it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.documents.lines import plain
from daifuku.quotes.actions import edit_policy
from daifuku.quotes.models.policy import Policy, policy
from daifuku.records.views import telling
from daifuku.staff.history import lines_about
from daifuku.staff.models import Role
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in

NUMBER = {"inputmode": "decimal", "autocomplete": "off"}


class PolicyForm(Quiet):
    discount_limit = forms.CharField(
        label=gettext_lazy("承認が必要な値引率（%を超えるとき）"),
        required=False,
        widget=forms.TextInput(NUMBER),
    )
    margin_limit = forms.CharField(
        label=gettext_lazy("承認が必要な粗利率（%未満のとき）"), required=False, widget=forms.TextInput(NUMBER),
        help_text=gettext_lazy("原価のわからない行は、原価0円として調べます。"),
    )  # fmt: skip
    amount_limit = forms.CharField(
        label=gettext_lazy("承認が必要な金額（税込み、円以上）"),
        required=False,
        widget=forms.TextInput(NUMBER),
    )
    approvers = forms.MultipleChoiceField(
        label=gettext_lazy("承認する役割"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("申請した本人は承認できません。"),
    )  # fmt: skip
    valid_days = forms.CharField(
        label=gettext_lazy("有効期限までの日数"), required=False, widget=forms.TextInput(NUMBER)
    )
    payment = forms.CharField(
        label=gettext_lazy("支払条件"), required=False, max_length=200,
        help_text=gettext_lazy("取引先の支払条件がないときに使います。例: 月末締め翌月末払い"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["approvers"].choices = [(role.key, str(role)) for role in Role.objects.all()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), policy()
    form = PolicyForm(request.POST or None, initial=_initial(now))
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        with told_in(form):
            edit_policy(sent, by=by, version=sent.pop("version"))
            telling.done(request, _("設定を保存しました。"), telling.written())
            return redirect("quotes:settings")
    viewer = request.viewer  # type: ignore[attr-defined]
    history = lines_about("quote_policy", now.pk, viewer) if now.pk else []
    status = 422 if form.errors else 200
    return render(request, "quotes/settings.html", {"form": form, "history": history}, status=status)


def _initial(now: Policy) -> dict[str, Any]:
    start: dict[str, Any] = {name: getattr(now, name) for name in (*Policy.FIELDS, "version")}
    for name in ("discount_limit", "margin_limit"):
        start[name] = "" if start[name] is None else plain(Decimal(str(start[name])))
    return start
