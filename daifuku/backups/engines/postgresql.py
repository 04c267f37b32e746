"""PostgreSQL: pg_dump's own format, which later versions of the server read as well."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from daifuku.backups.archive import Broken
from daifuku.foundation.errors import Conflict

PROGRAMS = Path("/usr/lib/postgresql")


def dump(to: Path) -> None:
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={to}"]
    failed = run("pg_dump", arguments, connection.settings_dict)
    if failed:
        raise OSError(failed)


def restore(path: Path, database: Mapping[str, Any]) -> None:
    """Into an empty database, all or nothing. Raises Broken."""
    arguments = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(path)]
    failed = run("pg_restore", [f"--dbname={database['NAME']}", *arguments], database)
    if failed:
        raise Broken(_("データベースに戻せませんでした: %(problem)s") % {"problem": failed})


def run(program: str, arguments: list[str], database: Mapping[str, Any]) -> str:
    """What the program complained about; empty when it went well."""
    command = [find(program), *arguments]
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env=_environment(database), capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stderr.strip()[-400:] or f"{program}: {done.returncode}"


def start(program: str, arguments: list[str], database: Mapping[str, Any]) -> subprocess.Popen[str]:
    """A program that goes on."""
    command = [find(program), *arguments]
    return subprocess.Popen(  # noqa: S603 - our own arguments
        command, env=_environment(database), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    """How the server's own programs are told where it is; a password among the arguments could be seen by others."""
    given = {
        "PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"], "PGDATABASE": database["NAME"],
    }  # fmt: skip
    options = {
        f"PG{name.upper()}": value for name, value in database["OPTIONS"].items() if name.startswith("ssl")
    }
    return {**os.environ, **{name: str(value) for name, value in {**given, **options}.items() if value}}


def find(program: str) -> str:
    """The newest one that is installed: an older pg_dump refuses a newer server. Raises Conflict."""
    installed = sorted(PROGRAMS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if found is None:
        sentence = _("%(program)s が見つかりません。Debianでは: sudo apt-get install postgresql-client")
        raise Conflict(sentence % {"program": program}, code="program_missing")
    return found
