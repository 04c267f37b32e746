"""How the copy that follows is doing: written by its process, read by the page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class CopyState:
    """`at` is when the copy was last complete, ISO; `problem` what hindered it since."""

    at: str = ""
    seconds: float = 0
    problem: str = ""

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def late(self) -> bool:
        return self.moment is None or timezone.now() - self.moment > LATE


def path() -> Path:
    return Path(settings.HOME) / "copy.json"


def write(state: CopyState) -> None:
    fresh = path().with_suffix(".new")
    fresh.write_text(json.dumps(asdict(state)))
    fresh.rename(path())


def read() -> CopyState:
    try:
        return CopyState(**json.loads(path().read_text()))
    except (OSError, ValueError, TypeError):
        return CopyState()
