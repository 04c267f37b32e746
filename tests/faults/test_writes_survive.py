"""kill -9 of web, worker or everything in the middle of writes (F01): nothing acknowledged is lost, nothing is twice.

Clients register accounts, change one each, and hang files on them without pause; all retry with the same
Idempotency-Key when the line breaks.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from typing import Any

import pytest

from tests.support.firm import Firm, found_firm
from tests.support.server import Server, Upload, Victim
from tests.support.writers import Request, Writers

VICTIMS: tuple[Victim, ...] = ("everything", "web", "worker")
STORED = """
import hashlib
from django.core.files.storage import default_storage
from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records.models import Attachment, AttachmentVersion, DuplicateKey, SearchRow

def whole(version):
    if not default_storage.exists(version.stored):
        return False
    with default_storage.open(version.stored) as file:
        return version.stored.endswith(hashlib.sha256(file.read()).hexdigest())

about = {"object": "account"}
result = {
    "accounts": list(Account.plain.values_list("name", "uid", "version", "note")),
    "created": Event.objects.filter(kind="account.created").count(),
    "edited": Event.objects.filter(kind="account.edited").count(),
    "searchable": SearchRow.objects.filter(**about).count(),
    "comparable": DuplicateKey.objects.filter(**about).values("record_id").distinct().count(),
    "attachments": list(Attachment.objects.values_list("uid", flat=True)),
    "broken": [version.name for version in AttachmentVersion.objects.all() if not whole(version)],
}
"""
EDITORS = 2


class Clients:
    """Eight clients of three kinds at work at once."""

    def __init__(self, server: Server, firm: Firm) -> None:
        self.server, self.firm = server, firm
        self.targets = [self._target(number) for number in range(EDITORS)]
        self.makers = self._writers(self._new, 4)
        self.editors = [self._writers(self._change(target), 1) for target in self.targets]
        self.filers = self._writers(self._file, 2)

    @property
    def everybody(self) -> list[Writers]:
        return [self.makers, *self.editors, self.filers]

    def _target(self, number: int) -> str:
        data = {"name": f"変更される会社{number}"}
        answer = self.server.ask("POST", "/api/v1/accounts", data, headers=self.firm.program)
        return str(answer.json()["uid"])

    def _writers(self, request: Any, count: int) -> Writers:
        return Writers(self.server, request, count=count, headers=self.firm.program)

    @staticmethod
    def _new(number: int) -> Request:
        return "POST", "/api/v1/accounts", {"name": f"会社{number}"}, {}

    @staticmethod
    def _change(target: str) -> Any:
        """Each builds on the version that the one before left; one that was done twice would be refused as stale."""

        def request(number: int) -> Request:
            return "PATCH", f"/api/v1/accounts/{target}", {"note": f"{number}"}, {"If-Match": f'"{number}"'}

        return request

    def _file(self, number: int) -> Request:
        path = f"/api/v1/accounts/{self.firm.account}/files"
        return "POST", path, Upload(f"資料{number}.txt", f"本文{number}\n".encode() * 5000), {}


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_no_acknowledged_write_is_lost_and_none_is_there_twice(server: Server, rounds: int) -> None:
    clients = Clients(server, found_firm(server))
    with ExitStack() as stack:
        for writers in clients.everybody:
            stack.enter_context(writers)
        for number in range(rounds):
            time.sleep(1)
            server.kill(VICTIMS[number % len(VICTIMS)])
            server.revive()
        time.sleep(1)
    for writers in clients.everybody:
        assert (writers.refused, writers.gave_up) == ([], [])
        assert writers.acknowledged
    assert sum(writers.repeated for writers in clients.everybody) > 0
    compare(clients, server.python(STORED))
    assert "whole" in server.manage("ledger", "verify")


def compare(clients: Clients, stored: dict[str, Any]) -> None:
    """Every client has finished what it began, so what is stored is what was acknowledged, neither more nor less."""
    names = Counter(name for name, _uid, _version, _note in stored["accounts"])
    made = [f"会社{each.number}" for each in clients.makers.acknowledged]
    assert Counter({name: count for name, count in names.items() if name.startswith("会社")}) == Counter(made)
    rows = {uid: (version, note) for _name, uid, version, note in stored["accounts"]}
    for target, editor in zip(clients.targets, clients.editors, strict=True):
        number = len(editor.acknowledged)
        assert rows[target] == (number + 1, str(number))
    assert stored["edited"] == sum(len(editor.acknowledged) for editor in clients.editors)
    assert stored["created"] == stored["searchable"] == stored["comparable"] == len(stored["accounts"])
    brought = [each.answer.json()["uid"] for each in clients.filers.acknowledged]
    assert Counter(stored["attachments"]) == Counter(brought)
    assert stored["broken"] == []
