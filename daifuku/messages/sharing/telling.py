"""Reads the ledger and writes down who is told of each line, with a fixed number of questions however many people.

Where somebody is told for more than one reason, the loudest counts, so that nobody hears of a line twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from daifuku.foundation.sql import write_transaction
from daifuku.ledger import kinds, subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages import holding
from daifuku.messages.models import Notice
from daifuku.messages.models.sharing import LOUDNESS, Depth, Timing, Watch
from daifuku.messages.notices import LONGEST_URL
from daifuku.messages.sharing import depth, happenings, own, times
from daifuku.messages.sharing.happenings import Happening
from daifuku.messages.sharing.matrix import Matrix
from daifuku.messages.sharing.seeing import Everybody, Sight
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.conditions import parse_leniently
from daifuku.records.models import Mark

NAME = "messages.sharing"
FRESH = timedelta(seconds=10)
COMMENTED, FILED = "comment.written", "file.added"
NOT_WATCHED = (".opened", ".viewed", ".erased", ".exported", ".bulk_edited")
SENTENCES = {
    "created": gettext_noop("%(actor)sさんが「%(record)s」を登録しました。"),
    "edited": gettext_noop("%(actor)sさんが「%(record)s」を変更しました。"),
    "trashed": gettext_noop("%(actor)sさんが「%(record)s」をごみ箱に入れました。"),
    "restored": gettext_noop("%(actor)sさんが「%(record)s」をごみ箱から戻しました。"),
    COMMENTED: gettext_noop("%(actor)sさんが「%(record)s」にコメントしました。"),
    FILED: gettext_noop("%(actor)sさんが「%(record)s」にファイルを追加しました。"),
}
OTHERWISE = gettext_noop("「%(record)s」に動きがありました（%(what)s、%(actor)sさん）。")


@dataclass(frozen=True)
class Reason:
    """Why a person is told, when, and how much."""

    topic: str
    timing: Timing
    depth: Depth
    sentence: str
    why: dict[str, Any]


@dataclass
class Portion:
    """What is read once for a portion of lines."""

    matrix: Matrix = field(default_factory=Matrix)
    everybody: Everybody = field(default_factory=Everybody)
    made_at: Any = field(default_factory=timezone.now)
    anybody_watches: bool = field(default_factory=lambda: Watch.objects.exists())

    @property
    def stale(self) -> bool:
        return bool(timezone.now() - self.made_at > FRESH)

    def concerns(self, event: Event) -> bool:
        """What was done to many at once (an import, a bulk change) is not told line by line."""
        if event.cause_id is not None or event.via == "import":
            return False
        return bool(happenings.of(event)) or (self.anybody_watches and is_watched(event.kind))


_portion: list[Portion] = []


def subscribe() -> None:
    subscribing.subscribe(NAME, [subscribing.EVERY], tell, interest=interest, in_order=True)


def interest() -> Callable[[Event], bool]:
    _portion[:] = [Portion()]
    return _portion[0].concerns


def is_watched(kind: str) -> bool:
    """What whoever follows a whole customer is told of."""
    if kind in {COMMENTED, FILED}:
        return True
    area = kind.split(".", 1)[0]
    return registry.has(area) and not kind.endswith(NOT_WATCHED) and not kinds.get(kind).quiet


def tell(event: Event) -> None:
    portion = _portion[0] if _portion and not _portion[0].stale else Portion()
    if not portion.concerns(event):
        return
    with vocabulary.steady():
        subject = next((each for each in event.subjects.all() if each.role == Subject.MAIN), None)
        record = _record(subject)
        if record is not None:
            _Telling(event, record, portion).write()


def _record(subject: Subject | None) -> Any:
    if subject is None or not registry.has(subject.object):
        return None
    model = registry.get(subject.object).model
    linked = [name for name in ("account", "lead") if name in {f.name for f in model._meta.get_fields()}]
    return model.plain.select_related(*linked).filter(pk=subject.record_id).first()


class _Telling:
    """One line on its way to all whom it concerns."""

    def __init__(self, event: Event, record: Any, portion: Portion) -> None:
        self.event, self.record, self.portion = event, record, portion
        self.customer = next(
            (found for name in own.CUSTOMERS if (found := getattr(record, name, None)) is not None), None
        )
        if record.object_key in own.CUSTOMERS:
            self.customer = record
        self.linked = depth.linked_records(event, record.object_key)
        known = [record, *([self.customer] if self.customer else []), *self.linked.values()]
        self.sight: Sight = portion.everybody.sight(known)

    def write(self) -> None:
        reasons = self._loudest()
        people = [person for person in reasons if self._may_know(person)]
        if not people:
            return
        chosen = own.timings_of(people, {reasons[person].topic for person in people})
        receiving = own.receiving_of(people)
        now, left_out = timezone.now(), holding.is_left_out(self.event)
        notices = []
        for person in people:
            reason = reasons[person]
            timing = times.quieter(reason.timing, chosen.get((person, reason.topic), reason.timing))
            if timing != Timing.NEVER:
                due = None if left_out else times.due(timing, now, receiving[person])
                notices.append(self._notice(person, reason, timing, due))
        with write_transaction():
            Notice.objects.bulk_create(notices, ignore_conflicts=True)

    def _may_know(self, person: int) -> bool:
        return self.sight.sees(person, self.record)

    def _loudest(self) -> dict[int, Reason]:
        """Of everybody whom it concerns, without him who did it and those who are told of it elsewhere."""
        found: dict[int, Reason] = {}
        told = self._told_elsewhere()
        for person, reason in self._reasons():
            if person in told or person not in self.portion.everybody.people:
                continue
            known = found.get(person)
            louder = known is None or LOUDNESS[reason.timing] < LOUDNESS[known.timing]
            deeper = known is not None and known.timing == reason.timing and known.depth != Depth.FULL
            if louder or (deeper and reason.depth == Depth.FULL):
                found[person] = reason
        return found

    def _reasons(self) -> Iterable[tuple[int, Reason]]:
        for happening in happenings.of(self.event):
            if happening.people is not None:
                why = {"by": "person", "happening": happening.key}
                for person in happening.people(self.event, self.record):
                    yield person, Reason(happening.key, happening.timing, Depth.FULL, happening.sentence, why)
            else:
                yield from self._by_role(happening)
        if self.portion.anybody_watches and is_watched(self.event.kind):
            yield from self._by_watch()

    def _by_role(self, happening: Happening) -> Iterable[tuple[int, Reason]]:
        told = {cell.role.pk: cell for cell in self.portion.matrix.row(happening) if not cell.silent}
        if not told:
            return
        for person in self.portion.everybody.people:
            cells = [told[role] for role in self.portion.everybody.roles_of(person) if role in told]
            for cell in cells:
                if not self._meets(cell.condition, person):
                    continue
                why = {"by": "role", "role": cell.role.name, "happening": happening.key}
                yield person, Reason(happening.key, cell.timing, cell.depth, happening.sentence, why)

    def _meets(self, condition: dict[str, Any], person: int) -> bool:
        """Asked of the record as it stands, with the rights of whoever would be told: a notice tells that it is met."""
        if not condition:
            return True
        viewer = self.sight.viewer(person)
        asked = parse_leniently(condition, self.record.object_key, viewer)
        return asked.matches(self.record, viewer, timezone.localdate())

    def _by_watch(self) -> Iterable[tuple[int, Reason]]:
        subjects = [(each.object, each.record_id) for each in self.event.subjects.all()]
        customers = [pair for pair in subjects if pair[0] in own.CUSTOMERS]
        rows = Watch.objects.filter(record_id__in=[key for _object, key in customers])
        sentence = _sentence_of(self.event.kind)
        for row in rows:
            if (row.object, row.record_id) in customers:
                why = {"by": "watch", "object": row.object, "record": row.record_id}
                yield row.person_id, Reason(own.WATCHED, Timing.AT_ONCE, Depth.FULL, sentence, why)

    def _told_elsewhere(self) -> set[Any]:
        event = self.event
        told: set[Any] = {event.actor_id, event.data.get("answers"), *event.data.get("mentions", [])}
        in_charge = event.changes.get("owner", [None, None])[1]
        if isinstance(in_charge, dict):
            told.add(in_charge.get("id"))
        if event.kind in {COMMENTED, FILED} or event.kind.endswith((".edited", ".restored")):
            marks = Mark.objects.filter(
                kind=Mark.Kind.FOLLOW, object=self.record.object_key, record_id=self.record.pk
            )
            told |= set(marks.values_list("person_id", flat=True))
        if event.kind == COMMENTED:
            told.add(self.record.owner_id)
        return told

    def _notice(self, person: int, reason: Reason, timing: Timing, due: Any) -> Notice:
        url = self.record.get_absolute_url()
        full = reason.depth == Depth.FULL
        told = depth.details(self.event, self.record, self.linked, self.sight, person) if full else ""
        return Notice(
            person_id=person, kind=f"shared.{reason.topic}"[:60], text=reason.sentence,
            values={"actor": str(self.event.actor or _("大福帳")), "record": self._name(person), "what": self._what()},
            url=url if len(url) <= LONGEST_URL else "", event=self.event, timing=timing, details=told, why=reason.why,
            object=self.record.object_key, record_id=self.record.pk, due_at=due,
            customer=self.customer.pk if self.customer and self.customer.object_key == "account" else None,
        )  # fmt: skip

    def _name(self, person: int) -> str:
        """With the customer before it, where the person may know which one it is."""
        customer = self.customer
        if customer is None or customer is self.record or not self._tells_customer(person):
            return str(self.record)
        return f"{customer} / {self.record}"

    def _tells_customer(self, person: int) -> bool:
        assert self.customer is not None
        fields = vocabulary.fields_for(self.sight.viewer(person), self.record.object_key)
        return self.customer.object_key in fields and self.sight.sees(person, self.customer)

    def _what(self) -> str:
        return str(kinds.get(self.event.kind).label)


def _sentence_of(kind: str) -> str:
    return SENTENCES.get(kind) or SENTENCES.get(kind.rsplit(".", 1)[-1]) or OTHERWISE
