"""One file that holds everything: a tar, packed, and locked with the format `age` while it is written.

Nothing unlocked touches the disk of the backup, and neither the program nor whoever steals the backup can open it: for
that one needs the recovery key, which people keep. Without this program the file opens as well:
`age --decrypt -i key.txt FILE | tar xz`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyrage
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError

PORTION = 1 << 20
# Little is gained by packing harder, and photographs cannot be packed at all.
PACKED = 1
NAMES = re.compile(r"manifest\.json|database|secret\.key|files/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}")


class Broken(DomainError):
    """The file cannot be read as a backup."""

    status, code = 422, "broken_backup"


@dataclass(frozen=True)
class Member:
    """Something that goes into the archive: a file of the disk, or bytes."""

    name: str
    source: Path | bytes


@dataclass(frozen=True)
class Written:
    size: int
    digest: str


def write(path: Path, members: Iterable[Member], recipient: str, told: Callable[[], object]) -> Written:
    """Writes all members; the bytes are on the disk when it returns. Raises OSError, also when the disk is full."""
    reading, writing = os.pipe()
    packer = _Beside(lambda: _pack(writing, members, told))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        out = _Counted(file)
        with os.fdopen(reading, "rb") as packed:
            packer.start()
            try:
                pyrage.encrypt_io(packed, out, [pyrage.x25519.Recipient.from_str(recipient)])
            except pyrage.EncryptError as error:
                raise OSError(str(error)) from error
        packer.finish()
        file.flush()
        os.fsync(file.fileno())
    return Written(out.size, out.digest.hexdigest())


def unpack(path: Path, key: str, take: Callable[[str, IO[bytes]], object]) -> None:
    """Gives each member to `take`, in order. Raises Broken, and what `take` raises."""
    identity = identity_of(key)
    reading, writing = os.pipe()
    opener = _Beside(lambda: _unlock(path, identity, writing))
    opener.start()
    with os.fdopen(reading, "rb") as packed:
        try:
            _take_each(packed, take)
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
            opener.finish()
            raise Broken(
                _("バックアップのファイルが壊れています。別のバックアップをお使いください。")
            ) from error
    opener.finish()


def _take_each(packed: IO[bytes], take: Callable[[str, IO[bytes]], object]) -> None:
    with gzip.open(packed) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not NAMES.fullmatch(member.name):
                raise Broken(_("バックアップの中に、知らない名前のファイルがあります。"))
            take(member.name, content)
        # Only at its very end it is known that nothing was cut off.
        while plain.read(PORTION):
            pass


def identity_of(key: str) -> Any:
    """The recovery key as people typed it: in capital or small letters, with spaces. Raises Broken."""
    try:
        return pyrage.x25519.Identity.from_str("".join(key.split()).upper())
    except pyrage.IdentityError as error:
        raise Broken(
            _("復旧キーの形が違います。AGE-SECRET-KEY- で始まる文字をすべて入力してください。")
        ) from error


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(writing: int, members: Iterable[Member], told: Callable[[], object]) -> None:
    with (
        os.fdopen(writing, "wb") as out,
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=PACKED, filename="") as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for member in members:
            _add(tar, member)
            told()


def _add(tar: tarfile.TarFile, member: Member) -> None:
    """A file that was swept away since it was listed is left out: nothing names it any more."""
    if isinstance(member.source, bytes):
        content: IO[bytes] = io.BytesIO(member.source)
        size = len(member.source)
    else:
        try:
            content = member.source.open("rb")
        except FileNotFoundError:
            return
        size = os.fstat(content.fileno()).st_size
    entry = tarfile.TarInfo(member.name)
    entry.size, entry.mode = size, 0o600
    with content:
        tar.addfile(entry, content)


def _unlock(path: Path, identity: Any, writing: int) -> None:
    with os.fdopen(writing, "wb") as out, path.open("rb") as file:
        try:
            pyrage.decrypt_io(file, out, [identity])
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise Broken(
                    _("この復旧キーでは開けません。バックアップを作った時のキーが必要です。")
                ) from error
            raise Broken(_("バックアップのファイルではないか、壊れています。")) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Broken(
                _("バックアップのファイルが壊れています。別のバックアップをお使いください。")
            ) from error


class _Beside(threading.Thread):
    """Work at the other end of a pipe; what went wrong there is raised here."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._error = error

    def finish(self) -> None:
        """The reader may have stopped before the end: that alone is not the fault of whoever wrote."""
        self.join()
        if self._error is not None and not isinstance(self._error, BrokenPipeError):
            raise self._error


class _Counted(io.RawIOBase):
    """Passes on what is written, with its size and digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size, self.digest = 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)
