"""The search over papers: by day, amount and partner, with their history; to a file or as all the PDFs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.accounting import searching
from daifuku.accounting.searching import Asked, Found
from daifuku.documents import sealing
from daifuku.documents.views.copies import file_name
from daifuku.foundation.csv import harmless
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.records.views.finding import viewer_at

MOST_PDFS = 300
# What no name of a file has, on one system or another.
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
NAMES = ("begin", "end", "low", "high", "partner", "kind", "number", "only")


@require_safe
def papers_page(request: HttpRequest) -> HttpResponse:
    viewer, problems = viewer_at(request), {}
    try:
        asked = searching.read(request.GET)
    except Invalid as error:
        asked, problems = Asked(), {each.field: str(each.message) for each in error.problems}
    found, more = (
        ([], False)
        if problems
        else searching.find(asked, viewer, searching.place(request.GET.get("after", "")))
    )
    sent = {name: request.GET.get(name, "") for name in NAMES if request.GET.get(name)}
    last = found[-1].copy if found else None
    context: dict[str, Any] = {
        "sent": {name: request.GET.get(name, "") for name in NAMES}, "problems": problems, "found": found,
        "kinds": searching.offered(viewer), "query": urlencode(sent), "asked": asked,
        "next": urlencode({**sent, "after": searching.place_words(last)}) if more and last else "",
        "first": "after" not in request.GET, "may_export": searching.may_export(viewer),
    }  # fmt: skip
    return render(request, "accounting/papers.html", context, status=422 if problems else 200)


@require_safe
def papers_file(request: HttpRequest) -> HttpResponseBase:
    """The list of what was found, or with `form=zip` the papers themselves with it: what a tax inspector asks for."""
    viewer, asked = viewer_at(request), searching.read(request.GET)
    if not searching.may_export(viewer):
        raise Forbidden
    papers = []
    for each in searching.each_of(asked, viewer, action="export"):
        papers.append(each)
        if len(papers) > searching.MOST_FILE:
            raise _too_many(searching.MOST_FILE)
    table = _csv(papers)
    if request.GET.get("form") != "zip":
        return _file(table, "text/csv; charset=utf-8", "papers.csv")
    if len(papers) > MOST_PDFS:
        raise _too_many(MOST_PDFS)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as files:
        files.writestr("papers.csv", table)
        for each in papers:
            name = NOT_IN_NAMES.sub("-", f"{each.copy.issued_on:%Y%m%d}_{file_name(each.copy)}")
            files.writestr(name, sealing.content_of(each.copy))
    return _file(out.getvalue(), "application/zip", "papers.zip")


def _too_many(most: int) -> Invalid:
    sentence = _("一度に書き出せるのは%(most)s件までです。期間を短くするか、条件を足してください。")
    return Invalid([FieldProblem("begin", sentence % {"most": f"{most:,d}"}, code="too_many")])


def _csv(papers: list[Found]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(
        [_("取引年月日"), _("取引先"), _("金額"), _("書類"), _("番号"), _("発行者"), _("発行日時"), _("訂正前"),
         _("訂正後"), "SHA-256"]
    )  # fmt: skip
    for each in papers:
        copy = each.copy
        row = [
            f"{copy.issued_on:%Y/%m/%d}", copy.partner, copy.amount, each.label, copy.number, str(copy.by),
            f"{timezone.localtime(copy.at):%Y/%m/%d %H:%M:%S}", each.older.number if each.older else "",
            each.newer.number if each.newer else "", copy.sha256,
        ]  # fmt: skip
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return lines.getvalue().encode("utf-8-sig")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
