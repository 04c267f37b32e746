"""Puts a mail into the outbox; whoever writes one never waits for a mail server."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sql import write_transaction
from daifuku.ledger.models import Event
from daifuku.messages import holding
from daifuku.messages.models import Mail

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
LONGEST_SUBJECT = 250
# RFC 5321, 4.5.3.1.3: a path of 256 with its brackets.
LONGEST_ADDRESS = 254


def has_server() -> bool:
    return bool(settings.EMAIL_HOST)


def send(to: str, subject: str, text: str, *, key: str, event: Event | None = None, html: str = "") -> Mail:
    """Writes a mail that is sent once soon after; a second one with the same `key` is the first.

    Without a mail server it is kept. Raises Invalid when the address is none; line breaks cannot get into the headers.
    """
    values = {
        "to": one_address(to),
        "subject": CONTROLS.sub(" ", subject).strip()[:LONGEST_SUBJECT],
        "text": text,
        "html": html,
        "state": _state(event),
        "message_id": f"<{secrets.token_hex(16)}@{_domain()}>",
        "event": event,
    }
    with write_transaction():
        mail, _fresh = Mail.objects.get_or_create(key=key, defaults=values)
    return mail


def _state(event: Event | None) -> str:
    if holding.is_left_out(event):
        return Mail.State.LEFT_OUT
    return Mail.State.WAITING if has_server() else Mail.State.NO_SERVER


def one_address(to: str) -> str:
    """Without the spaces around it. Raises Invalid when it is none, or several."""
    cleaned = to.strip()
    try:
        if len(cleaned) > LONGEST_ADDRESS:
            raise ValidationError("longer than any address")
        validate_email(cleaned)
    except ValidationError as error:
        message = _("メールアドレスの形になっていません。例: aoyama@example.jp")
        raise Invalid([FieldProblem("to", message)]) from error
    return cleaned


def _domain() -> str:
    """Of the sender's address, as receivers expect it."""
    found = re.search(r"@([A-Za-z0-9.-]+)", settings.DEFAULT_FROM_EMAIL)
    return found.group(1) if found else "localhost"
