"""A real worker in a process of its own, with a job of five effects that it can be made to stand still in.

`python -m tests.support.worker MARK` where MARK is a folder: standing at place P it writes MARK/P and waits for ever if
MARK/stop-at-P is there.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tests.support.sources import ROOT

if TYPE_CHECKING:
    from daifuku.jobs.running import Running

KIND, STEPS, LEASE_SECONDS = "test.five_effects", 5, 2.0


class WorkerProcess:
    """`with WorkerProcess(folder) as worker:`; on the database of the test, and gone when the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> WorkerProcess:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.worker", str(self.folder)], cwd=ROOT, env=_environment()
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def wait_for(self, place: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not (self.folder / place).exists():
            assert time.monotonic() < deadline, f"the worker never came to {place}"
            time.sleep(0.02)


def stop_at(folder: Path, place: str) -> None:
    (folder / f"stop-at-{place}").touch()


def go_on(folder: Path, place: str) -> None:
    (folder / f"stop-at-{place}").unlink()


def _environment() -> dict[str, str]:
    """The test's own database, whose name differs from the configured one."""
    from django.conf import settings
    from django.db import connection

    values = connection.settings_dict
    address = str(values["NAME"])
    if connection.vendor == "postgresql":
        host = values["HOST"] or "localhost"
        address = f"postgresql://{values['USER']}@localhost/{values['NAME']}?host={host}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "daifuku.settings",
        "DAIFUKU_DATABASE": address,
        "DAIFUKU_HOME": str(settings.HOME),
    }


def main(arguments: Sequence[str]) -> None:
    import django

    django.setup()
    from daifuku.jobs import leases
    from daifuku.jobs.worker import Worker

    leases.LEASE = timedelta(seconds=LEASE_SECONDS)
    register(Path(arguments[0]))
    Worker(schedules=0).run()


def register(folder: Path) -> None:
    from daifuku.jobs import handlers

    def stand(place: str) -> None:
        (folder / place).touch()
        while (folder / f"stop-at-{place}").exists():
            time.sleep(0.02)

    def five_effects(running: Running) -> None:
        for step in range(running.state.get("next", 1), STEPS + 1):
            one_effect(running, step, stand)

    handlers.register(KIND, five_effects)


def one_effect(running: Running, step: int, stand: Any) -> None:
    from daifuku.ledger import writing as ledger
    from daifuku.records import actions

    stand(f"before-{step}")
    assert running.by is not None
    with ledger.writing():
        actions.create("account", {"name": f"会社{step}"}, by=running.by)
        running.state["next"] = step + 1
        running.advance()
        stand(f"inside-{step}")
    stand(f"after-{step}")


if __name__ == "__main__":
    main(sys.argv[1:])
