"""New records, and changes to one: what was typed is never lost, two editors are told of each other field by field."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.reversing import url_of
from daifuku.records import live
from daifuku.records.actions import edit
from daifuku.records.actions.creating_along import create_along
from daifuku.records.catalogue import gates, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.forms import RecordForm
from daifuku.records.forms.along_form import AlongForm, along_form
from daifuku.records.forms.merging import merge
from daifuku.records.once import Outcome, SentBefore, new_word, once
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.viewer import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest, slug: str) -> HttpResponse:
    """With `?account=uid` and the like, fields are filled in beforehand. In the panel at the side the form alone."""
    object_type, viewer = object_at(request, slug, "create"), viewer_at(request)
    if object_type.entered_at and request.method != "POST":
        address = f"{url_of(object_type.entered_at)}?{request.GET.urlencode()}"
        return HttpResponse(headers={"HX-Redirect": address}) if _in_sheet(request) else redirect(address)
    fields = vocabulary.editable_for(viewer, object_type.key)
    given = {name: request.GET[name] for name in request.GET if name in fields}
    fields = _on_form(fields, given)
    start = {name: field.default for name, field in fields.items() if field.default is not None}
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(
        object_type, fields.values(), viewer, data=sent,
        initial={"owner": str(viewer.person.uid), **start, **given},
    )  # fmt: skip
    along = along_form(object_type, viewer, sent)
    context = {"typing_key": f"new-{object_type.key}", "along": along, "once": new_word()}
    if request.method == "POST":
        try:
            record = _created(request, object_type, form, along)
        except SentBefore as before:
            context["made_before"] = _made(object_type, viewer, before.outcome)
            if context["made_before"] is None:
                form.tell(before)
            return _form_page(request, object_type, form, context, 422 if _in_sheet(request) else 409)
        except DomainError as error:
            _tell(error, form, along)
        else:
            if _in_sheet(request):
                return HttpResponse(headers={"HX-Redirect": record.get_absolute_url()})
            if "again" in request.POST:
                return redirect("records:new", slug)
            return redirect(record)
    return _form_page(request, object_type, form, context)


def _on_form(fields: dict[str, Field], given: Iterable[str] = ()) -> dict[str, Field]:
    """What the firm left out of the page is asked only where the address brings a value for it."""
    return {key: field for key, field in fields.items() if field.on_page or key in given}


def _created(request: HttpRequest, object_type: ObjectType, form: RecordForm, along: AlongForm | None) -> Any:
    """The new record; the same form sent twice leads to the same one."""
    viewer, others = viewer_at(request), along.values() if along else {}
    made: list[Any] = []

    def act() -> dict[str, str]:
        made[:] = create_along(object_type.key, form.values(), others, by=viewer.person)
        return {"uid": str(made[0].uid)}

    outcome, now = once(request.POST, act, by=viewer.person)
    if not now:
        record = _made(object_type, viewer, outcome)
        if record is None:
            raise NotFound
        return record
    record, other = made
    sentence = (
        _("「%(name)s」と「%(other)s」を登録しました。") if other else _("「%(name)s」を登録しました。")
    )
    telling.done(request, sentence % {"name": record, "other": other}, telling.written(record))
    return record


def _made(object_type: ObjectType, viewer: Viewer, outcome: Outcome) -> Any:
    """What this form has made before; None if this person may not see it any more."""
    return seen_by_uid(object_type.model, uuid.UUID(outcome["uid"]), viewer, trashed=True)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer = viewer_at(request)
    fields = _on_form(vocabulary.editable_for(viewer, object_type.key))
    sent = request.POST if request.method == "POST" else None
    form = RecordForm(object_type, fields.values(), viewer, record=record, data=sent)
    context: dict[str, Any] = {"record": record, "typing_key": f"edit-{record.uid}-{record.version}"}
    if not _in_sheet(request):
        context["live"] = live.of_form(viewer, record)
    if request.method == "POST":
        merged = merge(
            form, record, request.POST.get("opened", ""), frozenset(request.POST.getlist("chosen"))
        )
        if merged.contested:
            return _form_page(
                request,
                object_type,
                form,
                {**context, "contested": merged.contested, "own": merged.own},
                status=412,
            )
        try:
            saved = edit(record, merged.changes, by=viewer.person)
        except DomainError as error:
            form.tell(error)
        else:
            sentence = _("「%(name)s」を保存しました。") % {"name": saved}
            telling.done(request, sentence, telling.written(saved))
            return redirect("records:edit", slug, uid) if "stay" in request.POST else redirect(saved)
    return _form_page(request, object_type, form, context)


def _tell(error: DomainError, form: RecordForm, along: AlongForm | None) -> None:
    """Each problem beside its field, in the form that has it."""
    if along is not None:
        along.tell(error)
    if along is None or not along.errors:
        form.tell(error)


def _form_page(
    request: HttpRequest, object_type: ObjectType, form: RecordForm, context: dict[str, Any], status: int = 0
) -> HttpResponse:
    """While the form was refused, `opened` stays what it was when the person began to type."""
    opened = request.POST.get("opened") or (form.opened() if "record" in context else "")
    page = {"object_type": object_type, "form": form, "opened": opened, "refused": form.is_bound, **context}
    page["page_address"] = request.get_full_path()
    page["hints"] = gates.said(object_type, context.get("record"), viewer_at(request))
    template = "records/parts/form_sheet.html" if _in_sheet(request) else "records/form.html"
    return render(request, template, page, status=status or (422 if form.is_bound else 200))


def _in_sheet(request: HttpRequest) -> bool:
    """Asked for by htmx for the panel at the side; only new records are."""
    return request.headers.get("HX-Target") == "sheet"
