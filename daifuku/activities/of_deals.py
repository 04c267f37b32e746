"""What plans, tasks and talks do for their deals: its next step follows them, its stage brings its tasks along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.models.plan import OPEN
from daifuku.customers.models import Lead
from daifuku.deals import alone, processes
from daifuku.deals.models import Deal, DealPerson
from daifuku.foundation.calendar import add_business_days
from daifuku.foundation.errors import DomainError
from daifuku.foundation.reversing import url_of
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event, Subject
from daifuku.records.actions import create, trash
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

AHEAD, SPOKEN = ("plan", "task"), "talk"
# Leads that nobody has decided about yet.
FRESH = ("", "new", "working")
SHOWN = 10
HEARD = ("deal.created", "deal.edited")


def follow(saved: Saved, by: Person) -> None:
    """After any save: the deals of these plans and tasks know what is ahead of them."""
    deals = {
        record.deal_id
        for record, _changed in saved
        if record.object_key in AHEAD and record.deal_id is not None
    }
    if deals:
        keep_ahead(deals)
    spoken = {record.deal_id for record, _changed in saved if record.object_key == SPOKEN and record.deal_id}
    if len(saved) <= alone.MANY and (deals or spoken):
        alone.look_again(deals | spoken)


def keep_ahead(keys: Iterable[int]) -> None:
    """Nobody did this: it has no line, and the version stays."""
    deals = {deal.pk: deal for deal in Deal.plain.filter(pk__in=set(keys))}
    days = _first_days(deals)
    for key, deal in deals.items():
        day = days.get(key)
        step = min((each for each in (deal.next_on, day) if each is not None), default=None)
        if (deal.ahead_on, deal.step_on) != (day, step):
            Deal.plain.filter(pk=key).update(ahead_on=day, step_on=step)


def _first_days(keys: Iterable[int]) -> dict[int, date]:
    """The day of the first open plan or task of each."""
    wanted = list(keys)
    plans = Plan.plain.filter(deal__in=wanted, state__in=OPEN, trashed_at__isnull=True)
    tasks = Task.plain.filter(
        deal__in=wanted, done_at__isnull=True, due_on__isnull=False, trashed_at__isnull=True
    )
    found: dict[int, date] = {}
    for key, at in plans.order_by().values("deal").annotate(at=Min("started_at")).values_list("deal", "at"):
        found[key] = timezone.localtime(at).date()
    for key, day in tasks.order_by().values("deal").annotate(day=Min("due_on")).values_list("deal", "day"):
        found[key] = min(day, found.get(key, day))
    return found


def concerns(event: Event) -> bool:
    """Somebody put it into another stage, and not by a file of old deals."""
    return event.via != "import" and "stage" in (event.data.get("changes") or {})


def bring_tasks(event: Event) -> None:
    """The tasks of the stage that a deal came into; what is taken back takes the untouched ones along."""
    subject = event.subjects.filter(object="deal", role=Subject.MAIN).first()
    deal = Deal.plain.filter(pk=subject.record_id, trashed_at__isnull=True).first() if subject else None
    if deal is None:
        return
    if event.undoes_id is not None:
        _take_away(event)
        return
    stage = processes.stage(event.data["changes"]["stage"][1] or "")
    person = deal.owner or event.actor
    if stage is None or not stage.tasks or person is None or stage.key != deal.stage or not person.is_active:
        return
    if Event.objects.filter(cause=event, kind="task.created").exists():
        return
    day = timezone.localtime(event.at).date()
    for task in stage.tasks:
        values = {
            "subject": task["subject"], "deal": deal, "owner": person,
            "due_on": add_business_days(day, int(task.get("days") or 0)),
        }  # fmt: skip
        with through("job", cause=event):
            try:
                create("task", values, by=person)
            except DomainError:
                continue


def _take_away(event: Event) -> None:
    lines = Event.objects.filter(cause_id=event.undoes_id, kind="task.created", undone_by__isnull=True)
    keys = Subject.objects.filter(event__in=lines, object="task", role=Subject.MAIN).values("record_id")
    for task in Task.plain.filter(pk__in=keys, version=1, trashed_at__isnull=True).select_related("owner"):
        if task.owner is not None:
            with through("job", cause=event):
                trash(task, by=task.owner)


def talks_of(deals: Iterable[Any]) -> dict[int, tuple[date | None, date | None]]:
    """(the last talk, the last talk with somebody who decides) of each deal."""
    wanted = [deal.pk for deal in deals]
    deciders: dict[int, set[int]] = {}
    for key, contact in DealPerson.objects.filter(deal__in=wanted, role="decider").values_list(
        "deal_id", "contact_id"
    ):
        deciders.setdefault(key, set()).add(contact)
    found: dict[int, tuple[date | None, date | None]] = {}
    rows = Talk.plain.filter(deal__in=wanted, trashed_at__isnull=True).order_by("started_at")
    for key, contact, at in rows.values_list("deal_id", "contact_id", "started_at"):
        day = timezone.localtime(at).date()
        decided = found.get(key, (None, None))[1]
        found[key] = (day, day if contact in deciders.get(key, ()) else decided)
    return found


def for_today(viewer: Viewer, plans: Any, now: datetime) -> dict[str, Any] | None:
    """What of one's own was left alone: deals by how long, leads with whom nobody has spoken."""
    today = timezone.localtime(now).date()
    deals, more = _deals_left(viewer, today)
    leads = _leads_left(viewer, today)
    if not deals and not leads:
        return None
    every = f"{url_of('records:list', 'deals')}?{urlencode({'view': 'alone'})}" if more else ""
    return {"deals": deals, "every": every, "leads": leads}


def _deals_left(viewer: Viewer, today: date) -> tuple[list[dict[str, Any]], bool]:
    fields = vocabulary.fields_for(viewer, "deal")
    if not viewer.may("deal", "view") or "alone" not in fields:
        return [], False
    rows = Deal.objects.visible_to(viewer).filter(owner_id=viewer.pk).exclude(alone="")
    found = list(rows.order_by("alone_since", "id")[: SHOWN + 1])
    told = []
    for deal in found[:SHOWN]:
        option = fields["alone"].type.option(deal.alone)  # type: ignore[attr-defined]
        days = max(0, (today - deal.alone_since).days) if deal.alone_since else 0
        told.append({"deal": deal, "name": option.name, "colour": option.colour, "days": days})
    return told, len(found) > SHOWN


def _leads_left(viewer: Viewer, today: date) -> list[tuple[Lead, int]]:
    """A card was exchanged, or an enquiry came, and nobody has recorded anything since."""
    days = alone.limits().days["card"]
    if not days or not viewer.may("lead", "view"):
        return []
    before = datetime.combine(add_business_days(today, -days), time(), timezone.get_default_timezone())
    rows = Lead.objects.visible_to(viewer).filter(owner_id=viewer.pk, created_at__lt=before, status__in=FRESH)
    spoken = Talk.plain.filter(lead=OuterRef("pk"), trashed_at__isnull=True)
    found = rows.filter(~Exists(spoken)).order_by("created_at", "id")[:SHOWN]
    return [(lead, (today - timezone.localtime(lead.created_at).date()).days) for lead in found]
