"""A list put together in groups, and what stands at the foot of its columns: counted and added up by the database.

A page waits only a moment for it. What takes longer is asked for by a button, and given up with a sentence before the
database is kept busy for long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import grouping, list_state
from daifuku.records.catalogue.field import Field
from daifuku.records.list_state import ListState
from daifuku.records.look import TOTALS
from daifuku.records.views import chart
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.records.views.list_frame import ASKED_FOR, AT_ONCE, frame, list_of
from daifuku.staff.viewer import Viewer

WORKED_OUT_AT_ONCE = 1000


def fill_groups(state: ListState, viewer: Viewer, listed: Any, seconds: float = AT_ONCE) -> dict[str, Any]:
    """What the page of a list shows instead of rows; `slow` where it takes longer than a page may."""
    by = state.look.group
    assert by is not None
    sums = [column.field for column in state.columns if column.field.type.numeric]
    try:
        with at_most(seconds):
            found = grouping.groups_of(listed.rows, by, sums)
    except TookTooLong:
        return {"shown": True, "slow": True, "grouped": True, "late": seconds > AT_ONCE}
    shown = [
        {
            "group": group, "address": state.opened(group.test, viewer),
            "sums": [grouping.said(each, group.sums[each.key]) for each in sums],
        }
        for group in found.groups
    ]  # fmt: skip
    return {"shown": bool(shown), "grouped": True, "groups": shown, "sums": sums, "most": found.more}


@require_safe
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups of a long list, for whoever is ready to wait; without htmx the whole page with them."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    if state.look.chart is not None:
        return chart.answer(request, state, viewer)
    if state.look.group is None:
        raise Invalid([FieldProblem("group", _("まとめる項目を選んでください。"), code="required")])
    listed = list_of(state, viewer)
    filled = fill_groups(state, viewer, listed, ASKED_FOR)
    if request.headers.get("HX-Request"):
        return render(
            request, "records/list/groups.html", {"state": state, "object_type": object_type, **filled}
        )
    return render(request, "records/list.html", {**frame(state, viewer, listed), **filled})


def fill_totals(state: ListState, listed: Any, *, more: bool) -> dict[str, Any]:
    """The feet of the columns; of a list of more than a thousand rows only when somebody asks."""
    if not state.look.totals:
        return {}
    return {"totals": None if more else _totals(state, listed, AT_ONCE)}


@require_safe
def totals(request: HttpRequest, slug: str) -> HttpResponse:
    """The feet of the columns of a long list, as the row of its table; without htmx as a page of their own."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    worked_out = _totals(state, list_of(state, viewer), ASKED_FOR)
    page = {"object_type": object_type, "state": state, "totals": worked_out, "late": worked_out is None}
    template = "totals" if request.headers.get("HX-Request") else "totals_page"
    return render(request, f"records/list/{template}.html", page)


def _totals(state: ListState, listed: Any, seconds: float) -> list[dict[str, Any]] | None:
    """A cell for each column; None where it takes too long."""
    wanted = list(_wanted(state))
    try:
        with at_most(seconds):
            found = grouping.totals_of(listed.rows, wanted)
    except TookTooLong:
        return None
    return [_cell(column.field, state.look.totals.get(column.field.key), found) for column in state.columns]


def _wanted(state: ListState) -> Iterable[tuple[Field, str]]:
    for column in state.columns:
        if column.field.key in state.look.totals:
            yield column.field, state.look.totals[column.field.key]


def _cell(field: Field, how: str | None, found: dict[str, Any]) -> dict[str, Any]:
    if how is None:
        return {"field": field}
    return {"field": field, "how": TOTALS[how], "value": grouping.said(field, found[field.key], how) or "—"}
