"""Tells whoever has to act or to know that a milestone comes near, and once more when its day has passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from daifuku.ledger import subscribing
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import record_for, tell
from daifuku.milestones.models import Milestone
from daifuku.milestones.models.milestone import BEFORE, LATE, NOTHING
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

COMING, PASSED = "milestone.coming", "milestone.passed"
FARTHEST, BATCH = timedelta(days=366), 200
WORDS = {
    COMING: gettext_noop("節目「%(record)s」（%(account)s）が%(day)sに来ます。"),
    PASSED: gettext_noop("節目「%(record)s」（%(account)s）が、%(day)sを過ぎても済んでいません。"),
}


def subscribe() -> None:
    subscribing.subscribe("milestones.remind", [COMING, PASSED], tell_all)


def remind_all() -> int:
    return remind(timezone.localdate())


def due() -> bool:
    return bool(_waiting(timezone.localdate(), 1))


def remind(today: date) -> int:
    """Each reminder once, however often this runs. How many went out."""
    told = 0
    while found := _waiting(today, BATCH):
        with ledger.writing():
            held = Milestone.plain.select_for_update(of=("self",), no_key=True).filter(
                pk__in=[m.pk for m in found]
            )
            for milestone in held.order_by("pk"):
                told += _remind(milestone, today)
    return told


def _waiting(today: date, most: int) -> list[Milestone]:
    rows = Milestone.plain.filter(done_on__isnull=True, trashed_at__isnull=True, due_on__lte=today + FARTHEST)
    found = []
    for milestone in rows.exclude(told=LATE).order_by("due_on", "pk").iterator(chunk_size=500):
        if _stage(milestone, today) not in (NOTHING, milestone.told):
            found.append(milestone)
            if len(found) >= most:
                break
    return found


def _stage(milestone: Milestone, today: date) -> str:
    """Which reminder is due; what was late when it was made is told as late at once."""
    if milestone.due_on < today:
        return LATE
    return BEFORE if milestone.due_on - timedelta(days=milestone.before) <= today else NOTHING


def _remind(milestone: Milestone, today: date) -> int:
    stage = _stage(milestone, today)
    if milestone.done_on is not None or stage in (NOTHING, milestone.told):
        return 0
    Milestone.plain.filter(pk=milestone.pk).update(told=stage)
    about = [About("milestone", milestone.pk)]
    if milestone.account_id:
        about.append(About("account", milestone.account_id, "related"))
    ledger.record(PASSED if stage == LATE else COMING, by=None, about=about)
    return 1


def tell_all(event: Event) -> None:
    """Everybody who works here, should know, and may see it."""
    subject = event.subjects.filter(object="milestone").first()
    milestone = Milestone.plain.filter(pk=subject.record_id).first() if subject else None
    if milestone is None or milestone.done_on is not None or milestone.trashed_at is not None:
        return
    for person in people_of(milestone):
        record = record_for(event, person)
        if record is None:
            continue
        account = record.account or ""
        if account and not sees(viewer_of(person), account, "view"):
            account = gettext("非公開の取引先")
        values = {
            "record": record, "account": account, "day": f"{record.due_on.month}/{record.due_on.day}",
        }  # fmt: skip
        tell(person, event.kind, Sentence(WORDS[event.kind], values), record.get_absolute_url(), event)


def people_of(milestone: Milestone) -> Iterable[Person]:
    keys = {each["id"] for each in milestone.members}
    if milestone.owner_id:
        keys.add(milestone.owner_id)
    rows = Person.objects.working()
    found = {person.pk: person for person in rows.filter(pk__in=keys)}
    if milestone.roles:
        found |= {person.pk: person for person in rows.filter(roles__key__in=milestone.roles).distinct()}
    return found.values()
