"""The list of one kind of record: as rows, as a board, as a chart, in groups."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import WayOn
from daifuku.foundation.sql.prepared import Told, ask_ahead
from daifuku.records import list_state, live_lists, saved_views, scope
from daifuku.records.catalogue import vocabulary
from daifuku.records.list_state import ListState
from daifuku.records.listing.cursor import NoSuchPlace
from daifuku.records.rows import draw_rows
from daifuku.records.views.board import fill as fill_board
from daifuku.records.views.chart import fill as fill_chart
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.records.views.groups import fill_groups, fill_totals
from daifuku.records.views.list_frame import COUNTED, frame, list_of
from daifuku.records.views.neighbours import remember
from daifuku.staff.viewer import Viewer

SIZE = 50


@require_safe
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    ask_ahead(lambda: _questions(viewer, object_type.key))
    state = list_state.read(object_type, viewer, request.GET)
    listed = list_of(state, viewer)
    if state.look.plain and "after" not in request.GET:
        ask_ahead(lambda: listed.questions(size=SIZE, limit=COUNTED))
    since = live_lists.newest()
    context = frame(state, viewer, listed)
    if state.look.board:
        context |= fill_board(state, viewer, listed)
    elif state.look.chart:
        context |= fill_chart(state, viewer, listed)
    elif state.look.group:
        context |= fill_groups(state, viewer, listed)
    else:
        context |= _rows(request, state, viewer, listed) | fill_totals(state, listed, more=context["more"])
    context["live"] = live_lists.of_list(viewer, object_type.key, _records(context), since)
    return render(request, "records/list.html", context)


def _records(context: dict[str, Any]) -> list[Any]:
    """Those whose rows or cards the page shows; groups fetch theirs later."""
    pages = (
        [context["page"]] if "page" in context else [column["page"] for column in context.get("board", ())]
    )
    return [record for page in pages for record in page.rows]


def _questions(viewer: Viewer, object_key: str) -> list[Told]:
    return [
        live_lists.NEWEST.told(),
        *saved_views.questions(viewer, object_key),
        *scope.questions(viewer, object_key, of_list=True),
    ]


def _rows(request: HttpRequest, state: ListState, viewer: Viewer, listed: Any) -> dict[str, Any]:
    """A page of rows; it is kept, so that a record of it knows its neighbours."""
    object_type = state.object_type
    try:
        page = listed.page(after=request.GET.get("after", ""), size=SIZE)
    except NoSuchPlace as refused:
        refused.way_on = WayOn(state.address(), _("最初のページを開く"))
        raise
    remember(request, object_type, [str(record.uid) for record in page.rows], request.get_full_path())
    fields = [column.field for column in state.columns]
    editable = vocabulary.editable_for(viewer, object_type.key)
    drawn = draw_rows(object_type, request.path, page.rows, fields, editable, viewer)
    return {"page": page, "rows": drawn, "shown": bool(page.rows)}
