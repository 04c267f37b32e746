"""The page of what a person was told, newest first, and the ways to mark it as read."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.whole import whole
from daifuku.messages.models import Notice
from daifuku.messages.notices import read, unread_count
from daifuku.messages.notices import read_all as mark_all
from daifuku.messages.sharing import groups
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.views.finding import me

PAGE = 50


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    person, kind = me(request), request.GET.get("kind", "")
    only_unread = request.GET.get("unread") == "1"
    found = groups.narrowed(Notice.objects.filter(person=person), kind)
    found = found.unread() if only_unread else found
    if (before := whole(request.GET.get("before"))) is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    newest = Notice.objects.filter(person=person).values_list("uid", flat=True).first()
    context = {
        "notices": rows[:PAGE], "more": more, "unread": unread_count(person), "kind": kind, "newest": newest,
        "only_unread": only_unread, "groups": groups.choices(),
    }  # fmt: skip
    return render(request, "messages/notices.html", context)


@require_safe
@never_cache
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leads to what the notice is about; having gone there is having read it."""
    return redirect(read(me(request), uid).url or "messages:notices")


@require_POST
def read_one(request: HttpRequest, uid: UUID) -> HttpResponse:
    back = request.POST.get("back", "")
    read(me(request), uid)
    return redirect(back if back.startswith(f"{reverse('messages:notices')}?") else "messages:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Up to the newest that the page showed: what came in since stays unread."""
    mark_all(me(request), up_to=as_uid(request.POST.get("newest", "")))
    return redirect("messages:notices")
