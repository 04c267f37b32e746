"""休み: one's own days and half days off, and those of whoever one leads."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.duties import groups
from daifuku.duties.actions import give_back_day_off, take_day_off
from daifuku.duties.actions.snoozing import day_from
from daifuku.duties.models import DayOff, Part
from daifuku.duties.views.finding import framed
from daifuku.foundation.errors import NotFound
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet, accepted


class DayOffForm(Quiet):
    person = forms.ChoiceField(label=gettext_lazy("だれの休みか"), required=False)
    day = forms.CharField(
        label=gettext_lazy("日付"),
        required=False,
        widget=forms.TextInput({"type": "date", "autocomplete": "off"}),
    )
    part = forms.ChoiceField(label=gettext_lazy("時間帯"), choices=Part.choices)
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        help_text=gettext_lazy("例: 有休、通院、端末の故障（書かなくてもかまいません）"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def days_off_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    people = {str(each.uid): each for each in groups.read("", viewer).people}
    form = DayOffForm(request.POST or None, initial={"person": str(viewer.person.uid)})
    if len(people) > 1:
        form.fields["person"].choices = [(key, str(each)) for key, each in people.items()]  # type: ignore[attr-defined]
    else:
        del form.fields["person"]

    def take(values: dict[str, Any]) -> None:
        person = people.get(values.get("person", ""), viewer.person)
        take_day_off(person, day_from(values["day"]), values["part"], values["reason"], by=viewer.person)

    if request.method == "POST" and accepted(form, take):
        sentence = _("休みを登録しました。入力の期限は休みのあとに延びます。")
        telling.done(request, sentence, telling.written())
        return redirect("duties:days_off")
    rows = DayOff.objects.filter(person__in=[each.pk for each in people.values()]).select_related("person")
    context: dict[str, Any] = {
        "form": form, "rows": rows[:100], "many": len(people) > 1, "today": timezone.localdate(),
    }  # fmt: skip
    return render(
        request,
        "duties/days_off.html",
        framed(request, "days_off", context),
        status=422 if form.errors else 200,
    )


@require_POST
def give_back_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    found = DayOff.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound
    give_back_day_off(found, by=viewer.person)
    telling.done(request, _("休みを取り消しました。"), telling.written())
    return redirect("duties:days_off")
