"""Connections that notice a frozen server.

A server that is stopped closes its connections. One that is frozen (its machine stands still, SIGSTOP) keeps them:
the kernel goes on to acknowledge, so neither `statement_timeout` nor `tcp_user_timeout` ends the waiting, and every
thread of the web processes would hang. Whoever answers people therefore knocks at the server when an answer takes
long. A server that is merely busy opens; where nobody opens, the connection is given up, and new ones are refused for
a moment.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Generator
from typing import Any

import psycopg

# So long an answer may take before somebody knocks, so long the knock is listened for, so long nobody tries again.
LONG_SECONDS, KNOCK_SECONDS, REFUSED_SECONDS = 2.0, 1.5, 1.0
# A web process asks some hundred and fifty again and again.
KEPT_QUESTIONS = 300
SSL_REQUEST = struct.pack("!ii", 8, 80877103)
_watching = False
_refused_until = 0.0


def watch() -> None:
    """From here on the connections of this process do not wait for a frozen server."""
    global _watching
    _watching = True


class Connection(psycopg.Connection[Any]):
    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Connection:
        """Fails at once while the server is known to be frozen, else within `connect_timeout`; only that a server said
        nothing at all is remembered: one that refuses, because it starts up, may be there in a moment.
        """
        if time.monotonic() < _refused_until:
            raise psycopg.OperationalError("the database server does not answer")
        try:
            connection = super().connect(conninfo, **options)
            connection.prepared_max = KEPT_QUESTIONS
            return connection
        except psycopg.errors.ConnectionTimeout:
            _refuse_for_a_moment()
            raise

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if not _watching:
            return super().wait(gen, interval, timeout)
        return super().wait(_watched(gen, self), interval, timeout)


def _watched(work: Any, connection: Connection) -> Generator[Any, Any, Any]:
    """Passes on what psycopg asks and hears; when it has heard nothing for long, knocks at the server."""
    heard = time.monotonic()
    try:
        wanted = next(work)
        while True:
            ready = yield wanted
            if ready:
                heard = time.monotonic()
            elif time.monotonic() - heard > LONG_SECONDS:
                if not _opens(connection):
                    connection.close()
                    _refuse_for_a_moment()
                    raise psycopg.OperationalError("the database server does not answer")
                heard = time.monotonic()
            wanted = work.send(ready)
    except StopIteration as end:
        return end.value


def _opens(connection: Connection) -> bool:
    """The first question of PostgreSQL's protocol, whether it speaks TLS: a server that is alive answers a letter."""
    host, port = connection.info.host, connection.info.port
    try:
        if host.startswith("/"):
            door = socket.socket(socket.AF_UNIX)
            door.settimeout(KNOCK_SECONDS)
            door.connect(f"{host}/.s.PGSQL.{port}")
        else:
            door = socket.create_connection((host, port), KNOCK_SECONDS)
        with door:
            door.sendall(SSL_REQUEST)
            return bool(door.recv(1))
    except OSError:
        return False


def _refuse_for_a_moment() -> None:
    global _refused_until
    if _watching:
        _refused_until = time.monotonic() + REFUSED_SECONDS
