"""Another server, on this machine: it keeps what it was sent, and answers as a test wants it to."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """`connections` counts who knocked, `got` what was asked. `status` is its answer, or `act(handler)` gives one."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.got: list[Got] = []
        self.connections = 0
        self.status, self.headers, self.text = 200, dict[str, str](), "ok"
        self.act: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.host, self._server = host, _server(self, host, tls)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/hook"

    @property
    def place(self) -> str:
        """As DAIFUKU_CALLS_ALLOWED names it."""
        return f"{self.host}:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def _server(receiver: Receiver, host: str, tls: ssl.SSLContext | None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - so http.server calls it
            length = int(self.headers.get("Content-Length", 0))
            got = Got(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            receiver.got.append(got)
            if receiver.act is not None:
                receiver.act(self)
                return
            data = receiver.text.encode()
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> Any:
            request = super().get_request()
            receiver.connections += 1
            return request

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Whoever called may have gone by now."""

    server = Server((host, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


@contextmanager
def receiving(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver = Receiver(host, tls)
    try:
        yield receiver
    finally:
        receiver.close()


def drip(handler: BaseHTTPRequestHandler, *, seconds: float = 5.0) -> None:
    """An answer a byte at a time, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            handler.wfile.write(b"x")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """An answer as fast as it goes, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        try:
            handler.wfile.write(b"x" * 65536)
        except OSError:
            return
