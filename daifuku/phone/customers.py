"""Whom one talks with next, most likely: the next appointment, then whom one talked with last, then one's marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from daifuku.activities.models import Plan, Talk
from daifuku.activities.models.plan import OPEN
from daifuku.activities.showing import short
from daifuku.phone import showing
from daifuku.records.actions.marking import marked
from daifuku.records.models import Mark
from daifuku.records.search import search
from daifuku.staff.viewer import Viewer

# As many as fit in a pocket: of each sort so many, and of all together.
PLANNED, TALKED, MARKED, MOST = 5, 20, 20, 40
AHEAD, BEHIND = timedelta(days=7), timedelta(days=3)
OBJECTS = ("account", "contact", "lead")
Told = dict[str, Any]


def likely(viewer: Viewer, now: datetime) -> list[Told]:
    """Each customer once, with the first reason there is."""
    found: dict[tuple[str, str], Told] = {}
    for told in (*_planned(viewer, now), *_talked(viewer), *_marked(viewer)):
        found.setdefault((told["object"], told["uid"]), told)
    return showing.with_keepers(list(found.values())[:MOST])


def found_by(text: str, viewer: Viewer) -> list[Told]:
    hits = search(text, viewer, objects=list(OBJECTS), limit=20)
    told = (showing.customer(hit.record, viewer, "") for hit in hits)
    return showing.with_keepers([each for each in told if each is not None])


def _planned(viewer: Viewer, now: datetime) -> Iterator[Told]:
    """The nearest appointments, also those that should be over."""
    if not viewer.may("plan", "view"):
        return
    rows = (
        Plan.objects.visible_to(viewer)
        .filter(owner_id=viewer.pk, state__in=OPEN, started_at__gte=now - BEHIND, started_at__lt=now + AHEAD)
        .select_related("account", "contact", "contact__account", "lead")
        .order_by("started_at", "id")[: PLANNED * 2]
    )
    nearest = sorted(rows, key=lambda plan: abs(plan.started_at - now))[:PLANNED]
    for plan in nearest:
        told = showing.customer(_with(plan), viewer, "plan", when=short(plan.started_at))
        if told is not None:
            yield told | {"plan": str(plan.uid), "method": plan.method}


def _talked(viewer: Viewer) -> Iterator[Told]:
    if not viewer.may("talk", "view"):
        return
    rows = (
        Talk.objects.visible_to(viewer)
        .filter(owner_id=viewer.pk)
        .select_related("account", "contact", "contact__account", "lead")
        .order_by("-started_at", "-id")[: TALKED * 3]
    )
    seen: set[str] = set()
    for talk in rows:
        who = _with(talk)
        told = showing.customer(who, viewer, "talk", when=short(talk.started_at))
        if told is not None and told["uid"] not in seen and len(seen) < TALKED:
            seen.add(told["uid"])
            yield told


def _marked(viewer: Viewer) -> Iterator[Told]:
    for kind in (Mark.Kind.FAVOURITE, Mark.Kind.FOLLOW, Mark.Kind.SEEN):
        for record in marked(viewer, kind, MARKED):
            told = showing.customer(record, viewer, str(kind)) if record.object_key in OBJECTS else None
            if told is not None:
                yield told


def _with(record: Any) -> Any:
    """The person where one is named, else the firm, else the lead."""
    return record.contact or record.account or record.lead
