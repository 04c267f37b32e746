"""A connection to exactly the address that was checked, which ends when its time is over."""

from __future__ import annotations

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Any

from daifuku.foundation.outgoing.addresses import Target, check
from daifuku.foundation.outgoing.allowed import Address, Allowed
from daifuku.foundation.outgoing.troubles import CallFailed

Resolver = Callable[[str, int], Sequence[str]]
MOST_ADDRESSES = 4


class Clock:
    """How much of the time is left; asking too late raises TimeoutError."""

    def __init__(self, seconds: float) -> None:
        self.began = time.monotonic()
        self._end = self.began + seconds

    def left(self, most: float | None = None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


def resolve(host: str, port: int) -> list[str]:
    """What the operating system says; in the order in which it wants them tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def look_up(target: Target, resolver: Resolver, seconds: float) -> list[Address]:
    """Asks once. In a thread of its own, because the operating system may take half a minute to say no."""
    if target.number is not None:
        return [target.number]
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise CallFailed("no_connection", "name lookup") from error
    if isinstance(found, OSError) or not found:
        raise CallFailed("name", str(found or ""))
    return [ip_address(each) for each in found]


def connect(
    target: Target, allowed: Allowed, resolver: Resolver, clock: Clock, seconds: float
) -> socket.socket:
    """Looks the name up, checks all it answers, connects to one of them; by https with TLS for the name."""
    plain = reach(target, allowed, resolver, clock, seconds)
    return plain if target.scheme == "http" else _secured(plain, target, clock)


def reach(
    target: Target, allowed: Allowed, resolver: Resolver, clock: Clock, seconds: float
) -> socket.socket:
    """The same without TLS, which a protocol of its own (IMAP) begins itself."""
    waiting = Clock(clock.left(seconds))
    addresses = look_up(target, resolver, waiting.left())
    check(target, addresses, allowed)
    return _first_that_answers(addresses[:MOST_ADDRESSES], target.port, waiting)


def _first_that_answers(addresses: list[Address], port: int, clock: Clock) -> socket.socket:
    trouble = CallFailed("unreachable")
    for number, address in enumerate(addresses, 1):
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(clock.left() / (len(addresses) - number + 1))
            line.connect((str(address), port))
        except TimeoutError:
            trouble = CallFailed("no_connection")
        except ConnectionRefusedError as error:
            trouble = CallFailed("refused", str(error))
        except OSError as error:
            trouble = CallFailed("unreachable", str(error))
        else:
            return line
        line.close()
    raise trouble


def _secured(plain: socket.socket, target: Target, clock: Clock) -> socket.socket:
    try:
        plain.settimeout(clock.left())
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        plain.close()
        raise CallFailed("certificate", error.verify_message) from error
    except TimeoutError:
        plain.close()
        raise
    except OSError as error:
        plain.close()
        raise CallFailed("tls", str(error)) from error


class Line:
    """What http.client writes to and reads from: every step may take only what is left of the whole time.

    Without it a server that sends a byte every few seconds would keep us for ever.
    """

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def sendall(self, data: Any) -> None:
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def makefile(self, mode: str = "rb", buffering: int | None = None) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self._sock, self._clock))

    def close(self) -> None:
        """Whoever opened the socket closes it: http.client would do so while the answer is still being read."""


class _Reading(io.RawIOBase):
    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._clock.left())
        return self._sock.recv_into(buffer)
