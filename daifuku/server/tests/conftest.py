"""The real web server on a free port, with the application of tiny.py behind it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class Tiny:
    tls: ssl.SSLContext | None = None

    def __init__(self, *options: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        program = (
            "import daifuku.server.web as web; web.APPLICATION = 'daifuku.server.tests.tiny:rsgi'; web.main()"
        )
        options = ("--listen", "127.0.0.1", "--port", str(self.port), "--processes", "2", *options)
        self.process = subprocess.Popen([sys.executable, "-c", program, *options], start_new_session=True)

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, timeout: float = 5
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        if self.tls is not None:
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.port, timeout=timeout, context=self.tls
            )
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def send(self, raw: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        connection.sendall(raw)
        return connection

    def exchange(self, raw: bytes) -> bytes:
        """What the server says to these very bytes, until it closes."""
        with self.send(raw) as connection:
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
            return b"".join(parts)

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                if self.ask("/")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.02)


@contextmanager
def tiny_server(*options: str) -> Iterator[Tiny]:
    server = Tiny(*options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()


@pytest.fixture
def tiny() -> Iterator[Tiny]:
    with tiny_server() as server:
        server.wait_until_it_answers()
        yield server
