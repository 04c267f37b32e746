"""Keeps a list as a view, and does with views what people do: overwrite, throw away, make a tab, open by default."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.errors import NotFound
from daifuku.records import list_state, saved_views
from daifuku.records.actions import views
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import View
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, viewer_at


@require_POST
def save_view(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as it is now, quick filters included; `over` names the view that it replaces."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.POST)
    values: dict[str, Any] = {
        "condition": state.asked_for(viewer).to_json(),
        "columns": [
            {"field": column.field.key, **({"width": column.width} if column.width else {})}
            for column in state.columns
        ],
        "sort": state.sort,
        "look": state.look.written(),
    }
    if "over" in request.POST:
        kept = _kept(request, object_type, request.POST["over"])
        view = views.edit_view(kept, values, by=viewer.person)
        sentence = _("ビュー「%(view)s」に上書きしました。")
    else:
        values |= {"name": request.POST.get("name", ""), "shared": request.POST.get("shared") == "1"}
        view = views.create_view(object_type.key, values, by=viewer.person)
        sentence = _("ビュー「%(view)s」を保存しました。")
    telling.done(request, sentence % {"view": view.name}, telling.written())
    return _list(object_type, view.key)


@require_POST
def trash_view(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    view = views.trash_view(_kept(request, object_type, key), by=viewer.person)
    telling.done(request, _("ビュー「%(view)s」を削除しました。") % {"view": view.name}, telling.written())
    return _list(object_type, "")


@require_POST
def pin_view(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Onto the tabs, or off them if it is there already."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    pinned = not views.is_pinned(object_type.key, key, by=viewer.person)
    views.pin_view(object_type.key, key, by=viewer.person, pinned=pinned)
    telling.done(request, _("タブに固定しました。") if pinned else _("タブから外しました。"))
    return _list(object_type, key)


@require_POST
def use_by_default(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    views.open_by_default(object_type.key, key, by=viewer.person)
    telling.done(request, _("これからはこのビューで開きます。"))
    return _list(object_type, key)


def _kept(request: HttpRequest, object_type: ObjectType, key: str) -> View:
    view = saved_views.find(viewer_at(request), object_type.key, key) if key else None
    if not isinstance(view, View):
        raise NotFound
    return view


def _list(object_type: ObjectType, key: str) -> HttpResponse:
    address = reverse("records:list", args=[object_type.slug])
    return redirect(f"{address}?view={key}" if key else address)
