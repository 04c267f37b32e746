"""The list of one kind of record: views, filters, columns, selection."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.records import list_state, listing, saved_views
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Choice
from daifuku.records.list_state import ListState
from daifuku.records.rows import draw_options, draw_rows
from daifuku.records.showing import Shown, show
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.records.views.neighbours import remember
from daifuku.staff.viewer import Viewer

SIZE = 50
COUNTED = 1000


@require_safe
def list_page(request: HttpRequest, slug: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    listed = list_of(state, viewer)
    page = listed.page(after=request.GET.get("after", ""), size=SIZE)
    rows = [(record, _cells(record, state, viewer)) for record in page.rows]
    editable = set(vocabulary.editable_for(viewer, object_type.key))
    count, more = listed.count(limit=COUNTED)
    remember(request, object_type, [str(record.uid) for record in page.rows], request.get_full_path())
    context = {
        "object_type": object_type, "state": state, "page": page, "count": count, "more": more,
        "rows": draw_rows(object_type, request.path, rows, editable), "headings": _headings(state),
        "views": saved_views.for_person(viewer, object_type.key), "quick": _quick_filters(state, viewer),
        "chips": _chips(state), "narrowed": bool(state.search or state.quick or state.condition),
        **_permissions(object_type.key, viewer),
    }  # fmt: skip
    return render(request, "records/list.html", context)


def _permissions(object_key: str, viewer: Viewer) -> dict[str, bool]:
    may = {
        f"may_{action}": viewer.may(object_key, action) for action in ("create", "edit", "delete", "export")
    }
    return {**may, "may_share": viewer.has_power("share_views"), "may_import": viewer.has_power("import")}


def list_of(state: ListState, viewer: Viewer) -> Any:
    return listing.query(
        state.object_type.key, viewer, condition=state.whole_condition(viewer), search=state.search,
        sort=state.sort, today=timezone.localdate(), columns=[column.field.key for column in state.columns],
    )  # fmt: skip


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


def _quick_filters(state: ListState, viewer: Viewer) -> list[dict[str, Any]]:
    fields = vocabulary.fields_for(viewer, state.object_type.key)
    found = []
    for key in state.object_type.quick_filters:
        if key in fields:
            known = fields[key]
            value = state.quick.get(key, "")
            options = draw_options(known.type.offered(), value) if isinstance(known.type, Choice) else ""
            found.append(
                {
                    "field": known,
                    "name": f"{list_state.QUICK}{key}",
                    "options": options,
                    "value": value,
                }
            )
    return found


def _chips(state: ListState) -> list[dict[str, str]]:
    """Each part of the condition as a sentence, with the address of the list without it."""
    import json

    written = state.condition.to_json()
    (match, parts), *_rest = written.items()
    chips = []
    for place, part in enumerate(state.condition.root.parts):
        left = [each for number, each in enumerate(parts) if number != place]
        chips.append(
            {
                "sentence": part.sentence(),
                "without": state.address(where=json.dumps({match: left}, ensure_ascii=False)),
            }
        )
    return chips
