"""別々の記録: everything that people have decided about two that look alike, taken out and brought in as a file too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.dedupe import files, marks
from daifuku.dedupe.actions import bringing
from daifuku.dedupe.found_pairs import chosen
from daifuku.dedupe.reading import OBJECTS
from daifuku.dedupe.views.pairs import viewer_of_pairs
from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry
from daifuku.staff.views.forms import Quiet, accepted

ACCEPTED = ".csv,.txt,text/csv"


@require_safe
def marks_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of_pairs(request)
    found, after = marks.page(viewer, request.GET.get("after", ""))
    shown = [
        (mark, marks.said(mark), reverse("dedupe:rejoin", args=_address(mark)) if mark.may_edit else "")
        for mark in found
    ]
    context = {
        "shown": shown, "after": after, "further": "after" in request.GET,
        "may_export": files.may_export(viewer, *OBJECTS),
    }  # fmt: skip
    return render(request, "dedupe/marks.html", context)


def _address(mark: marks.Mark) -> list[object]:
    first, second = registry.of(mark.first), registry.of(mark.second)
    return [first.slug, mark.first.uid, second.slug, mark.second.uid]


class FileForm(Quiet):
    file = forms.FileField(
        label=gettext_lazy("CSVファイル"), required=False, widget=forms.FileInput({"accept": ACCEPTED}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def bring_page(request: HttpRequest) -> HttpResponse:
    """The job that does it says line by line what was refused."""
    viewer = viewer_of_pairs(request)
    sent, begun = request.method == "POST", list[Job]()
    form = FileForm(request.POST, request.FILES) if sent else FileForm()

    def act(values: dict[str, Any]) -> None:
        if not (file := values["file"]):
            raise Invalid([FieldProblem("file", _("ファイルを選んでください。"), code="required")])
        begun.append(bringing.begin(file.read(bringing.LARGEST + 1), file.name, by=viewer.person))

    if sent and accepted(form, act):
        return redirect("jobs:job", begun[0].uid)
    context = {"form": form, "columns": [str(label) for _key, label in files.OF_MARKS[:8]]}
    return render(request, "dedupe/bring.html", context, status=422 if form.errors else 200)


@require_POST
def export(request: HttpRequest, what: str) -> StreamingHttpResponse:
    """Who took it out is a line in the ledger before he has it."""
    viewer = viewer_of_pairs(request)
    if not files.may_export(viewer, *OBJECTS):
        raise Forbidden
    verdict, kind = request.POST.get("verdict", ""), request.POST.get("kind", "")
    with ledger.writing():
        ledger.record("dedupe.exported", by=viewer.person, data={"what": what})
    if what == "pairs":
        content, name = files.pairs_file(chosen(verdict, kind, viewer), viewer, verdict), _("名寄せ")
    else:
        content, name = files.marks_file(viewer), _("別々の記録")
    response = StreamingHttpResponse(content, content_type=files.TYPE)
    named = f"{name}_{timezone.localdate():%Y%m%d}.csv"
    return attachment(response, named)
