"""The list of one kind of record: as rows, as a board, as a chart, in groups."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.records import list_state
from daifuku.records.catalogue import vocabulary
from daifuku.records.list_state import ListState
from daifuku.records.rows import draw_rows
from daifuku.records.showing import Shown, show
from daifuku.records.views.board import fill as fill_board
from daifuku.records.views.chart import fill as fill_chart
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.records.views.groups import fill_groups, fill_totals
from daifuku.records.views.list_frame import frame, list_of
from daifuku.records.views.neighbours import remember
from daifuku.staff.viewer import Viewer

SIZE = 50


@require_safe
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    listed = list_of(state, viewer)
    context = frame(state, viewer, listed)
    if state.look.board:
        context |= fill_board(state, viewer, listed)
    elif state.look.chart:
        context |= fill_chart(state, viewer, listed)
    elif state.look.group:
        context |= fill_groups(state, viewer, listed)
    else:
        context |= _rows(request, state, viewer, listed) | fill_totals(state, listed, more=context["more"])
    return render(request, "records/list.html", context)


def _rows(request: HttpRequest, state: ListState, viewer: Viewer, listed: Any) -> dict[str, Any]:
    """A page of rows; it is kept, so that a record of it knows its neighbours."""
    page = listed.page(after=request.GET.get("after", ""), size=SIZE)
    rows = [(record, _cells(record, state, viewer)) for record in page.rows]
    editable = set(vocabulary.editable_for(viewer, state.object_type.key))
    uids = [str(record.uid) for record in page.rows]
    remember(request, state.object_type, uids, request.get_full_path())
    drawn = draw_rows(state.object_type, request.path, rows, editable)
    return {"page": page, "rows": drawn, "headings": _headings(state), "shown": bool(page.rows)}


def _cells(record: Any, state: ListState, viewer: Viewer) -> list[Shown]:
    return [show(column.field, record, viewer) for column in state.columns]


def _headings(state: ListState) -> list[dict[str, Any]]:
    """Each column with the address that sorts by it: up, then down."""
    headings = []
    for column in state.columns:
        key, now = column.field.key, column.field.key == state.sort_key
        turned = f"-{key}" if now and not state.descending else key
        headings.append(
            {
                "column": column,
                "label": state.object_type.name_label if key == state.object_type.lookup else "",
                "sort": ("descending" if state.descending else "ascending") if now else "",
                "address": state.address(sort=turned) if column.field.sortable else "",
            }
        )
    return headings
