"""Home: today's plans, what this person looked at last, his favourites, what came newly to him, how to begin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.activities import today
from daifuku.daily import shares
from daifuku.foundation import menu
from daifuku.messages.models import Notice
from daifuku.records.actions.marking import marked
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.rules.beginning import has_none
from daifuku.rules.models import unread_edition
from daifuku.staff.viewer import Viewer

SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    objects = registry.known_to(viewer)
    context = {
        "seen": _with_types(marked(viewer, "seen", SHOWN)),
        "favourites": _with_types(marked(viewer, "favourite", SHOWN)),
        "mine": [(each, _newest_of(each, viewer)) for each in objects if each.in_charge],
        "notices": Notice.objects.filter(person=viewer.person, read_at__isnull=True).order_by("-pk")[:5],
        "plans": today.plans_of(viewer, timezone.now()) if viewer.may("plan", "view") else None,
        "tasks": today.tasks_of(viewer, timezone.now()) if viewer.may("task", "view") else [],
        "may_talk": viewer.may("talk", "create"),
        "begin": menu.entries("new", viewer),
        "blank": not any(each.model.objects.visible_to(viewer).exists() for each in objects),
        "shared": shares.newest(viewer, timezone.localdate()),
        "may_import": viewer.has_power("import"),
        "unread_rules": unread_edition(viewer.pk),
        "no_rules": viewer.has_power("settings") and has_none(),
    }
    return render(request, "web/home.html", context)


def _with_types(records: list[Any]) -> list[tuple[ObjectType, Any]]:
    return [(registry.of(record), record) for record in records]


def _newest_of(object_type: ObjectType, viewer: Viewer) -> list[Any]:
    """What this person is in charge of and still has to look after, the latest changes first."""
    rows = object_type.model.objects.visible_to(viewer).filter(owner_id=viewer.pk)
    if object_type.still is not None:
        rows = rows.filter(object_type.still)
    return list(rows.order_by("-updated_at", "-pk")[:5])
