"""Looks into an Excel file before anybody unpacks it: how large would it become?

A file of some kilobytes can claim gigabytes, or one cell in the last row and column of the sheet, which a reader turns
into sixteen thousand million empty cells. Sizes are counted while unpacking, since the directory may lie.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from copy import copy
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import zips
from daifuku.transfers.reading.refused import refused

UNPACKED_LIMIT = 200 * 1024 * 1024
PARTS_LIMIT = 2_000
CELLS_LIMIT = 20_000_000
CHUNK = 1024 * 1024
CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
LONGEST_CELL = 20


def check_workbook(file: BinaryIO) -> None:
    """Raises Invalid for what is no workbook, is damaged, or would become too large."""
    try:
        with zips.opened(file) as archive:
            _check(archive)
    except zips.TooManyParts as error:
        raise too_large() from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise refused(
            _("Excelファイルが壊れています。Excelで開き、保存し直してください。"), "damaged"
        ) from error
    except RuntimeError as error:
        raise refused(_("パスワードを外してから、もう一度選んでください。"), "password") from error


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin"}:
        raise refused(
            _("これは圧縮ファイルです。展開して、中のExcelかCSVのファイルを選んでください。"), "not_a_table"
        )
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise too_large()
    left = UNPACKED_LIMIT
    for part in parts:
        left -= _unpacked_size(archive, part, left)


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Reads past the size that the directory claims, and forgets what it reads."""
    unbelieved = copy(part)
    unbelieved.file_size = UNPACKED_LIMIT * 10
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, extent, tail = 0, _Extent(), b""
    with archive.open(unbelieved) as content:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise too_large()
            if is_sheet:
                extent.see(tail + chunk)
                tail = chunk[-LONGEST_CELL:]
    return size


class _Extent:
    """How wide and how long a sheet is."""

    def __init__(self) -> None:
        self.columns: set[bytes] = set()
        self.last_row = 0

    def see(self, xml: bytes) -> None:
        cells = CELL.findall(xml)
        if not cells:
            return
        self.columns.update(column for column, _row in cells)
        self.last_row = max(self.last_row, max(int(row) for _column, row in cells))
        if self.last_row * max(map(_number_of, self.columns)) > CELLS_LIMIT:
            raise too_large()


def _number_of(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def too_large() -> Exception:
    return refused(
        _(
            "展開すると大きすぎるExcelファイルです。使っていない行や列、画像を削除するか、CSVで保存し直してください。"
        ),
        "too_large",
    )
