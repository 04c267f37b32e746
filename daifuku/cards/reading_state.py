"""Whether the reader's engine is there; without it everything works by hand."""

from __future__ import annotations


def available() -> bool:
    try:
        from daifuku.cards import reading
    except ImportError:
        return False
    return bool(reading.available())
