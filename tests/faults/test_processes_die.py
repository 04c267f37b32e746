"""kill -9 of web, worker or everything (F01, F03): the program comes back by itself and leaves nobody behind."""

from __future__ import annotations

import time

import pytest

from tests.support.server import Server, Victim, all_below, children_of, command_of


@pytest.mark.parametrize("victim", ["web", "worker", "everything"])
def test_it_answers_again(server: Server, victim: Victim) -> None:
    server.kill(victim)
    server.revive()
    assert server.ask("GET", "/healthz").status == 200


def test_no_process_outlives_a_killed_parent(server: Server) -> None:
    assert server.process is not None
    below = all_below(server.process.pid)
    assert len(below) >= 4
    server.process.kill()
    server.process.wait()
    deadline = time.monotonic() + 30
    while any(map(command_of, below)):
        assert time.monotonic() < deadline, [command_of(number) for number in below]
        time.sleep(0.05)


def test_ctrl_c_stops_everything(server: Server) -> None:
    assert server.process is not None
    below = all_below(server.process.pid)
    assert server.stop() == 0
    assert not any(map(command_of, below))


def test_the_parent_stays_small(server: Server) -> None:
    """It only watches; Django is loaded by its children."""
    assert server.process is not None
    with open(f"/proc/{server.process.pid}/status") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    assert kilobytes < 60_000
    assert len(children_of(server.process.pid)) == 2
