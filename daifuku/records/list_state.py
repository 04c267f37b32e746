"""What a list shows now: the chosen view, and what the person has changed about it since.

Everything stands in the address: a list can be kept as a bookmark, sent to a colleague, left and found again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.reversing import url_of
from daifuku.records import look as looks
from daifuku.records import quick_filters, saved_views
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.records.look import Look
from daifuku.records.saved_views import Column
from daifuku.staff.viewer import Viewer

QUICK = "f."
OWN = ("where", "sort", "cols", *looks.NAMES)
LONGEST_SEARCH = 100
# What browsers and the servers between carry without complaint.
LONGEST_ADDRESS = 8000


@dataclass(frozen=True)
class ListState:
    """`own` are the parameters by which the list differs from its view; `problems` tell what of the view is gone.
    `quick` stands in the boxes over the list, `given` what of it the view brings; `condition` is the rest."""

    object_type: ObjectType
    view: Any
    condition: Condition
    quick: dict[str, str]
    search: str
    sort: str
    columns: tuple[Column, ...]
    own: dict[str, str] = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()
    given: dict[str, str] = field(default_factory=dict)
    look: Look = field(default_factory=Look)

    @property
    def dirty(self) -> bool:
        changed = any(name in self.own for name in ("where", "sort", "cols")) or self._looks_otherwise
        return changed or bool(self.given and self.given != self.quick)

    @property
    def _looks_otherwise(self) -> bool:
        return any(
            self.own.get(name, "") != self.view.look.get(name, "") for name in looks.NAMES if name in self.own
        )

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    def address(self, **changed: str | None) -> str:
        """The list with some parameters changed (None removes one); a change starts again at the first page."""
        parameters = dict(self.kept())
        for name, value in changed.items():
            parameters.pop(name, None)
            if value is not None:
                parameters[name] = value
        return f"{url_of('records:list', self.object_type.slug)}?{urlencode(parameters)}"

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """The parameters as pairs, for forms that change one of them."""
        emptied = {key: "" for key in self.given if key not in self.quick}
        quick = {f"{QUICK}{key}": value for key, value in {**emptied, **self.quick}.items()}
        pairs = {"view": self.view.key, **self.own, **quick}
        if self.search:
            pairs["q"] = self.search
        return [(name, value) for name, value in pairs.items() if name not in without]

    def opened(self, test: dict[str, Any] | None, viewer: Viewer) -> str:
        """The list of rows narrowed down to what a group or a column of a board shows; empty if that cannot be said."""
        if test is None:
            return ""
        narrowed = quick_filters.with_boxes(self.condition, [test], viewer)
        if len(narrowed.problems) > len(self.condition.problems):
            return ""
        plain = {name: word if self.view.look.get(name) else None for name, word in looks.PLAIN.items()}
        address = self.address(where=json.dumps(narrowed.to_json(), ensure_ascii=False), **plain)
        return address if len(address) <= LONGEST_ADDRESS else ""

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All of them, for forms and pieces of the page that are the same as long as these are."""
        return tuple(self.kept())

    @cached_property
    def query(self) -> str:
        """The same as a piece of an address."""
        return urlencode(self.pairs)

    def whole_condition(self, viewer: Viewer) -> Condition:
        """What is asked for, without the records that are laid aside."""
        aside, asked = self.object_type.aside, self.asked_for(viewer)
        named = {test.path.key.partition(".")[0] for test in asked.tests()}
        if not aside or self.search or aside in named:
            return asked
        fields = vocabulary.fields_for(viewer, self.object_type.key)
        return quick_filters.with_boxes(
            asked, [{"field": aside, "op": "empty"}] if aside in fields else [], viewer
        )

    def asked_for(self, viewer: Viewer) -> Condition:
        """The view's condition, or the edited one, and the quick filters."""
        fields = vocabulary.fields_for(viewer, self.object_type.key)
        tests = [quick_filters.test_of(fields[key], value) for key, value in self.quick.items()]
        return quick_filters.with_boxes(self.condition, tests, viewer)


def read(object_type: ObjectType, viewer: Viewer, data: QueryDict) -> ListState:
    """Raises NotFound for a view that this person may not see, Invalid for a condition that cannot be read."""
    view = saved_views.find(viewer, object_type.key, data.get("view", ""))
    own = {name: str(data[name]) for name in OWN if data.get(name)}
    resolved = saved_views.resolve(view, viewer, object_type.key)
    fields = vocabulary.fields_for(viewer, object_type.key)
    given: dict[str, str] = {}
    if "where" in own:
        condition = parse_leniently(_json(own["where"]), object_type.key, viewer)
    else:
        condition, given = quick_filters.boxes_of(resolved.condition, object_type, fields, viewer)
    boxes = {
        key: str(data.get(QUICK + key, given.get(key, "")))
        for key in object_type.quick_filters
        if key in fields
    }
    quick = {key: value for key, value in boxes.items() if value}
    search = data.get("q", "").strip()[:LONGEST_SEARCH]
    state = ListState(
        object_type, view, condition, quick, search, own.get("sort") or resolved.sort,
        tuple(resolved.columns), own,
        tuple(condition.problems if "where" in own else resolved.problems), given,
        looks.read({**view.look, **own}, fields, object_type.quick_filters),
    )  # fmt: skip
    way = object_type.board_by(state.look.by.key) if state.look.board and state.look.by else None
    if way and state.look.sum is None and "sum" not in own and way.sum in fields:
        state = replace(state, look=replace(state.look, sum=fields[way.sum]))
    return replace(state, columns=_columns(own["cols"], fields)) if "cols" in own else state


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        sentence = _("絞り込みの条件を読み取れません。条件を設定し直してください。")
        raise Invalid([FieldProblem("where", sentence, code="json")]) from error


def _columns(text: str, fields: dict[str, Field]) -> tuple[Column, ...]:
    """`name:240,phone` and so on; what is no field (any more) is left out."""
    columns = []
    for part in text.split(",")[:60]:
        key, _colon, width = part.partition(":")
        if key in fields:
            columns.append(Column(fields[key], int(width) if width.isdecimal() and len(width) < 5 else None))
    return tuple(columns)


def written_columns(columns: Sequence[Column]) -> str:
    return ",".join(f"{c.field.key}:{c.width}" if c.width else c.field.key for c in columns)
