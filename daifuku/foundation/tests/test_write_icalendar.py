"""A calendar that other programs read: whatever somebody types, it stays one value in lines that are not too long."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.icalendar import Event, calendar, escape, fold, instant

START = datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\n"), max_size=300
)


def event(**values: object) -> Event:
    given: dict[str, object] = {
        "uid": "1@daifuku", "sequence": 0, "changed": START, "start": START, "end": START + timedelta(hours=1),
        "summary": "見積の説明",
    }  # fmt: skip
    return Event(**{**given, **values})  # type: ignore[arg-type]


def lines(content: bytes) -> list[str]:
    """As a reader unfolds them."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def test_an_event_says_when_what_and_where() -> None:
    told = lines(calendar("青山", [event(location="本社", description="一行目\n二行目; その他, など")]))
    assert told[0] == "BEGIN:VCALENDAR"
    assert told[-1] == "END:VCALENDAR"
    assert "DTSTART:20261126T010000Z" in told
    assert "DTEND:20261126T020000Z" in told
    assert "SUMMARY:見積の説明" in told
    assert "LOCATION:本社" in told
    assert r"DESCRIPTION:一行目\n二行目\; その他\, など" in told
    assert "STATUS:CONFIRMED" in told


def test_what_was_called_off_says_so() -> None:
    assert "STATUS:CANCELLED" in lines(calendar("青山", [event(cancelled=True)]))


def test_an_end_that_is_none_is_left_out() -> None:
    for end in (None, START, START - timedelta(hours=1)):
        assert not [line for line in lines(calendar("青山", [event(end=end)])) if line.startswith("DTEND")]


@given(WORDS)
def test_no_text_becomes_a_line_of_the_file(text: str) -> None:
    written = calendar(text, [event(summary=text, description=text, location=text, category=text, url=text)])
    assert b"\r\n\r\n" not in written
    assert written.count(b"BEGIN:VEVENT\r\n") == 1
    for line in lines(written):
        assert re.match(r"[A-Z-]+[:;]", line), line


@given(PLAIN)
def test_what_was_escaped_is_read_as_it_was(text: str) -> None:
    assert unescaped(escape(text)) == text


@given(WORDS)
def test_lines_are_folded_between_characters_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{escape(text)}"
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_times_are_told_in_utc() -> None:
    assert instant(datetime(2026, 1, 1, 8, 30, tzinfo=ZoneInfo("Asia/Tokyo"))) == "20251231T233000Z"
    assert instant(datetime(2026, 1, 1, tzinfo=UTC)) == "20260101T000000Z"
