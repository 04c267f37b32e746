"""How a JPEG is laid out: row by row, or in passes over the whole picture that a reader must hold in memory."""

from __future__ import annotations

from typing import IO

START, SCAN = b"\xff\xd8", 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BASELINE = frozenset({0xC0, 0xC1})


def in_one_pass(file: IO[bytes]) -> bool:
    """Whether the first scan of a baseline JPEG has all its colours; False for everything else and what is odd.

    Leaves the file where it was.
    """
    place = file.tell()
    try:
        file.seek(0)
        return file.read(2) == START and _in_one_pass(file)
    finally:
        file.seek(place)


def _in_one_pass(file: IO[bytes]) -> bool:
    colours = 0
    while len(head := file.read(4)) == 4 and head[0] == 0xFF:
        marker, length = head[1], int.from_bytes(head[2:], "big") - 2
        if length < 0:
            return False
        if marker in FRAMES:
            content = file.read(length)
            if marker not in BASELINE or len(content) < 6:
                return False
            colours = content[5]
        elif marker == SCAN:
            return file.read(1) == bytes([colours])
        else:
            file.seek(length, 1)
    return False
