"""What counts as an actual figure, as the administrator sets it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.forecast import sources
from daifuku.forecast.actions import edit_setting
from daifuku.forecast.models import setting
from daifuku.records.views import telling
from daifuku.staff.history import lines_about
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in


class SettingForm(Quiet):
    basis = forms.ChoiceField(
        label=gettext_lazy("実績の基準"), widget=forms.RadioSelect,
        help_text=gettext_lazy("予実のページで最初に出る基準です。ページの上でいつでも切り替えられます。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offered = [(source.key, source.label) for source in sources.every() if source.basis]
        self.fields["basis"].choices = offered  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), setting()
    form = SettingForm(request.POST or None, initial={"basis": now.basis, "version": now.version})
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        with told_in(form):
            edit_setting(sent, by=by, version=sent.pop("version"))
            telling.done(request, _("設定を保存しました。"), telling.written())
            return redirect("forecast:settings")
    viewer = request.viewer  # type: ignore[attr-defined]
    history = lines_about("forecast_setting", now.pk, viewer) if now.pk else []
    status = 422 if form.errors else 200
    return render(request, "forecast/settings.html", {"form": form, "history": history}, status=status)
