"""A hand-over is taken back, or a temporary one returns on its day: what nobody has changed since goes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.handover.actions.arranging import about, held_for
from daifuku.handover.actions.returning import return_many
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.records.actions import sharing
from daifuku.staff.models import Person

TAKE_BACK = "handover.take_back"
KEPT_SHOWN = 200


def take_back(handover: Handover, *, by: Person) -> Job:
    """All of it, by a job, with `by`'s rights. Raises Conflict (nothing has moved, or it was taken back), Forbidden."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.begun is None or held.state not in {State.DONE, State.STOPPED}:
            raise Conflict(_("元に戻せる引き継ぎではありません。画面を開き直してください。"), code="state")
        return _enqueue(held, by, State.UNDONE)


def give_back(handover: Handover, *, by: Person) -> Job:
    """A temporary one returns, now: what was created meanwhile stays with whoever created it."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.state != State.DONE:
            raise Conflict(_("返却できる引き継ぎではありません。画面を開き直してください。"), code="state")
        return _enqueue(held, by, State.RETURNED)


def _enqueue(held: Handover, by: Person, to: State) -> Job:
    """From now on nothing else can be done with it; one whose job had failed goes on where that stopped."""
    title = _("引き継ぎを元に戻す") if to == State.UNDONE else _("引き継ぎの返却")
    Handover.objects.filter(pk=held.pk).update(state=State.RETURNING)
    job = queue.enqueue(
        TAKE_BACK, {"handover": held.pk, "to": str(to)}, by=by, title=title, key=f"handover:{held.pk}:{to}"
    )
    return queue.retry(job) if job.state == Job.State.FAILED else job


def note_the_end(job: Job) -> None:
    """In the transaction that ends a job: what could not be taken back can be tried again."""
    if job.kind == TAKE_BACK and job.state in {Job.State.FAILED, Job.State.CANCELLED}:
        rows = Handover.objects.filter(pk=job.payload["handover"], state=State.RETURNING)
        rows.update(state=State.STOPPED)


def return_due() -> None:
    """Every few minutes: temporary hand-overs whose last day is over; shares of predecessors that have run out."""
    for handover in _to_return():
        with ledger.writing():
            _enqueue(handover, handover.created_by, State.RETURNED)
    for item in _to_close()[:500]:
        _close(item)


def wanted() -> bool:
    return bool(_to_return().exists()) or bool(_to_close().exists())


def _to_return() -> Any:
    due = Handover.objects.filter(state=State.DONE, returns_on__lte=timezone.localdate())
    return due.select_related("created_by").order_by("pk")


def _to_close() -> Any:
    now, rows = timezone.now(), Item.objects.filter(shared=True, handover__ended_at__isnull=False)
    waiting = rows.select_related("handover__giver", "handover__created_by").order_by("pk")
    days = dict(Handover.objects.filter(items__shared=True).values_list("pk", "both_days"))
    over = [
        handover.pk
        for handover in Handover.objects.filter(pk__in=days, ended_at__isnull=False)
        if handover.ended_at is not None and handover.ended_at + timedelta(days=handover.both_days) <= now
    ]
    return waiting.filter(handover__in=over)


def _close(item: Item) -> None:
    record = item.customer
    try:
        if record is not None:
            sharing.unshare(record, item.handover.giver, by=item.successor)
    except DomainError:
        pass
    Item.objects.filter(pk=item.pk).update(shared=False)


def run(running: Running) -> None:
    """The job; after a kill it takes back what is left."""
    handover = Handover.objects.select_related("begun", "created_by").get(pk=running.payload["handover"])
    to = State(running.payload["to"])
    if handover.begun is None or handover.state in {State.UNDONE, State.RETURNED}:
        return
    assert running.by is not None
    running.expect(Event.objects.filter(cause=handover.begun).count())
    line = _line(handover, running.by, to)
    with through(cause=line):
        return_many(handover.begun, by=running.by, told=running.advance)
    result = undoing.take_back_effects(handover.begun, line, running.by, running.advance)
    kept = [*running.state.get("kept", []), *([key, why] for key, why in result.kept)][:KEPT_SHOWN]
    with ledger.writing():
        handover.result = {**handover.result, "back": _back(handover, line), "kept": kept}
        handover.state = to
        handover.save(update_fields=["result", "state"])
        handover.items.filter(state=Item.State.MOVED).update(acknowledged_at=None)
    running.result["url"] = handover.get_absolute_url()


def _back(handover: Handover, line: Event) -> int:
    """How many of its lines were taken back, by this attempt or one before it."""
    return Event.objects.filter(cause=handover.begun, undoes__isnull=True, undone_by__cause=line).count()


def _line(handover: Handover, by: Person, to: State) -> Event:
    """One line says it; a second attempt finds it."""
    kind = "handover.undone" if to == State.UNDONE else "handover.returned"
    known = Event.objects.filter(undoes=handover.begun).first()
    if known is not None:
        return known
    with ledger.writing():
        return ledger.record(
            kind, by=by, about=about(handover), data={"handover": str(handover.uid)}, undoes=handover.begun
        )


def undo_begun(event: Event, by: Person) -> Undone:
    """From the ledger's page: the same at once."""
    handover = Handover.objects.filter(begun=event).first()
    if handover is None:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    take_back(handover, by=by)
    return Undone(1)
