"""The search over papers: by day, amount and partner, with their history; to a file or as all the PDFs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.accounting import received, searching
from daifuku.accounting.received import Received
from daifuku.accounting.searching import Asked, Found
from daifuku.documents import sealing
from daifuku.documents.views.copies import file_name
from daifuku.foundation.csv import harmless
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

MOST_PDFS = 300
# What no name of a file has, on one system or another.
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
NAMES = ("side", "begin", "end", "low", "high", "partner", "kind", "number", "only")


@require_safe
def papers_page(request: HttpRequest) -> HttpResponse:
    viewer, problems = viewer_at(request), {}
    try:
        asked = searching.read(request.GET)
    except Invalid as error:
        asked = Asked(side=searching.RECEIVED if request.GET.get("side") == searching.RECEIVED else "")
        problems = {each.field: str(each.message) for each in error.problems}
    sent = {name: request.GET.get(name, "") for name in NAMES if request.GET.get(name)}
    side = asked.side == searching.RECEIVED
    found, following = _found(asked, viewer, request.GET.get("after", "")) if not problems else ([], "")
    others = {name: value for name, value in sent.items() if name not in {"side", "kind", "only"}}
    context: dict[str, Any] = {
        "sent": {name: request.GET.get(name, "") for name in NAMES}, "problems": problems, "found": found,
        "kinds": [(each.object, each.label) for each in received.offered(viewer)] if side
        else searching.offered(viewer),
        "wanted": list(sent.items()), "asked": asked, "received": side,
        "tabs": [(_("発行した書類"), urlencode(others), not side),
                 (_("受け取った書類"), urlencode({**others, "side": searching.RECEIVED}), side)],
        "next": urlencode({**sent, "after": following}) if following else "",
        "first": "after" not in request.GET, "may_export": _may_export(asked, viewer),
    }  # fmt: skip
    return render(request, "accounting/papers.html", context, status=422 if problems else 200)


def _found(asked: Asked, viewer: Viewer, after: str) -> tuple[list[Any], str]:
    if asked.side:
        rows, place = received.find(asked, viewer, received.place(after))
        return list(rows), received.place_words(place) if place else ""
    found, more = searching.find(asked, viewer, searching.place(after))
    return list(found), searching.place_words(found[-1].copy) if more else ""


def _may_export(asked: Asked, viewer: Viewer) -> bool:
    return bool(received.offered(viewer, "export")) if asked.side else searching.may_export(viewer)


@require_POST
def papers_file(request: HttpRequest) -> HttpResponseBase:
    """The list of what was found, or with `form=zip` the papers themselves with it: what a tax inspector asks for. Who
    took it is a line in the ledger."""
    viewer, asked = viewer_at(request), searching.read(request.POST)
    if not _may_export(asked, viewer):
        raise Forbidden
    papers: list[Any] = []
    every: Iterable[Any] = searching.each_of(asked, viewer, action="export")
    if asked.side:
        every = received.each_of(asked, viewer, action="export")
    for each in every:
        papers.append(each)
        if len(papers) > searching.MOST_FILE:
            raise _too_many(searching.MOST_FILE)
    archive = request.POST.get("form") == "zip"
    if archive and len(papers) > MOST_PDFS:
        raise _too_many(MOST_PDFS)
    table = _csv_of_received(papers) if asked.side else _csv(papers)
    content = _zip(table, papers, asked) if archive else table
    # PostgreSQL keeps no NUL in JSON.
    given = {name: request.POST.get(name, "").replace("\x00", "")[:200] for name in NAMES}
    said = {name: value for name, value in given.items() if value}
    with ledger.writing():
        data = {"count": len(papers), "form": "zip" if archive else "csv", "asked": said}
        ledger.record("accounting.papers_exported", by=viewer.person, data=data)
    kind, name = ("application/zip", "papers.zip") if archive else ("text/csv; charset=utf-8", "papers.csv")
    return _file(content, kind, name)


def _zip(table: bytes, papers: list[Any], asked: Asked) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as files:
        files.writestr("papers.csv", table)
        for number, each in enumerate(papers, 1):
            if asked.side:
                name, content = f"{each.day:%Y%m%d}_{number}_{each.file.name}", _bytes_of(each)
            else:
                name = f"{each.copy.issued_on:%Y%m%d}_{file_name(each.copy)}"
                content = sealing.content_of(each.copy)
            files.writestr(NOT_IN_NAMES.sub("-", name), content)
    return out.getvalue()


def _bytes_of(each: Received) -> bytes:
    assert each.file.current is not None
    try:
        with default_storage.open(each.file.current.stored) as stored:
            content: bytes = stored.read()
    except FileNotFoundError as error:
        raise NotFound(
            _("ファイルが見つかりません。バックアップから戻せるか、管理者にご相談ください。")
        ) from error
    return content


def _csv_of_received(papers: list[Received]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(
        [_("取引年月日"), _("取引先"), _("金額"), _("書類"), _("ファイル名"), _("受注・発注の番号"),
         _("保存した人"), _("保存日時"), _("版")]
    )  # fmt: skip
    for each in papers:
        version = each.file.current
        assert version is not None
        row = [
            f"{each.day:%Y/%m/%d}", each.partner, each.amount, each.label, version.name, each.record.number,
            str(version.by or ""), f"{timezone.localtime(version.at):%Y/%m/%d %H:%M:%S}", version.number,
        ]  # fmt: skip
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return lines.getvalue().encode("utf-8-sig")


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
