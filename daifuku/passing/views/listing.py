"""What was passed on: what waits, everything of some days, and how it ended."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import Invalid, NotFound
from daifuku.foundation.whole import whole
from daifuku.passing import report
from daifuku.passing.models import Reason, State, setup
from daifuku.passing.report import Asked, Line
from daifuku.passing.who import for_me, may_answer
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

SIZE = 50


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """First what this person must answer, then all of the days that are meant."""
    viewer, asked, problems = _asked(request)
    rows, following = report.page_of(
        report.rows_of(asked, viewer), whole(request.GET.get("after") or "0") or None, SIZE
    )
    sent = {
        name: request.GET[name]
        for name in ("begin", "end", "who", "state", "reason")
        if request.GET.get(name)
    }
    context: dict[str, Any] = {
        "asked": asked, "problems": problems, "mine": list(for_me(viewer)[:SIZE]), "on": setup().on,
        "rows": [(each, report.in_words(each.minutes), may_answer(viewer, each)) for each in rows],
        "states": [choice for choice in State.choices if choice[0] != State.WITHDRAWN], "reasons": Reason.choices,
        "next": urlencode({**sent, "after": following}) if following else "",
    }  # fmt: skip
    return render(request, "passing/list.html", context, status=422 if problems else 200)


@require_safe
def report_page(request: HttpRequest) -> HttpResponse:
    viewer, asked, problems = _asked(request)
    total, lines = report.report(asked, viewer)
    context: dict[str, Any] = {
        "asked": asked, "problems": problems, "on": setup().on, "total": _shown(total, asked),
        "lines": [_shown(line, asked) for line in lines] if len(lines) > 1 else [],
    }  # fmt: skip
    return render(request, "passing/report.html", context, status=422 if problems else 200)


def _asked(request: HttpRequest) -> tuple[Viewer, Asked, dict[str, str]]:
    viewer, today = viewer_at(request), timezone.localdate()
    if not viewer.may("lead", "view"):
        raise NotFound
    try:
        return viewer, report.read(request.GET, today), {}
    except Invalid as error:
        return viewer, report.read({}, today), {each.field: str(each.message) for each in error.problems}


def _shown(line: Line, asked: Asked) -> dict[str, Any]:
    def address(**more: str) -> str:
        days = {"begin": asked.begin.isoformat(), "end": asked.end.isoformat()}
        return "?" + urlencode({**days, **({"who": line.key} if line.key else {}), **more})

    return {
        "line": line, "mean": report.in_words(line.mean), "median": report.in_words(line.median),
        "all": address(), "waiting": address(state="waiting"), "accepted": address(state="accepted"),
        "returned": address(state="returned"),
        "reasons": [(label, number, address(state="returned", reason=key)) for key, label, number in line.why],
    }  # fmt: skip
