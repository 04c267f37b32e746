"""PostgreSQL's own pg_receivewal writes down every change as it is made, beside a base to which they are applied.

With `synchronous_standby_names = 'pg_receivewal'` on the server nothing is acknowledged that the copy has not got.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from daifuku.backups.engines import postgresql

SLOT = "daifuku_copy"


def receive(to: Path, database: Mapping[str, Any]) -> subprocess.Popen[str]:
    """The process that receives changes until it is ended. Raises OSError."""
    (to / "wal").mkdir(parents=True, exist_ok=True, mode=0o700)
    _run("pg_receivewal", ["--create-slot", "--if-not-exists", f"--slot={SLOT}"], database)
    arguments = ["--no-password", f"--directory={to / 'wal'}", f"--slot={SLOT}", "--synchronous", "--no-loop"]
    return postgresql.start("pg_receivewal", arguments, database)


def take_base(to: Path, database: Mapping[str, Any]) -> None:
    """Once, after the changes have begun to come in: the state to which they are applied. Raises OSError."""
    base, part = to / "base", to / "base.part"
    if base.exists():
        return
    shutil.rmtree(part, ignore_errors=True)
    _run("pg_basebackup", [f"--pgdata={part}", "--wal-method=stream", "--checkpoint=fast"], database)
    part.rename(base)


def _run(program: str, arguments: list[str], database: Mapping[str, Any]) -> None:
    if failed := postgresql.run(program, ["--no-password", *arguments], database):
        raise OSError(failed)
