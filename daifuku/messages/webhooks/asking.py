"""What people ask to be sent: a test, one delivery again, all from some day on; or that what waits is not sent."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import lining_up, replaying
from daifuku.messages.webhooks.actions import line
from daifuku.staff.actions import rights
from daifuku.staff.models import Person

State = WebhookDelivery.State


def send_test(webhook: Webhook, *, by: Person) -> WebhookDelivery:
    """Lines a delivery up that tells of nothing. Raises Conflict while the webhook is stopped."""
    rights.need(by, "settings")
    _must_run(webhook)
    with ledger.writing():
        made: WebhookDelivery = WebhookDelivery.objects.create(webhook=webhook, kind="test")
        _wake(webhook)
    return made


def send_again(delivery: WebhookDelivery, *, by: Person) -> WebhookDelivery:
    """Under the same number, with all attempts anew. Raises Conflict while the webhook is stopped."""
    rights.need(by, "settings")
    _must_run(delivery.webhook)
    with ledger.writing():
        lining_up.begin_anew([delivery.pk])
        _wake(delivery.webhook)
    delivery.refresh_from_db()
    return delivery


def replay(webhook: Webhook, *, by: Person, day: date | None = None, line_number: int | None = None) -> Job:
    """Sends once more what happened since `day`, or from this line of the ledger on. Raises Invalid, Conflict."""
    rights.need(by, "settings")
    _must_run(webhook)
    if (day is None) == (line_number is None):
        raise Invalid(
            [
                FieldProblem(
                    "day", _("いつから送り直すか、日付か台帳の行番号のどちらか一つを入力してください。")
                )
            ]
        )
    if day is not None and day > timezone.localdate():
        raise Invalid([FieldProblem("day", _("今日までの日付を入力してください。"))])
    if line_number is not None and not 0 < line_number < 2**62:
        raise Invalid([FieldProblem("line", _("台帳の行番号を数字で入力してください。"))])
    since: dict[str, Any] = {"day": day.isoformat() if day else None, "line": line_number}
    with ledger.writing():
        line("replayed", webhook, by, {}, **since)
        title = _("Webhook「%(name)s」の送り直し") % {"name": webhook.name}
        key = f"{replaying.REPLAY}:{webhook.pk}:{secrets.token_hex(8)}"
        return queue.enqueue(replaying.REPLAY, {"webhook": webhook.pk, **since}, by=by, title=title, key=key)


def drop_waiting(webhook: Webhook, *, by: Person) -> int:
    """What waits is not sent; returns how many. Each can still be sent by itself."""
    rights.need(by, "settings")
    with ledger.writing():
        waiting = WebhookDelivery.objects.filter(webhook=webhook, state=State.WAITING)
        dropped = waiting.update(state=State.SKIPPED, error="dropped", due_at=timezone.now())
        if dropped:
            line("dropped", webhook, by, {}, count=dropped)
    return int(dropped)


def _must_run(webhook: Webhook) -> None:
    if webhook.removed_at is not None or not webhook.active:
        raise Conflict(_("Webhookが停止しています。先に再開してください。"), code="stopped")


def _wake(webhook: Webhook) -> None:
    """Whoever asks wants to know now, also where the receiver is left in peace."""
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
