"""How the firm treats voices, as the administrator sets it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted
from daifuku.voices.actions.conducting import edit_conduct
from daifuku.voices.models.conduct import conduct


class ConductForm(Quiet):
    share_private = forms.BooleanField(
        label=gettext_lazy("非公開の取引先の声も、取引先の名前を伏せて全員に見せる"), required=False,
        help_text=gettext_lazy("声の本文はそのまま見えます。切ると、取引先を見られる人だけに見えます。"),
    )  # fmt: skip
    alarm_days = forms.CharField(
        label=gettext_lazy("回答がないことを知らせるまでの日数"), required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("対策の担当に知らせます。担当がいなければ、聞いた人とその上司に知らせます。0は知らせません。"),
    )  # fmt: skip
    news_days = forms.CharField(
        label=gettext_lazy("新しい回答として表示する日数"), required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("お客様のページと予定に、この日数だけ表示します。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), conduct()
    start = {name: getattr(now, name) for name in ConductForm.base_fields}
    form = ConductForm(request.POST or None, initial=start)
    if request.method == "POST" and accepted(form, lambda values: edit_conduct(values, by=by)):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("voices:settings")
    return render(request, "voices/settings.html", {"form": form}, status=422 if form.errors else 200)
