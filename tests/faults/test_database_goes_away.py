"""PostgreSQL stopped, or SQLite locked by a stranger (F09): people are told so soon, and afterwards everything works.

A locked SQLite can still be read, so its pages open all the while.
"""

from __future__ import annotations

import time

import pytest

from tests.support.firm import Firm, found_firm
from tests.support.server import Answer, Server
from tests.support.writers import Request, Writers

LONGEST = 10
LENGTHS = pytest.mark.parametrize("seconds", [2, pytest.param(30, marks=pytest.mark.slow)])
COUNT = "from daifuku.customers.models import Account; result = Account.plain.filter(name__startswith='会社').count()"


def wait_for_status(server: Server, status: int, seconds: float) -> float:
    started = time.monotonic()
    while server.ask("GET", "/healthz", timeout=30).status != status:
        assert time.monotonic() - started < seconds, f"/healthz does not answer {status}"
        time.sleep(0.1)
    return time.monotonic() - started


def new_account(number: int) -> Request:
    return "POST", "/api/v1/accounts", {"name": f"会社{number}"}, {}


def pages(firm: Firm) -> list[str]:
    """The list twice: what it remembers of the first time waits, and may not hold up the second."""
    return ["/", "/accounts/", "/accounts/?sort=name", f"/accounts/{firm.account}/"]


def ask_for_page(server: Server, firm: Firm, path: str) -> Answer:
    started = time.monotonic()
    answer = server.ask("GET", path, headers=firm.browser, timeout=30)
    assert time.monotonic() - started < LONGEST, path
    return answer


@LENGTHS
def test_health_follows_the_database(server: Server, seconds: float) -> None:
    with server.database_gone():
        if server.database is not None:
            wait_for_status(server, 503, LONGEST)
        time.sleep(seconds)
    assert wait_for_status(server, 200, 10) < 5


def test_pages_open_while_a_stranger_writes_or_say_when_to_try_again(server: Server) -> None:
    firm = found_firm(server)
    with server.database_gone():
        for path in pages(firm):
            answer = ask_for_page(server, firm, path)
            if server.database is None:
                assert answer.status == 200, path
            else:
                assert (answer.status, answer.headers["retry-after"]) == (503, "5"), path
    wait_for_status(server, 200, LONGEST)
    assert {ask_for_page(server, firm, path).status for path in pages(firm)} == {200}


def test_a_write_is_sent_away_soon_with_the_time_to_try_again(server: Server) -> None:
    firm = found_firm(server)
    method, path, data, _headers = new_account(1)
    with server.database_gone():
        started = time.monotonic()
        answer = server.ask(method, path, data, headers=firm.program, timeout=30)
        assert time.monotonic() - started < LONGEST
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["code"] == "unavailable"
    wait_for_status(server, 200, LONGEST)
    assert server.ask(method, path, data, headers=firm.program).status == 201


@LENGTHS
def test_whoever_tries_again_gets_everything_done_once(server: Server, seconds: float) -> None:
    firm = found_firm(server)
    with Writers(server, new_account, count=4, headers=firm.program) as writers:
        time.sleep(0.5)
        with server.database_gone():
            time.sleep(seconds)
        time.sleep(1)
    assert (writers.refused, writers.gave_up) == ([], [])
    assert len(writers.acknowledged) == server.python(COUNT)
    assert "whole" in server.manage("ledger", "verify")


@pytest.mark.postgresql
@LENGTHS
def test_a_frozen_server_is_given_up_within_five_seconds(server: Server, seconds: float) -> None:
    """It keeps its connections and says nothing, as a machine that stands still; nothing written is lost."""
    firm = found_firm(server)
    assert {ask_for_page(server, firm, path).status for path in pages(firm)} == {200}
    with Writers(server, new_account, count=4, headers=firm.program) as writers:
        time.sleep(0.5)
        with server.database_frozen():
            ends = time.monotonic() + max(seconds, 8)
            while time.monotonic() < ends:
                for path in pages(firm):
                    started = time.monotonic()
                    answer = server.ask("GET", path, headers=firm.browser, timeout=30)
                    assert (answer.status, time.monotonic() - started < 5) == (503, True), path
        assert wait_for_status(server, 200, 10) < 2
        time.sleep(1)
    assert (writers.refused, writers.gave_up) == ([], [])
    assert len(writers.acknowledged) == server.python(COUNT)
    assert "whole" in server.manage("ledger", "verify")
