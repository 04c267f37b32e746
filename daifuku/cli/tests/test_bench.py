"""The bench measures in a database of its own, and never touches a firm's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgresql import PostgreSQL
from tests.support.sources import ROOT


def bench(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAIFUKU_", "DJANGO_"))}
    if home is not None:
        kept["DAIFUKU_HOME"] = str(home)
    command = [sys.executable, "-m", "daifuku.cli", "bench", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)


SMALL = ("--rows", "120", "--times", "2", "--imported", "30", "--seconds", "0.2")


def test_it_fills_measures_and_leaves_the_firm_alone(tmp_path: Path) -> None:
    done = bench(*SMALL, home=tmp_path)
    assert done.returncode == 0, done.stderr
    for what in (
        "list of 50, first page",
        "open an account",
        "save a talk, by the API",
        "save: the verb",
        "import of 30 rows",
    ):
        assert f"| {what} |" in done.stdout
    for connections in (1, 8, 32):
        assert f"| list of 50, first page | {connections} |" in done.stdout
    assert "web and worker held" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgresql
def test_a_database_with_a_firm_in_it_is_refused() -> None:
    server = PostgreSQL()
    server.create()
    try:
        arguments = (
            *SMALL,
            "--served",
            "list of 50",
            "--engine",
            "postgresql",
            "--database",
            server.address(),
        )
        done = bench(*arguments)
        assert done.returncode == 0, done.stderr
        server._run(
            "psql", "-h", server.folder, "-U", "daifuku", "-c", "UPDATE staff_company SET name = '青葉'"
        )
        refused = bench(*arguments)
        assert (refused.returncode, "not touched" in refused.stderr) == (2, True)
    finally:
        server.remove()


def test_postgresql_needs_an_address() -> None:
    assert bench("--engine", "postgresql").returncode == 2
