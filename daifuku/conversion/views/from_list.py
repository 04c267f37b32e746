"""「取引を開始」 for what was chosen in the list of leads, and the page with a result a row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from daifuku.conversion.actions.many import MAKE, WAIT, begin, begun, counts
from daifuku.conversion.models import Result
from daifuku.conversion.models.setup import setup
from daifuku.conversion.who import may_begin, need_converting
from daifuku.records import undoing
from daifuku.records.bulk import Selection
from daifuku.records.list_state import ListState
from daifuku.records.scope import sees
from daifuku.records.views import many, telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

PAGE = 100


def offer() -> None:
    more = many.More("convert", "lead", gettext_lazy("取引を開始"), "check", _may)
    many.offer(more, ask_many)


def _may(viewer: Viewer) -> bool:
    return may_begin(viewer, setup())


def ask_many(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    need_converting(viewer, setup())
    rules = setup()
    if "go" not in request.POST:
        return render(request, "conversion/many.html", {**page, "rules": rules})
    doubts = MAKE if request.POST.get("doubts") == MAKE else WAIT
    event, job = begin(selection, by=viewer.person, deal=request.POST.get("deal") == "1", doubts=doubts)
    if job is not None:
        telling.done(request, _("取引をまとめて開始しています。この画面を閉じても進みます。"))
        return redirect("jobs:job", job.uid)
    return redirect("conversion:results", event.pk)


@require_safe
def results_page(request: HttpRequest, number: int) -> HttpResponse:
    """For whoever began it, whoever is in charge where a rule did, and whoever keeps the settings."""
    viewer = viewer_at(request)
    event = begun(number, viewer)
    state = request.GET.get("state", "")
    rows = Result.objects.filter(event=event).select_related(
        "lead", "conversion__account", "conversion__contact", "conversion__deal"
    )
    if state in Result.State.values:
        rows = rows.filter(state=state)
    after = request.GET.get("after", "")
    if after.isdecimal():
        rows = rows.filter(pk__gt=int(after[:18]))
    found = list(rows.order_by("pk")[: PAGE + 1])
    number_of = counts(event)
    context = {
        "event": event, "rows": [_row(row, viewer) for row in found[:PAGE]], "state": state,
        "states": [(key, label, number_of.get(key, 0)) for key, label in Result.State.choices],
        "after": str(found[PAGE - 1].pk) if len(found) > PAGE else "",
        "undo": undoing.may_be_undone(event) and event.actor_id == viewer.pk,
    }  # fmt: skip
    return render(request, "conversion/results.html", context)


def _row(row: Result, viewer: Viewer) -> dict[str, Any]:
    """Only what this person may see of it; the sentence of a lead that he may not see names others."""
    seen = sees(viewer, row.lead, "view")
    made = [row.conversion.record(key) for key in row.conversion.OBJECTS] if row.conversion else []
    return {
        "lead": row.lead if seen else None, "state": row.get_state_display(),
        "colour": {"new": "blue", "merged": "green", "blocked": "orange"}[row.state],
        "sentence": row.sentence if seen else "",
        "made": [each for each in made if each is not None and sees(viewer, each, "view")],
    }  # fmt: skip
