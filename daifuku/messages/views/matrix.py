"""The settings of sharing: the matrix at a glance, the column of one role to be changed, the condition of a cell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.foundation.errors import Invalid, NotFound
from daifuku.messages.models.sharing import Depth, Timing
from daifuku.messages.sharing import changing, happenings
from daifuku.messages.sharing.matrix import Matrix
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.records.views import telling
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import viewer_of
from daifuku.staff.views.finding import with_power

KEEP = "keep_condition"


@require_safe
@never_cache
def matrix(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    found = Matrix()
    rows = [(happening, found.row(happening)) for happening in happenings.for_roles()]
    return render(request, "messages/matrix.html", {"rows": rows, "roles": found.roles})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def role_column(request: HttpRequest, key: str) -> HttpResponse:
    """What one role is told of; a refusal keeps what was chosen."""
    by, role = with_power(request, "settings"), _role(key)
    typed: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    if request.method == "POST":
        typed = {
            each.key: {
                name: request.POST.get(f"{each.key}:{name}", "") for name in ("timing", "depth")
            }
            for each in happenings.for_roles()
            if f"{each.key}:timing" in request.POST
        }  # fmt: skip
        try:
            event = changing.tell_role(role, typed, by=by)
            telling.done(request, _("保存しました。"), event)
            return redirect("messages:matrix_role", role.key)
        except Invalid as error:
            problems = [problem.message for problem in error.problems]
    cells = [(cell, *_chosen(cell, typed)) for cell in Matrix().column(role)]
    context = {
        "role": role, "cells": cells, "timings": Timing.choices, "depths": Depth.choices, "problems": problems,
        "roles": Role.objects.order_by("pk"),
    }  # fmt: skip
    return render(request, "messages/matrix_role.html", context, status=422 if problems else 200)


def _chosen(cell: Any, typed: dict[str, dict[str, Any]]) -> tuple[str, str]:
    values = typed.get(cell.happening.key, {})
    return str(values.get("timing", cell.timing)), str(values.get("depth", cell.depth))


@require_POST
def role_as_shipped(request: HttpRequest, key: str) -> HttpResponse:
    by, role = with_power(request, "settings"), _role(key)
    event = changing.as_shipped(role, by=by)
    if event is None:
        messages.info(request, _("すでに初期設定のとおりです。"))
    else:
        telling.done(request, _("初期設定に戻しました。"), event)
    return redirect("messages:matrix_role", role.key)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cell_condition(request: HttpRequest, key: str, happening: str) -> HttpResponse:
    """Narrows what a role is told of a happening to some records."""
    by, role, found = with_power(request, "settings"), _role(key), changing.find(happening)
    cell = Matrix().cell(found, role)
    written, problems = cell.condition, []
    if request.method == "POST":
        # One that the rows cannot show stays as it is.
        written = cell.condition if KEEP in request.POST else condition_form.read(request.POST)
        try:
            event = changing.tell_role(role, {found.key: {"condition": written}}, by=by)
            telling.done(request, _("保存しました。"), event)
            return redirect("messages:matrix_role", role.key)
        except Invalid as error:
            problems = [problem.message for problem in error.problems]
    context = {"role": role, "cell": cell, "problems": problems, "narrowing": _editor(found, written, by)}
    return render(request, "messages/matrix_condition.html", context, status=422 if problems else 200)


def _editor(happening: happenings.Happening, written: Any, by: Person) -> dict[str, Any]:
    viewer = viewer_of(by)
    condition = parse_leniently(written, happening.object, viewer)
    return {
        "of_type": registry.get(happening.object), "editor": condition_form.editor(condition, viewer), "keep": KEEP,
        "sentence": condition.sentence(), "troubles": [each.message for each in condition.problems],
    }  # fmt: skip


def _role(key: str) -> Role:
    found = Role.objects.filter(key=key).first()
    if found is None:
        raise NotFound
    return found
