"""The process of the copy: `python -m daifuku.backups.following.process`, started beside web and worker."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import django
from django.conf import settings
from django.utils import timezone

logger = logging.getLogger("daifuku.backups")
PAUSE_SECONDS = 10.0


class Follower:
    """Brings the copy up to date again and again, and writes down how that went."""

    def __init__(self, to: Path, database: Mapping[str, Any]) -> None:
        """`database` is an entry of Django's DATABASES."""
        self._to, self._database = to, database
        self._stop = threading.Event()
        self._receiver: subprocess.Popen[str] | None = None

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        while not self._stop.is_set():
            self.look()
            self._stop.wait(PAUSE_SECONDS)
        self.end()

    def look(self) -> None:
        """One pass. What hinders it is told on the page and in the log, and it is tried again."""
        from daifuku.backups import state_file

        started, before = time.monotonic(), state_file.read()
        try:
            self._follow()
        except OSError as error:
            logger.error("the copy in %s does not follow: %s", self._to, error)
            state_file.write(state_file.CopyState(before.at, before.seconds, str(error)[:400]))
            return
        seconds = round(time.monotonic() - started, 1)
        state_file.write(state_file.CopyState(timezone.now().isoformat(), seconds))

    def end(self) -> None:
        if self._receiver is not None:
            self._receiver.terminate()
            self._receiver.wait(10)
            self._receiver = None

    def _follow(self) -> None:
        from daifuku.backups.following import files, postgresql, sqlite

        self._to.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Files first: a row of the copy names no file that the copy has not got.
        files.follow(Path(settings.HOME), Path(settings.MEDIA_ROOT), self._to)
        database = self._database
        if "sqlite3" in database["ENGINE"]:
            sqlite.follow(Path(database["NAME"]), self._to / "daifuku.sqlite3")
            return
        if self._receiver is None:
            self._receiver = postgresql.receive(self._to, database)
            self._stop.wait(1)
        if self._receiver.poll() is not None:
            said = self._receiver.stderr.read() if self._receiver.stderr else ""
            self._receiver = None
            raise OSError(said.strip()[-400:] or "pg_receivewal ended")
        postgresql.take_base(self._to, database)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daifuku.settings")
    django.setup()
    Follower(Path(settings.BACKUP_COPY), settings.DATABASES["default"]).run()


if __name__ == "__main__":
    main()
