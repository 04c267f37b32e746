"""Reads an Excel file for the first time in a process of its own, with limits.

The reader takes memory for every cell between the outermost ones and ends the whole program when there is not enough:
a file of five kilobytes with one cell in the last row and column would take everybody's pages away.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from daifuku.transfers.reading.refused import refused
from daifuku.transfers.reading.unpacking import CELLS_LIMIT, too_large
from daifuku.transfers.reading.weighed import TOO_MANY_CELLS

MEMORY_LIMIT = 2 * 1024**3
SECONDS = 180
PROGRAM = Path(__file__).with_name("weighed.py")


def weigh(file: BinaryIO) -> None:
    """Raises Invalid for what is too large to be read here. What is damaged or locked is said when it is read."""
    file.seek(0)
    command = [sys.executable, "-I", str(PROGRAM), str(MEMORY_LIMIT), str(CELLS_LIMIT)]
    try:
        done = subprocess.run(command, input=file.read(), capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        raise too_large() from error
    finally:
        file.seek(0)
    if done.returncode == TOO_MANY_CELLS or done.returncode < 0:
        raise too_large()
    if done.returncode and b"CalamineError" not in done.stderr and b"PasswordError" not in done.stderr:
        raise refused(_("Excelファイルとして読めません。Excelで開き、保存し直してください。"), "damaged")
