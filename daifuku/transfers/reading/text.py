"""CSV and tab-separated text: which characters, which delimiter, which rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import csv
from daifuku.transfers.reading.cells import without_mark
from daifuku.transfers.reading.refused import refused, too_many_columns

ENCODINGS = {
    "utf-8": _("UTF-8"),
    "utf-8-sig": _("UTF-8（BOM付き）"),
    "cp932": _("Shift_JIS（CP932、日本語Windowsの標準）"),
    "euc_jp": _("EUC-JP"),
    "iso2022_jp": _("JIS（ISO-2022-JP）"),
    "utf-16": _("UTF-16"),
    "cp1252": _("欧文（Windows-1252）"),
}


@dataclass
class TextRows:
    """A text file as rows; `encoding` is the chosen one, or the one that the content speaks for."""

    text: str
    encoding: str
    delimiter: str

    def __iter__(self) -> Iterator[tuple[int, list[object]]]:
        try:
            for line, cells in csv.rows(self.text, self.delimiter):
                yield line, [without_mark(cell) for cell in cells]
        except csv.TooWide as error:
            raise too_many_columns(csv.MOST_CELLS) from error
        except ValueError as error:
            raise refused(str(error), "broken_quote") from error


def read_text(data: bytes, encoding: str = "") -> TextRows:
    chosen = encoding or csv.detect(data)
    try:
        text = csv.decode(data, chosen)
    except UnicodeError as error:
        raise refused(str(error), "encoding", "encoding") from error
    except (LookupError, ValueError) as error:
        raise refused(_("文字コードを一覧から選んでください。"), "encoding", "encoding") from error
    return TextRows(text, chosen, csv.guess_delimiter(text))
