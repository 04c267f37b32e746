"""What `daifuku up` refuses, each time with a sentence that says what to do instead."""

from __future__ import annotations

import fcntl
import socket
from pathlib import Path

import pytest

from daifuku.cli.up import up


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAIFUKU_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--listen", "0.0.0.0"], "--own-ca"),
        (["--listen", "192.168.1.20", "--port", "80"], "--own-ca"),
        (["--cert", "a.pem"], "--key"),
        (["--cert", "a.pem", "--key", "b.pem", "--own-ca"], "--own-ca"),
        (["--cert", "a.pem", "--key", "b.pem"], "a.pem"),
    ],
)
def test_a_start_that_cannot_be_safe_is_refused(
    arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert up(arguments) == 1
    assert advice in capsys.readouterr().err


def test_a_port_in_use_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert up(["--port", str(other.getsockname()[1])]) == 1
    assert "--port" in capsys.readouterr().err


def test_a_second_server_on_the_same_data_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (home / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert up([]) == 1
    assert str(home) in capsys.readouterr().err
