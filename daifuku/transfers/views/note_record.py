"""Finds the record for one note or several, or puts them aside."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from daifuku.foundation.whole import whole
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.search import search
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.models import Import
from daifuku.transfers.notes.choosing import NOTES_AT_ONCE, assign, assignable, record_named, require_own
from daifuku.transfers.notes.proposing import OBJECTS
from daifuku.transfers.notes.rows import Place
from daifuku.transfers.views.finding import import_at, person_at


@require_http_methods(["GET", "HEAD", "POST"])
def note_record(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported, viewer = import_at(request, uid), viewer_at(request)
    require_own(imported, viewer.person)
    sent = request.POST if request.method == "POST" else request.GET
    back, numbers = (
        _back(imported, sent.get("show", ""), sent.get("after", "")),
        _numbers(sent.getlist("note")),
    )
    if not numbers:
        messages.error(request, _("ノートを選んでから、もう一度お試しください。"))
        return redirect(back)
    if request.method == "POST":
        _assign(request, imported, numbers)
        return redirect(back)
    text = request.GET.get("q", "").strip()[:100]
    hits = search(text, viewer, OBJECTS) if text else []
    page = {
        "imported": imported, "notes": list(assignable(imported).filter(number__in=numbers)), "q": text, "back": back,
        "hits": [Place(hit.record, hit.object_type, hit.subtitle) for hit in hits],
        "show": sent.get("show", ""), "after": whole(sent.get("after", "")) or 0,
    }  # fmt: skip
    return render(request, "transfers/note_record.html", page)


def _assign(request: HttpRequest, imported: Import, numbers: list[int]) -> None:
    object_key, _colon, text = request.POST.get("record", "").partition(":")
    record = record_named(object_key, as_uid(text), viewer_at(request)) if object_key else None
    count = assign(imported, numbers, record, by=person_at(request))
    if record is None:
        words = ngettext("%(count)s件を保留にしました。", "%(count)s件を保留にしました。", count)
    else:
        words = ngettext(
            "%(count)s件の行き先を「%(record)s」にしました。",
            "%(count)s件の行き先を「%(record)s」にしました。",
            count,
        )
    messages.success(request, words % {"count": count, "record": record})


def _numbers(texts: Iterable[str]) -> list[int]:
    found = (whole(text) for text in list(texts)[: NOTES_AT_ONCE + 1])
    return [number for number in found if number is not None and number < 2**31]


def _back(imported: Import, show: str, after: str) -> str:
    query = {"show": show, "after": str(whole(after) or "")}
    kept = urlencode({name: value for name, value in query.items() if value})
    address = reverse("transfers:notes", args=[imported.uid])
    return f"{address}?{kept}" if kept else address
