"""The views that people keep of lists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of
from daifuku.api.routing import records
from daifuku.records import saved_views


class ViewItem(Schema):
    key: str
    name: str
    shared: bool
    pinned: bool
    sort: str
    condition: dict[str, Any]


class Views(Schema):
    items: list[ViewItem]


@records.get("/{slug}/views", operation_id="views_{object}", summary=noop("ビュー一覧"), response=Views)
def list_views(request: Asked, slug: str) -> Answer:
    """One's own views, those that are shared, and those that come with the program; `?view=KEY` reads a list by one."""
    viewer = request.auth.viewer
    offered = saved_views.for_person(viewer, object_of(viewer, slug).key)
    shown = [(view, True) for view in offered.shown] + [(view, False) for view in offered.others]
    return Answer({"items": [_shown(view, pinned=pinned) for view, pinned in shown]})


def _shown(view: Any, *, pinned: bool) -> dict[str, Any]:
    return {
        "key": view.key, "name": str(getattr(view, "label", view)), "shared": getattr(view, "shared", True),
        "pinned": pinned, "sort": view.sort, "condition": view.condition,
    }  # fmt: skip
