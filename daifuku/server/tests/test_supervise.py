"""The parent starts died children again and stops all of them in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PARENT = """
import sys
from daifuku.server.supervisor import Child, Supervisor
folder = sys.argv[1]
children = [Child(name, [sys.executable, "-c", sys.argv[2], folder, name]) for name in ("web", "worker")]
Supervisor(children).run(lambda: None)
open(folder + "/stopped", "w").close()
"""
CHILD = """
import os, signal, sys, time
folder, name = sys.argv[1:]
def stop(*_):
    open(f"{folder}/order", "a").write(name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open(f"{folder}/{name}.new", "w").write(str(os.getpid()))
os.rename(f"{folder}/{name}.new", f"{folder}/{name}")
time.sleep(60)
"""


@pytest.fixture
def parent(tmp_path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path), CHILD])
    until(lambda: (tmp_path / "web").exists() and (tmp_path / "worker").exists())
    return process


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it does not come true"
        time.sleep(0.02)


def pid(tmp_path: Path, name: str) -> int:
    return int((tmp_path / name).read_text())


def alive(number: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_died_child_is_started_again(parent: subprocess.Popen[bytes], tmp_path: Path, name: str) -> None:
    first = pid(tmp_path, name)
    os.kill(first, signal.SIGKILL)
    until(lambda: pid(tmp_path, name) != first)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(10) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_the_web_processes_before_the_worker(
    parent: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
) -> None:
    parent.send_signal(number)
    assert parent.wait(10) == 0
    assert (tmp_path / "order").read_text().split() == ["web", "worker"]
    assert (tmp_path / "stopped").exists()


def test_children_end_with_a_parent_that_is_killed(parent: subprocess.Popen[bytes], tmp_path: Path) -> None:
    children = [pid(tmp_path, "web"), pid(tmp_path, "worker")]
    parent.kill()
    parent.wait()
    until(lambda: not any(map(alive, children)))
