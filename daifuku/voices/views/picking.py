"""お客様の声にする: the words are there, one press says what they are about."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.voices import actions
from daifuku.voices.actions.picking import says_less, text_of
from daifuku.voices.panels import topics


@require_http_methods(["GET", "HEAD", "POST"])
def pick_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, talk = record_at(request, "talks", uid)
    said = text_of(talk, viewer_at(request))
    object_at(request, "voices", "create")
    sent, problem = request.POST, ""
    if request.method == "POST":
        values = {name: sent.get(name, "") for name in ("text", "product", "topic")}
        try:
            voice = actions.pick(talk, values, by=viewer_at(request).person)
            sentence = _("お客様の声「%(voice)s」を登録しました。")
            telling.done(request, sentence % {"voice": voice}, telling.written(voice))
            return redirect(talk.get_absolute_url())
        except DomainError as error:
            if not error.mendable:
                raise
            problem = " ".join(str(each.message) for each in error.problems) or str(error.message)
    context = {
        "talk": talk, "topics": topics(), "problem": problem, "text": sent.get("text", said),
        "product": sent.get("product", ""), "closed": says_less(talk),
    }  # fmt: skip
    return render(request, "voices/pick.html", context, status=422 if problem else 200)
