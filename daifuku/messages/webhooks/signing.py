"""How a receiver knows that it was us: a secret that both know, and a signature over the time and the words."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from daifuku.foundation.sealed import open_seal, seal
from daifuku.messages.models import Webhook

PURPOSE = "messages.webhook"
MARK = "whsec_"
BOTH_VALID = timedelta(hours=24)


def new_secret() -> str:
    return MARK + secrets.token_urlsafe(32)


def sealed(secret: str) -> str:
    return seal(secret, PURPOSE)


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """The secret, and for a day the one before it."""
    found = [open_seal(webhook.secret, PURPOSE)]
    if webhook.old_secret and webhook.old_secret_until and now < webhook.old_secret_until:
        found.append(open_seal(webhook.old_secret, PURPOSE))
    return found


def signature(secret: str, moment: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def header(webhook: Webhook, now: datetime, body: bytes) -> str:
    moment = int(now.timestamp())
    parts = [f"v1={signature(secret, moment, body)}" for secret in secrets_of(webhook, now)]
    return ",".join([f"t={moment}", *parts])
