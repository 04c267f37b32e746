"""kill -9 of the process that sends webhooks: every line arrives, in the order of the ledger; what comes twice has the
same number.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.faults.conftest import Prepared
from tests.support.firm import found_firm
from tests.support.receiver import Receiver, receiving
from tests.support.server import Server

ACCOUNTS, KILLS = 60, 3
BEGIN = """
from daifuku.messages.webhooks.actions import create_webhook
from daifuku.staff.models import Person
person = Person.objects.get(email="mizuno@example.jp")
create_webhook(by=person, name="基幹システム", address="{address}", kinds=["account.created"])
from daifuku.records.actions import create
for number in range({count}):
    create("account", {{"name": f"会社{{number}}"}}, by=person)
result = 0
"""
# As if the minute was over for which the dead worker holds things; what its successor holds by now stays.
LEASE_IS_OVER = """
from datetime import datetime, timedelta
from django.utils import timezone
from daifuku.jobs.models import Recurring
from daifuku.messages.models import Webhook
now, held = timezone.now(), datetime.fromisoformat("{killed}") + timedelta(seconds=60)
Webhook.objects.filter(held_until__lt=held).update(held_until=now)
result = Recurring.objects.filter(next_run__gt=now, next_run__lt=held).update(next_run=now)
"""
STATES = """
from daifuku.messages.models import WebhookDelivery
result = list(WebhookDelivery.objects.order_by("txid", "event").values_list("state", "uid"))
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def server(prepared: Prepared, tmp_path: Path, receiver: Receiver) -> Iterator[Server]:
    server = prepared.server(tmp_path)
    server.environment["DAIFUKU_CALLS_ALLOWED"] = receiver.place
    try:
        server.start()
        yield server
    finally:
        server.end()
        if server.database is not None:
            server.database.remove()


def wait_for(receiver: Receiver, count: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while len(receiver.got) < count:
        assert time.monotonic() < deadline, f"only {len(receiver.got)} came"
        time.sleep(0.01)


def test_nothing_is_forgotten(server: Server, receiver: Receiver) -> None:
    found_firm(server)
    server.python(BEGIN.format(address=receiver.url, count=ACCOUNTS))
    for number in range(KILLS):
        wait_for(receiver, 1 + number * ACCOUNTS // (2 * KILLS))
        server.kill("worker")
        server.python(LEASE_IS_OVER.format(killed=datetime.now(UTC).isoformat()))
    deadline = time.monotonic() + 90
    while len(states := server.python(STATES)) < ACCOUNTS or {state for state, _uid in states} != {"done"}:
        assert time.monotonic() < deadline, states
        time.sleep(0.5)
    came = [json.loads(got.body)["delivery"] for got in receiver.got]
    assert list(dict.fromkeys(came)) == [uid for _state, uid in states], (
        "in the order of the ledger, repeats apart"
    )
    assert len(came) <= ACCOUNTS + KILLS
