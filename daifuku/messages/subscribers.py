"""What of the ledger is told to whom: whoever is in charge now, whoever is mentioned, whose comment is answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from daifuku.foundation.sql import write_transaction
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages import holding, mail
from daifuku.messages.models import Mail, Notice, Push, Receiving, Timing
from daifuku.messages.notices import Sentence, notify
from daifuku.messages.push import lining_up
from daifuku.messages.sharing import own, times
from daifuku.messages.webhooks import keeping
from daifuku.records.catalogue import registry
from daifuku.records.models import Comment
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

IN_CHARGE, MENTIONED = "record.in_charge", "comment.mentioned"
ANSWERED, REACTED = "comment.answered", "comment.reacted"
# Areas above add the kinds of lines of which they tell whoever is in charge themselves, with what it is about.
spoken_for: set[str] = set()


def subscribe() -> None:
    """Areas above are ready before this one (the order of INSTALLED_APPS), so their objects are known."""
    objects = registry.every()
    changed = [each.event(what) for each in objects for what in ("created", "edited")]
    subscribing.subscribe("messages.in_charge", changed, tell_in_charge, concerns=puts_another_in_charge)
    subscribing.subscribe("messages.mentioned", ["comment.written", "comment.edited"], tell_mentioned)
    subscribing.subscribe("messages.answered", ["comment.written"], tell_answered)
    subscribing.subscribe("messages.reacted", ["reaction.given"], tell_reacted)
    erased = [each.event("erased") for each in objects]
    subscribing.subscribe("messages.forget", erased, forget)


def puts_another_in_charge(event: Event) -> bool:
    """Whether the line gives a record to somebody who had it not, and did not take it himself."""
    before, after = event.changes.get("owner", [None, None])
    if not isinstance(after, dict):
        return False
    return after.get("id") not in {event.actor_id, (before or {}).get("id")}


def tell_in_charge(event: Event) -> None:
    """Of many that changed at once (an import, a bulk change) one sentence tells, not one each."""
    person = _person(event.changes["owner"][1])
    if person is None:
        return
    found = record_for(event, person)
    if found is None:
        return
    if event.cause is not None and event.cause.kind in spoken_for:
        return
    if event.cause is not None:
        _tell_of_many(event, event.cause, person)
        return
    sentence = Sentence(
        gettext_noop("%(actor)sさんが、あなたを「%(record)s」の担当にしました。"),
        {"actor": event.actor or gettext("大福帳"), "record": found},
    )
    tell(person, IN_CHARGE, sentence, found.get_absolute_url(), event)


def _tell_of_many(event: Event, cause: Event, person: Person) -> None:
    sentence = Sentence(
        gettext_noop("%(actor)sさんが担当をまとめて変更し、あなたの担当が増えました。"),
        {"actor": event.actor or gettext("大福帳")},
    )
    tell(person, IN_CHARGE, sentence, "", cause)


def tell_mentioned(event: Event) -> None:
    """An old note that is brought in from elsewhere calls nobody."""
    if event.via == "import":
        return
    for person in Person.objects.working().filter(pk__in=event.data.get("mentions", [])):
        record = record_for(event, person)
        if person.pk != event.actor_id and record is not None:
            sentence = Sentence(
                gettext_noop("%(actor)sさんが「%(record)s」のコメントであなたを呼んでいます。"),
                {"actor": event.actor or gettext("大福帳"), "record": record},
            )
            tell(person, MENTIONED, sentence, record.get_absolute_url(), event)


def tell_answered(event: Event) -> None:
    """Whose comment was answered; where he is called as well, that is enough."""
    person = _person({"id": event.data.get("answers")})
    if person is None or person.pk in {event.actor_id, *event.data.get("mentions", [])}:
        return
    record = record_for(event, person)
    if record is not None:
        sentence = Sentence(
            gettext_noop("%(actor)sさんが「%(record)s」であなたのコメントに返信しました。"),
            {"actor": event.actor or gettext("大福帳"), "record": record},
        )
        tell(person, ANSWERED, sentence, record.get_absolute_url(), event)


def tell_reacted(event: Event) -> None:
    """The author, in the app alone, and once for each comment, however many react to it."""
    comment = Comment.objects.filter(pk=event.data.get("comment"), removed_at__isnull=True).first()
    if comment is None or comment.author_id == event.actor_id or not comment.author.is_active:
        return
    record, written = record_for(event, comment.author), _written(comment)
    if record is not None and written is not None:
        sentence = Sentence(
            gettext_noop("%(actor)sさんが「%(record)s」のあなたのコメントにリアクションしました。"),
            {"actor": event.actor or gettext("大福帳"), "record": record},
        )
        url = f"{record.get_absolute_url()}#comment-{comment.uid}"
        notify(comment.author, kind=REACTED, sentence=sentence, url=url, event=written)


def _written(comment: Comment) -> Event | None:
    about = {"subjects__object": comment.object, "subjects__record_id": comment.record_id}
    return Event.objects.filter(kind="comment.written", data__comment=comment.pk, **about).first()


def _person(value: Any) -> Person | None:
    """Somebody who still works here, as the ledger names him."""
    if not isinstance(value, dict):
        return None
    found: Person | None = Person.objects.working().filter(pk=value.get("id")).first()
    return found


def record_for(event: Event, person: Person) -> Any | None:
    """The record that the line is about, if this person may see it."""
    subject = event.subjects.filter(role=Subject.MAIN).first()
    if subject is None:
        return None
    model = registry.get(subject.object).model
    return model.objects.visible_to(viewer_of(person)).filter(pk=subject.record_id).first()


def tell(person: Person, kind: str, sentence: Sentence, url: str, event: Event) -> None:
    """In the app, and by mail and push; at once, unless the person wants it later or it is his time of rest."""
    now, receiving = timezone.now(), own.receiving_of([person.pk])[person.pk]
    timing = own.timings_of([person.pk], [kind]).get((person.pk, kind), Timing.AT_ONCE)
    if timing == Timing.NEVER:
        return
    due = times.due(timing, now, receiving)
    at_once = due is not None and due <= now
    waits = None if at_once or holding.is_left_out(event) else due
    notice = notify(person, kind=kind, sentence=sentence, url=url, event=event, timing=timing, due_at=waits)
    if at_once:
        with translation.override(person.language):
            _by_mail(notice, receiving)
            lining_up.line_up([notice], person)


def _by_mail(notice: Notice, receiving: Receiving) -> None:
    if not mail.has_server() or not receiving.by_mail:
        return
    text = f"{notice.sentence}\n\n{settings.BASE_URL}{notice.url or '/notices/'}\n"
    mail.send(notice.person.email, notice.sentence, text, key=f"notice:{notice.uid}", event=notice.event)


def forget(event: Event) -> None:
    """Of a person whose data were erased, notices, mails and deliveries do not tell either."""
    for subject in event.subjects.all():
        about = _events_about(subject)
        with write_transaction():
            _take_out_of_digests(about)
            Notice.objects.filter(event__in=about).delete()
            Mail.objects.filter(event__in=about).delete()
            Push.objects.filter(event__in=about).delete()
            keeping.forget_words(about)


def _take_out_of_digests(about: Any) -> None:
    """A mail about several customers that has not gone yet is written anew without this one."""
    mails = Mail.objects.filter(notices__event__in=about).exclude(text="").values_list("pk", flat=True)
    waiting = list(mails.distinct())
    Notice.objects.filter(mail__in=waiting).update(due_at=timezone.now(), mail=None)
    Mail.objects.filter(pk__in=waiting).delete()


def _events_about(subject: Subject) -> Any:
    return Subject.objects.filter(object=subject.object, record_id=subject.record_id).values("event")
