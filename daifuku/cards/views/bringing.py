"""Cards come in: with the phone's camera, chosen, pasted or dropped, several in a row; one after the other is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.cards.actions.bringing import bring
from daifuku.cards.actions.describing import described
from daifuku.cards.models import Card, Way, setup
from daifuku.cards.views.finding import bringer_at
from daifuku.foundation.errors import DomainError
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.views import telling
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST_AT_ONCE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Works without a script as well: then all chosen files are sent at once."""
    viewer = bringer_at(request)
    problems: list[str] = []
    if request.method == "POST":
        sent = [*request.FILES.getlist("file"), *request.FILES.getlist("photo")][:MOST_AT_ONCE]
        came, problems = _bring_all(sent, request.POST, viewer)
        if came and not problems:
            words = ngettext("名刺を%(n)s枚受け取りました。", "名刺を%(n)s枚受け取りました。", came) % {
                "n": came
            }
            telling.done(request, words)
            return redirect("cards:inbox")
        if not sent:
            problems = [_("名刺の写真を選んでください。")]
    page = {
        "people": people(), "today": timezone.localdate(), "problems": problems, "typed": request.POST,
        "mail_address": setup().mail_address if setup().mail_on else "",
        "owner": request.POST.get("owner") or str(viewer.person.uid),
    }  # fmt: skip
    return render(request, "cards/new.html", page, status=422 if problems else 200)


def _bring_all(sent: list[Any], said: Any, viewer: Viewer) -> tuple[int, list[str]]:
    """Those before a refused one are kept; each refusal names its file."""
    came, problems = 0, []
    for each in sent:
        try:
            bring(each, by=viewer.person, about=described(said, viewer.person))
            came += 1
        except DomainError as error:
            problems.append(f"{each.name}: {error.message}")
    return came, problems


@require_POST
def add(request: HttpRequest) -> JsonResponse:
    """One file, in answer to a script. A second time under the same uid, or the same picture, it is there once."""
    content = request.FILES.get("file")
    try:
        viewer = bringer_at(request)
    except DomainError as error:
        return JsonResponse({"detail": error.message, "code": error.code}, status=error.status)
    if content is None:
        return JsonResponse({"detail": _("名刺の写真を選んでください。"), "code": "required"}, status=422)
    way = Way.PHOTO if request.POST.get("way") == Way.PHOTO else Way.UPLOAD
    try:
        card, fresh = bring(
            content, by=viewer.person, about=described(request.POST, viewer.person), way=way,
            uid=as_uid(request.POST.get("uid", "")),
        )  # fmt: skip
    except DomainError as error:
        return JsonResponse({"detail": error.message, "code": error.code}, status=error.status)
    return JsonResponse({"uid": str(card.uid), "url": url_of("cards:card", card.uid), "again": not fresh})


def about_of(card: Card, sent: Mapping[str, str]) -> dict[str, str]:
    """Who is in charge, the day, the occasion and the note on a form: as kept, or as just typed and refused."""
    kept = {
        "owner": str(card.owner.uid) if card.owner else "", "occasion": card.occasion, "note": card.note,
        "exchanged_on": card.exchanged_on.isoformat() if card.exchanged_on else "",
    }  # fmt: skip
    return {name: sent.get(name, value) for name, value in kept.items()}


def people() -> list[Person]:
    """Who can be in charge."""
    return list(Person.objects.working())
