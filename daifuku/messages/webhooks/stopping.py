"""When a webhook stops by itself: nothing arrives any more, its owner left, or may no longer set such things up."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.messages.models import Webhook
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

Stop = Webhook.Stop
STOPPED = "webhook.stopped"
SENTENCES = {
    Stop.FAILURES: gettext_noop(
        "Webhook「%(name)s」は、送信が続けて失敗したため停止しました。相手のサーバーを直してから再開してください。"
    ),
    Stop.LEFT: gettext_noop(
        "Webhook「%(name)s」は、持ち主の%(owner)sさんが退職したため停止しました。必要なら引き継いでください。"
    ),
    Stop.RIGHTS: gettext_noop(
        "Webhook「%(name)s」は、持ち主の%(owner)sさんに設定の権限がなくなったため停止しました。必要なら引き継いでください。"
    ),
}  # fmt: skip


def may_go_on(webhook: Webhook) -> bool:
    """Asked before anything is sent; where the owner's rights no longer carry it, it stops."""
    person = Person.objects.get(pk=webhook.person_id)
    if not person.is_active:
        stop(webhook, Stop.LEFT)
        return False
    if not Viewer(person).has_power("settings"):
        stop(webhook, Stop.RIGHTS)
        return False
    return True


def stop_those_of(person: Person) -> None:
    """Somebody leaves: what was sent in his name stops with his other keys."""
    for webhook in Webhook.objects.listening().filter(person=person).select_related("person"):
        stop(webhook, Stop.LEFT)


def stop(webhook: Webhook, why: Webhook.Stop) -> Event | None:
    """Once; whoever can mend it is told."""
    with ledger.writing():
        stopped = Webhook.objects.filter(pk=webhook.pk, active=True).update(
            active=False, stopped=why, stopped_at=timezone.now()
        )
        if not stopped:
            return None
        webhook.refresh_from_db()
        about = [ledger.About("webhook", webhook.pk)]
        event = ledger.record(
            "webhook.stopped", by=None, about=about, data={"name": webhook.name, "why": str(why)}
        )
        values = {"name": webhook.name, "owner": webhook.person}
        address = reverse("messages:webhook", args=[webhook.uid])
        for person in _who_can_mend_it(webhook, why):
            tell(person, STOPPED, Sentence(SENTENCES[why], values), address, event)
    return event


def _who_can_mend_it(webhook: Webhook, why: Webhook.Stop) -> list[Person]:
    if why == Stop.FAILURES:
        return [webhook.person]
    return [
        person
        for person in Person.objects.working().exclude(pk=webhook.person_id).order_by("pk")
        if Viewer(person).has_power("settings")
    ]
