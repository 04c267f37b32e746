"""Mails that Django and its packages write (a forgotten password) go into the outbox like all others."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from daifuku.messages.mail import send


class Outbox(BaseEmailBackend):
    """Text only; the sender is always the one of the settings."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                address = parseaddr(recipient)[1]
                send(address, str(message.subject), str(message.body), key=f"django:{secrets.token_hex(16)}")
        return len(email_messages)
