"""Whom a kept view is shown to: everybody, or chosen teams and people, and which of them may change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.foundation.whole import whole
from daifuku.records import saved_views
from daifuku.records.actions import view_guests, views
from daifuku.records.actions.view_guests import Guest
from daifuku.records.models import View
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.models import Person, Team


@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """`guest` are those who stay or come, `change` those of them who may change the view, `everybody` shares it."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    view = saved_views.find(viewer, object_type.key, key)
    if not isinstance(view, View):
        raise NotFound
    if not (saved_views.owns(viewer, view) and viewer.has_power("share_views")):
        raise Forbidden
    if request.method == "POST":
        everybody = request.POST.get("everybody") == "1"
        if everybody != view.shared:
            views.share_view(view, by=viewer.person, shared=everybody)
        view_guests.show_view_to(view, _chosen(request), by=viewer.person)
        sentence = _("ビュー「%(view)s」の共有を保存しました。") % {"view": view.name}
        telling.done(request, sentence, telling.written())
        return redirect(request.path)
    now = [(_word(each), each, may) for each, may in view_guests.guests_of(view)]
    taken = {word for word, _each, _may in now}
    page: dict[str, Any] = {
        "object_type": object_type, "view": view, "guests": now,
        "people": [p for p in Person.objects.working().exclude(pk=view.owner_id) if _word(p) not in taken],
        "teams": [team for team in Team.objects.all() if _word(team) not in taken],
    }  # fmt: skip
    return render(request, "records/view_guests.html", page)


def _chosen(request: HttpRequest) -> list[Guest]:
    words = [word for word in request.POST.getlist("guest") if word]
    may_change = set(request.POST.getlist("change"))
    if request.POST.get("change-new"):
        may_change.add(words[-1] if words else "")
    return [(_guest(word), word in may_change) for word in dict.fromkeys(words)]


def _guest(word: str) -> Person | Team:
    kind, _colon, key = word.partition(":")
    model: Any = {"person": Person, "team": Team}.get(kind)
    found = model.objects.filter(pk=whole(key)).first() if model else None
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def _word(guest: Person | Team) -> str:
    return f"{'person' if isinstance(guest, Person) else 'team'}:{guest.pk}"
