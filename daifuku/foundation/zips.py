"""Opens ZIP archives that somebody brought: their table of contents is read only where it is short.

Python reads the whole table before anybody can count it: 100 MB of it, with nothing behind them, are two million
names, a gigabyte of memory and half a minute in which nobody else gets on.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

# About ten thousand names; everything else is read in smaller portions.
MOST_AT_ONCE = 2 * 1024 * 1024


class TooManyParts(Exception):
    """The table of contents is longer than anybody's document needs."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Raises TooManyParts, and what `zipfile.ZipFile` raises for what is none. Leaves the file at its beginning."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Portioned(file))) as archive:
            yield archive
    finally:
        file.seek(0)


class _Portioned:
    """The file, except that nobody reads much of it at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = size if size >= 0 else MOST_AT_ONCE + 1
        if size > MOST_AT_ONCE or len(data := self.file.read(wanted)) > MOST_AT_ONCE:
            raise TooManyParts
        return data
