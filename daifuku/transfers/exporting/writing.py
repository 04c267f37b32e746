"""Writes records into a file, row by row, without holding them all."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

import rustpy_xlsxwriter

from daifuku.foundation.csv import encode, harmless, unsayable
from daifuku.transfers.exporting.columns import Column

CSV, XLSX = "csv", "xlsx"
UNSAYABLE_SHOWN = 60
TOLD_EVERY = 500
ENCODED_AT_ONCE = 100_000


@dataclass
class Written:
    """How many rows, and which characters the encoding does not have."""

    rows: int = 0
    unsayable: set[str] = field(default_factory=set)

    @property
    def missing(self) -> str:
        return "".join(sorted(self.unsayable))[:UNSAYABLE_SHOWN]


Told = Callable[[int], None]


def write_csv(
    out: BinaryIO, columns: Sequence[Column], records: Iterable[Any], encoding: str, *, told: Told
) -> Written:
    """Formulas get a mark that makes them harmless; the import takes it away again."""
    written = Written()
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([harmless(column.heading) for column in columns])
    if encoding == "utf-8-sig":
        out.write(BOM_UTF8)
    for record in _counted(records, written, told):
        writer.writerow([_cell(column.value(record)) for column in columns])
        if lines.tell() > ENCODED_AT_ONCE:
            _put(out, lines, encoding, written)
    _put(out, lines, encoding, written)
    return written


def _put(out: BinaryIO, lines: io.StringIO, encoding: str, written: Written) -> None:
    text = lines.getvalue()
    lines.seek(0)
    lines.truncate()
    if encoding.startswith("utf"):
        out.write(text.encode())
        return
    try:
        out.write(text.encode(encoding))
    except UnicodeEncodeError:
        written.unsayable |= unsayable(text, encoding)
        out.write(encode(text, encoding))


def _cell(value: Any) -> str:
    """Numbers stay numbers, also negative ones; only text can be a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d %H:%M:%S}"
    return f"{value:%Y/%m/%d}" if isinstance(value, date) else str(value)


def write_xlsx(
    out: BinaryIO, columns: Sequence[Column], records: Iterable[Any], sheet: str, *, told: Told
) -> Written:
    """Text is written as text, so that no cell becomes a formula, a link or a number."""
    written = Written()

    def rows() -> Iterator[dict[str, Any]]:
        for record in _counted(records, written, told):
            yield {column.heading: column.value(record) for column in columns}

    listed = rows()
    first = next(listed, None)
    if first is None:
        heading = [dict.fromkeys((column.heading for column in columns), None)]
        rustpy_xlsxwriter.write_worksheet(heading, out, sheet_name=_sheet_name(sheet), bold_headers=True)
        return written
    rustpy_xlsxwriter.write_worksheet(
        _with_first(first, listed), out, sheet_name=_sheet_name(sheet), bold_headers=True, freeze_row=1,
        autofilter=True, datetime_format="yyyy/mm/dd hh:mm",
    )  # fmt: skip
    return written


def _with_first(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _sheet_name(name: str) -> str:
    """Excel forbids some characters and more than 31 of them."""
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31] or "Sheet1"


def _counted(records: Iterable[Any], written: Written, told: Told) -> Iterator[Any]:
    for record in records:
        yield record
        written.rows += 1
        if written.rows % TOLD_EVERY == 0:
            told(TOLD_EVERY)
    told(written.rows % TOLD_EVERY)
