"""What a restored copy may send: nothing by itself, until an administrator lets it go or leaves it out.

The backup knows what waited, not what the program that was backed up has sent since. What somebody asks for in front
of his screen (a new password, a test) goes meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.messages.models import Hold, Mail, Push, WebhookDelivery
from daifuku.messages.notices import Sentence, notify
from daifuku.staff.actions import rights
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

RESTORED = "restored"
REPLAY = "messages.replay_webhook"
TOLD = gettext_noop(
    "バックアップから戻したため、メールとWebhookの送信を止めています。送るか見送るかを選んでください。"
)
WAITING_MAIL, WAITING_DELIVERY = Mail.State.WAITING, WebhookDelivery.State.WAITING


@dataclass(frozen=True)
class Held:
    """For the pages: since when, and how much of it came out of the backup."""

    hold: Hold
    mails: int
    deliveries: int
    event: Event | None = None


def may_go(rows: Any, last: str) -> Any:
    """Those mails or deliveries that no restore holds back; `last` is the name of the number in `Hold`."""
    undecided = Hold.objects.undecided()
    asked_for_now = Q(event__isnull=True) & ~Exists(undecided.filter(**{f"{last}__gte": OuterRef("pk")}))
    return rows.filter(asked_for_now | ~Exists(undecided))


def is_left_out(event: Event | None) -> bool:
    """Whether the line stood in a backup whose messages were left out: nothing more comes of it."""
    return event is not None and Hold.objects.filter(discarded=True, last_event__gte=event.pk).exists()


def current() -> Held | None:
    hold = Hold.objects.undecided().last()
    if hold is None:
        return None
    return Held(hold, _mails(hold).count(), _deliveries(hold).count())


def hold_back() -> Hold:
    """For the command that restores: from now on nothing goes, and the administrators are told. Once."""
    with ledger.writing():
        hold = Hold.objects.undecided().last()
        if hold is not None:
            return hold
        numbers = {
            "last_event": _last(Event.objects), "last_mail": _last(Mail.objects),
            "last_delivery": _last(WebhookDelivery.objects), "last_job": _last(Job.objects),
        }  # fmt: skip
        hold = Hold.objects.create(**numbers)
        ledger.record("sending.held", by=None, data={"hold": hold.pk})
        for person in Person.objects.working().order_by("pk"):
            if Viewer(person).has_power("settings"):
                notify(person, kind="sending", sentence=Sentence(TOLD), url=reverse("messages:mail"))
    return hold


def release(*, by: Person | None) -> Held:
    """Everything that waits goes. Raises Conflict when nothing is held."""
    return _decide(by, "sending.released", discard=False)


def discard(*, by: Person | None) -> Held:
    """What came out of the backup is left out, what was written since goes. Raises Conflict when nothing is held."""
    return _decide(by, "sending.discarded", discard=True)


def _decide(by: Person | None, kind: str, *, discard: bool) -> Held:
    """`by` is None for whoever sits at the machine itself."""
    if by is not None:
        rights.need(by, "settings")
    with ledger.writing():
        hold = Hold.objects.undecided().select_for_update().last()
        if hold is None:
            raise Conflict(_("送信は止まっていません。"), code="nothing_held")
        hold.decided_at, hold.decided_by, hold.discarded = timezone.now(), by, discard
        hold.save()
        held = Held(hold, _mails(hold).count(), _deliveries(hold).count())
        if discard:
            _mails(hold).update(state=Mail.State.LEFT_OUT)
            _deliveries(hold).update(state=WebhookDelivery.State.SKIPPED, error=RESTORED)
            waiting = Push.objects.filter(state=Push.State.WAITING, created_at__lte=hold.since)
            waiting.update(state=Push.State.LEFT_OUT, payload={})
            for job in Job.objects.filter(kind=REPLAY, state__in=Job.OPEN, pk__lte=hold.last_job):
                queue.cancel(job)
        data = {"hold": hold.pk, "mails": held.mails, "deliveries": held.deliveries}
        return replace(held, event=ledger.record(kind, by=by, data=data))


def undo_discarded(event: Event, by: Person) -> Undone:
    """What was left out goes after all."""
    rights.need(by, "settings")
    with ledger.writing():
        hold = Hold.objects.select_for_update().get(pk=event.data["hold"])
        hold.discarded = False
        hold.save(update_fields=["discarded"])
        now = timezone.now()
        mails = Mail.objects.filter(hold.old_mails, state=Mail.State.LEFT_OUT)
        done = mails.update(state=WAITING_MAIL, due_at=now)
        left = WebhookDelivery.objects.filter(hold.old_deliveries, state=WebhookDelivery.State.SKIPPED)
        done += left.filter(error=RESTORED).update(state=WAITING_DELIVERY, error="", due_at=now)
        ledger.record("sending.released", by=by, data={"hold": hold.pk}, undoes=event)
    return Undone(done)


def _mails(hold: Hold) -> Any:
    return Mail.objects.filter(hold.old_mails, state=WAITING_MAIL)


def _deliveries(hold: Hold) -> Any:
    return WebhookDelivery.objects.filter(hold.old_deliveries, state=WAITING_DELIVERY)


def _last(rows: Any) -> int:
    return rows.aggregate(last=Max("pk"))["last"] or 0
