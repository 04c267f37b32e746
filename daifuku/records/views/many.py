"""The same for many records: what was chosen in a list is changed, given to somebody, tagged or thrown away at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from daifuku.foundation.errors import DomainError
from daifuku.records import bulk, list_state
from daifuku.records.actions import tagging
from daifuku.records.bulk import Begun, Selection
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.list_state import ListState
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


@require_POST
def many(request: HttpRequest, slug: str) -> HttpResponse:
    """`do` says what; what needs more than the selection asks for it on a page of its own and comes back with `go`."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.POST)
    selection, uids = _selection(request, state, viewer)
    if selection is None:
        messages.error(request, _("記録を選んでから、もう一度お試しください。"))
        return redirect(state.address())
    ask = ASKED.get(request.POST.get("do", ""))
    if ask is None:
        return _carry_out(request, state, bulk.trash(selection, by=viewer.person))
    page: dict[str, Any] = {
        "object_type": object_type, "state": state, "uids": uids, "count": selection.size(viewer, 10_000),
        "do": request.POST["do"], "all": bool(request.POST.get("all")),
    }  # fmt: skip
    return ask(request, state, selection, viewer, page)


def _selection(request: HttpRequest, state: ListState, viewer: Viewer) -> tuple[Selection | None, list[str]]:
    """All that the list shows, or the ticked rows; rows that this person cannot see are passed over."""
    if request.POST.get("all"):
        condition = state.whole_condition(viewer).to_json()
        return Selection(state.object_type.key, None, condition, state.search), []
    uids = [text for text in request.POST.getlist("keys")[:1000] if _is_uid(text)]
    rows = state.object_type.model.objects.visible_to(viewer).filter(uid__in=uids)
    keys = tuple(rows.values_list("pk", flat=True))
    return (Selection(state.object_type.key, keys) if keys else None), uids


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def _edit(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    """Only fields that were ticked are changed; an empty value then means that it is emptied."""
    fields = vocabulary.editable_for(viewer, state.object_type.key)
    ticked = [key for key in request.POST.getlist("change") if key in fields]
    form = RecordForm(
        state.object_type, fields.values(), viewer, data=request.POST if "go" in request.POST else None
    )
    page |= {"form": form, "ticked": ticked}
    if "go" in request.POST:
        changes = {key: value for key, value in form.values().items() if key in ticked}
        try:
            return _carry_out(request, state, bulk.edit(selection, changes, by=viewer.person))
        except DomainError as error:
            form.tell(error)
            return render(request, "records/many_edit.html", {**page, "error": error.message}, status=422)
    return render(request, "records/many_edit.html", page)


def _assign(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    people = Person.objects.working()
    chosen = next((each for each in people if str(each.uid) == request.POST.get("person")), None)
    page |= {"people": people, "chosen": chosen}
    if "go" not in request.POST:
        return render(request, "records/many_assign.html", page)
    page["error"] = _("新しい営業担当を選んでください。")
    if chosen:
        try:
            return _carry_out(request, state, bulk.assign(selection, chosen, by=viewer.person))
        except DomainError as error:
            page["error"] = error.message
    return render(request, "records/many_assign.html", page, status=422)


def _tag(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    page |= {
        "offered": tagging.offered(viewer.pk),
        "name": request.POST.get("name", ""),
        "remove": request.POST.get("remove") == "1",
    }
    if "go" in request.POST:
        try:
            begun = bulk.tag(selection, page["name"], by=viewer.person, remove=page["remove"])
            return _carry_out(request, state, begun)
        except DomainError as error:
            return render(request, "records/many_tag.html", {**page, "error": error.message}, status=422)
    return render(request, "records/many_tag.html", page)


ASKED: dict[str, Callable[..., HttpResponse]] = {"edit": _edit, "assign": _assign, "tag": _tag}


@dataclass(frozen=True)
class More:
    """A verb of an area above for what was chosen in a list of `object`: it stands beside the others."""

    do: str
    object: str
    label: Any
    icon: str
    open_to: Callable[[Viewer], bool]


_more: dict[str, More] = {}


def offer(more: More, ask: Callable[..., HttpResponse]) -> None:
    """Areas above call it from `apps.ready()`; `ask(request, state, selection, viewer, page)` answers."""
    _more[more.do], ASKED[more.do] = more, ask


def offered(object_key: str, viewer: Viewer) -> list[More]:
    return [each for each in _more.values() if each.object == object_key and each.open_to(viewer)]


def _carry_out(request: HttpRequest, state: ListState, begun: Begun) -> HttpResponse:
    """A few are done by now; many are done by a job, whose page shows how far it is."""
    if begun.job is not None:
        messages.success(request, _("変更を始めました。この画面を閉じても進みます。"))
        return redirect("jobs:job", begun.job.uid)
    done = begun.outcome.done if begun.outcome else 0
    sentence = ngettext("%(n)s件を変更しました。", "%(n)s件を変更しました。", done) % {"n": done}
    refused = begun.outcome.refused if begun.outcome else []
    if refused:
        sentence += _("%(n)s件は権限がないため、そのままです。") % {"n": len(refused)}
    telling.done(request, sentence, begun.event if done else None)
    return redirect(state.address())
