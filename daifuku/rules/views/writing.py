"""The text of the rule book, as the administrator writes it: headings, their order, which rules stand below each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import registry
from daifuku.records.views import telling
from daifuku.rules.actions import write_book
from daifuku.rules.models import Book
from daifuku.staff.views.finding import with_power

Sections = list[dict[str, Any]]
PREFIX = "sections."


@require_http_methods(["GET", "HEAD", "POST"])
def write_page(request: HttpRequest) -> HttpResponse:
    """Moving, adding and leaving out a heading keeps what was typed and saves nothing yet."""
    by = with_power(request, "settings")
    book = Book.objects.order_by("pk").first() or Book()
    if request.method != "POST":
        return _page(request, book.sections, book.version)
    sections, what = _read(request.POST), request.POST.get("do", "save")
    version = whole(request.POST.get("version")) or 1
    if what != "save":
        return _page(request, _turned(sections, what), version)
    try:
        write_book(sections, by=by, version=version if book.pk else None)
    except DomainError as error:
        if error.status != 422:
            raise
        wrong = {problem.field.removeprefix(PREFIX): problem.message for problem in error.problems}
        return _page(request, sections, version, wrong, 422)
    telling.done(request, _("文章を保存しました。公開すると、全員に知らされます。"), telling.written())
    return redirect("rules:write")


def _read(sent: QueryDict) -> Sections:
    return [
        {
            "key": sent.get(f"key-{place}", ""), "title": sent.get(f"title-{place}", ""),
            "text": sent.get(f"text-{place}", ""), "objects": sent.getlist(f"objects-{place}"),
        }
        for place in sent.getlist("place")[:100]
    ]  # fmt: skip


def _turned(sections: Sections, what: str) -> Sections:
    """`up:2`, `down:2`, `drop:2`, `add`."""
    word, _colon, raw = what.partition(":")
    place = whole(raw)
    if word == "add":
        return [*sections, {"key": "", "title": "", "text": "", "objects": []}]
    if place is None or not 0 <= place < len(sections):
        return sections
    if word == "drop":
        return [each for number, each in enumerate(sections) if number != place]
    other = place - 1 if word == "up" else place + 1
    if 0 <= other < len(sections):
        sections[place], sections[other] = sections[other], sections[place]
    return sections


def _page(
    request: HttpRequest,
    sections: Sections,
    version: int,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = [
        {
            **section, "place": place, "wrong_title": (wrong or {}).get(f"{place}.title", ""),
            "wrong_text": (wrong or {}).get(f"{place}.text", ""),
        }
        for place, section in enumerate(sections)
    ]  # fmt: skip
    kinds = [(each.key, each.name) for each in registry.known_to(request.viewer)]  # type: ignore[attr-defined]
    context = {"rows": rows, "version": version, "kinds": kinds, "wrong": wrong}
    return render(request, "rules/write.html", context, status=status)
