"""One value changed where it stands: click, type, Enter."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.ledger.models import Event
from daifuku.records.actions import edit
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.forms.merging import merge
from daifuku.records.showing import show
from daifuku.records.views.finding import record_at, viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def inline(request: HttpRequest, slug: str, uid: uuid.UUID, key: str) -> HttpResponse:
    """GET shows the input (with `?shown` the value again), POST saves it and answers with the value."""
    action = "view" if "shown" in request.GET else "edit"
    object_type, record = record_at(request, slug, uid, action=action)
    viewer = viewer_at(request)
    field = vocabulary.editable_for(viewer, object_type.key).get(key)
    if field is None:
        raise NotFound
    context = {"object_type": object_type, "record": record, "key": key}
    if request.method != "POST":
        form = RecordForm(object_type, [field], viewer, record=record, prefix_id=f"in-{record.pk}")
        template = "records/parts/value.html" if "shown" in request.GET else "records/parts/inline.html"
        each = show(field, record, viewer, editable=True)
        return render(
            request,
            template,
            {**context, "form": form, "bound": form[key], "each": each, "opened": form.opened()},
        )
    form = RecordForm(
        object_type, [field], viewer, record=record, data=request.POST, prefix_id=f"in-{record.pk}"
    )
    opened = request.POST.get("opened", "")
    merged = merge(form, record, opened, frozenset(request.POST.getlist("chosen")))
    try:
        saved = record if merged.contested else edit(record, merged.changes, by=viewer.person)
    except DomainError as error:
        form.tell(error)
        page = {**context, "form": form, "bound": form[key], "opened": opened}
        return render(request, "records/parts/inline.html", page, status=422)
    if merged.contested:
        page = {**context, "form": form, "bound": form[key], "opened": opened, "contested": merged.contested}
        return render(request, "records/parts/inline.html", page, status=412)
    response = render(
        request,
        "records/parts/value.html",
        {**context, "record": saved, "each": show(field, saved, viewer, editable=True)},
    )
    if not merged.changes:
        return response
    event = Event.objects.filter(
        subjects__object=object_type.key, subjects__record_id=saved.pk, actor=viewer.person
    ).latest("pk")
    return toast.undoable(response, _("「%(field)s」を保存しました。") % {"field": field.name}, event)
