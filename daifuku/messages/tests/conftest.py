"""A real mail server on this machine, that can be stopped, started again, and told to refuse; and another server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from daifuku.foundation.outgoing import allowed
from daifuku.messages.models import Webhook
from daifuku.messages.tests.webhooks_support import read_on
from daifuku.messages.webhooks import actions
from tests.support.receiver import Receiver, receiving

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


class MailServer:
    """`received` is what it accepted; `answer` is what it says to the recipient of the next mails."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    settings.DEFAULT_FROM_EMAIL = "大福帳 <crm@example.co.jp>"
    server.start()
    yield server
    server.stop()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A server that the program may call although it is on this machine."""
    with receiving() as found:
        settings.CALLS_ALLOWED = allowed.read([found.place])
        yield found


@pytest.fixture
def hook(cast: Cast, receiver: Receiver) -> Webhook:
    """水野's, who sees everything; it hears all about records from now on."""
    read_on()
    return actions.create_webhook(by=cast.mizuno, name="基幹システム", address=receiver.url)[0]
