"""kill -9 of the worker while it tells people what happens: all hear of every line once, in the ledger's order."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.faults.conftest import Prepared
from tests.support.firm import found_firm
from tests.support.server import Server

TALKS, KILLS = 60, 3
BEGIN = """
from daifuku.staff.models import Person
from daifuku.records.actions import create
by = Person.objects.get(email="mizuno@example.jp")
account = create("account", {{"name": "青葉商事"}}, by=by)
for number in range({count}):
    talk = {{"account": account, "method": "phone", "content": "complaint", "text": f"苦情<{{number}}>"}}
    create("talk", talk, by=by)
result = Person.objects.get(email="mori@example.jp").pk
"""
# As if the minute was over for which the dead worker holds things; what its successor holds by now stays.
LEASE_IS_OVER = """
from datetime import datetime, timedelta
from django.utils import timezone
from daifuku.jobs.models import Recurring
from daifuku.messages.models import Mail
now, held = timezone.now(), datetime.fromisoformat("{killed}") + timedelta(seconds=60)
Mail.objects.filter(state="waiting", due_at__lt=held).update(due_at=now)
result = Recurring.objects.filter(next_run__gt=now, next_run__lt=held).update(next_run=now)
"""
TOLD = """
from daifuku.messages.models import Mail, Notice
rows = Notice.objects.filter(person={person}, kind="shared.talk.complaint").order_by("pk")
waiting = Mail.objects.filter(state="waiting").count() + rows.filter(due_at__isnull=False).count()
result = [[row.event_id for row in rows], waiting]
"""


class MailServer:
    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def mails() -> Iterator[tuple[MailServer, int]]:
    handler = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def server(prepared: Prepared, tmp_path: Path, mails: tuple[MailServer, int]) -> Iterator[Server]:
    server = prepared.server(tmp_path)
    server.environment |= {
        "DAIFUKU_MAIL_HOST": "127.0.0.1", "DAIFUKU_MAIL_PORT": str(mails[1]), "DAIFUKU_MAIL_TLS": "off",
        "DAIFUKU_QUIET_HOURS": "00:00-00:00", "DAIFUKU_QUIET_DAYS": "off",
    }  # fmt: skip
    try:
        server.start()
        yield server
    finally:
        server.end()
        if server.database is not None:
            server.database.remove()


def test_nothing_is_lost_told_twice_or_out_of_order(server: Server, mails: tuple[MailServer, int]) -> None:
    found_firm(server)
    # The subscriber begins at the end of the ledger; it must be there before the talks are.
    time.sleep(3)
    person = server.python(BEGIN.format(count=TALKS))
    for _number in range(KILLS):
        time.sleep(1.5)
        server.kill("worker")
        server.python(LEASE_IS_OVER.format(killed=datetime.now(UTC).isoformat()))
    deadline = time.monotonic() + 90
    while True:
        events, waiting = server.python(TOLD.format(person=person))
        if len(events) >= TALKS and not waiting:
            break
        assert time.monotonic() < deadline, (len(events), waiting)
        time.sleep(0.5)
    assert len(events) == len(set(events)) == TALKS
    assert events == sorted(events)
    told: dict[str, list[int]] = {}
    for message in mails[0].received:
        text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        if "mori@example.jp" in str(message["To"]) and "青葉商事" in text:
            numbers = [int(each) for each in re.findall(r"詳細: 苦情<(\d+)>", text)]
            told.setdefault(str(message["Message-ID"]), numbers)
    every = [number for numbers in told.values() for number in numbers]
    assert every == list(range(TALKS)), "each in one mail, in order"
