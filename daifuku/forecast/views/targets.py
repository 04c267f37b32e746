"""Targets are typed into a table, or pasted from Excel; nothing typed is lost where a cell is wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from daifuku.forecast import entering, reading, showing, whose
from daifuku.forecast.actions import enter_targets
from daifuku.forecast.asking import FIRST, LAST
from daifuku.forecast.entering import KINDS, Grid
from daifuku.foundation.errors import Forbidden, Invalid, NotFound
from daifuku.foundation.whole import whole
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

LEAST, MOST = 1, 1000


@require_http_methods(["GET", "HEAD", "POST"])
def targets_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not viewer.may("target", "view"):
        raise NotFound
    if not viewer.may("target", "edit") or not viewer.may("target", "create"):
        raise Forbidden
    table = _table(request, viewer)
    if request.method != "POST":
        typed, note = _copied(request, table, viewer)
        return _page(request, viewer, table, typed, {}, note=note)
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        entered = enter_targets(entering.cells_of(table, sent), by=viewer.person)
    except Invalid as error:
        errors = {problem.field: str(problem.message) for problem in error.problems}
        return _page(request, viewer, table, sent, errors, status=422)
    n = entered.count
    sentence = ngettext("目標を%(n)s個保存しました。", "目標を%(n)s個保存しました。", n) % {"n": n}
    telling.done(request, sentence if n else _("変わったところはありません。"), entered.event)
    return redirect(f"{reverse('forecast:targets')}?{_query(table)}")


def _table(request: HttpRequest, viewer: Viewer) -> Grid:
    asked, seen = request.GET, whose.seen_by(viewer)
    year = whole(asked.get("year", "")) or reading.year_of(timezone.localdate())
    kind = asked.get("kind", "")
    of = whose.read(asked.get("who", ""), seen)
    year = min(max(year, FIRST), LAST)
    return entering.grid(kind if kind in KINDS else KINDS[0], year, of, viewer, seen)


def _copied(request: HttpRequest, table: Grid, viewer: Viewer) -> tuple[dict[str, str], str]:
    """What the page proposes instead of what stands there; nothing is saved yet."""
    what, per_cent = request.GET.get("copy", ""), whole(request.GET.get("rate") or "100")
    if what not in {"targets", "actual"}:
        return {}, ""
    if per_cent is None or not LEAST <= per_cent <= MOST:
        return {}, _("割合は1から1000までの数（%）で入力してください。")
    found = entering.copied(table, what, per_cent, viewer)
    if not found:
        return {}, _("前年の数字がないため、写せませんでした。")
    return found, _("前年の数字を写しました。直してから「保存」を押してください。まだ保存していません。")


def _page(
    request: HttpRequest, viewer: Viewer, table: Grid, typed: dict[str, str], errors: dict[str, str],
    *, note: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    shown, year = entering.filled(table, viewer, typed=typed, errors=errors), table.year.begin.year
    seen = whose.seen_by(viewer)
    kinds = {"people": _("担当者"), "teams": _("チームと会社"), "groups": _("商品グループ")}
    context: dict[str, Any] = {
        "table": shown, "year": showing.year_name(table.year), "number": year, "note": note,
        "tabs": [(kind, words, _query(table, kind=kind), kind == table.kind) for kind, words in kinds.items()],
        "earlier": _query(table, year=str(year - 1)), "later": _query(table, year=str(year + 1)),
        "months": table.year.months(), "choices": whose.choices(seen) if table.kind == "groups" else [],
        "errors": list(errors.values()), "rate": request.GET.get("rate") or "100",
    }  # fmt: skip
    return render(request, "forecast/targets.html", context, status=status)


def _query(table: Grid, **other: str) -> str:
    words = {"year": str(table.year.begin.year), "kind": table.kind, "who": table.of.key, **other}
    return urlencode({name: value for name, value in words.items() if value})
