"""Distributing what somebody chose in a list: a few at once, thousands in a job; all of it can be taken back."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.distribution import telling
from daifuku.distribution.actions.distributing import Outcome, distribute
from daifuku.distribution.who import need_distributing
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records.bulk import Selection
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

JOB, AT_ONCE = "distribution.run", 200


def begin(selection: Selection, *, by: Person, again: bool = False) -> tuple[Event, Outcome | Job]:
    """With `again` also those that somebody has. Raises Forbidden, Invalid."""
    viewer = need_distributing(by)
    number = selection.size(viewer, 1_000_000)
    with ledger.writing():
        event = ledger.record(
            "distribution.ran",
            by=by,
            data={"number": number, "title": _("%(n)s件の振り分け") % {"n": number}},
        )
        if number > AT_ONCE:
            payload = {
                "keys": list(selection.keys) if selection.keys is not None else None,
                "condition": selection.condition, "search": selection.search, "event": event.pk, "again": again,
                "today": timezone.localdate().isoformat(), "count": number,
            }  # fmt: skip
            return event, queue.enqueue(JOB, payload, by=by, title=_("見込み客の振り分け"))
    pieces = selection.pieces(viewer, timezone.localdate())
    outcome = _carry_out([key for piece in pieces for key in piece], event, by, again)
    return event, outcome


def run(running: Any) -> None:
    """The job: whatever was decided before a kill has somebody, so a second attempt leaves it alone."""
    payload, by = running.payload, running.by
    keys = tuple(payload["keys"]) if payload["keys"] is not None else None
    selection = Selection("lead", keys, payload["condition"], payload["search"])
    event = Event.objects.get(pk=payload["event"])
    running.expect(payload["count"])
    viewer = viewer_of(by)
    every = [key for piece in selection.pieces(viewer, timezone.localdate()) for key in piece]
    outcome = _carry_out(every, event, by, payload["again"], running.advance)
    running.result |= {
        "done": outcome.done,
        "waiting": outcome.waiting,
        "left": outcome.left,
        "event": event.pk,
    }
    running.advance(0)


def _carry_out(
    keys: list[int], event: Event, by: Person, again: bool, told: Any = lambda done: None
) -> Outcome:
    with through(cause=event):
        outcome = distribute(keys, by=by, again=again, run=event, told=told)
    telling.tell_many(event, dict(outcome.given))
    return outcome
