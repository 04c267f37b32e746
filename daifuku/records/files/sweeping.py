"""Takes files off the disk that no row names any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import Q

from daifuku.records.models import AttachmentVersion

# Areas above append how they name files in the storage of their own: `also_named(stored)`.
also_named: list[Callable[[str], bool]] = []


def sweep(stored: Iterable[str]) -> int:
    """Call after the commit that removed the rows; returns how many files went.

    Somebody may put the same bytes there at this moment. The file is moved aside first and asked for once more, and
    whoever put it there looks after his own commit whether it is still there, so one of the two sees the other.
    """
    gone = 0
    for name in {name for name in stored if name}:
        path = Path(default_storage.path(name))
        aside = path.with_name(f".gone-{path.name}")
        if named(name) or not path.exists():
            continue
        path.rename(aside)
        if named(name):
            aside.rename(path)
        else:
            aside.unlink()
            gone += 1
    return gone


def named(name: str) -> bool:
    kept = AttachmentVersion.objects.filter(Q(stored=name) | Q(preview=name))
    return kept.exists() or any(names(name) for names in also_named)
