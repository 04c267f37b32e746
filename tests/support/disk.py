"""A disk that can lose its power: a file system in a file, and copies of what its block device held at one moment.

Programs that write there are stopped for a moment, and the file is copied while nothing reaches the device: what a
program had written without asking for it to be kept (fsync) is still in the machine's memory and misses in the copy,
exactly as after a power cut.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

SIZE = "1G"
PATIENCE = 30


class Disk:
    """`place` is where it is mounted."""

    def __init__(self, image: Path, place: Path) -> None:
        self.image, self.place = image, place

    def copy_without_power(self, to: Path, processes: Sequence[int]) -> None:
        """What a machine finds that lost its power now. The processes go on afterwards."""
        for number in processes:
            os.kill(number, signal.SIGSTOP)
        try:
            self._copy(to)
        finally:
            for number in processes:
                os.kill(number, signal.SIGCONT)

    def _copy(self, to: Path) -> None:
        """Again, should the kernel itself have written meanwhile."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            before = self._written()
            subprocess.run(["cp", "--sparse=always", self.image, to], check=True)
            if self._written() == before:
                return
        raise AssertionError("the disk never stands still")

    def _written(self) -> list[str]:
        """All that the device has done so far but reading, and what it is at."""
        device = _output("losetup", "-n", "-O", "NAME", "-j", str(self.image)).strip()
        return Path(f"/sys/block/{Path(device).name}/stat").read_text().split()[4:]


@contextmanager
def mounted(image: Path) -> Iterator[Disk]:
    """The system's own recovery runs here, as at the start of a machine."""
    place = Path(tempfile.mkdtemp(prefix="daifuku-disk-"))
    try:
        subprocess.run(["mount", "-o", "loop", image, place], check=True, capture_output=True)
        try:
            yield Disk(image, place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
    finally:
        place.rmdir()


@contextmanager
def fresh() -> Iterator[Disk]:
    """An empty one; skips, for all to see, where this machine does not lend one."""
    folder = Path(tempfile.mkdtemp(prefix="daifuku-image-"))
    image = folder / "image"
    try:
        trouble = _make(image)
        if trouble:
            warnings.warn(f"POWER CUTS WERE NOT TRIED: {trouble}", stacklevel=2)
            pytest.skip(f"power cuts need a disk of their own: {trouble}")
        with mounted(image) as disk:
            yield disk
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(image: Path) -> str:
    """What hinders it; nothing where it was made and can be mounted."""
    if os.geteuid() != 0:
        return "only root may mount one"
    if not Path("/dev/loop-control").exists():
        return "this machine has no loop devices"
    program = shutil.which("mkfs.ext4", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        return "mkfs.ext4 is missing"
    _output("truncate", "-s", SIZE, str(image))
    _output(program, "-q", str(image))
    try:
        with mounted(image):
            return ""
    except subprocess.CalledProcessError as error:
        return error.stderr.decode(errors="replace").strip()


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
