"""Sixty-four clients that send or read a byte now and then do not hold up the others (fault F25)."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable

import pytest

from daifuku.server.tests.conftest import Tiny


def half_a_header(tiny: Tiny) -> socket.socket:
    return tiny.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")


def half_a_body(tiny: Tiny) -> socket.socket:
    return tiny.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc")


def an_answer_nobody_reads(tiny: Tiny) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", tiny.port))
    connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return connection


@pytest.mark.parametrize("slow", [half_a_header, half_a_body, an_answer_nobody_reads])
def test_others_are_answered_beside_slow_clients(tiny: Tiny, slow: Callable[[Tiny], socket.socket]) -> None:
    connections = []
    for _number in range(64):
        connections.append(slow(tiny))
        # The queue of this small server has eight places; real clients do not arrive in one millisecond either.
        time.sleep(0.01)
    time.sleep(0.5)
    for _number in range(4):
        started = time.monotonic()
        assert tiny.ask("/")[0] == 200
        assert time.monotonic() - started < 1
    for connection in connections:
        connection.close()


def test_a_killed_web_process_is_replaced(tiny: Tiny) -> None:
    killed = int(tiny.ask("/pid")[1])
    os.kill(killed, signal.SIGKILL)
    tiny.wait_until_it_answers()
    deadline = time.monotonic() + 5
    seen: set[int] = set()
    while len(seen - {killed}) < 2 and time.monotonic() < deadline:
        try:
            seen.add(int(tiny.ask("/pid")[1]))
        except OSError:
            continue
    assert len(seen - {killed}) == 2


def test_a_stop_lets_a_request_under_way_finish(tiny: Tiny) -> None:
    with tiny.send(b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as connection:
        time.sleep(0.3)
        tiny.process.send_signal(signal.SIGTERM)
        answer = b""
        while part := connection.recv(4096):
            answer += part
    assert answer.endswith(b"done")
    assert tiny.process.wait(10) == 0
