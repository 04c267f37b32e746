"""A list as a board of cards, and a card that is moved to another column."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records import board, grouping, list_state
from daifuku.records.actions import edit
from daifuku.records.board import EMPTY, Column
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import BoardWay
from daifuku.records.list_state import ListState
from daifuku.records.look import boards_of, may_be_board
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.records.views.list_frame import list_of
from daifuku.staff.viewer import Viewer


def fill(state: ListState, viewer: Viewer, listed: Any) -> dict[str, Any]:
    """What the page of a list shows instead of rows."""
    by, way = _by(state), state.object_type.board_by(_by(state).key)
    fields = vocabulary.fields_for(viewer, state.object_type.key)
    further = _further(way, viewer, state)
    found = board.columns_of(
        listed, by, state.look.sum, viewer, timezone.localdate(), only=way.columns(state) if way else None,
        further=further,
    )  # fmt: skip
    columns = [_shown(state, column, viewer, further) for column in found]
    return {
        "board": columns, "cards": _cards(state, viewer), "shown": any(c.page.rows for c in found),
        "boards": boards_of(fields), "numbers": [each for each in fields.values() if each.type.numeric],
        "kept": state.kept("by", "sum", "layout"), "way": way, **(way.context(state, viewer) if way else {}),
    }  # fmt: skip


@require_safe
def board_cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The next cards of one column."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    if state.look.by is None:
        raise NotFound
    column = board.column_of(
        list_of(state, viewer), _by(state), request.GET.get("column", "")[:63], viewer, timezone.localdate(),
        request.GET.get("after", ""),
    )  # fmt: skip
    page = {"object_type": object_type, "state": state, "column": _shown(state, column, viewer)}
    return render(request, "records/list/board_cards.html", {**page, "cards": _cards(state, viewer)})


@require_POST
def move(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Gives the record of a card the choice of another column; whatever comes of it, the card as it is now is sent.

    With the version that the card had: what somebody else did in the meantime is not passed over.
    """
    object_type, record = record_at(request, slug, uid)
    viewer = viewer_at(request)
    state = list_state.read(object_type, viewer, request.POST)
    by = vocabulary.editable_for(viewer, object_type.key).get(request.POST.get("field", ""))
    if by is None or not may_be_board(by):
        raise NotFound
    wanted, version = request.POST.get("to", ""), request.POST.get("version", "")
    event, status, asked, way = None, 200, "", object_type.board_by(by.key)
    try:
        to = "" if wanted == EMPTY else wanted
        record = edit(
            record, {by.key: to}, by=viewer.person, version=int(version) if version.isdecimal() else None
        )
        event = telling.written(record)
        sentence = _("「%(name)s」を「%(column)s」に移しました。")
        sentence %= {"name": str(record), "column": by.text(record) or _("（空欄）")}
    except DomainError as error:
        if error.status not in {403, 409, 412, 422}:
            raise
        sentence, status = error.message, error.status
        asked = way.ask(record, wanted, error) if way else ""
        _same, record = record_at(request, slug, uid)
    page = {"record": record, "cards": _cards(state, viewer, by)}
    response = render(request, "records/list/board_card.html", page, status=status)
    if asked:
        response["Daifuku-Asks"] = asked
    return toast.undoable(response, sentence, event) if event else toast.said(response, sentence)


def _cards(state: ListState, viewer: Viewer, by: Field | None = None) -> dict[str, Any]:
    """What the template needs to draw cards with its own picture on the menu."""
    by = by or _by(state)
    way = state.object_type.board_by(by.key)
    movable = by.key in vocabulary.editable_for(viewer, state.object_type.key)
    return {
        "by": by, "columns": _fields_of_cards(state, way, viewer), "total": state.look.sum,
        "further": _further(way, viewer, state),
        "viewer": viewer, "movable": movable and viewer.may(state.object_type.key, "edit"),
        "mark": _mark(way, viewer) if way else None,
    }  # fmt: skip


def _further(way: BoardWay | None, viewer: Viewer, state: ListState) -> list[Field]:
    fields = vocabulary.fields_for(viewer, state.object_type.key)
    return [fields[key] for key in way.more if key in fields] if way else []


def _fields_of_cards(state: ListState, way: BoardWay | None, viewer: Viewer) -> list[Field]:
    """The name first, which stands over the card anyway."""
    columns = [column.field for column in state.columns]
    if way is None or not way.shows or state.view.columns or "cols" in state.own:
        return columns
    fields = vocabulary.fields_for(viewer, state.object_type.key)
    return [*columns[:1], *(fields[key] for key in way.shows if key in fields)]


def _mark(way: BoardWay, viewer: Viewer) -> Callable[[Any], str]:
    today = timezone.localdate()
    return lambda record: way.mark(record, viewer, today)


def _by(state: ListState) -> Field:
    assert state.look.by is not None
    return state.look.by


def _shown(state: ListState, column: Column, viewer: Viewer, further: Sequence[Field] = ()) -> dict[str, Any]:
    sums = column.further if state.look.sum else (column.total, *column.further)
    # A column without cards has none yet; the first card that comes brings some.
    sums = (*sums, *(None for _each in further))[: len(further)]
    total = state.look.sum if column.exact else None
    amount = Decimal(0) if column.total is None else column.total
    return {
        "key": column.key, "name": column.name, "colour": column.colour, "count": column.count,
        "exact": column.exact, "page": column.page, "late": column.late, "address": state.opened(column.test, viewer),
        "further": [
            (each.name, str(value or 0), grouping.said(each, Decimal(0) if value is None else value))
            for each, value in zip(further, sums, strict=False)
        ] if column.exact and not column.late else [],
        "sum": str(amount), "total": grouping.said(total, amount) if total else "",
    }  # fmt: skip
