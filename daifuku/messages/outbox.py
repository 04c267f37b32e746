"""Carries the waiting mails to the mail server, each once; whatever the server does, none is forgotten.

A mail that a server refuses for good (5xx) fails; one that it refuses for now (4xx) is tried again with growing pauses;
while the server itself is out of reach nothing counts as an attempt, and everything waits until it is back.
"""

from __future__ import annotations

import logging
import smtplib
import time
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from daifuku.foundation.sql import write_transaction
from daifuku.jobs import leases
from daifuku.messages import holding
from daifuku.messages.mail import has_server
from daifuku.messages.models import Mail

logger = logging.getLogger(__name__)
RUN_SECONDS = 5.0
PAUSE_WITHOUT_SERVER = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=60)
ATTEMPTS = 100
KEPT = timedelta(days=30)


class ServerTrouble(Exception):
    """The mail server is out of reach, or does not let us in: no mail can go now."""


class NotNow(Exception):
    """The server refuses this mail for now."""


class Never(Exception):
    """The server refuses this mail for good."""


def anything_due() -> bool:
    """Only reads, so that an idle program leaves the disk alone."""
    return has_server() and _due().exists()


def send_due() -> int:
    """Sends what is due, for a few seconds; returns how many mails went."""
    server, sent, until = EmailBackend(fail_silently=False), 0, time.monotonic() + RUN_SECONDS
    try:
        while time.monotonic() < until and (mail := _claim_next()) is not None:
            sent += _send(server, mail)
    except ServerTrouble as error:
        logger.warning("no mail can be sent now: %s", error)
    finally:
        _hang_up(server)
    return sent


def _due() -> Any:
    due = Mail.objects.filter(state=Mail.State.WAITING, due_at__lte=timezone.now())
    return holding.may_go(due, "last_mail")


def _claim_next() -> Mail | None:
    mail: Mail
    for mail in _due().order_by("due_at", "id")[:20]:
        if _move(mail, due_at=leases.end_of_lease()):
            return mail
    return None


def _move(mail: Mail, **values: Any) -> bool:
    """Changes the mail unless somebody else has done so since it was read."""
    with write_transaction():
        seen = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING, due_at=mail.due_at)
        if not seen.update(**values):
            return False
    for name, value in values.items():
        setattr(mail, name, value)
    return True


def _send(server: EmailBackend, mail: Mail) -> int:
    """One mail; 1 when it went."""
    now = timezone.now()
    try:
        with leases.kept_alive(lambda: _move(mail, due_at=leases.end_of_lease())):
            _hand_over(server, mail)
    except ServerTrouble as error:
        _move(mail, due_at=now + PAUSE_WITHOUT_SERVER, error=str(error)[:2000])
        raise
    except NotNow as error:
        _try_later(mail, str(error)[:2000])
    except Never as error:
        _move(mail, state=Mail.State.FAILED, attempts=mail.attempts + 1, error=str(error)[:2000])
    else:
        sent = {"state": Mail.State.SENT, "sent_at": timezone.now(), "text": "", "html": "", "error": ""}
        _move(mail, attempts=mail.attempts + 1, **sent)
        return 1
    return 0


def _try_later(mail: Mail, error: str) -> None:
    attempts = mail.attempts + 1
    state = Mail.State.FAILED if attempts >= ATTEMPTS else Mail.State.WAITING
    pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** min(10, attempts - 1)))
    _move(mail, state=state, attempts=attempts, due_at=timezone.now() + pause, error=error)


def _hand_over(server: EmailBackend, mail: Mail) -> None:
    """Turns what SMTP can answer into our three words for it."""
    try:
        server.open()
        server.send_messages([_message(mail)])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _refused(code, words, error)
    except smtplib.SMTPDataError as error:
        _refused(error.smtp_code, error.smtp_error, error)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerTrouble(f"{type(error).__name__}: {error}") from error
    except ValueError as error:
        raise Never(f"{type(error).__name__}: {error}") from error


def _refused(code: int, words: bytes | str, error: Exception) -> None:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    raise (Never if code >= 500 else NotNow)(f"{code} {said}") from error


def _message(mail: Mail) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if not mail.html:
        return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def _hang_up(server: EmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        return


def send_kept() -> int:
    """What was kept without a server, or failed, is tried (again); returns how many."""
    kept = Mail.objects.filter(state__in=[Mail.State.NO_SERVER, Mail.State.FAILED]).exclude(text="")
    with write_transaction():
        return kept.update(state=Mail.State.WAITING, due_at=timezone.now(), attempts=0, error="")


def clean() -> None:
    """Forgets what went, or could not go, a month ago."""
    old = Mail.objects.exclude(state=Mail.State.WAITING).filter(created_at__lt=timezone.now() - KEPT)
    while keys := list(old.order_by("id").values_list("pk", flat=True)[:200]):
        with write_transaction():
            Mail.objects.filter(pk__in=keys).delete()
