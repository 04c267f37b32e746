"""The whole number that an address or a form brings, where it brings one."""

from __future__ import annotations

LONGEST = 18


def whole(text: object) -> int | None:
    """Not negative, and short enough for every column; None for anything else, whatever somebody sent."""
    written = str(text).strip()
    if written.isascii() and written.isdecimal() and len(written) <= LONGEST:
        return int(written)
    return None
