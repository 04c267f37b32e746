"""Reads and writes CSV as Japanese offices exchange it: from Excel, accounting programs and old systems.

The rows follow RFC 4180. A quote that is opened and not properly closed is an error that names its line, because
reading on would swallow thousands of rows into one cell. Written cells cannot become formulas in Excel (OWASP ASVS 5.0,
1.2.10).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from daifuku.foundation.encodings import decode, detect, encode, unsayable

__all__ = [
    "BrokenQuote",
    "TooWide",
    "decode",
    "detect",
    "encode",
    "guess_delimiter",
    "harmless",
    "rows",
    "unsayable",
]

DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT = 20
LONGEST_CELL = 1_000_000
MOST_CELLS = 100_000

_PLAIN = re.compile(r"[-－]+|-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?")
_FORMULA = re.compile(r"'*[\s;,|]*[=+\-@＝＋－＠]|'*[\t\r]")


class BrokenQuote(ValueError):
    """A quote that opens in `line` is not closed, or is closed in the middle of a cell."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)

    def __str__(self) -> str:
        return _(
            '%(line)s行目で始まる引用符（"）が正しく閉じられていません。その行を直して、もう一度お試しください。'
        ) % {"line": f"{self.line:,}"}


class TooWide(ValueError):
    """A row has more cells than anybody's table, or a cell as many delimiters."""


def guess_delimiter(text: str) -> str:
    """The mark that divides the first rows into the most columns, most evenly; a comma where there is one column."""
    head = "".join(io.StringIO(text[:65536], newline="").readlines()[:LOOKED_AT])

    def merit(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in reader if row)
        width, rows_of_it = widths.most_common(1)[0] if widths else (1, 0)
        return (rows_of_it / max(1, widths.total()) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=merit)


def rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line where it begins; empty lines are passed over, NUL is dropped.

    Raises BrokenQuote, and TooWide before the cells of such a row fill the memory.
    """
    text = text.replace("\x00", "")
    csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))
    lines = _Counted(text, delimiter)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins, lines.delimiters = reader.line_num + 1, 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenQuote(_line_of_quote(text, delimiter, begins)) from error
        if cells:
            yield begins, cells


class _Counted:
    """The lines of the text, and how many delimiters came since a row began."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._lines, self._delimiter = io.StringIO(text, newline=""), delimiter
        self.delimiters = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.delimiters += line.count(self._delimiter)
        if self.delimiters >= MOST_CELLS:
            raise TooWide
        return line


def _line_of_quote(text: str, delimiter: str, begins: int) -> int:
    """Where the quote opens that the row beginning in that line does not close."""
    lines = io.StringIO(text, newline="").readlines()[begins - 1 :]
    opened, inside, at_start = begins, False, True
    for number, line in enumerate(lines, begins):
        at = 0
        while at < len(line):
            character, following = line[at], line[at + 1 : at + 2]
            if inside and character == '"' and following == '"':
                at += 1
            elif inside and character == '"':
                inside = False
                if following not in {"", delimiter, "\r", "\n"}:
                    return opened
            elif not inside and at_start and character == '"':
                opened, inside = number, True
            at_start = not inside and character in {delimiter, "\r", "\n"}
            at += 1
    return opened


def harmless(cell: str) -> str:
    """The cell with a ' before it where a spreadsheet would take it for a formula.

    Numbers (-5) and - stay; +81 does not, because a spreadsheet would drop the plus.

    A text that itself begins so, with ' before it, gets one more: taking one away gives back every text.
    """
    if _FORMULA.match(cell) and not _PLAIN.fullmatch(cell):
        return f"'{cell}"
    return cell
