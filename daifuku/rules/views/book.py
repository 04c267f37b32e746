"""運用ルール as everybody reads it: the newest edition, the older ones, what changed, and 「読みました」."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.foundation.whole import whole
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.rules import editions
from daifuku.rules.actions import confirm_book
from daifuku.rules.models import Book, Confirmation, Edition
from daifuku.rules.views.finding import edition_at
from daifuku.staff.viewer import Viewer


@require_safe
def book_page(request: HttpRequest) -> HttpResponse:
    return _page(request, Edition.objects.select_related("by").first())


@require_safe
def edition_page(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, edition_at(number))


def _page(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    viewer = viewer_at(request)
    others = list(Edition.objects.only("number", "at", "note"))
    newest = others[0].number if others else 0
    context: dict[str, Any] = {
        "edition": edition, "others": others, "keeps": viewer.has_power("settings"),
        "is_newest": edition is not None and edition.number == newest,
        "read": _read(edition, viewer) if edition else None,
        "sections": editions.for_reader(edition.content, viewer) if edition else [],
    }  # fmt: skip
    if context["is_newest"]:
        context["since"] = _since(edition, viewer)
        context["last"] = others[1] if len(others) > 1 else None
    return render(request, "rules/book.html", context)


def _read(edition: Edition, viewer: Viewer) -> Confirmation | None:
    return Confirmation.objects.filter(edition=edition, person=viewer.pk).first()


def _since(edition: Edition | None, viewer: Viewer) -> list[editions.Difference]:
    """What works already and is not in print yet, so that nobody is surprised."""
    book = Book.objects.order_by("pk").first()
    if book is None or edition is None:
        return []
    now = editions.for_reader(editions.content_now(book), viewer)
    return [
        each
        for each in editions.compare(editions.for_reader(edition.content, viewer), now)
        if each.about_rule
    ]


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Two editions; without a choice the newest two."""
    viewer = viewer_at(request)
    others = list(Edition.objects.only("number", "at", "note"))
    if len(others) < 2:
        raise NotFound
    new = edition_at(whole(request.GET.get("new")) or others[0].number)
    old = edition_at(whole(request.GET.get("old")) or max(new.number - 1, 1))
    found = editions.compare(
        editions.for_reader(old.content, viewer), editions.for_reader(new.content, viewer)
    )
    return render(request, "rules/compare.html", {"old": old, "new": new, "others": others, "found": found})


@require_POST
def confirm_page(request: HttpRequest) -> HttpResponse:
    by = viewer_at(request).person
    confirm_book(whole(request.POST.get("number")) or 0, by=by)
    telling.done(request, _("確認しました。ありがとうございます。"), telling.written())
    return redirect("rules:book")
