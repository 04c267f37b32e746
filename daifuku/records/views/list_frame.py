"""What stands around the rows of a list, whether they are rows, cards of a board or groups: views, filters, tools."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from daifuku.records import list_state, listing, saved_views
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Choice
from daifuku.records.list_state import ListState
from daifuku.records.models import View
from daifuku.records.rows import draw_options
from daifuku.staff.viewer import Viewer

COUNTED = 1000
# How many seconds a page waits for what is counted and added up, and whoever pressed a button for it.
AT_ONCE, ASKED_FOR = 1.0, 20.0


def frame(state: ListState, viewer: Viewer, listed: Any) -> dict[str, Any]:
    """`list_address` and `board_address` lead from one form of the list to the other."""
    object_key = state.object_type.key
    count, more = listed.count(limit=COUNTED)
    return {
        "object_type": state.object_type, "state": state, "count": count, "more": more,
        **_tools(state, viewer),
        "views": saved_views.for_person(viewer, object_key), "quick": _quick_filters(state, viewer),
        "chips": _chips(state), "narrowed": bool(state.search or state.quick or state.condition),
        "switcher": _switcher(state), "owned": isinstance(state.view, View) and saved_views.owns(viewer, state.view),
        **_permissions(object_key, viewer),
    }  # fmt: skip


def _tools(state: ListState, viewer: Viewer) -> dict[str, Any]:
    """Other pages about these records: as buttons above the list, and what is rarely needed in its menu."""
    tools = [tool for tool in state.object_type.tools if tool.open_to(viewer)]
    return {
        "tools": [tool for tool in tools if tool.place != "menu"],
        "in_menu": [tool for tool in tools if tool.place == "menu"],
    }


def _switcher(state: ListState) -> dict[str, str]:
    """The addresses of the same list in another form; a board only where there is a choice to make its columns of."""
    usual = state.view.look.get("layout", "list")
    forms = ("list", "board", "chart") if state.look.by else ("list", "chart")
    return {form: state.address(layout=None if form == usual else form) for form in forms}


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
