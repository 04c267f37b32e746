"""名刺: what waits, until when, who is at it; one's own cards and what became of them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.cards.enterers import at_work, clerks, may_enter
from daifuku.cards.models import Card, Reading, State
from daifuku.cards.views.finding import as_shown, enterer_at
from daifuku.records.views.finding import viewer_at
from daifuku.records.views.telling import done

SHOWN, MOST = 60, 99
TABS = ("open", "mine", "done", "aside")


@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_at(request), timezone.now()
    enters = may_enter(viewer)
    tab = request.GET.get("show", "")
    if tab not in TABS:
        tab = "open" if enters else "mine"
    rows = _rows(tab, viewer)
    cards = [as_shown(card, viewer) for card in rows.with_people()[: SHOWN + 1]]
    seen = Card.objects.visible_to(viewer)
    page = {
        "tab": tab, "enters": enters, "cards": cards[:SHOWN], "more": len(cards) > SHOWN, "now": now,
        "waiting": seen.open().count(), "late": seen.late(now).count(),
        "checks": seen.to_check(viewer).count() if enters else 0,
        "clerks": at_work(timezone.localdate(now)), "away": _away(now),
    }  # fmt: skip
    return render(request, "cards/inbox.html", page)


def _rows(tab: str, viewer: Any) -> Any:
    seen = Card.objects.visible_to(viewer)
    if tab == "open":
        return seen.open().order_by("due_at", "id")
    if tab == "mine":
        return seen.filter(Q(brought_by=viewer.pk) | Q(owner=viewer.pk)).order_by("-id")
    return seen.filter(state=tab).order_by(F("done_at").desc(nulls_last=True), "-id")


def _away(now: Any) -> list[Any]:
    there = {person.pk for person in at_work(timezone.localdate(now))}
    return [person for person in clerks() if person.pk not in there]


@require_safe
def next_card(request: HttpRequest) -> HttpResponse:
    """To the desk with the one that is due first, was read, and that nobody has; one's own half-done ones first."""
    viewer = enterer_at(request)
    rows = Card.objects.visible_to(viewer).open()
    mine = rows.filter(taken_by=viewer.pk).order_by("due_at", "id").first()
    after = request.GET.get("after", "")
    if after:
        mine = None
    waiting = rows.filter(state=State.WAITING).order_by("due_at", "id")
    found = mine or waiting.exclude(reading=Reading.WAITING).first() or waiting.first()
    if found is None:
        done(request, _("入力する名刺はもうありません。お疲れさまでした。"))
        return redirect("cards:inbox")
    return redirect("cards:desk", found.uid)


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The number at the menu: what waits for whoever enters cards. Asked for once the page is there."""
    viewer = viewer_at(request)
    if not may_enter(viewer):
        return HttpResponse("")
    number = len(Card.objects.visible_to(viewer).open().values_list("pk", flat=True)[: MOST + 1])
    if not number:
        return HttpResponse("")
    words = _("入力を待つ名刺 %(number)s枚") % {"number": number}
    shown = number if number <= MOST else f"{MOST}+"
    return HttpResponse(
        format_html('<span class="count" title="{0}" aria-label="{0}">{1}</span>', words, shown)
    )
