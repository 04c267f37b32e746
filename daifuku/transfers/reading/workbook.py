"""Excel sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from daifuku.transfers.reading.refused import refused

FIRST_SERIAL, LAST_SERIAL = 1, 1_500_000


Looks = Callable[["SheetRows"], bool]


@dataclass
class SheetRows:
    sheets: list[str]
    sheet: str
    rows: Any
    first_line: int

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        return enumerate(self.rows.iter_rows(), start=self.first_line)


def read_workbook(data: bytes, sheet: str = "", looks_right: Looks = lambda rows: True) -> SheetRows:
    """The chosen sheet, or the first that looks right, or the first one that has something in it."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if sheet and sheet not in names:
            raise refused(_("このシートはファイルにありません。"), "no_sheet", "sheet")
        first = None
        for name in [sheet] if sheet else names:
            rows = book.get_sheet_by_name(name)
            found = SheetRows(names, name, rows, (rows.start or (0, 0))[0] + 1)
            if sheet or rows.height and looks_right(found):
                return found
            first = first or (found if rows.height else None)
        if first is not None:
            return first
    except PasswordError as error:
        raise refused(_("パスワードを外してから、もう一度選んでください。"), "password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise refused(
            _("Excelファイルとして読めません。Excelで開き、保存し直してください。"), "damaged"
        ) from error
    raise refused(_("どのシートにもデータがありません。"), "empty")


def day_of_serial(number: float) -> date | None:
    """Excel keeps a day as the number of days since 1899-12-30."""
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return None
    return (datetime(1899, 12, 30) + timedelta(days=number)).date()  # noqa: DTZ001 - a day, not an instant
