"""The checklist on a task's page: one press an item."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.activities.actions.ticking import add_items, remove_item, tick_item
from daifuku.activities.models import Task
from daifuku.activities.panels import checklist
from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.views.answering import panel_again, refused_again
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.telling import written

PANEL = "activities/panels/checklist.html"


@require_POST
def add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    object_type, task = record_at(request, "tasks", uid, action="edit")
    typed = request.POST.get("text", "")
    try:
        task = add_items(task, typed, by=viewer_at(request).person)
    except DomainError as error:
        context = {**(checklist(task, viewer_at(request)) or {}), "typed": typed}
        return refused_again(request, object_type, task, PANEL, context, error)
    return _again(request, object_type, task, _("チェックリストに追加しました。"))


@require_POST
def tick(request: HttpRequest, uid: uuid.UUID, key: str) -> HttpResponse:
    """`state` says what is meant, so that a second press of the same button changes nothing."""
    object_type, task = record_at(request, "tasks", uid, action="edit")
    done = request.POST.get("state", "done") != "open"
    task = tick_item(task, key, done=done, by=viewer_at(request).person)
    sentence = _("「%(item)s」を済みにしました。") if done else _("「%(item)s」を戻しました。")
    item = next(each["text"] for each in task.items if each["key"] == key)
    return _again(request, object_type, task, sentence % {"item": item})


@require_POST
def remove(request: HttpRequest, uid: uuid.UUID, key: str) -> HttpResponse:
    object_type, task = record_at(request, "tasks", uid, action="edit")
    task = remove_item(task, key, by=viewer_at(request).person)
    return _again(request, object_type, task, _("チェックリストから外しました。"))


def _again(request: HttpRequest, object_type: ObjectType, task: Task, sentence: str) -> HttpResponse:
    context = checklist(task, viewer_at(request)) or {}
    return panel_again(request, object_type, task, PANEL, context, sentence, written(task))
