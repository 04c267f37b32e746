"""A bad line in front of a server: what the server answers is sometimes lost after it has done what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

NOT_PASSED_ON = {"connection", "transfer-encoding", "keep-alive"}


@dataclass
class Line:
    """`url` stands in the place of the server's. What a phone hands in is numbered from 1 on: where `drop(number)` is
    true the answer is lost, and every answer comes `late` by so many seconds."""

    url: str
    target: str
    drop: Callable[[int], bool] = lambda number: False
    late: float = 0
    asked: list[str] = field(default_factory=list)
    dropped: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_dropped(self, method: str, path: str) -> bool:
        if method != "POST" or not path.startswith("/phone/"):
            return False
        with self.lock:
            self.asked.append(path)
            lost = self.drop(len(self.asked))
            self.dropped += lost
        time.sleep(self.late)
        return lost


@contextmanager
def lossy_line(target: str) -> Iterator[Line]:
    """A line to the server at `target`, on a free port of this machine."""
    line = Line("", target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            host, length = urlsplit(target), int(self.headers.get("Content-Length") or 0)
            there = HTTPConnection(host.hostname or "", host.port)
            there.request(self.command, self.path, self.rfile.read(length), dict(self.headers))
            answer = there.getresponse()
            body = answer.read()
            there.close()
            if line.is_dropped(self.command, self.path):
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in NOT_PASSED_ON | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = pass_on

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    line.url = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
