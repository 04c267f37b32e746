"""One press and a task is done; another one and it is not."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.activities.actions.completing import complete
from daifuku.activities.actions.repeating import next_of
from daifuku.activities.showing import task_line
from daifuku.foundation import drawing, toast
from daifuku.records.views import telling
from daifuku.records.views.answering import is_fragment
from daifuku.records.views.finding import record_at, viewer_at


@require_POST
def turn_task(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`state` says what is meant, so that a second press of the same button changes nothing."""
    _object_type, task = record_at(request, "tasks", uid, action="edit")
    viewer, done = viewer_at(request), request.POST.get("state", "done") != "open"
    task = complete(task, by=viewer.person, done=done)
    sentence = _("「%(task)s」を完了にしました。") if done else _("「%(task)s」を未完了に戻しました。")
    sentence, event = sentence % {"task": task}, telling.written(task)
    if done and (following := next_of(task)) is not None and following.due_on is not None:
        sentence += _("次は%(day)sです。") % {"day": drawing.short(following.due_on)}
    if not is_fragment(request):
        telling.done(request, sentence, event)
        return redirect(task.get_absolute_url())
    response = render(request, "activities/parts/task.html", {"line": task_line(task, viewer, ())})
    return toast.undoable(response, sentence, event) if event else toast.said(response, sentence)
