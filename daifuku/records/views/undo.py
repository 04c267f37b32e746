"""「元に戻す」: takes back what one line of the ledger says was done."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.jobs.models import Job
from daifuku.ledger import kinds
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.records import bulk
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_by_uid, sees
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """From a page of the program it leads back there; asked by a note at the foot, it answers with a note."""
    viewer = viewer_at(request)
    event = Event.objects.prefetch_related("subjects").filter(pk=pk).first()
    if event is None or not knows_of(viewer, event):
        raise NotFound
    try:
        undone = bulk.undo(event, by=viewer.person)
    except DomainError as error:
        if request.headers.get("HX-Request"):
            raise
        messages.error(request, error.message)
        return redirect(_came_from(request))
    if isinstance(undone, Job):
        return _shown_as_job(request, undone)
    sentence = _told(event, undone)
    if request.headers.get("HX-Request"):
        response = toast.said(HttpResponse(), sentence)
        response["HX-Refresh"] = "true"
        messages.success(request, sentence)
        return response
    messages.success(request, sentence)
    return redirect(_back(request, event, viewer))


def _told(event: Event, undone: Undone) -> str:
    """What was taken back, of how many, and what was not."""
    words = {"what": kinds.get(event.kind).label, "n": undone.done}
    one, many = _("「%(what)s」を元に戻しました。"), _("「%(what)s」%(n)s件を元に戻しました。")
    sentence = (one if undone.done == 1 else many) % words
    if undone.kept:
        sentence += _("その後に変更された%(n)s件はそのままです。") % {"n": len(undone.kept)}
    return sentence


def _shown_as_job(request: HttpRequest, job: Job) -> HttpResponse:
    address = reverse("jobs:job", args=[job.uid])
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def knows_of(viewer: Viewer, event: Event) -> bool:
    """Whoever sees a line's record knows of the line; of lines without one its author, and who may audit."""
    if any(_is_main(subject) for subject in event.subjects.all()):
        record = _record_of(event)
        return record is not None and sees(viewer, record, "view")
    return event.actor_id == viewer.pk or viewer.has_power("audit")


def _is_main(subject: Subject) -> bool:
    return subject.role == Subject.MAIN and registry.has(subject.object)


def _record_of(event: Event) -> Any:
    """What the line tells of, also from the trash; None where that is nothing, or gone for good."""
    for subject in event.subjects.all():
        if _is_main(subject):
            return registry.get(subject.object).model.plain.filter(pk=subject.record_id).first()
    return None


def _back(request: HttpRequest, event: Event, viewer: Viewer) -> str:
    """Where one came from; if that record went to the trash with what was taken back, to the one the line tells of."""
    came_from = _came_from(request)
    if _is_in_trash(came_from, viewer):
        record = _record_of(event)
        if record is not None and record.trashed_at is None:
            return str(record.get_absolute_url())
    return came_from


def _is_in_trash(address: str, viewer: Viewer) -> bool:
    slug, _slash, rest = urlsplit(address).path.strip("/").partition("/")
    try:
        record = seen_by_uid(registry.by_slug(slug).model, uuid.UUID(rest), viewer, trashed=True)
    except (NotFound, ValueError):
        return False
    return record is not None and record.trashed_at is not None


def _came_from(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"
