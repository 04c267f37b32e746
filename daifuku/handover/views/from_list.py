"""「引き継ぐ」 for what was chosen in a list: the form of a hand-over, filled with these customers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.handover.sharing_out import CUSTOMERS
from daifuku.handover.views.arranging import show_form
from daifuku.handover.views.form import HandoverForm
from daifuku.records.bulk import Selection
from daifuku.records.catalogue import registry
from daifuku.records.list_state import ListState
from daifuku.records.views import many
from daifuku.staff.viewer import Viewer

# So many hidden fields a form may bring.
MOST = 500


def offer() -> None:
    for kind in CUSTOMERS:
        more = many.More(f"hand_over_{kind}", kind, gettext_lazy("引き継ぐ"), "users", _may(kind))
        many.offer(more, ask_many)


def _may(kind: str) -> Any:
    return lambda viewer: viewer.may(kind, "edit")


def ask_many(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    if selection.size(viewer, MOST + 1) > MOST:
        words = _(
            "一度に選んで引き継げるのは%(most)s件までです。多いときは、ビューを作って後任ごとに選んでください。"
        )
        messages.error(request, words % {"most": MOST})
        return redirect(state.address())
    keys = next(selection.pieces(viewer, timezone.localdate()), [])
    model = registry.get(selection.object).model
    rows = list(model.objects.visible_to(viewer).filter(pk__in=keys).select_related("owner"))
    owners = Counter(str(row.owner.uid) for row in rows if row.owner)
    giver = owners.most_common(1)[0][0] if owners else ""
    form = HandoverForm(viewer, None, initial={"giver": giver, "both_days": "30"})
    slug = registry.get(selection.object).slug
    return show_form(request, form, {"kept": {"chosen": [f"{slug}:{row.uid}" for row in rows]}})
