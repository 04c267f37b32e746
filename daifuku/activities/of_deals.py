"""What plans, tasks and talks do for their deals: its next step follows them, its stage brings its tasks along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Max, Min, OuterRef
from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.models.plan import OPEN
from daifuku.activities.models.task import UNNEEDED
from daifuku.customers.models import Lead
from daifuku.deals import alone, alone_leads, processes
from daifuku.deals.models import Deal, DealPerson
from daifuku.foundation.calendar import add_business_days, moment_on
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.reversing import url_of
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event, Subject
from daifuku.records import undoing
from daifuku.records.actions import create, edit, trash
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

AHEAD, SPOKEN = ("plan", "task"), "talk"
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
    ours = (*AHEAD, SPOKEN)
    leads = {record.lead_id for record, _changed in saved if record.object_key in ours and record.lead_id}
    if leads and len(saved) <= alone.MANY:
        alone_leads.look_again(leads)


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
    """The tasks of the stage that a deal came into, and the end of those of the stage that it left; what is taken back
    takes the untouched ones along, and brings the others back."""
    subject = event.subjects.filter(object="deal", role=Subject.MAIN).first()
    deal = Deal.plain.filter(pk=subject.record_id, trashed_at__isnull=True).first() if subject else None
    if deal is None:
        return
    if event.undoes_id is not None:
        _take_away(event)
        _reopen(event)
        return
    left, reached = event.data["changes"]["stage"]
    _close(deal, event, left or "")
    stage = processes.stage(reached or "")
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


def brought(deal: Deal) -> Any:
    """The tasks that came with a stage of this deal and that nobody has touched since: they go where it goes."""
    about = Subject.objects.filter(object="deal", record_id=deal.pk, role=Subject.MAIN).values("event_id")
    return _untouched(Event.objects.filter(cause_id__in=about, via="job"))


def _untouched(lines: Any) -> Any:
    """What only the program has written of since these lines made it."""
    about = Subject.objects.filter(object="task", role=Subject.MAIN)
    lines = lines.filter(kind="task.created", undone_by__isnull=True)
    keys = about.filter(event__in=lines).values("record_id")
    typed = about.filter(record_id=OuterRef("pk")).exclude(event__via="job")
    return Task.plain.filter(~Exists(typed), pk__in=keys, trashed_at__isnull=True)


def _close(deal: Deal, event: Event, left: str) -> None:
    """What nobody has touched of the tasks of a stage that the deal has left is not needed any more."""
    stage = processes.stage(left)
    if stage is None or stage.tasks_stay:
        return
    about = Subject.objects.filter(object="deal", record_id=deal.pk, role=Subject.MAIN).values("event_id")
    entered = Event.objects.filter(pk__in=about, pk__lt=event.pk, data__changes__stage__1=left)
    came = Event.objects.filter(cause_id__in=entered.values("pk"), via="job")
    for task in _untouched(came).filter(done_at__isnull=True).select_related("owner").order_by("pk"):
        _as_program(event, task, lambda task, by: edit(task, {"state": UNNEEDED}, by=by))


def _reopen(event: Event) -> None:
    """The deal stands in that stage again: what was closed as it left it is to be done again."""
    lines = Event.objects.filter(
        cause_id=event.undoes_id, kind="task.edited", via="job", undone_by__isnull=True
    )
    for line in lines.order_by("-pk"):
        try:
            task = undoing.subject_of(line)
        except NotFound:
            # Erased since: nothing is there to be done again.
            continue
        _as_program(event, task, partial(_undo, line))


def _undo(line: Event, task: Task, by: Person) -> None:
    undoing.undo(line, by=by)


def _as_program(event: Event, task: Task, do: Callable[[Task, Person], Any]) -> None:
    """In the name of whoever does it; what a rule of the firm refuses stays as it is."""
    if task.owner is None:
        return
    with through("job", cause=event):
        try:
            do(task, task.owner)
        except DomainError:
            return


def _take_away(event: Event) -> None:
    for task in _untouched(Event.objects.filter(cause_id=event.undoes_id)).select_related("owner"):
        _as_program(event, task, lambda task, by: trash(task, by=by))


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


def contacts_of(leads: Sequence[Lead], today: date) -> dict[int, alone_leads.Contacts]:
    """When each lead was last spoken to, and whether a plan or task is still to come."""
    wanted, start = [lead.pk for lead in leads], moment_on(today)
    talks = Talk.plain.filter(lead__in=wanted, trashed_at__isnull=True).order_by()
    last = {
        key: timezone.localtime(at).date()
        for key, at in talks.values("lead").annotate(at=Max("started_at")).values_list("lead", "at")
    }
    plans = Plan.plain.filter(lead__in=wanted, state__in=OPEN, started_at__gte=start, trashed_at__isnull=True)
    tasks = Task.plain.filter(
        lead__in=wanted, done_at__isnull=True, due_on__gte=today, trashed_at__isnull=True
    )
    ahead = {key for rows in (plans, tasks) for key in rows.order_by().values_list("lead_id", flat=True)}
    return {key: alone_leads.Contacts(last.get(key), key in ahead) for key in {*last, *ahead}}


def for_today(viewer: Viewer, plans: Any, now: datetime) -> dict[str, Any] | None:
    """What of one's own was left alone: deals and leads, each by how long."""
    today = timezone.localtime(now).date()
    deals, more = _left(Deal, viewer, today)
    leads, more_leads = _left(Lead, viewer, today)
    if not deals and not leads:
        return None
    notes = "ask_again_note" in vocabulary.fields_for(viewer, "lead")
    return {
        "deals": deals, "every": _every("deals") if more else "", "leads": leads, "notes": notes,
        "every_lead": _every("leads") if more_leads else "",
    }  # fmt: skip


def _every(slug: str) -> str:
    return f"{url_of('records:list', slug)}?{urlencode({'view': 'alone'})}"


def _left(model: Any, viewer: Viewer, today: date) -> tuple[list[dict[str, Any]], bool]:
    fields = vocabulary.fields_for(viewer, model.object_key)
    if not viewer.may(model.object_key, "view") or "alone" not in fields:
        return [], False
    rows = model.objects.visible_to(viewer).filter(owner_id=viewer.pk).exclude(alone="")
    found = list(rows.order_by("alone_since", "id")[: SHOWN + 1])
    told = []
    for record in found[:SHOWN]:
        option = fields["alone"].type.option(record.alone)  # type: ignore[attr-defined]
        days = max(0, (today - record.alone_since).days) if record.alone_since else 0
        told.append({"record": record, "name": option.name, "colour": option.colour, "days": days})
    return told, len(found) > SHOWN
