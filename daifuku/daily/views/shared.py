"""全員に共有: the form, what was shared, and one of them, to which its notice leads."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.daily import shares
from daifuku.daily.actions import share, withdraw
from daifuku.daily.actions.sharing import may_share
from daifuku.daily.models import Shared, habits
from daifuku.daily.views.common import day_in, tabs, today_of
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.comments import uid_in
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
def share_page(request: HttpRequest) -> HttpResponse:
    viewer, rules = viewer_at(request), habits()
    if not may_share(viewer):
        raise NotFound
    given = request.POST if request.method == "POST" else request.GET
    record = _record(given.get("object", ""), given.get("uid", ""), viewer)
    asked = given.get("day", "")
    day = day_in(asked, today_of(rules)) if asked else None
    page: dict[str, Any] = {
        "record": record, "object": given.get("object", ""), "uid": given.get("uid", ""), "day": asked,
        "kind": registry.of(record).name if record is not None else "", "typed": given.get("remark", ""),
        "back": reverse("daily:morning") + (f"?day={asked}" if asked else ""),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "daily/share.html", page)
    try:
        shared = share(record, page["typed"], by=viewer.person, day=day)
    except DomainError as error:
        if error.status != 422:
            raise
        return render(request, "daily/share.html", page | {"problem": error.message}, status=422)
    telling.done(request, _("全員に共有しました。"), telling.written())
    return redirect(page["back"] if asked else shared.get_absolute_url())


@require_safe
def shared_list(request: HttpRequest) -> HttpResponse:
    """For everybody; of each as much as he may know."""
    viewer = viewer_at(request)
    page = {"tabs": tabs(viewer, "shared_list"), "shared": shares.told(shares.standing()[:MOST], viewer)}
    return render(request, "daily/shared_list.html", page | {"may_share": may_share(viewer)})


@require_safe
def shared_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    found = shares.standing().filter(uid=uid).first()
    if found is None:
        raise NotFound
    (told,) = shares.told([found], viewer)
    return render(request, "daily/shared.html", {"told": told, "mine": found.by_id == viewer.pk})


@require_POST
def withdraw_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    found: Shared | None = shares.standing().filter(uid=uid).first()
    if found is None:
        raise NotFound
    withdraw(found, by=viewer_at(request).person)
    telling.done(request, _("共有を取り消しました。"))
    return redirect("daily:shared_list")


def _record(name: str, uid: str, viewer: Viewer) -> Any | None:
    """What is to be shared; nothing where only a remark is meant. Raises NotFound."""
    if not name:
        return None
    key = uid_in(uid)
    record = seen_by_uid(registry.get(name).model, key, viewer) if registry.has(name) and key else None
    if record is None:
        raise NotFound
    return record
