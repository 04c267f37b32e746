"""Where backups lie, what they are called, how many are kept: the last of seven days, four weeks and three months."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

ENDING = ".daifuku"
# In days, ISO weeks and months: 7, 4, 3.
STEPS = ("%Y-%m-%d", "%G-%V", "%Y-%m")


def folder() -> Path:
    return Path(settings.BACKUP_FOLDER)


def name_for(at: datetime) -> str:
    return f"daifuku-{timezone.localtime(at):%Y%m%d-%H%M%S}{ENDING}"


def beside_the_data(place: Path) -> bool:
    """Whether a broken disk takes both the data and the backups."""
    home = Path(settings.HOME)
    while not place.exists():
        place = place.parent
    return os.stat(place).st_dev == os.stat(home).st_dev


def free(place: Path) -> int:
    """Bytes that may be written there."""
    return shutil.disk_usage(place).free


def spare(moments: Iterable[datetime], kept: Sequence[int]) -> set[datetime]:
    """Those that may go. Of each day, week and month the newest one stays, and the newest of all in any case."""
    newest_first = sorted(moments, reverse=True)
    stays = set(newest_first[:1])
    for number, form in zip(kept, STEPS, strict=True):
        latest: dict[str, datetime] = {}
        for at in newest_first:
            latest.setdefault(timezone.localtime(at).strftime(form), at)
        stays.update(list(latest.values())[:number])
    return set(newest_first) - stays
