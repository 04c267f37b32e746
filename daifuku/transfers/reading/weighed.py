"""A program of its own, run by `weighing`: reads an Excel file from stdin and ends well if that went well.

It imports nothing of ours, so that it starts fast. Its end says what was wrong: 3 too many cells, anything else
damaged; a signal means that it wanted more memory than it was given.
"""

from __future__ import annotations

import resource
import sys
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum

TOO_MANY_CELLS = 3
PROCESSOR_SECONDS = 120


def weigh(data: bytes, cells: int) -> int:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            rows = book.get_sheet_by_name(sheet.name)
            if rows.total_height * rows.total_width > cells:
                return TOO_MANY_CELLS
    return 0


if __name__ == "__main__":
    memory, most = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(weigh(sys.stdin.buffer.read(), most))
