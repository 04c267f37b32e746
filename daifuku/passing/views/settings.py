"""Whether leads are passed on to sales, when one is ready, to whom, after how long who leads is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.distribution.house import House
from daifuku.passing.actions import edit_setup
from daifuku.passing.models import Setup, Target, setup
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.records.views import telling
from daifuku.staff.models import Team
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted


class SetupForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.BooleanField(
        label=Setup._meta.get_field("on").verbose_name, required=False,
        help_text=gettext_lazy("オフにすると、引き渡しのボタンは出ません。待っている引き渡しには、そのまま返事ができます。"),
    )  # fmt: skip
    automatic = forms.BooleanField(
        label=Setup._meta.get_field("automatic").verbose_name, required=False,
        help_text=gettext_lazy("オンにしたあとに登録・変更された見込み客が対象です。一度戻された見込み客は、手で引き渡します。"),
    )  # fmt: skip
    target = forms.ChoiceField(
        label=Setup._meta.get_field("target").verbose_name, choices=Target.choices,
        help_text=gettext_lazy("手で引き渡すときは、人やチームを選ぶこともできます。"),
    )  # fmt: skip
    team = forms.ChoiceField(label=gettext_lazy("チーム"), required=False)
    hours = forms.CharField(
        label=Setup._meta.get_field("hours").verbose_name,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("営業時間で数えます。担当者が休みの時間は入れません。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        teams = [("", _("指定しない")), *((str(team.pk), str(team)) for team in Team.objects.all())]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), setup()
    names = ("version", "on", "automatic", "target", "hours")
    start = {name: getattr(now, name) for name in names} | {"team": now.team_id or ""}
    form = SetupForm(request.POST or None, initial=start)
    written = condition_form.read(request.POST) if request.method == "POST" else now.condition

    def save(values: dict[str, Any]) -> None:
        changes = {**values, "condition": written}
        edit_setup(changes, by=by, version=changes.pop("version"))

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("passing:settings")
    condition = parse_leniently(written, "lead", House())
    context = {
        "form": form, "editor": condition_form.editor(condition, House()), "of_type": registry.get("lead"),
    }  # fmt: skip
    return render(request, "passing/settings.html", context, status=422 if form.errors else 200)
