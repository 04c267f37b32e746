"""The real program for tests that hurt it: started as `daifuku up` on a home of its own, killed, stopped, asked."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tests.support.postgresql import PostgreSQL
from tests.support.sources import ROOT

Victim = Literal["web", "worker", "everything"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Upload:
    """A file, sent as a browser's form sends it."""

    name: str
    content: bytes

    def form(self) -> tuple[bytes, str]:
        boundary = secrets.token_hex(16)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{self.name}"\r\n\r\n'
        whole = head.encode() + self.content + f"\r\n--{boundary}--\r\n".encode()
        return whole, f"multipart/form-data; boundary={boundary}"


@dataclass
class Server:
    """One running program; `database` is a PostgreSQL server of its own, or None for SQLite in the home."""

    home: Path
    database: PostgreSQL | None = None
    environment: dict[str, str] = field(default_factory=dict)
    program: Sequence[str] = (sys.executable, "-m", "daifuku.cli")
    folder: Path = ROOT
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DAIFUKU_", "DJANGO_"))
        }
        address = {"DAIFUKU_DATABASE": self.database.address()} if self.database else {}
        self.environment = kept | {"DAIFUKU_HOME": str(self.home)} | address | self.environment

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "log.txt"

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [*self.program, "up", "--port", str(self.port)]
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_healthy()

    def wait_until_healthy(self, seconds: float = 180) -> float:
        """How long it took until /healthz said yes."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                if self.ask("GET", "/healthz").status == 200:
                    return time.monotonic() - started
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise AssertionError(f"the server is not healthy; its log ends\n{self.log.read_text()[-3000:]}")

    def stop(self) -> int:
        """As Ctrl-C does; the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(60)
        self.process = None
        return status

    def kill(self, victim: Victim) -> None:
        """kill -9 of the web processes and their parent, of the worker, or of everything at once."""
        assert self.process is not None
        children = {number: command_of(number) for number in children_of(self.process.pid)}
        if victim == "everything":
            for number in [self.process.pid, *all_below(self.process.pid)]:
                end(number)
            self.process.wait()
            return
        mark = "daifuku.server.web" if victim == "web" else "worker"
        for number, command in children.items():
            if mark in command:
                below = all_below(number)
                for each in (number, *below):
                    end(each)

    def revive(self) -> None:
        """Starts it again if everything was killed, else waits until the parent has."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        else:
            self.wait_until_healthy()

    def ask(
        self,
        method: str,
        path: str,
        data: object = None,
        *,
        headers: dict[str, str] | None = None,
        timeout: float = 10,
    ) -> Answer:
        """One request, once; whoever wants retries is a `Writers`."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=timeout)
        body, kind = _sent(data)
        try:
            connection.request(method, path, body, {**kind, **(headers or {})})
            answer = connection.getresponse()
            return Answer(
                answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
            )
        finally:
            connection.close()

    def manage(self, *arguments: str) -> str:
        """A management command on the same data; what it printed."""
        return self._run("-m", "daifuku.cli", "manage", *arguments)

    def python(self, code: str) -> Any:
        """Runs code with Django loaded on the same data; what it assigned to `result`, by way of JSON."""
        program = (
            f"import django, json; django.setup()\n{code}\nprint('\\n' + json.dumps(result, default=str))"
        )
        return json.loads(self._run("-c", program).strip().split("\n")[-1])

    def _run(self, *arguments: str) -> str:
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "daifuku.settings"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def database_gone(self) -> Iterator[None]:
        """PostgreSQL stopped, or SQLite locked by a stranger who writes and writes, until the block ends."""
        if self.database is not None:
            self.database.stop()
            try:
                yield
            finally:
                self.database.start()
            return
        stranger = sqlite3.connect(self.home / "daifuku.sqlite3", isolation_level=None)
        stranger.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            stranger.execute("ROLLBACK")
            stranger.close()

    @contextmanager
    def database_frozen(self) -> Iterator[None]:
        """All processes of PostgreSQL stand still until the block ends; they keep their connections."""
        assert self.database is not None and self.database.process is not None
        numbers = [self.database.process.pid, *all_below(self.database.process.pid)]
        for number in numbers:
            os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            for number in numbers:
                os.kill(number, signal.SIGCONT)

    def end(self) -> None:
        """Leaves nothing running, whatever the test did."""
        if self.process is not None and self.process.poll() is None:
            for number in [self.process.pid, *all_below(self.process.pid)]:
                end(number)
            self.process.wait()


def _sent(data: object) -> tuple[bytes | None, dict[str, str]]:
    if data is None:
        return None, {}
    if isinstance(data, Upload):
        body, kind = data.form()
        return body, {"Content-Type": kind}
    return json.dumps(data).encode(), {"Content-Type": "application/json"}


def new_key() -> str:
    return secrets.token_hex(16)


def children_of(number: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except FileNotFoundError:
        return []


def all_below(number: int) -> list[int]:
    children = children_of(number)
    return [*children, *(below for child in children for below in all_below(child))]


def command_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def end(number: int) -> None:
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return
