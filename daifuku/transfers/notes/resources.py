"""The pictures and files inside a note: unpacked piece by piece, so that a large one takes no memory."""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from dataclasses import dataclass
from typing import IO

CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024
BLANKS = b" \t\r\n"


@dataclass
class Resource:
    """`digest` (MD5) is how the text of the note names it; `start` and `size` say where it lies in the note's `Store`.

    `problem` is "", "damaged" or "empty".
    """

    name: str = ""
    mime: str = ""
    digest: str = ""
    start: int = 0
    size: int = 0
    problem: str = ""


class Store:
    """The bytes of all resources of one note, one behind the other; in memory only while they are small."""

    def __init__(self, *, kept: bool) -> None:
        """Without `kept` they are only measured."""
        self._kept = kept
        self._file: IO[bytes] | None = None
        self.end = 0

    def write(self, data: bytes) -> None:
        if self._kept:
            if self._file is None:
                self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the note
            self._file.write(data)
        self.end += len(data)

    def copy(self, resource: Resource, target: IO[bytes]) -> None:
        """Writes the bytes of one resource into `target`."""
        if self._file is None:
            return
        self._file.seek(resource.start)
        left = resource.size
        while left and (data := self._file.read(min(CHUNK, left))):
            target.write(data)
            left -= len(data)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class Decoder:
    """Base64 that comes in pieces."""

    def __init__(self, store: Store) -> None:
        self._store, self.start = store, store.end
        self._rest, self._broken = b"", False
        self._hash = hashlib.md5(usedforsecurity=False)

    def feed(self, text: str) -> None:
        if self._broken:
            return
        data = self._rest + text.encode("ascii", "replace").translate(None, BLANKS)
        whole = len(data) // 4 * 4
        self._rest = data[whole:]
        self._put(data[:whole])

    def finish(self, resource: Resource) -> None:
        """Some programs leave the padding out."""
        if self._rest and not self._broken:
            self._put(self._rest + b"=" * (4 - len(self._rest)))
        resource.start, resource.size = self.start, self._store.end - self.start
        resource.digest = self._hash.hexdigest()
        if self._broken:
            resource.problem = "damaged"
        elif not resource.size:
            resource.problem = "empty"

    def _put(self, data: bytes) -> None:
        try:
            plain = base64.b64decode(data, validate=True)
        except binascii.Error:
            self._broken = True
            return
        self._hash.update(plain)
        self._store.write(plain)
