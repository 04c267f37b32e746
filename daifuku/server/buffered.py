"""Takes each request in whole before a person's work is started, so that slow lines cannot hold up the others.

Granian (Rust) speaks HTTP and TLS; this adapter stands between it and Django. A thread is taken only when the request
has arrived completely and is given back before the answer has left completely: a phone at the edge of its network or a
hostile client costs a few kilobytes, not a thread. The plain WSGI mode of the same server was tried first; there 64
uploads at one byte a second stopped every other request.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext_noop as noop
from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]

from daifuku.server import words

IN_MEMORY = 1024 * 1024
CHUNK = 256 * 1024
SLOWEST_BYTES_A_SECOND = 8 * 1024
PATIENCE_SECONDS = 30

Headers = list[tuple[str, str]]
WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger("daifuku.server")


class Refused(Exception):
    """The request does not reach Django: status and sentence of the short answer."""

    def __init__(self, status: int, sentence: str, headers: Headers | None = None) -> None:
        self.status, self.sentence, self.headers = status, sentence, headers or []
        super().__init__(sentence)


class FileAnswer:
    """What Django hands over instead of reading a file itself (`wsgi.file_wrapper`)."""

    def __init__(self, file: IO[bytes], block_size: int = CHUNK) -> None:
        self.file = file

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.file.read(CHUNK), b"")

    def close(self) -> None:
        self.file.close()


class Answer:
    """Status, headers and body of one answer; the body lies in memory or, when it is large, in a file."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: Headers = []
        self.small = b""
        self.file: IO[bytes] | None = None
        self.close: Callable[[], None] = lambda: None

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower(), value) for name, value in headers]


class Buffered:
    """An RSGI application around a WSGI one, with a fixed number of threads and a bounded queue before them."""

    def __init__(self, application: WSGIApplication, *, threads: int, queue: int, body_limit: int) -> None:
        self.application = application
        self.body_limit = body_limit
        self.room = threads + queue
        self.busy = 0
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if scope.proto != "http":
            protocol.close(403)  # type: ignore[attr-defined]
            return
        try:
            await self._serve(scope, protocol)
        except Refused as refusal:
            headers = [("content-type", "text/plain; charset=utf-8"), *refusal.headers]
            sentence = words.for_browser(refusal.sentence, scope.headers.get("accept-language") or "")
            protocol.response_str(refusal.status, headers, sentence)
        except ProtocolClosed:
            log.info("the client left before the answer was sent: %s %s", scope.method, scope.path)

    async def _serve(self, scope: Scope, protocol: HTTPProtocol) -> None:
        with await self._whole_body(scope, protocol) as body:
            answer = await self._in_thread(self._ask_django, environ(scope, body))
        if scope.method == "HEAD":
            answer.close()
            protocol.response_empty(answer.status, answer.headers)
            return
        if answer.file is None:
            protocol.response_bytes(answer.status, answer.headers, answer.small)
            return
        try:
            transport = protocol.response_stream(answer.status, answer.headers)
            loop = asyncio.get_running_loop()
            while chunk := await loop.run_in_executor(self.pool, answer.file.read, CHUNK):
                await transport.send_bytes(chunk)
        finally:
            answer.close()

    async def _whole_body(self, scope: Scope, protocol: HTTPProtocol) -> IO[bytes]:
        """The body, complete. A client has 30 seconds and a second more for each 8 KiB it announces."""
        length, chunked = scope.headers.get("content-length"), scope.headers.get("transfer-encoding")
        if not chunked and length in (None, "0"):
            return BytesIO()
        announced = int(length) if length and length.isdigit() else self.body_limit
        if announced > self.body_limit:
            raise Refused(413, noop("送信されたデータが大きすぎます。上限の大きさを管理者にご確認ください。"))
        body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the caller closes it
        try:
            async with asyncio.timeout(PATIENCE_SECONDS + announced / SLOWEST_BYTES_A_SECOND):
                async for chunk in protocol:
                    body.write(chunk)
                    if body.tell() > announced:
                        raise Refused(413, noop("送信されたデータが、予告された大きさを超えています。"))
        except TimeoutError:
            body.close()
            raise Refused(
                408, noop("送信に時間がかかりすぎたため中断しました。もう一度お試しください。")
            ) from None
        except BaseException:
            body.close()
            raise
        return body

    async def _in_thread(self, work: Callable[..., Answer], *arguments: Any) -> Answer:
        """Runs in the next free thread; when too many wait already, says so at once instead of letting all time out."""
        if self.busy >= self.room:
            raise Refused(
                503,
                noop("ただいま混み合っています。少し待ってからもう一度お試しください。"),
                [("retry-after", "2")],
            )
        self.busy += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.pool, work, *arguments)
        finally:
            self.busy -= 1

    def _ask_django(self, environ: dict[str, Any]) -> Answer:
        answer = Answer()
        body = self.application(environ, answer.start)
        if isinstance(body, FileAnswer):
            answer.file, answer.close = body.file, body.close
            return answer
        spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 closed below or by whoever sends it
        try:
            for chunk in body:
                spool.write(chunk)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        spool.seek(0)
        if spool._rolled:  # type: ignore[attr-defined]
            answer.file, answer.close = spool, spool.close
        else:
            answer.small = spool.read()
            spool.close()
        return answer


def environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI wants it; header names with an underscore are dropped, they could pose as other headers."""
    length = body.seek(0, 2)
    body.seek(0)
    host, _, port = scope.server.rpartition(":")
    values: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if "_" in name or key == "CONTENT_LENGTH":
            continue
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        values[key] = f"{values[key]}{separator}{value}" if key in values else value
    if scope.authority and "HTTP_HOST" not in values:
        values["HTTP_HOST"] = scope.authority
    return values
