"""Tags of a record: put on, taken off."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records import panels
from daifuku.records.actions import tagging
from daifuku.records.views.answering import panel_again, refused_again
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.telling import written

PANEL = "records/panels/tags.html"


@require_POST
def put_tag(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer, name = viewer_at(request), request.POST.get("name", "")
    try:
        tag = tagging.put_tag(record, name, by=viewer.person)
    except DomainError as error:
        context = panels.tags(record, viewer) | {"typed": name}
        return refused_again(request, object_type, record, PANEL, context, error)
    return _again(request, object_type, record, _("タグ「%(tag)s」をつけました。") % {"tag": tag.name})


@require_POST
def remove_tag(request: HttpRequest, slug: str, uid: uuid.UUID, pk: int) -> HttpResponse:
    object_type, record = record_at(request, slug, uid, action="edit")
    tag = tagging.tags_of(record).filter(pk=pk).first()
    if tag is None:
        raise NotFound
    tagging.remove_tag(record, tag, by=viewer_at(request).person)
    return _again(request, object_type, record, _("タグ「%(tag)s」を外しました。") % {"tag": tag.name})


def _again(request: HttpRequest, object_type: Any, record: Any, sentence: str) -> HttpResponse:
    viewer = viewer_at(request)
    event = written(record)
    return panel_again(request, object_type, record, PANEL, panels.tags(record, viewer), sentence, event)
