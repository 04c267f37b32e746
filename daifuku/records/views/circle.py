"""Who follows a record, whose favourite it is, and whom it is opened to."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.ledger.models import Event
from daifuku.records import panels
from daifuku.records.actions import marking, sharing
from daifuku.records.views.answering import is_fragment, panel_again, refused_again
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.telling import written
from daifuku.staff.models import Person, Team

PANEL = "records/panels/circle.html"


@require_POST
def follow(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """`on` follows, without it the person stops following."""
    object_type, record = record_at(request, slug, uid)
    on = bool(request.POST.get("on"))
    (marking.follow if on else marking.unfollow)(record, by=viewer_at(request).person)
    sentence = _("フォローしました。変更があるとお知らせします。") if on else _("フォローをやめました。")
    return _again(request, object_type, record, sentence)


@require_POST
def favourite(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """`on` puts it among the favourites, without it it leaves them."""
    object_type, record = record_at(request, slug, uid)
    on = bool(request.POST.get("on"))
    (marking.add_favourite if on else marking.remove_favourite)(record, by=viewer_at(request).person)
    sentence = _("お気に入りに入れました。") if on else _("お気に入りから外しました。")
    return _again(request, object_type, record, sentence)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """GET shows the form, in the panel or as a page of its own."""
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer = viewer_at(request)
    if request.method != "POST":
        page = {"object_type": object_type, "record": record, "teams": Team.objects.all()}
        page["has_talks"] = sharing.has_talks(record)
        page["people"] = Person.objects.working().exclude(pk=viewer.pk)
        template = "records/parts/share_form.html" if is_fragment(request) else "records/share.html"
        return render(request, template, page)
    try:
        guest = _guest(request.POST.get("guest", ""))
        may_edit, with_talks = (bool(request.POST.get(name)) for name in ("may_edit", "with_talks"))
        sharing.share(record, guest, by=viewer.person, may_edit=may_edit, with_talks=with_talks)
    except DomainError as error:
        return refused_again(request, object_type, record, PANEL, panels.circle(record, viewer), error)
    sentence = _("%(guest)sと共有しました。") % {"guest": guest}
    return _again(request, object_type, record, sentence, written(record))


@require_POST
def unshare(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer, guest = viewer_at(request), _guest(request.POST.get("guest", ""))
    sharing.unshare(record, guest, by=viewer.person)
    sentence = _("%(guest)sとの共有をやめました。") % {"guest": guest}
    return _again(request, object_type, record, sentence, written(record))


def _guest(word: str) -> Person | Team:
    """`person:3` or `team:2`, as the list of the form offers them."""
    if not word:
        raise Conflict(_("共有する相手を選んでください。"), code="required", field="guest")
    kind, _colon, key = word.partition(":")
    model = {"person": Person, "team": Team}.get(kind)
    found = model._default_manager.filter(pk=whole(key)).first() if model else None
    if found is None or (isinstance(found, Person) and not found.is_active):
        raise NotFound
    return found  # type: ignore[return-value]


def _again(
    request: HttpRequest, object_type: Any, record: Any, sentence: str, event: Event | None = None
) -> HttpResponse:
    context = panels.circle(record, viewer_at(request))
    return panel_again(request, object_type, record, PANEL, context, sentence, event)
