"""Eight programs that write at once: all are served in turn, none hears of a lock."""

from __future__ import annotations

import time

import pytest

from tests.support.firm import found_firm
from tests.support.server import Server
from tests.support.writers import Request, Writers

COUNT = "from daifuku.customers.models import Account; result = Account.plain.filter(name__startswith='会社').count()"


@pytest.mark.parametrize("seconds", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_eight_writers_at_once_meet_no_lock(server: Server, seconds: float) -> None:
    def request(number: int) -> Request:
        return "POST", "/api/v1/accounts", {"name": f"会社{number}"}, {}

    with Writers(server, request, count=8, headers=found_firm(server).program) as writers:
        time.sleep(seconds)
    assert (writers.sent_away, writers.refused, writers.gave_up, writers.repeated) == ([], [], [], 0)
    assert len(writers.acknowledged) == server.python(COUNT) > 8
    assert "locked" not in server.log.read_text()
