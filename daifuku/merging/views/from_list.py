"""「統合」 for what was chosen in a list, and in the menu of one record."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.foundation import menu
from daifuku.foundation.errors import DomainError
from daifuku.foundation.reversing import url_of
from daifuku.merging.asking import KINDS, MOST, need_number
from daifuku.records.bulk import Selection
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import MenuWord
from daifuku.records.list_state import ListState
from daifuku.records.views import many
from daifuku.staff.viewer import Viewer


def offer() -> None:
    for key in KINDS:
        object_type = registry.get(key)
        many.offer(many.More(f"merge_{key}", key, gettext_lazy("統合"), "merge", _may(key)), ask_many)
        object_type.record_menu.append(MenuWord("merging:new", gettext_lazy("ほかの記録と統合"), "merge"))
        object_type.tools.append(
            menu.Entry("menu", gettext_lazy("統合の記録"), "merging:list", "merge", 95, object=key)
        )


def _may(kind: str) -> Any:
    return lambda viewer: viewer.may(kind, "edit")


def ask_many(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    """To the page on which they stand side by side; too few and too many come back with the reason."""
    try:
        need_number(selection.size(viewer, MOST + 1))
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(state.address())
    keys = next(selection.pieces(viewer, timezone.localdate()), [])
    rows = registry.get(selection.object).model.objects.visible_to(viewer).filter(pk__in=keys)
    asked = {"object": selection.object, "uid": [str(uid) for uid in rows.values_list("uid", flat=True)]}
    if len(asked["uid"]) < 2:
        messages.error(request, _("統合する記録を2件以上選んでください。"))
        return redirect(state.address())
    return redirect(f"{url_of('merging:new')}?{urlencode(asked, doseq=True)}")
