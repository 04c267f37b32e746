"""The job that moves everything, in batches; stopped or killed it goes on with what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext_noop

from daifuku.foundation.errors import DomainError
from daifuku.foundation.portions import portions
from daifuku.handover import movers
from daifuku.handover.actions.arranging import about, begin, keep_items, stopped
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.handover.movers import Mover
from daifuku.handover.sharing_out import Shares, share_out
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.records.actions import sharing
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

PIECE, REFUSED_KEPT = 50, 200
RECEIVED = "handover.received"


def begin_due() -> None:
    """Every few minutes: hand-overs whose day has come."""
    for handover in _due():
        with ledger.writing():
            begin(handover)


def wanted() -> bool:
    return bool(_due().exists())


def _due() -> Any:
    return Handover.objects.filter(state=State.PLANNED, starts_on__lte=timezone.localdate()).order_by("pk")


class Progress(Protocol):
    """Who is told how far it is, and says whether to stop: the job, or nobody."""

    @property
    def cancelled(self) -> bool: ...

    def expect(self, total: int) -> None: ...

    def advance(self, count: int) -> None: ...


class Unwatched:
    """Nobody looks on and nobody stops it."""

    cancelled = False

    def expect(self, total: int) -> None: ...

    def advance(self, count: int) -> None: ...


def carry_out(running: Running) -> None:
    """The job."""
    handover = _started(running.payload["handover"])
    if handover is not None:
        _move_all(handover, running, running.job.done)
        running.result["url"] = handover.get_absolute_url()


def carry_out_at_once(handover: Handover) -> None:
    """Here and now, for whoever waits for it: the job then finds nothing to do."""
    started = _started(handover.pk)
    if started is not None:
        _move_all(started, Unwatched(), 0)


def _move_all(handover: Handover, progress: Progress, done: int) -> None:
    """What is where it belongs already is passed over, so a second attempt moves only what is left."""
    by, people = handover.created_by, {each.pk: each for each in Person.objects.all()}
    shares = _shares(handover, by)
    work = [
        (mover, person, keys)
        for mover in movers.every()
        for person, keys in shares.moving.get(mover.key, {}).items()
    ]
    progress.expect(done + sum(len(keys) for _mover, _person, keys in work))
    for mover, person, keys in work:
        for piece in portions(keys, PIECE):
            if progress.cancelled:
                stopped(handover.pk)
                return
            with ledger.writing():
                _move(handover, mover, piece, people[person], by)
                progress.advance(len(piece))
    _finish(handover)


def _shares(handover: Handover, by: Person) -> Shares:
    """Who gets whom is settled once, at the beginning; whoever goes on after a kill or a stop keeps to that."""
    settled = None
    if handover.result.get("settled"):
        rows = handover.items.exclude(state=Item.State.LEFT)
        settled = {
            (kind, key): person for kind, key, person in rows.values_list("object", "record_id", "successor")
        }
    shares = share_out(handover.giver, handover.plan, by, timezone.localdate(), settled)
    with ledger.writing():
        keep_items(handover, shares)
        handover.result = {**handover.result, "settled": True}
        handover.save(update_fields=["result"])
    return shares


def _started(key: int) -> Handover | None:
    """The hand-over with the line that everything names as its cause; None where it was called off or is over."""
    with ledger.writing():
        held = Handover.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if held is None or held.state not in {State.PLANNED, State.RUNNING, State.STOPPED}:
            return None
        if held.begun is None:
            data = {"handover": str(held.uid)}
            held.begun = ledger.record("handover.begun", by=held.created_by, about=about(held), data=data)
            held.begun_at = moment()
        held.state = State.RUNNING
        held.save(update_fields=["begun", "begun_at", "state"])
    return Handover.objects.select_related("giver", "created_by", "begun").get(pk=key)


def _move(handover: Handover, mover: Mover, keys: Sequence[int], to: Person, by: Person) -> None:
    """In one transaction with what is told of it: a kill leaves both or none."""
    with through(cause=handover.begun):
        shared = _let_in(handover, mover, keys, to, by) if mover.customers else set()
        refused = dict(mover.move(keys, handover.giver, to, by))
    if mover.customers:
        rows = handover.items.filter(object=mover.key, record_id__in=keys)
        rows.exclude(record_id__in=refused).update(state=Item.State.MOVED)
        rows.filter(record_id__in=shared).update(shared=True)
        for key, why in refused.items():
            rows.filter(record_id=key).update(state=Item.State.LEFT, why=why[:200])
    told = handover.result
    moved, kept = dict(told.get("moved", {})), list(told.get("refused", []))
    moved[mover.key] = moved.get(mover.key, 0) + len(keys) - len(refused)
    kept += [[mover.key, key, why] for key, why in refused.items()][: REFUSED_KEPT - len(kept)]
    handover.result = {**told, "moved": moved, "refused": kept}
    Handover.objects.filter(pk=handover.pk).update(result=handover.result)


def _let_in(handover: Handover, mover: Mover, keys: Sequence[int], to: Person, by: Person) -> set[int]:
    """The predecessor sees what his role would not show him any more, for some days; both know where things stand."""
    if not handover.both_days or not handover.giver.is_active:
        return set()
    viewer, shared = viewer_of(handover.giver), set()
    for record in registry.get(mover.key).model.plain.filter(pk__in=keys, owner=handover.giver):
        record.owner = to
        if sees(viewer, record, "view"):
            continue
        try:
            sharing.share(type(record).plain.get(pk=record.pk), handover.giver, by=by)
            shared.add(record.pk)
        except DomainError:
            continue
    return shared


def _finish(handover: Handover) -> None:
    with ledger.writing():
        handover.state, handover.ended_at = State.DONE, moment()
        handover.save(update_fields=["state", "ended_at"])
        handover.items.filter(state=Item.State.WAITING).update(state=Item.State.LEFT)
        _tell(handover)


def _tell(handover: Handover) -> None:
    """Each successor once."""
    assert handover.begun is not None
    for key in handover.successor_keys:
        person = Person.objects.working().filter(pk=key).first()
        n = handover.items.filter(successor_id=key, state=Item.State.MOVED).count()
        if person is not None:
            sentence = Sentence(
                gettext_noop(
                    "%(giver)sさんからお客様%(n)s件を引き継ぎました。お客様ごとに内容を確認してください。"
                ),
                {"giver": handover.giver, "n": n},
            )
            tell(person, RECEIVED, sentence, handover.get_absolute_url(), handover.begun)
