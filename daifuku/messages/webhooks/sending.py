"""Sends what waits: one sender for each webhook at a time, in the ledger's order, again and again until it arrives.

A sender that dies leaves its webhook held for a minute; then another one goes on, and sends what was not written down
as sent once more. A receiver that is not there is left in peace for a while as a whole, so that nobody waits for him.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from daifuku.foundation import outgoing
from daifuku.foundation.outgoing import CallFailed
from daifuku.foundation.sealed import Unreadable
from daifuku.foundation.sql import write_transaction
from daifuku.jobs import leases
from daifuku.messages import holding
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import narrowing, signing, stopping, telling

logger = logging.getLogger(__name__)
State = WebhookDelivery.State
PAUSES = [
    timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=6), timedelta(hours=12),
]  # fmt: skip
ATTEMPTS = len(PAUSES) + 1
RESTS = PAUSES[:3]
LONGEST_WISH = timedelta(hours=1)
GIVEN_UP_IN_A_ROW = 5
TURN_SECONDS = 5.0
KEPT_OF_ANSWER = 2048
# What a receiver says who is not there, or has too much to do; any other number is about the one delivery.
AWAY = frozenset({429, 502, 503, 504})


class Lost(Exception):
    """The lease ended and somebody else sends to this webhook."""


def one_turn() -> bool:
    """Sends to one webhook for a few seconds; False when nothing waits. A worker's threads call it again and again."""
    webhook = _claim()
    if webhook is None:
        return False
    try:
        if stopping.may_go_on(webhook):
            _send_for_a_while(webhook)
    except Lost:
        logger.warning("somebody else sends to webhook %s by now", webhook.pk)
    finally:
        _release(webhook)
    return True


def _waiting(now: datetime) -> Any:
    due = WebhookDelivery.objects.filter(state=State.WAITING, due_at__lte=now)
    return holding.may_go(due, "last_delivery")


def _claim() -> Webhook | None:
    """The one that has waited longest since it was served."""
    now = timezone.now()
    due = Exists(_waiting(now).filter(webhook=OuterRef("pk")))
    for webhook in Webhook.objects.free(now).filter(due).select_related("person").order_by("served_at", "pk"):
        held = {"holder": leases.new_word(), "held_until": leases.end_of_lease(), "served_at": now}
        with write_transaction():
            taken = Webhook.objects.filter(pk=webhook.pk, holder=webhook.holder, active=True).update(**held)
        if taken:
            for name, value in held.items():
                setattr(webhook, name, value)
            return webhook
    return None


def _mine(webhook: Webhook) -> Any:
    return Webhook.objects.filter(pk=webhook.pk, holder=webhook.holder)


def _release(webhook: Webhook) -> None:
    with write_transaction():
        _mine(webhook).update(holder="", held_until=None)


def _send_for_a_while(webhook: Webhook) -> None:
    """A turn and its last call end long before the lease. What was changed meanwhile counts for the next delivery."""
    until = time.monotonic() + TURN_SECONDS
    while time.monotonic() < until:
        now = timezone.now()
        delivery = _waiting(now).filter(webhook=webhook).order_by("txid", "event", "id").first()
        fresh = _mine(webhook).select_related("person").first()
        if fresh is None:
            raise Lost
        if delivery is None or not _hears(fresh, now):
            return
        delivery.webhook = fresh
        if not delivery.is_test and narrowing.trouble_of(fresh):
            narrowing.hold(fresh, delivery)
            return
        _send(delivery)


def _hears(webhook: Webhook, now: datetime) -> bool:
    resting = webhook.rests_until is not None and webhook.rests_until > now
    return webhook.active and webhook.removed_at is None and not resting


def _send(delivery: WebhookDelivery) -> None:
    body = telling.body_for(delivery)
    why = "hidden" if body is None else "condition" if _is_not_meant(delivery) else ""
    if body is None or why:
        _write(delivery, {"state": State.SKIPPED, "error": why, "body": "", "answer": ""})
        return
    began, now = time.monotonic(), timezone.now()
    went = {
        "body": body.decode(),
        "tried_at": now,
        "attempts": delivery.attempts + 1,
        "answer": "",
        "status": None,
    }
    try:
        answer = outgoing.call(delivery.webhook.address, body=body, headers=_headers(delivery, now, body))
    except CallFailed as failure:
        found = {"error": failure.code, "detail": failure.detail[:300], "status": failure.status}
        _not_arrived(delivery, {**went, **found, "seconds": time.monotonic() - began}, away=True)
        return
    except Unreadable:
        _not_arrived(delivery, {**went, "error": "secret", "seconds": None}, away=True)
        return
    came = {
        "status": answer.status,
        "answer": _readable(answer.body),
        "seconds": answer.seconds,
        "detail": "",
    }
    if answer.good:
        _write(
            delivery,
            {**went, **came, "state": State.DONE, "error": ""},
            failures=0,
            given_up=0,
            rests_until=None,
        )
        return
    wish = _wished_pause(answer.headers.get("Retry-After", ""))
    _not_arrived(delivery, {**went, **came, "error": "status"}, away=answer.status in AWAY, wish=wish)


def _is_not_meant(delivery: WebhookDelivery) -> bool:
    """Asked only of what was lined up while the condition could not be asked."""
    if not delivery.unasked or delivery.event is None:
        return False
    met, _asked = narrowing.meeting(delivery.webhook, [delivery.event])
    return not met


def _headers(delivery: WebhookDelivery, now: datetime, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Daifuku-Delivery": str(delivery.uid),
        "Daifuku-Event": delivery.kind,
        "Daifuku-Signature": signing.header(delivery.webhook, now, body),
    }


def _readable(answer: bytes) -> str:
    text = answer[:KEPT_OF_ANSWER].decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


def _wished_pause(words: str) -> timedelta:
    seconds = int(words) if words.isascii() and words.isdigit() and len(words) < 9 else 0
    return min(LONGEST_WISH, timedelta(seconds=seconds))


def _not_arrived(
    delivery: WebhookDelivery, values: dict[str, Any], *, away: bool, wish: timedelta = timedelta(0)
) -> None:
    webhook, now, attempts = delivery.webhook, timezone.now(), values["attempts"]
    rest = max(RESTS[min(webhook.failures, len(RESTS) - 1)], wish)
    counted = {"failures": F("failures") + 1, "rests_until": now + rest if away else None}
    if attempts >= ATTEMPTS:
        counted["given_up"] = F("given_up") + 1
        _write(delivery, {**values, "state": State.FAILED}, **counted)
        if webhook.given_up + 1 >= GIVEN_UP_IN_A_ROW:
            stopping.stop(webhook, Webhook.Stop.FAILURES)
        return
    due_at = now + max(PAUSES[attempts - 1], wish)
    _write(delivery, {**values, "state": State.WAITING, "due_at": due_at}, **counted)


def _write(delivery: WebhookDelivery, values: dict[str, Any], **counted: Any) -> None:
    """What came of it, together with what that says about the receiver; unless another sender has taken over."""
    seen = {"state": State.WAITING, "due_at": delivery.due_at}
    with write_transaction():
        if not _mine(delivery.webhook).update(**counted or {"served_at": F("served_at")}):
            raise Lost
        WebhookDelivery.objects.filter(pk=delivery.pk, **seen).update(**values)
