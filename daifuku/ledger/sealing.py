"""Chains the lines, so that nobody can change, remove or insert one without it showing.

A link covers the facts of a line (who, when, what kind, through what, about which records) and, under a salt, its
values. When a person is erased the values and the salt are removed; the link keeps the digest, the chain stays whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from daifuku.foundation.sql import all_committed_below, write_transaction
from daifuku.ledger.models import Event, Seal, Subject
from daifuku.ledger.order import behind, up_to

START = hashlib.sha256("大福帳".encode()).hexdigest()
BATCH = 500


@dataclass(frozen=True)
class Anchor:
    """How long the chain is and how it ends; kept outside the database, it makes a cut tail show."""

    count: int
    head: str

    def __str__(self) -> str:
        return f"{self.count}:{self.head}"

    @classmethod
    def parse(cls, text: str) -> Anchor:
        count, _, head = text.strip().partition(":")
        return cls(int(count), head)


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def facts_digest(event: Event, subjects: Iterable[tuple[str, int, str]]) -> str:
    facts = [
        event.pk, event.kind, event.at.isoformat(timespec="microseconds"), event.actor_id, event.via,
        event.cause_id, event.undoes_id, sorted(subjects),
    ]  # fmt: skip
    return hashlib.sha256(canonical(facts)).hexdigest()


def values_digest(event: Event) -> str:
    return hashlib.sha256(event.salt.encode() + canonical(event.data)).hexdigest()


def link(previous: str, position: int, facts: str, values: str) -> str:
    return hashlib.sha256(f"{previous}|{position}|{facts}|{values}".encode()).hexdigest()


def settled() -> QuerySet[Event]:
    """Lines that no running transaction can still push in between, in the order of the chain."""
    events = Event.objects.order_by("txid", "id")
    horizon = all_committed_below()
    return events if horizon is None else events.filter(txid__lt=horizon)


def anything_waiting() -> bool:
    """Whether there is a line that is not yet chained; only reads, so that an idle program leaves the disk alone."""
    newest, sealed = settled().last(), Seal.objects.order_by("-position").first()
    if newest is None:
        return False
    return sealed is None or (newest.txid, newest.pk) > (sealed.txid, sealed.event_id)


def anchor() -> Anchor:
    last = Seal.objects.order_by("-position").first()
    return Anchor(last.position, last.chain) if last else Anchor(0, START)


def seal() -> int:
    """Chains the lines that are not yet chained; returns how many. Only one sealer gets through at a time."""
    done = 0
    while (batch := _seal_batch()) == BATCH:
        done += batch
    return done + batch


def _seal_batch() -> int:
    with write_transaction():
        last = Seal.objects.select_for_update().order_by("-position").first()
        waiting = settled()
        if last:
            waiting = waiting.filter(behind(last.txid, last.event_id))
        position, chain = (last.position, last.chain) if last else (0, START)
        seals, events = [], list(waiting[:BATCH])
        subjects = _subjects_of(events)
        for event in events:
            position += 1
            facts, values = facts_digest(event, subjects[event.pk]), values_digest(event)
            chain = link(chain, position, facts, values)
            seals.append(
                Seal(
                    position=position, txid=event.txid, event_id=event.pk,
                    facts=facts, values=values, chain=chain,
                )
            )  # fmt: skip
        Seal.objects.bulk_create(seals)
    return len(seals)


def _subjects_of(events: Sequence[Event]) -> dict[int, list[tuple[str, int, str]]]:
    """The records that each of these lines speaks of."""
    found: dict[int, list[tuple[str, int, str]]] = {event.pk: [] for event in events}
    rows = Subject.objects.filter(event_id__in=found).exclude(role=Subject.MERGED)
    for event, object_key, record, role in rows.values_list("event_id", "object", "record_id", "role"):
        found[event].append((object_key, record, role))
    return found


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with the chain: at which position, at which line, what."""

    position: int
    event_id: int
    problem: str


def verify(against: Anchor | None = None) -> list[Finding]:
    """Walks the whole chain and returns what is wrong with it: nothing, if it is whole."""
    findings: list[Finding] = []
    expected, chain, at_anchor = 0, START, None
    for seals in _in_batches():
        for seal_row, event in seals:
            expected += 1
            findings += _check(seal_row, event, expected, chain)
            expected, chain = seal_row.position, seal_row.chain
            if against and seal_row.position == against.count:
                at_anchor = seal_row.chain
    findings += _inserted()
    if against and against.count and at_anchor != against.head:
        findings.append(Finding(against.count, 0, "the chain does not reach its anchor: lines are missing"))
    return findings


def _in_batches() -> Iterable[Sequence[tuple[Seal, Event | None]]]:
    position = 0
    while True:
        seals = list(Seal.objects.filter(position__gt=position).order_by("position")[:BATCH])
        if not seals:
            return
        ids = [s.event_id for s in seals]
        events = {e.pk: e for e in Event.objects.filter(pk__in=ids).prefetch_related("subjects")}
        yield [(s, events.get(s.event_id)) for s in seals]
        position = seals[-1].position


def _check(row: Seal, event: Event | None, expected: int, previous: str) -> list[Finding]:
    if row.position != expected:
        return [Finding(expected, row.event_id, f"links {expected} to {row.position - 1} were removed")]
    if link(previous, row.position, row.facts, row.values) != row.chain:
        return [Finding(row.position, row.event_id, "the link was changed")]
    if event is None:
        return [Finding(row.position, row.event_id, "the line was removed")]
    found = []
    subjects = [(s.object, s.record_id, s.role) for s in event.subjects.all() if s.role != Subject.MERGED]
    if facts_digest(event, subjects) != row.facts:
        found.append(Finding(row.position, event.pk, "the facts of the line were changed"))
    if event.erased:
        if not _erasure_is_recorded(event):
            found.append(Finding(row.position, event.pk, "the values are gone without an erasure"))
    elif values_digest(event) != row.values:
        found.append(Finding(row.position, event.pk, "the values of the line were changed"))
    return found


def _erasure_is_recorded(event: Event) -> bool:
    """The line that erased it exists, is an erasure, and speaks of one of the same records."""
    erasing = event.data.get("erased_by")
    if not isinstance(erasing, int):
        return False
    own = {(s.object, s.record_id) for s in event.subjects.all()}
    other = Event.objects.filter(pk=erasing, kind__endswith=".erased").prefetch_related("subjects").first()
    return other is not None and any((s.object, s.record_id) in own for s in other.subjects.all())


def _inserted() -> list[Finding]:
    """Lines without a link although the chain has gone past them."""
    last = Seal.objects.order_by("-position").first()
    if last is None:
        return []
    linked = Seal.objects.filter(event_id=OuterRef("pk"))
    inserted = Event.objects.filter(~Exists(linked), up_to(last.txid, last.event_id))
    return [Finding(0, event.pk, "the line was inserted behind the chain") for event in inserted[:100]]
