"""Into the trash and back: nothing asks whether one is sure, because it can be undone."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.records import actions
from daifuku.records.catalogue import registry
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at

SHOWN = 200


@require_POST
def trash(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Stays on the record's page, which now says that it lies in the trash and offers to bring it back."""
    _object_type, record = record_at(request, slug, uid)
    record = actions.trash(record, by=viewer_at(request).person)
    sentence = _("「%(name)s」をごみ箱に入れました。") % {"name": record}
    telling.done(request, sentence, telling.written(record))
    return redirect(record)


@require_POST
def restore(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    _object_type, record = record_at(request, slug, uid, trashed=True)
    record = actions.restore(record, by=viewer_at(request).person)
    messages.success(request, _("「%(name)s」をごみ箱から戻しました。") % {"name": record})
    return redirect(record)


@require_safe
def trash_page(request: HttpRequest) -> HttpResponse:
    """What lies in the trash, the youngest first, a table for each kind of record."""
    viewer = viewer_at(request)
    found = []
    for object_type in registry.known_to(viewer):
        thrown = object_type.model.objects.trash_of(viewer).order_by("-trashed_at", "-pk")
        if rows := list(thrown[: SHOWN + 1]):
            found.append((object_type, rows[:SHOWN], len(rows) > SHOWN))
    return render(request, "records/trash.html", {"found": found})
