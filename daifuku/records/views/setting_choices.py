"""The choices of one field: names, colours, order, which are offered; one replaced by another in every record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import DomainError
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.records.actions import choices, custom_fields, replacing
from daifuku.records.catalogue.types import Option
from daifuku.records.models.choice import COLOURS
from daifuku.records.rewriting import AT_ONCE
from daifuku.records.views import telling
from daifuku.staff.models import Person
from daifuku.staff.views.finding import with_power


@dataclass
class Row:
    """A choice as the form shows it, with what was typed and what is wrong with it."""

    key: str
    label: str
    label_en: str
    colour: str
    active: bool
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def choices_page(request: HttpRequest, object: str, key: str) -> HttpResponse:
    """POST saves the whole table: order, names, colours; all of it or nothing."""
    by, field = with_power(request, "settings"), choices.choice_field(object, key)
    rows = [_row(option) for option in field.type.options]  # type: ignore[attr-defined]
    status = 200
    if request.method == "POST":
        rows = _typed(request, rows)
        try:
            _save(object, key, rows, by)
            telling.done(request, _("選択肢を保存しました。"))
            return redirect("records:setting_choices", object, key)
        except DomainError as error:
            if not error.mendable:
                raise
            status = 422
            messages.error(request, error.message)
    page = {
        "object_type": custom_fields.known_object(object), "field": field, "rows": rows, "colours": COLOURS,
    }  # fmt: skip
    return render(request, "records/settings/choices.html", page, status=status)


@require_POST
def add_choice(request: HttpRequest, object: str, key: str) -> HttpResponse:
    """Several lines are several choices."""
    by = with_power(request, "settings")
    colour = request.POST.get("colour", "grey")
    try:
        with ledger.writing():
            for line in request.POST.get("labels", "").splitlines() or [""]:
                if line.strip() or not request.POST.get("labels", "").strip():
                    choices.add_choice(object, key, line, by=by, colour=colour)
        telling.done(request, _("選択肢を追加しました。"))
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, error.message)
    return redirect("records:setting_choices", object, key)


@require_POST
def replace_choice(request: HttpRequest, object: str, key: str) -> HttpResponse:
    by = with_power(request, "settings")
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    try:
        event, count = replacing.replace_choice(object, key, old, new, by=by)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.error(request, error.message)
        return redirect("records:setting_choices", object, key)
    if count > AT_ONCE:
        job = Job.objects.filter(kind="records.replace_choice", payload={"event": event.pk}).first()
        if job is not None:
            return redirect("jobs:job", job.uid)
    telling.done(request, _("%(n)s件の記録で置き換えました。") % {"n": count}, event)
    return redirect("records:setting_choices", object, key)


def _row(option: Option) -> Row:
    return Row(option.key, str(option.label), option.label_en, option.colour, option.active)


def _typed(request: HttpRequest, rows: list[Row]) -> list[Row]:
    """The table as it was sent: the order of its keys, and what was typed beside each."""
    known: dict[str, Row] = {row.key: row for row in rows}
    typed: list[Row] = []
    for key in request.POST.getlist("key"):
        if key in known and key not in {row.key for row in typed}:
            before = known[key]
            label = request.POST.get(f"label-{key}", before.label)
            english = request.POST.get(f"label_en-{key}", before.label_en)
            colour = request.POST.get(f"colour-{key}", before.colour)
            typed.append(Row(key, label, english, colour, f"active-{key}" in request.POST))
    for word, step in (("up", -1), ("down", 1)):
        place = next((n for n, row in enumerate(typed) if row.key == request.POST.get(word)), None)
        if place is not None and 0 <= place + step < len(typed):
            typed[place], typed[place + step] = typed[place + step], typed[place]
    return typed


def _save(object: str, key: str, rows: list[Row], by: Person) -> None:
    with ledger.writing():
        have = {row.key: row for row in choices.own_rows(object, key)}
        for row in rows:
            wanted: dict[str, Any] = {
                "label": row.label, "label_en": row.label_en, "colour": row.colour, "active": row.active
            }  # fmt: skip
            try:
                choices.edit_choice(have[row.key], wanted, by=by)
            except DomainError as error:
                row.problem = error.message
                raise
        choices.order_choices(object, key, [row.key for row in rows], by=by)
