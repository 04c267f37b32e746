"""Reads a firm's settings from the environment (or from files, for secrets) and fails loudly on a bad value."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from datetime import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(Exception):
    """A setting cannot be understood; the message says which one and what is expected."""


def text(name: str, default: str = "") -> str:
    """The value of NAME, or what stands in the file that NAME_FILE names (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE: {file} cannot be read: {error.strerror}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value in {"1", "on", "true", "yes"}:
        return True
    if value in {"0", "off", "false", "no", ""}:
        return False
    raise SettingError(f"{name} is {value!r}; write on or off")


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}; write a whole number") from error
    if number < least:
        raise SettingError(f"{name} is {number}; the least is {least}")
    return number


def names(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def ladder(name: str, default: str) -> list[int]:
    """How many of each day, week and month are kept: three whole numbers with commas."""
    value = text(name, default)
    try:
        days, weeks, months = (int(part) for part in value.split(","))
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}; write three whole numbers, as in 7,4,3") from error
    return [max(0, days), max(0, weeks), max(0, months)]


def clocks(name: str, default: str) -> tuple[time, time]:
    """From when until when, as in 20:00-07:00; past midnight where the second is the earlier one."""
    value = text(name, default)
    try:
        begin, end = (time.fromisoformat(part.strip().zfill(5)) for part in value.split("-"))
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}; write two times, as in 20:00-07:00") from error
    return begin, end


def home(checkout: Path) -> Path:
    """Where the firm's own data live: database, files, keys. In a checkout the folder `var` beside the code."""
    chosen = text("DAIFUKU_HOME")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
    elif (checkout / "pyproject.toml").exists():
        folder = checkout / "var"
    else:
        folder = Path.home() / ".local" / "share" / "daifuku"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The key from DAIFUKU_SECRET_KEY, or one that is made once and kept where only the owner can read it."""
    given = text("DAIFUKU_SECRET_KEY")
    if given:
        return given
    path = folder / "secret.key"
    if path.exists() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    # All processes of a first start come here at once: whoever is second must not read what is not written yet.
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read().strip()
        if not key:
            key = secrets.token_urlsafe(48)
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    return key


SQLITE = "daifuku.foundation.sql.sqlite3"
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; "
    "PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=8000;"
)


def database(folder: Path) -> dict[str, object]:
    """Django's entry for DAIFUKU_DATABASE: empty or a path (SQLite), or postgresql://user:word@host:port/name.

    SQLite keeps acknowledged work through a power cut only with synchronous=FULL, and answers writers fairly
    only when each write transaction begins IMMEDIATE. What is erased is overwritten at once (secure_delete).
    """
    entry = database_at(text("DAIFUKU_DATABASE"), folder)
    if entry["ENGINE"] == SQLITE:
        _keep_from_others(Path(str(entry["NAME"])))
    return entry


def _keep_from_others(path: Path) -> None:
    """SQLite makes files that everybody on the machine can read: customers, sessions, hashes of passwords.

    What it puts beside the database has the database's rights. A group that the administrator chose stays.
    """
    if not path.parent.is_dir() or path.name == ":memory:":
        return
    # Only a file that nobody has open yet: closing it would take SQLite's locks away.
    with suppress(OSError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with suppress(OSError):
            rights = each.stat().st_mode
            if rights & 0o007:
                each.chmod(rights & 0o770)


def database_at(given: str, folder: Path) -> dict[str, object]:
    """The entry for what was given as DAIFUKU_DATABASE."""
    if given.startswith(("postgresql://", "postgres://")):
        return _postgresql(given)
    path = Path(given.removeprefix("sqlite://")) if given else folder / "daifuku.sqlite3"
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        # Opened anew now and then: what `ANALYZE` found at night is read when a connection is opened.
        "CONN_MAX_AGE": 3600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


# No question waits longer than this (milliseconds). The others are for many short questions on a disk without moving
# parts: to compile a question, or to call helpers for it, takes longer than nearly all of them.
POSTGRESQL = {
    "statement_timeout": 30_000,
    "lock_timeout": 10_000,
    "idle_in_transaction_session_timeout": 60_000,
    "random_page_cost": 1.1,
    "jit": "off",
    "max_parallel_workers_per_gather": 0,
}


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if not parts.path.strip("/"):
        raise SettingError("DAIFUKU_DATABASE names no database: postgresql://user:word@host:5432/daifuku")
    options: dict[str, object] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 4000,
        # A question that is asked again and again (`prepared.py`) is kept by the server from its first time on: each
        # thread has a connection of its own, and people would wait until all of them had learnt it.
        "prepare_threshold": 0,
        "options": " ".join(f"-c {name}={value}" for name, value in POSTGRESQL.items()),
    }
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    options.update(query)
    return {
        "ENGINE": "daifuku.foundation.sql.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or text("DAIFUKU_DATABASE_PASSWORD"),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 3600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
