"""名寄せ: the pairs that the scan has found, the likeliest first, and the button that looks through everything."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.dedupe.actions.scanning import JOB, begin
from daifuku.dedupe.files import may_export
from daifuku.dedupe.found_pairs import chosen, counts, kinds_for, page
from daifuku.dedupe.models import Verdict
from daifuku.dedupe.reading import OBJECTS
from daifuku.dedupe.who import may_scan
from daifuku.foundation.errors import NotFound
from daifuku.jobs.models import Job
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_safe
def pairs_page(request: HttpRequest) -> HttpResponse:
    """The likeliest first. Only pairs of which the person sees both."""
    viewer = viewer_of_pairs(request)
    verdict, kind = request.GET.get("verdict", ""), request.GET.get("kind", "")
    shown, after = page(chosen(verdict, kind, viewer), viewer, request.GET.get("after", ""), verdict)
    job = last_job()
    context = {
        "shown": shown, "after": after, "verdict": verdict, "kind": kind, "verdicts": _verdicts(counts(viewer)),
        "kinds": kinds_for(viewer), "may_settle": viewer.has_power("settings"), "may_scan": may_scan(viewer),
        "job": job, "opens_job": job is not None and job.is_open and _opens(job, viewer),
        "further": "after" in request.GET, "back": quote(request.get_full_path()),
        "may_export": may_export(viewer, *OBJECTS),
    }  # fmt: skip
    return render(request, "dedupe/pairs.html", context)


def viewer_of_pairs(request: HttpRequest) -> Viewer:
    """Whoever works with customers. Raises NotFound."""
    viewer = viewer_at(request)
    if not any(viewer.may(key, "edit") for key in OBJECTS):
        raise NotFound
    return viewer


def last_job() -> Job | None:
    found: Job | None = Job.objects.filter(kind=JOB).order_by("-pk").first()
    return found


def _opens(job: Job, viewer: Viewer) -> bool:
    """Whether the page of the job is for this person: what began at night or by somebody else may not be."""
    return bool(Job.objects.visible_to(viewer).filter(pk=job.pk).exists())


def _verdicts(numbers: Mapping[str, int] | None) -> list[tuple[str, str, int | None]]:
    """With how many there are, for whoever sees all of them."""
    return [(key, str(label), (numbers or {}).get(key)) for key, label in Verdict.choices]


@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """Starts the scan, or shows the one that runs."""
    viewer = viewer_of_pairs(request)
    job = begin(by=viewer.person)
    if _opens(job, viewer):
        return redirect("jobs:job", job.uid)
    messages.success(request, _("いま全件を調べています。終わると、見つかった組がここに並びます。"))
    return redirect("dedupe:pairs")
