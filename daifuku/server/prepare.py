"""What happens before the first page can be shown: tables brought up to date, files for browsers laid out.

Runs as a process of its own, so that the parent of all others stays small, and says on its last line, as JSON, what
the parent tells the person at the terminal.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daifuku.settings")
    django.setup()
    migrate()
    mend_indexes()
    collect_static()
    if "--demo" in sys.argv[1:]:
        from django.core.management import call_command

        call_command("demo")
    print(json.dumps({"setup_link": _setup_link()}))


def _setup_link() -> str | None:
    """The one-time link to the page where a new firm enters itself; nothing once it has."""
    from daifuku.staff.setup import setup_link

    return setup_link()


def migrate() -> None:
    """Only where something is to be done: looking costs 50 ms, Django's command half a second."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def mend_indexes() -> None:
    """A table that a migration rebuilt on SQLite has lost the indexes that the firm added.

    On a full disk pages can be read all the same; the worker tries again.
    """
    from django.db import DatabaseError

    from daifuku.records.index_upkeep import mend

    try:
        mend()
    except DatabaseError as error:
        print(f"indexes are looked at later: {error}", file=sys.stderr)


def collect_static() -> None:
    """Only where a file changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    mark = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if not mark.exists() or mark.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(state)


def _state_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            details = os.stat(storage.path(path))
            digest.update(f"{path} {details.st_size} {details.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
