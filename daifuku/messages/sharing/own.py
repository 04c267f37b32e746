"""What each person chose for himself: quieter than the firm foresees, quiet hours, whole customers that he follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.sql import write_transaction
from daifuku.messages.models.sharing import LOUDNESS, OwnTiming, Receiving, Timing, Watch
from daifuku.messages.sharing import happenings
from daifuku.messages.sharing.matrix import Matrix
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

WATCHED = "customer.watched"
# What is told to a person because of himself, besides the happenings of the matrix.
PERSONAL: dict[str, Any] = {
    "record.in_charge": gettext_lazy("自分が担当になったとき"),
    "comment.mentioned": gettext_lazy("コメントで呼ばれたとき"),
    "comment.answered": gettext_lazy("自分のコメントに返信があったとき"),
    "record.followed": gettext_lazy("フォローしている記録に動きがあったとき"),
    WATCHED: gettext_lazy("まるごとフォローしているお客様に動きがあったとき"),
}
# These one must know of; they may only be told more quietly.
NEVER_STOPPED = frozenset({"record.in_charge", "comment.mentioned"})
CUSTOMERS = ("account", "lead")
REACHED_BY = ("quiet_from", "quiet_until", "quiet_days", "by_mail", "push_words")


def timings_of(people: Iterable[int], topics: Iterable[str]) -> dict[tuple[int, str], Timing]:
    """One question, however many they are."""
    rows = OwnTiming.objects.filter(person__in=list(people), topic__in=list(topics))
    return {(row.person_id, row.topic): Timing(row.timing) for row in rows}


def receiving_of(people: Iterable[int]) -> dict[int, Receiving]:
    """How each of them wants to be reached; where he has not said, as the firm's settings say. One question."""
    wanted = list(people)
    chosen: dict[int, Receiving] = {row.person_id: row for row in Receiving.objects.filter(person__in=wanted)}
    return {person: chosen.get(person) or Receiving(person_id=person) for person in wanted}


def topics_of(person: Person) -> list[tuple[str, Any, Timing, Timing]]:
    """(topic, words, what the firm foresees, what holds) for all that this person could be told of."""
    matrix, roles = Matrix(), [role.pk for role in person.roles.all()]
    found: list[tuple[str, Any, Timing]] = [(key, words, Timing.AT_ONCE) for key, words in PERSONAL.items()]
    for happening in happenings.every():
        if not happening.for_roles:
            found.append((happening.key, happening.label, happening.timing))
        elif (cell := matrix.loudest(happening, roles)) is not None:
            found.append((happening.key, happening.label, cell.timing))
    own = timings_of([person.pk], [key for key, _words, _timing in found])
    return [
        (key, words, timing, max(timing, own.get((person.pk, key), timing), key=LOUDNESS.__getitem__))
        for key, words, timing in found
    ]


def choices_for(topic: str, firm: Timing) -> list[Timing]:
    """What is as loud as the firm foresees, or quieter."""
    return [
        each
        for each in Timing
        if LOUDNESS[each] >= LOUDNESS[firm] and not (each == Timing.NEVER and topic in NEVER_STOPPED)
    ]


def choose(timings: Mapping[str, str], *, by: Person) -> None:
    """Sets when these topics are told; the firm's own timing means: as the firm foresees. Raises Invalid."""
    known = {topic: firm for topic, _words, firm, _holds in topics_of(by)}
    problems = [
        FieldProblem(topic, _("ここで選べる知らせ方ではありません。"), code="choice")
        for topic, timing in timings.items()
        if topic not in known or timing not in choices_for(topic, known[topic])
    ]
    if problems:
        raise Invalid(problems)
    with write_transaction():
        for topic, timing in timings.items():
            rows = OwnTiming.objects.filter(person=by, topic=topic)
            if timing == known[topic]:
                rows.delete()
            else:
                OwnTiming.objects.update_or_create(person=by, topic=topic, defaults={"timing": timing})


def be_reached(
    *, by: Person, quiet_from: time, quiet_until: time, quiet_days: bool, by_mail: bool, push_words: bool
) -> Receiving:
    """When this person may be disturbed, and by what."""
    values = {
        "quiet_from": quiet_from, "quiet_until": quiet_until, "quiet_days": quiet_days, "by_mail": by_mail,
        "push_words": push_words,
    }  # fmt: skip
    with write_transaction():
        row, _fresh = Receiving.objects.update_or_create(person=by, defaults=values)
    return row


def watch(record: Any, *, by: Person) -> None:
    """From now on this person hears of all that happens with the customer. Raises NotFound."""
    if record.object_key not in CUSTOMERS or record.trashed_at is not None:
        raise NotFound
    if not sees(viewer_of(by), record, "view"):
        raise NotFound
    with write_transaction():
        Watch.objects.get_or_create(person=by, object=record.object_key, record_id=record.pk)


def unwatch(record: Any, *, by: Person) -> None:
    with write_transaction():
        Watch.objects.filter(person=by, object=record.object_key, record_id=record.pk).delete()


def watches(record: Any, person: Person | Viewer) -> bool:
    rows = Watch.objects.filter(object=record.object_key, record_id=record.pk, person_id=person.pk)
    return bool(rows.exists())


def forget(record: Any, by: Person) -> None:
    """Of an erased customer nobody follows anything."""
    Watch.objects.filter(object=record.object_key, record_id=record.pk).delete()
