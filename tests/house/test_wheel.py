"""The package: built, installed with the locked packages into an empty environment, started, asked for its health."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.server import Server
from tests.support.sources import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True
    )
    return next(folder.glob("daifuku-*.whl"))


def test_the_wheel_holds_the_product_and_not_its_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "daifuku/cli/__init__.py" in names
    assert "daifuku/web/templates/web/own_ca.html" in names
    assert [name for name in names if "/tests/" in name] == []
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_an_installed_wheel_starts(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements" / "runtime.txt")]
    subprocess.run([*install, *locked], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    home = tmp_path / "home"
    home.mkdir()
    server = Server(home, program=[str(tmp_path / "venv" / "bin" / "daifuku")], folder=tmp_path)
    try:
        server.start()
        assert server.ask("GET", "/healthz").status == 200
        assert server.stop() == 0
    finally:
        server.end()
