"""Somebody's plans as other programs read them: those of the last three months and of the year that comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from daifuku.activities.actions.feeding import digest_of
from daifuku.activities.models import Feed, Plan
from daifuku.activities.schedule.page import every_state
from daifuku.activities.showing import Line, plan_line
from daifuku.foundation import behind, icalendar
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
MOST = 3000
NOTED = timedelta(minutes=10)


def feed_at(secret: str) -> Feed | None:
    """The calendar with this address; None where there is none, or its person has left."""
    found = Feed.objects.select_related("person").filter(digest=digest_of(secret), person__is_active=True)
    return found.first()


def seen(feed: Feed, now: datetime) -> None:
    """When it was read last, to ten minutes; no answer waits for that."""
    if feed.read_at is not None and feed.read_at > now - NOTED:
        return
    behind.later(("feed", feed.pk), partial(_note, feed.pk, now))


def _note(key: int, now: datetime) -> None:
    with ledger.writing():
        Feed.objects.filter(pk=key).update(read_at=now)


def calendar_of(person: Person, now: datetime) -> bytes:
    """As he himself sees his plans, in his language."""
    viewer = viewer_of(person)
    with translation.override(person.language), vocabulary.steady():
        name = _("大福帳 %(person)s") % {"person": person}
        return icalendar.calendar(name, _events(_plans(viewer, now), viewer))


def _plans(viewer: Viewer, now: datetime) -> Iterable[Line]:
    fields = vocabulary.fields_for(viewer, "plan")
    if not viewer.may("plan", "view") or "started_at" not in fields:
        return []
    rows = (
        Plan.objects.visible_to(viewer)
        .filter(
            owner_id=viewer.pk,
            state__in=every_state(),
            started_at__gte=now - BACK,
            started_at__lt=now + AHEAD,
        )
        .select_related("account", "contact", "lead")
        .order_by("-started_at", "-id")[:MOST]
    )
    return [plan_line(plan, viewer, (), now) for plan in reversed(rows)]


def _events(lines: Iterable[Line], viewer: Viewer) -> Iterator[icalendar.Event]:
    fields = vocabulary.fields_for(viewer, "plan")
    for line in lines:
        plan = line.record
        who = "、".join(name for name, _address in line.who)
        about = [who, *(field.text(plan) for key, field in fields.items() if key in {"text", "reason"})]
        yield icalendar.Event(
            uid=f"{plan.uid}@daifuku", sequence=plan.version - 1, changed=plan.updated_at,
            start=plan.started_at, end=plan.ended_at if "ended_at" in fields else None,
            summary=f"{plan.subject}（{who}）" if who else plan.subject,
            description="\n".join(part for part in about if part),
            location=plan.place if "place" in fields else "",
            url=f"{settings.BASE_URL}{plan.get_absolute_url()}",
            category=" ".join(str(option.name) for option in line.words),
            cancelled=plan.state == "cancelled",
        )  # fmt: skip
