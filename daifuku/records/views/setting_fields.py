"""The administrator's pages about fields: the list of an object's fields, one field, its order and its retirement."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.actions import custom_fields, naming
from daifuku.records.actions.retyping import count_values
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import COMPUTED, KINDS, Choice, HasOptions
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.forms.field_form import FieldForm, opened_request
from daifuku.records.models import CustomField, FieldRequest, ObjectName
from daifuku.records.requests import deciding
from daifuku.records.requests.asking import visible_to
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.records.views.setting_computed import computed_page
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import told_in


@require_safe
def fields_page(request: HttpRequest, object: str = "") -> HttpResponse:
    with_power(request, "settings")
    object_type = custom_fields.known_object(object) if object else registry.every()[0]
    rows = CustomField.objects.filter(object=object_type.key)
    with_choices = {
        key
        for key, f in vocabulary.fields_of(object_type.key).items()
        if isinstance(f.type, HasOptions)
        and not f.type.of
        and (object_type.key, key) not in vocabulary.sources
    }
    page = {
        "objects": registry.every(), "object_type": object_type, "kinds": {k: t.label for k, t in KINDS.items()},
        "own": [row for row in rows if row.retired_at is None], "with_choices": with_choices,
        "retired": [row for row in rows if row.retired_at is not None],
        "standard": [f for f in vocabulary.fields_of(object_type.key).values() if not f.custom],
        "sections": vocabulary.sections_of(object_type.key),
        "broken": {each.field.key for each in vocabulary.plan().of(object_type.key) if each.broken},
        "name": ObjectName.objects.filter(object=object_type.key).first(), "shipped": str(object_type.label),
    }  # fmt: skip
    return render(request, "records/settings/fields.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new_field(request: HttpRequest, object: str) -> HttpResponse:
    by, object_type = with_power(request, "settings"), custom_fields.known_object(object)
    asked = requested(request, object)
    initial = opened_request(asked) if asked else {}
    form = FieldForm(request.POST or None, object_key=object, initial=initial)
    if request.method == "POST" and form.is_valid():
        make = partial(deciding.make_field, asked) if asked else partial(custom_fields.add_field, object)
        with told_in(form):
            row = make(form.cleaned_data["type"], by=by, **form.details())
            telling.done(
                request, _("項目「%(name)s」を追加しました。") % {"name": row.label}, telling.written()
            )
            if issubclass(KINDS[row.type], Choice):
                return redirect("records:setting_choices", object, row.key)
            return redirect("records:setting_fields_of", object)
    page = {
        "form": form, "object_type": object_type, "sections": vocabulary.sections_of(object), "asked": asked,
    }  # fmt: skip
    return render(request, "records/settings/field.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def field_page(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, row = with_power(request, "settings"), field_at(object, key)
    if row.type in COMPUTED:
        return computed_page(request, row)
    form = FieldForm(request.POST or None, object_key=object, row=row)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            version = form.cleaned_data["version"]
            custom_fields.edit_field(row, form.details(), by=by, version=version)
            telling.done(
                request, _("項目「%(name)s」を保存しました。") % {"name": row.label}, telling.written()
            )
            return redirect("records:setting_fields_of", object)
    page = {
        "form": form, "row": row, "object_type": custom_fields.known_object(object), "count": count_values(row),
        "sections": vocabulary.sections_of(object), "kind": KINDS[row.type].label,
        "came_from": FieldRequest.objects.filter(field=row).first(),
        "has_choices": issubclass(KINDS[row.type], Choice), "needed_by": vocabulary.plan().telling_of(object, key),
    }  # fmt: skip
    return render(request, "records/settings/field.html", page, status=422 if form.errors else 200)


@require_POST
def order_fields(request: HttpRequest, object: str) -> HttpResponse:
    """The rows as they stand in the form; `up` and `down` name a field that moves by one."""
    by = with_power(request, "settings")
    order = list(zip(request.POST.getlist("key"), request.POST.getlist("section"), strict=False))
    _move(order, request)
    try:
        custom_fields.order_fields(object, order, by=by)
        telling.done(request, _("並び順を保存しました。"), telling.written())
    except DomainError as error:
        if error.status != 422:
            raise
        messages.error(request, error.message)
    return redirect("records:setting_fields_of", object)


@require_POST
def retire_field(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, row = with_power(request, "settings"), field_at(object, key)
    custom_fields.retire_field(row, by=by)
    telling.done(request, _("項目「%(name)s」を使わなくしました。") % {"name": row.label}, telling.written())
    return redirect("records:setting_fields_of", object)


@require_POST
def bring_back_field(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by, row = with_power(request, "settings"), field_at(object, key)
    try:
        custom_fields.bring_back_field(row, by=by)
        telling.done(request, _("項目「%(name)s」を戻しました。") % {"name": row.label}, telling.written())
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("records:setting_fields_of", object)


@require_POST
def rename_object(request: HttpRequest, object: str) -> HttpResponse:
    by = with_power(request, "settings")
    try:
        label, english = request.POST.get("label", ""), request.POST.get("label_en", "")
        naming.rename_object(object, label, label_en=english, by=by)
        telling.done(request, _("名称を保存しました。"), telling.written())
    except DomainError as error:
        if error.status != 422:
            raise
        messages.error(request, error.message)
    return redirect("records:setting_fields_of", object)


def requested(request: HttpRequest, object: str) -> FieldRequest | None:
    """The request of which the field is made, while that may still be done."""
    uid = as_uid(request.GET.get("request", ""))
    if uid is None:
        return None
    row = visible_to(viewer_at(request)).filter(uid=uid, object=object).first()
    if row is None:
        raise NotFound
    return row if row.state in {FieldRequest.State.OPEN, FieldRequest.State.APPROVED} else None


def field_at(object: str, key: str) -> CustomField:
    row = CustomField.objects.filter(object=object, key=key).first()
    if row is None:
        raise NotFound
    return row


def _move(order: list[Any], request: HttpRequest) -> None:
    for word, step in (("up", -1), ("down", 1)):
        wanted = request.POST.get(word, "")
        place = next((n for n, (key, _section) in enumerate(order) if key == wanted), None)
        if place is not None and 0 <= place + step < len(order):
            order[place], order[place + step] = order[place + step], order[place]
