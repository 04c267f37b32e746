"""「お知らせの受け取り」: how, when and of what one is told; customers that one follows whole; browsers woken."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import Invalid
from daifuku.messages import mail
from daifuku.messages.models import Receiving
from daifuku.messages.push import devices, encrypting
from daifuku.messages.sharing import own, watching
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet


def _clock() -> forms.TimeInput:
    return forms.TimeInput({"type": "time"}, format="%H:%M")


class ReceivingForm(Quiet):
    quiet_from = forms.TimeField(label=_lazy("休む時間のはじめ"), widget=_clock())
    quiet_until = forms.TimeField(
        label=_lazy("休む時間のおわり"),
        widget=_clock(),
        help_text=_lazy("同じ時刻にすると、休む時間はなくなります。"),
    )
    quiet_days = forms.BooleanField(label=_lazy("土日・祝日もメールと通知を止める"), required=False)
    by_mail = forms.BooleanField(label=_lazy("メールで受け取る"), required=False)
    push_words = forms.BooleanField(
        label=_lazy("端末の通知に見出しを出す"), required=False,
        help_text=_lazy("オフにすると「お知らせがあります。」とだけ出ます。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def receiving(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    person, problems = viewer.person, []
    typed = {
        key.removeprefix("topic:"): value for key, value in request.POST.items() if key.startswith("topic:")
    }
    if request.method == "POST":
        form = ReceivingForm(request.POST)
        if form.is_valid():
            try:
                own.choose({topic: str(timing) for topic, timing in typed.items()}, by=person)
                own.be_reached(by=person, **form.cleaned_data)
                messages.success(request, _("受け取り方を保存しました。"))
                return redirect("messages:receiving")
            except Invalid as error:
                problems = [problem.message for problem in error.problems]
    else:
        form = ReceivingForm(initial=_values(own.receiving_of([person.pk])[person.pk]))
    refused = bool(problems or form.errors)
    context = {
        "form": form, "topics": _topics(person, typed), "problems": problems, "has_mail": mail.has_server(),
        "watched": watching.watched(viewer), "devices": devices.of(person), "push_key": encrypting.public_key(),
        "session": request.session.session_key,
    }  # fmt: skip
    return render(request, "messages/receiving.html", context, status=422 if refused else 200)


def _values(row: Receiving) -> dict[str, Any]:
    return {name: _whole(getattr(row, name)) for name in own.REACHED_BY}


def _whole(value: Any) -> Any:
    return value.replace(second=0, microsecond=0) if isinstance(value, time) else value


def _topics(person: Person, typed: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": key, "words": words, "firm": firm, "holds": typed.get(key, holds),
            "choices": own.choices_for(key, firm),
        }
        for key, words, firm, holds in own.topics_of(person)
    ]  # fmt: skip
