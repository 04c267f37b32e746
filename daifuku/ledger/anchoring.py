"""Where the end of the chain is written down outside the database, so that a cut tail shows as well."""

from __future__ import annotations

import os
from pathlib import Path
from threading import get_ident

from django.conf import settings

from daifuku.ledger.models import Seal
from daifuku.ledger.sealing import Anchor, Finding, anchor, seal, verify


def path() -> Path:
    return Path(settings.HOME) / "ledger.anchor"


def seal_and_anchor() -> int:
    """Seals what waits and writes the new end down; returns how many lines were sealed.

    A chain that does not contain the old end was tampered with: the old end stays, so that `verify` keeps finding it.
    """
    sealed, before = seal(), read()
    if before is None or contains(before):
        write(anchor())
    return sealed


def contains(end: Anchor) -> bool:
    return end.count == 0 or Seal.objects.filter(position=end.count, chain=end.head).exists()


def write(end: Anchor) -> None:
    """Whole or not at all: a crash in between leaves the anchor before. The worker and a command may write at once."""
    fresh = path().with_suffix(f".{os.getpid()}-{get_ident()}.new")
    with fresh.open("w") as file:
        file.write(f"{end}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path())


def read() -> Anchor | None:
    try:
        return Anchor.parse(path().read_text())
    except (FileNotFoundError, ValueError):
        return None


def verify_against_anchor() -> list[Finding]:
    return verify(read())
