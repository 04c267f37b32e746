"""Trading begins with many at once: each by the same verb, with a result a row. What is doubtful waits for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.conversion import carrying
from daifuku.conversion.actions.converting import already, convert
from daifuku.conversion.alike import Proposed, proposed
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import Book, current
from daifuku.conversion.models import Conversion, Result, Setup
from daifuku.conversion.models.setup import setup
from daifuku.conversion.wanted import NEW, Wanted, settled
from daifuku.conversion.who import need_converting
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records.actions.many import Batches
from daifuku.records.bulk import Selection
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.following import Gathered, together
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

KIND, AT_ONCE = "conversion.many", 20
KIND_OF_MANY = "lead.bulk_converted"
FIRST, LARGEST = 8, 60
# What a possible double means for a lead of many: it waits for a person, or a new record is made all the same.
WAIT, MAKE = "wait", "make"
Told = Callable[[Sequence[int]], None]


@dataclass(frozen=True)
class Way:
    """What counts for all of them: the firm's settings and mapping, and what was asked for."""

    rules: Setup
    book: Book
    deal: bool | None = None
    doubts: str = WAIT

    @classmethod
    def now(cls, deal: bool | None, doubts: str) -> Way:
        return cls(setup(), current(), deal, doubts)


def begin(
    selection: Selection, *, by: Person, deal: bool | None = None, doubts: str = WAIT
) -> tuple[Event, Job | None]:
    """A few at once, more in a job; the results are rows of the returned line. Raises Conflict, Forbidden."""
    viewer = viewer_of(by)
    need_converting(viewer, setup())
    count = selection.size(viewer)
    if not count:
        raise Conflict(_("対象の記録がありません。選び直してください。"), code="nothing_selected")
    with ledger.writing():
        title = _("%(n)s件の取引の開始") % {"n": count}
        event = ledger.record(KIND_OF_MANY, by=by, data={"title": title, "count": count})
        if count > AT_ONCE:
            keys = list(selection.keys) if selection.keys is not None else None
            payload = {
                "keys": keys, "condition": selection.condition, "search": selection.search, "event": event.pk,
                "deal": deal, "doubts": doubts, "today": timezone.localdate().isoformat(), "count": count,
            }  # fmt: skip
            return event, queue.enqueue(KIND, payload, by=by, title=title)
    pieces = list(selection.pieces(viewer, timezone.localdate()))
    for_each([key for piece in pieces for key in piece], event, by=by, way=Way.now(deal, doubts))
    return event, None


def run(running: Any) -> None:
    """The job. What it has done is kept with each batch: begun again after a kill it goes on behind it."""
    payload, by, state = running.payload, running.by, running.state
    keys = tuple(payload["keys"]) if payload["keys"] is not None else None
    selection = Selection("lead", keys, payload["condition"], payload["search"])
    event = Event.objects.get(pk=payload["event"])
    running.expect(payload["count"])
    running.result["event"] = event.pk
    pieces = selection.pieces(viewer_of(by), date.fromisoformat(payload["today"]), state.get("after", 0))

    def told(batch: Sequence[int]) -> None:
        state["after"] = batch[-1]
        running.result |= {"counts": counts(event)}
        running.advance(len(batch))

    for piece in pieces:
        if running.cancelled:
            return
        for_each(
            piece, event, by=by, way=Way.now(payload["deal"], payload["doubts"]), told=told,
            stopped=lambda: running.cancelled,
        )  # fmt: skip


def begun(number: int, viewer: Viewer) -> Event:
    """The line of this number, for whoever began it, whoever is in charge where a rule did, and whoever keeps the
    settings. Raises NotFound."""
    event = Event.objects.filter(pk=number, kind=KIND_OF_MANY).select_related("actor").first()
    if event is None or not (viewer.has_power("settings") or _concerns(event, viewer)):
        raise NotFound
    return event


def _concerns(event: Event, viewer: Viewer) -> bool:
    if event.actor_id is not None:
        return bool(event.actor_id == viewer.pk)
    return Result.objects.filter(event=event, lead__owner=viewer.pk).exists()


def counts(event: Event) -> dict[str, int]:
    """How many of each result."""
    return dict(Counter(Result.objects.filter(event=event).values_list("state", flat=True)))


def for_each(
    keys: Iterable[int], event: Event, *, by: Person, way: Way,
    told: Told = lambda batch: None, stopped: Callable[[], bool] = lambda: False,
) -> None:  # fmt: skip
    """Some in a transaction; a lead that is refused leaves nothing behind but its result."""
    viewer = viewer_of(by)
    for batch in Batches(keys, FIRST, LARGEST):
        if stopped():
            return
        with vocabulary.steady(), ledger.writing():
            leads = (
                Lead.objects.visible_to(viewer).filter(pk__in=batch).select_related("owner").order_by("pk")
            )
            hung = carrying.hung_on(batch)
            with together(by) as gathered:
                results = [_one(lead, event, way, gathered, hung, by=by, viewer=viewer) for lead in leads]
            Result.objects.bulk_create(results)
            told(batch)


def _one(
    lead: Lead, event: Event, way: Way, gathered: Gathered, hung: Mapping[str, set[int]], *, by: Person,
    viewer: Viewer,
) -> Result:  # fmt: skip
    result = Result(event=event, lead=lead)
    try:
        if lead.converted_at is not None:
            raise already(lead, viewer)
        wanted = wanted_of(lead, way, by=by, viewer=viewer)
        with transaction.atomic(), gathered.unless_refused(), through(cause=event):
            result.conversion = convert(lead, wanted, by=by, rules=way.rules, book=way.book, hung=hung)
    except DomainError as error:
        return Result(event=event, lead=lead, state=Result.State.BLOCKED, sentence=_said(error)[:400])
    result.state = _state(result.conversion)
    return result


def wanted_of(lead: Lead, way: Way, *, by: Person, viewer: Viewer) -> Wanted:
    """What is certainly the same is used; what may be is a doubt. Raises Conflict (`doubtful`)."""
    wanted = settled(lead, Wanted(deal=way.deal), way.rules, viewer, by=by)
    found = proposed(lead, draft(lead, way.book), viewer)
    for key in ("account", "contact"):
        if getattr(wanted, key) != NEW:
            continue
        sure = [each for each in found[key] if each.sure]
        if len(sure) == 1:
            wanted = replace(wanted, **{key: sure[0].record})
        elif found[key] and way.doubts == WAIT:
            raise _doubtful(key, found[key])
    return wanted


def _doubtful(key: str, found: Sequence[Proposed]) -> Conflict:
    words = {"object": registry.get(key).name, "name": found[0].record, "why": found[0].words}
    sentence = _(
        "同じかもしれない%(object)sがあります: %(name)s（%(why)s）。見込み客の画面から開始してください。"
    )
    return Conflict(sentence % words, code="doubtful")


def _state(conversion: Conversion) -> str:
    there = [
        key
        for key in ("account", "contact")
        if conversion.record(key) is not None and key not in conversion.made
    ]
    return Result.State.MERGED if there else Result.State.NEW


def _said(error: DomainError) -> str:
    """With the names of the fields, where the refusal is about some."""
    if not error.problems:
        return error.message
    return " ".join(problem.message for problem in error.problems)
