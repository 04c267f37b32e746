"""Sends what waits for browsers, again and again until their maker takes it; those that are no more are forgotten."""

from __future__ import annotations

import json
import logging
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.foundation import outgoing
from daifuku.foundation.outgoing import Answer, CallFailed
from daifuku.foundation.sealed import Unreadable
from daifuku.foundation.sql import write_transaction
from daifuku.jobs import leases
from daifuku.messages import holding
from daifuku.messages.models import Push, PushDevice
from daifuku.messages.push import devices, encrypting

logger = logging.getLogger(__name__)
State = Push.State
PAUSES = [
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
]
RUN_SECONDS = 5.0
# After a day nobody wants to be woken for it; it is in the program anyway.
TOO_OLD = timedelta(days=1)
KEPT = timedelta(days=7)
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WISH = 3600


def anything_due() -> bool:
    return _due().exists() and holding.current() is None


def send_due() -> int:
    """For a few seconds; returns how many arrived."""
    arrived, until = 0, time.monotonic() + RUN_SECONDS
    if holding.current() is not None:
        return 0
    while time.monotonic() < until and (push := _claim()) is not None:
        arrived += _send(push)
    return arrived


def _due() -> Any:
    return Push.objects.filter(state=State.WAITING, due_at__lte=timezone.now())


def _claim() -> Push | None:
    """Held for a minute; a sender that dies leaves it to the next one, and the browser shows one note for both."""
    push: Push
    for push in _due().select_related("device").order_by("due_at", "id")[:20]:
        if _move(push, due_at=leases.end_of_lease()):
            return push
    return None


def _move(push: Push, **values: Any) -> bool:
    with write_transaction():
        seen = Push.objects.filter(pk=push.pk, state=State.WAITING, due_at=push.due_at)
        if not seen.update(**values):
            return False
    for name, value in values.items():
        setattr(push, name, value)
    return True


def _send(push: Push) -> int:
    now = timezone.now()
    last = devices.ASK in push.payload
    if now - push.created_at > TOO_OLD:
        _move(push, state=State.FAILED, error="old")
        if last:
            _forget(push.device)
        return 0
    if not last and not devices.awake([push.device]):
        return 0
    try:
        answer = _call(push)
    except CallFailed as failure:
        _again(push, failure.code)
        return 0
    except (Unreadable, ValueError):
        _forget(push.device)
        return 0
    arrived = _answered(push, answer)
    if last and arrived:
        _forget(push.device)
    return arrived


def _call(push: Push) -> Answer:
    key, auth = devices.keys_of(push.device)
    message = json.dumps(push.payload, ensure_ascii=False).encode()[: encrypting.LONGEST]
    headers = {
        "Content-Type": "application/octet-stream", "Content-Encoding": "aes128gcm", "TTL": "86400",
        "Urgency": "normal", "Authorization": encrypting.signature(push.device.endpoint, timezone.now()),
    }  # fmt: skip
    return outgoing.call(push.device.endpoint, body=encrypting.encrypt(message, key, auth), headers=headers)


def _answered(push: Push, answer: Answer) -> int:
    if answer.good:
        _move(push, state=State.SENT, attempts=push.attempts + 1, payload={}, error="")
        with write_transaction():
            PushDevice.objects.filter(pk=push.device_id).update(reached_at=timezone.now())
        return 1
    if answer.status in GONE:
        _forget(push.device)
    elif answer.status in LATER:
        wish = answer.headers.get("Retry-After", "")
        seconds = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 6 else 0
        _again(push, str(answer.status), timedelta(seconds=min(LONGEST_WISH, seconds)))
    else:
        logger.warning("a push was refused with %s", answer.status)
        _move(push, state=State.FAILED, attempts=push.attempts + 1, error=str(answer.status))
    return 0


def _again(push: Push, error: str, wish: timedelta = timedelta(0)) -> None:
    attempts = push.attempts + 1
    if attempts > len(PAUSES):
        _move(push, state=State.FAILED, attempts=attempts, error=error)
        return
    _move(push, attempts=attempts, due_at=timezone.now() + max(PAUSES[attempts - 1], wish), error=error)


def _forget(device: PushDevice) -> None:
    """Switched off in the browser, or no longer readable: what waits for it goes as well."""
    with write_transaction():
        PushDevice.objects.filter(pk=device.pk).delete()


def clean() -> None:
    """What arrived or was given up a week ago."""
    old = Push.objects.exclude(state=State.WAITING).filter(created_at__lt=timezone.now() - KEPT)
    while keys := list(old.order_by("id").values_list("pk", flat=True)[:500]):
        with write_transaction():
            Push.objects.filter(pk__in=keys).delete()
