"""Every morning: voices that wait too long for an answer are told to whoever shall give it, and to his manager."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from daifuku.ledger.models import Event, Subject
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.staff.models import Membership, Person
from daifuku.voices.models import Voice
from daifuku.voices.models.conduct import conduct

UNANSWERED, OVERDUE = "voice.unanswered", "voice.overdue"
MOST = 500


def tell_of_unanswered() -> None:
    """Of each voice once for its days and once for its day, however often this runs."""
    now, days = timezone.now(), conduct().alarm_days
    today = timezone.localdate(now)
    waiting = Q(due_on__lt=today)
    if days:
        waiting |= Q(created_at__lt=now - timedelta(days=days))
    rows = Voice.plain.filter(waiting, trashed_at__isnull=True, answered_at__isnull=True)
    for voice in rows.select_related("solver", "owner").order_by("created_at", "id")[:MOST]:
        line = _first_line(voice)
        if line is not None:
            overdue = voice.due_on is not None and voice.due_on < today
            _tell(voice, OVERDUE if overdue else UNANSWERED, line)


def wanted() -> bool:
    return bool(Voice.plain.filter(trashed_at__isnull=True, answered_at__isnull=True).exists())


def _tell(voice: Voice, kind: str, line: Event) -> None:
    text = (
        gettext_noop("お客様の声「%(record)s」は、回答の期限を過ぎています。")
        if kind == OVERDUE
        else gettext_noop("お客様の声「%(record)s」に、まだ回答がありません。")
    )
    for person in _whom(voice):
        tell(person, kind, Sentence(text, {"record": voice}), voice.get_absolute_url(), line)


def _whom(voice: Voice) -> Iterable[Person]:
    """The solver; where there is none, whoever brought it and the managers of his teams."""
    keys: set[int | None] = {voice.solver_id}
    if (voice.solver is None or not voice.solver.is_active) and voice.owner_id is not None:
        teams = Membership.objects.filter(person_id=voice.owner_id).values("team_id")
        leaders = Membership.objects.filter(team__in=teams, leads=True)
        keys = {voice.owner_id, *leaders.values_list("person_id", flat=True)}
    people = Person.objects.working().filter(pk__in=keys - {None})
    return [each for each in people if Voice.objects.visible_to(each).filter(pk=voice.pk).exists()]


def _first_line(voice: Voice) -> Event | None:
    """The registration, by which a notice is known to have been given."""
    return Event.objects.filter(
        kind="voice.created",
        subjects__object="voice",
        subjects__record_id=voice.pk,
        subjects__role=Subject.MAIN,
    ).first()
