"""A PostgreSQL server for the tests: in a temporary folder, reached by a socket in it, gone when the tests end.

Durability is off, because a test database need not outlive a power cut; crash tests ask for `durable=True`.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.support import kept

PROGRAMS = Path("/usr/lib/postgresql")
# Compiling a query takes longer than answering it where there are few rows. Cleaning up behind the migrations holds
# back, at times of its own, which lines of the ledger are told as settled.
FORGETFUL = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off", "autovacuum": "off",
    "wal_level": "minimal", "max_wal_senders": "0", "min_wal_size": "32MB",
}  # fmt: skip
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


class PostgreSQL:
    """One server with an empty database `daifuku`; it refuses to run as root, so root lends it another account."""

    def __init__(self, *, durable: bool = False) -> None:
        self.settings = SETTINGS if durable else SETTINGS | FORGETFUL
        self.account = _unprivileged_account()
        self.folder = Path(tempfile.mkdtemp(prefix="daifuku-pg-", dir="/tmp"))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.data = self.folder / "data"
        self.process: subprocess.Popen[bytes] | None = None

    def address(self, database: str = "daifuku") -> str:
        return f"postgresql://daifuku@localhost/{database}?host={self.folder}"

    def create(self, model: Path | None = None) -> None:
        """With `model`, the data folder of a server that was stopped, its copy."""
        if model is not None:
            # Unlike Python's own copying, cp -a keeps the owner.
            subprocess.run(["cp", "-a", str(model), str(self.data)], check=True)
            self.start()
            return
        form = ("-U", "daifuku", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
        self._run("initdb", "-D", self.data, *form)
        self.start()
        self._run("createdb", "-h", self.folder, "-U", "daifuku", "daifuku")

    def start(self) -> None:
        options = [option for key, value in self.settings.items() for option in ("-c", f"{key}={value}")]
        command = [_program("postgres"), "-D", str(self.data), "-k", str(self.folder), *options]
        self.process = subprocess.Popen(command, preexec_fn=_end_with_parent, **self._as_account())
        deadline = time.monotonic() + 30
        ready = [_program("pg_isready"), "-q", "-h", str(self.folder), "-U", "daifuku", "-d", "postgres"]
        while subprocess.run(ready, check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL does not start")
            time.sleep(0.05)

    def stop(self) -> None:
        """SIGINT is PostgreSQL's word for: end all sessions and stop."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def lend(self, name: str) -> bool:
        """Becomes a copy of the server that was kept, its migrated database under this name; no if there is none."""
        archive = kept.postgresql(_version())
        if not archive.exists():
            return False
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        subprocess.run(["tar", "-xpf", str(archive), "-C", str(self.data)], check=True)
        self.start()
        self._ask(f'DROP DATABASE IF EXISTS "{name}"')
        self._ask(f'ALTER DATABASE migrated RENAME TO "{name}"')
        return True

    def keep(self, name: str) -> None:
        """Keeps the database of this name, which nobody may be connected to, for `lend`."""
        archive = kept.postgresql(_version())
        made = archive.with_suffix(f".{os.getpid()}")
        self._ask(f'ALTER DATABASE "{name}" RENAME TO migrated')
        self.stop()
        subprocess.run(["tar", "-cf", str(made), "-C", str(self.data), "."], check=True)
        self.start()
        self._ask(f'ALTER DATABASE migrated RENAME TO "{name}"')
        kept.put(made, archive)

    def _ask(self, sql: str) -> None:
        self._run("psql", "-q", "-h", self.folder, "-U", "daifuku", "-d", "postgres", "-c", sql)

    def _run(self, program: str, *arguments: object) -> None:
        command = [_program(program), *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, check=False, **self._as_account())
        if result.returncode:
            raise RuntimeError(f"{program} failed: {result.stderr.decode(errors='replace')}")

    def _as_account(self) -> dict[str, Any]:
        account = {"user": self.account.pw_uid, "group": self.account.pw_gid} if self.account else {}
        return {"cwd": self.folder, "extra_groups": [] if self.account else None, **account}


# The server of this process.
running: PostgreSQL | None = None


def start_until_exit() -> str:
    """The address of a new server that ends with this process."""
    global running
    running = PostgreSQL()
    atexit.register(running.remove)
    running.create()
    return running.address()


def _unprivileged_account() -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _version() -> str:
    return Path(_program("postgres")).parts[4]


def _program(name: str) -> str:
    """The newest installed one; Debian keeps each version in a folder of its own."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if not found:
        raise RuntimeError("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    return str(found[-1])


def _end_with_parent() -> None:
    """Asks Linux to end the server when the tests are killed and cannot stop it themselves (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)
