"""The figures as a file, for Excel."""

from __future__ import annotations

import csv
import io
from typing import Any

import rustpy_xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.forecast import asking, tables, whose
from daifuku.foundation.csv import harmless
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.records.views.finding import viewer_at

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What the page shows, with the same things asked."""
    viewer, form = viewer_at(request), request.GET.get("form", "csv")
    if form not in KINDS or not viewer.may("target", "view"):
        raise NotFound
    if not viewer.may("target", "export"):
        raise Forbidden
    seen = whose.seen_by(viewer)
    asked = asking.read(request.GET, viewer, seen, timezone.localdate())
    table = [tables.cells(*row) for row in tables.rows(asked, viewer, seen)]
    content = _csv(table) if form == "csv" else _xlsx(table)
    response = HttpResponse(content, content_type=KINDS[form])
    name = f"forecast-{asked.period.begin:%Y-%m}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(table: list[list[Any]]) -> bytes:
    """As Excel opens it: UTF-8 with its mark; text that could be a formula is made harmless."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(tables.headings())
    for row in table:
        writer.writerow(
            [harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row]
        )
    return lines.getvalue().encode("utf-8-sig")


def _xlsx(table: list[list[Any]]) -> bytes:
    out, names = io.BytesIO(), tables.headings()
    rows = [dict(zip(names, row, strict=True)) for row in table]
    rustpy_xlsxwriter.write_worksheet(
        iter(rows), out, sheet_name=_("予実"), bold_headers=True, freeze_row=1, autofilter=True
    )
    return out.getvalue()
