"""A file as a table: where its headings stand, and the rows below them, one after the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext_lazy as _

from daifuku.transfers.reading.cells import Cell, as_text, is_blank
from daifuku.transfers.reading.nature import CARDS, TEXT
from daifuku.transfers.reading.refused import COLUMNS_LIMIT, refused, too_many_columns
from daifuku.transfers.reading.text import read_text
from daifuku.transfers.reading.vcard import read_cards
from daifuku.transfers.reading.workbook import read_workbook

SEARCHED_LINES = 20
Row = tuple[int, list[Cell]]


@dataclass
class Table:
    """`lines` are all lines of the file; `width` columns have a heading or something below it."""

    lines: Iterable[Row]
    headers: list[str]
    header_line: int
    encoding: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The rows below the headings that are not empty, beginning behind line `after`."""
        start = max(self.header_line, after)
        for line, cells in self.lines:
            if line > start and not is_blank(cells):
                yield line, cells

    def samples(self, count: int = 3) -> list[list[str]]:
        """For every column what stands in its first cells that are not empty."""
        found: list[list[str]] = [[] for _header in self.headers]
        for _line, cells in islice(self.rows(), 200):
            for values, cell in zip(found, cells, strict=False):
                text = as_text(cell).strip()
                if text and len(values) < count and text not in values:
                    values.append(text[:80])
        return found


def read_table(
    data: bytes,
    form: str,
    *,
    knows: Callable[[str], bool],
    encoding: str = "",
    sheet: str = "",
    header_line: int | None = None,
) -> Table:
    """`knows(heading)` says whether some field is called so. Raises Invalid."""
    if form == CARDS:
        cards = read_cards(data, encoding)
        table = Table(cards, [], 0, encoding=cards.encoding)
        header_line = 0
    elif form == TEXT:
        text = read_text(data, encoding)
        lines: Iterable[Row] = text
        table = Table(lines, [], 0, encoding=text.encoding)
    else:
        book = read_workbook(data, sheet, lambda rows: _has_headings(rows, knows))
        table = Table(book, [], 0, sheet=book.sheet, sheets=book.sheets)
    table.header_line, cells = _find_header(table.lines, knows, header_line)
    table.headers = _headings(cells)
    return table


def _has_headings(lines: Iterable[Row], knows: Callable[[str], bool]) -> bool:
    """A cover or a memo has no line with two known headings."""
    return any(
        sum(knows(as_text(cell)) for cell in cells if cell not in (None, "")) > 1
        for _line, cells in islice(lines, SEARCHED_LINES)
    )


def _find_header(
    lines: Iterable[Row], knows: Callable[[str], bool], wanted: int | None
) -> tuple[int, list[Cell]]:
    """The line with the most known headings; where none is known, the first that has two cells, else the first."""
    searched = [row for row in islice(lines, max(SEARCHED_LINES, wanted or 0)) if not is_blank(row[1])]
    if wanted is not None:
        searched = [row for row in searched if row[0] == wanted]
    if not searched:
        raise refused(
            _("見出しの行が見つかりません。1行目に項目名を入れてください。"), "no_header", "header_line"
        )

    def known(row: Row) -> int:
        return sum(knows(as_text(cell)) for cell in row[1] if cell not in (None, ""))

    best = max(searched, key=known)
    if known(best) or wanted is not None:
        return best
    several = [row for row in searched if sum(cell not in (None, "") for cell in row[1]) > 1]
    return (several or searched)[0]


def _headings(cells: list[Cell]) -> list[str]:
    headers = [" ".join(as_text(cell).split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > COLUMNS_LIMIT:
        raise too_many_columns(len(headers))
    seen: dict[str, int] = {}
    for number, header in enumerate(headers, start=1):
        key = unicodedata.normalize("NFKC", header).casefold()
        if key and key in seen:
            raise refused(
                _(
                    "「%(header)s」という見出しが2つあります（%(first)s列目と%(second)s列目）。一方の名前を変えてください。"
                )
                % {"header": header[:60], "first": seen[key], "second": number},
                "header_twice",
            )
        seen[key] = number
    return [header[:120] for header in headers]
