"""Brings files that are missing there. They are named after their content, so what is there is right."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

KEPT_BESIDE = ("secret.key", "ledger.anchor")


def follow(home: Path, media: Path, to: Path) -> int:
    """Returns how many were copied. Raises OSError."""
    copied = 0
    for source in media.glob("??/??/*"):
        target = to / "files" / source.relative_to(media)
        if not source.name.startswith(".") and not target.exists():
            _copy(source, target)
            copied += 1
    for name in KEPT_BESIDE:
        if (home / name).exists():
            _copy(home / name, to / name)
    return copied


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = target.with_name(f".new-{target.name}")
    try:
        shutil.copyfile(source, fresh)
    except FileNotFoundError:
        fresh.unlink(missing_ok=True)
        return
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.chmod(0o600)
    fresh.rename(target)
