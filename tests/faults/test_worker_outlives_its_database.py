"""PostgreSQL stopped, or SQLite locked (F09): the worker waits, stays the same process, and goes on with its work."""

from __future__ import annotations

import time

import pytest

from tests.support.server import Server, children_of, command_of

ENQUEUE = "from daifuku.ledger import duties; duties.enqueue_verify(); result = 0"
STATES = "from daifuku.jobs.models import Job; result = list(Job.objects.values_list('state', flat=True))"


def worker_of(server: Server) -> int:
    assert server.process is not None
    return next(number for number in children_of(server.process.pid) if "worker" in command_of(number))


@pytest.mark.parametrize("seconds", [2, pytest.param(30, marks=pytest.mark.slow)])
def test_what_came_in_meanwhile_is_done_afterwards(server: Server, seconds: float) -> None:
    before = worker_of(server)
    with server.database_gone():
        time.sleep(seconds)
    server.python(ENQUEUE)
    deadline = time.monotonic() + 15
    while server.python(STATES) != ["done"]:
        assert time.monotonic() < deadline, server.log.read_text()[-3000:]
        time.sleep(0.3)
    assert worker_of(server) == before
