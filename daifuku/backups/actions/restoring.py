"""Brings a backup back, always to a new place: what runs is never written over, and a bad backup harms nobody.

Everything is unpacked into `FOLDER.part` and checked against the digests, by the database itself and by the ledger's
chain; only then it gets its name. A program of the same or a later version starts from there: `DAIFUKU_HOME=FOLDER`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from daifuku.backups import archive
from daifuku.backups.archive import Broken
from daifuku.backups.engines import postgresql, sqlite
from daifuku.foundation import settings as read
from daifuku.foundation.disk import sync_folder
from daifuku.foundation.errors import Conflict

SQLITE_FILE = "daifuku.sqlite3"
SETTINGS = "daifuku.settings"


@dataclass(frozen=True)
class Restored:
    """Where it lies now, and what was found in it."""

    folder: Path
    made_at: str
    engine: str
    files: int
    lines: int


def restore(
    path: Path,
    folder: Path,
    key: str,
    *,
    database: str = "",
    told: Callable[[str], object] = lambda step: None,
) -> Restored:
    """Raises Broken (the key, the file, its content) and Conflict (the new place is not new).

    `database` is the address of an empty PostgreSQL database; for a backup of SQLite there is none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(
            _("%(folder)s は空ではありません。新しいフォルダーを指定してください。") % {"folder": folder}
        )
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        manifest = _unpack(path, part, key, told)
        told(_("データベースを確かめています"))
        environment = _put_database(part, manifest, database)
        told(_("台帳のつながりを確かめています"))
        lines = _verify(part, manifest, environment)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(folder.parent)
    return Restored(folder, manifest["made_at"], manifest["engine"], manifest["files"], lines)


def _unpack(path: Path, part: Path, key: str, told: Callable[[str], object]) -> dict[str, Any]:
    """Returns the manifest, with the number of files that were there: some may have been erased meanwhile."""
    manifest: dict[str, Any] = {}
    digests: dict[str, str] = {}

    def take(name: str, content: IO[bytes]) -> None:
        if name == "manifest.json":
            manifest.update(json.loads(content.read()))
            return
        target = part / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digests[name] = _copy(content, target)
        if name.startswith("files/") and digests[name] != target.name:
            raise Broken(_("添付ファイル %(name)s が壊れています。") % {"name": name})

    told(_("バックアップを開いています"))
    archive.unpack(path, key, take)
    if not manifest or digests.get("database") != manifest["database"]:
        raise Broken(_("バックアップの中のデータベースが壊れています。"))
    manifest["files"] = sum(name.startswith("files/") for name in digests)
    return manifest


def _copy(content: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := content.read(archive.PORTION):
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _put_database(part: Path, manifest: dict[str, Any], address: str) -> dict[str, str]:
    """Returns the settings with which the program finds it."""
    dumped = part / "database"
    if manifest["engine"] == "sqlite":
        if address:
            raise Conflict(_("このバックアップはSQLiteのものです。--database は要りません。"))
        dumped.rename(part / SQLITE_FILE)
        sqlite.check(part / SQLITE_FILE)
        return {}
    if not address:
        raise Conflict(
            _("このバックアップはPostgreSQLのものです。--database に空のデータベースを指定してください。")
        )
    settings = read.database_at(address, part)
    _need_empty(settings)
    postgresql.restore(dumped, settings)
    dumped.unlink()
    return {"DAIFUKU_DATABASE": address}


def _need_empty(settings: dict[str, Any]) -> None:
    found = postgresql.run("psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", "-c", EMPTY], settings)
    if found:
        raise Conflict(
            _("指定されたデータベースは空ではないか、つながりません: %(problem)s") % {"problem": found}
        )


EMPTY = (
    "DO $$ BEGIN IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'public' AND c.relkind = 'r') THEN RAISE EXCEPTION 'it has tables'; END IF; END $$"
)


# Brought up to date, checked, and silent until somebody decided what of the waiting messages may go.
COMMANDS = (["manage", "migrate", "--no-input", "-v", "0"], ["ledger", "verify"], ["sending", "hold"])


def _verify(part: Path, manifest: dict[str, Any], environment: dict[str, str]) -> int:
    """Another process brings the tables up to date and walks the chain: this one may have another database open."""
    (part / "ledger.anchor").write_text(f"{manifest['anchor']}\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DAIFUKU_")}
    for command in COMMANDS:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [sys.executable, "-m", "daifuku.cli", *command],
            env={**kept, **environment, "DAIFUKU_HOME": str(part), "DJANGO_SETTINGS_MODULE": SETTINGS},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-400:]
            raise Broken(_("戻した台帳の検査に通りませんでした: %(problem)s") % {"problem": said})
    return int(manifest["anchor"].partition(":")[0])
