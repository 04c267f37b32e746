"""A task is told to come again."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.activities.actions.repeating import repeat_task
from daifuku.activities.models import Task
from daifuku.activities.views.repeat_form import NEVER, RepeatForm, opening
from daifuku.customers.views.verb_page import verb_page
from daifuku.records.views.finding import record_at, viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def repeat_task_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    task: Task = record_at(request, "tasks", uid, action="edit")[1]
    by = viewer_at(request).person

    def act(values: dict[str, Any]) -> None:
        repeat_task(task, None if values["unit"] == NEVER else values, by=by)

    start = opening(task.repetition, task.due_on or timezone.localdate())
    return verb_page(
        request, RepeatForm(request.POST or None, initial=start, never=True), act,
        record=task, title=_("「%(task)s」の繰り返し") % {"task": task}, button=_("設定する"),
        done=_("繰り返しを設定しました。履歴から元に戻せます。"),
        lead=_("完了にすると、次の期限のタスクができます。期限から数えます。"),
    )  # fmt: skip
