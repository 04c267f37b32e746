"""A process was changed, or another one shall count: its deals are carried over by a mapping of stages, in a job with
progress, all of it taken back together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from daifuku.deals import processes, ways
from daifuku.deals.models import Deal
from daifuku.deals.objects.deal import DEAL
from daifuku.deals.processes import Process, Stage
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.foundation.sql.updating import update_many
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.ledger.writing import Line
from daifuku.records import undoing
from daifuku.records.actions.editing import stamp
from daifuku.records.actions.many import Batches
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person

JOB = "deals.carry"
PIECE = 2000
CHANGED = frozenset({"process", "stage"})
COLUMNS = (
    "process", "stage", "state", "probability", "forecast", "expected", "closed_on", "custom", "version", "updated_at",
)  # fmt: skip
# Told of deals that were carried over, in the same transaction. Areas above add to it.
CARRIED: list[Callable[[list[int]], None]] = []


@dataclass(frozen=True)
class Passage:
    """From one stage into another, how many deals that are, and how much."""

    old: Stage
    new: Stage | None
    count: int
    amount: int


def preview(old: str, new: str, mapping: Mapping[str, str]) -> list[Passage]:
    """What would happen to the deals of every stage of this process; nothing is written. Raises Invalid, NotFound."""
    source, target = _process(old), _process(new)
    told = _checked(source, target, mapping)
    rows = Deal.plain.filter(process=source.key, trashed_at__isnull=True).order_by().values("stage")
    counted = rows.annotate(count=Count("pk"), amount=Sum("amount"))
    found = {row["stage"]: (row["count"], int(row["amount"] or 0)) for row in counted}
    return [
        Passage(stage, target.stage(told.get(stage.key, "")), *found.get(stage.key, (0, 0)))
        for stage in source.stages
    ]


def carry(old: str, new: str, mapping: Mapping[str, str], *, by: Person) -> Job:
    """Every deal in one of the mapped stages goes into the other one; how long it has stood there is kept.

    Raises Invalid (a stage that is not of the new process), Conflict (there is nothing to carry), Forbidden, NotFound.
    """
    need_settings(by)
    source, target = _process(old), _process(new)
    told = _checked(source, target, mapping)
    count = Deal.plain.filter(process=source.key, stage__in=told).count()
    if not count:
        raise Conflict(_("移す商談がありません。移す先を選んでください。"), code="nothing_selected")
    title = _("商談を「%(old)s」から「%(new)s」へ移す") % {"old": source.label, "new": target.label}
    with ledger.writing():
        event = ledger.record(
            "process.carried", by=by, data={"title": title, "name": target.label, "count": count}
        )
        payload = {
            "old": source.key, "new": target.key, "mapping": told, "count": count, "event": event.pk,
        }  # fmt: skip
        return queue.enqueue(JOB, payload, by=by, title=title, key=f"{JOB}:{source.key}")


def run(running: Any) -> None:
    """The job. What was carried before a kill stands in another stage and is not found again."""
    payload, event = running.payload, Event.objects.get(pk=running.payload["event"])
    running.expect(payload["count"])
    done = running.result.setdefault("done", 0)
    running.result["event"] = event.pk
    with through(cause=event), ways.carried():
        for batch in Batches(_keys(payload["old"], payload["mapping"], running.state)):
            if running.cancelled:
                return
            with ledger.writing():
                done += _batch(batch, payload["new"], payload["mapping"], running.by)
                running.result["done"] = done
                running.state["after"] = batch[-1]
                running.advance(len(batch))


def undo_address(job: Job) -> str:
    event = Event.objects.filter(pk=job.payload.get("event")).first()
    return reverse("records:undo", args=[event.pk]) if event and undoing.may_be_undone(event) else ""


def _batch(keys: Sequence[int], process: str, mapping: Mapping[str, str], by: Person | None) -> int:
    take_turn(DEAL)
    rows = Deal.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    changed, lines = [], []
    fields = vocabulary.fields_of("deal")
    for deal in rows:
        if deal.stage not in mapping:
            continue
        old = {name: fields[name].json(deal) for name in CHANGED}
        since, closed = deal.stage_since, deal.closed_on
        deal.process, deal.stage = process, mapping[deal.stage]
        DEAL.prepare(deal, CHANGED)
        deal.stage_since, deal.closed_on = since, closed if deal.state != "open" else None
        fill(DEAL, deal)
        stamp(deal)
        done = {name: [old[name], fields[name].json(deal)] for name in sorted(CHANGED)}
        changed.append(deal)
        lines.append(
            Line(
                "deal.edited", about(DEAL, deal), {"changes": {k: v for k, v in done.items() if v[0] != v[1]}}
            )
        )
    if changed:
        update_many(changed, COLUMNS)
        for told in CARRIED:
            told([deal.pk for deal in changed])
        spread(DEAL, [(deal, line.data["changes"]) for deal, line in zip(changed, lines, strict=True)])
        ledger.record_many(lines, by=by)
    return len(changed)


def _keys(process: str, mapping: Mapping[str, str], state: Mapping[str, Any]) -> Iterator[int]:
    after = state.get("after", 0)
    while True:
        rows = Deal.plain.filter(process=process, stage__in=list(mapping), pk__gt=after).order_by("pk")
        piece = list(rows.values_list("pk", flat=True)[:PIECE])
        yield from piece
        if len(piece) < PIECE:
            return
        after = piece[-1]


def _process(key: str) -> Process:
    found = processes.process(key)
    if found is None:
        raise NotFound
    return found


def _checked(source: Process, target: Process, mapping: Mapping[str, str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for old, new in mapping.items():
        if not new or source.stage(old) is None or old == new:
            continue
        if target.stage(new) is None:
            sentence = _("「%(process)s」の段階から選んでください。") % {"process": target.label}
            raise Invalid([FieldProblem(f"to-{old}", sentence, code="choice")])
        told[old] = new
    return told
