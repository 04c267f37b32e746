"""The ledger as a feed without gaps, and taking a line back."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.colleagues import may_undo
from daifuku.api.errors import Unreadable
from daifuku.api.once import Once
from daifuku.api.operations.timeline import Line
from daifuku.api.routing import fixed, in_steps
from daifuku.foundation.errors import NotFound
from daifuku.jobs.models import Job
from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.ledger.order import behind
from daifuku.ledger.sealing import settled
from daifuku.records import bulk, undoing
from daifuku.records.presenting.lines import LinePresenter

CURSOR = re.compile(r"\A(\d{1,18})\.(\d{1,18})\Z")


class Feed(Schema):
    items: list[Line]
    next: str


class Undone(Schema):
    """`job` goes on with what is long; its `result` then has the numbers."""

    done: int
    kept: list[str]
    job: str | None = None


@fixed.get(
    "/events", operation_id="list_events", summary=noop("台帳の新しい行"), tags=[noop("台帳")], response=Feed
)
def list_events(
    request: Asked,
    after: str = Query("0.0", description=noop("前の答えの next。はじめは省略")),
    size: int = Query(100, ge=1, le=200),
    kind: str = Query("", description=noop("行の種類。末尾が . なら前方一致"), max_length=60),
) -> Answer:
    """Lines in the order in which they were committed; asking again with `next` misses none and repeats none.

    Whoever may audit gets every line, others those of records that they see. A page may be empty: go on with its
    `next` until it stays the same.
    """
    match = CURSOR.match(after)
    if match is None:
        raise Unreadable(
            _("after には、前の答えの next をそのまま入れてください。"), code="cursor", field="after"
        )
    txid, number = int(match.group(1)), int(match.group(2))
    events = settled().filter(behind(txid, number))
    if kind:
        events = events.filter(kind__startswith=kind) if kind.endswith(".") else events.filter(kind=kind)
    page = list(events.select_related("actor").prefetch_related("subjects")[:size])
    following = f"{page[-1].txid}.{page[-1].pk}" if page else after
    return Answer({"items": _presenter(request).many(page), "next": following})


def _presenter(request: Asked) -> LinePresenter:
    caller = request.auth
    everything = caller.viewer.has_power("audit") and "audit" in caller.scopes
    return LinePresenter(caller.viewer, all_lines=everything)


@fixed.post(
    "/events/{number}/undo",
    operation_id="undo_event",
    summary=noop("元に戻す"),
    tags=[noop("台帳")],
    response=Undone,
)
@in_steps
def undo_event(request: Asked, number: str) -> Any:
    """Takes back what the line says, with the caller's own rights; what was changed since then stays.

    Whatever took a `job` takes one to undo as well.
    """
    event = _event(request, number)
    may_undo(request, event)
    once = Once(request)
    if not isinstance(kinds.get(event.kind).undo, undoing.InTwoSteps):
        return once.whole(lambda: _undone(undoing.undo(event, by=request.auth.person)))
    if given := once.before():
        return given
    answer = _undone(bulk.undo(event, by=request.auth.person))
    return once.whole(lambda: answer)


def _undone(result: kinds.Undone | Job) -> Answer:
    if isinstance(result, Job):
        return Answer({"done": 0, "kept": [], "job": str(result.uid)})
    return Answer({"done": result.done, "kept": [str(why) for _key, why in result.kept], "job": None})


def _event(request: Asked, number: str) -> Event:
    found = (
        Event.objects.filter(pk=int(number))
        if number.isdecimal() and len(number) < 19
        else Event.objects.none()
    )
    event = found.select_related("actor").prefetch_related("subjects").first()
    if event is None or kinds.get(event.kind).quiet or not _presenter(request).many([event]):
        raise NotFound
    return event
