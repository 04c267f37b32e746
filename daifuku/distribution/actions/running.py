"""Distributing what somebody chose in a list: a few at once, thousands in a job; all of it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
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
    outcome = _carry_out((key for piece in pieces for key in piece), event, by, again)
    return event, outcome


def run(running: Any) -> None:
    """The job. What it has done is kept with each batch, so that after a kill or a stop it goes on behind it: each lead
    is decided once."""
    payload, by, state = running.payload, running.by, running.state
    keys = tuple(payload["keys"]) if payload["keys"] is not None else None
    selection = Selection("lead", keys, payload["condition"], payload["search"])
    event = Event.objects.get(pk=payload["event"])
    running.expect(payload["count"])
    pieces = selection.pieces(viewer_of(by), date.fromisoformat(payload["today"]), state.get("after", 0))

    def keep(part: Sequence[int], outcome: Outcome) -> None:
        state.update(outcome.kept(), after=part[-1])
        running.result |= {
            "done": outcome.done,
            "waiting": outcome.waiting,
            "left": outcome.left,
            "event": event.pk,
        }
        running.advance(len(part))

    _carry_out(
        (key for piece in pieces for key in piece), event, by, payload["again"],
        so_far=Outcome.read(state), after_batch=keep, stopped=lambda: running.cancelled,
    )  # fmt: skip


def _carry_out(keys: Iterable[int], event: Event, by: Person, again: bool, **options: Any) -> Outcome:
    with through(cause=event):
        outcome = distribute(keys, by=by, again=again, run=event, **options)
    telling.tell_many(event, dict(outcome.given))
    return outcome
