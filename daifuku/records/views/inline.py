"""One value changed where it stands: click, type, Enter."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.actions import edit
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.forms import RecordForm
from daifuku.records.forms.merging import merge
from daifuku.records.showing import show
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def inline(request: HttpRequest, slug: str, uid: uuid.UUID, key: str) -> HttpResponse:
    """GET shows the input (with `?shown` the value again), POST saves it and answers with the value for every
    place of the page where it stands."""
    action = "view" if "shown" in request.GET else "edit"
    object_type, record = record_at(request, slug, uid, action=action)
    viewer = viewer_at(request)
    field = vocabulary.editable_for(viewer, object_type.key).get(key)
    if field is None:
        raise NotFound
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(object_type, [field], viewer, record=record, data=sent, prefix_id=f"in-{record.pk}")
    opened = request.POST.get("opened") or form.opened()
    page = {"object_type": object_type, "record": record, "key": key, "form": form, "bound": form[key]}
    page |= {"opened": opened, "everywhere": False}
    if request.method != "POST":
        template = "value" if "shown" in request.GET else "inline"
        page["each"] = show(field, record, viewer, editable=True)
        return render(request, f"records/parts/{template}.html", page)
    merged = merge(form, record, opened, frozenset(request.POST.getlist("chosen")))
    if merged.contested:
        return render(
            request, "records/parts/inline.html", {**page, "contested": merged.contested}, status=412
        )
    try:
        saved = edit(record, merged.changes, by=viewer.person)
    except DomainError as error:
        form.tell(error)
        return render(request, "records/parts/inline.html", page, status=422)
    page |= {"record": saved, "each": show(field, saved, viewer, editable=True), "everywhere": True}
    response = render(request, "records/parts/value.html", page)
    response["HX-Reswap"] = "none"
    return _told(response, saved, field) if merged.changes else response


def _told(response: HttpResponse, record: Any, field: Field) -> HttpResponse:
    event, sentence = telling.written(record), _("「%(field)s」を保存しました。") % {"field": field.name}
    return toast.undoable(response, sentence, event) if event else toast.said(response, sentence)
