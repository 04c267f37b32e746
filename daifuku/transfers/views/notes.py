"""Second step for notes: which note goes to which record; and, later, what became of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daifuku.foundation.whole import whole
from daifuku.ledger import writing as ledger
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.models import Import
from daifuku.transfers.notes.choosing import choose_tags, require_own, standing
from daifuku.transfers.notes.rows import rows_of
from daifuku.transfers.notes.running import STARTS
from daifuku.transfers.views.finding import import_at, person_at

SHOWN = 50
ALL = "all"
FILTERS = (
    (ALL, _("すべて")), ("waiting", _("行き先あり")), ("aside", _("保留中")), ("refused", _("取り込めない")),
    ("done", _("取り込み済み")), ("known", _("前に取り込み済み")),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported, by = import_at(request, uid), person_at(request)
    require_own(imported, by)
    if request.method == "POST":
        with ledger.writing():
            choose_tags(imported, "with_tags" in request.POST, by=by)
            enqueue_import(imported, by=by)
        return redirect(imported)
    if imported.working:
        return redirect(imported)
    return render(request, "transfers/notes.html", _context(request, imported))


def _context(request: HttpRequest, imported: Import) -> dict[str, Any]:
    counts = standing(imported)
    show = request.GET.get("show", ALL)
    show = show if show in dict(FILTERS) else ALL
    after = whole(request.GET.get("after", "")) or 0
    found = imported.notes.all() if show == ALL else imported.notes.filter(state=show)
    page = list(found.filter(number__gt=after)[: SHOWN + 1])
    return {
        "imported": imported,
        "counts": counts,
        "startable": imported.state in STARTS,
        "tags_label": Import._meta.get_field("with_tags").verbose_name,
        "filters": [
            (key, label, counts.get(key, imported.rows))
            for key, label in FILTERS
            if key == ALL or counts[key]
        ],
        "show": show,
        "after": after,
        "rows": rows_of(page[:SHOWN], viewer_at(request)),
        "following": page[SHOWN - 1].number if len(page) > SHOWN else None,
        "before": _before(found, after),
    }


def _before(found: Any, after: int) -> int | None:
    """Behind which note the page before this one begins."""
    if not after:
        return None
    earlier = list(found.filter(number__lte=after).order_by("-number")[: SHOWN + 1])
    return earlier[SHOWN].number if len(earlier) > SHOWN else 0
