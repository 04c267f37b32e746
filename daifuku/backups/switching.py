"""Lets a restored home take the place of the present one, which stays beside it."""

from __future__ import annotations

import fcntl
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict


def switch(fresh: Path, home: Path) -> Path:
    """Renames the present home to `<home>.before-<time>` and the new one to `home`; returns it.

    Raises Conflict while the program runs there: a file that is in use must never be replaced.
    """
    with (home / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                _("大福帳が動いています。終了してからもう一度実行してください。"), code="running"
            ) from error
        home.rename(home.with_name(f"{home.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}"))
        fresh.rename(home)
    return home
