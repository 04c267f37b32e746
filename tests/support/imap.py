"""A small IMAP server on this machine (RFC 9051, as far as a reader needs it), and an SMTP server that fills it.

`box.put(message)` lays a message into the INBOX, `box.stop()` and `box.start()` take the server away and bring it back.
"""

from __future__ import annotations

import re
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

USER, PASSWORD = "meishi@example.jp", "himitsu-no-hako"  # noqa: S105 - of an invented mailbox


class MailBox:
    """`fetched` counts the whole messages that were fetched, `said` what clients said. With `tls` it speaks TLS, from
    the first byte or (`starttls`) when it is asked to. `drips` sends an endless answer, a byte now and then;
    `sizes` is told as the size of every message."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, starttls: bool = False) -> None:
        self.tls, self.starttls, self.drips, self.said = tls, starttls, False, list[str]()
        self.sizes: int | None = None
        self.messages: dict[int, bytes] = {}
        self.uidvalidity, self.next = 77, 1
        self.fetched = 0
        self.port = _free()
        self._server: socketserver.ThreadingTCPServer | None = None
        self._smtp: Controller | None = None
        self.smtp_port = _free()

    def put(self, message: EmailMessage | bytes) -> int:
        number, self.next = self.next, self.next + 1
        self.messages[number] = message if isinstance(message, bytes) else message.as_bytes()
        return number

    def start(self) -> None:
        box = self

        class Handler(_Handler):
            mailbox = box

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads = True, True

        self._server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def receive(self) -> None:
        """Mail that is sent here by SMTP is in the INBOX."""
        self._smtp = Controller(self, hostname="127.0.0.1", port=self.smtp_port, data_size_limit=60_000_000)
        self._smtp.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.put(bytes(envelope.content))
        return "250 OK"

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if self._smtp is not None:
            self._smtp.stop()
            self._smtp = None


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class _Handler(socketserver.StreamRequestHandler):
    mailbox: MailBox

    def handle(self) -> None:
        box = self.mailbox
        try:
            if box.tls is not None and not box.starttls:
                self._secure()
            self._serve(box)
        except OSError:
            return  # the client went away, as it may

    def _secure(self) -> None:
        assert self.mailbox.tls is not None
        self.request = self.mailbox.tls.wrap_socket(self.request, server_side=True)
        self.setup()

    def _serve(self, box: MailBox) -> None:
        self._say(f"* OK [CAPABILITY {self._can()}] ready".encode())
        while line := self.rfile.readline():
            tag, _blank, rest = line.decode().strip().partition(" ")
            command = rest.split(" ", 1)[0].upper()
            box.said.append(command)
            verb: Callable[[str, str], bool | None] = getattr(self, f"on_{command.lower()}", self._unknown)
            if verb(tag, rest) is False:
                return

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _done(self, tag: str, words: str = "OK done") -> None:
        self._say(f"{tag} {words}".encode())

    def _unknown(self, tag: str, rest: str) -> None:
        self._done(tag, "BAD unknown")

    def _can(self) -> str:
        return "IMAP4rev1 STARTTLS" if self.mailbox.starttls else "IMAP4rev1"

    def on_capability(self, tag: str, rest: str) -> None:
        self._say(f"* CAPABILITY {self._can()}".encode())
        self._done(tag)

    def on_starttls(self, tag: str, rest: str) -> None:
        self._done(tag)
        self._secure()

    def on_login(self, tag: str, rest: str) -> None:
        right = re.fullmatch(r'LOGIN "?([^"]*)"? "?([^"]*)"?', rest)
        known = right is not None and right.groups() == (USER, PASSWORD)
        self._done(tag, "OK welcome" if known else "NO [AUTHENTICATIONFAILED] wrong")

    def on_examine(self, tag: str, rest: str) -> None:
        if "INBOX" not in rest:
            return self._done(tag, "NO no such folder")
        box = self.mailbox
        self._say(f"* {len(box.messages)} EXISTS".encode())
        self._say(f"* OK [UIDVALIDITY {box.uidvalidity}] valid".encode())
        self._say(f"* OK [UIDNEXT {box.next}] next".encode())
        return self._done(tag, "OK [READ-ONLY] open")

    def on_uid(self, tag: str, rest: str) -> None:
        while self.mailbox.drips:
            self.wfile.write(b"*")
            self.wfile.flush()
            time.sleep(0.05)
        words = rest.split(" ", 2)
        if words[1].upper() == "SEARCH":
            first, last = (int(part) for part in rest.rsplit(" ", 1)[1].split(":"))
            found = [str(number) for number in self.mailbox.messages if first <= number <= last]
            self._say(f"* SEARCH {' '.join(found)}".strip().encode())
        else:
            numbers, what = words[2].split(" ", 1)
            for number in map(int, numbers.split(",")):
                if number in self.mailbox.messages:
                    self._fetch(number, what)
        self._done(tag)

    def _fetch(self, number: int, what: str) -> None:
        data = self.mailbox.messages[number]
        size, place = self.mailbox.sizes or len(data), list(self.mailbox.messages).index(number) + 1
        if "HEADER.FIELDS" in what:
            head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0].replace(b"\n", b"\r\n")
            part = (head + b"\r\n\r\n")[:8192]
            name = b"BODY[HEADER.FIELDS (FROM)]<0>"
        else:
            self.mailbox.fetched += 1
            most = re.search(r"BODY\.PEEK\[\]<0\.(\d+)>", what)
            part, name = data[: int(most[1])] if most else data, b"BODY[]<0>"
        start = f"* {place} FETCH (UID {number} RFC822.SIZE {size} ".encode()
        self.wfile.write(start + name + f" {{{len(part)}}}\r\n".encode() + part + b")\r\n")

    def on_logout(self, tag: str, rest: str) -> bool:
        self._say(b"* BYE")
        self._done(tag)
        return False
