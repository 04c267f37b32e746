"""The one door through which the program calls other servers: into the open world only, and never on somebody's lead.

HTTP and HTTPS alone. The name is looked up once; every address that it answers must lie in the open world, or be
allowed by whoever runs the program (DAIFUKU_CALLS_ALLOWED); the connection goes to exactly that address, with the
certificate checked for the name. Redirects are not followed, proxies of the environment not used, cookies not kept.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from daifuku.foundation.outgoing import addresses, connecting
from daifuku.foundation.outgoing.addresses import Target
from daifuku.foundation.outgoing.allowed import Allowed
from daifuku.foundation.outgoing.connecting import Clock, Resolver, resolve
from daifuku.foundation.outgoing.troubles import SENTENCES, CallFailed

__all__ = ["SENTENCES", "Answer", "CallFailed", "call", "check_before"]

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
MOST_BYTES = 64 * 1024
REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """What came back. Of a long body only the beginning (`cut`)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool
    seconds: float

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


def check_before(url: str) -> Target:
    """Raises CallFailed for an address that is certain to be refused; asks nobody."""
    return addresses.check_before(url, _allowed())


def call(
    url: str,
    *,
    method: str = "POST",
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    resolver: Resolver = resolve,
    connect_seconds: float | None = None,
    whole_seconds: float | None = None,
) -> Answer:
    """One request and its answer, whatever its status but a redirect. Raises CallFailed."""
    target, clock = addresses.read(url), Clock(whole_seconds or WHOLE_SECONDS)
    try:
        sock = connecting.connect(target, _allowed(), resolver, clock, connect_seconds or CONNECT_SECONDS)
    except TimeoutError as error:
        raise CallFailed("no_connection") from error
    try:
        return _spoken(target, connecting.Line(sock, clock), method, body, headers or {}, clock)
    except TimeoutError as error:
        raise CallFailed("slow") from error
    except (http.client.HTTPException, ValueError) as error:
        raise CallFailed("broken", f"{type(error).__name__}: {error}"[:200]) from error
    except OSError as error:
        raise CallFailed("unreachable", str(error)) from error
    finally:
        sock.close()


def _spoken(
    target: Target,
    line: connecting.Line,
    method: str,
    body: bytes,
    headers: Mapping[str, str],
    clock: Clock,
) -> Answer:
    speaking = http.client.HTTPConnection(target.host, target.port)
    speaking.sock = line
    speaking.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
    own = {
        "Host": target.authority, "User-Agent": "Daifuku", "Accept": "*/*", "Accept-Encoding": "identity",
        "Connection": "close", "Content-Length": str(len(body)),
    }  # fmt: skip
    for name, value in {**headers, **own}.items():
        speaking.putheader(name, value)
    speaking.endheaders(body or None)
    response = speaking.getresponse()
    if response.status in REDIRECTS:
        raise CallFailed("redirect", response.headers.get("Location", "")[:200], response.status)
    try:
        content = response.read(MOST_BYTES + 1)
    except http.client.IncompleteRead as error:
        content = error.partial
    found = dict(response.headers.items())
    return Answer(response.status, found, content[:MOST_BYTES], len(content) > MOST_BYTES, clock.seconds)


def _allowed() -> Allowed:
    allowed: Allowed = settings.CALLS_ALLOWED
    return allowed
