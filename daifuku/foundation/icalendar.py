"""Calendars as other programs subscribe to them: RFC 5545, written only, of what we need of it.

Lines end with CRLF and are folded at 75 octets, never inside a character; times are UTC, so that no time zone has to be
described; text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

WIDEST = 75
# What no calendar shows and some refuse; a tab is allowed.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Event:
    """`uid` stays the same for ever; `sequence` grows with every change, so that programs take the newer one."""

    uid: str
    sequence: int
    changed: datetime
    start: datetime
    end: datetime | None
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    category: str = ""
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The whole file, told to be fetched again every quarter of an hour."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Daifuku//Daifuku//JA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{escape(name)}", f"X-WR-CALNAME:{escape(name)}", "X-WR-TIMEZONE:Asia/Tokyo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M", "X-PUBLISHED-TTL:PT15M",
    ]  # fmt: skip
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{instant(event.changed)}"
    yield f"LAST-MODIFIED:{instant(event.changed)}"
    yield f"DTSTART:{instant(event.start)}"
    if event.end is not None and event.end > event.start:
        yield f"DTEND:{instant(event.end)}"
    yield f"SUMMARY:{escape(event.summary)}"
    for word, value in (
        ("DESCRIPTION", event.description), ("LOCATION", event.location), ("CATEGORIES", event.category),
    ):  # fmt: skip
        if value:
            yield f"{word}:{escape(value)}"
    if event.url:
        yield f"URL:{_CONTROLS.sub('', event.url)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if event.cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Text as a value: no line of it can become a line of the file."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROLS.sub("", plain).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    for strange in ("\u0085", "\u2028", "\u2029"):
        plain = plain.replace(strange, "\n")
    return plain.replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """A long line in pieces of at most 75 octets; those after the first begin with a space."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > WIDEST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
