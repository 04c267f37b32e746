"""The disk is full (F06): reading goes on, writing is refused in words, and comes back by itself with the space."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Prepared
from tests.faults.test_database_goes_away import COUNT, new_account, pages, wait_for_status
from tests.support.firm import Firm, found_firm
from tests.support.server import Answer, Server, Upload

NOTE = "あ" * 30_000


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, which only root can make here."""
    folder = Path(tempfile.mkdtemp(prefix="daifuku-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder], check=False)
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("a full disk needs root, who may mount one")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


@pytest.fixture
def server(prepared: Prepared, small_disk: Path) -> Iterator[Server]:
    if prepared.database is not None:
        pytest.skip("the disk of a PostgreSQL server is its own matter")
    server = prepared.server(small_disk / "home")
    try:
        server.start()
        yield server
    finally:
        server.end()


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                assert error.errno == errno.ENOSPC
    return filler


def write_until_refused(server: Server, firm: Firm) -> tuple[Answer, int]:
    """What stands in the log already has its place on the disk and is written over: so long writing goes on."""
    for number in range(1000):
        method, path, data, _headers = new_account(1000 + number)
        answer = server.ask(method, path, {**data, "note": NOTE}, headers=firm.program, timeout=30)
        if answer.status != 201:
            return answer, number
    raise AssertionError("the disk is not full")


def test_reading_goes_on_and_writing_comes_back(server: Server, small_disk: Path) -> None:
    firm = found_firm(server)
    method, path, data, _headers = new_account(1)
    assert server.ask(method, path, data, headers=firm.program).status == 201
    filler = fill(small_disk)
    try:
        for page in pages(firm):
            assert server.ask("GET", page, headers=firm.browser).status == 200, page
        refused, written = write_until_refused(server, firm)
        assert (refused.status, refused.json()["code"]) == (507, "disk_full"), refused.body
        sent = Upload("a.txt", os.urandom(2_000_000))
        address = f"/api/v1/accounts/{firm.account}/files"
        assert server.ask("POST", address, sent, headers=firm.program, timeout=30).status == 507
    finally:
        filler.unlink()
    wait_for_status(server, 200, 5)
    assert server.ask(*new_account(3)[:3], headers=firm.program).status == 201
    assert server.python(COUNT) == 2 + written
    assert "whole" in server.manage("ledger", "verify")
