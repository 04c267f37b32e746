"""Compares everybody with everybody who has something in common with him, in a job; what it finds is kept as pairs."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from daifuku.dedupe.actions.deciding import all_apart, all_known
from daifuku.dedupe.judging import COMPARE, model_of
from daifuku.dedupe.matching.blocks import Blocks
from daifuku.dedupe.matching.clusters import MOST, Joined
from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.scan import KINDS
from daifuku.dedupe.models import Pair, Way, setup
from daifuku.dedupe.reading import Row, count, rows_of
from daifuku.dedupe.who import need_scanning
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

JOB, STEP, WRITTEN = "dedupe.scan", 5_000, 1_000
# Short of a week, so that it is the same night again.
PAUSE = timedelta(days=6, hours=12)
KEYS = {Way.FIRM: KINDS["account"].keys, Way.PERSON: KINDS["contact"].keys}
Found = tuple[float, int, int, Facts, int]


def begin(*, by: Person) -> Job:
    """One scan at a time: whoever asks meanwhile gets the one that runs. Raises Forbidden."""
    need_scanning(viewer_of(by))
    return _begin(by)


def begin_by_itself() -> None:
    """At night, where nobody has asked for a week."""
    _begin(None)


def is_due() -> bool:
    lately = Job.objects.filter(kind=JOB, created_at__gt=moment() - PAUSE)
    return not lately.exists() and any(count(way) > 1 for way in Way)


def _begin(by: Person | None) -> Job:
    running = (
        Job.objects.filter(kind=JOB, state__in=(Job.State.WAITING, Job.State.RUNNING)).order_by("pk").first()
    )
    if running is not None:
        return running
    last = Job.objects.filter(kind=JOB).aggregate(last=Max("pk"))["last"] or 0
    with ledger.writing():
        number = (Pair.objects.aggregate(last=Max("scan"))["last"] or 0) + 1
        title = _("名寄せ: 全件を調べる")
        return queue.enqueue(JOB, {"scan": number}, by=by, title=title, key=f"{JOB}:{last}")


def run(running: Any) -> None:
    """The job. Killed, it begins anew what it was at: pairs are kept by who they are, so none is there twice."""
    state = running.state
    running.expect(2 * sum(count(way) for way in Way))
    for way in Way:
        if way.value in state.get("done", []):
            continue
        if not _Scan(way, running).carry_out():
            return
        with ledger.writing():
            state["done"] = [*state.get("done", []), way.value]
            running.advance(0)
    found = {name: Pair.objects.filter(verdict=name).count() for name in ("sure", "perhaps")}
    running.result |= {**found, "url": "/duplicates/"}
    with ledger.writing():
        ledger.record("dedupe.scanned", by=running.by, data=found)


class _Scan:
    def __init__(self, way: Way, running: Any) -> None:
        self.way, self.running, self.number = way, running, running.payload["scan"]
        self.model, self.compare = model_of(way, setup()), COMPARE[way]
        self.rows: list[Row] = []
        self.blocks, self.found = Blocks(), list[Found]()
        self.apart, self.known = all_apart(way), all_known(way)

    def carry_out(self) -> bool:
        """False where the person wants it to stop: what was found before stays as it was."""
        return self._read() and self._compare() and self._write()

    def _read(self) -> bool:
        keys, rows = KEYS[self.way], rows_of(self.way)
        while part := list(islice(rows, STEP)):
            if self.running.cancelled:
                return False
            for row in part:
                self.rows.append(row)
                self.blocks.add(keys(row.compared))
            self._tell(len(part))
        self.blocks.close()
        return True

    def _compare(self) -> bool:
        """Finds what is alike."""
        told, once = 0, dict[Facts, Facts]()
        for place, others in self.blocks.candidates():
            if place - told >= STEP:
                self._tell(place - told)
                told = place
                if self.running.cancelled:
                    return False
            for number in others:
                if not self._may_be_one(place, number):
                    continue
                score, facts, common = self._judged(place, number)
                if score >= self.model.perhaps:
                    self.found.append((score, place, number, once.setdefault(facts, facts), common))
        self._tell(len(self.rows) - told)
        return True

    def _judged(self, place: int, number: int) -> tuple[float, Facts, int]:
        facts = self.compare(self.rows[place].compared, self.rows[number].compared)
        common = max(self.blocks.common(place), self.blocks.common(number))
        score = self.model.score(facts, common)
        return max(score, MOST) if self._is_known(place, number) else score, facts, common

    def _is_known(self, place: int, number: int) -> bool:
        """They are one group, as a third may be one with both; the pair itself is no news."""
        return bool(self.known) and _ends(self.rows[place], self.rows[number]) in self.known

    def _may_be_one(self, place: int, number: int) -> bool:
        """Two leads of one firm are people, not doubles; a branch under its head office is known to be another; of some
        a person has said that they are two."""
        one, other = self.rows[place], self.rows[number]
        if self.way == Way.FIRM and one.object_key == other.object_key == "lead":
            return False
        if one.object_key == other.object_key == "account" and (
            one.above == other.pk or other.above == one.pk
        ):
            return False
        return not self.apart or _ends(one, other) not in self.apart

    def _fits(self, place: int, number: int) -> float:
        return self._judged(place, number)[0] if self._may_be_one(place, number) else -MOST

    def _write(self) -> bool:
        """Keeps what fits into one group with all others there."""
        self.found.sort(key=lambda each: (-each[0], each[1], each[2]))
        joined, batch = Joined(self._fits, self.model.perhaps), list[Pair]()
        for each in self.found:
            if not joined.join(each[1], each[2]) or self._is_known(each[1], each[2]):
                continue
            batch.append(self._pair(*each))
            if len(batch) >= WRITTEN:
                if self.running.cancelled:
                    return False
                self._keep(batch)
                batch = []
        self._keep(batch)
        with ledger.writing():
            Pair.objects.filter(way=self.way, scan__lt=self.number).delete()
        return True

    def _pair(self, score: float, place: int, number: int, facts: Facts, common: int) -> Pair:
        first_object, first, second_object, second = _ends(self.rows[place], self.rows[number])
        return Pair(
            way=self.way, first_object=first_object, first_id=first, second_object=second_object, second_id=second,
            score=round(score, 3), verdict=self.model.verdict(score), facts=list(facts), common=common,
            scan=self.number, at=moment(),
        )  # fmt: skip

    def _keep(self, batch: list[Pair]) -> None:
        if not batch:
            return
        with ledger.writing():
            Pair.objects.bulk_create(
                batch, update_conflicts=True,
                unique_fields=["first_object", "first_id", "second_object", "second_id", "way"],
                update_fields=["score", "verdict", "facts", "common", "scan", "at"],
            )  # fmt: skip

    def _tell(self, number: int) -> None:
        with ledger.writing():
            self.running.advance(number)


def _ends(one: Row, other: Row) -> tuple[str, int, str, int]:
    first, second = sorted(((one.object_key, one.pk), (other.object_key, other.pk)))
    return (*first, *second)
