"""What people get from the real server: several connections at once, over the loopback, and what it holds in memory.

The callers run in this process and take their part of the same cores.
"""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from daifuku.cli.bench.filling import Firm
from daifuku.cli.bench.pages import Page
from daifuku.cli.bench.timing import Measured

CONNECTIONS = (1, 8, 32)
PROCESSES = 2
PATIENCE = 60.0
SETTLED_SECONDS = 8.0
EMPTY = Page("reference: an empty view", lambda number: "/healthz")


@dataclass
class Served:
    """How long each answer took, in milliseconds, and how many came in a second."""

    name: str
    connections: int
    seconds: float
    times: list[float] = field(default_factory=list)

    @property
    def line(self) -> str:
        each, rate = Measured(self.name, times=self.times), len(self.times) / self.seconds
        return f"| {self.name} | {self.connections} | {rate:,.0f} | {each.at(50):.1f} | {each.at(95):.1f} |"


def heading() -> str:
    return "\n| through the server | connections | a second | p50 ms | p95 ms |\n| --- | ---: | ---: | ---: | ---: |"


def lines(firm: Firm, asked: Sequence[Page], home: Path, seconds: float) -> Iterator[str]:
    """One after the other, so that they can be shown as they come."""
    with _server(home) as (port, process, started_in):
        with _worker(home) as worker:
            time.sleep(SETTLED_SECONDS)
            idle = _held(process.pid) + _held(worker.pid)
        for page, connections in itertools.product([EMPTY, *asked], CONNECTIONS):
            yield _asked(firm, port, page, connections, seconds).line
        held = _held(process.pid)
        yield (
            f"\nStarted in {started_in:.1f} s; web and worker held {idle / 1e6:,.0f} MB before all this, "
            f"web alone {held / 1e6:,.0f} MB after it."
        )


@contextmanager
def _worker(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DAIFUKU_HOME": str(home)}
    command = [sys.executable, "-m", "daifuku.cli", "worker"]
    process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own command
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


@contextmanager
def _server(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], float]]:
    port = _free_port()
    environment = {**os.environ, "DAIFUKU_HOME": str(home), "DAIFUKU_URL": f"http://localhost:{port}"}
    command = [sys.executable, "-m", "daifuku.server.web", "--listen", "127.0.0.1", "--port", str(port)]
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--processes", str(PROCESSES)], env=environment, start_new_session=True
    )
    try:
        while not _answers(port):
            if time.perf_counter() - started > PATIENCE or process.poll() is not None:
                raise RuntimeError("the server does not start")
            time.sleep(0.05)
        yield port, process, time.perf_counter() - started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _asked(firm: Firm, port: int, page: Page, connections: int, seconds: float) -> Served:
    served = Served(page.name, connections, seconds)
    numbers = itertools.count()
    ends = time.perf_counter() + seconds

    def call() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while time.perf_counter() < ends:
            started = time.perf_counter()
            _ask(line, page, next(numbers), firm, port)
            served.times.append((time.perf_counter() - started) * 1000)
        line.close()

    callers = [threading.Thread(target=call) for _number in range(connections)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return served


def _ask(line: http.client.HTTPConnection, page: Page, number: int, firm: Firm, port: int) -> None:
    path = quote(page.address(number), safe="/?=&%.+-")
    headers = {"Host": f"localhost:{port}", **_who(firm, page)}
    line.request(page.method, path, page.content(number).encode() or None, headers)
    answer = line.getresponse()
    body = answer.read()
    if answer.status not in {200, 201}:
        raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")


def _who(firm: Firm, page: Page) -> dict[str, str]:
    if page.body is None:
        return {
            "Cookie": "; ".join(f"{name}={kept.value}" for name, kept in page.reader(firm).cookies.items())
        }
    key = f"{time.monotonic_ns()}-{threading.get_ident()}"
    return firm.program | {"Content-Type": "application/json", "Idempotency-Key": key}


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _held(leader: int) -> int:
    """Bytes of all processes of the session, memory that they share counted once (Linux, PSS)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == leader:
                text = (folder / "smaps_rollup").read_text()
                total += (
                    next(int(row.split()[1]) for row in text.split("\n") if row.startswith("Pss:")) * 1024
                )
        except (OSError, StopIteration):
            continue
    return total
