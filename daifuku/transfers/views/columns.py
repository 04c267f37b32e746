"""Second step: which column fills which field, and what happens with records that are there already."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.errors import DomainError, Invalid, NotFound
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns, read_again
from daifuku.transfers.actions.opening import reopen
from daifuku.transfers.jobs import CHECKED_AT_ONCE, enqueue_check
from daifuku.transfers.models import Import
from daifuku.transfers.reports.splitting import split_reports
from daifuku.transfers.views.column_form import column_at, page_context
from daifuku.transfers.views.finding import import_at, person_at


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported, viewer = import_at(request, uid), viewer_at(request)
    if imported.of_notes or not imported.open:
        return redirect(imported)
    if request.method == "POST":
        return _read_again(request, imported) if "reread" in request.POST else _choose(request, imported)
    return render(request, "transfers/columns.html", page_context(imported, viewer))


def _read_again(request: HttpRequest, imported: Import) -> HttpResponse:
    """Another encoding, sheet or heading line; the columns are proposed anew."""
    line = request.POST.get("header_line", "")
    problems: list[Any] = []
    try:
        read_again(
            imported, by=person_at(request), encoding=request.POST.get("encoding", ""),
            sheet=request.POST.get("sheet", ""), header_line=int(line) if line.isdecimal() and len(line) < 8 else None,
        )  # fmt: skip
    except Invalid as error:
        problems, imported = error.problems, import_at(request, imported.uid)
    context = page_context(imported, viewer_at(request), problems=problems)
    if request.headers.get("HX-Request"):
        return render(request, "transfers/parts/columns.html", context, status=422 if problems else 200)
    if problems:
        return render(request, "transfers/columns.html", context, status=422)
    return redirect("transfers:columns", imported.uid)


def _choose(request: HttpRequest, imported: Import) -> HttpResponse:
    data, by = request.POST, person_at(request)
    targets = [data.get(f"target-{number}", "") for number in range(len(imported.headers))]
    try:
        choose_columns(
            imported, targets, by=by, mode=data.get("mode", ""), key=data.get("key", ""),
            blanks=data.get("blanks", Import.Blanks.KEEP), doubles=data.get("doubles", Import.Doubles.TAKE),
            new_choices=data.getlist("new_choices"), name=data.get("name", ""),
            constants=given_constants(data),
        )  # fmt: skip
        if "split" in data:
            split_reports(imported, by=by)
            return redirect("transfers:split", imported.uid)
        _check(imported, by)
    except DomainError as error:
        if error.status != 422:
            raise
        context = page_context(imported, viewer_at(request), problems=_problems(error), data=data)
        return render(request, "transfers/columns.html", context, status=422)
    return redirect(imported)


def given_constants(data: QueryDict) -> dict[str, str]:
    start = "constant-"
    return {name.removeprefix(start): str(value) for name, value in data.items() if name.startswith(start)}


def _check(imported: Import, by: Any) -> None:
    """A short file is checked while the person waits; a long one in the background, with its progress shown."""
    if imported.rows <= CHECKED_AT_ONCE:
        check(imported, by=by)
    else:
        enqueue_check(imported, by=by)


def _problems(error: DomainError) -> list[Any]:
    return error.problems or [error]


@require_safe
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One column as it would be read into another field."""
    imported, viewer = import_at(request, uid), viewer_at(request)
    number = request.GET.get("column", "")
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(imported.headers):
        raise NotFound
    data = QueryDict(mutable=True)
    data[f"target-{int(number)}"] = request.GET.get(f"target-{int(number)}", "")
    samples = reopen(imported, viewer).samples()
    column = column_at(imported, viewer, int(number), samples[int(number)], data)
    return render(request, "transfers/parts/column.html", {"column": column, "imported": imported})
