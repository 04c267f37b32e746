"""Files on the disk, named after their content: the same file is kept once, a half-written one never shows."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from daifuku.foundation.disk import sync_folder


@deconstructible(path="daifuku.records.storage.ContentStorage")
class ContentStorage(FileSystemStorage):
    """`save` returns the name `ab/cd/<sha256>`; the bytes and their folder are on the disk when it returns.

    A row that names the file is written afterwards, so a crash leaves at most a file without a row, never the reverse.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        root = Path(self.location)
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=".new-", delete=False) as target:
            temporary = Path(target.name)
            try:
                digest = _copy(content, target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        stored = f"{digest[:2]}/{digest[2:4]}/{digest}"
        path = root / stored
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.chmod(0o600)
        temporary.rename(path)
        for folder in (path.parent, path.parent.parent, root):
            sync_folder(folder)
        return stored


def _copy(content: Any, target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        data = chunk.encode() if isinstance(chunk, str) else chunk
        digest.update(data)
        target.write(data)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()
