"""What is done with a voice: somebody takes it on, its countermeasure is decided, it is answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import DomainError
from daifuku.records.actions import edit
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.voices import actions
from daifuku.voices.models import Voice

ANSWER, MEASURE = ("answer", "countermeasure"), ("countermeasure", "solver", "due_on", "severity", "product")


@require_POST
def take(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    voice = actions.take(_voice(request, uid), by=viewer_at(request).person)
    telling.done(request, _("対策の担当になりました。"), telling.written(voice))
    return redirect(voice.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    voice, dropped = _voice(request, uid), request.POST.get("do") == "drop"
    by = viewer_at(request).person
    page = {
        "title": _("「%(voice)s」に回答する") % {"voice": voice}, "answering": True,
        "lead": _("回答は、聞いた人とお客様の担当に知らせ、お客様のページと次の予定に表示します。"),
    }  # fmt: skip
    done = _("見送りにしました。") if dropped else _("回答しました。聞いた人に知らせます。")
    return _page(
        request, voice, ANSWER, page, lambda v: actions.answer(voice, v, by=by, dropped=dropped), done
    )


@require_http_methods(["GET", "HEAD", "POST"])
def measure_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    voice, by = _voice(request, uid), viewer_at(request).person
    page = {
        "title": _("「%(voice)s」の対策") % {"voice": voice},
        "lead": _("だれが、いつまでに、何をするかを決めます。担当になった人に知らせます。"),
    }  # fmt: skip

    def act(values: dict[str, Any]) -> Voice:
        begun = {"state": "doing"} if voice.state == "new" and values.get("solver") else {}
        changed: Voice = edit(voice, {**values, **begun}, by=by)
        return changed

    return _page(request, voice, MEASURE, page, act, _("対策を保存しました。"))


def _voice(request: HttpRequest, uid: uuid.UUID) -> Voice:
    voice: Voice = record_at(request, "voices", uid, action="edit")[1]
    return voice


def _page(
    request: HttpRequest,
    voice: Voice,
    asked: Sequence[str],
    page: dict[str, Any],
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    viewer = viewer_at(request)
    known = vocabulary.editable_for(viewer, "voice")
    fields = [known[key] for key in asked if key in known]
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(registry.get("voice"), fields, viewer, record=voice, data=sent)
    if sent is not None:
        try:
            act(form.values())
            telling.done(request, done, telling.written(voice))
            return redirect(voice.get_absolute_url())
        except DomainError as error:
            if not error.mendable:
                raise
            form.tell(error)
    context = {"voice": voice, "form": form, **page}
    return render(request, "voices/turn.html", context, status=422 if form.is_bound else 200)
