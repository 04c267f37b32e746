"""kill -9 of worker and web in the middle of an import (F21): no row is lost, none is twice, the chain is whole."""

from __future__ import annotations

import http.client
import time
from typing import Any

import pytest

from tests.support.firm import found_firm
from tests.support.server import Server, Upload, Victim

pytestmark = pytest.mark.slow
ROWS, ROUNDS = 40_000, 20
VICTIMS: tuple[Victim, ...] = ("worker", "everything")
TOKEN = """
from daifuku.api.actions import create_token
from daifuku.staff.models import Person
result = create_token(by=Person.objects.get(email="mizuno@example.jp"), name="取り込み", scopes=["write"])[1]
"""
# As if the minute was over for which a worker that is dead by now holds the job.
LEASE_IS_OVER = """
from django.utils import timezone
from daifuku.jobs.models import Job
result = Job.objects.filter(state="running").update(due_at=timezone.now())
"""
STORED = """
from django.db.models import Count
from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records.models import DuplicateKey, SearchRow
from daifuku.transfers.models import Import, RejectedRow
accounts, imported = Account.plain.filter(name__startswith="会社"), Import.objects.get()
lines = Event.objects.filter(kind="account.created", cause=imported.event)
about = {"object": "account", "record_id__in": accounts.values("pk")}
result = {
    "state": imported.state, "counts": imported.counts, "accounts": accounts.count(),
    "names": accounts.values("name").distinct().count(),
    "branches": accounts.filter(parent__name="会社0").count(),
    "lines": lines.count(), "about": lines.values("subjects__record_id").distinct().count(),
    "searchable": SearchRow.objects.filter(**about).count(),
    "comparable": DuplicateKey.objects.filter(**about).values("record_id").distinct().count(),
    "rejected": RejectedRow.objects.values("line").distinct().count(), "rows": RejectedRow.objects.count(),
}
"""


def table() -> bytes:
    """Every tenth row belongs to the first one, every hundredth has a rank that there is not."""
    lines = ["会社名,上位組織,ランク", "会社0,,A"]
    for number in range(1, ROWS):
        lines.append(
            f"会社{number},{'会社0' if number % 10 == 0 else ''},{'Z' if number % 100 == 0 else 'A'}"
        )
    return "\n".join(lines).encode()


class Begun:
    """An import under way, asked how far it is over the API, whatever of the program is alive."""

    def __init__(self, server: Server) -> None:
        found_firm(server)
        self.server = server
        self.headers = {"Authorization": f"Bearer {server.python(TOKEN)}"}
        sent = self._ask("POST", "/api/v1/accounts/imports", Upload("得意先.csv", table()))
        self.path = f"/api/v1/imports/{sent['uid']}"
        self.job = f"/api/v1/jobs/{self._ask('POST', f'{self.path}/start')['job']}"

    def _ask(self, method: str, path: str, data: Any = None) -> Any:
        answer = self.server.ask(method, path, data, headers=self.headers, timeout=60)
        assert answer.status < 300, answer.body.decode()
        return answer.json()

    def done(self) -> tuple[str, int]:
        """The job's state and the rows that are in; asked again while nobody answers."""
        deadline = time.monotonic() + 60
        while True:
            try:
                job = self._ask("GET", self.job)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline
                time.sleep(0.05)
                continue
            return str(job["state"]), int(job["done"])

    def wait(self, beyond: int, seconds: float = 90) -> int:
        """Until more rows are in, or it is over."""
        deadline = time.monotonic() + seconds
        while True:
            state, done = self.done()
            if done > beyond or state == "done":
                return done
            assert time.monotonic() < deadline, f"the import stands still at {done} rows: {state}"
            time.sleep(0.02)


def test_an_import_survives_twenty_kills(server: Server) -> None:
    begun, reached = Begun(server), 0
    for number in range(ROUNDS):
        reached = begun.wait(reached)
        assert reached < ROWS, f"the import was over after {number} kills"
        server.kill(VICTIMS[number % len(VICTIMS)])
        server.python(LEASE_IS_OVER)
        server.revive()
    while begun.done()[0] != "done":
        reached = begun.wait(reached)
    refused = ROWS // 100 - 1
    stored = server.python(STORED)
    assert stored["state"] == "done"
    assert (stored["counts"]["new"], stored["counts"]["rejected"]) == (ROWS - refused, refused)
    assert {stored[name] for name in ("accounts", "names", "lines", "about", "searchable", "comparable")} == {
        ROWS - refused
    }
    assert stored["rejected"] == stored["rows"] == refused
    assert stored["branches"] == ROWS // 10 - 1 - refused
    assert "whole" in server.manage("ledger", "verify")
