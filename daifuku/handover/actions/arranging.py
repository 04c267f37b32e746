"""A hand-over is arranged: from whom, to whom, from which day, what of it; on its day a job carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.handover.cleaning import cleaned
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.handover.sharing_out import Shares, share_out
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

CARRY_OUT = "handover.carry_out"


def arrange(values: Mapping[str, Any], *, by: Person, today: date) -> Handover:
    """`values` as `cleaned` takes them. From today on it begins at once, otherwise on its day.

    Raises Invalid, Forbidden (whose customers one may not give away).
    """
    given = cleaned(values, by=by, today=today)
    shares = share_out(given["giver"], given["plan"], by, today)
    if not any(shares.count(key) for key in shares.moving):
        sentence = _("引き継ぐものがありません。条件や範囲を確認してください。")
        raise Invalid([FieldProblem("successors", sentence, code="nothing")])
    with ledger.writing():
        handover = Handover.objects.create(**given, created_by=by)
        keep_items(handover, shares)
        data = {"handover": str(handover.uid), "starts_on": handover.starts_on.isoformat()}
        ledger.record("handover.arranged", by=by, about=about(handover), data=data)
        if handover.starts_on <= today:
            begin(handover)
    return handover


def keep_items(handover: Handover, shares: Shares) -> None:
    """A row for each customer; who was given to the person since is added, what he gave away is said to stay."""
    known = {(row.object, row.record_id): row for row in handover.items.all()}
    new = [
        Item(handover=handover, object=kind, record_id=key, successor_id=person)
        for (kind, key), person in shares.customers.items()
        if (kind, key) not in known
    ]
    Item.objects.bulk_create(new, batch_size=500)
    for place, row in known.items():
        person = shares.customers.get(place)
        if row.state == Item.State.WAITING and person is not None and person != row.successor_id:
            Item.objects.filter(pk=row.pk).update(successor=person)


def begin(handover: Handover) -> Job:
    """Puts it into the queue, once. Call inside `ledger.writing()`. One that was ended there waits for `go_on`."""
    job = queue.enqueue(
        CARRY_OUT, {"handover": handover.pk}, by=handover.created_by, title=str(handover),
        key=f"handover:{handover.pk}:{handover.result.get('attempt', 0)}",
    )  # fmt: skip
    if not job.is_open:
        stopped(handover.pk)
    return job


def stopped(key: int) -> None:
    """Its job has ended before all was moved."""
    Handover.objects.filter(pk=key, state__in=[State.PLANNED, State.RUNNING]).update(state=State.STOPPED)


def note_the_end(job: Job) -> None:
    """In the transaction that ends a job: what failed or was called off can be gone on with, or taken back."""
    if job.kind == CARRY_OUT and job.state in {Job.State.FAILED, Job.State.CANCELLED}:
        stopped(job.payload["handover"])


def go_on(handover: Handover, *, by: Person) -> Job:
    """It was stopped, and what is left is moved now. Raises Conflict, Forbidden, NotFound."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.state != State.STOPPED:
            raise Conflict(_("止まっている引き継ぎではありません。画面を開き直してください。"), code="state")
        held.result = {**held.result, "attempt": held.result.get("attempt", 0) + 1}
        held.state = State.RUNNING
        held.save(update_fields=["result", "state"])
        return begin(held)


def cancel(handover: Handover, *, by: Person) -> Handover:
    """Before its day. Raises Conflict (it has begun), Forbidden, NotFound."""
    with ledger.writing():
        held = held_for(handover, by)
        if held.begun is not None or held.state not in {State.PLANNED, State.STOPPED}:
            raise Conflict(_("すでに始まっています。「元に戻す」をお使いください。"), code="state")
        held.state = State.CANCELLED
        held.save(update_fields=["state"])
        ledger.record("handover.cancelled", by=by, about=about(held), data={"handover": str(held.uid)})
    return held


def held_for(handover: Handover, by: Person) -> Handover:
    """Whoever arranged it, gives, or leads the one who gives may change it; the receiver only receives."""
    held = Handover.objects.visible_to(viewer_of(by)).filter(pk=handover.pk).first()
    if held is None:
        raise NotFound
    if not may_change(held, by):
        raise Forbidden
    return Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)


def may_change(handover: Handover, by: Person) -> bool:
    seen = people_seen(viewer_of(by))
    return seen is None or handover.created_by_id == by.pk or handover.giver_id in seen


def about(handover: Handover) -> list[ledger.About]:
    people = [ledger.About("person", key, "related") for key in handover.successor_keys]
    return [ledger.About("person", handover.giver_id), *people]
