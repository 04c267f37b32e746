"""The views that people keep of lists: kept, changed, shared, thrown away; made a tab, opened by default."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import etag, object_of, uid_of, wanted_version
from daifuku.api.routing import records
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records import saved_views
from daifuku.records.actions import view_guests, views
from daifuku.records.catalogue.types import PersonLink, Refused, TeamLink
from daifuku.records.models import View
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer


class ViewGuestItem(Schema):
    """A person (uid) or a team (id) that may use the view, with `may_change` also change it."""

    model_config = ConfigDict(extra="forbid")

    person: str | None = None
    team: int | None = None
    may_change: bool = False


class ViewChange(Schema):
    """`shared` needs the power to share views; a column is `{"field": "name", "width": 240}`; `look` is how the
    list looks, in the words of its address: `{"layout": "board", "by": "rank", "sum": "employees"}`, or
    `{"layout": "chart", "chart": "bar", "x": "rank", "value": "count"}`."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    condition: dict[str, Any] | None = None
    columns: list[dict[str, Any]] | None = None
    sort: str | None = Field(None, max_length=80)
    look: dict[str, str] | None = None
    shared: bool | None = None
    guests: list[ViewGuestItem] | None = Field(None, max_length=200)


class NewView(ViewChange):
    name: str


class ViewItem(Schema):
    key: str
    name: str
    shared: bool
    mine: bool
    pinned: bool
    default: bool
    sort: str
    condition: dict[str, Any]
    columns: list[dict[str, Any]]
    look: dict[str, str]
    guests: list[ViewGuestItem]
    version: int | None


class Views(Schema):
    items: list[ViewItem]


@records.get("/{slug}/views", operation_id="views_{object}", summary=noop("ビュー一覧"), response=Views)
def list_views(request: Asked, slug: str) -> Answer:
    """One's own views, those that are shared, and those that come with the program; `?view=KEY` reads a list by one."""
    return Answer({"items": list(_all(request, _key(request, slug)).values())})


@records.post(
    "/{slug}/views",
    operation_id="create_view_{object}",
    summary=noop("ビューの保存"),
    response={201: ViewItem},
)
def create_view(request: Asked, slug: str, body: NewView) -> Answer:
    """A list as one wants to find it again."""
    object_key = _key(request, slug)
    view = views.create_view(object_key, _values(body), by=request.auth.person)
    _invite(view, body, request)
    return _shown(request, object_key, view.key, 201)


@records.get(
    "/{slug}/views/{view}", operation_id="get_view_{object}", summary=noop("ビュー"), response=ViewItem
)
def get_view(request: Asked, slug: str, view: str) -> Answer:
    """Its ETag is its version; one that comes with the program has none. `guests` are told to whoever may share it."""
    return _shown(request, _key(request, slug), view)


@records.patch(
    "/{slug}/views/{view}",
    operation_id="change_view_{object}",
    summary=noop("ビューの変更"),
    response=ViewItem,
)
def change_view(request: Asked, slug: str, view: str, body: ViewChange) -> Answer:
    """Changes what is sent. One's own; a shared one whoever may share views."""
    object_key = _key(request, slug)
    found = _kept(request, object_key, view)
    views.edit_view(found, _values(body), by=request.auth.person, version=wanted_version(request))
    _invite(found, body, request)
    return _shown(request, object_key, view)


@records.delete(
    "/{slug}/views/{view}",
    operation_id="trash_view_{object}",
    summary=noop("ビューの削除"),
    response={204: None},
)
def trash_view(request: Asked, slug: str, view: str) -> Answer:
    """Into the trash, from which it can be restored."""
    views.trash_view(_kept(request, _key(request, slug), view), by=request.auth.person)
    return Answer(status=204)


@records.post(
    "/{slug}/views/{view}/restore", operation_id="restore_view_{object}", summary=noop("ビューを戻す"),
    response=ViewItem,
)  # fmt: skip
def restore_view(request: Asked, slug: str, view: str) -> Answer:
    """Out of the trash; one that is not in it stays as it is."""
    object_key = _key(request, slug)
    trashed = View.objects.filter(uid=uid_of(view), object=object_key, trashed_at__isnull=False).first()
    if trashed is not None:
        views.restore_view(trashed, by=request.auth.person)
    return _shown(request, object_key, view)


@records.put(
    "/{slug}/views/{view}/pin", operation_id="pin_view_{object}", summary=noop("ビューをタブに固定"),
    response=ViewItem,
)  # fmt: skip
def pin_view(request: Asked, slug: str, view: str) -> Answer:
    """Among one's own tabs above the list."""
    return _pinned(request, slug, view, True)


@records.delete(
    "/{slug}/views/{view}/pin", operation_id="unpin_view_{object}", summary=noop("ビューをタブから外す"),
    response=ViewItem,
)  # fmt: skip
def unpin_view(request: Asked, slug: str, view: str) -> Answer:
    """It stays in the menu of views."""
    return _pinned(request, slug, view, False)


@records.put(
    "/{slug}/views/{view}/default", operation_id="default_view_{object}", summary=noop("いつも開くビューにする"),
    response=ViewItem,
)  # fmt: skip
def default_view(request: Asked, slug: str, view: str) -> Answer:
    """For the caller the list opens with it; `all` is as it was at first."""
    object_key = _key(request, slug)
    views.open_by_default(object_key, view, by=request.auth.person)
    return _shown(request, object_key, view)


def _pinned(request: Asked, slug: str, view: str, pinned: bool) -> Answer:
    object_key = _key(request, slug)
    views.pin_view(object_key, view, by=request.auth.person, pinned=pinned)
    return _shown(request, object_key, view)


def _key(request: Asked, slug: str) -> str:
    return object_of(request.auth.viewer, slug).key


def _kept(request: Asked, object_key: str, key: str) -> View:
    """Those that come with the program cannot be changed."""
    view = saved_views.find(request.auth.viewer, object_key, key)
    if not isinstance(view, View):
        raise NotFound
    return view


def _values(body: ViewChange) -> dict[str, Any]:
    """As a browser's JSON would bring it: without exact decimals."""
    sent = body.model_dump(exclude_unset=True, exclude_none=True, exclude={"guests"})
    values: dict[str, Any] = json.loads(json.dumps(sent, default=str))
    return values


def _invite(view: View, body: ViewChange, request: Asked) -> None:
    if body.guests is not None:
        guests = [(_guest(each, request), each.may_change) for each in body.guests]
        view_guests.show_view_to(view, guests, by=request.auth.person)


def _guest(item: ViewGuestItem, request: Asked) -> Person | Team:
    try:
        kind: Any = PersonLink() if item.person else TeamLink()
        found = kind.clean(item.person or item.team, request.auth.viewer)
    except Refused as error:
        raise Invalid([FieldProblem("guests", error.message, code=error.code)]) from error
    if found is None:
        raise Invalid([FieldProblem("guests", _("person か team を指定してください。"), code="required")])
    return found  # type: ignore[no-any-return]


def _shown(request: Asked, object_key: str, key: str, status: int = 200) -> Answer:
    found = saved_views.find(request.auth.viewer, object_key, key)
    headers = {"ETag": etag(found)} if isinstance(found, View) else {}
    return Answer(_all(request, object_key)[found.key], status, headers)


def _guests(view: Any, viewer: Viewer) -> list[dict[str, Any]]:
    if not isinstance(view, View) or not saved_views.owns(viewer, view):
        return []
    return [
        {"person": str(each.uid), "may_change": may}
        if isinstance(each, Person)
        else {"team": each.pk, "may_change": may}
        for each, may in view_guests.guests_of(view)
    ]


def _all(request: Asked, object_key: str) -> dict[str, dict[str, Any]]:
    viewer = request.auth.viewer
    offered = saved_views.for_person(viewer, object_key)
    default = saved_views.find(viewer, object_key, "").key
    pinned = {view.key for view in offered.shown}
    return {
        view.key: {
            "key": view.key, "name": view.name, "shared": view.shared, "mine": view.mine,
            "pinned": view.key in pinned, "default": view.key == default, "sort": view.sort,
            "condition": view.condition, "columns": list(view.columns), "look": view.look,
            "guests": _guests(view, viewer), "version": getattr(view, "version", None),
        }
        for view in (*offered.shown, *offered.others)
    }  # fmt: skip
