"""Whoever follows a record is told what others do with it; who is in charge of it, what others say about it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import record_for, tell
from daifuku.records.catalogue import registry
from daifuku.records.models import Mark
from daifuku.staff.models import Person

FOLLOWED = "record.followed"
COMMENTED, FILED = "comment.written", "file.added"
SENTENCES = {
    "edited": gettext_noop("%(actor)sさんが「%(record)s」を変更しました。"),
    "restored": gettext_noop("%(actor)sさんが「%(record)s」をごみ箱から戻しました。"),
    COMMENTED: gettext_noop("%(actor)sさんが「%(record)s」にコメントしました。"),
    FILED: gettext_noop("%(actor)sさんが「%(record)s」にファイルを追加しました。"),
}


def subscribe() -> None:
    changed = [each.event(what) for each in registry.every() for what in ("edited", "restored")]
    subscribing.subscribe("messages.following", [*changed, COMMENTED, FILED], tell_followers, done_alone)


def done_alone(event: Event) -> bool:
    """What was done to many at once (an import, a bulk change) is not told record by record."""
    return event.cause_id is None


def tell_followers(event: Event) -> None:
    subject = event.subjects.filter(role=Subject.MAIN).first()
    if subject is None or not done_alone(event):
        return
    sentence = SENTENCES.get(event.kind) or SENTENCES[event.kind.rsplit(".", 1)[-1]]
    for person in _listeners(event, subject):
        record = record_for(event, person)
        if record is not None:
            values = {"actor": event.actor or gettext("大福帳"), "record": record}
            tell(person, FOLLOWED, Sentence(sentence, values), record.get_absolute_url(), event)


def _listeners(event: Event, subject: Subject) -> list[Person]:
    """Without the one who did it, and without those who are told of the same line already."""
    marks = Mark.objects.filter(
        kind=Mark.Kind.FOLLOW, object=subject.object, record_id=subject.record_id, person__is_active=True
    )
    wanted = set(marks.values_list("person_id", flat=True))
    if event.kind == COMMENTED:
        model = registry.get(subject.object).model
        wanted |= set(model.plain.filter(pk=subject.record_id).values_list("owner_id", flat=True))
    told = {event.actor_id, event.data.get("answers"), *event.data.get("mentions", [])}
    _old, owner = event.changes.get("owner", [None, None])
    if isinstance(owner, dict):
        told.add(owner.get("id"))
    return list(Person.objects.working().filter(pk__in=wanted - told))
